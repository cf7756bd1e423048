//! What the month sheet (月度核对单) asks of the replica: exceptions and marks of a month, and what was settled in it.

use super::exceptions::{ExceptionRow, MarkRow, read_exception, read_mark};
use crate::base::day::Stamp;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

impl Reader {
    /// The exceptions noted from one moment to before another, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn exceptions_between(&self, from: Stamp, to: Stamp) -> Result<Vec<ExceptionRow>> {
        let sql =
            "SELECT exception.n, at, by, case_id, coalesce(number, ''), township, code, settled_n IS NOT NULL
           FROM exception LEFT JOIN cases ON cases.id = case_id WHERE at >= ?1 AND at < ?2 ORDER BY seq";
        Ok(many(self.db(), sql, (from, to), read_exception)?)
    }

    /// The marks of entries from one moment to before another, and those of earlier entries that were settled by entries
    /// `first` to `last`; oldest first, each with the entry that settled it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn marks_of_month(
        &self,
        from: Stamp,
        to: Stamp,
        (first, last): (u64, u64),
    ) -> Result<Vec<(MarkRow, Option<u64>)>> {
        let sql = "SELECT mark.n, at, by, code, sentence, clause, case_id, coalesce(number, ''), settled_n IS NOT NULL, settled_n
           FROM mark LEFT JOIN cases ON cases.id = case_id
           WHERE (at >= ?1 AND at < ?2) OR (at < ?1 AND settled_n BETWEEN ?3 AND ?4) ORDER BY mark.n, seq";
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        Ok(many(self.db(), sql, (from, to, number(first), number(last)), |row| {
            let settled: Option<i64> = row.get(9)?;
            Ok((read_mark(row)?, settled.map(i64::unsigned_abs)))
        })?)
    }
}
