//! `found`: a county's log in an empty shared folder, its first administrator, and this workstation's settings.

use super::End;
use super::chosen::{line, now, password};
use super::doctor;
use super::out::Out;
use crate::base::division;
use crate::base::fold;
use crate::domain::answers::Answers as _;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::ledger::CountyId;
use crate::ledger::wrap::Strength;
use crate::office::password as rule;
use crate::office::place::{self, Place, Settings};
use crate::office::random;
use crate::office::seed::Seed;
use crate::office::setup::{self, MadeKey, NewOfficer};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share;
use crate::store::share::host::RealHost;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Arguments of `found`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 共享文件夹（空的或尚不存在的）
    #[arg(value_name = "共享文件夹")]
    share: PathBuf,
    /// 县的区划代码
    #[arg(long, value_name = "代码", default_value = division::COUNTY)]
    division: String,
    /// 管理员的操作员号；不写则询问
    #[arg(long, value_name = "操作员号")]
    officer: Option<String>,
    /// 管理员姓名；不写则询问
    #[arg(long, value_name = "姓名")]
    name: Option<String>,
    /// 本机在名单里的名称
    #[arg(long, value_name = "名称", default_value = "")]
    desk: String,
    /// 把根指纹和恢复种子写成网页，打印后入柜
    #[arg(long, value_name = "文件")]
    print: Option<PathBuf>,
}

/// Runs the verb. The password is asked before anything is written.
///
/// # Errors
/// A folder that holds a log already or cannot be written; a workstation that belongs to a county; what the rules refuse.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    free(&place)?;
    if args.division != division::COUNTY {
        return Err(Fault::new(
            FaultKind::User,
            format!("区划代码 {} 不是本程序的县", args.division),
            format!("目前只支持{}（{}）", division::county_name(), division::COUNTY),
        ));
    }
    let share = std::path::absolute(&args.share).map_err(|error| Fault::of_io("共享文件夹", error))?;
    empty(&share)?;
    doctor::must_pass(&share, true, &place, out)?;
    let founder = founder(args, out)?;
    let county = CountyId(random::bytes()?);
    let made = made_key(county, ("JIUJI_PASSWORD", &founder.no, &founder.name), out)?;
    let print = setup::root_fingerprint(county, &founder.no, &made.public);
    let seed = Seed::new()?;
    super::seed::hand_over(&seed, &print, args.print.as_deref(), out)?;
    let workshop = place::workshop(&place.desk());
    share::found(&share, county, &workshop, &mut RealHost::default())?;
    let mut opened = place::open_desk(&place.desk(), &share, county)?;
    let year = now().day().year();
    let keys = (made, Some(&seed.public()));
    setup::found_with(&mut opened.desk, &args.division, false, &founder, keys, CY_2021_15, year)?;
    place.keep(&Settings {
        share: share.clone(),
        county: county.to_string(),
        desk: args.desk.clone(),
        theme: place.theme(),
        lock_minutes: None,
        backup: None,
    })?;
    if opened.desk.replica().reader()?.county() != Some(false) {
        return Err(Fault::bug("建库之后读不到本县"));
    }
    out.say(&format!("已在 {} 建立{}的日志。", share.display(), division::county_name()))?;
    out.say(&format!("根指纹（请抄在纸上，锁进保险柜；其他电脑加入时核对）：\n  {print}"))?;
    out.say(&format!(
        "下一步：\n  1. 其他电脑用 jiuji join 加入，要核对根指纹；\n  2. 操作员在自己的电脑上申请（登录屏按 F6，或 jiuji request），打电话报8位对照码；\n  3. 管理员（{}）登录后在「操作员申请」里登记岗位，也可以用 jiuji enrol；\n  4. 用 jiuji import 导入往年台账。\n管理员的密码没有人能找回；丢了只能用恢复种子。",
        founder.no
    ))?;
    Ok(End::Done)
}

/// This workstation must not belong to a county yet.
fn free(place: &Place) -> Result<(), Fault> {
    if place.settings()?.is_none() && !place.desk().join("entries.db").exists() {
        return Ok(());
    }
    Err(Fault::new(
        FaultKind::User,
        "本机已经属于一个县，不能再建库",
        "要另建请用 JIUJI_DATA 指定另一个数据文件夹",
    ))
}

/// The shared folder must not hold a log, before anybody is asked anything.
fn empty(share: &Path) -> Result<(), Fault> {
    if !share.exists() {
        let parent = share.parent().filter(|parent| parent.is_dir());
        return parent.map(|_| ()).ok_or_else(|| {
            Fault::new(
                FaultKind::Config,
                format!("找不到 {} 的上一级文件夹", share.display()),
                "请检查路径；网络盘请先连接",
            )
        });
    }
    if !share.is_dir() {
        return Err(Fault::new(
            FaultKind::Config,
            format!("{} 不是文件夹", share.display()),
            "请换一个空文件夹",
        ));
    }
    match share::county_of(share) {
        Ok(_) => Err(Fault::new(
            FaultKind::User,
            format!("文件夹 {} 里已经有日志", share.display()),
            "没有写入任何内容；要另建请换一个空文件夹",
        )),
        Err(fault) if fault.kind == FaultKind::NotOurs => Ok(()),
        Err(fault) => Err(fault),
    }
}

fn founder(args: &Args, out: &mut Out) -> Result<NewOfficer, Fault> {
    let no = match &args.officer {
        Some(no) => no.clone(),
        None => line(out, "管理员的操作员号（1至8位数字）：")?,
    };
    let no = number_of(&no)?;
    let name = match &args.name {
        Some(name) => name.clone(),
        None => line(out, "管理员姓名：")?,
    };
    Ok(NewOfficer {
        no,
        name: name_of(&name)?,
        office: Office::County,
        roles: BTreeSet::from([Role::Administrator]),
    })
}

/// An officer's number as typed.
///
/// # Errors
/// It is none.
pub(super) fn number_of(text: &str) -> Result<OfficerNo, Fault> {
    let no = fold::digits(text.trim());
    if no.is_empty() || no.len() > 8 || !no.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::new(FaultKind::User, "操作员号须是1至8位数字", "请重新运行"));
    }
    Ok(OfficerNo(no))
}

/// An officer's name as typed.
///
/// # Errors
/// It is none.
pub(super) fn name_of(text: &str) -> Result<String, Fault> {
    fold::name(text).map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请重新运行"))
}

/// A new password that its owner types twice; scripts give it in the environment. `whose` is his number and name.
///
/// # Errors
/// A password that the rule does not take, or typed differently the second time; nobody at the terminal.
pub(super) fn typed_password(
    variable: &str,
    (no, name): (&OfficerNo, &str),
    out: &mut Out,
) -> Result<String, Fault> {
    let first = password(variable, out, "设定密码：")?;
    rule::check(&first, no, name)
        .map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请重新运行"))?;
    if password(variable, out, "再输一次：")? != first {
        return Err(Fault::new(FaultKind::User, "两次输入的密码不一样", "请重新运行"));
    }
    Ok(first)
}

/// A new key under such a password.
///
/// # Errors
/// As [`typed_password`]; not enough memory.
pub(super) fn made_key(
    county: CountyId,
    (variable, no, name): (&str, &OfficerNo, &str),
    out: &mut Out,
) -> Result<MadeKey, Fault> {
    let typed = typed_password(variable, (no, name), out)?;
    out.progress("正在生成密钥");
    setup::make_key(county, Some((&typed, Strength::County)))
}
