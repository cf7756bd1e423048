//! Before the city (报市级审批, 四（三）二第三档): the county proposes with a reason, one officer enters the answer, another
//! checks it from the paper; only then is anything decided.

use super::{amount, approval, case_care, county, dates, duties, meeting, path, repeat, tier};
use crate::base::day::Day;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::tiers::{CheckCity, CityReplyArgs, ToCity};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::grant::total;
use crate::domain::nouns::{Stage, Way};
use crate::domain::office::{Role, Tier};
use crate::domain::refusal::Refusal;
use crate::domain::tiers::{CityAnswer, CityFile, CityReply};

/// How long a document's number may be, in characters.
const NUMBER: usize = 40;

fn at_city(out: &mut Collect, case: &Case) {
    duties::stage(out, case, case.stage == Stage::AtCity, "没有报市待批，请按F5看新的情况。");
}

/// The number of a document, as typed: short and one line.
fn number(out: &mut Collect, document: &str, what: &str) {
    let length = document.trim().chars().count();
    if length == 0 || length > NUMBER || document.chars().any(char::is_control) {
        out.say(Code::ReasonRequired, "document", format!("{what}须填1至{NUMBER}个字，请按文件填写。"));
    }
}

/// 报市级审批.
pub(super) fn ask(cx: &Ctx<'_>, args: &ToCity) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "报市级审批");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    county::waits(&mut out, &case);
    duties::not_handler(cx, &mut out, &case);
    duties::not_payer(cx, &mut out, &case);
    if case.ratification_due.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}的预支待县局追认，请县局先在「待追认」追认，再报市。", case.number),
        );
    }
    amount::amount(&mut out, "amount", args.amount);
    let asked = total(&case.asked);
    if args.amount > asked {
        out.say(
            Code::Amount,
            "amount",
            format!("报市{}元高于申请{asked}元，请减少金额或退回重报。", args.amount),
        );
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "报市级审批须写明原因（如社会影响较大）");
    if let Some(document) = &args.document {
        number(&mut out, document, "请示文号");
    }
    case_care::alive(cx, &mut out, &case);
    path::gate::approve(cx, &mut out, &case, args.amount);
    let pack = tier::pack_of(cx, &case);
    let sum = tier::sum(cx, &case, cx.today(), args.amount);
    county::chain(cx, &mut out, &case, &pack, (args.amount, sum), &args.reason);
    if meeting::asked(&case) {
        meeting::check(&mut out, &case, &pack, Tier::County, args.amount);
    }
    second(cx, &mut out, &case, args);
    out.fact(Fact::CityAsked(made::CityAsked {
        case: case.id,
        on: cx.today(),
        amount: args.amount,
        document: args.document.clone(),
        reason: args.reason.clone(),
    }));
    out.fact(approval::set(&case, Stage::AtCity, None, None, None));
    out.finish(Some(case.id))
}

/// A second grant of the year goes up with the same reason; above the pack's sum the county has met first.
fn second(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &ToCity) {
    let today = cx.today();
    let Some(matter) = cx.answers.matter(case.matter) else { return };
    let people = tier::family_of(cx, case, today);
    if repeat::earlier(cx, &people, &matter, Some(case.id), today).is_none() {
        return;
    }
    let pack = tier::pack_of(cx, case);
    if tier::sum(cx, case, today, args.amount) > pack.repeat.meeting_above {
        meeting::check(out, case, &pack, Tier::County, args.amount);
    }
    out.fact(Fact::Overridden { code: Code::RepeatMatter, case: Some(case.id), reason: args.reason.clone() });
}

