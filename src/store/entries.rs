//! `entries.db`: the verified entries that this desk has seen, and heads that it was shown. Backup, source of a
//! rebuild, and the memory that history cannot shrink: there is no way here to remove or change a row, but for a private
//! part that the county destroyed after its time ([`emptied`]). Where the county
//! decided that the log goes on without the last ones, they are set aside as lost, until they stand in the log again.

mod emptied;
mod kept;

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::fault::{Fault, FaultKind};
use super::share::Witness;
use super::sql;
use crate::ledger::{Cid, CountyId, Hash, Head, Row, rescue};

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
        db.execute_batch(LATER_TABLES).map_err(fault)?;
        db.execute_batch(kept::TABLE).map_err(fault)?;
        db.execute_batch(emptied::TABLE).map_err(fault)?;
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

    /// Opens a file for reading alone, wherever it lies: nothing beside it or in it is written, also where nothing may be.
    /// `workshop` is a folder of this PC for a copy, where a writer that died has to be rolled back first.
    ///
    /// # Errors
    /// If it cannot be read or is no such file.
    pub fn read(path: &Path, workshop: &Path) -> Result<(CountyId, Entries), Fault> {
        let path = settled_copy(path, workshop)?;
        let county = county_of(&path)?;
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags).map_err(fault)?;
        db.busy_timeout(std::time::Duration::from_secs(5)).map_err(fault)?;
        sql::set_reading(&db)?;
        Ok((county, Entries { db, genesis: Head::genesis(county) }))
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
            note_rescued(&tx, row)?;
            head = Head::of(row);
        }
        tx.commit().map_err(fault)
    }

    /// Sets the rows after `n` aside as lost: the county decided that the log goes on from there without them. They stay
    /// in the file for good.
    ///
    /// # Errors
    /// If it cannot be kept; then nothing has changed.
    pub fn leave(&mut self, n: u64) -> Result<(), Fault> {
        let tx = self.db.transaction().map_err(fault)?;
        let aside = "INSERT OR IGNORE INTO lost(n, cid, body, private, hash, sig)
                     SELECT n, cid, body, private, hash, sig FROM entry WHERE n > ?1 ORDER BY n";
        tx.execute(aside, params![number(n)]).map_err(fault)?;
        tx.execute("DELETE FROM entry WHERE n > ?1", params![number(n)]).map_err(fault)?;
        tx.execute("DELETE FROM rescued WHERE n > ?1", params![number(n)]).map_err(fault)?;
        tx.execute("DELETE FROM emptied WHERE n > ?1", params![number(n)]).map_err(fault)?;
        tx.commit().map_err(fault)
    }

    /// Sets rows of a branch that the log did not take aside as lost, as if this desk had held them.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn set_aside(&mut self, rows: &[Row]) -> Result<(), Fault> {
        let tx = self.db.transaction().map_err(fault)?;
        for row in rows {
            tx.execute(
                "INSERT OR IGNORE INTO lost(n, cid, body, private, hash, sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![number(row.n), row.cid.0, row.body, row.private, row.hash.0, row.sig],
            )
            .map_err(fault)?;
        }
        tx.commit().map_err(fault)
    }

    /// Lost rows whose command does not stand in the log again, in their order, at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn lost(&self, limit: usize) -> Result<Vec<Row>, Fault> {
        let select = [
            "SELECT ",
            sql::COLUMNS,
            " FROM lost WHERE cid NOT IN (SELECT cid FROM entry) AND cid NOT IN (SELECT cid FROM rescued)
              ORDER BY n, seq",
        ]
        .concat();
        let mut statement = self.db.prepare(&select).map_err(fault)?;
        let mut rows = Vec::new();
        for row in statement.query_map([], sql::row).map_err(fault)? {
            let row = row.map_err(fault)?;
            // A rescue that was lost itself counts as what it carried.
            if !self.stands(&row)? {
                rows.push(row);
            }
            if rows.len() == limit {
                break;
            }
        }
        Ok(rows)
    }

    fn stands(&self, lost: &Row) -> Result<bool, Fault> {
        match rescue::rescued_in(lost) {
            Some(cid) => Ok(self.find(cid)?.is_some()),
            None => Ok(false),
        }
    }

    /// The texts of all rows ever set aside: their desks' counts are never given again.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn lost_bodies(&self) -> Result<Vec<String>, Fault> {
        let mut statement = self.db.prepare("SELECT body FROM lost").map_err(fault)?;
        let found = statement.query_map([], |r| r.get(0)).map_err(fault)?;
        found.collect::<rusqlite::Result<_>>().map_err(fault)
    }

    /// Place and hash of the row at `n`; of 0 the county's genesis.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn head_at(&self, n: u64) -> Result<Option<Head>, Fault> {
        if n == 0 {
            return Ok(Some(self.genesis));
        }
        sql::head_at(&self.db, n).map_err(fault)
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

    /// The place of a command, its own or where it was rescued.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn place_of(&self, cid: Cid) -> Result<Option<u64>, Fault> {
        for sql in ["SELECT n FROM entry WHERE cid = ?1", "SELECT n FROM rescued WHERE cid = ?1"] {
            let mut statement = self.db.prepare_cached(sql).map_err(fault)?;
            let n: Option<i64> =
                statement.query_row(params![cid.0], |r| r.get(0)).optional().map_err(fault)?;
            if let Some(n) = n.and_then(|n| u64::try_from(n).ok()) {
                return Ok(Some(n));
            }
        }
        Ok(None)
    }

    /// The row of a command: its own, or the one that rescued it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find(&self, cid: Cid) -> Result<Option<Row>, Fault> {
        if let Some(row) = sql::row_of(&self.db, cid).map_err(fault)? {
            return Ok(Some(row));
        }
        let n: Option<i64> = self
            .db
            .query_row("SELECT n FROM rescued WHERE cid = ?1", params![cid.0], |r| r.get(0))
            .optional()
            .map_err(fault)?;
        let Some(n) = n.and_then(|n| u64::try_from(n).ok()) else { return Ok(None) };
        Ok(self.after(n.saturating_sub(1), 1)?.pop().filter(|row| row.n == n))
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

