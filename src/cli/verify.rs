//! `verify`: whether a log is what was signed. No account is needed and nothing is written.

use super::End;
use super::out::Out;
use crate::ledger::{CountyId, DeskId, Row};
use crate::office::backup;
use crate::office::backup::signed::{self, Record};
use crate::office::desk::verify::{Verified, verify};
use crate::office::keybook::KeyBook;
use crate::office::place::Place;
use crate::office::{practice, random};
use crate::store::backup::{Bad, SegmentName, holds_backup};
use crate::store::entries::{self, Entries};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Log as _;
use crate::store::share::drive::RealDrive;
use crate::store::share::host::RealHost;
use crate::store::share::{self, NoWitness, SEGMENT, Setting, Share, ShareTime};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `verify`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 共享文件夹，或备份文件夹，或本机数据文件夹（含 entries.db），或 replica（本机保存的记录）；不写则核验本县的共享日志
    #[arg(value_name = "何处")]
    what: Option<PathBuf>,
    /// 核验练习的日志
    #[arg(long, conflicts_with = "what")]
    practice: bool,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// A log to be read.
enum Source {
    Share {
        folder: PathBuf,
    },
    Entries {
        file: PathBuf,
    },
    /// A backup, up to an entry where one of its files is meant.
    Backup {
        folder: PathBuf,
        up_to: Option<u64>,
    },
}

/// What is said of a backup besides its entries.
#[derive(Default)]
struct Beside {
    /// Files that are not what they must be.
    wrong: Vec<Bad>,
    /// The file in which the first entry stands that does not hold.
    broken_in: Option<String>,
    /// Drills that officers signed.
    drills: Vec<Record>,
}

/// Runs the verb. A broken row or a marked entry is a no.
///
/// # Errors
/// A place that holds no log, or cannot be read.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let source = source(args)?;
    let mut told = |n: u64| out.progress(&format!("已核验 {n} 条"));
    let mut beside = Beside::default();
    let (county, found) = match &source {
        Source::Share { folder } => {
            let county = share::county_of(folder)?;
            (county, of_share(folder, county, &mut told)?)
        }
        Source::Entries { file } => {
            let county = entries::county_of(file)?;
            let entries = Entries::open(file, county)?;
            (county, verify(county, &mut |after, limit| entries.after(after, limit), &mut told)?)
        }
        Source::Backup { folder, up_to } => of_backup(folder, *up_to, &mut beside, &mut told)?,
    };
    if args.json {
        document(county, &found, &beside, out)?
    } else {
        text(&found, out)?;
        say_beside(&beside, out)?;
    }
    let whole = beside.wrong.iter().all(|bad| bad.harmless) && beside.drills.iter().all(|drill| drill.good);
    Ok(if found.broken.is_none() && found.marks.is_empty() && whole { End::Done } else { End::No })
}

/// Reads a backup through copies in the system's temporary folder.
fn of_backup(
    folder: &Path,
    up_to: Option<u64>,
    beside: &mut Beside,
    told: &mut dyn FnMut(u64),
) -> Result<(CountyId, Verified), Fault> {
    let workshop = temporary()?;
    let found = read_backup(folder, &workshop, up_to, beside, told);
    // What is left of it lies in the system's temporary folder.
    let _ = std::fs::remove_dir_all(workshop);
    found
}

fn read_backup(
    folder: &Path,
    workshop: &Path,
    up_to: Option<u64>,
    beside: &mut Beside,
    told: &mut dyn FnMut(u64),
) -> Result<(CountyId, Verified), Fault> {
    let mut rows = backup::rows(folder, workshop)?;
    if let Some(up_to) = up_to {
        rows.up_to(up_to);
    }
    let county = rows.county();
    let mut source = |after: u64, limit: usize| rows.after(after, limit);
    let found = verify(county, &mut source, told)?;
    beside.broken_in = found.broken.as_ref().and_then(|broken| rows.file_of(broken.n));
    beside.wrong = rows.wrong();
    // Only keys of entries that hold judge what officers signed.
    rows.up_to(found.head.n);
    let mut keys = KeyBook::default();
    while keys.n() < found.head.n {
        for row in rows.after(keys.n(), 500)? {
            keys.take_row(&row)?;
        }
    }
    beside.drills = signed::records(folder, county, &keys)?;
    Ok((county, found))
}

fn temporary() -> Result<PathBuf, Fault> {
    Ok(std::env::temp_dir().join(format!("jiuji-verify-{}", hex::encode(random::bytes::<8>()?))))
}

fn say_beside(beside: &Beside, out: &mut Out) -> Result<(), Fault> {
    if let Some(file) = &beside.broken_in {
        out.say(&format!("这一条在文件 {file} 里。"))?;
    }
    for bad in &beside.wrong {
        out.say(&format!("文件 {}（第 {} 条起）：{}。", bad.file, bad.n, bad.why))?;
    }
    for drill in &beside.drills {
        let word = if drill.good { "签名成立" } else { "签名不成立" };
        out.say(&format!("演练记录 {}：{}，{word}。", drill.file, drill.says))?;
    }
    Ok(())
}

