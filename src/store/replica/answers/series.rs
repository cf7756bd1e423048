//! Running numbers.

use super::one;
use crate::domain::answers::Series;
use rusqlite::{Connection, Result};

/// The name of a series as its key in the table.
pub(crate) fn name(series: Series) -> String {
    match series {
        Series::Case(township, year) => format!("case:{township:03}:{year}"),
        Series::Matter(township, year) => format!("matter:{township:03}:{year}"),
        Series::Lead(township, year) => format!("lead:{township:03}:{year}"),
        Series::Finding(year) => format!("finding:{year}"),
        Series::Batch(year) => format!("batch:{year}"),
        Series::Blank(township, year) => format!("blank:{township:03}:{year}"),
        Series::Voucher(township, year, month) => format!("voucher:{township:03}:{year}-{month:02}"),
    }
}

pub(super) fn last(db: &Connection, series: Series) -> Result<u32> {
    let found = one(db, "SELECT last FROM series WHERE series = ?1", [name(series)], |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}
