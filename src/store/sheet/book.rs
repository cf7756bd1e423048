//! Workbooks: XLSX cell by cell, XLS sheet by sheet, through calamine.
//!
//! XLSX is read as a stream of cells and never as a rectangle: one cell in the last corner of a sheet would make a
//! rectangle of seventeen thousand million. A defect of the library must never reach the user: it is caught here and
//! becomes "damaged".

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, Xls, XlsError, Xlsx, XlsxError, open_workbook_from_rs};

use super::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError};
use crate::base::day::Day;

/// The sheets of a workbook: name and rows.
type Sheets = Vec<(String, Vec<Vec<Cell>>)>;

/// Reads an XLSX whose unpacked size was checked before.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Sheets, SheetError> {
    guarded(|| {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| xlsx_error(&e))?;
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            let mut grid = Grid::default();
            let mut reader = match book.worksheet_cells_reader(&name) {
                Ok(reader) => reader,
                // a chart on a sheet of its own is no table
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(xlsx_error(&error)),
            };
            while let Some(cell) = reader.next_cell().map_err(|e| xlsx_error(&e))? {
                let (row, column) = cell.get_position();
                let value = from_ref(cell.get_value());
                if !value.is_empty() {
                    grid.put(row, column, value)?;
                }
            }
            drop(reader);
            if let Ok(merges) = book.merge_cells_by_sheet_name(&name) {
                for merge in merges {
                    grid.spread(merge.start, merge.end);
                }
            }
            sheets.push((name, grid.rows()));
        }
        Ok(sheets)
    })
}

/// Reads an XLS: at most 65,536 rows of 256 columns by its format.
pub(super) fn xls(bytes: &[u8]) -> Result<Sheets, SheetError> {
    // a workbook with a password is packed as a container of this kind too
    let packed: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(packed.len()).any(|window| window == packed) {
        return Err(SheetError::Locked);
    }
    super::xls_guard::check(bytes)?;
    guarded(|| {
        let mut book: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => SheetError::Locked,
            XlsError::Cfb(_) => SheetError::NotASheet,
            _ => SheetError::Damaged,
        })?;
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).map_err(|_| SheetError::Damaged)?;
            let mut grid = Grid::default();
            let (top, left) = range.start().unwrap_or((0, 0));
            for (row, column, value) in range.used_cells() {
                let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(top);
                let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(left);
                let value = from_data(value);
                if !value.is_empty() {
                    grid.put(row, column, value)?;
                }
            }
            for merge in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
                grid.spread(merge.start, merge.end);
            }
            sheets.push((name, grid.rows()));
        }
        Ok(sheets)
    })
}

/// Files are hostile and the library is large: should it panic, the file is damaged and the desk goes on.
fn guarded(read: impl FnOnce() -> Result<Sheets, SheetError>) -> Result<Sheets, SheetError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(SheetError::Damaged))
}

fn xlsx_error(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Locked,
        XlsxError::FileNotFound(_) => SheetError::OtherFormat,
        _ => SheetError::Damaged,
    }
}

fn text(value: &str) -> Cell {
    if value.trim().is_empty() { Cell::Empty } else { Cell::Text(value.to_owned()) }
}

fn date(value: &calamine::ExcelDateTime) -> Cell {
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    let known = if value.is_datetime() && value.as_f64() >= 1.0 {
        Day::new(i32::from(year), u32::from(month), u32::from(day))
    } else {
        None
    };
    known.map_or(Cell::Number(value.as_f64()), Cell::Day)
}

fn from_ref(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(value) => text(if *value { "是" } else { "否" }),
        DataRef::DateTime(value) => date(value),
        DataRef::Error(_) => text("#错误"),
        DataRef::Empty => Cell::Empty,
    }
}

fn from_data(value: &Data) -> Cell {
    match value {
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(value) | Data::DateTimeIso(value) | Data::DurationIso(value) => text(value),
        Data::Bool(value) => text(if *value { "是" } else { "否" }),
        Data::DateTime(value) => date(value),
        Data::Error(_) => text("#错误"),
        Data::Empty => Cell::Empty,
    }
}

/// Cells by place; rows that hold nothing take no room.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<usize, Vec<Cell>>,
    /// Cells that take room, filled or to the left of a filled one.
    taken: usize,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, value: Cell) -> Result<(), SheetError> {
        let (row, column) = (row as usize, column as usize);
        if row >= MAX_ROWS {
            return Err(SheetError::TooManyCells { what: "行", limit: MAX_ROWS });
        }
        if column >= MAX_COLUMNS {
            return Err(SheetError::TooManyCells { what: "列", limit: MAX_COLUMNS });
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            self.taken += column + 1 - cells.len();
            if self.taken > MAX_CELLS {
                return Err(SheetError::TooManyCells { what: "格", limit: MAX_CELLS });
            }
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = value;
        }
        Ok(())
    }

    /// A cell merged over several rows speaks for each of them; the width of a merge is only looks. Rows that hold
    /// nothing else stay empty.
    fn spread(&mut self, start: (u32, u32), end: (u32, u32)) {
        let column = start.1 as usize;
        let top = self.rows.get(&(start.0 as usize)).and_then(|cells| cells.get(column)).cloned();
        let (Some(value), true) = (top, end.0 > start.0) else { return };
        if value.is_empty() {
            return;
        }
        for (_, cells) in self.rows.range_mut(start.0 as usize + 1..=end.0 as usize) {
            // a row that ends to the left of the merge was written without its blank cells
            if cells.len() == column {
                cells.push(Cell::Empty);
            }
            if let Some(cell) = cells.get_mut(column).filter(|cell| cell.is_empty()) {
                *cell = Cell::Covered(Box::new(value.clone()));
            }
        }
    }

    fn rows(self) -> Vec<Vec<Cell>> {
        let height = self.rows.keys().next_back().map_or(0, |last| last + 1);
        let mut rows = vec![Vec::new(); height];
        for (index, mut cells) in self.rows {
            trim(&mut cells);
            if let Some(row) = rows.get_mut(index) {
                *row = cells;
            }
        }
        rows
    }
}

/// Cuts the empty cells at the end of a row.
pub(super) fn trim(row: &mut Vec<Cell>) {
    let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    row.truncate(filled);
}
