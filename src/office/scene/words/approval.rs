//! Submitting, deciding, meetings, ratification.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, must, need, tier};
use super::intake::sum;
use super::{Word, acting};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::command::Command;
use crate::domain::command::approval::{
    AlsoMet, Approve, HoldMeeting, MeetingPaper, PassUp, Ratify, Refuse, Return, Submit, Terminate, Withdraw,
};
use crate::domain::grant::{Line as GrantLine, total};
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::{LineKind, MeetingKind, PayBy};
use crate::domain::office::Tier;
use crate::domain::private::Private;

const LINES: &[(&str, &str)] = &[
    ("amount", "金额；缺省为申请的金额"),
    ("fen", "以分计，不经录入检查"),
    ("goods", "实物"),
    ("channel", "现金 打卡"),
    ("payee", "领款人"),
    ("note", "批注"),
    ("to", "报哪一级，缺省看金额"),
    ("second", "再次救助的正当理由"),
];

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1",
        args: LINES,
        says: "报批：金额不超过乡镇权限报乡镇，超过的报县局，to= 可以报得更高",
        ..acting("submit", "报批", &["submit"], submit)
    },
    Word {
        form: "C1",
        args: LINES,
        says: "审批同意",
        ..acting("approve", "审批同意", &["approve"], approve)
    },
    Word {
        form: "C1 \"原因\"", says: "不予救助", ..acting("refuse", "不予救助", &["refuse"], refuse)
    },
    Word {
        form: "C1 \"原因\"", says: "退回补正", ..acting("return", "退回补正", &["return"], send_back)
    },
    Word {
        form: "C1 [\"原因\"]", says: "报县局", ..acting("pass-up", "报县局", &["pass-up"], pass_up)
    },
    Word { form: "C1 \"原因\"", says: "撤回", ..acting("withdraw", "撤回", &["withdraw"], withdraw) },
    Word {
        form: "C1 \"原因\"", says: "终止", ..acting("terminate", "终止", &["terminate"], terminate)
    },
    Word {
        also: "hold-meeting",
        form: "C1 [\"纪要\"]",
        args: &[
            ("on", "会议日期，缺省今天"),
            ("tier", "乡镇（集体研究）县局（会商）；缺省为办理人所在"),
            ("kind", "县局的会议：县局会商 局长办公会"),
            ("present", "到会人数，缺省 3"),
            ("amount", "议定金额"),
            ("also", "同一会议议定的其他办件，如 C2:300.00,C3:600.00"),
            ("place", "会议地点"),
            ("chair", "主持人"),
            ("attendees", "参会单位和人员"),
            ("topic", "议题"),
            ("opinions", "各方意见"),
            ("fen", "以分计，不经录入检查"),
        ],
        says: "一事一议纪要；\"\" 为没有附纪要",
        ..acting("meeting", "会议纪要", &["hold-meeting"], meeting)
    },
    Word {
        form: "C1 [\"原因\"]",
        args: &[("amount", "追认金额，缺省为已付金额"), ("fen", "以分计，不经录入检查")],
        says: "追认",
        ..acting("ratify", "追认", &["ratify"], ratify)
    },
];

/// The case's lines with what the line of the story says otherwise.
fn lines(r: &mut Runner<'_>, line: &Line, case: &Case) -> Result<Vec<GrantLine>, Stop> {
    let channel = case.asked.first().map_or(PayBy::Bank, |line| line.pay_by);
    let said = r.grant_lines(line, channel)?;
    if said.is_empty() {
        return Ok(with_advances(r, case));
    }
    // One sum said for one sum asked: the same line with another amount.
    if let ([new], [old]) = (said.as_slice(), case.asked.as_slice())
        && new.kind == LineKind::Money
        && old.kind == LineKind::Money
    {
        return Ok(vec![GrantLine { line: old.line, ..new.clone() }]);
    }
    Ok(said)
}

/// What was asked, with what was paid in advance in it as it was paid: the decision sets it off (冲抵).
fn with_advances(r: &mut Runner<'_>, case: &Case) -> Vec<GrantLine> {
    if case.granted.iter().all(|line| case.asked.contains(line)) {
        return case.asked.clone();
    }
    let rest = total(&case.asked) - total(&case.granted);
    let mut lines = case.granted.clone();
    if let Some(like) = case.asked.first().filter(|_| rest > Money::ZERO) {
        let line = r.names.line_id();
        lines.push(GrantLine { line, kind: LineKind::Money, amount: rest, goods: None, ..like.clone() });
    }
    lines
}

