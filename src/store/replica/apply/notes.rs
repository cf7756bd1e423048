//! Exceptions and their ratification, overridden warnings, notes.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn note(&self, fact: &Fact) -> Result<()> {
        let entry = self.entry;
        match fact {
            Fact::ExceptionNoted { case, code } => {
                self.add(
                    "INSERT INTO exception(n, at, by, case_id, code) VALUES (?1, ?2, ?3, ?4, ?5)",
                    (self.n, self.now(), entry.author, case, code),
                )?;
            }
            Fact::RatificationDue { case, due } if self.has_case(*case)? => {
                self.run(
                    "INSERT OR REPLACE INTO ratification(case_id, due, since_n) VALUES (?1, ?2, ?3)",
                    (case, due, self.n),
                )?;
            }
            Fact::Ratified { case, amount, excess, reason } => {
                self.run(
                    "UPDATE ratification SET done_n = ?2, amount = ?3, excess = ?4, reason = ?5, by = ?6
                     WHERE case_id = ?1",
                    (case, self.n, amount, excess, self.words(reason), entry.author),
                )?;
                self.run(
                    "UPDATE exception SET settled_n = ?2 WHERE case_id = ?1 AND settled_n IS NULL",
                    (case, self.n),
                )?;
            }
            Fact::Overridden { code, case, reason } => {
                self.add(
                    "INSERT INTO noted(n, at, by, kind, code, case_id, reason) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)",
                    (self.n, self.now(), entry.author, code, case, self.words(reason)),
                )?;
            }
            Fact::Noted { code, case } => {
                self.add(
                    "INSERT INTO noted(n, at, by, kind, code, case_id, reason) VALUES (?1, ?2, ?3, 2, ?4, ?5, NULL)",
                    (self.n, self.now(), entry.author, code, case),
                )?;
            }
            _ => {}
        }
        Ok(())
    }
}
