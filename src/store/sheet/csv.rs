//! Text files: their encoding, their separator, their cells.
//!
//! The records are cut here and not by a library because a blank line must keep its number: the row that a report
//! names is the row that Excel shows. It must never replace a character it cannot read.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Cell, Encoding, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError};

/// The rows of a text file and how it was written.
pub(super) fn rows(bytes: &[u8]) -> Result<(Encoding, Vec<Vec<Cell>>), SheetError> {
    let (encoding, text) = decode(bytes)?;
    Ok((encoding, split(&text, separator(&text))?))
}

fn decode(bytes: &[u8]) -> Result<(Encoding, String), SheetError> {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return utf8(rest).map(|text| (Encoding::Utf8Bom, text));
    }
    for (mark, encoding) in [([0xff, 0xfe], UTF_16LE), ([0xfe, 0xff], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text
                .map(|text| (Encoding::Utf16, text.into_owned()))
                .ok_or(SheetError::Encoding { line: 1 });
        }
    }
    // pictures, programs and databases have zero bytes; no text of an office has
    if bytes.contains(&0) {
        return Err(SheetError::NotASheet);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Encoding::Utf8, text.to_owned()));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((Encoding::Gb18030, text.into_owned())),
        None => Err(SheetError::Encoding { line: first_bad_line(bytes) }),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, SheetError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(SheetError::Encoding { line: 1 + good.iter().filter(|byte| **byte == b'\n').count() })
        }
    }
}

/// Lines end in the same byte in both encodings, so each can be tried alone.
fn first_bad_line(bytes: &[u8]) -> usize {
    let bad = bytes
        .split(|byte| *byte == b'\n')
        .position(|line| GB18030.decode_without_bom_handling_and_without_replacement(line).is_none());
    bad.map_or(1, |index| index + 1)
}

/// Comma, tab or semicolon: whichever the first lines use most; a comma when none.
fn separator(text: &str) -> char {
    let head = || text.lines().take(20).flat_map(str::chars);
    let count = |wanted: char| head().filter(|letter| *letter == wanted).count();
    [',', '\t', ';'].into_iter().rev().max_by_key(|letter| count(*letter)).unwrap_or(',')
}

fn split(text: &str, separator: char) -> Result<Vec<Vec<Cell>>, SheetError> {
    let mut cutter = Cutter::default();
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted => {
                if letters.peek() == Some(&'"') {
                    letters.next();
                    cutter.field.push('"');
                } else {
                    quoted = false;
                }
            }
            '"' if cutter.field.is_empty() => quoted = true,
            _ if quoted => cutter.field.push(letter),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => cutter.end_row()?,
            _ if letter == separator => cutter.end_cell()?,
            _ => cutter.field.push(letter),
        }
    }
    if !cutter.field.is_empty() || !cutter.row.is_empty() {
        cutter.end_row()?;
    }
    Ok(cutter.rows)
}

#[derive(Default)]
struct Cutter {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    field: String,
    cells: usize,
}

impl Cutter {
    fn end_cell(&mut self) -> Result<(), SheetError> {
        let text = std::mem::take(&mut self.field);
        let cell = if text.trim().is_empty() { Cell::Empty } else { Cell::Text(unguard(&text).to_owned()) };
        self.row.push(cell);
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(SheetError::TooManyCells { what: "格", limit: MAX_CELLS });
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        self.end_cell()?;
        let mut row = std::mem::take(&mut self.row);
        super::book::trim(&mut row);
        if row.len() > MAX_COLUMNS {
            return Err(SheetError::TooManyCells { what: "列", limit: MAX_COLUMNS });
        }
        if self.rows.len() >= MAX_ROWS {
            return Err(SheetError::TooManyCells { what: "行", limit: MAX_ROWS });
        }
        self.rows.push(row);
        Ok(())
    }
}

/// Takes off the apostrophe that `store::export` puts before what a spreadsheet would take for a formula.
fn unguard(text: &str) -> &str {
    crate::store::export::guard::strip(text)
}
