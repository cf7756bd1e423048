//! Tables as XLSX: text as text cells, amounts as numbers with two places, days as dates, headings frozen.
//!
//! It must never write a formula, and never let a long number become a quantity: what is text here is text there.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::{ExportError, Kind, PRACTICE, Table, Value, marked};
use crate::base::day::Day;
use crate::base::width;

/// The most rows of one sheet of the format.
pub const MAX_ROWS: usize = 1_048_576;
/// The most letters of one cell of the format.
const MAX_LETTERS: usize = 32_767;

/// Writes the table as a workbook of one sheet; returns how many rows. `made` is the day noted in the file.
///
/// # Errors
/// [`ExportError::TooManyRows`] above a million rows; else [`ExportError`] of the writer below.
pub fn write<R, O>(table: Table<R>, made: Day, out: O) -> Result<usize, ExportError>
where
    R: IntoIterator<Item = Vec<Value>>,
    O: Write + Seek + Send,
{
    let mut book = workbook(&marked(&table.title, table.practice), made)?;
    let page = book.add_worksheet();
    page.set_name(sheet_name(&table.title, table.practice))?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let mut head = 0u32;
    if table.practice {
        page.write_string(0, 0, marked(&table.title, true))?;
        page.set_header(format!("&C【{PRACTICE}】"));
        head = 1;
    }
    let bold = Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    let kinds: Vec<(Kind, Format)> = table.columns.iter().map(|c| (c.kind, format_of(c.kind))).collect();
    let mut widths: Vec<usize> = Vec::new();
    for (at, column) in (0u16..).zip(&table.columns) {
        page.write_string_with_format(head, at, column.name.as_str(), &bold)?;
        widths.push(width::width(&column.name));
    }
    page.set_freeze_panes(head + 1, 0)?;
    page.set_repeat_rows(head, head)?;
    let mut count = 0usize;
    for (at, row) in (head + 1..).zip(table.rows) {
        if at as usize >= MAX_ROWS {
            return Err(ExportError::TooManyRows { limit: MAX_ROWS });
        }
        for (column, value) in (0u16..).zip(&row) {
            let format = kinds.get(usize::from(column)).map(|(_, format)| format);
            put(page, at, column, value, format)?;
            // the first rows are enough to see how wide a column is
            if count < 200
                && let Some(widest) = widths.get_mut(usize::from(column))
            {
                *widest = (*widest).max(width::width(&value.plain()));
            }
        }
        count += 1;
    }
    for (at, widest) in (0u16..).zip(widths) {
        page.set_column_width(at, u16::try_from(widest.clamp(6, 50) + 2).unwrap_or(20))?;
    }
    book.save_to_writer(out)?;
    Ok(count)
}

/// An empty workbook whose only stamp is the day it is told.
pub(super) fn workbook(title: &str, made: Day) -> Result<Workbook, ExportError> {
    let mut book = Workbook::new();
    let stamp = excel_day(made)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&stamp));
    Ok(book)
}

fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: Option<&Format>,
) -> Result<(), ExportError> {
    let plain = Format::new();
    let format = format.unwrap_or(&plain);
    match value {
        Value::Empty => {}
        Value::Text(text) => {
            page.write_string_with_format(row, column, cut(text), format)?;
        }
        // fen are exact in a float up to ninety million million, far above the largest amount
        Value::Money(money) => {
            page.write_number_with_format(row, column, money.fen() as f64 / 100.0, format)?;
        }
        Value::Integer(number) => {
            page.write_number_with_format(row, column, *number as f64, format)?;
        }
        Value::Day(day) => {
            page.write_datetime_with_format(row, column, &excel_day(*day)?, format)?;
        }
    }
    Ok(())
}

fn format_of(kind: Kind) -> Format {
    match kind {
        Kind::Text => Format::new().set_num_format("@"),
        Kind::Money => Format::new().set_num_format("#,##0.00"),
        Kind::Integer => Format::new().set_num_format("0"),
        Kind::Day => Format::new().set_num_format("yyyy-mm-dd"),
    }
}

fn excel_day(day: Day) -> Result<ExcelDateTime, ExportError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let (month, date) =
        (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day_of_month()).unwrap_or(1));
    Ok(ExcelDateTime::from_ymd(year, month, date)?)
}

/// The text as long as a cell allows.
pub(super) fn cut(text: &str) -> String {
    // the format counts UTF-16 units; a rare character is two
    let mut left = MAX_LETTERS;
    text.chars()
        .take_while(|letter| {
            let fits = left >= letter.len_utf16();
            left = left.saturating_sub(letter.len_utf16());
            fits
        })
        .collect()
}

/// A name the format takes for a sheet: at most 31 letters, none of `[ ] : * ? / \`, no apostrophe at an end.
pub(super) fn sheet_name(title: &str, practice: bool) -> String {
    let clean: String =
        title.chars().filter(|letter| !"[]:*?/\\'".contains(*letter) && !letter.is_control()).collect();
    let prefix = if practice { PRACTICE } else { "" };
    let mut left = 31 - prefix.chars().count();
    let mut name = prefix.to_owned();
    for letter in clean.trim().chars() {
        if left < letter.len_utf16() {
            break;
        }
        left -= letter.len_utf16();
        name.push(letter);
    }
    if name.is_empty() { "表".to_owned() } else { name }
}
