//! Private parts that the county destroyed after their time (到期销毁), taken out of this desk's copy: of the entries, and of
//! the lost rows that say the same. Which destructions were carried out is kept beside, each by the entry that ordered it.

use rusqlite::{OptionalExtension, params};

use super::{Entries, fault, number};
use crate::ledger::{Row, chain};
use crate::store::fault::Fault;
use crate::store::sql;

/// Its table, in the file of the entries.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS emptied(n INTEGER PRIMARY KEY) STRICT;";

impl Entries {
    /// Whether what the entry at `n` destroyed was taken out here.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_emptied(&self, n: u64) -> Result<bool, Fault> {
        let sql = "SELECT 1 FROM emptied WHERE n = ?1";
        let found = self.db.query_row(sql, [number(n)], |_| Ok(())).optional().map_err(fault)?;
        Ok(found.is_some())
    }

    /// The entries whose destruction was carried out here, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn emptied(&self) -> Result<Vec<u64>, Fault> {
        let mut statement = self.db.prepare("SELECT n FROM emptied ORDER BY n").map_err(fault)?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0)).map_err(fault)?;
        rows.map(|n| n.map(i64::unsigned_abs).map_err(fault)).collect()
    }

    /// Takes out the private parts of these entries, both ends of each span counted, so that no byte of them stays in the
    /// file. All of it or nothing.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn empty(&mut self, spans: &[(u64, u64)]) -> Result<(), Fault> {
        sql::set(&self.db, "secure_delete", "1")?;
        let tx = self.db.transaction().map_err(fault)?;
        for (first, last) in spans {
            let span = params![number(*first), number(*last)];
            for sql in [
                "UPDATE lost SET private = NULL WHERE private IS NOT NULL AND cid IN (
                   SELECT cid FROM entry WHERE n BETWEEN ?1 AND ?2
                   UNION SELECT cid FROM rescued WHERE n BETWEEN ?1 AND ?2)",
                "UPDATE entry SET private = NULL WHERE n BETWEEN ?1 AND ?2 AND private IS NOT NULL",
            ] {
                tx.execute(sql, span).map_err(fault)?;
            }
        }
        tx.commit().map_err(fault)
    }

    /// Notes that what the entry at `n` destroyed was taken out here.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn note_emptied(&mut self, n: u64) -> Result<(), Fault> {
        let sql = "INSERT OR IGNORE INTO emptied(n) VALUES (?1)";
        self.db.execute(sql, [number(n)]).map(drop).map_err(fault)
    }

    /// Puts back a private part that was missing where this desk read the row: only the one that the row's own text
    /// commits to. Answers whether it was that one.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn fill(&mut self, row: &Row) -> Result<bool, Fault> {
        let Some(private) = &row.private else { return Ok(false) };
        let held = self.after(row.n.saturating_sub(1), 1)?.pop().filter(|held| held.n == row.n);
        let Some(held) = held.filter(|held| held.hash == row.hash && held.body == row.body) else {
            return Ok(false);
        };
        if !chain::commits_to(&held, private) {
            return Ok(false);
        }
        let sql = "UPDATE entry SET private = ?2 WHERE n = ?1 AND private IS NULL";
        self.db.execute(sql, params![number(row.n), private]).map_err(fault)?;
        Ok(true)
    }
}
