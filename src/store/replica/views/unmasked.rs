//! Who looked at what is masked.

use crate::base::day::{Day, Stamp};
use crate::domain::command::privacy::Subject;
use crate::domain::ids::OfficerNo;
use crate::store::replica::Ask;
use crate::store::replica::Reader;
use crate::store::replica::answers::one;
use crate::store::replica::fault::Result;

impl Reader {
    /// Whether an officer looked at this subject on that day already.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unmasked_on(&self, officer: &OfficerNo, subject: Subject, day: Day) -> Result<bool> {
        let (person, case) = match subject {
            Subject::Person(person) => (Some(person), None),
            Subject::Case(case) => (None, Some(case)),
        };
        let (from, to) = (Stamp::at(day, 0, 0), Stamp::at(day.plus(1), 0, 0));
        let sql = "SELECT 1 FROM unmasked
                   WHERE by = ?1 AND at >= ?2 AND at < ?3 AND person IS ?4 AND case_id IS ?5 LIMIT 1";
        let found = one(self.db(), sql, (officer, from, to, person, case), |row| row.get::<_, i64>(0))?;
        Ok(found.is_some())
    }
}
