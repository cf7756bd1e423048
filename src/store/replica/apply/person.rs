//! People, their private details and the keys they are found by.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::ids::PersonId;
use crate::domain::private::PersonDetails;
use crate::store::replica::fault::Result;
use crate::store::replica::keys;

impl Page<'_> {
    pub(super) fn person(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::PersonNoted { person, resident, papers, .. } => {
                // Who comes again after years has details again.
                self.run("DELETE FROM erased_person WHERE person = ?1", [person])?;
                self.run(
                    "INSERT INTO person(id, resident, papers, noted_n) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE
                 SET resident = excluded.resident, papers = excluded.papers, noted_n = excluded.noted_n",
                    (person, resident, papers, self.n),
                )?
            }
            Fact::PersonDied { person, on } => {
                self.run("UPDATE person SET died = ?2 WHERE id = ?1", (person, on))?
            }
            _ => 0,
        };
        Ok(())
    }

    /// The private details of the people that this entry notes; what else stands in a private part about people is not
    /// looked at.
    pub(super) fn details_of_people(&self) -> Result<()> {
        let Some(private) = self.entry.private else { return Ok(()) };
        if private.people.is_empty() {
            return Ok(());
        }
        for fact in self.entry.facts {
            match fact {
                Fact::PersonNoted { person, .. } => {
                    if let Some(details) = private.people.get(person) {
                        self.details(*person, details)?;
                    }
                }
                Fact::LedgerImported { rows, .. } => {
                    for row in rows {
                        // A ledger never overwrites what an office has noted itself.
                        if let Some(details) = private.people.get(&row.person)
                            && !self.has_details(row.person)?
                        {
                            self.details(row.person, details)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn has_details(&self, person: PersonId) -> Result<bool> {
        let mut statement = self.db.prepare_cached("SELECT 1 FROM person_private WHERE person = ?1")?;
        Ok(statement.exists([person])?)
    }

    fn details(&self, person: PersonId, details: &PersonDetails) -> Result<()> {
        if let Some(before) = self.details_before(person)? {
            for (kind, key) in keys::of(&before) {
                self.run(
                    "DELETE FROM search_key WHERE kind = ?1 AND key = ?2 AND person = ?3",
                    (kind, key, person),
                )?;
            }
        }
        self.run(
            "INSERT OR REPLACE INTO person_private(person, name, id_no, birth, sex, phone, address, account, bank)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                person,
                &details.name,
                &details.id_no,
                details.birth,
                details.sex,
                &details.phone,
                &details.address,
                &details.account,
                &details.bank,
            ),
        )?;
        for (kind, key) in keys::of(details) {
            self.run(
                "INSERT OR IGNORE INTO search_key(kind, key, person) VALUES (?1, ?2, ?3)",
                (kind, key, person),
            )?;
        }
        Ok(())
    }

    /// What the search keys were made of.
    pub(super) fn details_before(&self, person: PersonId) -> Result<Option<PersonDetails>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT name, id_no, phone, account FROM person_private WHERE person = ?1")?;
        let mut rows = statement.query([person])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(PersonDetails {
            name: row.get(0)?,
            id_no: row.get(1)?,
            phone: row.get(2)?,
            account: row.get(3)?,
            ..PersonDetails::default()
        }))
    }
}
