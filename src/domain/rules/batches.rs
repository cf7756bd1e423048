//! 发放批次 (四（三）三): built by one officer of finance, counted blind by another, sent to one paying bank. A case is in at
//! most one live batch. Money leaves its source when the batch is sent and is under way until the bank answers; a line is
//! paid only by the bank's return.

use super::{amount, duties, emergency, number};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::payout::{CheckBatch, DropBatch, OpenBatch, SendBatch};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose};
use crate::domain::grant::Line;
use crate::domain::ids::{BatchId, CaseId, LineId};
use crate::domain::nouns::{BatchState, LineKind, Payee, Stage};
use crate::domain::office::{Office, Role};
use crate::domain::payout::{Batch, PayeeAccount};
use crate::domain::refusal::Refusal;
use crate::domain::same;
use std::collections::BTreeSet;

/// The most lines of a batch: what their entries take is far below the largest entry.
pub(super) const LINES: usize = 200;
/// The county's own books have no township.
pub(super) const COUNTY_BOOKS: u16 = 0;

/// Finance of the county.
pub(super) fn author(cx: &Ctx<'_>, out: &mut Collect) {
    duties::author(cx, out, &[Role::Finance]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "批次和资金来源由县局财务办理，请转县局。");
    }
}

/// A batch by its id.
pub(super) fn find(cx: &Ctx<'_>, out: &mut Collect, id: BatchId) -> Option<Batch> {
    let batch = cx.answers.batch(id);
    if batch.is_none() {
        out.say(Code::Unknown, "batch", "找不到这一批次，请按F5刷新后重新选择。");
    }
    batch
}

/// Refuses what would pull a case out from under a live batch.
pub(super) fn not_in_one(cx: &Ctx<'_>, out: &mut Collect, case: &Case, what: &str) {
    if let Some(batch) = cx.answers.live_batch(case.id) {
        out.say(
            Code::InBatch,
            "case",
            format!(
                "办件{}已在批次{batch}中，不能{what}，请等银行回盘，未提交的请财务先撤销批次。",
                case.number
            ),
        );
    }
}

/// Whether a batch is where a step finds it; where not, that is the one thing said of it, with what comes next from there.
fn state(out: &mut Collect, batch: &Batch, wanted: BatchState) -> bool {
    if batch.state == wanted {
        return true;
    }
    let next = match batch.state {
        BatchState::Open => "还没有复核，请先由另一名财务复核",
        BatchState::Checked => "已复核，不必再复核，请提交银行",
        BatchState::Sent => "已提交银行，请等银行回盘后读入",
        BatchState::Returned => "银行已回盘，已办完；没有付出的请更正账户后另建批次",
        BatchState::Dropped => "已撤销，请重新建立批次",
    };
    out.say(Code::State, "batch", format!("批次{}{next}。", batch.number));
    false
}

/// The account to which a case's money goes: one is noted, and the bank has not sent money back from it (四（三）三).
pub(super) fn account(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    field: &'static str,
    else_: &str,
) -> Option<PayeeAccount> {
    let Some(account) = cx.answers.account_of(case.id) else {
        out.say(
            Code::AccountOwner,
            field,
            format!("办件{}没有登记账户，请先在办件的「登记账户」登记领款人的卡或存折{else_}。", case.number),
        );
        return None;
    };
    if let Some(why) = account.refused {
        out.say(
            Code::AccountOwner,
            field,
            format!("办件{}的账户因「{}」退过汇，请先更正账户{else_}。", case.number, why.zh()),
        );
    }
    Some(account)
}

/// Nothing is paid to the dead: not to the person himself, and not into the account of anybody.
pub(super) fn living(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    line: &Line,
    account: Option<&PayeeAccount>,
    field: &'static str,
) {
    let dead = |person| same::died(cx.answers, person).is_some();
    if line.payee == Payee::Self_ && dead(case.person) {
        out.say(
            Code::PayeeDead,
            field,
            format!("办件{}的领款人已死亡，请先由县局注明改发何人，或按终止办理。", case.number),
        );
        return;
    }
    let owner = account
        .and_then(|account| account.owner.or_else(|| (account.payee == Payee::Self_).then_some(case.person)));
    if owner.is_some_and(dead) {
        out.say(
            Code::PayeeDead,
            field,
            format!("办件{}的账户所有人已死亡，请先改为登记领款人的账户。", case.number),
        );
    }
}

