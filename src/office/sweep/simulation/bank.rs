//! What finance of the simulation does: money arrives at a source, accounts are noted, batches are built, counted by another,
//! sent and answered by the bank, as each desk's own replica shows them. Two desks may want the same case or the same
//! batch at once: one of them is refused.

use super::deeds::Deed;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::base::seeded::Rng;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::command::Command;
use crate::domain::command::payout::{
    CheckBatch, DropBatch, OpenBatch, ReadReturn, ReturnRow, SendBatch, ToPay,
};
use crate::domain::fund::Account;
use crate::domain::ids::{BatchId, CaseId};
use crate::domain::nouns::{BatchState, Fund, ReturnReason, Stage};
use crate::domain::payout::Batch;
use crate::domain::private::Private;
use crate::office::random;
use crate::office::sweep::acts;
use crate::store::fault::Fault;
use crate::store::replica::Reader;

/// The two officers of finance.
const MAKER: &str = "9001";
const CHECKER: &str = "9002";
/// As many lines as a batch has at most here.
const LINES: usize = 6;

/// The next thing for a batch, an account or a source.
///
/// # Errors
/// The replica cannot be read; no random source.
pub(super) fn next(
    rng: &mut Rng,
    reader: &Reader,
    cases: &[CaseId],
    now: Stamp,
) -> Result<Option<Deed>, Fault> {
    let live: Vec<BatchId> = reader
        .batches(None)?
        .into_iter()
        .filter(|row| matches!(row.state, BatchState::Open | BatchState::Checked | BatchState::Sent))
        .map(|row| row.id)
        .collect();
    let pick = usize::try_from(rng.below(live.len() as u64 + 2)).unwrap_or(0);
    if let Some(batch) = live.get(pick).and_then(|id| reader.batch(*id)) {
        return step(rng, reader, &batch).map(Some);
    }
    if reader.balance(Account::Source(Fund::County)) < Money::from_fen(100_000) {
        return Ok(Some((MAKER.to_owned(), vec![acts::arrival(300_000)])));
    }
    let approved: Vec<Case> = cases
        .iter()
        .rev()
        .filter_map(|case| reader.case(*case))
        .filter(|case| case.stage == Stage::Approved && reader.live_batch(case.id).is_none())
        .take(LINES)
        .collect();
    let wants_account =
        |case: &&Case| reader.account_of(case.id).is_none_or(|account| account.refused.is_some());
    if let Some(case) = approved.iter().find(wants_account) {
        let Some(card) = reader.family_card(case.person, now.day())? else { return Ok(None) };
        return Ok(Some((case.handler.0.clone(), vec![acts::account(case.id, &card.who.name)?])));
    }
    let unpaid = approved.iter().flat_map(|case| {
        let open = case.granted.iter().filter(|line| !case.paid.contains(&line.line));
        open.map(|line| ToPay { case: case.id, line: line.line })
    });
    let lines: Vec<ToPay> = unpaid.collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let open = OpenBatch {
        batch: BatchId(random::bytes()?),
        // No name of a payee's bank: those are private, the paying bank is not.
        bank: "信用社营业".to_owned(),
        fund: Fund::County,
        lines,
    };
    Ok(Some((MAKER.to_owned(), vec![(Command::OpenBatch(open), Private::default())])))
}

fn step(rng: &mut Rng, reader: &Reader, batch: &Batch) -> Result<Deed, Fault> {
    let bare = |command| vec![(command, Private::default())];
    let drop = |rng: &mut Rng| rng.below(8) == 0;
    Ok(match batch.state {
        BatchState::Open | BatchState::Checked if drop(rng) => {
            let mut private = Private::default();
            let reason = private.put("reason", "账户有误，撤销重建");
            (MAKER.to_owned(), vec![(Command::DropBatch(DropBatch { batch: batch.id, reason }), private)])
        }
        BatchState::Open => {
            // Now and then he counts a fen too much, or the maker himself counts.
            let wrong = Money::from_fen(i64::from(rng.below(6) == 0));
            let who = if rng.below(6) == 0 { MAKER } else { CHECKER };
            let check = CheckBatch { batch: batch.id, total: batch.total() + wrong, count: batch.count() };
            (who.to_owned(), bare(Command::CheckBatch(check)))
        }
        BatchState::Checked if reader.balance(Account::Source(batch.fund)) < batch.total() => {
            (MAKER.to_owned(), vec![acts::arrival(300_000)])
        }
        BatchState::Checked => {
            let file = hex::encode(random::bytes::<32>()?);
            (MAKER.to_owned(), bare(Command::SendBatch(SendBatch { batch: batch.id, file })))
        }
        _ => {
            let wrong = Money::from_fen(i64::from(rng.below(8) == 0));
            let rows = (1..).zip(&batch.lines).map(|(seq, line)| ReturnRow {
                row: seq + 1,
                seq,
                amount: line.amount + if seq == 1 { wrong } else { Money::ZERO },
                returned: (rng.below(3) == 0).then_some(ReturnReason::NameDiffers),
            });
            let rows = rows.collect();
            let file = hex::encode(random::bytes::<32>()?);
            (CHECKER.to_owned(), bare(Command::ReadReturn(ReadReturn { batch: batch.id, file, rows })))
        }
    })
}
