//! Links between two records of one person, and which records are one by them.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::ids::PersonId;
use crate::domain::same::{LinkState, reach};
use crate::store::replica::fault::Result;
use std::collections::BTreeSet;

impl Page<'_> {
    pub(super) fn same(&self, fact: &Fact) -> Result<()> {
        let Fact::PeopleLinked(said) = fact else { return Ok(()) };
        // Who proposed and who agreed last; whom a link is between is said once.
        self.run(
            "INSERT INTO person_link(id, stays, joined, state, by, on_day, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE
             SET state = excluded.state, by = excluded.by, on_day = excluded.on_day, n = excluded.n",
            (
                said.merge,
                said.stays,
                said.joined,
                said.state,
                &said.by,
                self.now().day(),
                self.n,
            ),
        )?;
        if said.reason.is_some() {
            self.run(
                "UPDATE person_link SET reason = ?2, reason_n = ?3 WHERE id = ?1",
                (said.merge, self.words(&said.reason), self.n),
            )?;
        }
        self.run("DELETE FROM person_same", [])?;
        self.groups()
    }

    /// Writes anew who is one with whom: there are some dozens of links in a county.
    fn groups(&self) -> Result<()> {
        let joins = |state: LinkState| i64::from(state.digit());
        let pairs: Vec<(PersonId, PersonId)> = self
            .db
            .prepare_cached("SELECT stays, joined FROM person_link WHERE state IN (?1, ?2)")?
            .query_map((joins(LinkState::Joined), joins(LinkState::Parting)), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let people: BTreeSet<PersonId> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        for person in people {
            for same in reach(&BTreeSet::from([person]), &pairs) {
                self.run("INSERT INTO person_same(person, same) VALUES (?1, ?2)", (person, same))?;
            }
        }
        Ok(())
    }
}