/// A line that may be paid by bank now; the account it goes to and its amount.
fn ready(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    line: LineId,
    else_: &str,
) -> Option<(PayeeAccount, Money)> {
    duties::unmarked(out, case);
    if case.stage != Stage::Approved || case.provisional || case.ratification_due.is_some() {
        out.say(Code::NotFinal, "lines", format!("办件{}还没有最终批准，批准后才能进批次。", case.number));
        if case.granted.is_empty() {
            // what is not granted has no lines to look among: one sentence is enough
            return None;
        }
    }
    if case.decided_by.as_ref() == Some(&cx.author.no) {
        out.say(Code::SodPay, "", format!("办件{}由您决定，不能由您发放，请由其他财务办理。", case.number));
    }
    let granted = case.granted.iter().find(|known| known.line == line && known.kind == LineKind::Money);
    let Some(granted) = granted else {
        out.say(Code::Unknown, "lines", format!("办件{}没有这一笔救助金，请按F5刷新。", case.number));
        return None;
    };
    if case.paid.contains(&line) {
        out.say(
            Code::Duplicate,
            "lines",
            format!("办件{}的这一笔已经发放，不能重复发放，请按F5刷新后重选。", case.number),
        );
    }
    if let Some(grant) = emergency::grant_of(cx, case) {
        amount::not_ahead(out, granted, grant.on, cx.today());
    }
    let account = account(cx, out, case, "lines", else_);
    living(cx, out, case, granted, account.as_ref(), "lines");
    account.map(|account| (account, granted.amount))
}

/// 建立批次.
pub(super) fn open(cx: &Ctx<'_>, args: &OpenBatch) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    author(cx, &mut out);
    if cx.answers.batch(args.batch).is_some() {
        out.say(Code::Duplicate, "batch", "这一批次已经建立，请按F5刷新。");
    }
    if args.bank.trim().is_empty() || args.bank.chars().count() > 30 {
        out.say(Code::State, "bank", "请写明付款银行（30字以内），一个批次只由一家银行付款。");
    }
    if args.lines.is_empty() || args.lines.len() > LINES {
        let count = args.lines.len();
        out.say(Code::State, "lines", format!("一个批次1至{LINES}笔，现为{count}笔，请重新选择。"));
    }
    let number = number::batch(cx, cx.today());
    out.fact(Fact::BatchOpened {
        batch: args.batch,
        number,
        bank: args.bank.trim().to_owned(),
        fund: args.fund,
        on: cx.today(),
        by: cx.author.no.clone(),
    });
    let mut seen = BTreeSet::new();
    let mut looked: BTreeSet<CaseId> = BTreeSet::new();
    for chosen in &args.lines {
        if !seen.insert((chosen.case, chosen.line)) {
            out.say(Code::Duplicate, "lines", "同一笔选了两次，请去掉一笔。");
            continue;
        }
        let found = match looked.insert(chosen.case) {
            true => duties::settle(cx, &mut out, chosen.case),
            false => cx.answers.case(chosen.case),
        };
        let Some(case) = found else { continue };
        not_in_one(cx, &mut out, &case, "再进批次");
        let Some((account, amount)) = ready(cx, &mut out, &case, chosen.line, "") else { continue };
        out.fact(Fact::LineBatched {
            batch: args.batch,
            case: case.id,
            line: chosen.line,
            account: account.id,
            amount,
        });
    }
    out.finish(None)
}

/// Whether every line of a batch is as it was when it was built.
fn unchanged(cx: &Ctx<'_>, out: &mut Collect, batch: &Batch) {
    for line in &batch.lines {
        let Some(case) = duties::find(cx, out, line.case) else { continue };
        // an account is not changed while its case lies in a batch
        let mend = format!("，更正前请撤销批次{}", batch.number);
        let Some((account, amount)) = ready(cx, out, &case, line.line, &mend) else { continue };
        if account.id != line.account || amount != line.amount {
            out.say(
                Code::State,
                "batch",
                format!("办件{}在建批后变了，请撤销批次{}后重建。", case.number, batch.number),
            );
        }
    }
}

