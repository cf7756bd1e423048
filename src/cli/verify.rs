//! `verify`: whether a log is what was signed, what broke a rule, and whether the books are right. No account is needed and
//! nothing is written but the report and the tables that are asked for.

use super::chosen::now;
use super::out::Out;
use super::{End, evidence};
use crate::office::audit::place::Place as Where;
use crate::office::audit::{self, Asked, Audit, report};
use crate::office::place::Place;
use crate::office::practice;
use crate::store::fault::{Fault, FaultKind};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of `verify`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 共享文件夹，备份文件夹，本机数据文件夹，单个 log 或 entries.db 文件，证据包，或 replica（本机保存的记录）；不写则核验本县的共享日志
    #[arg(value_name = "何处")]
    what: Option<PathBuf>,
    /// 核验练习的日志
    #[arg(long, conflicts_with = "what")]
    practice: bool,
    /// 把给审计的报告写到这个文件（网页）；已有的文件不覆盖
    #[arg(long, value_name = "文件")]
    report: Option<PathBuf>,
    /// 把由日志得出的表格（不含个人信息）写成这个 SQLite 文件，供审计自行查询；已有的文件不覆盖
    #[arg(long, value_name = "文件")]
    tables: Option<PathBuf>,
    /// 可能存有原文的文件夹：另一台电脑的数据文件夹、备份；可写多次
    #[arg(long, value_name = "文件夹")]
    beside: Vec<PathBuf>,
    /// 纸上核对单的条数和八组字符：日志是否还是那时的
    #[arg(long, value_name = "条数和八组")]
    sheet: Option<String>,
    /// 纸上的根指纹：是不是这个县的日志
    #[arg(long, value_name = "八组")]
    root: Option<String>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// Runs the verb. A broken row, a mark, books that do not match, or another head or root than on paper is a no.
///
/// # Errors
/// A place that holds no log, or cannot be read; a report or tables that cannot be written.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let asked = Asked {
        sheet: args.sheet.as_deref().map(audit::read_sheet).transpose()?,
        root: args.root.as_deref().map(audit::read_root).transpose()?,
        tables: args.tables.clone(),
    };
    for file in [&args.report, &args.tables].into_iter().flatten() {
        free(file)?;
    }
    let path = path(args)?;
    if path.is_file() && evidence::is_bundle(&path) {
        return evidence::check(&path, asked.root.as_deref(), args.json, out);
    }
    let place = Where::find(&path, args.beside.first().map(PathBuf::as_path))?;
    let mut beside = beside(args, &path)?;
    let began = Instant::now();
    let rate =
        |n: u64| (u128::from(n) * 1000).checked_div(began.elapsed().as_millis()).unwrap_or(u128::from(n));
    let mut told = |n: u64| out.progress(&format!("已核验 {n} 条，每秒 {} 条", rate(n)));
    let found = audit::audit(place, &asked, &mut beside, &mut told)?;
    let (took, rate) = (began.elapsed(), rate(found.found.head.n));
    if let Some(file) = &args.report {
        write(file, &report::page(&found, now()))?;
    }
    if args.json {
        document(&found, out)?;
    } else {
        text(&found, out)?;
        out.say(&format!("用时 {:.1} 秒，每秒 {rate} 条。", took.as_secs_f32()))?;
        if let Some(file) = &args.report {
            out.say(&format!("报告：{}", file.display()))?;
        }
        if let Some(file) = &args.tables {
            out.say(&format!("表格：{}", file.display()))?;
        }
    }
    Ok(if found.is_clean() { End::Done } else { End::No })
}

