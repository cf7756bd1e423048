//! Handing on one case (转办) and handing over everything (工作交接). Papers that are late stay whose they are: the brake is
//! not inherited. Whoever handled a case approves it never, also after it was handed on.

use super::{county, duties, tier};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::duties::{HandOnCase, HandOver};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::{OfficerNo, Text};
use crate::domain::nouns::{ItemKind, Stage};
use crate::domain::office::{Office, Officer, Role};
use crate::domain::refusal::Refusal;

/// The open papers of a case that go along: the handler's own that are not late yet.
fn moved(cx: &Ctx<'_>, case: &Case) -> Vec<ItemKind> {
    let today = cx.today();
    cx.answers
        .items(case.id)
        .into_iter()
        .filter(|item| item.done.is_none() && item.handler == case.handler && item.due >= today)
        .map(|item| item.kind)
        .collect()
}

fn changed(cx: &Ctx<'_>, case: &Case, to: &OfficerNo, village: Option<u64>, reason: &Option<Text>) -> Fact {
    Fact::HandlerChanged {
        village,
        case: case.id,
        from: case.handler.clone(),
        to: to.clone(),
        moved: moved(cx, case),
        reason: reason.clone(),
    }
}

fn related(cx: &Ctx<'_>, case: &Case, to: &OfficerNo) -> bool {
    duties::related(cx, &tier::helped(cx, case, cx.today()), to)
}

/// Whether `to` decided the case: handler and approver are two people, whichever comes first.
fn decided(case: &Case, to: &OfficerNo) -> bool {
    case.decided_by.as_ref() == Some(to) && case.handler != *to
}

/// 转办. Nobody is asked whether he is a near relative of those helped: that he is, is why he hands it on.
pub(super) fn hand_on(cx: &Ctx<'_>, args: &HandOnCase) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    duties::reason(cx, &mut out, &args.reason, "reason", "转办须写明原因");
    let Some(case) = duties::find(cx, &mut out, args.case) else { return out.finish(None) };
    let own = cx.author.no == case.handler;
    if !own {
        duties::scope(cx, &mut out, case.township);
        if !cx.author.is(Role::Approver) && cx.author.office != Office::County {
            out.say(Code::Scope, "", "转办由经办人本人、本单位审批人或县局办理，请换人登录。");
        }
    }
    duties::unmarked(&mut out, &case);
    duties::fresh(cx, &mut out, &case);
    duties::stage(&mut out, &case, !case.stage.is_final(), "不能再转办；仍有困难的请重新登记急难。");
    let place = args.village.and_then(|village| moving(cx, &mut out, &case, village));
    receiver(cx, &mut out, &case, &args.to, place.unwrap_or(case.township));
    out.fact(changed(cx, &case, &args.to, args.village, &args.reason));
    out.finish(Some(case.id))
}

/// 迁移: the county hands an undecided case on to the township where the household lives now, with its history; its clock
/// runs on. What was decided is the old township's to pay, to file and to close. Answers the new township.
fn moving(cx: &Ctx<'_>, out: &mut Collect, case: &Case, village: u64) -> Option<u16> {
    county::only(cx, out, "迁移");
    let undecided = matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted);
    if !case.stage.is_final() {
        duties::stage(out, case, undecided, "不再迁移，请由原乡镇发放、办结；确需换人的改派经办人。");
    }
    if case.ratification_due.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}的预支待县局追认，请县局先在「待追认」按1追认，再迁移。", case.number),
        );
    }
    if !case.outlay.is_zero() {
        out.say(
            Code::State,
            "case",
            format!("办件{}还有应付垫付款{}元，请原乡镇先按9归垫，再迁移。", case.number, case.outlay),
        );
    }
    let Some(place) = division::village(village) else {
        out.say(Code::Unknown, "village", "没有这个村（社区），请写全乡镇名和村名。");
        return None;
    };
    if place.township == case.township {
        out.say(
            Code::Duplicate,
            "village",
            format!(
                "办件{}就在{}，不必迁移；只换经办人的，迁往不填。",
                case.number,
                duties::name_of(case.township)
            ),
        );
    }
    Some(place.township)
}

