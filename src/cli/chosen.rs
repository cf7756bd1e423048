//! Which office a verb works in (本县 or 练习), and who signs in for it.

use super::out::Out;
use crate::base::day::{Day, Stamp};
use crate::base::fold;
use crate::domain::answers::Answers as _;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Officer, Role};
use crate::office::attempts;
use crate::office::backup::Plan;
use crate::office::desk::Desk;
use crate::office::place::{self, Place};
use crate::office::practice;
use crate::office::session::{self, Session};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::ui::hidden;
use std::io::IsTerminal;
use std::sync::Arc;

/// Which office, and who.
#[derive(clap::Args)]
pub(super) struct Choice {
    /// 在练习中办理
    #[arg(long)]
    pub(super) practice: bool,
    /// 操作员号；不写则询问（练习中默认 9101）
    #[arg(long, value_name = "操作员号")]
    pub(super) officer: Option<String>,
}

/// An office with somebody signed in.
pub(super) struct Chosen {
    /// The engine.
    pub(super) desk: Desk,
    /// Who.
    pub(super) session: Arc<Session>,
    /// Whether it is practice.
    pub(super) practice: bool,
    /// The fault of a drive that is away: the replica answers as of its last entry.
    pub(super) away: Option<Fault>,
}

/// This machine's moment and day.
pub(super) fn now() -> Stamp {
    Stamp(chrono::Utc::now().timestamp_millis())
}

/// Today by this machine.
pub(super) fn today() -> Day {
    now().day()
}

/// Opens the office and signs in.
///
/// # Errors
/// No office here yet; a wrong password; the machine's.
pub(super) fn open(choice: &Choice, out: &mut Out) -> Result<Chosen, Fault> {
    let place = Place::of_machine()?;
    if choice.practice {
        out.progress("正在打开练习");
        let mut opened = practice::open(&place, now(), false)?;
        let session = opened.sign_in(choice.officer.as_deref().unwrap_or("9101"))?;
        return Ok(Chosen { desk: opened.desk, session, practice: true, away: None });
    }
    let settings = place.needed_settings()?;
    let county = settings.county_id()?;
    let opened = place::open_desk(&place.desk(), &settings.share, county)?;
    let (mut desk, keeper) = (opened.desk, opened.keeper);
    out.progress("正在读取共享日志");
    let away = match desk.pull() {
        Ok(_) => None,
        Err(fault) if matches!(fault.kind, FaultKind::DriveAway | FaultKind::Busy) => Some(fault),
        Err(fault) => return Err(fault),
    };
    let officer = match &choice.officer {
        Some(officer) => fold::digits(officer),
        None => fold::digits(&line(out, "操作员号：")?),
    };
    let password = password("JIUJI_PASSWORD", out, "密码：")?;
    out.progress("正在核对密码");
    let officer = OfficerNo(officer.trim().to_owned());
    let open = || session::sign_in(county, desk.keys(), &officer, &password);
    let session = Arc::new(attempts::guarded(&keeper, &officer, now(), open)?);
    desk.sign_in(session.clone())?;
    let known = desk.keys().officer(&session.officer);
    let administrator = known.is_some_and(|known| known.roles.contains(&Role::Administrator));
    if let Some(line) = Plan::of(&place, &settings)?.reminder(administrator, now()) {
        out.warn(&format!("提醒：{line}。"));
    }
    Ok(Chosen { desk, session, practice: false, away })
}

/// A line from the terminal.
///
/// # Errors
/// Nobody at the terminal.
pub(super) fn line(out: &mut Out, question: &str) -> Result<String, Fault> {
    out.ask(question);
    let mut text = String::new();
    let read = std::io::stdin().read_line(&mut text).map_err(|error| Fault::of_io("读取输入", error))?;
    if read == 0 {
        return Err(Fault::new(FaultKind::User, "没有人输入", "请在终端里运行，或用参数写明"));
    }
    Ok(text.trim().to_owned())
}

/// A password: from a variable of the environment for scripts, else from the terminal without showing it.
///
/// # Errors
/// Nobody at the terminal.
pub(super) fn password(variable: &str, out: &mut Out, question: &str) -> Result<String, Fault> {
    if let Ok(password) = std::env::var(variable) {
        return Ok(password);
    }
    if !std::io::stdin().is_terminal() {
        return line(out, question);
    }
    out.ask(question);
    let typed = hidden::read_line().map_err(|error| Fault::of_io("读取密码", error))?;
    out.warn("");
    typed.ok_or_else(|| Fault::new(FaultKind::User, "没有输入密码", "请重新运行"))
}

/// The officer of a number, with his office and roles.
///
/// # Errors
/// This desk does not know him yet.
pub(super) fn officer_of(reader: &Reader, no: &OfficerNo) -> Result<Officer, Fault> {
    reader.officer(no).ok_or_else(|| {
        Fault::new(FaultKind::User, format!("操作员 {no} 的登记还没有取到本机"), "请接通共享盘后再试")
    })
}
