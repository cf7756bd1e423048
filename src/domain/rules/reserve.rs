//! 备用金核定数、申请补足 (五（二）), and 追缴: how much a reserve holds, what a township may ask for, and what is wanted back of
//! what was got by false statements.

use super::{amount, dates, duties, sources};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::reserve::{AskReplenish, RecoverAid, SetCeiling, TakeBack};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::reserve::{CeilingSet, RecoveryOrdered, RecoveryPaid, ReplenishAsked};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Till};
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

fn known(out: &mut Collect, township: u16) {
    if crate::base::division::township(township).is_none() {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{township:03}，请按F4选择。"));
    }
}

/// 核定备用金.
pub(super) fn set_ceiling(cx: &Ctx<'_>, args: &SetCeiling) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Finance]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "备用金由县局财务核定，请转县局。");
    }
    known(&mut out, args.township);
    amount::amount(&mut out, "amount", args.amount);
    duties::reason(cx, &mut out, &args.note, "note", "请写明核定的文号");
    out.fact(Fact::CeilingSet(CeilingSet {
        township: args.township,
        amount: args.amount,
        on: cx.today(),
        note: args.note.clone(),
    }));
    out.finish(None)
}

/// 申请补足: up to the ceiling, less what is held and what waits for its papers.
pub(super) fn ask(cx: &Ctx<'_>, args: &AskReplenish) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance, Role::Approver]);
    known(&mut out, args.township);
    duties::scope(cx, &mut out, args.township);
    amount::amount(&mut out, "amount", args.amount);
    if cx.answers.reserve_plan(args.township).ceiling.is_none() {
        out.say(Code::State, "township", "备用金还没有核定数，请县局财务先核定。");
    }
    room(cx, &mut out, args.township, args.amount, "申请");
    out.fact(Fact::ReplenishAsked(ReplenishAsked {
        township: args.township,
        amount: args.amount,
        on: cx.today(),
        by: cx.author.no.clone(),
        note: args.note.clone(),
    }));
    out.finish(None)
}

/// What a reserve may be filled up by: up to the ceiling that the county set, less what is held and what waits for its papers,
/// and nothing while papers are late. What a township asks and what the county allots are held to the same; where no
/// ceiling is set, the county's own allotment is what sets the reserve up.
pub(super) fn room(cx: &Ctx<'_>, out: &mut Collect, township: u16, amount: Money, what: &str) {
    let (open, late) = cx.answers.open_papers(township, cx.today());
    if late > 0 {
        let name = duties::name_of(township);
        out.say(
            Code::DeferredDebt,
            "township",
            format!("{name}有{late}项手续逾期未补，不能{what}备用金，请先由{name}到「待补登记」补齐。"),
        );
    }
    let Some(ceiling) = cx.answers.reserve_plan(township).ceiling else { return };
    let till = |till| cx.answers.balance(Account::Reserve(township, till));
    let held = till(Till::Cash) + till(Till::Bank);
    let most = (ceiling - held - open).max(Money::ZERO);
    if amount > most {
        out.say(
            Code::Amount,
            "amount",
            format!(
                "核定数{ceiling}元，现有{held}元，待补手续占用{open}元，最多{what}{most}元，请改正金额。"
            ),
        );
    }
}

