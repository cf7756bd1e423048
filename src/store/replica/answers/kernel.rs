//! Officers, keys, relatives, codes, packs, the calendar, the county.

use super::{any, many, one};
use crate::base::calendar::Calendar;
use crate::domain::code_sheet::CodeSheet;
use crate::domain::command::kernel::NewKey;
use crate::domain::ids::{OfficerNo, PersonId, ProposalId};
use crate::domain::nouns::Stage;
use crate::domain::office::{Officer, Role};
use crate::domain::pack::Pack;
use crate::domain::period::Period;
use crate::domain::powers::Proposal;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row};
use std::collections::BTreeSet;

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

/// The columns that [`read_officer`] reads.
pub(crate) const OFFICER: &str = "SELECT officer.no, coalesce(officer_private.name, ''), officer.office,
       (SELECT group_concat(role) FROM role WHERE role.officer = officer.no), officer.key, officer.since, officer.ended,
       officer.limit_fen
     FROM officer LEFT JOIN officer_private ON officer_private.no = officer.no";

pub(crate) fn read_officer(row: &Row<'_>) -> Result<Officer> {
    let roles: Option<String> = row.get(3)?;
    let held = |role: &Role| roles.iter().flat_map(|all| all.split(',')).any(|word| word == role.zh());
    Ok(Officer {
        no: row.get(0)?,
        name: row.get(1)?,
        office: row.get(2)?,
        roles: Role::ALL.into_iter().filter(held).collect(),
        key: row.get(4)?,
        since: row.get(5)?,
        ended: row.get(6)?,
        limit: row.get(7)?,
    })
}

pub(crate) fn officer(db: &Connection, no: &OfficerNo) -> Result<Option<Officer>> {
    let sql = "SELECT officer.no, coalesce(officer_private.name, ''), officer.office,
       (SELECT group_concat(role) FROM role WHERE role.officer = officer.no), officer.key, officer.since, officer.ended,
       officer.limit_fen
     FROM officer LEFT JOIN officer_private ON officer_private.no = officer.no WHERE officer.no = ?1";
    one(db, sql, [no], read_officer)
}

pub(super) fn key_lives(db: &Connection, no: &OfficerNo, key: &str) -> Result<bool> {
    any(db, "SELECT 1 FROM officer_key WHERE officer = ?1 AND id = ?2 AND dead_n IS NULL", (no, key))
}

pub(super) fn key_of(db: &Connection, no: &OfficerNo) -> Result<Option<NewKey>> {
    let sql = "SELECT sign, seal, wrap FROM officer JOIN officer_key ON officer = no AND id = key
               WHERE no = ?1 AND dead_n IS NULL";
    one(db, sql, [no], |row| Ok(NewKey { sign: row.get(0)?, seal: row.get(1)?, wrap: row.get(2)? }))
}

/// Whether a key of this id was ever given to anybody.
pub(crate) fn key_given(db: &Connection, key: &str) -> Result<bool> {
    any(db, "SELECT 1 FROM officer_key WHERE id = ?1", [key])
}

pub(super) fn key_stands(db: &Connection, key: &str) -> Result<bool> {
    any(db, "SELECT 1 FROM officer_key WHERE id = ?1 AND dead_n IS NULL", [key])
}

/// How many officers are administrators and not suspended.
pub(crate) fn administrators(db: &Connection) -> Result<usize> {
    let sql = "SELECT count(*) FROM role JOIN officer ON no = officer WHERE role = ?1 AND ended = 0";
    let count = one(db, sql, [Role::Administrator], |row| row.get::<_, i64>(0))?;
    Ok(usize::try_from(count.unwrap_or_default()).unwrap_or_default())
}

/// A proposed grant, also one that is settled.
pub(crate) fn proposal(db: &Connection, id: ProposalId) -> Result<Option<Proposal>> {
    one(db, "SELECT by, body, state FROM proposal WHERE id = ?1", [id], |row| {
        let body: String = row.get(1)?;
        Ok(Proposal { by: row.get(0)?, grant: json(&body)?, open: row.get::<_, i64>(2)? == 1 })
    })
}