fn receiver(cx: &Ctx<'_>, out: &mut Collect, case: &Case, no: &OfficerNo, township: u16) {
    let Some(to) = cx.answers.officer(no).filter(|to| !to.ended) else {
        out.say(Code::Unknown, "to", format!("没有在岗的操作员{no}，请按F4选择。"));
        return;
    };
    if *no == case.handler {
        out.say(Code::Duplicate, "to", format!("办件{}本来就由他经办，请另选。", case.number));
    }
    if !to.is(Role::Handler) {
        out.say(Code::Role, "to", format!("{no}不是经办人，请另选，或请管理员授予岗位。"));
    }
    if township != case.township && !to.office.covers(township) {
        let place = duties::name_of(township);
        out.say(Code::Scope, "to", format!("迁往{place}的，须由{place}或县局的经办人经办，请另选。"));
    }
    if !to.office.covers(case.township) && cx.author.office != Office::County {
        out.say(Code::Scope, "to", "只能转给本单位或县局的经办人；转给别的乡镇由县局办理，请先转县局。");
    }
    if related(cx, case, no) {
        out.say(Code::Recusal, "to", format!("救助对象中有{no}备案的近亲属，请另选经办人，或转县局。"));
    }
    if decided(case, no) {
        out.say(Code::SodSame, "to", format!("办件{}由{no}审批，不能再由他经办，请另选。", case.number));
    }
}

/// 工作交接.
pub(super) fn hand_over(cx: &Ctx<'_>, args: &HandOver) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if [&args.from, &args.to].contains(&&cx.author.no) {
        out.say(Code::SodSame, "", "监交人不能是移交人或接收人，请由其他审批人或县局审批人监交。");
    }
    let Some(from) = cx.answers.officer(&args.from) else {
        out.say(Code::Unknown, "from", format!("没有操作员{}，请按F4选择。", args.from));
        return out.finish(None);
    };
    if cx.author.office != from.office && cx.author.office != Office::County {
        out.say(Code::Scope, "from", "监交人须是移交人本单位或县局的审批人，请换人办理。");
    }
    let mut cases = Vec::new();
    for id in cx.answers.open_cases_of(&args.from) {
        cases.extend(cx.answers.case(id));
    }
    taker(cx, &mut out, args, &from, &cases);
    let book = from.office.township().map(|code| cx.answers.balance(Account::Reserve(code, Till::Cash)));
    counted(cx, &mut out, args, book);
    if cases.is_empty() && args.cash.is_none() && args.blanks.is_empty() && !cx.has(&args.note) {
        out.say(Code::State, "", "没有在办办件、现金、空白单或其他事项，不需要交接。");
    }
    for case in &cases {
        out.fact(changed(cx, case, &args.to, None, &None));
    }
    let count = |sum: usize| u32::try_from(sum).unwrap_or(u32::MAX);
    out.fact(Fact::HandedOver {
        from: args.from.clone(),
        to: args.to.clone(),
        witness: cx.author.no.clone(),
        on: cx.today(),
        cases: count(cases.len()),
        late: count(cx.answers.late_items(&args.from, cx.today()).len()),
        cash: args.cash,
        book: args.cash.and(book),
        blanks: args.blanks.clone(),
        note: args.note.clone(),
    });
    out.finish(None)
}

fn taker(cx: &Ctx<'_>, out: &mut Collect, args: &HandOver, from: &Officer, cases: &[Case]) {
    let Some(to) = cx.answers.officer(&args.to).filter(|to| !to.ended) else {
        out.say(Code::Unknown, "to", format!("没有在岗的操作员{}，请按F4选择。", args.to));
        return;
    };
    if args.to == args.from {
        out.say(Code::SodSame, "to", "接收人须是另一个人，请重新选择。");
    }
    if to.office != from.office && to.office != Office::County {
        out.say(Code::Scope, "to", "接收人须是移交人本单位或县局的人，请重新选择。");
    }
    if !cases.is_empty() && !to.is(Role::Handler) {
        out.say(
            Code::Role,
            "to",
            format!("有{}件在办办件要交接，{}不是经办人，请另选，或请管理员授予岗位。", cases.len(), to.no),
        );
    }
    let of = |bar: &dyn Fn(&Case) -> bool| -> Vec<String> {
        cases.iter().filter(|case| bar(case)).map(|case| case.number.clone()).collect()
    };
    let near = of(&|case| related(cx, case, &to.no));
    if !near.is_empty() {
        out.say(
            Code::Recusal,
            "to",
            format!("办件{}中有{}的近亲属，请先把它转办给别人，再办交接。", near.join("、"), to.no),
        );
    }
    let own = of(&|case| decided(case, &to.no));
    if !own.is_empty() {
        out.say(
            Code::SodSame,
            "to",
            format!("办件{}由{}审批，请先把它转办给别人，再办交接。", own.join("、"), to.no),
        );
    }
}

