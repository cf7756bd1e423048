//! 读入回盘 (四（三）三): the bank's answer, row by row. A file that does not match the batch to the fen is refused whole, with
//! the row named; read twice it changes nothing. Money that came back goes to its source and its line waits to be paid.

use super::{batches, number};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::payout::{ReadReturn, ReturnRow};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose};
use crate::domain::ids::CaseId;
use crate::domain::nouns::{BatchState, PayBy, ReturnReason, Stage};
use crate::domain::payout::{Batch, BatchLine, LineEnd};
use crate::domain::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// 读入回盘.
pub(super) fn read(cx: &Ctx<'_>, args: &ReadReturn) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    batches::author(cx, &mut out);
    let Some(batch) = batches::find(cx, &mut out, args.batch) else { return out.finish(None) };
    if args.file.len() != 64 || !args.file.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        out.say(Code::State, "file", "没有回盘文件的校验值，请重新选择文件。");
    }
    if let Some(number) = cx.answers.return_read(&args.file.to_ascii_lowercase()) {
        out.say(
            Code::ReturnDup,
            "file",
            format!("这个回盘文件已读入批次{number}，没有再改任何一笔；请选新的文件。"),
        );
        return out.finish(None);
    }
    let late = match batch.state {
        BatchState::Sent => false,
        BatchState::Returned => true,
        other => {
            let what = format!("批次{}{}，没有回盘可读，请在提交银行以后再读入。", batch.number, other.zh());
            out.say(Code::State, "batch", what);
            return out.finish(None);
        }
    };
    let matched = rows(cx, &mut out, &batch, &args.rows, late);
    facts(cx, &mut out, &batch, args, &matched);
    out.finish(None)
}

/// Every row against its line of the batch.
fn rows<'b>(
    cx: &Ctx<'_>,
    out: &mut Collect,
    batch: &'b Batch,
    rows: &[ReturnRow],
    late: bool,
) -> Vec<(&'b BatchLine, Option<ReturnReason>)> {
    let mut matched = Vec::new();
    let mut seen = BTreeSet::new();
    let mut differs = |out: &mut Collect, row: u32, what: String| {
        out.say(
            Code::ReturnMismatch,
            "rows",
            format!("回盘第{row}行{what}，整个文件没有读入，请与银行核对后换正确的文件。"),
        );
    };
    for row in rows {
        let at = usize::try_from(row.seq).ok().and_then(|seq| seq.checked_sub(1));
        let Some(line) = at.and_then(|at| batch.lines.get(at)) else {
            differs(out, row.row, format!("序号{}不在批次{}中", row.seq, batch.number));
            continue;
        };
        if !seen.insert(row.seq) {
            differs(out, row.row, format!("序号{}出现了两次", row.seq));
        }
        if row.amount != line.amount {
            differs(out, row.row, format!("金额{}元，批次中是{}元", row.amount, line.amount));
        }
        if late {
            afterwards(cx, out, row, line, &mut differs);
        }
        matched.push((line, row.returned));
    }
    if !late && seen.len() < batch.lines.len() && !rows.is_empty() {
        let missing = (1..=batch.count()).find(|seq| !seen.contains(seq)).unwrap_or_default();
        let last = rows.last().map_or(0, |row| row.row);
        differs(out, last, format!("之后缺少序号{missing}，批次{}共{}笔", batch.number, batch.count()));
    }
    if rows.is_empty() {
        out.say(Code::ReturnMismatch, "rows", "回盘文件里没有一行明细，没有读入，请核对文件和模板。");
    }
    matched
}

/// A row of a later file: only what was paid by this batch comes back, and only whole.
fn afterwards(
    cx: &Ctx<'_>,
    out: &mut Collect,
    row: &ReturnRow,
    line: &BatchLine,
    differs: &mut dyn FnMut(&mut Collect, u32, String),
) {
    let paid = line.end == Some(LineEnd::Paid)
        && cx.answers.payments(line.case).iter().any(|payment| payment.line == line.line);
    if row.returned.is_none() {
        out.say(
            Code::ReturnDup,
            "rows",
            format!("回盘第{}行序号{}早已入账，没有再改任何一笔；请选新的文件。", row.row, row.seq),
        );
    } else if !paid {
        differs(out, row.row, format!("序号{}没有付出，不能再退汇", row.seq));
    } else if !cx.answers.given_back(line.case, line.line).is_zero() {
        differs(out, row.row, format!("序号{}已登记主动退回，不能再退汇", row.seq));
    }
}

