//! `drill`: restores a backup into a temporary file, verifies, replays and compares it. A verb of its own, for it is a duty
//! with a result of its own: a backup that has not been restored does not count.

use super::End;
use super::chosen::{now, password};
use super::out::Out;
use crate::base::fold;
use crate::domain::ids::OfficerNo;
use crate::office::backup::drill::{self, Drilled};
use crate::office::backup::{Chosen, signed};
use crate::office::place::Place;
use crate::office::practice;
use crate::store::fault::{Fault, FaultKind};
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `drill`.
#[derive(clap::Args)]
#[command(
    after_help = "只读备份；恢复到本机的临时文件，做完即删。\n写明 --officer 则用他的密钥连个人信息一起比较，并由他签名，记录放在备份文件夹里。"
)]
pub(super) struct Args {
    /// 备份文件夹；不写则用本机设置里的
    #[arg(value_name = "文件夹")]
    folder: Option<PathBuf>,
    /// 由谁演练并签名：操作员号；不写则只比较公开部分，不签名
    #[arg(long, value_name = "操作员号")]
    officer: Option<String>,
    /// 演练练习的备份
    #[arg(long, requires = "folder")]
    practice: bool,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// Runs the verb; a backup that does not pass is a no.
///
/// # Errors
/// No office or no backup here; a wrong password; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let plan = super::backup::plan(&place, args.practice)?;
    let folder = plan.folder(args.folder.as_deref().map_or(Chosen::Set, Chosen::Named))?;
    let session = match &args.officer {
        None => None,
        Some(officer) => {
            let officer = OfficerNo(fold::digits(officer.trim()));
            let password = word(args.practice, &officer, out)?;
            out.progress("正在核对密码");
            Some(drill::sign_in(&plan, &officer, &password)?.0)
        }
    };
    let at = now();
    let mut told = |what: &str, n: u64| out.progress(&format!("{what}：第 {n} 条"));
    let drilled = drill::drill(&plan, &folder, session.as_ref(), at, &mut told)?;
    let lines = page(&drilled);
    let result = if drilled.passed() { "通过" } else { "不通过" };
    let sign = |session| signed::keep(&folder, plan.county, session, at, result, &lines);
    // What was found is said, also where the record of it cannot be kept.
    let (kept, unkept) = match session.as_ref().map(sign) {
        None => (None, None),
        Some(Ok(name)) => (Some(name), None),
        // It is the drill that has to be done again, not the backup.
        Some(Err(fault)) => {
            let next = "演练本身已做完，结果如上；请看备份盘能否写入、有无空间，再运行 jiuji drill";
            (None, Some(Fault { next: next.to_owned(), ..fault }))
        }
    };
    if args.json {
        document(&drilled, kept.as_deref(), out)?;
    } else {
        out.say(&format!("备份演练  {}", at.text()))?;
        for line in &lines {
            out.say(line)?;
        }
        match &kept {
            Some(name) => out.say(&format!("已签名，记录在 {name}"))?,
            None if unkept.is_some() => {}
            None => out.say("没有签名；写明 --officer 操作员号 则签名并连个人信息一起比较。")?,
        }
    }
    if let Some(fault) = unkept {
        return Err(fault);
    }
    if drilled.passed() {
        if let Some(line) = plan.reminder(false, at) {
            out.warn(&format!("提醒：{line}。"));
        }
        return Ok(End::Done);
    }
    if !args.json {
        out.say(
            "演练不通过。请把列出的坏文件移走，再运行 jiuji backup 补齐，然后重新演练；换一个盘更稳妥。",
        )?;
    }
    Ok(End::No)
}

fn word(practised: bool, officer: &OfficerNo, out: &mut Out) -> Result<String, Fault> {
    if !practised {
        return password("JIUJI_PASSWORD", out, "密码：");
    }
    let known = practice::officers()?.into_iter().find(|known| known.no == *officer);
    known.map(|known| known.password).ok_or_else(|| {
        let what = format!("练习中没有操作员 {officer}");
        Fault::new(FaultKind::User, what, "jiuji practice --list 列出练习操作员")
    })
}

/// The page, without its heading: what was done, what was compared, what was found.
fn page(drilled: &Drilled) -> Vec<String> {
    let (files, day) = drilled.files;
    let mut lines = vec![
        format!(
            "备份：{}，{files} 个文件，最后一个 {} 写成，第 1 至 {} 条",
            drilled.folder.display(),
            day.map_or_else(String::new, |day| day.to_string()),
            drilled.promised
        ),
        format!("恢复：到临时文件 {} 条，末条哈希 {}", drilled.restored.n, drilled.restored.hash.groups()),
        match &drilled.verified.broken {
            None => format!("核验：{} 条的哈希、签名、密钥全部相符", drilled.verified.head.n),
            Some(broken) => format!("核验：前 {} 条相符，第 {} 条不成立", drilled.verified.head.n, broken.n),
        },
        match drilled.verified.marks.len() {
            0 => "权限：没有违规标记".to_owned(),
            marks => format!("权限：{marks} 处违规标记，本来就在日志里，用 jiuji verify 看"),
        },
        match drilled.differs {
            None => format!("逐条比较：第 1 至 {} 条与本机保存的逐字节相同", drilled.compared),
            Some(n) => format!("逐条比较：第 {n} 条与本机保存的不同"),
        },
    ];
    let part = if drilled.with_private {
        "含该操作员的密钥能打开的个人信息"
    } else {
        "只含公开部分；个人信息只按密文逐条比较"
    };
    lines.push(match &drilled.digests {
        None => "重放比较：没有做成".to_owned(),
        Some((restored, own)) if restored == own => {
            let short: String = restored.chars().take(16).collect();
            format!("重放比较：到第 {} 条，各表摘要 {short} 与本机相同（{part}）", drilled.compared)
        }
        Some(_) => format!("重放比较：到第 {} 条，各表摘要与本机不同（{part}）", drilled.compared),
    });
    if drilled.own.n > drilled.restored.n {
        let newer = drilled.own.n - drilled.restored.n;
        lines.push(format!("本机比备份新 {newer} 条，下次备份会补上"));
    }
    if drilled.restored.n > drilled.own.n {
        lines.push(format!("备份比本机新 {} 条，本机请先联机取新", drilled.restored.n - drilled.own.n));
    }
    for bad in drilled.bad.iter().filter(|bad| bad.harmless) {
        lines.push(format!("可以不管：{}：{}", bad.file, bad.why));
    }
    lines.extend(drilled.failures().iter().map(|why| format!("问题：{why}")));
    lines.push(format!("结果：{}", if drilled.passed() { "通过" } else { "不通过" }));
    lines
}

fn document(drilled: &Drilled, kept: Option<&str>, out: &mut Out) -> Result<(), Fault> {
    let bad: Vec<_> = drilled
        .bad
        .iter()
        .map(|bad| json!({ "file": bad.file, "n": bad.n, "why": bad.why, "harmless": bad.harmless }))
        .collect();
    out.json(&json!({
        "passed": drilled.passed(),
        "folder": drilled.folder.display().to_string(),
        "files": drilled.files.0,
        "promised": drilled.promised,
        "restored": drilled.restored.n,
        "head": drilled.restored.hash.to_string(),
        "marks": drilled.verified.marks.len(),
        "compared": drilled.compared,
        "with_private": drilled.with_private,
        "digest": drilled.digests.as_ref().map(|(restored, _)| restored),
        "digest_own": drilled.digests.as_ref().map(|(_, own)| own),
        "bad": bad,
        "missing": drilled.missing,
        "failures": drilled.failures(),
        "signed": kept,
    }))
}
