//! `import`: earlier ledgers out of spreadsheets.

use super::End;
use super::chosen::{self, Choice, today};
use super::out::Out;
use crate::base::division;
use crate::office::import::{self, Ask, Report};
use crate::store::fault::{Fault, FaultKind};
use crate::store::import::headings::Override;
use std::path::{Path, PathBuf};

/// How many problems of a file are listed; all of them stand in the file of bad rows.
const LISTED: usize = 30;

/// Arguments of `import`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 台账文件，可以有几个
    #[arg(value_name = "文件", required = true)]
    files: Vec<PathBuf>,
    /// 整个文件所属乡镇的代码，如 102；不写则从文件里看
    #[arg(long, value_name = "代码")]
    township: Option<u16>,
    /// 指定某一列，如 --map 金额=H，可以写几次
    #[arg(long = "map", value_name = "项目=列")]
    maps: Vec<String>,
    /// 只预览，不写入
    #[arg(long)]
    dry_run: bool,
    /// 把有问题的行另存为 CSV，改正后可再导入；几个文件时自动编号
    #[arg(long, value_name = "文件")]
    bad_rows: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the verb; rows that could not be taken over make it a no.
///
/// # Errors
/// A file that is no ledger; no office here; what the rules or the share refuse.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let overrides = args.maps.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, _>>();
    let overrides =
        overrides.map_err(|problem| Fault::new(FaultKind::User, problem.what(), problem.next()))?;
    if let Some(code) = args.township.filter(|code| division::township(*code).is_none()) {
        return Err(Fault::new(
            FaultKind::User,
            format!("没有乡镇代码 {code}"),
            "如 --township 102 是波罗赤镇",
        ));
    }
    // Everything is read before anything is asked or written.
    let mut files = Vec::new();
    for path in &args.files {
        let bytes = std::fs::read(path)
            .map_err(|error| Fault::of_io(&format!("读取台账 {}", path.display()), error))?;
        files.push((name_of(path), bytes));
    }
    let mut chosen = chosen::open(&args.choice, out)?;
    if let Some(away) = chosen.away.take().filter(|_| !args.dry_run) {
        return Err(away);
    }
    let (mut reports, mut bad) = (Vec::new(), 0);
    for (at, (name, bytes)) in files.iter().enumerate() {
        let ask = Ask { name, bytes, township: args.township, overrides: &overrides, today: today() };
        let reading = import::read(&chosen.desk, &chosen.session, ask)?;
        if !args.json {
            out.say(reading.text(LISTED).trim_end())?;
        }
        bad += reading.plan.bad_rows().len();
        keep_bad_rows(args, at, &reading, out)?;
        let report = if args.dry_run {
            Report::of(&reading)
        } else {
            let session = chosen.session.clone();
            let mut told = |done: usize, all: usize| out.progress(&format!("{name}：{done}/{all} 行"));
            import::carry(&mut chosen.desk, &session, &reading, &mut told)?
        };
        if !args.json && !args.dry_run {
            out.say(report.text().trim_end())?;
        }
        reports.push(report);
    }
    if args.json {
        out.json(
            &serde_json::json!({ "practice": chosen.practice, "dry_run": args.dry_run, "files": reports }),
        )?;
    } else if args.dry_run {
        out.say("以上是预览，没有写入。去掉 --dry-run 正式导入。")?;
    }
    Ok(if bad == 0 { End::Done } else { End::No })
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Writes the bad rows of a file beside; never over a file that is there.
fn keep_bad_rows(args: &Args, at: usize, reading: &import::Reading, out: &mut Out) -> Result<(), Fault> {
    let (Some(path), Some(text)) = (&args.bad_rows, reading.bad_rows()) else { return Ok(()) };
    let path = if at == 0 { path.clone() } else { numbered(path, at + 1) };
    let doing = format!("保存问题行 {}", path.display());
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Fault::new(FaultKind::User, format!("{doing}：已有同名文件，没有覆盖"), "请换一个文件名");
        }
        Fault::of_io(&doing, error)
    })?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| Fault::of_io(&doing, error))?;
    out.warn(&format!("有问题的行已另存为 {}", path.display()));
    Ok(())
}

fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{stem}-{number}{ending}"))
}
