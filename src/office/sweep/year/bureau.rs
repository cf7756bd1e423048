//! The county's day: its approver's queue and ratifications; finance that fills sources and reserves, builds batches of what
//! was approved, counts them, sends them, and reads what the bank answers some days later.

use super::county::{BUREAU, CHECKER, MAKER};
use super::seat::Seat;
use super::township::list;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::approval::Ratify;
use crate::domain::command::payout::{CheckBatch, OpenBatch, ReadReturn, ReturnRow, SendBatch, ToPay};
use crate::domain::fund::{Account, Till};
use crate::domain::ids::{BatchId, OfficerNo};
use crate::domain::nouns::{BatchState, Fund, ReturnReason};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::domain::reserve::ReserveAnswers as _;
use crate::office::random;
use crate::office::sweep::acts;
use crate::store::fault::Fault;
use crate::store::replica::views::queue::List;

/// Below this a source or a reserve is filled again, fen.
const LOW_SOURCE: i64 = 20_000_000;
const LOW_RESERVE: i64 = 300_000;
/// The most lines of a batch here.
const LINES: usize = 150;

/// The approver's queue, and what waits for ratification.
///
/// # Errors
/// The machine's.
pub(super) fn approve(seat: &mut Seat) -> Result<(), Fault> {
    let who = OfficerNo::from(BUREAU);
    let reader = seat.sit(&who)?;
    let today = seat.now().day();
    for row in list(&reader, List::ToApprove, None, Some(Tier::County), today)? {
        let Some(case) = reader.case(row.case) else { continue };
        let draft = match seat.rng.below(25) {
            0 => acts::turn_down(case.id),
            _ => acts::approve(case.id, case.asked),
        };
        seat.give("县批", &who, vec![draft])?;
    }
    for row in list(&reader, List::Awaiting, None, None, today)? {
        let mut private = Private::default();
        let amount = reader.payments(row.case).iter().map(|payment| payment.amount).sum();
        let reason = private.put("reason", "情况属实，同意追认");
        let ratify = Command::Ratify(Ratify { case: row.case, amount, reason });
        seat.give("追认", &who, vec![(ratify, private)])?;
    }
    Ok(())
}

/// Finance that makes: money in, reserves filled, batches built, and sent once they are counted.
///
/// # Errors
/// The machine's.
pub(super) fn make(seat: &mut Seat, townships: &[u16], today: Day) -> Result<(), Fault> {
    let who = OfficerNo::from(MAKER);
    let reader = seat.sit(&who)?;
    if reader.balance(Account::Source(Fund::County)) < Money::from_fen(LOW_SOURCE) {
        seat.give("到账", &who, vec![acts::arrival(2 * LOW_SOURCE)])?;
    }
    for township in townships {
        let held = |till| reader.balance(Account::Reserve(*township, till));
        // nothing is filled up while papers are late
        if reader.open_papers(*township, today).1 > 0 {
            continue;
        }
        if held(Till::Cash) + held(Till::Bank) < Money::from_fen(LOW_RESERVE) {
            let drafts = vec![
                acts::allot_to(*township, 2 * LOW_RESERVE, Till::Bank),
                acts::withdraw_cash_in(*township, LOW_RESERVE),
            ];
            seat.give("拨备用金", &who, drafts)?;
        }
    }
    for row in reader.batches(Some(BatchState::Checked))? {
        let file = hex::encode(random::bytes::<32>()?);
        let send = Command::SendBatch(SendBatch { batch: row.id, file });
        seat.give("提交批次", &who, vec![(send, Private::default())])?;
    }
    let ready = reader.to_pay_by_bank()?;
    let lines: Vec<ToPay> = ready
        .iter()
        .filter(|row| row.is_ready(today))
        .map(|row| ToPay { case: row.case, line: row.line })
        .take(LINES)
        .collect();
    if !lines.is_empty() {
        let (batch, bank) = (BatchId(random::bytes()?), "县农信联社".to_owned());
        let open = Command::OpenBatch(OpenBatch { batch, bank, fund: Fund::County, lines });
        seat.give("建批次", &who, vec![(open, Private::default())])?;
    }
    Ok(())
}

/// Finance that counts: batches against his own sum, and the bank's answers.
///
/// # Errors
/// The machine's.
pub(super) fn check(seat: &mut Seat) -> Result<(), Fault> {
    let who = OfficerNo::from(CHECKER);
    let reader = seat.sit(&who)?;
    for row in reader.batches(Some(BatchState::Open))? {
        let check = CheckBatch { batch: row.id, total: row.total, count: row.count };
        seat.give("复核批次", &who, vec![(Command::CheckBatch(check), Private::default())])?;
    }
    for row in reader.batches(Some(BatchState::Sent))? {
        let Some(batch) = reader.batch(row.id) else { continue };
        let mut rows = Vec::new();
        for (seq, line) in (1..).zip(&batch.lines) {
            let returned = (seat.rng.below(20) == 0).then_some(ReturnReason::NameDiffers);
            rows.push(ReturnRow { row: seq + 1, seq, amount: line.amount, returned });
        }
        let file = hex::encode(random::bytes::<32>()?);
        let read = Command::ReadReturn(ReadReturn { batch: batch.id, file, rows });
        seat.give("读回盘", &who, vec![(read, Private::default())])?;
    }
    Ok(())
}
