//! Whose relatives some people may be.

use super::many;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::kin::{Kin, KinBy};
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

/// In one household with a filed relative, at any time.
const HOUSEHOLD: &str = "SELECT DISTINCT r.officer
   FROM membership AS own CROSS JOIN membership AS other ON other.household = own.household
   CROSS JOIN relative AS r ON r.person = other.person
   WHERE own.person = ?1 AND other.person <> ?1";
/// With the account of one.
const ACCOUNT: &str = "SELECT DISTINCT r.officer
   FROM person_private AS own CROSS JOIN relative AS r CROSS JOIN person_private AS other ON other.person = r.person
   WHERE own.person = ?1 AND own.account <> '' AND other.account = own.account AND other.person <> ?1";
/// With the name of one who lives in the township, or whose township nobody knows.
const NAME: &str = "SELECT DISTINCT r.officer
   FROM person_private AS own CROSS JOIN relative AS r CROSS JOIN person_private AS other ON other.person = r.person
   WHERE own.person = ?1 AND own.name <> '' AND other.name = own.name AND other.person <> ?1
     AND (r.township = ?2
       OR (r.township IS NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE person = r.person))
       OR EXISTS (SELECT 1 FROM membership CROSS JOIN household ON household.id = membership.household
            WHERE membership.person = r.person AND household.township = ?2))";

pub(super) fn kin(db: &Connection, people: &BTreeSet<PersonId>, township: u16) -> Result<Vec<Kin>> {
    let mut all = BTreeSet::new();
    for person in people {
        for by in KinBy::ALL {
            let officers: Vec<OfficerNo> = match by {
                KinBy::Household => many(db, HOUSEHOLD, [person], |row| row.get(0))?,
                KinBy::Account => many(db, ACCOUNT, [person], |row| row.get(0))?,
                KinBy::Name => many(db, NAME, (person, township), |row| row.get(0))?,
            };
            all.extend(officers.into_iter().map(|officer| Kin { officer, by }));
        }
    }
    Ok(all.into_iter().collect())
}
