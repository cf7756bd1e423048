//! Deferred papers, the brake, authorisations.

use super::{any, many, one};
use crate::base::day::Day;
use crate::domain::answers::{Authorisation, Item};
use crate::domain::ids::{AuthorityId, CaseId, OfficerNo};
use rusqlite::{Connection, Result, Row};

fn read_item(row: &Row<'_>) -> Result<Item> {
    Ok(Item {
        case: row.get(0)?,
        number: row.get(1)?,
        kind: row.get(2)?,
        due: row.get(3)?,
        handler: row.get(4)?,
        noted: row.get(5)?,
        done: row.get(6)?,
    })
}

pub(crate) fn items(db: &Connection, case: CaseId) -> Result<Vec<Item>> {
    let sql = "SELECT item.case_id, cases.number, item.kind, item.due, item.handler, item.noted, item.done
       FROM item JOIN cases ON cases.id = item.case_id WHERE item.case_id = ?1 ORDER BY item.kind";
    many(db, sql, [case], read_item)
}

pub(super) fn late_items(db: &Connection, handler: &OfficerNo, today: Day) -> Result<Vec<Item>> {
    let sql = "SELECT item.case_id, cases.number, item.kind, item.due, item.handler, item.noted, item.done
       FROM item JOIN cases ON cases.id = item.case_id
       WHERE item.handler = ?1 AND item.done IS NULL AND item.due < ?2 ORDER BY item.due, item.case_id, item.kind";
    many(db, sql, (handler, today), read_item)
}

pub(super) fn brake_lifted(db: &Connection, handler: &OfficerNo) -> Result<bool> {
    any(db, "SELECT 1 FROM brake WHERE handler = ?1 AND used = 0", [handler])
}

pub(super) fn authorisation(db: &Connection, id: AuthorityId) -> Result<Option<Authorisation>> {
    one(db, "SELECT case_id, by, tier, amount, used FROM authority WHERE id = ?1", [id], |row| {
        Ok(Authorisation {
            id,
            case: row.get(0)?,
            by: row.get(1)?,
            tier: row.get(2)?,
            amount: row.get(3)?,
            used: row.get(4)?,
        })
    })
}
