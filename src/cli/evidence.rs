//! `evidence`: the evidence of one case as a file that any PC can check, with a page for people; and its checking, which
//! `verify` does when it is given such a file.

use super::chosen::{self, Choice, Chosen, now};
use super::out::Out;
use super::{End, place_of_papers};
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::privacy::{Subject, Unmask};
use crate::domain::privacy::{Audience, Field, LookPurpose, Medium, Show, show};
use crate::domain::private::Private;
use crate::office::audit::place::Place as Where;
use crate::office::evidence::bundle::Bundle;
use crate::office::evidence::check::{self, Report};
use crate::office::evidence::{self, Wanted, page};
use crate::office::place::Place;
use crate::office::{practice, setup};
use crate::store::fault::{Fault, FaultKind};
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A bundle's largest size, in bytes: a county's whole log of many years.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Arguments of `evidence`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 办件编号，例如 26-103-0117
    #[arg(value_name = "编号")]
    case: String,
    /// 写到这个文件夹
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 从哪里取：共享文件夹、备份、数据文件夹；不写是本机保存的记录
    #[arg(long, value_name = "何处")]
    from: Option<PathBuf>,
    /// 连同全部记录的公开部分，使末条哈希可以逐条算出
    #[arg(long)]
    whole: bool,
    /// 公开本办件的个人信息：须登录，收件人能读到姓名、证件号、事由
    #[arg(long)]
    open: bool,
    /// 为什么公开（与 --open 一起写），记入共享日志：核对身份、发放核对、督导检查、信访答复、其他
    #[arg(long, value_name = "目的", requires = "open")]
    purpose: Option<String>,
    /// 说明；目的是「其他」的必须写
    #[arg(long, value_name = "说明", default_value = "", requires = "open")]
    why: String,
    /// 由登录的操作员在封面上签名
    #[arg(long)]
    sign: bool,
    /// 纸质材料的文件所在；不写是本机的 papers 文件夹
    #[arg(long, value_name = "文件夹")]
    papers: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the verb.
///
/// # Errors
/// No such case; a folder that cannot be read or written; a wrong password; an opening without a purpose.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let papers = match &args.papers {
        Some(folder) => folder.clone(),
        None => place_of_papers()?,
    };
    let papers = evidence::papers(&papers, &args.case)?;
    let mut chosen = if args.open || args.sign { Some(chosen::open(&args.choice, out)?) } else { None };
    // Opening is a disclosure: who does it, of which case and what for stands in the log before anything is read.
    if let Some(chosen) = chosen.as_mut().filter(|_| args.open) {
        disclose(args, chosen)?;
    }
    let mut place = Where::find(&from(args)?, None)?;
    let county = place.county;
    let mut told = 0;
    let bundle = evidence::gather(
        county,
        &mut |after, limit| {
            let rows = place.after(after, limit)?;
            told += rows.len() as u64;
            out.progress(&format!("已读 {told} 条"));
            Ok(rows)
        },
        &Wanted {
            number: &args.case,
            whole: args.whole,
            open: chosen.as_ref().filter(|_| args.open).map(|chosen| chosen.session.data.as_slice()),
            papers,
        },
    );
    let mut bundle = bundle?;
    if let Some(chosen) = &chosen {
        bundle.sign(&chosen.session.officer.0, &chosen.session.signing)?;
    }
    let report = check::check(&bundle)?;
    if report.wrong.is_some() {
        return Err(Fault::damaged(format!("{}；没有写出，请先用 jiuji verify 核验日志", report.line())));
    }
    let name = format!("证据-{}", args.case);
    std::fs::create_dir_all(&args.out).map_err(|error| Fault::of_io("建立文件夹", error))?;
    let file = args.out.join(format!("{name}.jsonl"));
    let page_file = args.out.join(format!("{name}.html"));
    if let Some(there) = [&file, &page_file].into_iter().find(|file| file.exists()) {
        let what = format!("文件 {} 已经有了", there.display());
        return Err(Fault::new(FaultKind::User, what, "没有覆盖；请换一个文件夹"));
    }
    let practice = args.choice.practice;
    write(&file, &bundle.text()?)?;
    write(&page_file, &page::page(&report, &format!("{name}.jsonl"), now(), practice))?;
    say(&report, out)?;
    out.say(&format!("证据包：{}\n说明页：{}", file.display(), page_file.display()))?;
    Ok(End::Done)
}

fn purpose(text: Option<&str>) -> Result<LookPurpose, Fault> {
    let known = LookPurpose::ALL.into_iter().find(|purpose| text.map(str::trim) == Some(purpose.zh()));
    known.ok_or_else(|| {
        let words: Vec<&str> = LookPurpose::ALL.iter().map(|purpose| purpose.zh()).collect();
        let next = format!("请加 --purpose，写{}之一", words.join("、"));
        Fault::new(FaultKind::User, "公开个人信息须写明目的", next)
    })
}

