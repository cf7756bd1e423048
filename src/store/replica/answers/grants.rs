//! Grants: earlier help to some people, of cases and of imported ledgers.

use super::{any, many};
use crate::base::day::Day;
use crate::domain::grant::{Grant, Source};
use crate::domain::ids::{CaseId, PersonId};
use crate::store::replica::bind::{list, people_of};
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Where a grant stands written, as its key in the table: a letter and 16 bytes.
pub(crate) fn source_blob(source: Source) -> [u8; 17] {
    let (letter, id) = match source {
        Source::Case(case) => (b'C', case.0),
        Source::Imported(row) => (b'I', row),
    };
    let mut blob = [letter; 17];
    for (to, from) in blob.iter_mut().skip(1).zip(id) {
        *to = from;
    }
    blob
}

/// Reads a key back.
pub(crate) fn source_of(blob: &[u8]) -> Result<Source> {
    let read = || {
        let (letter, id) = blob.split_first()?;
        let id: [u8; 16] = id.try_into().ok()?;
        match letter {
            b'C' => Some(Source::Case(CaseId(id))),
            b'I' => Some(Source::Imported(id)),
            _ => None,
        }
    };
    read().ok_or_else(|| Error::FromSqlConversionFailure(0, Type::Blob, "not a source".into()))
}

/// The 16 bytes by which an imported row is known: the first of its keyed hash. A text that is no such hash stands for
/// itself through a hash of its own, so that applying never fails.
pub(crate) fn row_hash(hash: &str) -> [u8; 16] {
    let bytes = hex::decode(hash).unwrap_or_default();
    let first = |bytes: &[u8]| bytes.first_chunk::<16>().copied();
    first(&bytes).or_else(|| first(&Sha256::digest(hash.as_bytes()))).unwrap_or_default()
}

pub(crate) fn read_grant(row: &Row<'_>) -> Result<Grant> {
    let src: Vec<u8> = row.get(0)?;
    let people: Vec<u8> = row.get(4)?;
    Ok(Grant {
        source: source_of(&src)?,
        number: row.get(1)?,
        matter: row.get(2)?,
        circumstance: row.get(3)?,
        people: people_of(&people),
        household: row.get(5)?,
        township: row.get(6)?,
        tier: row.get(7)?,
        way: row.get(8)?,
        amount: row.get(9)?,
        on: row.get(10)?,
        provisional: row.get(11)?,
        paid: row.get(12)?,
    })
}

pub(crate) fn grants_of(
    db: &Connection,
    people: &BTreeSet<PersonId>,
    from: Day,
    to: Day,
) -> Result<Vec<Grant>> {
    let sql = "WITH theirs(src) AS MATERIALIZED (
         SELECT DISTINCT helped.src FROM json_each(?1) AS who
         CROSS JOIN grant_person AS helped
           ON helped.person = unhex(who.value) AND helped.on_day BETWEEN ?2 AND ?3)
     SELECT src, number, matter, circumstance, people, household, township, tier, way, amount, on_day, provisional, paid
     FROM theirs CROSS JOIN grant_ USING (src) ORDER BY on_day, src";
    many(db, sql, (list(people.iter().copied()), from, to), read_grant)
}

pub(super) fn imported(db: &Connection, hash: &str) -> Result<bool> {
    any(db, "SELECT 1 FROM grant_ WHERE src = ?1", [source_blob(Source::Imported(row_hash(hash)))])
}
