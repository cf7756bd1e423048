//! `entries.db`: the verified entries that this desk has seen, and heads that it was shown. Backup, source of a
//! rebuild, and the memory that history cannot shrink: there is no way here to remove or change a row.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::fault::{Fault, FaultKind};
use super::share::Witness;
use super::sql;
use crate::ledger::{Cid, CountyId, Hash, Head, Row};

const DOING: &str = "本机的记录文件 entries.db";
const FORMAT: u32 = 1;

/// The desk's own copy of the log.
pub struct Entries {
    db: Connection,
    genesis: Head,
}

impl Entries {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// If it cannot be read or made, is not ours, newer, damaged, or another county's.
    pub fn open(path: &Path, county: CountyId) -> Result<Entries, Fault> {
        let db = open_own(path, FORMAT, |db| {
            db.execute_batch(sql::ENTRY_TABLE)?;
            db.execute_batch(
                "CREATE TABLE head(source TEXT PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
                 CREATE TABLE county(id INTEGER PRIMARY KEY, county BLOB NOT NULL) STRICT;",
            )?;
            db.execute("INSERT INTO county(id, county) VALUES (1, ?1)", params![county.0.as_slice()])?;
            Ok(())
        })?;
        let known: Vec<u8> =
            db.query_row("SELECT county FROM county WHERE id = 1", [], |r| r.get(0)).map_err(fault)?;
        if known != county.0 {
            return Err(Fault::new(
                FaultKind::NotOurs,
                "本机的记录属于另一个县",
                "请为这个县另用一个数据文件夹",
            ));
        }
        Ok(Entries { db, genesis: Head::genesis(county) })
    }

    /// Appends verified rows. A row that is here already must be the same.
    ///
    /// # Errors
    /// [`FaultKind::Damaged`] if a row differs from the one held, or does not follow; then nothing is appended.
    pub fn append(&mut self, rows: &[Row]) -> Result<(), Fault> {
        let mut head = self.head()?;
        let tx = self.db.transaction().map_err(fault)?;
        for row in rows {
            if row.n <= head.n {
                let held = sql::head_at(&tx, row.n).map_err(fault)?;
                if held.is_none_or(|held| held.hash != row.hash) {
                    return Err(Fault::damaged(format!("第 {} 条与本机已核对的不同", row.n)));
                }
                continue;
            }
            if row.n != head.n.saturating_add(1) {
                return Err(Fault::damaged(format!("第 {} 条与本机的第 {} 条不连续", row.n, head.n)));
            }
            sql::insert(&tx, row).map_err(fault)?;
            head = Head::of(row);
        }
        tx.commit().map_err(fault)
    }

    /// The rows after `n`, in order, at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn after(&self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        sql::rows_after(&self.db, n, limit).map_err(fault)
    }

    /// The last row held; of an empty file the county's genesis.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn head(&self) -> Result<Head, Fault> {
        let last = sql::last_row(&self.db).map_err(fault)?;
        Ok(last.as_ref().map_or(self.genesis, Head::of))
    }

    /// The row of a command.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find(&self, cid: Cid) -> Result<Option<Row>, Fault> {
        sql::row_of(&self.db, cid).map_err(fault)
    }

    /// Remembers the head that a source showed (`share`, or another desk's id). It only ever grows.
    ///
    /// # Errors
    /// [`FaultKind::Older`] if the source once showed a later one, [`FaultKind::Damaged`] if it showed another hash at
    /// the same place; nothing is changed then.
    pub fn remember_head(&mut self, source: &str, head: Head) -> Result<(), Fault> {
        if let Some(known) = self.remembered(source)? {
            if head.n < known.n {
                return Err(Fault::new(
                    FaultKind::Older,
                    format!("只到第 {} 条，以前见过第 {} 条", head.n, known.n),
                    "没有写入任何内容；可能有人放回了旧的备份，报告县局管理员",
                ));
            }
            if head.n == known.n && head.hash != known.hash {
                return Err(Fault::damaged(format!("第 {} 条与以前见过的不同", head.n)));
            }
        }
        let sql = "INSERT INTO head(source, n, hash) VALUES (?1, ?2, ?3)
                   ON CONFLICT(source) DO UPDATE SET n = excluded.n, hash = excluded.hash";
        self.db.execute(sql, params![source, number(head.n), head.hash.0.as_slice()]).map_err(fault)?;
        Ok(())
    }

    /// The last head that a source showed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn remembered(&self, source: &str) -> Result<Option<Head>, Fault> {
        let found: Option<(i64, Vec<u8>)> = self
            .db
            .query_row("SELECT n, hash FROM head WHERE source = ?1", params![source], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })
            .optional()
            .map_err(fault)?;
        let Some((n, hash)) = found else { return Ok(None) };
        let hash = Hash::from_slice(&hash).ok_or_else(|| Fault::damaged("本机的记录文件损坏"))?;
        Ok(Some(Head { n: u64::try_from(n).unwrap_or(0), hash }))
    }
}

