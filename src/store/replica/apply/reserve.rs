//! Ceilings, questions for more, and recoveries.

use super::Page;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::nouns::Fund;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn reserve(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::CeilingSet(set) => {
                let row = (set.township, set.amount, set.on, self.words(&set.note));
                let sql =
                    "INSERT OR REPLACE INTO ceiling(township, amount, on_day, note) VALUES (?1, ?2, ?3, ?4)";
                self.run(sql, row)?;
            }
            Fact::ReplenishAsked(asked) => {
                let row =
                    (asked.township, asked.amount, asked.on, &asked.by, self.words(&asked.note), self.n);
                let sql = "INSERT OR REPLACE INTO replenish(township, amount, on_day, by, note, n)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                self.run(sql, row)?;
            }
            Fact::RecoveryOrdered(ordered) => {
                let sql = "INSERT OR REPLACE INTO recovery(case_id, line, amount, paid, on_day, until, by, reason, n)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
                let row = (
                    ordered.case,
                    ordered.line,
                    ordered.amount,
                    Money::ZERO,
                    ordered.on,
                    ordered.until,
                    &ordered.by,
                    self.words(&ordered.reason),
                    self.n,
                );
                self.run(sql, row)?;
            }
            Fact::RecoveryPaid(paid) => {
                let sql = "UPDATE recovery SET paid = paid + ?3 WHERE case_id = ?1 AND line = ?2";
                self.run(sql, (paid.case, paid.line, paid.amount))?;
                let sql = "INSERT INTO recovery_paid(case_id, line, amount, on_day, receipt, n)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let words = self.words(&paid.receipt);
                self.add(sql, (paid.case, paid.line, paid.amount, paid.on, words, self.n))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A source put money into a reserve, or got it back.
    pub(super) fn put_in(&self, township: u16, fund: Option<Fund>, fen: Money) -> Result<()> {
        let sql = "INSERT INTO advanced(township, fund, fen) VALUES (?1, ?2, ?3)
           ON CONFLICT(township, fund) DO UPDATE SET fen = fen + excluded.fen";
        self.run(sql, (township, fund.map_or(0, Fund::digit), fen)).map(drop)
    }

    /// Money was allotted: the township's question for more is answered.
    pub(super) fn allotted(&self, township: u16) -> Result<()> {
        self.run("DELETE FROM replenish WHERE township = ?1", [township]).map(drop)
    }
}
