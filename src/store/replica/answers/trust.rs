//! Findings and marks, as rules ask them.

use super::one;
use crate::domain::command::trust::About;
use crate::domain::finding::Finding;
use crate::domain::ids::{CaseId, FindingId, OfficerNo};
use rusqlite::{Connection, Result, Row};

/// What a finding is about, from its columns, beginning with `at`.
pub(crate) fn about(row: &Row<'_>, at: usize) -> Result<About> {
    let case: Option<CaseId> = row.get(at)?;
    let officer: Option<OfficerNo> = row.get(at + 2)?;
    Ok(match (case, officer) {
        (Some(case), _) => About::Case { case },
        (None, Some(officer)) => About::Officer { officer },
        (None, None) => About::Township { township: row.get::<_, Option<u16>>(at + 1)?.unwrap_or(0) },
    })
}

pub(super) fn finding(db: &Connection, id: FindingId) -> Result<Option<Finding>> {
    let sql =
        "SELECT number, case_id, township, officer, office, due, state, moved_to FROM finding WHERE id = ?1";
    one(db, sql, [id], |row| {
        Ok(Finding {
            id,
            number: row.get(0)?,
            about: about(row, 1)?,
            office: row.get(4)?,
            due: row.get(5)?,
            state: row.get(6)?,
            transferred: row.get(7)?,
        })
    })
}

pub(super) fn wrote(db: &Connection, n: u64) -> Result<Option<OfficerNo>> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    one(db, "SELECT who FROM history WHERE n = ?1", [n], |row| row.get(0))
}

pub(super) fn open_mark(db: &Connection, n: u64) -> Result<Option<OfficerNo>> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let sql = "SELECT by FROM mark WHERE n = ?1 AND case_id IS NULL AND settled_n IS NULL";
    one(db, sql, [n], |row| row.get(0))
}