/// Whose entries a file holds, for who verifies it without knowing; the file is not changed.
///
/// # Errors
/// If it cannot be read or is no such file.
pub fn county_of(path: &Path) -> Result<CountyId, Fault> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(fault)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0)).map_err(fault)?;
    let not_ours = || {
        let what = format!("{} 不是救急的记录文件", path.display());
        Fault::new(FaultKind::NotOurs, what, "请检查路径")
    };
    if application != i64::from(sql::APPLICATION_ID) {
        return Err(not_ours());
    }
    let county: Vec<u8> =
        db.query_row("SELECT county FROM county WHERE id = 1", [], |r| r.get(0)).map_err(|_| not_ours())?;
    CountyId::from_slice(&county).ok_or_else(not_ours)
}

impl Witness for Entries {
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.after(n, limit)
    }
}

fn fault(error: rusqlite::Error) -> Fault {
    Fault::of_sql(DOING, error)
}

/// SQLite's integers are signed.
pub(crate) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Opens a file of this PC with full durability, or makes it with the tables given.
pub(crate) fn open_own(
    path: &Path,
    format: u32,
    make: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<Connection, Fault> {
    let mut db = Connection::open(path).map_err(fault)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0)).map_err(fault)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(fault)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).map_err(fault)?;
    if tables > 0 && application != i64::from(sql::APPLICATION_ID) {
        let what = format!("{} 不是救急的文件", path.display());
        return Err(Fault::new(FaultKind::NotOurs, what, "请把它移走后重新打开"));
    }
    if version > i64::from(format) {
        let what = format!("{} 由更新版本的程序写成", path.display());
        return Err(Fault::new(FaultKind::Newer, what, "本程序太旧，请更新后再用"));
    }
    db.busy_timeout(std::time::Duration::from_secs(5)).map_err(fault)?;
    sql::set_writing(&db)?;
    if tables == 0 {
        let tx = db.transaction().map_err(fault)?;
        tx.pragma_update(None, "application_id", sql::APPLICATION_ID).map_err(fault)?;
        tx.pragma_update(None, "user_version", format).map_err(fault)?;
        make(&tx).map_err(fault)?;
        tx.commit().map_err(fault)?;
    }
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::share::tests::{COUNTY, chain_of};

    #[test]
    fn what_was_seen_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("entries.db");
        let rows = chain_of(5);
        {
            let mut entries = Entries::open(&path, COUNTY).unwrap();
            assert_eq!(entries.head().unwrap(), Head::genesis(COUNTY));
            entries.append(&rows[..3]).unwrap();
            entries.append(&rows[1..4]).unwrap();
            entries.remember_head("share", Head::of(&rows[3])).unwrap();
        }
        let mut entries = Entries::open(&path, COUNTY).unwrap();
        assert_eq!(entries.head().unwrap(), Head::of(&rows[3]));
        assert_eq!(entries.after(1, 2).unwrap(), rows[1..3]);
        assert_eq!(entries.find(rows[2].cid).unwrap().as_ref(), Some(&rows[2]));
        assert_eq!(entries.find(Cid([0; 16])).unwrap(), None);
        let older = entries.remember_head("share", Head::of(&rows[2])).unwrap_err();
        assert_eq!(older.kind, FaultKind::Older);
        let forked = Head { n: 4, hash: Hash([7; 32]) };
        assert_eq!(entries.remember_head("share", forked).unwrap_err().kind, FaultKind::Damaged);
        let mut changed = rows[4].clone();
        changed.n = 3;
        assert_eq!(entries.append(&[changed]).unwrap_err().kind, FaultKind::Damaged);
        let mut gap = rows[4].clone();
        gap.n = 7;
        assert_eq!(entries.append(&[rows[4].clone(), gap]).unwrap_err().kind, FaultKind::Damaged);
        assert_eq!(entries.head().unwrap().n, 4, "a refused append leaves nothing behind");
    }

    #[test]
    fn another_countys_or_a_foreign_file_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("entries.db");
        drop(Entries::open(&path, COUNTY).unwrap());
        assert_eq!(Entries::open(&path, CountyId([9; 16])).err().unwrap().kind, FaultKind::NotOurs);
        let foreign = dir.path().join("foreign.db");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t(a)").unwrap();
        assert_eq!(Entries::open(&foreign, COUNTY).err().unwrap().kind, FaultKind::NotOurs);
        let text = dir.path().join("text.db");
        std::fs::write(&text, "这不是数据库，只是一段足够长的文字。".repeat(50)).unwrap();
        assert_eq!(Entries::open(&text, COUNTY).err().unwrap().kind, FaultKind::NotOurs);
    }
}
