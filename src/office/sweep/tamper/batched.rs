//! Attacks on paying by bank: a patched program of finance, or of somebody else, puts into a batch what may not be paid,
//! checks its own batch, sends what nobody checked, makes up the bank's answer.

use super::authority::{APPROVER, FINANCE, Forge, approving, at};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::payout::{CheckBatch, OpenBatch, ReadReturn, ReturnRow, SendBatch, ToPay};
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::{AccountId, BatchId};
use crate::domain::nouns::{Fund, ReturnReason};
use crate::office::sweep::acts::{HANDLER, Opened};

const BATCH: BatchId = BatchId([0xb1; 16]);
const SECOND: BatchId = BatchId([0xb2; 16]);
const ACCOUNT: AccountId = AccountId([0xac; 16]);
/// The other officer of finance.
const CHECKER: &str = "9002";

/// Name, code, how.
pub(super) const ATTACKS: &[(&str, Code, Forge)] = &[
    ("有标记的办件进批次", Code::Marked, |c| {
        let mut rows = approving("1024", &c.waiting);
        rows.push(opening(FINANCE, BATCH, &c.waiting));
        Ok(rows)
    }),
    ("有标记的办件进了批次再复核", Code::Marked, |c| {
        let mut rows = approving("1024", &c.waiting);
        rows.extend([opening(FINANCE, BATCH, &c.waiting), checking(CHECKER, &c.waiting)]);
        Ok(rows)
    }),
    ("没有批的办件进批次", Code::NotFinal, |c| Ok(vec![opening(FINANCE, BATCH, &c.waiting)])),
    ("发过的办件进批次", Code::NotFinal, |c| Ok(vec![opening(FINANCE, BATCH, &c.paid)])),
    ("经办人建批次", Code::Role, |c| Ok(vec![opening(HANDLER, BATCH, &c.approved)])),
    ("审批人建批次", Code::Role, |c| Ok(vec![opening(APPROVER, BATCH, &c.approved)])),
    ("一笔进两个批次", Code::InBatch, |c| {
        Ok(vec![opening(FINANCE, BATCH, &c.approved), opening(FINANCE, SECOND, &c.approved)])
    }),
    ("自己复核自己的批次", Code::SodSame, |c| {
        Ok(vec![opening(FINANCE, BATCH, &c.approved), checking(FINANCE, &c.approved)])
    }),
    ("没有复核就提交银行", Code::State, |c| {
        Ok(vec![opening(FINANCE, BATCH, &c.approved), sending(FINANCE, &c.approved)])
    }),
    ("自己复核后由别人提交", Code::SodSame, |c| {
        let mut rows = vec![opening(FINANCE, BATCH, &c.approved), checking(FINANCE, &c.approved)];
        rows.push(sending(CHECKER, &c.approved));
        Ok(rows)
    }),
    ("资金来源没有钱就提交银行", Code::FundShort, |c| {
        let mut rows = vec![opening_of(Fund::City, FINANCE, BATCH, &c.approved)];
        rows.push(checking(CHECKER, &c.approved));
        rows.push(sending(CHECKER, &c.approved));
        Ok(rows)
    }),
    ("编一个回盘", Code::State, |c| Ok(vec![opening(FINANCE, BATCH, &c.approved), answer(&c.approved)])),
];

fn opening(by: &'static str, batch: BatchId, case: &Opened) -> (&'static str, Command, Vec<Fact>) {
    opening_of(Fund::County, by, batch, case)
}

fn opening_of(
    fund: Fund,
    by: &'static str,
    batch: BatchId,
    case: &Opened,
) -> (&'static str, Command, Vec<Fact>) {
    let bank = "县农信联社".to_owned();
    let lines = case.lines.iter().map(|line| ToPay { case: case.case, line: line.line }).collect();
    let number = if batch == BATCH { "P26-091" } else { "P26-092" }.to_owned();
    let opened = Fact::BatchOpened { batch, number, bank: bank.clone(), fund, on: at().day(), by: by.into() };
    let batched = case.lines.iter().map(|line| Fact::LineBatched {
        batch,
        case: case.case,
        line: line.line,
        account: ACCOUNT,
        amount: line.amount,
    });
    let facts = std::iter::once(opened).chain(batched).collect();
    (by, Command::OpenBatch(OpenBatch { batch, bank, fund, lines }), facts)
}

fn count(case: &Opened) -> u32 {
    u32::try_from(case.lines.len()).unwrap_or(0)
}

fn checking(by: &'static str, case: &Opened) -> (&'static str, Command, Vec<Fact>) {
    let (total, count) = (total(&case.lines), count(case));
    let checked = Fact::BatchChecked { batch: BATCH, by: by.into(), total, count };
    (by, Command::CheckBatch(CheckBatch { batch: BATCH, total, count }), vec![checked])
}

fn sending(by: &'static str, case: &Opened) -> (&'static str, Command, Vec<Fact>) {
    let file = "5a".repeat(32);
    let sent = Fact::BatchSent {
        batch: BATCH,
        by: by.into(),
        on: at().day(),
        file: file.clone(),
        total: total(&case.lines),
        count: count(case),
    };
    (by, Command::SendBatch(SendBatch { batch: BATCH, file }), vec![sent])
}

fn answer(case: &Opened) -> (&'static str, Command, Vec<Fact>) {
    let (file, amount) = ("5b".repeat(32), total(&case.lines));
    let rows = vec![ReturnRow { row: 2, seq: 1, amount, returned: Some(ReturnReason::NameDiffers) }];
    let read = Fact::ReturnRead {
        batch: BATCH,
        file: file.clone(),
        on: at().day(),
        paid: Default::default(),
        returned: amount,
    };
    (FINANCE, Command::ReadReturn(ReadReturn { batch: BATCH, file, rows }), vec![read])
}
