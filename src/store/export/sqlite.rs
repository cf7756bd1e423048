//! Tables as a plain SQLite file: one table each under its Chinese title, amounts in whole fen, days as text.
//!
//! The file is for other programs: no log, no signature, nothing of ours can be restored from it. It must never touch
//! a file that is there already.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::{Connection, params_from_iter, types};

use super::{Column, ExportError, Kind, Table, Value, marked};

/// A SQLite file being written; nothing of it counts before [`SqliteFile::finish`].
pub struct SqliteFile {
    db: Connection,
}

impl SqliteFile {
    /// Makes the file.
    ///
    /// # Errors
    /// [`ExportError::Exists`] when there is one; else [`ExportError`].
    pub fn create(path: &Path) -> Result<SqliteFile, ExportError> {
        OpenOptions::new().write(true).create_new(true).open(path)?;
        let db = Connection::open(path).map_err(failed)?;
        db.execute_batch(
            "PRAGMA journal_mode=DELETE; BEGIN;
             CREATE TABLE \"说明\" (\"表\" TEXT NOT NULL, \"列\" TEXT, \"内容\" TEXT NOT NULL);",
        )
        .map_err(failed)?;
        Ok(SqliteFile { db })
    }

    /// Adds a table; returns how many rows.
    ///
    /// # Errors
    /// [`ExportError`]; a second table of one title is refused.
    pub fn add<R>(&mut self, table: Table<R>) -> Result<usize, ExportError>
    where
        R: IntoIterator<Item = Vec<Value>>,
    {
        let statements = statements(&table.title, &table.columns);
        self.db.execute_batch(&statements.create).map_err(failed)?;
        self.note(&table.title, None, &marked(&table.title, table.practice))?;
        for column in table.columns.iter().filter(|column| column.kind == Kind::Money) {
            self.note(&table.title, Some(&column.name), "单位：分")?;
        }
        let mut insert = self.db.prepare(&statements.insert).map_err(failed)?;
        let mut count = 0;
        for row in table.rows {
            insert.execute(params_from_iter(row.iter().map(held))).map_err(failed)?;
            count += 1;
        }
        Ok(count)
    }

    /// Makes what was added count.
    ///
    /// # Errors
    /// [`ExportError`] when the disk is full or the like.
    pub fn finish(self) -> Result<(), ExportError> {
        self.db.execute_batch("COMMIT;").map_err(failed)
    }

    fn note(&self, table: &str, column: Option<&str>, words: &str) -> Result<(), ExportError> {
        self.db
            .execute("INSERT INTO \"说明\" VALUES (?1, ?2, ?3)", (table, column, words))
            .map(|_| ())
            .map_err(failed)
    }
}

fn held(value: &Value) -> types::Value {
    match value {
        Value::Empty => types::Value::Null,
        Value::Text(text) => types::Value::Text(text.clone()),
        Value::Money(money) => types::Value::Integer(money.fen()),
        Value::Integer(number) => types::Value::Integer(*number),
        Value::Day(day) => types::Value::Text(day.to_string()),
    }
}

/// What makes a table and what fills it.
struct Statements {
    create: String,
    insert: String,
}

/// The only place where text of SQL is put together: a name can not be bound as a value, so each goes through
/// [`quoted`]; types and marks are fixed words. Values are always bound.
fn statements(title: &str, columns: &[Column]) -> Statements {
    let table = quoted(title);
    let column = |Column { name, kind }: &Column| {
        let held = if matches!(kind, Kind::Money | Kind::Integer) { "INTEGER" } else { "TEXT" };
        format!("{} {held}", quoted(name))
    };
    let made: Vec<String> = columns.iter().map(column).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    Statements {
        create: format!("CREATE TABLE {table} ({});", made.join(", ")),
        insert: format!("INSERT INTO {table} VALUES ({marks})"),
    }
}

/// An identifier in quotes: quotes within are doubled, and NUL, which would end the statement, is left out.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\"").replace('\0', ""))
}

/// A row that is refused may be told in the library's words with its values; only the kind of the error is passed on.
fn failed(error: rusqlite::Error) -> ExportError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => ExportError::Full,
        Some(code) => ExportError::Format(format!("SQLite {code:?}")),
        None => ExportError::Format("SQLite".to_owned()),
    }
}
