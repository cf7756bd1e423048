//! Small helpers over SQLite that every file of ours uses: pragmas set and read back, rows in and out of the table
//! `entry`. Opens nothing by itself.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::fault::{Fault, FaultKind};
use crate::ledger::{Cid, Hash, Head, Row};

/// "JiuJ": every SQLite file of ours carries it.
pub(crate) const APPLICATION_ID: u32 = 0x4A69_754A;

/// The table of entries: nothing else of the log is in SQL, and no index beyond the two.
pub(crate) const ENTRY_TABLE: &str = "CREATE TABLE entry(n INTEGER PRIMARY KEY, cid BLOB NOT NULL UNIQUE, \
     body TEXT NOT NULL, private BLOB, hash BLOB NOT NULL, sig BLOB NOT NULL) STRICT";

/// Pragmas that must hold while a file is open for writing, each read back.
const WRITING: [(&str, &str); 7] = [
    ("locking_mode", "normal"),
    ("journal_mode", "truncate"),
    ("synchronous", "2"),
    ("mmap_size", "0"),
    ("cell_size_check", "1"),
    ("trusted_schema", "0"),
    ("temp_store", "2"),
];

/// Sets the pragmas for writing and reads each back.
pub(crate) fn set_writing(db: &Connection) -> Result<(), Fault> {
    for (name, value) in WRITING {
        set(db, name, value)?;
    }
    Ok(())
}

/// Sets the pragmas for reading and reads each back.
pub(crate) fn set_reading(db: &Connection) -> Result<(), Fault> {
    for (name, value) in [("mmap_size", "0"), ("cell_size_check", "1"), ("trusted_schema", "0")] {
        set(db, name, value)?;
    }
    Ok(())
}

/// Sets a pragma and reads it back.
pub(crate) fn set(db: &Connection, name: &str, value: &str) -> Result<(), Fault> {
    let doing = "设置数据文件";
    db.pragma_update(None, name, value).map_err(|e| Fault::of_sql(doing, e))?;
    let is = db
        .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
        .map_err(|e| Fault::of_sql(doing, e))?;
    let is = match is {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    if is == value {
        Ok(())
    } else {
        Err(Fault::new(
            FaultKind::Bug,
            format!("数据文件的设置 {name} 没有生效（应为 {value}，实为 {is}）"),
            "没有写入任何内容；请更换磁盘位置或报告维护人员",
        ))
    }
}

/// The columns of `entry`, in the order that [`row`] reads them.
pub(crate) const COLUMNS: &str = "n, cid, body, private, hash, sig";

fn bytes<const N: usize>(row: &SqlRow<'_>, at: usize) -> rusqlite::Result<[u8; N]> {
    let blob: Vec<u8> = row.get(at)?;
    let found = blob.len();
    blob.try_into().map_err(|_| {
        rusqlite::Error::FromSqlConversionFailure(
            found,
            rusqlite::types::Type::Blob,
            format!("column {at} has {found} bytes instead of {N}").into(),
        )
    })
}

fn place(row: &SqlRow<'_>, at: usize) -> rusqlite::Result<u64> {
    let n: i64 = row.get(at)?;
    u64::try_from(n).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, n))
}

/// Reads one row of `entry`.
pub(crate) fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        n: place(row, 0)?,
        cid: Cid(bytes(row, 1)?),
        body: row.get(2)?,
        private: row.get(3)?,
        hash: Hash(bytes(row, 4)?),
        sig: bytes(row, 5)?,
    })
}

/// The rows after `n`, in order, at most `limit`.
pub(crate) fn rows_after(db: &Connection, n: u64, limit: usize) -> rusqlite::Result<Vec<Row>> {
    let sql = concat_select("WHERE n > ?1 ORDER BY n LIMIT ?2");
    let mut statement = db.prepare(&sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    statement.query_map(params![n, limit], row)?.collect()
}

/// Whether all pages of a file hold together, tables with their indices.
pub(crate) fn is_whole(db: &Connection) -> rusqlite::Result<bool> {
    let said: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(said == "ok")
}

/// The row of a command.
pub(crate) fn row_of(db: &Connection, cid: Cid) -> rusqlite::Result<Option<Row>> {
    let sql = concat_select("WHERE cid = ?1");
    db.query_row(&sql, params![cid.0.as_slice()], row).optional()
}

/// The last row.
pub(crate) fn last_row(db: &Connection) -> rusqlite::Result<Option<Row>> {
    let sql = concat_select("ORDER BY n DESC LIMIT 1");
    db.query_row(&sql, [], row).optional()
}

/// Place and hash of the row at `n`.
pub(crate) fn head_at(db: &Connection, n: u64) -> rusqlite::Result<Option<Head>> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    db.query_row("SELECT n, hash FROM entry WHERE n = ?1", params![n], |r| {
        Ok(Head { n: place(r, 0)?, hash: Hash(bytes(r, 1)?) })
    })
    .optional()
}

/// Appends a row.
pub(crate) fn insert(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO entry(n, cid, body, private, hash, sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        i64::try_from(row.n).unwrap_or(i64::MAX),
        row.cid.0.as_slice(),
        row.body,
        row.private,
        row.hash.0.as_slice(),
        row.sig.as_slice()
    ])?;
    Ok(())
}

fn concat_select(rest: &str) -> String {
    ["SELECT ", COLUMNS, " FROM entry ", rest].concat()
}
