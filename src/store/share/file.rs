//! One log file: its header, its birth record, opening it without SQLite's own locks, reading it beside a writer.
//! A connection lives for one read or one turn and no longer: a handle kept open shows an old size on network drives.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};

use super::drive::Drive;
use crate::ledger::{CountyId, Hash, Row, canon};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Rebuilding;
use crate::store::sql;

/// The format of log files, in `user_version`.
pub(crate) const FILE_FORMAT: u32 = 1;

/// First bytes of a rollback journal that somebody is using, or left behind.
const JOURNAL_MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// The size of a page, the law of log files; a journal's record is a page with its number and a check sum.
pub(crate) const PAGE_SIZE: u32 = 4_096;
const PAGE_BYTES: usize = PAGE_SIZE as usize;
const RECORD: usize = PAGE_BYTES + 8;

/// How many rows are taken over at once.
const PAGE: usize = 1_000;

const READ: &str = "读取共享日志";
const WRITE: &str = "写入共享日志";

/// Why a log file was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Why {
    /// The county was founded.
    Founded,
    /// The file before was full.
    Full,
    /// A turn of the file before was taken over.
    Taken,
    /// An officer had it built anew from what a PC holds.
    Rebuilt,
}

/// The birth record of a log file; never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Born {
    pub(crate) county: CountyId,
    pub(crate) file: u32,
    pub(crate) why: Why,
    /// Its first n.
    pub(crate) first: u64,
    /// The hash before that entry.
    pub(crate) before: Hash,
    /// The file that holds the entries before `first`; 0 of the first.
    pub(crate) follows: u32,
    /// The file that it replaces; 0 if none.
    pub(crate) supersedes: u32,
    /// Its last entry at birth.
    pub(crate) head_n: u64,
    pub(crate) head_hash: Hash,
    /// The last rebuilding before or in this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<Rebuilding>,
}

impl Born {
    pub(crate) fn text(&self) -> Result<String, Fault> {
        canon::to_text(self).map_err(|e| Fault::bug(e.to_string()))
    }
}

/// The hash of a birth record, as published.
pub(crate) fn born_hash(record: &str) -> Hash {
    Hash::of(&[b"jiuji/born/1\n", record.as_bytes()])
}

/// The first bytes of a SQLite file, as far as they matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) counter: u32,
}

/// Reads and judges the first hundred bytes: ours, not newer, not in WAL mode.
pub(crate) fn header(drive: &dyn Drive, path: &Path) -> Result<Header, Fault> {
    let bytes = drive.read_start(path, 100).map_err(|e| Fault::of_io(READ, e))?;
    let got = bytes.len();
    let not_ours =
        || Fault::new(FaultKind::NotOurs, "这不是救急的日志文件", "请检查路径；若路径没有错，报告县局管理员");
    if bytes.get(..16) != Some(b"SQLite format 3\0") || got < 100 {
        return Err(if got == 0 { Fault::damaged("日志文件是空的") } else { not_ours() });
    }
    let number =
        |at: usize| bytes.get(at..).and_then(|b| b.first_chunk::<4>()).map_or(0, |b| u32::from_be_bytes(*b));
    if number(68) != sql::APPLICATION_ID {
        return Err(not_ours());
    }
    if number(60) > FILE_FORMAT {
        return Err(Fault::new(
            FaultKind::Newer,
            format!("日志文件由更新版本的程序写成（格式 {}）", number(60)),
            "本程序太旧，请更新后再用",
        ));
    }
    if bytes.get(18..20) != Some(&[1, 1]) {
        return Err(Fault::damaged("日志文件被别的工具改成了 WAL 方式，不能再写"));
    }
    Ok(Header { counter: number(24) })
}

/// The journal beside a file.
pub(crate) fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Whether these bytes begin a journal in use.
pub(crate) fn is_live(journal: &[u8]) -> bool {
    journal.starts_with(&JOURNAL_MAGIC)
}

