//! Money's verbs: paying an approved line, the reserve, repayment, imported ledgers.

use super::{amount, batches, dates, duties, emergency, fund, number, reserve, sources, stock};
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::funds::{Allot, ImportPart, MoveReserve, Pay, Repay, ReserveMove};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, LineId, Text};
use crate::domain::nouns::{Fund, LineKind, PayBy, Stage};
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// The most rows of an entry that takes over a ledger.
const ROWS: usize = 500;

struct Move {
    why: MoveKind,
    township: u16,
    from: Account,
    to: Account,
    amount: Money,
    case: Option<CaseId>,
    line: Option<LineId>,
    text: Option<Text>,
}

fn moved(cx: &Ctx<'_>, out: &mut Collect, step: Move) {
    out.fact(Fact::MoneyMoved {
        why: step.why,
        voucher: number::Vouchers::new(cx, step.township, cx.today()).next(),
        township: step.township,
        on: cx.today(),
        postings: vec![
            Posting { account: step.from, amount: -step.amount },
            Posting { account: step.to, amount: step.amount },
        ],
        purpose: Purpose::Assistance,
        case: step.case,
        line: step.line,
        text: step.text,
    });
}

/// 发放 one approved line.
pub(super) fn pay(cx: &Ctx<'_>, args: &Pay) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    payable(&mut out, &case);
    // whoever paid first decided it too, and may pay again after a reversal; who approved a case never pays it
    if case.decided_by.as_ref() == Some(&cx.author.no) && case.handler != cx.author.no {
        out.say(
            Code::SodPay,
            "",
            format!("办件{}由您决定，不能由您发放，请由经办人或财务发放。", case.number),
        );
    }
    if case.granted.is_empty() {
        // what is not granted has no lines to look among: one sentence is enough
        return out.finish(Some(case.id));
    }
    let Some(line) = case.granted.iter().find(|line| line.line == args.line && !line.counts().is_zero())
    else {
        out.say(Code::Unknown, "line", "批准明细中没有这一笔，请按F5刷新后重新选择。");
        return out.finish(Some(case.id));
    };
    if case.stage != Stage::Paid && case.paid.contains(&line.line) {
        out.say(Code::Duplicate, "line", "这一笔已经发放，不能重复发放，请按F5刷新。");
    }
    batches::not_in_one(cx, &mut out, &case, "另行发放");
    days(cx, &mut out, &case, args);
    if let Some(grant) = emergency::grant_of(cx, &case) {
        amount::not_ahead(&mut out, line, grant.on, args.on);
    }
    cash(cx, &mut out, line, args);
    let to_account = line.kind == LineKind::Money && args.pay_by == PayBy::Bank;
    // Where the line cannot be paid at all, its account is not what stands in the way. The card given at the window was noted
    // with the case, so the reserve asks what a batch asks, and nobody enters a card twice.
    let open = case.stage == Stage::Approved && !case.paid.contains(&line.line);
    let account = match to_account && open {
        true => batches::account(cx, &mut out, &case, "line", "；没有卡折的改为现金"),
        false => None,
    };
    batches::living(cx, &mut out, &case, line, account.as_ref(), "line");
    let till = fund::till_of(line.kind, args.pay_by);
    if stock::kept(cx, case.township, line).is_some() {
        stock::check(cx, &mut out, case.township, std::slice::from_ref(line));
    } else {
        fund::check(cx, &mut out, case.township, till, line.amount);
    }
    hand(cx, &mut out, &case, line, args, till);
    out.finish(Some(case.id))
}

fn payable(out: &mut Collect, case: &Case) {
    let waits = matches!(case.stage, Stage::AwaitingRatification | Stage::AtCity | Stage::Submitted);
    let open = matches!(case.stage, Stage::Open | Stage::Returned);
    if waits || open || (case.stage == Stage::Approved && case.provisional) {
        out.say(Code::NotFinal, "case", format!("办件{}还没有最终批准，批准后才能发放。", case.number));
    } else if case.stage == Stage::Paid {
        out.say(Code::Duplicate, "case", format!("办件{}已发放完，不能重复发放，请按F5刷新。", case.number));
    } else {
        duties::stage(out, case, case.stage == Stage::Approved, "不能发放，请按F5看新的情况。");
    }
}