fn facts(
    cx: &Ctx<'_>,
    out: &mut Collect,
    batch: &Batch,
    args: &ReadReturn,
    matched: &[(&BatchLine, Option<ReturnReason>)],
) {
    let sum = |back: bool| -> Money {
        matched.iter().filter(|(_, why)| why.is_some() == back).map(|(line, _)| line.amount).sum()
    };
    out.fact(Fact::ReturnRead {
        batch: batch.id,
        file: args.file.to_ascii_lowercase(),
        on: cx.today(),
        paid: sum(false),
        returned: sum(true),
    });
    let mut vouchers = number::Vouchers::new(cx, batches::COUNTY_BOOKS, cx.today());
    let mut paid: BTreeMap<CaseId, BTreeSet<_>> = BTreeMap::new();
    for (line, why) in matched {
        let Some(case) = cx.answers.case(line.case) else { continue };
        let spent = Account::spent_of(case.township, batch.fund);
        let (kind, from, to) = match (why, line.end) {
            (None, _) => (MoveKind::Paid, Account::Transit(batch.id), spent),
            (Some(_), Some(LineEnd::Paid)) => (MoveKind::Returned, spent, Account::Source(batch.fund)),
            (Some(_), _) => (MoveKind::Returned, Account::Transit(batch.id), Account::Source(batch.fund)),
        };
        match why {
            None => {
                paid.entry(case.id).or_default().insert(line.line);
                out.fact(Fact::LinePaid {
                    case: case.id,
                    line: line.line,
                    amount: line.amount,
                    pay_by: PayBy::Bank,
                    at: cx.now,
                    by: batch.sent_by.clone().unwrap_or_else(|| cx.author.no.clone()),
                    receipt: None,
                    witness: None,
                    cash_reason: None,
                    payer: None,
                });
            }
            Some(reason) => {
                if line.end == Some(LineEnd::Paid) {
                    out.fact(Fact::LineUnpaid { case: case.id, line: line.line });
                }
                out.fact(Fact::LineReturned {
                    batch: batch.id,
                    case: case.id,
                    line: line.line,
                    account: line.account,
                    reason: *reason,
                });
            }
        }
        out.fact(Fact::MoneyMoved {
            why: kind,
            voucher: vouchers.next(),
            township: batches::COUNTY_BOOKS,
            on: cx.today(),
            postings: vec![
                Posting { account: from, amount: -line.amount },
                Posting { account: to, amount: line.amount },
            ],
            purpose: Purpose::Assistance,
            case: Some(case.id),
            line: Some(line.line),
            text: None,
        });
    }
    stages(cx, out, matched, &paid);
}

/// Where each case stands now: paid once nothing is left, approved again once something came back.
fn stages(
    cx: &Ctx<'_>,
    out: &mut Collect,
    matched: &[(&BatchLine, Option<ReturnReason>)],
    paid: &BTreeMap<CaseId, BTreeSet<crate::domain::ids::LineId>>,
) {
    let set = |case: CaseId, stage| Fact::StageSet { case, stage, tier: None, due: None, text: None };
    let cases: BTreeSet<CaseId> = matched.iter().map(|(line, _)| line.case).collect();
    for case in cases.into_iter().filter_map(|id| cx.answers.case(id)) {
        let now = paid.get(&case.id);
        let rest = case.granted.iter().any(|line| {
            let here = now.is_some_and(|now| now.contains(&line.line));
            !line.counts().is_zero() && !case.paid.contains(&line.line) && !here
        });
        let back = matched
            .iter()
            .any(|(line, why)| line.case == case.id && why.is_some() && line.end == Some(LineEnd::Paid));
        if case.stage == Stage::Approved && !rest {
            out.fact(set(case.id, Stage::Paid));
        } else if back && matches!(case.stage, Stage::Paid | Stage::Closed) {
            out.fact(set(case.id, Stage::Approved));
        }
    }
}