/// Whether a journal is in use: somebody is writing, or died writing.
pub(crate) fn journal_is_live(drive: &dyn Drive, path: &Path) -> Result<bool, Fault> {
    match drive.read_start(&journal(path), JOURNAL_MAGIC.len()) {
        Ok(bytes) => Ok(is_live(&bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Fault::of_io(READ, e)),
    }
}

/// The pages that the open transaction is about to overwrite, as SQLite has read them: they are the records of its journal.
fn originals(journal: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let number = |at: usize| journal.get(at..)?.first_chunk::<4>().map(|b| u32::from_be_bytes(*b));
    let head = usize::try_from(number(20)?).ok().filter(|sector| *sector >= 28)?;
    // The first bytes are written when it is synced, in the commit.
    if number(24)? != PAGE_SIZE {
        return None;
    }
    let mut pages = Vec::new();
    for record in journal.get(head..)?.chunks(RECORD) {
        let (no, rest) = record.split_first_chunk::<4>()?;
        let image = rest.get(..PAGE_BYTES).filter(|_| record.len() == RECORD)?;
        pages.push((u64::from(u32::from_be_bytes(*no)).checked_sub(1)?, image));
    }
    Some(pages)
}

/// Whether SQLite has read right what its open transaction will overwrite; answers the change counter as it stands before.
/// A read that comes back short it fills with zeroes, says nothing, and would write the rest of the page back so, and its
/// journal would too. So before anything is committed each page is read once more past SQLite, and must be the same.
///
/// The transaction must not have written to the file yet (`cache_spill` is off).
///
/// # Errors
/// [`FaultKind::Busy`] if it is not; the drive's.
pub(crate) fn reads_true(drive: &dyn Drive, path: &Path) -> Result<u32, Fault> {
    let io = |e| Fault::of_io(WRITE, e);
    let untrue = || Fault::busy("共享盘两次读出的内容不同");
    let journal = drive.read(&journal(path)).map_err(io)?;
    let pages = originals(&journal).ok_or_else(untrue)?;
    let mut places: Vec<u64> = pages.iter().map(|(no, _)| no.saturating_mul(u64::from(PAGE_SIZE))).collect();
    // The first page holds the counter. Where the file does not grow it comes into the journal only with the commit.
    if !places.contains(&0) {
        places.push(0);
    }
    let stands = drive.read_pieces(path, PAGE_BYTES, &places).map_err(io)?;
    let first = places.iter().position(|at| *at == 0).and_then(|at| stands.get(at)).ok_or_else(untrue)?;
    let counter = first.get(24..).and_then(|b| b.first_chunk::<4>()).map(|b| u32::from_be_bytes(*b));
    let same =
        stands.len() == places.len() && pages.iter().zip(&stands).all(|((_, read), page)| read == page);
    counter.filter(|_| same).ok_or_else(untrue)
}

/// The URI of a path, with SQLite's own locks off.
fn uri(path: &Path, rest: &str) -> Result<String, Fault> {
    let text = path.to_str().ok_or_else(|| {
        Fault::new(FaultKind::Config, "路径里有无法识别的字符", "请把共享文件夹换成普通名称的路径")
    })?;
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    // The authority stays empty: before a UNC path, and before a drive letter.
    let drive = cfg!(windows) && text.get(1..2) == Some(":");
    let mut out = String::from(if text.starts_with("//") {
        "file://"
    } else if drive {
        "file:///"
    } else {
        "file:"
    });
    for byte in text.bytes() {
        match byte {
            b'?' | b'#' | b'%' => out.push_str(&format!("%{byte:02X}")),
            _ if byte.is_ascii() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// A fresh connection that may write; only inside a turn. SQLite rolls back a dead predecessor's journal by itself.
pub(crate) fn open_writing(drive: &dyn Drive, path: &Path) -> Result<Connection, Fault> {
    header(drive, path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(uri(path, "?mode=rw&nolock=1")?, flags)
        .map_err(|e| Fault::of_sql(WRITE, e))?;
    sql::set_writing(&db)?;
    sql::set(&db, "cache_spill", "0")?;
    Ok(db)
}

/// A fresh connection that takes the file as it is, journal or not.
fn open_reading(path: &Path) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(uri(path, "?mode=ro&nolock=1&immutable=1")?, flags)
        .map_err(|e| Fault::of_sql(READ, e))?;
    sql::set_reading(&db)?;
    Ok(db)
}

/// One read beside a possible writer: counter and journal are looked at before and after. The guards are a filter,
/// the hash chain is the judge.
///
/// # Errors
/// [`FaultKind::Busy`] if somebody is writing; [`FaultKind::Damaged`] may be a stale cache: read again.
pub(crate) fn read_once<T>(
    drive: &dyn Drive,
    path: &Path,
    seen: Option<Header>,
    read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
) -> Result<T, Fault> {
    read_once_at(drive, path, seen, read).map(|(_, value)| value)
}

/// The same, with the header before and after.
pub(crate) fn read_once_at<T>(
    drive: &dyn Drive,
    path: &Path,
    seen: Option<Header>,
    read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
) -> Result<(Header, T), Fault> {
    let busy = || Fault::busy("共享日志正在写入");
    // One that a probe saw just now is as good: nothing may have changed since.
    let before = seen.map_or_else(|| header(drive, path), Ok)?;
    if journal_is_live(drive, path)? {
        return Err(busy());
    }
    let db = open_reading(path)?;
    let value = read(&db).map_err(|e| Fault::of_sql(READ, e));
    drop(db);
    // Whatever was read, or could not be, beside a writer says nothing.
    if journal_is_live(drive, path)? || header(drive, path)? != before {
        return Err(busy());
    }
    value.map(|value| (before, value))
}

/// The birth record, held against the publication and the county.
pub(crate) fn born(db: &Connection) -> rusqlite::Result<String> {
    db.query_row("SELECT record FROM born WHERE id = 1", [], |row| row.get(0))
}

/// Judges a birth record.
pub(crate) fn judge_born(record: &str, published: &Hash, file: u32, county: CountyId) -> Result<Born, Fault> {
    let wrong = || Fault::damaged(format!("日志文件 {file:04} 与公布的不是同一个"));
    if born_hash(record) != *published {
        return Err(wrong());
    }
    let born: Born = serde_json::from_str(record).map_err(|_| wrong())?;
    if born.county != county {
        return Err(Fault::new(
            FaultKind::NotOurs,
            "这个共享文件夹是另一个县（或另一次建库）的",
            "没有写入任何内容；请检查设置里的路径",
        ));
    }
    if born.file != file {
        return Err(wrong());
    }
    Ok(born)
}

/// Where the rows of a new file come from: those after n, at most so many; none behind the last.
pub(crate) type Rows<'a> = &'a mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>;

/// Makes a whole new log file at a path of this PC: tables, birth record, the rows from its first to its head at birth.
pub(crate) fn make(path: &Path, born: &Born, rows: Rows<'_>) -> Result<(), Fault> {
    let doing = "制作新的日志文件";
    let mut db = Connection::open(path).map_err(|e| Fault::of_sql(doing, e))?;
    let sql_fault = |e| Fault::of_sql(doing, e);
    db.pragma_update(None, "page_size", PAGE_SIZE).map_err(sql_fault)?;
    sql::set_writing(&db)?;
    db.pragma_update(None, "application_id", sql::APPLICATION_ID).map_err(sql_fault)?;
    db.pragma_update(None, "user_version", FILE_FORMAT).map_err(sql_fault)?;
    let record = born.text()?;
    let tx = db.transaction().map_err(sql_fault)?;
    tx.execute_batch(sql::ENTRY_TABLE).map_err(sql_fault)?;
    tx.execute_batch("CREATE TABLE born(id INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT")
        .map_err(sql_fault)?;
    tx.execute("INSERT INTO born(id, record) VALUES (1, ?1)", params![record]).map_err(sql_fault)?;
    let mut n = born.first.saturating_sub(1);
    while n < born.head_n {
        let page = rows(n, PAGE)?;
        for row in page.iter().filter(|row| row.n <= born.head_n) {
            sql::insert(&tx, row).map_err(sql_fault)?;
        }
        n = match page.last() {
            Some(last) => last.n,
            None => return Err(Fault::bug(format!("第 {} 条之后的记录读不到", n))),
        };
    }
    tx.commit().map_err(sql_fault)?;
    db.close().map_err(|(_, e)| sql_fault(e))
}

/// Whether a file that was just made holds what it was made of, read through a connection of its own: a disk that failed
/// for a moment may have spoilt it, and whoever publishes it spoils it for everybody.
pub(crate) fn holds(drive: &dyn Drive, path: &Path, born: &Born, rows: Rows<'_>) -> Result<bool, Fault> {
    if read_as_is(drive, path, &mut self::born)? != born.text()? {
        return Ok(false);
    }
    let mut n = born.first.saturating_sub(1);
    loop {
        let there = read_as_is(drive, path, &mut |db| sql::rows_after(db, n, PAGE))?;
        let mut meant = if n < born.head_n { rows(n, PAGE)? } else { Vec::new() };
        meant.retain(|row| row.n <= born.head_n);
        if there != meant {
            return Ok(false);
        }
        match there.last() {
            Some(last) => n = last.n,
            None => return Ok(n == born.head_n),
        }
    }
}

/// A read of what no writer touches (the birth record), whatever the journal says.
pub(crate) fn read_as_is<T>(
    drive: &dyn Drive,
    path: &Path,
    read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
) -> Result<T, Fault> {
    header(drive, path)?;
    let db = open_reading(path)?;
    read(&db).map_err(|e| Fault::of_sql(READ, e))
}