fn counted(cx: &Ctx<'_>, out: &mut Collect, args: &HandOver, book: Option<Money>) {
    if args.cash.is_some_and(|cash| cash < Money::ZERO) {
        out.say(Code::Amount, "cash", "实点现金不能小于0，请改正。");
    }
    if let (Some(cash), Some(book)) = (args.cash, book)
        && cash != book
        && !cx.has(&args.note)
    {
        out.say(
            Code::ReasonRequired,
            "note",
            format!(
                "实点现金{}元，账面{}元，两数不符，请重点一遍，或在「说明」写明原因。",
                cash.grouped(),
                book.grouped()
            ),
        );
    }
    for blank in &args.blanks {
        if let Some(number) = cx.answers.blank_used(blank) {
            out.say(Code::Duplicate, "blanks", format!("空白单{blank}已用于办件{number}，请从清单中去掉。"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, P, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;

    fn on(to: &str) -> Command {
        Command::HandOnCase(HandOnCase {
            case: CASE,
            to: to.into(),
            village: None,
            reason: Some("reason".into()),
        })
    }

    fn over(to: &str) -> Command {
        Command::HandOver(HandOver {
            from: "1001".into(),
            to: to.into(),
            cash: None,
            blanks: vec![],
            note: None,
        })
    }

    #[test]
    fn a_relative_hands_on_and_never_to_a_relative() {
        let mut desk = Desk::with_case(40_000);
        desk.relative("1001", P[1]);
        for (who, to, codes) in [
            ("1001", "1003", vec![]),
            ("1001", "9001", vec![]),
            ("1002", "1003", vec![]),
            ("9001", "2001", vec![]),
            ("1001", "2001", vec![Code::Scope]),
            ("1003", "1003", vec![Code::Scope]),
            ("2001", "2001", vec![Code::Scope]),
            ("1002", "1001", vec![Code::Recusal, Code::Duplicate]),
            ("1001", "1002", vec![Code::Role]),
            ("1001", "7777", vec![Code::Unknown]),
        ] {
            let mut found = desk.ask(who).codes(on(to));
            found.sort();
            found.dedup();
            let mut codes = codes;
            codes.sort();
            assert_eq!(found, codes, "{who} to {to}");
        }
        desk.relative("1003", P[0]);
        assert_eq!(desk.ask("1001").codes(on("1003")), vec![Code::Recusal]);
    }

    #[test]
    fn a_neighbour_works_on_what_the_county_gave_him() {
        let mut desk = Desk::with_case(40_000);
        assert_eq!(desk.ask("2001").codes(desk.withdraw()), vec![Code::Scope]);
        desk.run("9001", on("2001"));
        assert_eq!(desk.ask("2001").codes(desk.withdraw()), vec![]);
    }

    fn moves(to: &str, village: u64) -> Command {
        let village = Some(village);
        Command::HandOnCase(HandOnCase { case: CASE, to: to.into(), village, reason: Some("reason".into()) })
    }

    #[test]
    fn the_county_moves_a_case_to_where_the_household_lives() {
        let there = crate::base::division::villages_of(103).next().unwrap().code;
        let here = crate::base::division::villages_of(102).next().unwrap().code;
        let mut desk = Desk::with_case(40_000);
        for (who, to, village, codes) in [
            ("9001", "2001", there, vec![]),
            ("9001", "9001", there, vec![]),
            ("9001", "1003", there, vec![Code::Scope]),
            ("9001", "1003", here, vec![Code::Duplicate]),
            ("9001", "2001", 1, vec![Code::Unknown]),
            ("1001", "2001", there, vec![Code::Scope]),
        ] {
            let mut found = desk.ask(who).codes(moves(to, village));
            found.dedup();
            assert_eq!(found, codes, "{who} to {to} in {village}");
        }
        let accepted = desk.memory_case().accepted;
        desk.run("9001", moves("2001", there));
        let case = desk.memory_case();
        assert_eq!((case.township, case.accepted), (103, accepted));
        assert_eq!(desk.memory.household(desk.household()).unwrap().village, there);
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![Code::Scope]);
        assert_eq!(desk.ask("2001").codes(desk.withdraw()), vec![]);
        // the new township's approver decides it, no longer the old one's
        desk.submit();
        let approve = desk.approve(vec![money_line(1, 40_000)]);
        assert_eq!(desk.ask("1002").codes(approve), vec![Code::Scope]);
    }

    #[test]
    fn what_is_decided_stays_and_so_does_what_was_paid() {
        let there = crate::base::division::villages_of(103).next().unwrap().code;
        let lines = vec![money_line(1, 40_000)];
        let mut decided = Desk::submitted(lines.clone());
        assert_eq!(decided.ask("9001").codes(moves("2001", there)), vec![]);
        decided.run("1002", decided.approve(lines));
        assert_eq!(decided.ask("9001").codes(moves("2001", there)), vec![Code::State]);
        // only the handler may change then
        assert_eq!(decided.ask("9001").codes(on("1003")), vec![]);
    }

    #[test]
    fn who_handled_a_case_before_does_not_approve_it() {
        let mut desk = Desk::with_case(40_000);
        desk.give_roles("1001", &[Role::Handler, Role::Approver]);
        desk.run("1001", on("1003"));
        desk.submit();
        assert_eq!(desk.ask("1001").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::SodSame]);
        assert_eq!(desk.ask("1002").codes(desk.approve(vec![money_line(1, 40_000)])), vec![]);
    }

    #[test]
    fn the_brake_is_not_inherited() {
        let mut desk = Desk::with_lines_in(102, vec![money_line(1, 100)]);
        desk.paid_first(0x77);
        let mut early = desk.clone();
        early.run("1002", over("1003"));
        desk.later(20);
        early.later(20);
        desk.run("1002", over("1003"));
        assert!(desk.memory.late_items(&"1003".into(), desk.now.day()).is_empty());
        assert!(!desk.memory.late_items(&"1001".into(), desk.now.day()).is_empty(), "late ones stay");
        assert!(early.memory.late_items(&"1001".into(), early.now.day()).is_empty(), "others go along");
        assert!(!early.memory.late_items(&"1003".into(), early.now.day()).is_empty());
        assert_eq!(desk.memory.case(CASE).unwrap().handler, "1003".into());
        assert!(desk.memory.open_cases_of(&"1001".into()).is_empty());
    }

    #[test]
    fn an_approver_stands_by_and_counts() {
        let desk = Desk::with_case(40_000);
        let give = |cash: i64, note: bool| {
            Command::HandOver(HandOver {
                from: "1001".into(),
                to: "1003".into(),
                cash: Some(Money::from_fen(cash)),
                blanks: vec![],
                note: note.then(|| "note".into()),
            })
        };
        let book = desk.memory.balance(Account::Reserve(102, Till::Cash)).fen();
        for (who, command, codes) in [
            ("1002", over("1003"), vec![]),
            ("9002", over("1003"), vec![]),
            ("1003", over("1003"), vec![Code::SodSame, Code::Role]),
            ("1002", over("1001"), vec![Code::SodSame]),
            ("1002", over("2001"), vec![Code::Scope]),
            ("1002", give(book, false), vec![]),
            ("1002", give(book + 1, false), vec![Code::ReasonRequired]),
            ("1002", give(book + 1, true), vec![]),
        ] {
            assert_eq!(desk.ask(who).codes(command.clone()), codes, "{who} {command:?}");
        }
    }
}