/// The stages in which a case stands open are those below 不予救助.
pub(super) fn open_cases(db: &Connection, handler: &OfficerNo) -> Result<usize> {
    let sql = "SELECT count(*) FROM cases WHERE handler = ?1 AND stage < ?2";
    let count = one(db, sql, (handler, Stage::Refused), |row| row.get::<_, i64>(0))?;
    Ok(usize::try_from(count.unwrap_or_default()).unwrap_or_default())
}

/// Whether the data key of a period is sealed to anybody.
pub(crate) fn is_sealed(db: &Connection, period: Period) -> Result<bool> {
    let sql = "SELECT 1 FROM data_key WHERE year = ?1 AND generation = ?2 LIMIT 1";
    Ok(one(db, sql, (period.year, period.generation), |row| row.get::<_, i64>(0))?.is_some())
}

pub(super) fn sealed_to(db: &Connection, key: &str) -> Result<BTreeSet<Period>> {
    let sql = "SELECT year, generation FROM data_key WHERE key = ?1";
    let all = many(db, sql, [key], |row| Ok(Period { year: row.get(0)?, generation: row.get(1)? }))?;
    Ok(all.into_iter().collect())
}

pub(super) fn data_period(db: &Connection) -> Result<Option<Period>> {
    let sql = "SELECT year, generation FROM data_key ORDER BY year DESC, generation DESC LIMIT 1";
    one(db, sql, [], |row| Ok(Period { year: row.get(0)?, generation: row.get(1)? }))
}

pub(super) fn relatives(db: &Connection, no: &OfficerNo) -> Result<BTreeSet<PersonId>> {
    let all = many(db, "SELECT person FROM relative WHERE officer = ?1", [no], |row| row.get(0))?;
    Ok(all.into_iter().collect())
}

pub(super) fn codes(db: &Connection, officer: &OfficerNo) -> Result<Option<CodeSheet>> {
    let sql = "SELECT salt, cost, digests, next, issued, from_, until, ended, missed
               FROM code_sheet WHERE officer = ?1";
    one(db, sql, [officer], |row| {
        let digests: String = row.get(2)?;
        Ok(CodeSheet {
            salt: row.get(0)?,
            cost: row.get(1)?,
            digests: json(&digests)?,
            next: row.get(3)?,
            issued: row.get(4)?,
            from: row.get(5)?,
            until: row.get(6)?,
            ended: row.get(7)?,
            missed: row.get(8)?,
        })
    })
}

pub(super) fn calendar(db: &Connection) -> Result<Calendar> {
    let tables = many(db, "SELECT body FROM year_table ORDER BY year", [], |row| row.get::<_, String>(0))?;
    let mut calendar = Calendar::embedded();
    for table in tables {
        calendar = calendar.with_year(json(&table)?);
    }
    Ok(calendar)
}

/// A pack that this program cannot read is none to it.
pub(super) fn read(toml: &str) -> Option<Pack> {
    Pack::read(toml).ok()
}

pub(super) fn pack_now(db: &Connection, read: &dyn Fn(String) -> Option<Pack>) -> Result<Option<Pack>> {
    let adopted =
        many(db, "SELECT toml FROM pack ORDER BY n DESC, id DESC", [], |row| row.get::<_, String>(0))?;
    Ok(adopted.into_iter().find_map(read))
}

pub(super) fn pack(db: &Connection, id: &str) -> Result<Option<Pack>> {
    let toml = one(db, "SELECT toml FROM pack WHERE id = ?1", [id], |row| row.get::<_, String>(0))?;
    Ok(toml.and_then(|toml| read(&toml)))
}

pub(super) fn county(db: &Connection) -> Result<Option<bool>> {
    one(db, "SELECT practice FROM county", [], |row| row.get(0))
}