fn days(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &Pay) {
    dates::not_later(out, "on", args.on, cx.today(), "发放日期");
    if let Some(grant) = emergency::grant_of(cx, case) {
        dates::not_before(out, "on", args.on, grant.on, "发放日期", "批准日期");
    }
}

/// Cash on the ordinary way is the exception (四（三）三): reason, signature and a witness.
fn cash(cx: &Ctx<'_>, out: &mut Collect, line: &Line, args: &Pay) {
    if line.kind != LineKind::Money || args.pay_by != PayBy::Cash {
        return;
    }
    for (slot, field, what) in [
        (&args.cash_reason, "cash_reason", "不打卡而发现金须写明原因；有卡的请改为打卡。"),
        (&args.receipt, "receipt", "发放现金须有领款人签字或手印，请在「领取签字」填写。"),
        (&args.witness, "witness", "发放现金须有见证人，请在「见证人」填写。"),
    ] {
        if !cx.has(slot) {
            out.say(Code::CashReason, field, what);
        }
    }
}

fn hand(cx: &Ctx<'_>, out: &mut Collect, case: &Case, line: &Line, args: &Pay, till: Till) {
    out.fact(Fact::LinePaid {
        case: case.id,
        line: line.line,
        amount: line.amount,
        pay_by: args.pay_by,
        at: if args.on == cx.today() { cx.now } else { Stamp::at(args.on, 12, 0) },
        by: cx.author.no.clone(),
        receipt: args.receipt.clone(),
        witness: args.witness.clone(),
        cash_reason: args.cash_reason.clone(),
        payer: None,
    });
    let (from, to) = match stock::Draws::default().draw(cx, out, (case.id, case.township), line) {
        Some(drawn) => (Account::Goods(case.township), stock::spent(case.township, drawn.origin)),
        None => (Account::Reserve(case.township, till), Account::Spent(case.township)),
    };
    moved(
        cx,
        out,
        Move {
            why: MoveKind::Paid,
            township: case.township,
            from,
            to,
            amount: line.amount,
            case: Some(case.id),
            line: Some(line.line),
            text: None,
        },
    );
    let rest = case.granted.iter().any(|other| {
        other.line != line.line && !other.counts().is_zero() && !case.paid.contains(&other.line)
    });
    if !rest {
        out.fact(Fact::StageSet { case: case.id, stage: Stage::Paid, tier: None, due: None, text: None });
    }
}

/// 拨入备用金.
pub(super) fn allot(cx: &Ctx<'_>, args: &Allot) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Finance]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "拨入备用金由县局财务办理，请转县局。");
    }
    if crate::base::division::township(args.township).is_none() {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{:03}，请按F4选择。", args.township));
    }
    amount::amount(&mut out, "amount", args.amount);
    reserve::room(cx, &mut out, args.township, args.amount, "拨入");
    if args.purpose != Purpose::Assistance {
        out.say(
            Code::FundPurpose,
            "purpose",
            "临时救助资金只用于临时救助，不得列支工作经费或其他项目，请改正用途。",
        );
    }
    let from = put_in_by(cx, &mut out, args);
    moved(
        cx,
        &mut out,
        Move {
            why: MoveKind::Allotted,
            township: args.township,
            from,
            to: Account::Reserve(args.township, args.till),
            amount: args.amount,
            case: None,
            line: None,
            text: args.note.clone(),
        },
    );
    out.finish(None)
}

/// Whose money an allotment is. An entry from before sources were named is decided again as it was then; nobody leaves the
/// source out any more once a first one was named, and at his own desk nobody ever does.
fn put_in_by(cx: &Ctx<'_>, out: &mut Collect, args: &Allot) -> Account {
    let Some(fund) = args.fund else {
        if cx.private.is_some() || cx.answers.names_sources() {
            out.say(Code::ReasonRequired, "fund", "拨入备用金须写明资金来源，请在「来源」按数字选。");
        }
        return Account::County;
    };
    if fund == Fund::Donated {
        out.say(
            Code::FundPurpose,
            "fund",
            "社会捐赠不进备用金，以免与财政资金混用，请改选来源；捐赠的钱建批次直接发放。",
        );
    } else {
        sources::holds(cx, out, fund, args.amount, "请减少金额，或改选来源");
    }
    Account::Source(fund)
}

