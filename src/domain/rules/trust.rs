//! Marks and findings: the county settles what checks found, the supervisor raises findings and ends them, the office
//! concerned answers. Nothing else is the supervisor's to write.

use super::{duties, number};
use crate::domain::code::Code;
use crate::domain::command::trust::{
    About, AnswerFinding, MarkOf, RaiseFinding, SettleFinding, SettleMark, Transfer,
};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::finding::Finding;
use crate::domain::ids::FindingId;
use crate::domain::nouns::FindingState;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

/// 处理违规标记.
pub(super) fn settle_mark(cx: &Ctx<'_>, args: &SettleMark) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Role, "", "违规标记由县局审批人处理，请转县局。");
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "处理违规标记须写明查到的情况");
    // What is marked differs between programs of different versions, so only the author's own desk looks.
    let here = cx.private.is_some();
    match args.of {
        MarkOf::Case { case } => {
            if let Some(case) = duties::settle(cx, &mut out, case) {
                duties::not_handler(cx, &mut out, &case);
                duties::not_payer(cx, &mut out, &case);
                if case.decided_by.as_ref() == Some(&cx.author.no) {
                    own(&mut out);
                }
                if here && !case.marked {
                    out.say(
                        Code::State,
                        "case",
                        format!("办件{}没有未处理的标记，请按F5刷新。", case.number),
                    );
                }
            }
        }
        MarkOf::Entry { n } => {
            if cx.answers.wrote(n).as_ref() == Some(&cx.author.no) {
                own(&mut out);
            }
            if here && cx.answers.open_mark(n).is_none() {
                out.say(Code::State, "", format!("第{n}条记录没有未处理的标记，请按F5刷新。"));
            }
        }
    }
    out.fact(Fact::MarkSettled { of: args.of, reason: args.reason.clone() });
    let case = match args.of {
        MarkOf::Case { case } => Some(case),
        MarkOf::Entry { .. } => None,
    };
    out.finish(case)
}

fn own(out: &mut Collect) {
    out.say(Code::SodSame, "", "本人写下的记录不能由本人处理，请由县局其他审批人办理。");
}

/// 提出问题.
pub(super) fn raise(cx: &Ctx<'_>, args: &RaiseFinding) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Supervisor]);
    duties::reason(cx, &mut out, &args.text, "finding", "提出问题须写明问题");
    if cx.answers.finding(args.finding).is_some() {
        out.say(Code::Duplicate, "", "这一问题已经提出，请按F5刷新。");
    }
    let office = match &args.about {
        About::Case { case } => duties::find(cx, &mut out, *case).map(|case| Office::Township(case.township)),
        About::Township { township } => Some(Office::Township(*township)),
        About::Officer { officer } => {
            let known = cx.answers.officer(officer);
            if known.is_none() {
                out.say(Code::Unknown, "officer", format!("没有操作员{officer}，请改正操作员号。"));
            }
            known.map(|known| known.office)
        }
    };
    if let Some(Office::Township(code)) = office
        && crate::base::division::township(code).is_none()
    {
        out.say(Code::Unknown, "township", format!("没有{code:03}这个乡镇，请改正。"));
    }
    due(cx, &mut out, args.due);
    out.fact(Fact::FindingRaised {
        finding: args.finding,
        number: number::finding(cx, cx.today()),
        about: args.about.clone(),
        office: office.unwrap_or(Office::County),
        entry: args.entry,
        due: args.due,
        text: args.text.clone(),
    });
    out.finish(match args.about {
        About::Case { case } => Some(case),
        _ => None,
    })
}

fn due(cx: &Ctx<'_>, out: &mut Collect, day: crate::base::day::Day) {
    if day < cx.today() {
        out.say(Code::DateOrder, "due", "整改期限不能早于今天，请改正。");
    }
}

/// 整改.
pub(super) fn answer(cx: &Ctx<'_>, args: &AnswerFinding) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver, Role::Finance]);
    duties::reason(cx, &mut out, &args.text, "answer", "整改须写明做了什么");
    if let Some(finding) = known(cx, &mut out, args.finding) {
        if cx.author.office != Office::County && cx.author.office != finding.office {
            out.say(Code::Scope, "", "这一问题不是向本单位提出的，请由所提单位或县局办理。");
        }
        state(&mut out, &finding, finding.state == FindingState::Raised, "不等整改，请按F5刷新。");
    }
    out.fact(Fact::FindingAnswered { finding: args.finding, text: args.text.clone() });
    out.finish(None)
}

/// 销号, 退回整改.
pub(super) fn settle(cx: &Ctx<'_>, args: &SettleFinding) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Supervisor]);
    duties::reason(cx, &mut out, &args.reason, "reason", "核实须写明看了什么");
    if let Some(finding) = known(cx, &mut out, args.finding) {
        state(
            &mut out,
            &finding,
            finding.state == FindingState::Answered,
            "还没有整改，请等被查单位整改后再核实。",
        );
    }
    if let Some(day) = args.again {
        due(cx, &mut out, day);
    }
    out.fact(Fact::FindingSettled { finding: args.finding, again: args.again, text: args.reason.clone() });
    out.finish(None)
}

