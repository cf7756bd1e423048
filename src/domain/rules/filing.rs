//! Filing (备案): a township's decisions of a month go to the county on a roster; the county may call one back.

use super::{county, dates, duties, reversal, tier};
use crate::domain::code::Code;
use crate::domain::command::tiers::{CallBack, FileRoster, SettleCallBack};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::nouns::Stage;
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::domain::tiers::month;

/// The most decisions of one roster: an entry has a bound. The rest go on the next one.
const ROWS: usize = 500;

/// 备案.
pub(super) fn file(cx: &Ctx<'_>, args: &FileRoster) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    duties::scope(cx, &mut out, args.township);
    let Some((first, last)) = month(args.year, args.month) else {
        out.say(Code::DateOrder, "month", "月份不对，请填1至12月。");
        return out.finish(None);
    };
    if last >= cx.today() {
        let begins = last.plus(1).short_zh();
        out.say(Code::DateOrder, "month", format!("{}月还没有过完，请{begins}起备案。", args.month));
    }
    let mut rows = cx.answers.unfiled(args.township, first, last);
    rows.truncate(ROWS);
    if rows.is_empty() {
        out.say(
            Code::Duplicate,
            "month",
            format!("{}年{}月没有未备案的乡镇审批，不必备案。", args.year, args.month),
        );
    }
    let filed = cx.answers.rosters(args.township, args.year, args.month);
    let mut number = format!("R{:02}-{:03}-{:02}", args.year.rem_euclid(100), args.township, args.month);
    if filed > 0 {
        number = format!("{number}-{}", filed.saturating_add(1));
    }
    out.fact(Fact::RosterFiled(made::RosterFiled {
        township: args.township,
        year: args.year,
        month: args.month,
        number,
        amount: rows.iter().map(|row| row.amount).sum(),
        rows,
    }));
    out.finish(None)
}

/// 备案退回: what is not paid goes back to its handler, what is paid is answered for.
pub(super) fn call_back(cx: &Ctx<'_>, args: &CallBack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "备案退回");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let file = cx.answers.tier_file(case.id);
    let stands = file.filed.is_some() && !case.granted.is_empty();
    duties::stage(&mut out, &case, stands, "没有备案的决定，不能退回备案，请在备案名册中选已备案的办件。");
    if file.called_back.is_some() {
        out.say(
            Code::Duplicate,
            "case",
            format!("办件{}的备案已退回，不必再退，请等乡镇处理后按F5刷新。", case.number),
        );
    }
    super::batches::not_in_one(cx, &mut out, &case, "退回备案");
    duties::reason(cx, &mut out, &args.reason, "reason", "备案退回须写明问题");
    let unpaid = case.stage == Stage::Approved && case.paid.is_empty();
    let due = (!unpaid).then(|| {
        let days = tier::pack_of(cx, &case).filing.answer_days;
        dates::plus_working(cx, &mut out, cx.today(), days)
    });
    let reason = args.reason.clone();
    out.fact(Fact::CalledBack(made::CalledBack { case: case.id, due, reason }));
    if unpaid {
        out.fact(Fact::GrantCancelled { case: case.id });
        reversal::moot(cx, &mut out, &case);
        out.fact(Fact::StageSet { case: case.id, stage: Stage::Returned, tier: None, due: None, text: None });
    }
    out.finish(Some(case.id))
}

/// 备案退回办结.
pub(super) fn settle(cx: &Ctx<'_>, args: &SettleCallBack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "备案退回办结");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let open = cx.answers.tier_file(case.id).called_back.is_some();
    duties::stage(&mut out, &case, open, "没有退回的备案，不必办结，请按F5看新的情况。");
    duties::reason(cx, &mut out, &args.reason, "reason", "须写明怎样处理的");
    out.fact(Fact::CallBackSettled(made::CallBackSettled { case: case.id, reason: args.reason.clone() }));
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;
    use crate::domain::command::papers::Close;

    fn roster(month: u32) -> Command {
        Command::FileRoster(FileRoster { township: 102, year: 2026, month })
    }

    fn back() -> Command {
        Command::CallBack(CallBack { case: CASE, reason: Some("reason".into()) })
    }

    fn approved() -> Desk {
        let lines = vec![money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.run("1002", desk.approve(lines));
        desk
    }

    #[test]
    fn a_month_is_filed_when_it_is_over_and_once() {
        let mut desk = approved();
        desk.later(29);
        assert_eq!(desk.ask("1001").codes(roster(3)), vec![Code::DateOrder]);
        desk.later(1);
        assert_eq!(desk.ask("2001").codes(roster(3)), vec![Code::Scope]);
        assert_eq!(desk.ask("1001").codes(roster(2)), vec![Code::Duplicate]);
        assert_eq!(desk.ask("1001").codes(roster(13)), vec![Code::DateOrder]);
        desk.run("1002", roster(3));
        assert_eq!(desk.ask("1001").codes(roster(3)), vec![Code::Duplicate]);
    }

    #[test]
    fn what_is_unpaid_goes_back_and_what_is_paid_is_answered_for() {
        let mut desk = approved();
        assert_eq!(desk.ask("9002").codes(back()), vec![Code::State], "not filed yet");
        let mut paid = desk.clone();
        paid.account(0xac);
        paid.run("1001", paid.pay(1));
        for desk in [&mut desk, &mut paid] {
            desk.later(30);
            desk.run("1002", roster(3));
            desk.run("9002", back());
        }
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!((case.stage, case.granted.len()), (Stage::Returned, 0));
        assert_eq!(paid.memory.case(CASE).unwrap().stage, Stage::Paid);
        assert_eq!(paid.ask("9002").codes(back()), vec![Code::Duplicate]);
        let close = Command::Close(Close { case: CASE });
        assert_eq!(paid.ask("1001").codes(close.clone()), vec![Code::NotFinal]);
        let settle = Command::SettleCallBack(SettleCallBack { case: CASE, reason: Some("reason".into()) });
        assert_eq!(desk.ask("9002").codes(settle.clone()), vec![Code::State]);
        paid.run("9002", settle);
        paid.run("1001", close);
    }
}