/// 市级批复, entered.
pub(super) fn reply(cx: &Ctx<'_>, args: &CityReplyArgs) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    county::only(cx, &mut out, "登记市级批复");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    at_city(&mut out, &case);
    number(&mut out, &args.document, "批复文号");
    dates::not_later(&mut out, "on", args.on, cx.today(), "批复日期");
    if let Some(city) = cx.answers.tier_file(case.id).city {
        dates::not_before(&mut out, "on", args.on, city.on, "批复日期", "报市日期");
    }
    if args.answer == CityAnswer::Agreed {
        amount::amount(&mut out, "amount", args.amount);
        let asked = total(&case.asked);
        if args.amount > asked {
            let what = format!("批复{}元高于申请{asked}元", args.amount);
            out.say(
                Code::Amount,
                "amount",
                format!("{what}，请核对；确实如此的登记为退回县局，按批复额重报。"),
            );
        }
    } else {
        if !args.amount.is_zero() {
            let what = args.answer.zh();
            out.say(Code::Amount, "amount", format!("批复为{what}，不填金额，请把金额改为0。"));
        }
        duties::reason(cx, &mut out, &args.text, "text", "市级没有同意，须写明批复内容");
    }
    if args.answer == CityAnswer::Refused && case.way.is_some() {
        duties::stage(&mut out, &case, false, "已有预支，请登记为退回县局，由县局按已付部分审批或终止。");
    }
    out.fact(Fact::CityReplied(made::CityReplied {
        case: case.id,
        document: args.document.trim().to_owned(),
        on: args.on,
        answer: args.answer,
        amount: args.amount,
        by: cx.author.no.clone(),
        text: args.text.clone(),
    }));
    out.finish(Some(case.id))
}

/// 复核市级批复.
pub(super) fn check(cx: &Ctx<'_>, args: &CheckCity) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "复核市级批复");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    at_city(&mut out, &case);
    duties::not_handler(cx, &mut out, &case);
    duties::not_payer(cx, &mut out, &case);
    let Some(CityFile { reply: Some(reply), .. }) = cx.answers.tier_file(case.id).city else {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}的市级批复还没有登记，请先由另一人登记批复，再复核。", case.number),
        );
        return out.finish(Some(case.id));
    };
    if reply.by == cx.author.no {
        out.say(Code::SodSame, "", "批复由您登记，不能由您复核，请由其他审批人复核。");
    }
    alike(&mut out, &reply, args);
    out.fact(Fact::CityChecked(made::CityChecked { case: case.id, by: cx.author.no.clone() }));
    follow(cx, &mut out, &case, &reply, args);
    out.finish(Some(case.id))
}

/// What was typed twice agrees, or somebody looks at the paper again.
fn alike(out: &mut Collect, reply: &CityReply, args: &CheckCity) {
    let again = "请对照批复原件改正，登记有误的先重新登记批复。";
    if args.document.trim() != reply.document {
        out.say(Code::NotFinal, "document", format!("批复文号与登记的不一致，{again}"));
    }
    if args.on != reply.on {
        out.say(Code::NotFinal, "on", format!("批复日期与登记的不一致，{again}"));
    }
    if args.amount != reply.amount {
        out.say(Code::NotFinal, "amount", format!("批复金额与登记的不一致，{again}"));
    }
}

