//! Reserves and recoveries.

use super::{Ask, kept, one};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, LineId};
use crate::domain::nouns::Fund;
use crate::domain::reserve::{Recovery, Replenish, ReserveAnswers, ReservePlan};
use rusqlite::{Connection, Result};

fn plan(db: &Connection, township: u16) -> Result<ReservePlan> {
    let ceiling = one(db, "SELECT amount FROM ceiling WHERE township = ?1", [township], |row| row.get(0))?;
    let sql = "SELECT amount, on_day, by FROM replenish WHERE township = ?1";
    let asked = one(db, sql, [township], |row| {
        Ok(Replenish { amount: row.get(0)?, on: row.get(1)?, by: row.get(2)? })
    })?;
    Ok(ReservePlan { ceiling, asked })
}

fn papers(db: &Connection, township: u16, today: Day) -> Result<(Money, u32)> {
    let sql = "SELECT coalesce(sum(granted), 0) FROM cases
       WHERE township = ?1 AND id IN (SELECT case_id FROM item WHERE done IS NULL)";
    let open = one(db, sql, [township], |row| row.get(0))?.unwrap_or(Money::ZERO);
    let sql = "SELECT count(*) FROM item CROSS JOIN cases ON cases.id = item.case_id
       WHERE item.done IS NULL AND item.due < ?2 AND cases.township = ?1";
    let late = one(db, sql, (township, today), |row| row.get(0))?.unwrap_or(0);
    Ok((open, late))
}

fn recovery(db: &Connection, case: CaseId, line: LineId) -> Result<Option<Recovery>> {
    let sql = "SELECT amount, paid, on_day, until, by FROM recovery WHERE case_id = ?1 AND line = ?2";
    one(db, sql, (case, line), |row| {
        Ok(Recovery {
            amount: row.get(0)?,
            paid: row.get(1)?,
            on: row.get(2)?,
            until: row.get(3)?,
            by: row.get(4)?,
        })
    })
}

fn put_in(db: &Connection, township: u16, fund: Option<Fund>) -> Result<Money> {
    let sql = "SELECT fen FROM advanced WHERE township = ?1 AND fund = ?2";
    let digit = fund.map_or(0, Fund::digit);
    Ok(one(db, sql, (township, digit), |row| row.get(0))?.unwrap_or_default())
}

fn named(db: &Connection) -> Result<bool> {
    Ok(one(db, "SELECT 1 FROM advanced WHERE fund > 0 LIMIT 1", [], |_| Ok(()))?.is_some())
}

impl<A: Ask> ReserveAnswers for A {
    fn reserve_plan(&self, township: u16) -> ReservePlan {
        kept(self, plan(self.db(), township))
    }

    fn open_papers(&self, township: u16, today: Day) -> (Money, u32) {
        kept(self, papers(self.db(), township, today))
    }

    fn advanced(&self, township: u16, fund: Option<Fund>) -> Money {
        kept(self, put_in(self.db(), township, fund))
    }

    fn names_sources(&self) -> bool {
        kept(self, named(self.db()))
    }

    fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery> {
        kept(self, recovery(self.db(), case, line))
    }
}