fn path(args: &Args) -> Result<PathBuf, Fault> {
    if args.practice {
        let share = practice::share_folder(&Place::of_machine()?);
        if !share.exists() {
            return Err(Fault::new(FaultKind::Config, "还没有练习", "请先运行 jiuji practice"));
        }
        return Ok(share);
    }
    let Some(what) = &args.what else {
        return Ok(Place::of_machine()?.needed_settings()?.share);
    };
    if what == Path::new("replica") {
        let file = Place::of_machine()?.desk().join("entries.db");
        if !file.exists() {
            return Err(Fault::new(
                FaultKind::Config,
                "本机还没有保存任何记录",
                "请先加入一个县，或写明共享文件夹",
            ));
        }
        return Ok(file);
    }
    Ok(what.clone())
}

/// Who may hold the original of a bad row: those named, and this PC.
fn beside(args: &Args, path: &Path) -> Result<Vec<Where>, Fault> {
    let mut all = Vec::new();
    for folder in &args.beside {
        all.push(Where::find(folder, None)?);
    }
    // What this PC holds is a help, not a condition.
    if let Ok(place) = Place::of_machine() {
        for own in [place.desk(), practice::desk_folder(&place)].map(|folder| folder.join("entries.db")) {
            if own.exists()
                && own != path
                && let Ok(found) = Where::find(&own, None)
            {
                all.push(found);
            }
        }
    }
    Ok(all)
}

fn free(file: &Path) -> Result<(), Fault> {
    if file.exists() {
        let what = format!("文件 {} 已经有了", file.display());
        return Err(Fault::new(FaultKind::User, what, "没有覆盖；请换一个文件名"));
    }
    Ok(())
}

fn write(file: &Path, page: &str) -> Result<(), Fault> {
    use std::io::Write as _;
    let io = |error| Fault::of_io("写核验报告", error);
    let mut made = std::fs::File::create_new(file).map_err(io)?;
    made.write_all(page.as_bytes()).and_then(|()| made.sync_all()).map_err(io)
}

fn text(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    let found = &audit.found;
    match &found.broken {
        None => out.say(&format!("完整：{} 条记录，哈希、签名和密钥全部相符。", found.head.n))?,
        Some(broken) => {
            let officer = broken.officer.as_deref().unwrap_or("不明");
            let at = broken.at.map_or_else(|| "不明".to_owned(), |at| at.text());
            out.say(&format!(
                "损坏：第 {} 条不成立（操作员 {officer}，时间 {at}）：{}。",
                broken.n, broken.why
            ))?;
            original(audit, out)?;
            out.say(&format!("前 {} 条完整。请不要再写入，报告县局管理员。", found.head.n))?;
        }
    }
    out.say(&format!("末条哈希：{}", found.head.hash.groups()))?;
    if let Some(root) = &audit.chronicle.root {
        let said = match audit.root {
            Some(true) => "（与所打的相符）",
            Some(false) => "（与所打的不符：这不是所说那个县的日志）",
            None => "",
        };
        out.say(&format!("根指纹：{root}{said}"))?;
    }
    if let Some((head, said)) = &audit.sheet {
        out.say(&report::sheet(head.n, said))?;
    }
    marks(audit, out)?;
    books(audit, out)?;
    say_beside(audit, out)?;
    out.say(&format!("结论：{}。", audit.line()))
}

fn original(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    let Some(original) = &audit.original else {
        return out.say("原文：没有找到。在见过这一条的电脑上核验，或加 --beside 写明它的数据文件夹、备份。");
    };
    out.say(&format!("原文：{}里有，成立。", original.held))?;
    for change in original.changes.iter().take(12) {
        out.say(&format!("  {}：原为「{}」，现为「{}」", change.path, change.was, change.is))?;
    }
    Ok(())
}

fn marks(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    let marks = &audit.found.marks;
    if marks.is_empty() {
        return out.say("权限：没有违规标记。");
    }
    out.say(&format!("权限：{} 处违规标记，未处理 {} 处：", marks.len(), audit.open_marks()))?;
    for mark in marks {
        let settled = audit.settled.get(&mark.n).map_or_else(String::new, |n| format!("（第 {n} 条已处理）"));
        out.say(&format!(
            "  第 {} 条 操作员 {} {} {} {}{settled}",
            mark.n,
            mark.officer,
            mark.at.text(),
            mark.code,
            mark.sentence
        ))?;
    }
    Ok(())
}

