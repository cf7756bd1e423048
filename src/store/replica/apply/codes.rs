//! Sheets of spoken codes: issued, read from, told wrong, ended. What ends one decides [`crate::domain::code_sheet`].

use super::Page;
use super::kernel::json;
use crate::domain::code_sheet::ended_by;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    /// A fact about a sheet that takes effect. A code that was spent stays spent, whatever a later entry says.
    pub(super) fn codes(&self, fact: &Fact) -> Result<usize> {
        match fact {
            Fact::CodesIssued { officer, salt, cost, digests, from, until } => self.run(
                "INSERT OR REPLACE INTO code_sheet(officer, salt, cost, digests, next, issued, from_, until, missed)
                 VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, 0)",
                (officer, salt, cost, json(digests)?, self.now(), from, until),
            ),
            Fact::CodeSpent { officer, next } => {
                self.run("UPDATE code_sheet SET next = max(next, ?2) WHERE officer = ?1", (officer, next))
            }
            Fact::CodeMissed { officer } => self.run(
                "UPDATE code_sheet SET missed = missed + 1, missed_by = ?2, missed_at = ?3 WHERE officer = ?1",
                (officer, self.entry.author, self.now()),
            ),
            _ => self.end_sheets(fact),
        }
    }

    /// Ends the sheets that a fact ends. What ended once keeps its reason.
    pub(super) fn end_sheets(&self, fact: &Fact) -> Result<usize> {
        let Some(ending) = ended_by(fact) else { return Ok(0) };
        self.run(
            "UPDATE code_sheet SET ended = ?2 WHERE ended IS NULL
             AND ((officer = ?1 AND (?3 IS NULL OR from_ = ?3)) OR (?4 AND from_ = ?1))",
            (&ending.of, ending.by, &ending.only_from, ending.lent),
        )
    }
}
