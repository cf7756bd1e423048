//! Which records are one person.

use super::{Ask, kept, many, one};
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::same::{Link, SameAnswers};
use crate::store::replica::bind::list;
use rusqlite::{Connection, Result, Row};
use std::collections::BTreeSet;

/// These people with every record that is one with any of them.
pub(crate) fn same_as(db: &Connection, people: &BTreeSet<PersonId>) -> Result<BTreeSet<PersonId>> {
    let sql = "SELECT person_same.same FROM json_each(?1) AS who
       CROSS JOIN person_same ON person_same.person = unhex(who.value)";
    let mut all: BTreeSet<PersonId> =
        many(db, sql, [list(people.iter().copied())], |row| row.get(0))?.into_iter().collect();
    all.extend(people);
    Ok(all)
}

fn read(row: &Row<'_>) -> Result<Link> {
    Ok(Link { id: row.get(0)?, stays: row.get(1)?, joined: row.get(2)?, state: row.get(3)?, by: row.get(4)? })
}

pub(crate) fn link(db: &Connection, id: MergeId) -> Result<Option<Link>> {
    one(db, "SELECT id, stays, joined, state, by FROM person_link WHERE id = ?1", [id], read)
}

pub(crate) fn links_of(db: &Connection, people: &BTreeSet<PersonId>) -> Result<Vec<Link>> {
    let sql = "WITH who(person) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?1)),
       theirs(id) AS MATERIALIZED (
         SELECT person_link.id FROM who CROSS JOIN person_link ON person_link.stays = who.person
         UNION SELECT person_link.id FROM who CROSS JOIN person_link ON person_link.joined = who.person)
     SELECT link.id, link.stays, link.joined, link.state, link.by
     FROM theirs CROSS JOIN person_link AS link USING (id) WHERE link.state < 4 ORDER BY link.id";
    many(db, sql, [list(people.iter().copied())], read)
}

impl<A: Ask> SameAnswers for A {
    fn same_as(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        kept(self, same_as(self.db(), people))
    }

    fn link(&self, id: MergeId) -> Option<Link> {
        kept(self, link(self.db(), id))
    }

    fn links_of(&self, people: &BTreeSet<PersonId>) -> Vec<Link> {
        kept(self, links_of(self.db(), people))
    }
}
