//! Wounding a log file (损伤), as somebody would who has the share in his hands and no scruples: for the sweep and tests,
//! which show that every wound is found. Nothing else may use it, and only on a copy.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::drive::RealDrive;
use super::slip::{self, Publication};
use crate::ledger::Row;
use crate::store::entries::number;
use crate::store::fault::Fault;
use crate::store::sql;

const DOING: &str = "损伤日志副本";

/// A column of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The text.
    Body,
    /// The sealed part.
    Private,
    /// The hash.
    Hash,
    /// The carrier's signature.
    Sig,
    /// The command's id.
    Cid,
}

/// The log file that a share publishes last.
///
/// # Errors
/// There is none.
pub fn live_file(share: &Path) -> Result<PathBuf, Fault> {
    let mut files: Vec<u32> =
        slip::list(&RealDrive, share, DOING)?.iter().filter_map(|n| slip::parse_log(n)).collect();
    files.sort_unstable();
    let newest = files.pop().unwrap_or_default();
    let bytes = slip::read(&RealDrive, &share.join(slip::log_name(newest)), DOING)?;
    let publication = Publication::read(newest, &bytes).ok_or_else(|| super::no_log(share))?;
    Ok(share.join(publication.name))
}

/// A log file under the knife. It keeps no journal on disk and syncs nothing.
pub struct Wounded {
    db: Connection,
}

impl Wounded {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(file: &Path) -> Result<Wounded, Fault> {
        let db = Connection::open(file).map_err(fault)?;
        db.pragma_update(None, "journal_mode", "memory").map_err(fault)?;
        db.pragma_update(None, "synchronous", "off").map_err(fault)?;
        Ok(Wounded { db })
    }

    /// Writes the bytes of one column. A text need not be UTF-8 any more.
    ///
    /// # Errors
    /// SQLite's.
    pub fn write(&self, n: u64, column: Column, bytes: &[u8]) -> Result<(), Fault> {
        let sql = match column {
            Column::Body => "UPDATE entry SET body = CAST(?2 AS TEXT) WHERE n = ?1",
            Column::Private => "UPDATE entry SET private = ?2 WHERE n = ?1",
            Column::Hash => "UPDATE entry SET hash = ?2 WHERE n = ?1",
            Column::Sig => "UPDATE entry SET sig = ?2 WHERE n = ?1",
            Column::Cid => "UPDATE entry SET cid = ?2 WHERE n = ?1",
        };
        self.db.prepare_cached(sql).and_then(|mut s| s.execute(params![number(n), bytes])).map_err(fault)?;
        Ok(())
    }

    /// Puts a column back, which may have been empty.
    ///
    /// # Errors
    /// SQLite's.
    pub fn write_or_none(&self, n: u64, column: Column, bytes: &[u8], none: bool) -> Result<(), Fault> {
        if !none {
            return self.write(n, column, bytes);
        }
        let sql = "UPDATE entry SET private = NULL WHERE n = ?1";
        self.db.execute(sql, params![number(n)]).map(drop).map_err(fault)
    }

    /// Gives a row another number, any that a column can hold. Whether it was free.
    ///
    /// # Errors
    /// SQLite's.
    pub fn renumber(&self, from: i64, to: i64) -> Result<bool, Fault> {
        let sql = "UPDATE OR IGNORE entry SET n = ?2 WHERE n = ?1";
        let changed =
            self.db.prepare_cached(sql).and_then(|mut s| s.execute(params![from, to])).map_err(fault)?;
        Ok(changed == 1)
    }

    /// Removes a row.
    ///
    /// # Errors
    /// SQLite's.
    pub fn remove(&self, n: u64) -> Result<(), Fault> {
        self.db.execute("DELETE FROM entry WHERE n = ?1", params![number(n)]).map_err(fault)?;
        Ok(())
    }

    /// Removes everything after `n`.
    ///
    /// # Errors
    /// SQLite's.
    pub fn cut(&self, n: u64) -> Result<(), Fault> {
        self.db.execute("DELETE FROM entry WHERE n > ?1", params![number(n)]).map_err(fault)?;
        Ok(())
    }

    /// Adds a row as it is.
    ///
    /// # Errors
    /// SQLite's.
    pub fn add(&self, row: &Row) -> Result<(), Fault> {
        sql::insert(&self.db, row).map_err(fault)
    }

    /// Adds many rows, as they are.
    ///
    /// # Errors
    /// SQLite's.
    pub fn add_all(&mut self, rows: &[Row]) -> Result<(), Fault> {
        let all = self.db.transaction().map_err(fault)?;
        for row in rows {
            sql::insert(&all, row).map_err(fault)?;
        }
        all.commit().map_err(fault)
    }

    /// The page, from 1, at which the table of entries begins.
    ///
    /// # Errors
    /// SQLite's.
    pub fn root(&self) -> Result<usize, Fault> {
        self.root_of("entry")
    }

    /// The page, from 1, at which the index of the commands' ids begins.
    ///
    /// # Errors
    /// SQLite's.
    pub fn index_root(&self) -> Result<usize, Fault> {
        self.root_of("sqlite_autoindex_entry_1")
    }

    fn root_of(&self, name: &str) -> Result<usize, Fault> {
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        let page: i64 = self.db.query_row(sql, [name], |row| row.get(0)).map_err(fault)?;
        usize::try_from(page).map_err(|_| Fault::damaged("日志文件没有记录表"))
    }

    /// Takes away the index that lets a command's id stand only once.
    ///
    /// # Errors
    /// SQLite's.
    pub fn allow_doubles(&self) -> Result<(), Fault> {
        self.db
            .execute_batch(
                "ALTER TABLE entry RENAME TO once;
                 CREATE TABLE entry(n INTEGER PRIMARY KEY, cid BLOB NOT NULL, body TEXT NOT NULL, private BLOB,
                     hash BLOB NOT NULL, sig BLOB NOT NULL) STRICT;
                 INSERT INTO entry SELECT * FROM once;
                 DROP TABLE once;",
            )
            .map_err(fault)
    }

    /// Writes another birth record.
    ///
    /// # Errors
    /// SQLite's.
    pub fn be_born_again(&self) -> Result<(), Fault> {
        let sql = "UPDATE born SET record = replace(record, '\"first\":1', '\"first\":2')";
        self.db.execute(sql, []).map(drop).map_err(fault)
    }
}

fn fault(error: rusqlite::Error) -> Fault {
    Fault::of_sql(DOING, error)
}
