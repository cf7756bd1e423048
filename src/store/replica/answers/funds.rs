//! Accounts and what paid a line.

use super::{many, one};
use crate::base::money::Money;
use crate::domain::fund::{Account, Posting};
use crate::domain::ids::{CaseId, LineId};
use rusqlite::{Connection, Result};

pub(crate) fn balance(db: &Connection, account: Account) -> Result<Money> {
    let found = one(db, "SELECT fen FROM balance WHERE account = ?1", [account], |row| row.get(0))?;
    Ok(found.unwrap_or(Money::ZERO))
}

pub(super) fn postings_of(db: &Connection, case: CaseId, line: LineId) -> Result<Vec<Posting>> {
    let sql = "SELECT posting.account, posting.amount FROM line_voucher AS paid
       CROSS JOIN posting ON posting.seq = paid.voucher
       WHERE paid.case_id = ?1 AND paid.line = ?2 ORDER BY posting.pos";
    many(db, sql, (case, line), |row| Ok(Posting { account: row.get(0)?, amount: row.get(1)? }))
}