/// The file itself; where a journal was left behind, a copy that is put in order there.
fn settled_copy(path: &Path, workshop: &Path) -> Result<std::path::PathBuf, Fault> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    let journal = std::path::PathBuf::from(journal);
    // What the desk's own program is writing at this moment has a journal too: then the copy is as good.
    if std::fs::metadata(&journal).map_or(0, |meta| meta.len()) == 0 {
        return Ok(path.to_owned());
    }
    let io = |error| Fault::of_io(DOING, error);
    std::fs::create_dir_all(workshop).map_err(io)?;
    let copy = workshop.join("entries.db");
    std::fs::copy(path, &copy).map_err(io)?;
    std::fs::copy(&journal, workshop.join("entries.db-journal")).map_err(io)?;
    let db = Connection::open(&copy).map_err(fault)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(fault)?;
    Ok(copy)
}

/// Tables that came after the first ones.
const LATER_TABLES: &str = "
    CREATE TABLE IF NOT EXISTS rescued(cid BLOB PRIMARY KEY, n INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS lost(
        seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, cid BLOB NOT NULL UNIQUE, body TEXT NOT NULL, private BLOB,
        hash BLOB NOT NULL, sig BLOB NOT NULL) STRICT;
";

fn note_rescued(db: &Connection, row: &Row) -> Result<(), Fault> {
    let Some(cid) = rescue::rescued_in(row) else { return Ok(()) };
    let sql = "INSERT OR IGNORE INTO rescued(cid, n) VALUES (?1, ?2)";
    db.execute(sql, params![cid.0, number(row.n)]).map(drop).map_err(fault)
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
    fn what_is_lost_is_set_aside_until_it_stands_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut entries = Entries::open(&dir.path().join("entries.db"), COUNTY).unwrap();
        let rows = chain_of(5);
        entries.append(&rows).unwrap();
        entries.leave(3).unwrap();
        assert_eq!(entries.head().unwrap(), Head::of(&rows[2]));
        assert_eq!(entries.lost(10).unwrap(), rows[3..]);
        assert_eq!(entries.lost(1).unwrap(), rows[3..4]);
        assert_eq!(entries.find(rows[4].cid).unwrap(), None);
        entries.set_aside(&rows[3..]).unwrap();
        assert_eq!(entries.lost(10).unwrap(), rows[3..], "set aside once");
        entries.append(&rows[3..4]).unwrap();
        assert_eq!(entries.lost(10).unwrap(), rows[4..]);
        assert_eq!(entries.head_at(0).unwrap(), Some(Head::genesis(COUNTY)));
        assert_eq!(entries.head_at(9).unwrap(), None);
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
