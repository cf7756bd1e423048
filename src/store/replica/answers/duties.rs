//! Who stands in, who handles what and who did.

use super::many;
use crate::domain::delegation::Delegation;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::nouns::Stage;
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

pub(super) fn delegations(db: &Connection, to: &OfficerNo) -> Result<Vec<Delegation>> {
    let sql = "SELECT DISTINCT since, from_, to_, until FROM delegation WHERE to_ = ?1 AND ended_n IS NULL
       ORDER BY since, from_, until";
    many(db, sql, [to], |row| {
        Ok(Delegation { since: row.get(0)?, from: row.get(1)?, to: row.get(2)?, until: row.get(3)? })
    })
}

pub(super) fn open_cases_of(db: &Connection, handler: &OfficerNo) -> Result<Vec<CaseId>> {
    let all = many(db, "SELECT id, stage FROM cases WHERE handler = ?1 ORDER BY id", [handler], |row| {
        Ok((row.get::<_, CaseId>(0)?, row.get::<_, Stage>(1)?))
    })?;
    Ok(all.into_iter().filter(|(_, stage)| !stage.is_final()).map(|(id, _)| id).collect())
}

pub(super) fn handlers_before(db: &Connection, case: CaseId) -> Result<BTreeSet<OfficerNo>> {
    let all = many(db, "SELECT officer FROM handled WHERE case_id = ?1", [case], |row| row.get(0))?;
    Ok(all.into_iter().collect())
}
