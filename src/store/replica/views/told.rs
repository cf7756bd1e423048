//! What was told of a case (所述): the words of the entry that opened it, of its application and of 困难详情, of each slot
//! the latest. They are about people: screens and papers ask [`crate::domain::privacy`] before they show them.

use crate::domain::ids::{CaseId, Text};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The words by slot.
pub(super) fn told(db: &Connection, case: CaseId) -> Result<BTreeMap<Text, String>> {
    // The entry that opens a case is no step; the other steps have words of their own under the same slots.
    let sql = "SELECT slot, text FROM path_text AS told WHERE case_id = ?1 AND (
           NOT EXISTS (SELECT 1 FROM path_step WHERE path_step.case_id = told.case_id AND path_step.n = told.n)
           OR EXISTS (SELECT 1 FROM path_step WHERE path_step.case_id = told.case_id AND path_step.n = told.n
             AND kind IN ('application-noted', 'hardship-noted')))
         ORDER BY n, slot";
    let all = many(db, sql, [case], |row| Ok((Text(row.get(0)?), row.get::<_, String>(1)?)))?;
    Ok(all.into_iter().collect())
}