/// 移交.
pub(super) fn transfer(cx: &Ctx<'_>, args: &Transfer) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Supervisor]);
    duties::reason(cx, &mut out, &args.document, "document", "移交须有文号");
    duties::reason(cx, &mut out, &args.reason, "reason", "移交须写明原因");
    if let Some(finding) = known(cx, &mut out, args.finding)
        && finding.transferred.is_some()
    {
        out.say(Code::Duplicate, "", format!("问题{}已经移交，不必重复。", finding.number));
    }
    out.fact(Fact::FindingTransferred {
        finding: args.finding,
        to: args.to,
        document: args.document.clone(),
        reason: args.reason.clone(),
    });
    out.finish(None)
}

fn known(cx: &Ctx<'_>, out: &mut Collect, id: FindingId) -> Option<Finding> {
    let finding = cx.answers.finding(id);
    if finding.is_none() {
        out.say(Code::Unknown, "finding", "找不到这一问题，请按F5刷新后重新选择。");
    }
    finding
}

fn state(out: &mut Collect, finding: &Finding, may: bool, what: &str) {
    if !may {
        out.say(Code::State, "finding", format!("问题{}{}，{what}", finding.number, finding.state.zh()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk};
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::ids::Text;

    const ID: FindingId = FindingId([0xf1; 16]);

    fn text(slot: &str) -> Option<Text> {
        Some(Text::from(slot))
    }

    fn finding(desk: &Desk, about: About) -> Command {
        let due = desk.now.day().plus(10);
        Command::RaiseFinding(RaiseFinding { finding: ID, about, entry: None, due, text: text("finding") })
    }

    fn answer() -> Command {
        Command::AnswerFinding(AnswerFinding { finding: ID, text: text("answer") })
    }

    fn settle(again: Option<crate::base::day::Day>) -> Command {
        Command::SettleFinding(SettleFinding { finding: ID, again, reason: text("reason") })
    }

    #[test]
    fn a_finding_goes_its_way_and_back_once() {
        let mut desk = Desk::with_case(40_000);
        let raise = finding(&desk, About::Case { case: CASE });
        assert_eq!(desk.ask("1001").codes(raise.clone()), vec![Code::Role], "no handler raises one");
        desk.run("9004", raise.clone());
        assert_eq!(desk.ask("9004").codes(raise), vec![Code::Duplicate]);
        assert_eq!(desk.ask("9004").codes(settle(None)), vec![Code::State], "nobody answered");
        assert_eq!(desk.ask("9004").codes(answer()), vec![Code::ReadOnly], "he puts nothing right himself");
        assert_eq!(desk.ask("2001").codes(answer()), vec![Code::Scope], "another township");
        desk.run("1001", answer());
        assert_eq!(desk.ask("1001").codes(settle(None)), vec![Code::Role]);
        let again = desk.now.day().plus(20);
        desk.run("9004", settle(Some(again)));
        let back = desk.memory_finding(ID).unwrap();
        assert_eq!((back.state, back.due), (FindingState::Raised, again));
        desk.run("1001", answer());
        desk.run("9004", settle(None));
        assert_eq!(desk.ask("1001").codes(answer()), vec![Code::State]);
    }

    #[test]
    fn words_days_and_doubles_are_asked() {
        let mut desk = Desk::with_case(40_000);
        let unknown = finding(&desk, About::Officer { officer: "7777".into() });
        assert_eq!(desk.ask("9004").codes(unknown), vec![Code::Unknown]);
        let late = Command::RaiseFinding(RaiseFinding {
            finding: ID,
            about: About::Township { township: 102 },
            entry: None,
            due: desk.now.day().plus(-1),
            text: None,
        });
        assert_eq!(desk.ask("9004").codes(late), vec![Code::ReasonRequired, Code::DateOrder]);
        let raise = finding(&desk, About::Township { township: 102 });
        desk.run("9004", raise);
        let transfer = |document| {
            let to = crate::domain::nouns::Discipline::Inspection;
            Command::Transfer(Transfer { finding: ID, to, document, reason: text("reason") })
        };
        assert_eq!(desk.ask("9004").codes(transfer(None)), vec![Code::ReasonRequired]);
        desk.run("9004", transfer(text("document")));
        assert_eq!(desk.ask("9004").codes(transfer(text("document"))), vec![Code::Duplicate]);
    }

    #[test]
    fn a_mark_is_settled_by_a_county_approver_who_had_no_part_in_it() {
        let mut desk = Desk::with_case(40_000);
        desk.memory.mark(CASE, true);
        let of = MarkOf::Case { case: CASE };
        let settle = |reason| Command::SettleMark(SettleMark { of, reason });
        let mut private = crate::domain::private::Private::default();
        private.put("reason", "查明属实");
        assert_eq!(desk.ask("1002").codes(settle(text("reason"))), vec![Code::Role], "the township does not");
        assert_eq!(desk.ask("9004").codes(settle(text("reason"))), vec![Code::ReadOnly]);
        assert_eq!(desk.ask("9002").codes(settle(None)), vec![Code::ReasonRequired]);
        desk.run("9002", settle(text("reason")));
        assert!(!desk.memory_case().marked);
        let mut ask = desk.ask("9002");
        ask.private = Some(&private);
        assert_eq!(ask.codes(settle(text("reason"))), vec![Code::State], "nothing is left to settle");
    }
}
