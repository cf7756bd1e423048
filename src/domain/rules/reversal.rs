//! 冲正: nothing is deleted, only reversed, with a reason, by somebody else than who did it.

use super::{duties, number};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::papers::{Reverse, Reversed};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::ids::LineId;
use crate::domain::nouns::{ItemKind, Stage, Way};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::refusal::Refusal;

/// 冲正.
pub(super) fn reverse(cx: &Ctx<'_>, args: &Reverse) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let roles: &[Role] = match args.reversed {
        Reversed::Payment { .. } => &[Role::Finance, Role::Approver],
        Reversed::Grant {} => &[Role::Approver],
        Reversed::Item { .. } => &[Role::Handler, Role::Approver],
    };
    duties::author(cx, &mut out, roles);
    let Some(case) = duties::settle(cx, &mut out, args.case) else { return out.finish(None) };
    if cx.author.office != Office::County {
        duties::unmarked(&mut out, &case);
    }
    if case.stage.is_final() && !(case.stage == Stage::Closed && cx.author.office == Office::County) {
        duties::stage(&mut out, &case, false, "不能冲正；确需更正的请转县局。");
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "冲正须写明原因");
    match args.reversed {
        Reversed::Payment { line } => payment(cx, &mut out, &case, line, args),
        Reversed::Grant {} => grant(cx, &mut out, &case, args),
        Reversed::Item { item } => reopen(cx, &mut out, &case, item),
    }
    out.finish(Some(case.id))
}

fn payment(cx: &Ctx<'_>, out: &mut Collect, case: &Case, line: LineId, args: &Reverse) {
    let payments = cx.answers.payments(case.id);
    let Some(payment) = payments.iter().find(|payment| payment.line == line) else {
        out.say(Code::Unknown, "line", "这一笔没有付款，或已经冲正，请按F5刷新。");
        return;
    };
    let finance = cx.author.is(Role::Finance) && !cx.author.is(Role::Approver);
    if cx.author.office != Office::County && finance {
        out.say(Code::Role, "", "冲正付款由乡镇审批人或县局财务办理，请换人登录。");
    }
    if payment.by == cx.author.no {
        out.say(Code::SodPay, "", "这一笔由您付款，不能由您冲正，请由其他审批人或县局财务办理。");
    }
    let postings = cx.answers.postings_of(case.id, line);
    if postings.iter().any(|posting| matches!(posting.account, Account::Transit(_))) {
        duties::stage(
            out,
            case,
            false,
            "这一笔由银行付出，不能冲正；退汇请读入回盘，本人交回请登记主动退回。",
        );
    }
    if !cx.answers.given_back(case.id, line).is_zero() {
        duties::stage(out, case, false, "这一笔已登记主动退回，不能冲正，其余的款请再登记主动退回。");
    }
    // a case that moved was paid from where it was then
    let books = Account::books_of(&postings).unwrap_or(case.township);
    out.fact(Fact::LineUnpaid { case: case.id, line });
    super::stock::back(cx, out, case.id, line, &args.reason);
    out.fact(Fact::MoneyMoved {
        why: MoveKind::Reversed,
        voucher: number::Vouchers::new(cx, books, cx.today()).next(),
        township: books,
        on: cx.today(),
        postings: back(case, &postings),
        purpose: Purpose::Assistance,
        case: Some(case.id),
        line: Some(line),
        text: args.reason.clone(),
    });
    if case.way == Some(Way::Advance) {
        unadvance(cx, out, case, line);
    }
    if matches!(case.stage, Stage::Paid | Stage::Closed) {
        out.fact(Fact::StageSet {
            case: case.id,
            stage: Stage::Approved,
            tier: None,
            due: None,
            text: args.reason.clone(),
        });
    }
}

/// An advance is granted by being paid: turned round, it is granted no more, and the case goes on without it.
fn unadvance(cx: &Ctx<'_>, out: &mut Collect, case: &Case, line: LineId) {
    let lines: Vec<_> = case.granted.iter().filter(|known| known.line != line).cloned().collect();
    let grant = super::emergency::grant_of(cx, case);
    let (Some(grant), false) = (grant, lines.is_empty()) else {
        out.fact(Fact::GrantCancelled { case: case.id });
        moot(cx, out, case);
        return;
    };
    out.fact(Fact::GrantSet {
        case: case.id,
        lines,
        people: grant.people,
        on: grant.on,
        tier: grant.tier,
        way: Way::Advance,
        provisional: true,
        by: case.decided_by.clone().unwrap_or_else(|| case.handler.clone()),
    });
}

