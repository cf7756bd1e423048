//! Reserves and recoveries.

use super::{Ask, kept, one};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, LineId};
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
    let sql = "SELECT coalesce(sum(c.granted), 0), coalesce(sum(o.late), 0)
       FROM (SELECT case_id, count(*) FILTER (WHERE due < ?2) AS late FROM item WHERE done IS NULL GROUP BY case_id) o
       CROSS JOIN cases c ON c.id = o.case_id WHERE c.township = ?1";
    Ok(one(db, sql, (township, today), |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or((Money::ZERO, 0)))
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

impl<A: Ask> ReserveAnswers for A {
    fn reserve_plan(&self, township: u16) -> ReservePlan {
        kept(self, plan(self.db(), township))
    }

    fn open_papers(&self, township: u16, today: Day) -> (Money, u32) {
        kept(self, papers(self.db(), township, today))
    }

    fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery> {
        kept(self, recovery(self.db(), case, line))
    }
}
