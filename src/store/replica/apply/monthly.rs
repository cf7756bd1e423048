//! Reconciling with 财政.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn monthly(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::SourceReconciled(made) => {
                let sql = "INSERT OR REPLACE INTO reconciled(year, month, fund, ours, theirs, on_day, by, explained,
                     confirmed_by, confirmed_on, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL, ?9)";
                let words = self.words(&made.explained);
                let at = (made.year, made.month, made.fund);
                let row = (at.0, at.1, at.2, made.ours, made.theirs, made.on, &made.by, words, self.n);
                self.run(sql, row)?;
            }
            Fact::ReconciliationAnswered(made) if made.agrees => {
                let sql = "UPDATE reconciled SET confirmed_by = ?4, confirmed_on = ?5
                   WHERE year = ?1 AND month = ?2 AND fund = ?3";
                self.run(sql, (made.year, made.month, made.fund, &made.by, made.on))?;
            }
            Fact::ReconciliationAnswered(made) => {
                let sql = "DELETE FROM reconciled WHERE year = ?1 AND month = ?2 AND fund = ?3";
                self.run(sql, (made.year, made.month, made.fund))?;
            }
            _ => {}
        }
        Ok(())
    }
}
