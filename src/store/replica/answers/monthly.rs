//! Months of the county's sources.

use super::{Ask, kept, one};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fund::Account;
use crate::domain::ids::OfficerNo;
use crate::domain::monthly::{MonthlyAnswers, Reconciled};
use crate::domain::nouns::Fund;
use rusqlite::{Connection, Result};

fn before(db: &Connection, fund: Fund, day: Day) -> Result<Money> {
    let sql = "SELECT coalesce(sum(amount), 0) FROM posting WHERE account = ?1 AND on_day < ?2";
    Ok(one(db, sql, (Account::Source(fund), day), |row| row.get(0))?.unwrap_or_default())
}

fn compared(db: &Connection, year: i32, month: u32, fund: Fund) -> Result<Option<Reconciled>> {
    let sql = "SELECT ours, theirs, on_day, by, confirmed_by, confirmed_on FROM reconciled
       WHERE year = ?1 AND month = ?2 AND fund = ?3";
    one(db, sql, (year, month, fund), |row| {
        let (by, on): (Option<OfficerNo>, Option<Day>) = (row.get(4)?, row.get(5)?);
        Ok(Reconciled {
            ours: row.get(0)?,
            theirs: row.get(1)?,
            on: row.get(2)?,
            by: row.get(3)?,
            confirmed: by.zip(on),
        })
    })
}

impl<A: Ask> MonthlyAnswers for A {
    fn source_before(&self, fund: Fund, day: Day) -> Money {
        kept(self, before(self.db(), fund, day))
    }

    fn reconciled(&self, year: i32, month: u32, fund: Fund) -> Option<Reconciled> {
        kept(self, compared(self.db(), year, month, fund))
    }
}
