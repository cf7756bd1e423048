//! The course of a case on the expenditure path, folded from its steps.

use super::many;
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::ids::CaseId;
use rusqlite::types::Type;
use rusqlite::{Connection, Result};

pub(crate) fn course(db: &Connection, case: CaseId) -> Result<Course> {
    let sql = "SELECT body FROM path_step WHERE case_id = ?1 ORDER BY n, pos";
    let mut course = Course::default();
    for body in many(db, sql, [case], |row| row.get::<_, String>(0))? {
        course.apply(&fact(&body)?);
    }
    Ok(course)
}

/// A fact as its row keeps it.
pub(crate) fn fact(body: &str) -> Result<Fact> {
    serde_json::from_str(body)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}