/// Writes down that the case is opened for somebody outside the office.
///
/// # Errors
/// No purpose, a drive that is away, no such case here, no business with it; what the rules or the share refuse.
fn disclose(args: &Args, chosen: &mut Chosen) -> Result<(), Fault> {
    let user = |what: &str, next: &str| Fault::new(FaultKind::User, what, next);
    let purpose = purpose(args.purpose.as_deref())?;
    if purpose.needs_words() && args.why.trim().is_empty() {
        return Err(user("没有写明为什么公开", "请加 --why 写明"));
    }
    if let Some(away) = &chosen.away {
        return Err(Fault::new(away.kind, "公开个人信息要先记入共享日志", "请接通共享盘后再办"));
    }
    let reader = chosen.desk.replica().reader()?;
    let case = reader
        .case_of_number(&args.case)?
        .ok_or_else(|| user("本机没有这一编号的办件", "请核对编号，或去掉 --open"))?;
    let township = reader.case(case).map(|case| case.township);
    let audience = Audience::of(&chosen::officer_of(&reader, &chosen.session.officer)?, township);
    drop(reader);
    // A bundle tells everything, so only whoever may read everything gives it away.
    if !Field::ALL.into_iter().all(|field| show(field, audience, Medium::Paper) == Show::Full)
        || show(Field::Text, audience, Medium::Unmasked) != Show::Full
    {
        return Err(user(
            "这一件的个人信息不由您公开",
            "请由本乡镇或县局的经办人、审批人或督导登录，或去掉 --open",
        ));
    }
    let mut private = Private::default();
    let text = private.put("purpose", &args.why);
    let unmask = Command::Unmask(Unmask { subject: Subject::Case(case), purpose, text });
    setup::carry_as(&mut chosen.desk, &chosen.session, vec![(unmask, private)]).map(drop)
}

fn from(args: &Args) -> Result<PathBuf, Fault> {
    if let Some(from) = &args.from {
        return Ok(from.clone());
    }
    let place = Place::of_machine()?;
    let folder = if args.choice.practice { practice::desk_folder(&place) } else { place.desk() };
    let file = folder.join("entries.db");
    if file.exists() {
        return Ok(file);
    }
    Err(Fault::new(FaultKind::Config, "本机还没有保存任何记录", "请用 --from 写明共享文件夹或备份"))
}

fn write(file: &Path, text: &str) -> Result<(), Fault> {
    let io = |error| Fault::of_io("写证据包", error);
    let mut made = std::fs::File::create_new(file).map_err(io)?;
    made.write_all(text.as_bytes()).and_then(|()| made.sync_all()).map_err(io)
}

/// Whether a file is a bundle.
pub(super) fn is_bundle(path: &Path) -> bool {
    let mut first = [0u8; 4096];
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut first));
    read.is_ok_and(|len| first.get(..len).is_some_and(Bundle::is_one))
}

/// Checks a bundle, with the root fingerprint from paper where it was typed.
///
/// # Errors
/// It cannot be read, or is of a newer program.
pub(super) fn check(path: &Path, root: Option<&str>, as_json: bool, out: &mut Out) -> Result<End, Fault> {
    let io = |error| Fault::of_io("读证据包", error);
    if std::fs::metadata(path).map_err(io)?.len() > LARGEST {
        return Err(Fault::new(FaultKind::User, "文件太大，不像证据包", "请核对路径"));
    }
    let text = std::fs::read_to_string(path).map_err(io)?;
    let bundle = match Bundle::read(&text) {
        Ok(bundle) => bundle,
        // What was changed is an answer: the bundle does not hold.
        Err(fault) if fault.kind == FaultKind::Damaged && !as_json => {
            out.say(&format!("证据包不成立：{}。{}。", fault.what, fault.next))?;
            return Ok(End::No);
        }
        Err(fault) => return Err(fault),
    };
    let report = check::check(&bundle)?;
    let root_holds = root.map(|root| root == report.root);
    if as_json {
        out.json(&json!({
            "kind": "evidence", "number": report.number, "holds": report.wrong.is_none(),
            "wrong": report.wrong.as_ref().map(|(n, what)| json!({ "n": n, "what": what })),
            "entries": report.sound, "case_entries": report.case.iter().map(|held| held.n).collect::<Vec<_>>(),
            "linked": report.linked, "head_n": report.head.n, "head": report.head.hash.to_string(),
            "root": report.root, "root_holds": root_holds, "signed_by": report.signed_by,
            "opened": report.case.iter().filter(|held| held.opened.is_some()).count(),
            "papers": report.papers.len(), "line": report.line(),
        }))?;
    } else {
        say(&report, out)?;
        if let Some(holds) = root_holds {
            out.say(if holds {
                "根指纹与所打的相符。"
            } else {
                "根指纹与所打的不符：这不是所说那个县的记录。"
            })?;
        }
    }
    Ok(if report.wrong.is_none() && root_holds != Some(false) { End::Done } else { End::No })
}

fn say(report: &Report, out: &mut Out) -> Result<(), Fault> {
    out.say(&format!("{}。", report.line()))?;
    for held in &report.case {
        let opened = if held.opened.is_some() { "（附公开的个人信息）" } else { "" };
        out.say(&format!("  第 {} 条 {} 操作员 {} {}{opened}", held.n, held.at.text(), held.by, held.zh))?;
    }
    for paper in &report.papers {
        out.say(&format!("  纸质材料 {} {} 字节 {}", paper.name, paper.size, paper.sha256))?;
    }
    out.say(&format!("根指纹：{}", report.root))?;
    out.say(&format!("末条：第 {} 条 {}", report.head.n, report.head.hash.groups()))?;
    if let Some(officer) = &report.signed_by {
        out.say(&format!("出具：操作员 {officer}，签名成立。"))?;
    }
    for line in report.proves() {
        out.say(&line)?;
    }
    Ok(())
}