/// 追缴, for false statements alone: what an office did wrong is not reclaimed from a patient.
pub(super) fn recover(cx: &Ctx<'_>, args: &RecoverAid) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "追缴由县局决定，请转县局审批人办理。");
    }
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    amount::amount(&mut out, "amount", args.amount);
    duties::reason(
        cx,
        &mut out,
        &args.reason,
        "reason",
        "只有虚报、隐瞒骗取的才追缴，须写明哪一项不实、怎么查实的",
    );
    dates::not_before(&mut out, "until", args.until, cx.today(), "追缴期限", "今天");
    let payments = cx.answers.payments(case.id);
    let Some(payment) = payments.iter().find(|payment| payment.line == args.line) else {
        out.say(Code::Unknown, "line", "这一笔没有付款，不能追缴，请按F5刷新。");
        return out.finish(Some(case.id));
    };
    if cx.answers.recovery(case.id, args.line).is_some_and(|known| !known.left().is_zero()) {
        out.say(Code::Duplicate, "line", "这一笔已在追缴，没有缴清，不能再立一次，请先登记追缴到款。");
    }
    let left = payment.amount - cx.answers.given_back(case.id, args.line);
    if args.amount > left {
        out.say(
            Code::Amount,
            "amount",
            format!("这一笔付出后没有退回的还有{left}元，追缴{}元过多，请改正。", args.amount),
        );
    }
    out.fact(Fact::RecoveryOrdered(RecoveryOrdered {
        case: case.id,
        line: args.line,
        amount: args.amount,
        on: cx.today(),
        until: args.until,
        by: cx.author.no.clone(),
        reason: args.reason.clone(),
    }));
    out.finish(Some(case.id))
}