fn submit(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let lines = lines(r, line, &case)?;
    let changed = lines != case.asked;
    let limit = r.answers()?.pack_now().map_or(Money::ZERO, |pack| pack.tier.township_limit);
    let fitting = if total(&lines) > limit { Tier::County } else { Tier::Township };
    let mut private = Private::default();
    let args = Submit {
        case: case.id,
        lines: changed.then_some(lines),
        to: line.arg("to").map_or(Ok(fitting), tier)?,
        note: line.arg("note").and_then(|text| private.put("note", text)),
        overrides: Default::default(),
        override_reason: None,
    };
    r.act(vec![(Command::Submit(args), private)])
}

fn approve(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let lines = lines(r, line, &case)?;
    let mut private = Private::default();
    let args = Approve {
        case: case.id,
        lines,
        note: line.arg("note").and_then(|text| private.put("note", text)),
        second_grant: line.arg("second").and_then(|text| private.put("second", text)),
        overrides: Default::default(),
        override_reason: None,
    };
    r.act(vec![(Command::Approve(args), private)])
}

fn with_reason(
    r: &mut Runner<'_>,
    line: &Line,
    make: impl FnOnce(CaseId, Option<Text>) -> Command,
) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(make(case, reason), private)])
}

fn refuse(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::Refuse(Refuse { case, reason }))
}

fn send_back(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::Return(Return { case, reason }))
}

fn pass_up(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::PassUp(PassUp { case, reason }))
}

fn withdraw(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::Withdraw(Withdraw { case, reason }))
}

fn terminate(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::Terminate(Terminate { case, reason }))
}

fn meeting(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    let me = r.me()?;
    let mine = r.answers()?.officer(&me).map_or(Tier::Township, |officer| officer.office.tier());
    let mut private = Private::default();
    let known =
        |text: &str| MeetingKind::from_zh(text).ok_or_else(|| Stop::wrong("kind 写县局会商或局长办公会"));
    let kind = line.arg("kind").map(known).transpose()?;
    let args = HoldMeeting {
        case,
        on: line.arg("on").map_or(Ok(r.today()), day)?,
        tier: line.arg("tier").map_or(Ok(mine), tier)?,
        kind,
        present: line.arg("present").map_or(Ok(3), count)?,
        amount: match line.arg("fen") {
            Some(text) => Money::from_fen(count(text)?),
            None => super::super::values::money(must(line, "amount")?)?,
        },
        minutes: private.put("minutes", line.quote().unwrap_or("到会人员一致同意")),
        paper: MeetingPaper {
            place: line.arg("place").and_then(|text| private.put("place", text)),
            chair: line.arg("chair").and_then(|text| private.put("chair", text)),
            attendees: line.arg("attendees").and_then(|text| private.put("attendees", text)),
            topic: line.arg("topic").and_then(|text| private.put("topic", text)),
            opinions: line.arg("opinions").and_then(|text| private.put("opinions", text)),
        },
        also: also(r, line)?,
    };
    r.act(vec![(Command::HoldMeeting(args), private)])
}

/// The other cases of the same meeting: `also=C2:300.00,C3:600.00`.
fn also(r: &Runner<'_>, line: &Line) -> Result<Vec<AlsoMet>, Stop> {
    let mut found = Vec::new();
    for text in line.arg("also").into_iter().flat_map(|text| text.split(',')) {
        let (name, amount) =
            text.split_once(':').ok_or_else(|| Stop::wrong("also 写成 also=C2:300.00,C3:600.00"))?;
        found.push(AlsoMet { case: r.case_id(name)?, amount: super::super::values::money(amount)? });
    }
    Ok(found)
}

fn ratify(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let mut private = Private::default();
    let amount = match line.arg("fen") {
        Some(text) => Money::from_fen(count(text)?),
        None => sum(line, "amount")?.unwrap_or(total(&case.granted)),
    };
    let args =
        Ratify { case: case.id, amount, reason: line.quote().and_then(|why| private.put("reason", why)) };
    r.act(vec![(Command::Ratify(args), private)])
}