/// What the city decided comes true.
fn follow(cx: &Ctx<'_>, out: &mut Collect, case: &Case, reply: &CityReply, args: &CheckCity) {
    let today: Day = cx.today();
    match reply.answer {
        CityAnswer::Agreed => {
            amount::lines(out, &args.lines);
            approval::kept(out, case, &args.lines);
            path::gate::city(cx, out, case, reply.amount);
            let given = total(&args.lines);
            if given != reply.amount {
                out.say(
                    Code::Amount,
                    "lines",
                    // whoever checks types the city's sum from the paper: it is not told here
                    format!("明细合计{given}元，与批复金额不一致，请改为一致。"),
                );
            }
            out.fact(Fact::GrantSet {
                case: case.id,
                lines: args.lines.clone(),
                people: tier::helped(cx, case, today).into_iter().collect(),
                // the city decided on its day, whenever the paper came and was checked in
                on: reply.on,
                tier: Tier::City,
                way: Way::Ordinary,
                provisional: false,
                by: cx.author.no.clone(),
            });
            let paid =
                args.lines.iter().all(|line| line.counts().is_zero() || case.paid.contains(&line.line));
            let stage = if paid { Stage::Paid } else { Stage::Approved };
            out.fact(approval::set(case, stage, Some(Tier::City), None, None));
        }
        CityAnswer::Refused => {
            out.fact(approval::set(case, Stage::Refused, Some(Tier::City), None, None));
        }
        CityAnswer::Back => {
            let pack = tier::pack_of(cx, case);
            let due = approval::due(cx, out, case, &pack, Tier::County);
            out.fact(approval::set(case, Stage::Submitted, Some(Tier::County), Some(due), None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, money_line};
    use super::*;
    use crate::base::money::Money;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;

    const DOCUMENT: &str = "朝民复〔2026〕3号";

    fn at_the_city() -> Desk {
        let mut desk = Desk::with_case(800_000);
        desk.run("1001", desk.submit_to(Tier::County));
        desk.meet_at_county(3, 800_000);
        let ask = |reason: bool| {
            let reason = Some("reason".into()).filter(|_| reason);
            let amount = Money::from_fen(800_000);
            Command::ToCity(ToCity { case: CASE, amount, document: None, reason })
        };
        assert_eq!(desk.ask("9002").codes(ask(false)), vec![Code::ReasonRequired]);
        assert_eq!(desk.ask("1002").codes(ask(true)), vec![Code::Scope]);
        desk.run("9002", ask(true));
        desk
    }

    fn replied(answer: CityAnswer, fen: i64, on: Day) -> Command {
        Command::CityReply(CityReplyArgs {
            case: CASE,
            document: DOCUMENT.into(),
            on,
            answer,
            amount: Money::from_fen(fen),
            text: Some("text".into()),
        })
    }

    fn checked(document: &str, fen: i64, on: Day) -> Command {
        Command::CheckCity(CheckCity {
            case: CASE,
            document: document.into(),
            on,
            amount: Money::from_fen(fen),
            lines: vec![money_line(1, fen)],
        })
    }

    #[test]
    fn one_enters_another_checks_and_every_figure_agrees() {
        let mut desk = at_the_city();
        let on = desk.now.day();
        assert_eq!(desk.ask("9002").codes(checked(DOCUMENT, 700_000, on)), vec![Code::NotFinal]);
        assert_eq!(desk.ask("9001").codes(replied(CityAnswer::Agreed, 0, on)), vec![Code::Amount]);
        let early = replied(CityAnswer::Agreed, 700_000, on.plus(-1));
        assert_eq!(desk.ask("9001").codes(early), vec![Code::DateOrder]);
        desk.run("9002", replied(CityAnswer::Agreed, 700_000, on));
        assert_eq!(desk.ask("9002").codes(checked(DOCUMENT, 700_000, on)), vec![Code::SodSame]);
        assert!(desk.ask("1001").codes(desk.pay(1)).contains(&Code::NotFinal));
        desk.run("9001", replied(CityAnswer::Agreed, 700_000, on));
        for (document, fen, day, codes) in [
            ("朝民复〔2026〕4号", 700_000, on, vec![Code::NotFinal]),
            (DOCUMENT, 699_999, on, vec![Code::Amount, Code::NotFinal]),
            (DOCUMENT, 700_000, on.plus(-1), vec![Code::NotFinal]),
        ] {
            let mut said = desk.ask("9002").codes(checked(document, fen, day));
            said.sort();
            assert_eq!(said, codes, "{document} {fen}");
        }
        desk.run("9002", checked(DOCUMENT, 700_000, on));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!((case.stage, case.provisional), (Stage::Approved, false));
        assert_eq!(total(&case.granted), Money::from_fen(700_000));
    }

    #[test]
    fn the_city_may_refuse_or_send_back() {
        for (answer, stage) in [(CityAnswer::Refused, Stage::Refused), (CityAnswer::Back, Stage::Submitted)] {
            let mut desk = at_the_city();
            let on = desk.now.day();
            desk.run("9001", replied(answer, 0, on));
            desk.run("9002", checked(DOCUMENT, 0, on));
            let case = desk.memory.case(CASE).unwrap();
            assert_eq!(case.stage, stage);
            assert!(case.granted.is_empty());
        }
    }
}