/// To whom the reserve gives back: a source that put money in, and no more than it has not got back.
fn given_back_to(cx: &Ctx<'_>, out: &mut Collect, args: &MoveReserve) -> Account {
    let left = cx.answers.advanced(args.township, args.fund);
    let (to, name) = match args.fund {
        Some(fund) => (Account::Source(fund), fund.zh()),
        None => (Account::County, "未注明来源的拨款"),
    };
    if args.fund.is_none() && left <= Money::ZERO {
        out.say(Code::ReasonRequired, "fund", "退回备用金须写明退给哪个来源，请在「来源」按数字选。");
    } else if args.amount > left {
        out.say(
            Code::Amount,
            "amount",
            format!(
                "{name}拨入{}备用金、还没有退回的是{left}元，退回{}元过多，请减少金额，或另退其他来源。",
                duties::name_of(args.township),
                args.amount
            ),
        );
    }
    to
}

/// 备用金提存.
pub(super) fn move_reserve(cx: &Ctx<'_>, args: &MoveReserve) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance, Role::Approver]);
    duties::scope(cx, &mut out, args.township);
    amount::amount(&mut out, "amount", args.amount);
    let cash = Account::Reserve(args.township, Till::Cash);
    let bank = Account::Reserve(args.township, Till::Bank);
    let (why, till, from, to) = match args.way {
        ReserveMove::Withdraw => (MoveKind::Withdrawn, Till::Bank, bank, cash),
        ReserveMove::Deposit => (MoveKind::Deposited, Till::Cash, cash, bank),
        ReserveMove::GiveBack => (MoveKind::GivenBack, Till::Bank, bank, given_back_to(cx, &mut out, args)),
    };
    fund::check(cx, &mut out, args.township, till, args.amount);
    moved(
        cx,
        &mut out,
        Move {
            why,
            township: args.township,
            from,
            to,
            amount: args.amount,
            case: None,
            line: None,
            text: args.note.clone(),
        },
    );
    out.finish(None)
}

/// 归垫: no second grant, only what is owed, to somebody else than who books it.
pub(super) fn repay(cx: &Ctx<'_>, args: &Repay) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    amount::amount(&mut out, "amount", args.amount);
    if args.amount > case.outlay {
        out.say(
            Code::Amount,
            "amount",
            format!("应付垫付款只有{}元，归垫{}元过多，请改正。", case.outlay, args.amount),
        );
    }
    duties::reason(cx, &mut out, &args.receipt, "receipt", "归垫须有收据，请填写收据号和收款人");
    let own = cx.answers.payments(case.id).iter().any(|paid| paid.by == cx.author.no && !paid.by_another);
    if own {
        out.say(Code::SodPay, "", "垫付人是您本人，不能由您归垫，请由本单位其他人办理。");
    }
    fund::check(cx, &mut out, case.township, args.till, args.amount);
    moved(
        cx,
        &mut out,
        Move {
            why: MoveKind::Repaid,
            township: case.township,
            from: Account::Reserve(case.township, args.till),
            to: Account::Outlay(case.township, case.id),
            amount: args.amount,
            case: Some(case.id),
            line: None,
            text: args.receipt.clone(),
        },
    );
    out.finish(Some(case.id))
}

