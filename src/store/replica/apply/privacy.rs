//! What was done about what is private: who looked at it, and what for.

use super::Page;
use crate::domain::command::privacy::Subject;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn privacy(&self, fact: &Fact) -> Result<()> {
        if let Fact::Unmasked { subject, purpose, text } = fact {
            let (person, case) = match subject {
                Subject::Person(person) => (Some(person), None),
                Subject::Case(case) => (None, Some(case)),
            };
            let sql = "INSERT INTO unmasked(n, at, by, person, case_id, purpose, text)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let row = (self.n, self.now(), self.entry.author, person, case, purpose, self.words(text));
            self.add(sql, row)?;
        }
        Ok(())
    }
}
