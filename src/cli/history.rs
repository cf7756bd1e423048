//! `history`: 操作经历 on the command line.

use super::End;
use super::chosen::{self, Choice, today};
use super::out::Out;
use crate::base::day::Day;
use crate::base::width;
use crate::domain::answers::Answers as _;
use crate::office::front::history::{self, HistoryAsk};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::history::HistoryRow;
use serde_json::json;

/// Arguments of `history`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 谁办的：操作员号或姓名
    #[arg(long, value_name = "操作员", default_value = "")]
    who: String,
    /// 关于谁：姓名、拼音首字母、身份证号或后四位、电话
    #[arg(long, value_name = "人员", default_value = "")]
    person: String,
    /// 办件编号，如 26-102-0031
    #[arg(long, value_name = "编号", default_value = "")]
    case: String,
    /// 从哪天起，如 2026-03-02
    #[arg(long, value_name = "日期", value_parser = day)]
    from: Option<Day>,
    /// 到哪天，含当天
    #[arg(long, value_name = "日期", value_parser = day)]
    to: Option<Day>,
    /// 最多几条
    #[arg(long, value_name = "条数", default_value_t = 200)]
    most: usize,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: Choice,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "请写成 2026-03-02 这样的日期".to_owned())
}

/// Runs the verb; nothing found is a no.
///
/// # Errors
/// No office here; a wrong password; nobody and nothing of that name; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let chosen = chosen::open(&args.choice, out)?;
    let reader = chosen.desk.replica().reader()?;
    let officer = reader
        .officer(&chosen.session.officer)
        .ok_or_else(|| Fault::new(FaultKind::User, "登录的操作员还没有登记到本机", "请等共享盘接通后再试"))?;
    let ask = HistoryAsk {
        who: args.who.clone(),
        person: args.person.clone(),
        case: args.case.clone(),
        from: args.from,
        to: args.to,
        after: None,
    };
    let mut lines = history::lines(&reader, &officer, &ask, today(), args.most.saturating_add(1))?;
    let more = lines.len() > args.most;
    lines.truncate(args.most);
    if let Some(away) = &chosen.away {
        out.warn(&format!("{}；以下是本机保存的情况。", away.what));
    }
    if args.json {
        let lines: Vec<_> = lines.iter().map(document).collect();
        let whole = json!({
            "practice": chosen.practice,
            "as_of_n": chosen.desk.head_n()?,
            "drive_away": chosen.away.is_some(),
            "more": more,
            "lines": lines,
        });
        out.json(&whole)?;
    } else {
        if chosen.practice {
            out.say("【练习】")?;
        }
        for line in &lines {
            out.say(&said(line))?;
        }
        match (lines.is_empty(), more) {
            (true, _) => out.say("没有查到。")?,
            (false, true) => out.say(&format!("还有更早的，只列{}条；请用 --to 往前查。", args.most))?,
            (false, false) => {}
        }
    }
    Ok(if lines.is_empty() { End::No } else { End::Done })
}

fn said(line: &HistoryRow) -> String {
    let who =
        if line.name.is_empty() { line.who.to_string() } else { format!("{}({})", line.name, line.who) };
    let marked = if line.marked { " ［违规标记］" } else { "" };
    let text = format!(
        "{:>7} {} {} 电脑{} {} {} {} {}{marked}",
        line.n,
        line.at.text(),
        width::fit(&who, 14),
        line.desk.get(..4).unwrap_or_default(),
        width::fit(line.zh(), 12),
        width::fit(&line.subject, 12),
        line.person,
        line.changed
    );
    text.trim_end().to_owned()
}

fn document(line: &HistoryRow) -> serde_json::Value {
    json!({
        "n": line.n,
        "at": line.at.text(),
        "officer": line.who.0,
        "name": line.name,
        "desk": line.desk,
        "verb": line.verb,
        "zh": line.zh(),
        "subject": line.subject,
        "person": line.person,
        "changed": line.changed,
        "marked": line.marked,
    })
}
