//! One backup file: built from entries on this PC, and opened from its bytes through a copy on this PC, so that SQLite
//! never works on the stick itself. It judges the file, never the entries in it: those prove themselves.

use super::name::{self, SegmentName};
use crate::ledger::{CountyId, DeskId, Row, canon};
use crate::store::fault::{Fault, FaultKind};
use crate::store::sql;
use rusqlite::{Connection, OpenFlags, params};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The format of a backup file, in `user_version`: that of `entries.db`.
const FORMAT: u32 = 1;

/// A file of this PC that is gone with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new(workshop: &Path) -> Result<Scratch, Fault> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        fs::create_dir_all(workshop).map_err(|error| Fault::of_io("准备本机文件夹", error))?;
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = workshop.join(format!("segment-{}-{next}.db", std::process::id()));
        // One of the same name was left by a program that died: it was never anything but a copy.
        let _ = fs::remove_file(&path);
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for ending in ["", "-journal"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            // A copy on this PC; whether it goes decides nothing.
            let _ = fs::remove_file(path);
        }
    }
}

/// The bytes of a new file with these entries.
pub(super) fn build(
    workshop: &Path,
    county: CountyId,
    desk: DeskId,
    made_ms: i64,
    rows: &[Row],
) -> Result<Vec<u8>, Fault> {
    let doing = "制作备份文件";
    let sql_fault = |error| Fault::of_sql(doing, error);
    let scratch = Scratch::new(workshop)?;
    let made = canon::to_text(&json!({ "desk": desk.to_string(), "made_ms": made_ms }))
        .map_err(|error| Fault::bug(error.to_string()))?;
    let mut db = Connection::open(&scratch.0).map_err(sql_fault)?;
    db.pragma_update(None, "page_size", 4096).map_err(sql_fault)?;
    sql::set_writing(&db)?;
    db.pragma_update(None, "application_id", sql::APPLICATION_ID).map_err(sql_fault)?;
    db.pragma_update(None, "user_version", FORMAT).map_err(sql_fault)?;
    let tx = db.transaction().map_err(sql_fault)?;
    tx.execute_batch(sql::ENTRY_TABLE).map_err(sql_fault)?;
    tx.execute_batch(
        "CREATE TABLE county(id INTEGER PRIMARY KEY, county BLOB NOT NULL) STRICT;
         CREATE TABLE segment(id INTEGER PRIMARY KEY, made TEXT NOT NULL) STRICT;",
    )
    .map_err(sql_fault)?;
    tx.execute("INSERT INTO county(id, county) VALUES (1, ?1)", params![county.0.as_slice()])
        .map_err(sql_fault)?;
    tx.execute("INSERT INTO segment(id, made) VALUES (1, ?1)", params![made]).map_err(sql_fault)?;
    for row in rows {
        sql::insert(&tx, row).map_err(sql_fault)?;
    }
    tx.commit().map_err(sql_fault)?;
    db.close().map_err(|(_, error)| sql_fault(error))?;
    fs::read(&scratch.0).map_err(|error| Fault::of_io(doing, error))
}

/// An opened backup file.
pub(super) struct Segment {
    name: SegmentName,
    /// Whether the bytes are those that the name tells.
    pub(super) whole: bool,
    /// Whose entries, as the file says.
    pub(super) county: CountyId,
    db: Connection,
    // Dropped after the connection.
    _scratch: Scratch,
}

impl Segment {
    /// Opens a file from its bytes.
    pub(super) fn open(name: &SegmentName, bytes: &[u8], workshop: &Path) -> Result<Segment, Fault> {
        let whole = name::print(bytes) == name.print;
        judge_header(bytes, whole)?;
        let scratch = Scratch::new(workshop)?;
        fs::write(&scratch.0, bytes).map_err(|error| Fault::of_io("准备备份的副本", error))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&scratch.0, flags).map_err(fault)?;
        sql::set_reading(&db)?;
        let county: Vec<u8> =
            db.query_row("SELECT county FROM county WHERE id = 1", [], |row| row.get(0)).map_err(fault)?;
        let county = CountyId::from_slice(&county).ok_or_else(|| damaged("文件里的县标识不成形"))?;
        Ok(Segment { name: name.clone(), whole, county, db, _scratch: scratch })
    }

    /// The entries after `n` that its name promises, at most `limit`.
    pub(super) fn after(&self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        let mut rows = sql::rows_after(&self.db, n, limit).map_err(fault)?;
        rows.retain(|row| row.n <= self.name.last);
        Ok(rows)
    }
}

/// Judges the first hundred bytes, before SQLite sees them. Only a file that is whole is believed to be newer.
fn judge_header(bytes: &[u8], whole: bool) -> Result<(), Fault> {
    let number =
        |at: usize| bytes.get(at..).and_then(|b| b.first_chunk::<4>()).map_or(0, |b| u32::from_be_bytes(*b));
    if bytes.get(..16) != Some(b"SQLite format 3\0")
        || bytes.len() < 100
        || number(68) != sql::APPLICATION_ID
        || bytes.get(18..20) != Some(&[1, 1])
    {
        return Err(damaged("文件开头被改动，不是备份文件"));
    }
    if number(60) > FORMAT && !whole {
        return Err(damaged("文件开头被改动，不是备份文件"));
    }
    if number(60) > FORMAT {
        let what = format!("备份由更新版本的程序写成（格式 {}）", number(60));
        return Err(Fault::new(FaultKind::Newer, what, "本程序太旧，请更新后再用"));
    }
    Ok(())
}

/// What is wrong with a backup file, and what is done about it.
pub(super) fn damaged(what: impl Into<String>) -> Fault {
    Fault::new(FaultKind::Damaged, what, "请把坏的备份文件移走，再运行 jiuji backup，会自动补齐")
}

fn fault(error: rusqlite::Error) -> Fault {
    let fault = Fault::of_sql("备份文件", error);
    // Whatever SQLite finds in a copy on this PC is the file's fault, but for the PC's own disk.
    match fault.kind {
        FaultKind::Full | FaultKind::ReadOnly => fault,
        _ => Fault { source: fault.source, ..damaged("文件内容读不出来") },
    }
}
