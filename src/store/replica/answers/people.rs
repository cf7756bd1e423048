//! People and households.

use super::{many, one};
use crate::base::day::Day;
use crate::domain::answers::{Household, Member, Person};
use crate::domain::ids::{HouseholdId, PersonId};
use crate::store::replica::bind::Village;
use rusqlite::{Connection, Result};

pub(super) fn person(db: &Connection, id: PersonId) -> Result<Option<Person>> {
    one(db, "SELECT resident, papers, died FROM person WHERE id = ?1", [id], |row| {
        Ok(Person { id, resident: row.get(0)?, papers: row.get(1)?, died: row.get(2)? })
    })
}

/// The one answer that reads what is private: who holds an id number is asked at the author's own desk.
pub(super) fn holder_of(db: &Connection, id_no: &str) -> Result<Option<(PersonId, String)>> {
    let sql =
        "SELECT person, name FROM person_private WHERE id_no = ?1 AND id_no <> '' ORDER BY person LIMIT 1";
    one(db, sql, [id_no], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn household(db: &Connection, id: HouseholdId) -> Result<Option<Household>> {
    let sql = "SELECT township, village, status, size FROM household WHERE id = ?1";
    let found = one(db, sql, [id], |row| {
        Ok(Household {
            id,
            township: row.get(0)?,
            village: row.get::<_, Village>(1)?.0,
            status: row.get(2)?,
            size: row.get(3)?,
            members: Vec::new(),
        })
    })?;
    let Some(mut household) = found else { return Ok(None) };
    let sql = "SELECT person, relation, since, until FROM membership WHERE household = ?1 ORDER BY seq";
    household.members = many(db, sql, [id], |row| {
        Ok(Member { person: row.get(0)?, relation: row.get(1)?, since: row.get(2)?, until: row.get(3)? })
    })?;
    Ok(Some(household))
}

pub(super) fn household_of(db: &Connection, person: PersonId, on: Day) -> Result<Option<HouseholdId>> {
    let sql = "SELECT household FROM membership
               WHERE person = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY seq DESC LIMIT 1";
    one(db, sql, (person, on), |row| row.get(0))
}

/// Reads what is private.
pub(super) fn birth_of(db: &Connection, person: PersonId) -> Result<Option<Day>> {
    let birth = one(db, "SELECT birth FROM person_private WHERE person = ?1", [person], |row| row.get(0))?;
    Ok(birth.flatten())
}
