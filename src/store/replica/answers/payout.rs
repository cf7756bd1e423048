//! Accounts, batches and returns.

use super::{any, many, one};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{BatchId, CaseId, LineId, PersonId};
use crate::domain::nouns::{BatchState, ReturnReason};
use crate::domain::payout::{Batch, BatchLine, LineEnd, PayeeAccount};
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

/// The bank paid a line.
pub(in crate::store::replica) const PAID: i64 = 1;
/// The bank sent a line back.
pub(in crate::store::replica) const SENT_BACK: i64 = 2;

pub(super) fn account_of(db: &Connection, case: CaseId) -> Result<Option<PayeeAccount>> {
    let sql = "SELECT a.id, a.payee, a.owner, a.kind, a.mark, r.reason FROM account a
       LEFT JOIN account_refused r ON r.account = a.id WHERE a.case_id = ?1 ORDER BY a.seq DESC LIMIT 1";
    one(db, sql, [case], |row| {
        Ok(PayeeAccount {
            id: row.get(0)?,
            payee: row.get(1)?,
            owner: row.get(2)?,
            kind: row.get(3)?,
            mark: row.get(4)?,
            refused: row.get(5)?,
        })
    })
}

pub(super) fn households_on(db: &Connection, mark: &str) -> Result<BTreeSet<[u8; 16]>> {
    let sql = "SELECT coalesce(c.household, c.person) FROM account a JOIN cases c ON c.id = a.case_id
       WHERE a.mark = ?1 AND a.seq = (SELECT max(seq) FROM account WHERE case_id = a.case_id)";
    Ok(many(db, sql, [mark], |row| row.get::<_, [u8; 16]>(0))?.into_iter().collect())
}

pub(super) fn name_of(db: &Connection, person: PersonId) -> Result<Option<String>> {
    let sql = "SELECT name FROM person_private WHERE person = ?1 AND name <> ''";
    one(db, sql, [person], |row| row.get(0))
}

pub(in crate::store::replica) fn batch(db: &Connection, id: BatchId) -> Result<Option<Batch>> {
    let sql = "SELECT number, bank, fund, state, opened, by, checked_by, sent_by, sent, file FROM batch WHERE id = ?1";
    let found = one(db, sql, [id], |row| {
        Ok(Batch {
            id,
            number: row.get(0)?,
            bank: row.get(1)?,
            fund: row.get(2)?,
            state: row.get(3)?,
            opened: row.get(4)?,
            by: row.get(5)?,
            checked_by: row.get(6)?,
            sent_by: row.get(7)?,
            sent: row.get(8)?,
            file: row.get(9)?,
            lines: Vec::new(),
        })
    })?;
    let Some(mut batch) = found else { return Ok(None) };
    let sql =
        "SELECT case_id, line, account, amount, ended, reason FROM batch_line WHERE batch = ?1 ORDER BY pos";
    batch.lines = many(db, sql, [id], |row| {
        let reason: Option<ReturnReason> = row.get(5)?;
        let end = match row.get::<_, Option<i64>>(4)? {
            Some(PAID) => Some(LineEnd::Paid),
            Some(SENT_BACK) => reason.map(LineEnd::Returned),
            _ => None,
        };
        Ok(BatchLine { case: row.get(0)?, line: row.get(1)?, account: row.get(2)?, amount: row.get(3)?, end })
    })?;
    Ok(Some(batch))
}

pub(super) fn live_batch(db: &Connection, case: CaseId) -> Result<Option<String>> {
    let sql = "SELECT b.number FROM batch_line l JOIN batch b ON b.id = l.batch
       WHERE l.case_id = ?1 AND b.state IN (?2, ?3, ?4) ORDER BY b.number LIMIT 1";
    one(db, sql, (case, BatchState::Open, BatchState::Checked, BatchState::Sent), |row| row.get(0))
}

pub(super) fn under_way(db: &Connection, until: Day) -> Result<Vec<String>> {
    let sql = "SELECT number FROM batch WHERE state = ?1 AND sent <= ?2 ORDER BY number";
    many(db, sql, (BatchState::Sent, until), |row| row.get(0))
}

pub(super) fn closed_at_bank(db: &Connection, mark: &str) -> Result<Option<Day>> {
    let sql = "SELECT max(r.on_day) FROM account a JOIN account_refused r ON r.account = a.id
       WHERE a.mark = ?1 AND r.reason = ?2";
    Ok(one(db, sql, (mark, ReturnReason::AccountClosed), |row| row.get::<_, Option<Day>>(0))?.flatten())
}

pub(super) fn return_read(db: &Connection, file: &str) -> Result<Option<String>> {
    let sql = "SELECT b.number FROM return_file f JOIN batch b ON b.id = f.batch WHERE f.file = ?1";
    one(db, sql, [file], |row| row.get(0))
}

pub(super) fn given_back(db: &Connection, case: CaseId, line: LineId) -> Result<Money> {
    let sql = "SELECT sum(amount) FROM given_back WHERE case_id = ?1 AND line = ?2";
    let sum = one(db, sql, (case, line), |row| row.get::<_, Option<Money>>(0))?;
    Ok(sum.flatten().unwrap_or(Money::ZERO))
}

pub(super) fn year_closed(db: &Connection, year: i32) -> Result<bool> {
    any(db, "SELECT 1 FROM year_closed WHERE year = ?1", [year])
}