/// 导入往年台账.
pub(super) fn import_part(cx: &Ctx<'_>, args: &ImportPart) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance]);
    if args.rows.is_empty() || args.rows.len() > ROWS {
        out.say(Code::State, "rows", format!("一次导入1至{ROWS}行，现为{}行，请重新导入。", args.rows.len()));
    }
    let (first, today) = (crate::base::day::Day::new(1990, 1, 1), cx.today());
    let mut seen = BTreeSet::new();
    let mut new = BTreeSet::new();
    for (index, row) in args.rows.iter().enumerate() {
        let at = index + 1;
        if !seen.insert(&row.hash) || cx.answers.imported(&row.hash) {
            out.say(Code::Duplicate, "rows", format!("第{at}行已经导入过，请重新预览后导入。"));
        }
        if row.amount.fen() < 1 {
            out.say(Code::Amount, "rows", format!("第{at}行金额小于0.01元，请在台账中改正。"));
        }
        if row.on > today || first.is_some_and(|first| row.on < first) {
            out.say(Code::DateOrder, "rows", format!("第{at}行日期{}不合理，请在台账中改正。", row.on));
        }
        if !cx.author.office.covers(row.township) {
            out.say(Code::Scope, "rows", format!("第{at}行是其他乡镇的，请由该乡镇或县局导入。"));
        }
        if cx.answers.person(row.person).is_none() && new.insert(row.person) {
            // an old ledger does not say where people are registered: they were helped here, so here until corrected
            out.fact(Fact::PersonNoted {
                person: row.person,
                resident: true,
                papers: true,
                corrected: false,
                reason: None,
            });
        }
    }
    out.fact(Fact::LedgerImported {
        import: args.import,
        file: args.file.clone(),
        part: args.part,
        rows: args.rows.clone(),
    });
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, line_id, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;
    use crate::domain::nouns::ReturnReason;

    fn approved(fen: i64) -> Desk {
        let lines = vec![money_line(1, fen)];
        let mut desk = Desk::submitted(lines.clone());
        desk.account(0xac);
        desk.run("1002", desk.approve(lines));
        desk
    }

    #[test]
    fn money_by_card_asks_for_an_account_that_holds() {
        let lines = vec![money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.run("1002", desk.approve(lines));
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::AccountOwner], "nobody gave one");
        desk.account(0xac);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![]);
        desk.returned(0xac, ReturnReason::AccountClosed);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::AccountOwner]);
        desk.account(0xad);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![]);
        desk.dies(0);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::PayeeDead], "once");
    }

    #[test]
    fn a_line_is_paid_once_and_not_by_who_approved_it() {
        let mut desk = approved(40_000);
        desk.give_roles("1002", &[Role::Handler, Role::Approver]);
        assert_eq!(desk.ask("1002").codes(desk.pay(1)), vec![Code::SodPay]);
        desk.run("1001", desk.pay(1));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::Paid);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::Duplicate]);
    }

    #[test]
    fn what_is_not_final_is_not_paid() {
        let desk = Desk::submitted(vec![money_line(1, 40_000)]);
        assert!(desk.ask("1001").codes(desk.pay(1)).contains(&Code::NotFinal));
        let desk = approved(40_000);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![]);
    }

    #[test]
    fn cash_needs_three_things_and_a_card_none() {
        let desk = approved(40_000);
        let bare = |pay_by| {
            Command::Pay(Pay {
                case: CASE,
                line: line_id(1),
                pay_by,
                on: desk.now.day(),
                cash_reason: None,
                receipt: None,
                witness: None,
            })
        };
        assert_eq!(desk.ask("1001").codes(bare(PayBy::Bank)), vec![]);
        assert_eq!(desk.ask("1001").codes(bare(PayBy::Cash)), vec![Code::CashReason; 3]);
    }

    #[test]
    fn the_fund_serves_one_purpose() {
        let desk = Desk::new();
        for (purpose, codes) in [
            (Purpose::Assistance, vec![]),
            (Purpose::OfficeCosts, vec![Code::FundPurpose]),
            (Purpose::OtherScheme, vec![Code::FundPurpose]),
        ] {
            assert_eq!(desk.ask("9003").codes(desk.allot(10_000, purpose)), codes);
        }
    }

    #[test]
    fn what_is_owed_is_repaid_and_no_more() {
        let lines = vec![money_line(1, 30_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        desk.run("1001", desk.recorded(lines, crate::domain::command::emergency::Authority::Nobody {}));
        assert_eq!(desk.ask("1001").codes(desk.repay(30_001)), vec![Code::Amount]);
        desk.run("1001", desk.repay(30_000));
        assert_eq!(desk.memory.case(CASE).unwrap().outlay, Money::ZERO);
    }

    #[test]
    fn the_dead_take_no_money_themselves() {
        let mut desk = approved(40_000);
        desk.dies(0);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::PayeeDead]);
    }
}
