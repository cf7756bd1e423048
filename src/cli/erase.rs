//! `erase`: 到期销毁. Lists by number what is due; destroys it on the administrator's word and password; prints the list of a
//! destruction for the file. Nobody's name is said anywhere.

use super::chosen::{self, Choice, Chosen, today};
use super::out::Out;
use super::{End, place_of_papers};
use crate::base::division;
use crate::office::erasing::{self, Due};
use crate::office::print::gather::{self, Occasion};
use crate::office::print::{Format, write};
use crate::office::{session, setup};
use crate::store::fault::Fault;
use crate::store::replica::views::erasures::Ended;
use std::collections::BTreeMap;

/// Arguments of `erase`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 办结满几年的，例如 10，或某日以前办结的，例如 2016-12-31；没有到保管期的、家庭还有较新办件的不会列入
    #[arg(long, value_name = "年数或日期", required_unless_present = "sheet")]
    older: Option<String>,
    /// 只列出会销毁什么，不销毁
    #[arg(long)]
    dry_run: bool,
    /// 打印某次销毁的清册：那次销毁的记录号
    #[arg(long, value_name = "记录号")]
    sheet: Option<u64>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the verb; nothing due is a no.
///
/// # Errors
/// A day that is none; a wrong password; what the rules refuse; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let officer = args.choice.officer.clone().or_else(|| args.choice.practice.then(|| "9005".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.choice.practice, officer }, out)?;
    if let Some(n) = args.sheet {
        print(&chosen, n, out)?;
        return Ok(End::Done);
    }
    let until = erasing::older(args.older.as_deref().unwrap_or_default(), today())?;
    let due = erasing::due(&chosen.desk.replica().reader()?, Some(until), today())?;
    list(&due, args.json, out)?;
    if due.cases.is_empty() {
        return Ok(End::No);
    }
    if args.dry_run {
        return Ok(End::Done);
    }
    again(&chosen, out)?;
    let receipts = setup::carry_as(&mut chosen.desk, &chosen.session, erasing::commands(&due.cases))?;
    for receipt in &receipts {
        out.progress(&format!("第 {} 条记录：已销毁", receipt.n));
        print(&chosen, receipt.n, out)?;
    }
    out.warn("下一步：备份到一个新的空文件夹（jiuji backup 新文件夹），再销毁以前的备份文件夹和U盘（旧的只会接着加，仍留着销毁的内容）；各台电脑下次联网时自动清空。");
    Ok(End::Done)
}

/// What was destroyed cannot come back: the password is asked again.
fn again(chosen: &Chosen, out: &mut Out) -> Result<(), Fault> {
    if chosen.practice {
        return Ok(());
    }
    let password = chosen::password("JIUJI_PASSWORD", out, "销毁后不能恢复。请再输一次密码：")?;
    let desk = &chosen.desk;
    session::sign_in(desk.county(), desk.keys(), &chosen.session.officer, &password).map(drop)
}

fn list(due: &Due, json: bool, out: &mut Out) -> Result<(), Fault> {
    if json {
        let number = |case: &Ended| serde_json::json!({ "number": case.number, "closed": case.closed });
        let due: Vec<_> = due.cases.iter().map(number).collect();
        return out.json(&serde_json::json!({ "due": due }));
    }
    let mut towns: BTreeMap<u16, Vec<&Ended>> = BTreeMap::new();
    for case in &due.cases {
        towns.entry(case.township).or_default().push(case);
    }
    for (code, cases) in towns {
        let name =
            division::township(code).map_or_else(|| format!("{code:03}"), |known| known.name.to_owned());
        out.say(&format!("{name}  {}件", cases.len()))?;
        for case in cases {
            out.say(&format!("  {}  {} 办结", case.number, case.closed))?;
        }
    }
    for (_, why) in &due.kept {
        out.say(&format!("不销毁：{why}"))?;
    }
    out.say(&format!("到期 {} 件，不销毁 {} 件。", due.cases.len(), due.kept.len()))
}

fn print(chosen: &Chosen, n: u64, out: &mut Out) -> Result<(), Fault> {
    let reader = chosen.desk.replica().reader()?;
    let occasion = Occasion { by: &chosen.session.officer, on: today(), practice: chosen.practice };
    let printed = gather::of_erasure(&reader, n, &occasion)?;
    let file = write(&printed, &place_of_papers()?, Format::Html)?;
    out.say(&format!("销毁清册：{}", file.display()))
}