fn books(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    if audit.books_hold() {
        return out.say("账目：借贷相抵，余额无误，没有重付、超付。");
    }
    out.say("账目：不符：")?;
    for check in &audit.books {
        for (n, what) in &check.bad {
            let n = if *n == 0 { String::new() } else { format!("第 {n} 条 ") };
            out.say(&format!("  {} {}：{n}{what}", check.check.id, check.check.zh))?;
        }
    }
    Ok(())
}

fn say_beside(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    if let Some(file) = &audit.broken_in {
        out.say(&format!("这一条在文件 {file} 里。"))?;
    }
    for bad in &audit.wrong {
        out.say(&format!("文件 {}（第 {} 条起）：{}。", bad.file, bad.n, bad.why))?;
    }
    for drill in &audit.drills {
        let word = if drill.good { "签名成立" } else { "签名不成立" };
        out.say(&format!("演练记录 {}：{}，{word}。", drill.file, drill.says))?;
    }
    for note in &audit.notes {
        out.say(&format!("另：{note}。"))?;
    }
    Ok(())
}

fn document(audit: &Audit, out: &mut Out) -> Result<(), Fault> {
    let found = &audit.found;
    let original = audit.original.as_ref().map(|original| {
        let changes: Vec<_> = original
            .changes
            .iter()
            .map(|change| json!({ "path": change.path, "was": change.was, "is": change.is }))
            .collect();
        json!({ "held": original.held, "body": original.row.body, "changes": changes })
    });
    let broken = found.broken.as_ref().map(|broken| {
        json!({
            "n": broken.n, "officer": broken.officer, "share_ms": broken.at, "why": broken.why, "code": broken.code,
            "original": original,
        })
    });
    let marks: Vec<_> = found
        .marks
        .iter()
        .map(|mark| {
            json!({
                "n": mark.n, "officer": mark.officer, "share_ms": mark.at, "code": mark.code,
                "sentence": mark.sentence, "settled_n": audit.settled.get(&mark.n),
            })
        })
        .collect();
    let books: Vec<_> = audit
        .books
        .iter()
        .map(|check| {
            let bad: Vec<_> = check.bad.iter().map(|(n, what)| json!({ "n": n, "what": what })).collect();
            json!({ "id": check.check.id, "what": check.check.zh, "counted": check.counted, "bad": bad })
        })
        .collect();
    let files: Vec<_> = audit
        .wrong
        .iter()
        .map(|bad| json!({ "file": bad.file, "n": bad.n, "why": bad.why, "harmless": bad.harmless }))
        .collect();
    let drills: Vec<_> = audit
        .drills
        .iter()
        .map(|drill| json!({ "file": drill.file, "says": drill.says, "good": drill.good }))
        .collect();
    let sheet = audit.sheet.as_ref().map(|(head, said)| {
        let good = matches!(said, audit::SheetVerdict::Holds { .. });
        json!({ "n": head.n, "holds": good, "says": report::sheet(head.n, said) })
    });
    out.json(&json!({
        "files": files,
        "drills": drills,
        "notes": audit.notes,
        "county": audit.county.to_string(),
        "root": audit.chronicle.root,
        "root_holds": audit.root,
        "entries": found.head.n,
        "head": found.head.hash.to_string(),
        "sound": found.broken.is_none(),
        "broken": broken,
        "marks": marks,
        "open_marks": audit.open_marks(),
        "books": books,
        "books_hold": audit.books_hold(),
        "recoveries": audit.chronicle.recoveries().map(|event| event.n).collect::<Vec<_>>(),
        "sheet": sheet,
        "clean": audit.is_clean(),
        "line": audit.line(),
    }))
}
