//! Deferred papers.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn paper(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::ItemDue { case, item, due, handler, noted } => self.run(
                "INSERT OR REPLACE INTO item(case_id, kind, due, handler, noted, done, moved)
                 VALUES (?1, ?2, ?3, ?4, ?5, NULL, NULL)",
                (case, item, due, handler, noted),
            )?,
            Fact::ItemDone { case, item, on } => {
                self.run("UPDATE item SET done = ?3 WHERE case_id = ?1 AND kind = ?2", (case, item, on))?
            }
            Fact::ItemReopened { case, item } => {
                self.run("UPDATE item SET done = NULL WHERE case_id = ?1 AND kind = ?2", (case, item))?
            }
            Fact::ItemsMoved { case, until, reason } => self.run(
                "UPDATE item SET due = ?2, moved = ?3 WHERE case_id = ?1 AND done IS NULL",
                (case, until, self.words(reason)),
            )?,
            _ => 0,
        };
        Ok(())
    }
}
