//! Writing tables for other programs: CSV, XLSX and plain SQLite files, and papers as XLSX.
//!
//! A table is a title, columns and a stream of rows; the writers take rows one by one, so that 100,000 of them need
//! no second copy here. They must never write anything a spreadsheet would run: text stays text. They must never
//! overwrite a file and know nothing of what the columns mean.

use std::fmt;

use crate::base::day::Day;
use crate::base::money::Money;

pub mod csv;
pub mod guard;
pub mod paper;
pub mod sqlite;
pub mod xlsx;
pub mod xlsx_form;

/// The word that every file of a practice office (练习) carries.
pub const PRACTICE: &str = "练习";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, also numbers that are no quantities: id numbers, accounts, case numbers.
    Text,
    /// Yuan with two places; SQLite holds fen.
    Money,
    /// A whole number.
    Integer,
    /// A day.
    Day,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column of this heading and kind.
    pub fn new(name: &str, kind: Kind) -> Column {
        Column { name: name.to_owned(), kind }
    }
}

/// One value of a row.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A whole number.
    Integer(i64),
    /// A day.
    Day(Day),
}

impl Value {
    /// Text, or nothing when it is empty.
    pub fn text(text: &str) -> Value {
        if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
    }

    /// The value as people read it: `1234.50`, `2026-03-02`.
    pub fn plain(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::Money(money) => money.plain(),
            Value::Integer(number) => number.to_string(),
            Value::Day(day) => day.to_string(),
        }
    }
}

/// Values are people's; the debug form tells the kind only.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Empty => "Empty",
            Value::Text(_) => "Text",
            Value::Money(_) => "Money",
            Value::Integer(_) => "Integer",
            Value::Day(_) => "Day",
        })
    }
}

/// A table to be written. `rows` is anything that gives rows as long as `columns`; it is run through once.
pub struct Table<R> {
    /// What it is; the name of the sheet or of the SQLite table.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: R,
    /// Whether it comes from a practice office and must say so.
    pub practice: bool,
}

/// The title with the practice mark where it belongs.
pub(super) fn marked(title: &str, practice: bool) -> String {
    if practice { format!("【{PRACTICE}】{title}") } else { title.to_owned() }
}

/// Why a file was not written.
#[derive(Debug)]
pub enum ExportError {
    /// A file of this name is there already; nothing is overwritten.
    Exists,
    /// The disk is full.
    Full,
    /// The system refused.
    Io(std::io::Error),
    /// More rows than the format holds.
    TooManyRows {
        /// How many it holds.
        limit: usize,
    },
    /// The writer of the format refused; its own words.
    Format(String),
}

impl ExportError {
    /// What is wrong, one Chinese sentence.
    pub fn what(&self) -> String {
        match self {
            ExportError::Exists => "同名文件已存在，没有覆盖。".to_owned(),
            ExportError::Full => "磁盘已满，文件没有写成。".to_owned(),
            ExportError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                "没有写入权限，或文件正被别的程序打开。".to_owned()
            }
            ExportError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
                "目标文件夹不存在。".to_owned()
            }
            ExportError::Io(error) => format!("文件没有写成：{error}。"),
            ExportError::TooManyRows { limit } => format!("超过{limit}行，这种格式放不下。"),
            ExportError::Format(words) => format!("文件没有写成：{words}。"),
        }
    }

    /// What to do now, one Chinese sentence.
    pub fn next(&self) -> &'static str {
        match self {
            ExportError::Exists => "请换一个文件名，或先移走原文件。",
            ExportError::Full => "请腾出空间，或换一个磁盘再导出。",
            ExportError::Io(_) => "请关闭正在打开它的程序，或换一个文件夹再导出。",
            ExportError::TooManyRows { .. } => "请改用CSV，或缩小时间范围再导出。",
            ExportError::Format(_) => "请换一种格式再导出。",
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.what(), self.next())
    }
}

impl std::error::Error for ExportError {}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> ExportError {
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => ExportError::Exists,
            std::io::ErrorKind::StorageFull => ExportError::Full,
            _ => ExportError::Io(error),
        }
    }
}

impl From<rust_xlsxwriter::XlsxError> for ExportError {
    fn from(error: rust_xlsxwriter::XlsxError) -> ExportError {
        match error {
            rust_xlsxwriter::XlsxError::IoError(error) => error.into(),
            rust_xlsxwriter::XlsxError::RowColumnLimitError => {
                ExportError::TooManyRows { limit: xlsx::MAX_ROWS }
            }
            other => ExportError::Format(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