/// 复核批次: the sum is typed blind, so no sentence says what it is.
pub(super) fn check(cx: &Ctx<'_>, args: &CheckBatch) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    author(cx, &mut out);
    let Some(batch) = find(cx, &mut out, args.batch) else { return out.finish(None) };
    if !state(&mut out, &batch, BatchState::Open) {
        return out.finish(None);
    }
    if batch.by == cx.author.no {
        out.say(
            Code::SodSame,
            "",
            format!("批次{}由您制表，不能由您复核，请由另一名财务复核。", batch.number),
        );
    }
    amount::amount(&mut out, "total", args.total);
    if args.total != batch.total() {
        out.say(Code::Amount, "total", "合计金额与批次不符，请对着审批表重新加总；仍不符的请撤销重建。");
    }
    if args.count != batch.count() {
        out.say(Code::Amount, "count", "笔数与批次不符，请对着审批表重新清点；仍不符的请撤销重建。");
    }
    unchanged(cx, &mut out, &batch);
    out.fact(Fact::BatchChecked {
        batch: batch.id,
        by: cx.author.no.clone(),
        total: args.total,
        count: args.count,
    });
    out.finish(None)
}

/// 提交银行: the money leaves its source and is under way.
pub(super) fn send(cx: &Ctx<'_>, args: &SendBatch) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    author(cx, &mut out);
    let Some(batch) = find(cx, &mut out, args.batch) else { return out.finish(None) };
    if !state(&mut out, &batch, BatchState::Checked) {
        return out.finish(None);
    }
    // the check's own refusal stands on the desk that wrote it; whoever sends does not lean on that
    if batch.checked_by.as_ref() == Some(&batch.by) {
        out.say(
            Code::SodSame,
            "batch",
            format!("批次{}由制表人自己复核，不能提交，请撤销后重建，由另一名财务复核。", batch.number),
        );
    }
    if args.file.len() != 64 || !args.file.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        out.say(Code::State, "file", "没有导出文件的校验值，请先导出批次文件。");
    }
    unchanged(cx, &mut out, &batch);
    let (held, total) = (cx.answers.balance(Account::Source(batch.fund)), batch.total());
    if total > held {
        let short = total - held;
        out.say(
            Code::FundShort,
            "batch",
            format!(
                "{}结余{held}元，批次{}合计{total}元，还差{short}元，请等资金到账，或撤销后另建小批。",
                batch.fund.zh(),
                batch.number
            ),
        );
    }
    out.fact(Fact::BatchSent {
        batch: batch.id,
        by: cx.author.no.clone(),
        on: cx.today(),
        file: args.file.to_ascii_lowercase(),
        total,
        count: batch.count(),
    });
    out.fact(Fact::MoneyMoved {
        why: MoveKind::Sent,
        voucher: number::Vouchers::new(cx, COUNTY_BOOKS, cx.today()).next(),
        township: COUNTY_BOOKS,
        on: cx.today(),
        postings: vec![
            Posting { account: Account::Source(batch.fund), amount: -total },
            Posting { account: Account::Transit(batch.id), amount: total },
        ],
        purpose: Purpose::Assistance,
        case: None,
        line: None,
        text: None,
    });
    out.finish(None)
}

/// 撤销批次, before it is sent.
pub(super) fn drop(cx: &Ctx<'_>, args: &DropBatch) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    author(cx, &mut out);
    let Some(batch) = find(cx, &mut out, args.batch) else { return out.finish(None) };
    if !matches!(batch.state, BatchState::Open | BatchState::Checked) {
        let what = "不能撤销；已提交的请读入银行回盘。";
        out.say(Code::State, "batch", format!("批次{}{}，{what}", batch.number, batch.state.zh()));
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "撤销批次须写明原因");
    out.fact(Fact::BatchDropped { batch: batch.id, reason: args.reason.clone() });
    out.finish(None)
}