fn source(args: &Args) -> Result<Source, Fault> {
    let share = |folder: PathBuf| Source::Share { folder };
    if args.practice {
        return Ok(share(practice::share_folder(&Place::of_machine()?)));
    }
    let Some(what) = &args.what else {
        return Ok(share(Place::of_machine()?.needed_settings()?.share));
    };
    if what == Path::new("replica") {
        return own(&Place::of_machine()?.desk().join("entries.db"));
    }
    if !what.exists() {
        return Err(Fault::new(
            FaultKind::Config,
            format!("找不到 {}", what.display()),
            "请检查路径；网络盘请先连接",
        ));
    }
    if what.is_file() {
        let name = what.file_name().and_then(|name| name.to_str()).and_then(SegmentName::parse);
        return match (name, what.parent()) {
            // Its entries are proved by those before it, which lie beside it.
            (Some(name), Some(folder)) => {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                Ok(Source::Backup { folder: folder.to_owned(), up_to: Some(name.last) })
            }
            _ => own(what),
        };
    }
    let file = what.join("entries.db");
    if file.exists() {
        return own(&file);
    }
    if holds_backup(what) {
        return Ok(Source::Backup { folder: what.clone(), up_to: None });
    }
    Ok(share(what.clone()))
}

fn own(file: &Path) -> Result<Source, Fault> {
    if file.exists() {
        return Ok(Source::Entries { file: file.to_owned() });
    }
    Err(Fault::new(FaultKind::Config, "本机还没有保存任何记录", "请先加入一个县，或写明共享文件夹"))
}

/// Reads the share with a workshop of its own, so that verifying needs no desk here.
fn of_share(folder: &Path, county: CountyId, told: &mut dyn FnMut(u64)) -> Result<Verified, Fault> {
    let workshop = temporary()?;
    let mut opened = Share::open(Setting {
        folder: folder.to_owned(),
        county,
        desk: DeskId(random::bytes()?),
        officer: String::new(),
        workshop: workshop.clone(),
        may_write: false,
        time: ShareTime::TurnFile,
        drive: Arc::new(RealDrive),
        host: Box::new(RealHost::default()),
        witness: Box::new(NoWitness),
        segment: SEGMENT,
    })?;
    let mut rows = |after: u64, limit: usize| -> Result<Vec<Row>, Fault> { opened.after(after, limit) };
    let found = verify(county, &mut rows, told);
    // What is left of it lies in the system's temporary folder.
    let _ = std::fs::remove_dir_all(workshop);
    found
}

fn text(found: &Verified, out: &mut Out) -> Result<(), Fault> {
    match &found.broken {
        None => out.say(&format!("完整：{} 条记录，哈希、签名和密钥全部相符。", found.head.n))?,
        Some(broken) => {
            let officer = broken.officer.as_deref().unwrap_or("不明");
            let at = broken.at.map_or_else(|| "不明".to_owned(), |at| at.text());
            out.say(&format!(
                "损坏：第 {} 条不成立（操作员 {officer}，时间 {at}）：{}。",
                broken.n, broken.why
            ))?;
            out.say(&format!("前 {} 条完整。请不要再写入，报告县局管理员。", found.head.n))?;
        }
    }
    out.say(&format!("末条哈希：{}", found.head.hash.groups()))?;
    if found.marks.is_empty() {
        return out.say("权限：没有违规标记。");
    }
    out.say(&format!("权限：{} 处违规标记：", found.marks.len()))?;
    for mark in &found.marks {
        out.say(&format!(
            "  第 {} 条 操作员 {} {} {} {}",
            mark.n,
            mark.officer,
            mark.at.text(),
            mark.code,
            mark.sentence
        ))?;
    }
    Ok(())
}

fn document(county: CountyId, found: &Verified, beside: &Beside, out: &mut Out) -> Result<(), Fault> {
    let broken = found.broken.as_ref().map(|broken| {
        json!({ "n": broken.n, "officer": broken.officer, "share_ms": broken.at, "why": broken.why })
    });
    let marks: Vec<_> = found
        .marks
        .iter()
        .map(|mark| {
            json!({ "n": mark.n, "officer": mark.officer, "share_ms": mark.at, "code": mark.code, "sentence": mark.sentence })
        })
        .collect();
    let files: Vec<_> = beside
        .wrong
        .iter()
        .map(|bad| json!({ "file": bad.file, "n": bad.n, "why": bad.why, "harmless": bad.harmless }))
        .collect();
    let drills: Vec<_> = beside
        .drills
        .iter()
        .map(|drill| json!({ "file": drill.file, "says": drill.says, "good": drill.good }))
        .collect();
    out.json(&json!({
        "files": files,
        "drills": drills,
        "county": county.to_string(),
        "entries": found.head.n,
        "head": found.head.hash.to_string(),
        "sound": found.broken.is_none(),
        "broken": broken,
        "marks": marks,
    }))
}
