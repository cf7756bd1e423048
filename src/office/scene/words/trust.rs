//! Marks settled, findings of the supervisor.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, need, noun, township};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::sample::DrawSample;
use crate::domain::command::trust::{
    About, AnswerFinding, MarkOf, RaiseFinding, SettleFinding, SettleMark, Transfer,
};
use crate::domain::ids::FindingId;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1 \"查明的情况\" | entry 12 \"查明的情况\"",
        says: "县局处理一件的违规标记，或不涉及办件的一条记录的标记",
        ..acting("settle-mark", "处理违规标记", &["settle-mark"], settle_mark)
    },
    Word {
        form: "D1 case C1 \"问题\" | D1 township 波罗赤镇 \"问题\" | D1 officer w1 \"问题\"",
        args: &[("due", "整改期限，缺省十天后")],
        says: "督导提出问题，给它一个名字",
        ..acting("finding", "提出问题", &["finding"], raise)
    },
    Word {
        form: "D1 \"做了什么\"",
        says: "所提单位整改",
        ..acting("answer-finding", "整改", &["answer-finding"], answer)
    },
    Word {
        form: "D1 \"看了什么\"",
        args: &[("again", "没有整改好，改到哪一天")],
        says: "督导核实后销号，或退回整改",
        ..acting("settle-finding", "销号", &["settle-finding"], settle)
    },
    Word {
        args: &[
            ("from", "从哪天决定的，缺省今天"),
            ("to", "到哪天，缺省今天"),
            ("count", "抽几件，缺省 1"),
            ("township", "乡镇，缺省全县"),
            ("seed", "随机种子，缺省一个固定的"),
        ],
        says: "督导抽查这段时间决定的办件",
        ..acting("draw-sample", "抽查", &["draw-sample"], draw)
    },
    Word {
        form: "D1 纪检 \"文号\" \"原因\"",
        says: "移交纪检或检察",
        ..acting("transfer", "移交", &["transfer"], transfer)
    },
];

fn draw(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let on = |key: &str| line.arg(key).map_or(Ok(r.today()), day);
    let args = DrawSample {
        township: line.arg("township").map(township).transpose()?,
        from: on("from")?,
        to: on("to")?,
        count: line.arg("count").map_or(Ok(1), count)?,
        seed: line.arg("seed").unwrap_or("00112233445566778899aabbccddeeff").to_owned(),
    };
    r.act(vec![(Command::DrawSample(args), Private::default())])
}

/// The nth quoted text.
fn quoted(line: &Line, nth: usize) -> &str {
    line.pieces.iter().filter(|piece| piece.quoted).nth(nth).map_or("", |piece| piece.text.as_str())
}

fn of(r: &Runner<'_>, line: &Line) -> Result<FindingId, Stop> {
    let name = need(line, 0, "问题的名字，如 D1")?;
    let known = r.names.findings.get(name).copied();
    known.ok_or_else(|| Stop::wrong(format!("没有问题 {name}，先写 finding {name} case C1 \"...\"")))
}

fn settle_mark(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let of = match need(line, 0, "办件，或 entry 和第几条")? {
        "entry" => MarkOf::Entry { n: count(need(line, 1, "第几条")?)? },
        case => MarkOf::Case { case: r.case_id(case)? },
    };
    let mut private = Private::default();
    let reason = private.put("reason", quoted(line, 0));
    r.act(vec![(Command::SettleMark(SettleMark { of, reason }), private)])
}

fn raise(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "问题的名字，如 D1")?.to_owned();
    let whom = need(line, 2, "办件、乡镇或操作员")?;
    let about = match need(line, 1, "case、township 或 officer")? {
        "case" => About::Case { case: r.case_id(whom)? },
        "township" => About::Township { township: township(whom)? },
        "officer" => About::Officer { officer: r.officer(whom)? },
        other => return Err(Stop::wrong(format!("{other} 不是 case、township 或 officer"))),
    };
    let finding = match r.names.findings.get(&name) {
        Some(known) => *known,
        None => r.names.finding_id(),
    };
    r.names.findings.insert(name, finding);
    let due = line.arg("due").map_or(Ok(r.today().plus(10)), day)?;
    let mut private = Private::default();
    let text = private.put("finding", quoted(line, 0));
    r.act(vec![(Command::RaiseFinding(RaiseFinding { finding, about, entry: None, due, text }), private)])
}

fn answer(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let finding = of(r, line)?;
    let mut private = Private::default();
    let text = private.put("answer", quoted(line, 0));
    r.act(vec![(Command::AnswerFinding(AnswerFinding { finding, text }), private)])
}

fn settle(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let finding = of(r, line)?;
    let again = line.arg("again").map(day).transpose()?;
    let mut private = Private::default();
    let reason = private.put("reason", quoted(line, 0));
    r.act(vec![(Command::SettleFinding(SettleFinding { finding, again, reason }), private)])
}

fn transfer(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let finding = of(r, line)?;
    let to = noun!(Discipline, need(line, 1, "纪检或检察")?)?;
    let mut private = Private::default();
    let document = private.put("document", quoted(line, 0));
    let reason = private.put("reason", quoted(line, 1));
    r.act(vec![(Command::Transfer(Transfer { finding, to, document, reason }), private)])
}

/// `finding D1 待整改`: how it stands.
///
/// # Errors
/// No such finding in the story.
pub fn standing(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let name = need(line, at, "问题的名字")?;
    let id = r.names.findings.get(name).copied();
    let wanted = noun!(FindingState, need(line, at + 1, "状态，如 待整改")?)?;
    let is = id.and_then(|id| r.answers().ok()?.finding(id));
    Ok(Found {
        holds: is.as_ref().is_some_and(|finding| finding.state == wanted),
        was: is.map_or("没有这一问题".to_owned(), |finding| finding.state.zh().to_owned()),
    })
}