/// The postings turned round. What stood under 应付垫付款 and was repaid meanwhile comes back to the cash in hand.
fn back(case: &Case, paid: &[Posting]) -> Vec<Posting> {
    let mut postings = Vec::new();
    let mut owed = case.outlay;
    for posting in paid {
        let amount = -posting.amount;
        if let Account::Outlay(township, _) = posting.account {
            let settled = amount.min(owed);
            owed -= settled;
            if !settled.is_zero() {
                postings.push(Posting { account: posting.account, amount: settled });
            }
            let repaid = amount - settled;
            if !repaid.is_zero() {
                postings.push(Posting { account: Account::Reserve(township, Till::Cash), amount: repaid });
            }
        } else if amount != Money::ZERO {
            postings.push(Posting { account: posting.account, amount });
        }
    }
    postings
}

fn grant(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &Reverse) {
    duties::not_handler(cx, out, case);
    super::batches::not_in_one(cx, out, case, "冲正");
    if case.way.is_none() {
        duties::stage(out, case, false, "没有救助决定，无需冲正，请按F5看新的情况。");
    }
    if !case.paid.is_empty() {
        duties::stage(out, case, false, "已有付款，请先逐笔冲正付款，再冲正决定。");
    }
    let tier = super::emergency::grant_of(cx, case).map_or(Tier::County, |grant| grant.tier);
    if cx.author.office.tier() < tier {
        out.say(Code::TierAuth, "", format!("这一件由{}决定，请转县局冲正。", tier.zh()));
    }
    out.fact(Fact::GrantCancelled { case: case.id });
    moot(cx, out, case);
    if !matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted) {
        out.fact(Fact::StageSet {
            case: case.id,
            stage: Stage::Terminated,
            tier: None,
            due: None,
            text: args.reason.clone(),
        });
    }
}

/// Nothing stands paid, so nothing is left to be papered and nobody is late with it.
pub(super) fn moot(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    for item in cx.answers.items(case.id).iter().filter(|item| item.done.is_none()) {
        out.fact(Fact::ItemDone { case: case.id, item: item.kind, on: cx.today() });
    }
}

fn reopen(cx: &Ctx<'_>, out: &mut Collect, case: &Case, item: ItemKind) {
    let done = cx.answers.items(case.id).iter().any(|known| known.kind == item && known.done.is_some());
    if !done {
        out.say(Code::Unknown, "item", format!("「{}」没有补齐，无需冲正。", item.zh()));
    }
    out.fact(Fact::ItemReopened { case: case.id, item });
    if case.stage == Stage::Closed {
        out.fact(Fact::StageSet { case: case.id, stage: Stage::Paid, tier: None, due: None, text: None });
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, line_id, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::emergency::Authority;

    #[test]
    fn money_comes_back_to_where_it_came_from() {
        let lines = vec![money_line(1, 45_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        let authority = desk.authorised(45_000);
        desk.run("1001", desk.direct(lines, authority));
        let till = Account::Reserve(102, Till::Cash);
        assert_eq!(desk.memory.balance(till), Money::from_fen(155_000));
        let command = desk.reverse(Reversed::Payment { line: line_id(1) });
        assert_eq!(desk.ask("1001").codes(command.clone()), vec![Code::SodPay, Code::Role]);
        desk.run("1002", command.clone());
        assert_eq!(desk.memory.balance(till), Money::from_fen(200_000));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::Approved);
        assert_eq!(desk.ask("1002").codes(command), vec![Code::Unknown]);
        desk.run("1002", desk.reverse(Reversed::Grant {}));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::Terminated);
    }

    #[test]
    fn what_was_repaid_comes_back_in_cash() {
        let lines = vec![money_line(1, 30_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        desk.run("1001", desk.recorded(lines, Authority::Nobody {}));
        desk.run("1001", desk.repay(10_000));
        desk.run("1002", desk.reverse(Reversed::Payment { line: line_id(1) }));
        assert_eq!(desk.memory.balance(Account::Reserve(102, Till::Cash)), Money::from_fen(200_000));
        assert_eq!(desk.memory.case(CASE).unwrap().outlay, Money::ZERO);
    }
}
