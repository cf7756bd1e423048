//! Tables as CSV: UTF-8 with a byte order mark, which is what Excel and WPS need to show Chinese, lines ended by CR LF.
//!
//! It must never write a cell that runs: see [`super::guard`]. A practice table has its mark in a line above the
//! headings.

use std::io::Write;

use super::{Column, ExportError, Table, guard, marked};

/// Writes the table; returns how many rows.
///
/// # Errors
/// [`ExportError`] of the writer below.
pub fn write<R, I>(table: Table<R>, out: I) -> Result<usize, ExportError>
where
    R: IntoIterator<Item = Vec<super::Value>>,
    I: Write,
{
    let mut out = out;
    out.write_all(&[0xef, 0xbb, 0xbf])?;
    let mut lines =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(out);
    if table.practice {
        lines.write_record([marked(&table.title, true)]).map_err(failed)?;
    }
    let heads = table.columns.iter().map(|Column { name, .. }| guard::add(name).into_owned());
    lines.write_record(heads).map_err(failed)?;
    let mut count = 0;
    for row in table.rows {
        lines
            .write_record(row.iter().map(|value| match value {
                // only text can be risky: a negative amount is a number and must stay one
                super::Value::Text(text) => guard::add(text).into_owned(),
                other => other.plain(),
            }))
            .map_err(failed)?;
        count += 1;
    }
    lines.flush()?;
    Ok(count)
}

fn failed(error: ::csv::Error) -> ExportError {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error.into(),
        _ => ExportError::Format("CSV".to_owned()),
    }
}
