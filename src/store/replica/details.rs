//! What this desk's replica knows of a person: for filling forms and papers, never asked by a rule.

use super::Reader;
use super::answers::Ask;
use super::fault::Result;
use crate::domain::ids::PersonId;
use crate::domain::private::PersonDetails;
use rusqlite::OptionalExtension;

impl Reader {
    /// The details of a person; none where nobody of that id is known or its private part could not be opened.
    ///
    /// # Errors
    /// SQLite's.
    pub fn details(&self, person: PersonId) -> Result<Option<PersonDetails>> {
        let mut statement = self.db().prepare_cached(
            "SELECT name, id_no, birth, sex, phone, address, account, bank FROM person_private WHERE person = ?1",
        )?;
        let details = statement.query_row([person], |row| {
            Ok(PersonDetails {
                name: row.get(0)?,
                id_no: row.get(1)?,
                birth: row.get(2)?,
                sex: row.get(3)?,
                phone: row.get(4)?,
                address: row.get(5)?,
                account: row.get(6)?,
                bank: row.get(7)?,
            })
        });
        Ok(details.optional()?)
    }
}