/// 追缴到款: it goes back to where it came from, like what is given back.
pub(super) fn take_back(cx: &Ctx<'_>, args: &TakeBack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    amount::amount(&mut out, "amount", args.amount);
    duties::reason(cx, &mut out, &args.receipt, "receipt", "追缴到款须有收据，请填写收据号和交款人");
    dates::not_later(&mut out, "on", args.on, cx.today(), "到款日期");
    let Some(recovery) = cx.answers.recovery(case.id, args.line) else {
        out.say(Code::State, "line", "这一笔没有在追缴；本人自愿退的请按主动退回办理。");
        return out.finish(Some(case.id));
    };
    dates::not_before(&mut out, "on", args.on, recovery.on, "到款日期", "追缴决定日期");
    if args.amount > recovery.left() {
        out.say(
            Code::Amount,
            "amount",
            format!("应追缴的还有{}元，现缴{}元过多，请改正。", recovery.left(), args.amount),
        );
    }
    let handed = sources::HandedIn {
        line: args.line,
        amount: args.amount,
        on: args.on,
        text: args.receipt.clone(),
        why: MoveKind::Recovered,
    };
    if sources::handed_in(cx, &mut out, &case, handed) {
        out.fact(Fact::RecoveryPaid(RecoveryPaid {
            case: case.id,
            line: args.line,
            amount: args.amount,
            on: args.on,
            receipt: args.receipt.clone(),
        }));
    }
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, line_id, money_line};
    use super::*;
    use crate::domain::answers::Answers as _;
    use crate::domain::command::Command;
    use crate::domain::nouns::ItemKind;
    use crate::domain::reserve::ReserveAnswers as _;

    fn ceiling(fen: i64, note: bool) -> Command {
        let note = note.then(|| "note".into());
        Command::SetCeiling(SetCeiling { township: 102, amount: Money::from_fen(fen), note })
    }

    fn more(fen: i64) -> Command {
        Command::AskReplenish(AskReplenish { township: 102, amount: Money::from_fen(fen), note: None })
    }

    /// What the tills of the desk's township hold.
    fn held(desk: &Desk) -> i64 {
        let till = |till| desk.memory.balance(Account::Reserve(102, till)).fen();
        till(Till::Cash) + till(Till::Bank)
    }

    #[test]
    fn a_township_asks_up_to_its_ceiling_and_an_allotment_answers() {
        let mut desk = Desk::new();
        let held = held(&desk);
        assert_eq!(desk.ask("1001").codes(more(1)), vec![Code::State]);
        assert_eq!(desk.ask("1001").codes(ceiling(held + 50_000, true)), vec![Code::Role, Code::Scope]);
        assert_eq!(desk.ask("9003").codes(ceiling(held + 50_000, false)), vec![Code::ReasonRequired]);
        desk.run("9003", ceiling(held + 50_000, true));
        assert_eq!(desk.ask("1001").codes(more(50_001)), vec![Code::Amount]);
        assert_eq!(desk.ask("2001").codes(more(50_000)), vec![Code::Scope]);
        desk.run("1001", more(50_000));
        assert_eq!(desk.memory.reserve_plan(102).asked.unwrap().amount, Money::from_fen(50_000));
        let allot = |fen| desk.allot(fen, crate::domain::fund::Purpose::Assistance);
        assert_eq!(desk.ask("9003").codes(allot(50_001)), vec![Code::Amount], "no more than it may ask for");
        let allotted = allot(50_000);
        desk.run("9003", allotted);
        assert_eq!(desk.memory.reserve_plan(102).asked, None);
    }

    #[test]
    fn open_papers_are_not_filled_up_for_and_late_ones_stop_it() {
        let lines = vec![money_line(1, 30_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        let authority = desk.authorised(30_000);
        desk.run("1001", desk.direct(lines, authority));
        let held = held(&desk);
        desk.run("9003", ceiling(held + 40_000, true));
        assert_eq!(desk.memory.open_papers(102, desk.now.day()).0, Money::from_fen(30_000));
        assert_eq!(desk.ask("1001").codes(more(10_001)), vec![Code::Amount]);
        assert_eq!(desk.ask("1001").codes(more(10_000)), vec![]);
        desk.later(40);
        assert_eq!(desk.ask("1001").codes(more(10_000)), vec![Code::DeferredDebt]);
        let allot = desk.allot(10_000, crate::domain::fund::Purpose::Assistance);
        assert_eq!(desk.ask("9003").codes(allot), vec![Code::DeferredDebt]);
        for item in
            [ItemKind::Subject, ItemKind::Cause, ItemKind::Amount, ItemKind::HandlerSignature, ItemKind::Seal]
        {
            desk.run("1001", desk.complete(item));
        }
        assert_eq!(desk.ask("1001").codes(more(40_000)), vec![]);
    }

    fn paid() -> Desk {
        let lines = vec![money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.account(0xac);
        desk.run("1002", desk.approve(lines));
        desk.run("1001", desk.pay(1));
        desk
    }

    fn wanted(desk: &Desk, fen: i64, reason: bool) -> Command {
        Command::RecoverAid(RecoverAid {
            case: CASE,
            line: line_id(1),
            amount: Money::from_fen(fen),
            until: desk.now.day().plus(30),
            reason: reason.then(|| "reason".into()),
        })
    }

    fn came(desk: &Desk, fen: i64) -> Command {
        Command::TakeBack(TakeBack {
            case: CASE,
            line: line_id(1),
            amount: Money::from_fen(fen),
            on: desk.now.day(),
            receipt: Some("receipt".into()),
        })
    }

    #[test]
    fn what_was_got_by_false_statements_is_wanted_back_by_the_county_with_a_reason() {
        let mut desk = paid();
        assert_eq!(desk.ask("1001").codes(came(&desk, 1)), vec![Code::State]);
        assert!(desk.ask("1002").codes(wanted(&desk, 40_000, true)).contains(&Code::Scope));
        assert_eq!(desk.ask("9002").codes(wanted(&desk, 40_000, false)), vec![Code::ReasonRequired]);
        assert_eq!(desk.ask("9002").codes(wanted(&desk, 40_001, true)), vec![Code::Amount]);
        let before = held(&desk);
        desk.run("9002", wanted(&desk, 40_000, true));
        assert_eq!(desk.ask("9002").codes(wanted(&desk, 1, true)), vec![Code::Duplicate]);
        desk.run("1001", came(&desk, 15_000));
        assert_eq!(desk.ask("1001").codes(came(&desk, 25_001)), vec![Code::Amount]);
        desk.run("1001", came(&desk, 25_000));
        assert_eq!(held(&desk), before + 40_000, "it is back where it came from");
        assert!(desk.memory.recovery(CASE, line_id(1)).unwrap().left().is_zero());
    }
}
