//! Reading spreadsheets: whatever an office sends (CSV in any of its encodings, XLS, XLSX) becomes rows of [`Cell`]s.
//!
//! It must never trust the file: size, rows, cells and unpacked size are capped before anything is believed, and
//! nothing in a file makes it panic. It must never guess silently: a workbook with two filled sheets is asked about,
//! and a text that fits no encoding is refused, not repaired. It knows nothing of grants; see `store::import`.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::day::Day;

mod book;
mod csv;
mod error;
mod inflate;
mod xls_guard;
mod zip_guard;

pub use error::SheetError;

/// The largest file that is read: 20 MB. A ledger of ten years of a county is under two.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of one sheet.
pub const MAX_ROWS: usize = 200_000;
/// The most columns of one sheet; what stands to the right of them is refused, not dropped.
pub const MAX_COLUMNS: usize = 256;
/// The most filled cells of one file.
pub const MAX_CELLS: usize = 4_000_000;
/// How many times larger than its packed size a part of an XLSX may be.
pub const MAX_ZIP_RATIO: u64 = 100;

/// One cell as the file holds it.
#[derive(Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// Text, as it stands.
    Text(String),
    /// A number that is not marked as a date.
    Number(f64),
    /// A number that the workbook shows as a date.
    Day(Day),
    /// A cell merged with the one above it, and what that one holds. For a name that is one person twice; for an
    /// amount it is not two amounts, so whoever reads must say which is meant.
    Covered(Box<Cell>),
}

impl Cell {
    /// Whether nothing stands in the cell.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(_) | Cell::Day(_) => false,
            Cell::Covered(top) => top.is_empty(),
        }
    }

    /// What a person would read in the cell, trimmed. Whole numbers have no point.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(number) => format!("{number}"),
            Cell::Day(day) => day.to_string(),
            Cell::Covered(top) => top.text(),
        }
    }
}

/// Cells hold names and numbers of people: the debug form tells the kind and the length only.
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => f.write_str("Empty"),
            Cell::Text(text) => write!(f, "Text({} chars)", text.chars().count()),
            Cell::Number(_) => f.write_str("Number"),
            Cell::Day(_) => f.write_str("Day"),
            Cell::Covered(top) => write!(f, "Covered({top:?})"),
        }
    }
}

/// How the file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// CSV in UTF-8.
    Utf8,
    /// CSV in UTF-8 with a byte order mark, as Excel writes "CSV UTF-8".
    Utf8Bom,
    /// CSV in GB18030, of which GBK and GB2312 are parts: what Excel and WPS write by default in China.
    Gb18030,
    /// "Unicode text" of Excel.
    Utf16,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
}

impl Encoding {
    /// The name for reports.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "CSV（UTF-8）",
            Encoding::Utf8Bom => "CSV（UTF-8，带BOM）",
            Encoding::Gb18030 => "CSV（GBK/GB18030）",
            Encoding::Utf16 => "文本（UTF-16）",
            Encoding::Xlsx => "XLSX",
            Encoding::Xls => "XLS",
        }
    }
}

/// Where a sheet came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's name without its folder.
    pub file: String,
    /// SHA-256 over the bytes of the whole file.
    pub sha256: [u8; 32],
    /// How it was written.
    pub encoding: Encoding,
}

/// One sheet: its rows from row 1 on, blank rows kept, so that `rows[n - 1]` is row n of the file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The sheet's name; empty for CSV.
    pub name: String,
    /// The rows; each as long as its last filled cell.
    pub rows: Vec<Vec<Cell>>,
    /// Where it came from.
    pub origin: Origin,
}

/// Reads the only filled sheet of a file.
///
/// # Errors
/// Any [`SheetError`]; [`SheetError::ManySheets`] when more than one sheet holds something.
pub fn read(path: &Path) -> Result<Sheet, SheetError> {
    only(read_all(path)?)
}

/// Reads the sheet of this name.
///
/// # Errors
/// Any [`SheetError`]; [`SheetError::NoSuchSheet`] names the sheets there are.
pub fn read_named(path: &Path, name: &str) -> Result<Sheet, SheetError> {
    let sheets = read_all(path)?;
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    sheets
        .into_iter()
        .find(|sheet| sheet.name.trim() == name.trim())
        .ok_or(SheetError::NoSuchSheet { wanted: name.trim().to_owned(), names })
}

/// Reads every filled sheet of a file, in their order.
///
/// # Errors
/// Any [`SheetError`].
pub fn read_all(path: &Path) -> Result<Vec<Sheet>, SheetError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = File::open(path).map_err(|error| SheetError::from_io(&name, &error))?;
    if file.metadata().is_ok_and(|facts| facts.is_dir()) {
        return Err(SheetError::Unreadable { file: name, why: "这是一个文件夹".to_owned() });
    }
    let mut bytes = Vec::new();
    // one byte more than allowed, so that a longer file is seen as such even when its size was not told
    let mut capped = file.take(MAX_BYTES as u64 + 1);
    capped.read_to_end(&mut bytes).map_err(|error| SheetError::from_io(&name, &error))?;
    all_from_bytes(&name, &bytes)
}

/// Reads the only filled sheet of a file that is already in memory; `name` is what reports call it.
///
/// # Errors
/// Any [`SheetError`].
pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    only(all_from_bytes(name, bytes)?)
}

/// Reads every filled sheet of a file that is already in memory.
///
/// # Errors
/// Any [`SheetError`].
pub fn all_from_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooBig);
    }
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    let (encoding, sheets) = if bytes.starts_with(b"PK") {
        zip_guard::check(bytes)?;
        (Encoding::Xlsx, book::xlsx(bytes)?)
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        (Encoding::Xls, book::xls(bytes)?)
    } else {
        let (encoding, rows) = csv::rows(bytes)?;
        (encoding, vec![(String::new(), rows)])
    };
    let origin = Origin { file: name.to_owned(), sha256: Sha256::digest(bytes).into(), encoding };
    let filled: Vec<Sheet> = sheets
        .into_iter()
        .filter(|(_, rows)| rows.iter().any(|row| row.iter().any(|cell| !cell.is_empty())))
        .map(|(name, rows)| Sheet { name, rows, origin: origin.clone() })
        .collect();
    if filled.is_empty() { Err(SheetError::Empty) } else { Ok(filled) }
}

fn only(mut sheets: Vec<Sheet>) -> Result<Sheet, SheetError> {
    if sheets.len() > 1 {
        return Err(SheetError::ManySheets { names: sheets.into_iter().map(|sheet| sheet.name).collect() });
    }
    sheets.pop().ok_or(SheetError::Empty)
}

/// The letter of a column as spreadsheets show it: 0 is `A`, 26 is `AA`.
pub fn column_letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// The index of a column letter, `A` is 0; small and full-width letters are read too.
pub fn column_index(letters: &str) -> Option<usize> {
    let folded = crate::base::fold::digits(letters.trim());
    if folded.is_empty() || folded.len() > 3 {
        return None;
    }
    let mut index = 0usize;
    for letter in folded.chars() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        index = index * 26 + (letter.to_ascii_uppercase() as usize - 'A' as usize + 1);
    }
    index.checked_sub(1)
}

#[cfg(test)]
mod tests;
