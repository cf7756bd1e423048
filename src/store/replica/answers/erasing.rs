//! What destroying what is private asks: whose details serve which case, and which entries are about nobody else.

use super::{many, one};
use crate::base::day::Stamp;
use crate::domain::answers::Keeping;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::nouns::{FindingState, Stage};
use crate::store::replica::bind::{list, people_of};
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

pub(super) fn keeping(db: &Connection, case: CaseId) -> Result<Option<Keeping>> {
    let sql = "SELECT stage, stage_since, EXISTS (SELECT 1 FROM erased_case WHERE case_id = ?1)
       FROM cases WHERE id = ?1";
    let found = one(db, sql, [case], |row| {
        Ok((row.get::<_, Stage>(0)?, row.get::<_, Stamp>(1)?, row.get::<_, bool>(2)?))
    })?;
    let Some((stage, since, erased)) = found else { return Ok(None) };
    let sql = "SELECT number FROM finding WHERE case_id = ?1 AND state <> ?2 ORDER BY id LIMIT 1";
    let finding = one(db, sql, (case, FindingState::Settled), |row| row.get(0))?;
    let closed = stage.is_final().then(|| since.day());
    let archived = one(db, "SELECT keep FROM archived WHERE case_id = ?1", [case], |row| row.get(0))?;
    Ok(Some(Keeping { closed, erased, people: people(db, case)?, finding, archived }))
}

/// Everybody whose details serve a case.
fn people(db: &Connection, case: CaseId) -> Result<BTreeSet<PersonId>> {
    let sql = "SELECT person FROM cases WHERE id = ?1
       UNION SELECT membership.person FROM cases
         CROSS JOIN membership ON membership.household = cases.household WHERE cases.id = ?1";
    let mut all: BTreeSet<PersonId> = many(db, sql, [case], |row| row.get(0))?.into_iter().collect();
    let sql =
        "SELECT matter.people FROM cases CROSS JOIN matter ON matter.id = cases.matter WHERE cases.id = ?1
       UNION ALL SELECT people FROM grant_ WHERE src = x'43' || ?1";
    for blob in many(db, sql, [case], |row| row.get::<_, Vec<u8>>(0))? {
        all.extend(people_of(&blob));
    }
    Ok(all)
}

pub(super) fn cases_with(db: &Connection, people: &BTreeSet<PersonId>) -> Result<BTreeSet<CaseId>> {
    let sql = "WITH who(person) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?1)),
       homes(household) AS MATERIALIZED (
         SELECT DISTINCT membership.household FROM who
           CROSS JOIN membership ON membership.person = who.person),
       struck(matter) AS MATERIALIZED (
         SELECT DISTINCT matter_person.matter FROM who
           CROSS JOIN matter_person ON matter_person.person = who.person)
     SELECT cases.id FROM who CROSS JOIN cases ON cases.person = who.person
     UNION SELECT of_home.id FROM homes CROSS JOIN membership ON membership.household = homes.household
       CROSS JOIN cases AS of_home ON of_home.person = membership.person
       WHERE of_home.household = homes.household
     UNION SELECT cases.id FROM struck CROSS JOIN cases ON cases.matter = struck.matter
     UNION SELECT substr(grant_person.src, 2) FROM who
       CROSS JOIN grant_person ON grant_person.person = who.person
       WHERE substr(grant_person.src, 1, 1) = x'43'";
    Ok(many(db, sql, [list(people.iter().copied())], |row| row.get(0))?.into_iter().collect())
}

/// The ids as a JSON list of hex texts.
fn ids(cases: &BTreeSet<CaseId>) -> String {
    let quoted: Vec<String> = cases.iter().map(|case| format!("\"{case}\"")).collect();
    format!("[{}]", quoted.join(","))
}

pub(super) fn entries_only_of(
    db: &Connection,
    cases: &BTreeSet<CaseId>,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<u64>> {
    let sql = "WITH
       c(id) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?1)),
       p(id) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?2)),
       about(n) AS MATERIALIZED (
         SELECT step.n FROM c CROSS JOIN step ON step.case_id = c.id
         UNION SELECT lead.n FROM c CROSS JOIN cases ON cases.id = c.id CROSS JOIN lead ON lead.id = cases.lead
         UNION SELECT unmasked.n FROM c CROSS JOIN unmasked ON unmasked.case_id = c.id
         UNION SELECT finding_entry.n FROM c CROSS JOIN finding ON finding.case_id = c.id
           CROSS JOIN finding_entry ON finding_entry.finding = finding.id
         UNION SELECT history_person.n FROM p CROSS JOIN history_person ON history_person.person = p.id)
     SELECT about.n FROM about
     WHERE NOT EXISTS (SELECT 1 FROM step WHERE step.n = about.n
         AND step.case_id NOT IN (SELECT id FROM c) AND step.case_id NOT IN (SELECT case_id FROM erased_case))
       AND NOT EXISTS (SELECT 1 FROM history_person WHERE history_person.n = about.n
         AND history_person.person NOT IN (SELECT id FROM p)
         AND history_person.person NOT IN (SELECT person FROM erased_person))
     ORDER BY about.n";
    let found = many(db, sql, (ids(cases), list(people.iter().copied())), |row| row.get::<_, i64>(0))?;
    Ok(found.into_iter().map(i64::unsigned_abs).collect())
}
