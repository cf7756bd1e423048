//! Papers as files. A name is made of 编号 and 表号 only, never of a person; nothing is ever overwritten, because a
//! clerk may have finished the paper by hand in the file that is there.

use super::{Printed, html};
use crate::store::export::{ExportError, PRACTICE, xlsx_form};
use crate::store::fault::{Fault, FaultKind};
use std::fs;
use std::io::{Cursor, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many prints of one paper a folder holds before it has to be tidied.
const MOST: u32 = 99;

/// The format of a printed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page for the browser's print key.
    Html,
    /// A form for Excel or WPS.
    Xlsx,
}

impl Format {
    /// The end of the file's name, and the word on the command line.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Xlsx => "xlsx",
        }
    }
}

/// Writes a paper into a folder, which is made where it is missing, and answers the file. `26-103-0117-F13.html`; the
/// same paper printed again unchanged is the same file, a changed one is `26-103-0117-F13-2.html`.
///
/// # Errors
/// A [`Fault`] of the disk or of the writer, or where the folder is full of prints of this paper.
pub fn write(printed: &Printed, folder: &Path, format: Format) -> Result<PathBuf, Fault> {
    let bytes = match format {
        Format::Html => html::page(&printed.paper).into_bytes(),
        Format::Xlsx => {
            let mut out = Cursor::new(Vec::new());
            xlsx_form::write(&printed.paper, printed.on, &mut out).map_err(fault)?;
            out.into_inner()
        }
    };
    put(printed, &bytes, folder, format)
}

/// Writes the sheets of a pad into one file.
///
/// # Errors
/// As [`write()`]; a pad without sheets.
pub fn write_pad(sheets: &[Printed], folder: &Path) -> Result<PathBuf, Fault> {
    if sheets.is_empty() {
        return Err(Fault::new(FaultKind::User, "这一本没有可以打印的空白单", "请另领用一本，再打印"));
    }
    write_sheets(sheets, folder)
}

/// Writes sheets into one file, each on a page of its own, under the name of the first; one alone as [`write()`] does.
///
/// # Errors
/// As [`write()`]; no sheets.
pub fn write_sheets(sheets: &[Printed], folder: &Path) -> Result<PathBuf, Fault> {
    let first = sheets.first().ok_or_else(|| Fault::bug("一张表也没有"))?;
    if sheets.len() == 1 {
        return write(first, folder, Format::Html);
    }
    let papers: Vec<_> = sheets.iter().map(|sheet| sheet.paper.clone()).collect();
    put(first, html::pages(&papers).as_bytes(), folder, Format::Html)
}

fn put(printed: &Printed, bytes: &[u8], folder: &Path, format: Format) -> Result<PathBuf, Fault> {
    fs::create_dir_all(folder).map_err(|error| Fault::of_io("建立打印文件夹", error))?;
    for copy in 1..=MOST {
        let path = folder.join(name(printed, copy, format));
        match fs::File::create_new(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                if let Err(error) = written {
                    // half a paper is worse than none; that it cannot be removed changes nothing of the fault
                    let _ = fs::remove_file(&path);
                    return Err(Fault::of_io("写打印文件", error));
                }
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|there| there == bytes) {
                    return Ok(path);
                }
            }
            Err(error) => return Err(Fault::of_io("写打印文件", error)),
        }
    }
    Err(Fault::new(
        FaultKind::User,
        format!("打印文件夹里{}已有{MOST}份", printed.code),
        "请移走旧的打印文件后再打印",
    ))
}

/// The file's name of the first or a later print. What no file system likes becomes a hyphen.
fn name(printed: &Printed, copy: u32, format: Format) -> String {
    let practice = if printed.paper.practice.is_some() { format!("{PRACTICE}-") } else { String::new() };
    let safe: String =
        printed.code.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let again = if copy > 1 { format!("-{copy}") } else { String::new() };
    format!("{practice}{safe}{again}.{}", format.ending())
}

fn fault(error: ExportError) -> Fault {
    match error {
        ExportError::Io(error) => Fault::of_io("写打印文件", error),
        other => Fault::bug(other.what()),
    }
}
