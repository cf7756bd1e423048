//! Papers as XLSX on A4: the same model as the HTML print, for offices that finish a form in Excel or WPS.
//!
//! Every block is laid on one raster of narrow columns, its cells merged over as many as their share. All cells are
//! text; it must never write a formula and never leave a practice paper without its mark.

use std::io::{Seek, Write};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::paper::{Align, Block, CellKind, GridCell, Paper, PaperColumn, Signature};
use super::{ExportError, xlsx};
use crate::base::day::Day;
use crate::base::width;

/// How many narrow columns a page has.
const RASTER: u16 = 48;
/// How many screen columns (half the width of a Chinese character) fit on an upright page at the size used.
const UPRIGHT: usize = 92;
/// The same with the page on its side.
const LYING: usize = 136;
/// The height of one line, in points.
const LINE: u16 = 16;

/// Writes the paper. `made` is the day noted in the file; the same paper and day give the same bytes.
///
/// # Errors
/// [`ExportError`] of the writer below.
pub fn write<O: Write + Seek + Send>(paper: &Paper, made: Day, out: O) -> Result<(), ExportError> {
    let practice = paper.practice.is_some();
    let mut book = xlsx::workbook(&super::marked(&paper.title, practice), made)?;
    let page = book.add_worksheet();
    page.set_name(xlsx::sheet_name(&paper.title, practice))?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3);
    page.set_print_gridlines(false).set_screen_gridlines(false);
    if paper.landscape {
        page.set_landscape();
    }
    // an ampersand starts a code in a header
    let mark = paper.practice.as_deref().unwrap_or_default().replace('&', "&&");
    if practice {
        page.set_header(format!("&C&20{mark}"));
    }
    page.set_footer(format!("&L{mark}&R第&P页 共&N页"));
    let columns = if paper.landscape { LYING } else { UPRIGHT };
    for column in 0..RASTER {
        page.set_column_width(column, columns as f64 / f64::from(RASTER))?;
    }
    let mut form = Form { page, row: 0, columns };
    form.head(paper)?;
    for block in &paper.blocks {
        form.block(block)?;
    }
    for line in &paper.footer {
        form.line(&[(0, RASTER, line.as_str(), Format::new().set_font_size(9).set_text_wrap())], 1)?;
    }
    book.save_to_writer(out)?;
    Ok(())
}

struct Form<'a> {
    page: &'a mut Worksheet,
    row: u32,
    columns: usize,
}

impl Form<'_> {
    fn head(&mut self, paper: &Paper) -> Result<(), ExportError> {
        let title = super::marked(&paper.title, paper.practice.is_some());
        let big = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center);
        self.line(&[(0, RASTER, title.as_str(), big)], 2)?;
        for three in paper.header.chunks(3) {
            let texts: Vec<String> = three.iter().map(|(name, value)| format!("{name}：{value}")).collect();
            let places = places(&vec![1; three.len()]);
            let cells: Vec<_> = places
                .iter()
                .zip(&texts)
                .map(|((from, to), text)| (*from, *to, text.as_str(), Format::new().set_text_wrap()))
                .collect();
            self.line(&cells, 1)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), ExportError> {
        match block {
            Block::Heading(text) => {
                let bold = Format::new().set_bold().set_font_size(12).set_align(FormatAlign::VerticalCenter);
                self.line(&[(0, RASTER, text.as_str(), bold)], 1)
            }
            Block::Text(text) => {
                let plain = Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter);
                self.line(&[(0, RASTER, text.as_str(), plain)], 1)
            }
            Block::Grid { shares, rows } => self.grid(shares, rows),
            Block::Table { columns, rows, total } => self.table(columns, rows, total),
            Block::Signatures(places) => self.signatures(places),
        }
    }

    fn grid(&mut self, shares: &[u16], rows: &[Vec<GridCell>]) -> Result<(), ExportError> {
        let places = places(shares);
        for row in rows {
            let mut cells = Vec::new();
            let mut next = 0usize;
            let mut lines = 1;
            for cell in row {
                let last = (next + usize::from(cell.span.max(1)) - 1).min(places.len().saturating_sub(1));
                let (Some((from, _)), Some((_, to))) = (places.get(next), places.get(last)) else { break };
                cells.push((*from, *to, cell.text.as_str(), framed(cell.kind, cell.align)));
                lines = lines.max(cell.lines);
                next = last + 1;
            }
            self.line(&cells, lines)?;
        }
        Ok(())
    }

    fn table(
        &mut self,
        columns: &[PaperColumn],
        rows: &[Vec<String>],
        total: &[String],
    ) -> Result<(), ExportError> {
        let places = places(&columns.iter().map(|column| column.share).collect::<Vec<_>>());
        let heads: Vec<_> = places
            .iter()
            .zip(columns)
            .map(|((from, to), column)| {
                (*from, *to, column.name.as_str(), framed(CellKind::Label, Align::Center))
            })
            .collect();
        self.line(&heads, 1)?;
        let sum = (!total.is_empty()).then_some(total);
        for row in rows.iter().map(Vec::as_slice).chain(sum) {
            let cells: Vec<_> = places
                .iter()
                .zip(columns)
                .enumerate()
                .map(|(at, ((from, to), column))| {
                    let text = row.get(at).map_or("", String::as_str);
                    (*from, *to, text, framed(CellKind::Value, column.align))
                })
                .collect();
            self.line(&cells, 1)?;
        }
        Ok(())
    }

    fn signatures(&mut self, all: &[Signature]) -> Result<(), ExportError> {
        for three in all.chunks(3) {
            let texts: Vec<String> = three
                .iter()
                .map(|Signature { role, name, day }| {
                    let day = if day.is_empty() { "    年  月  日" } else { day };
                    format!("{role}：{name}\n{day}")
                })
                .collect();
            let places = places(&vec![1; three.len()]);
            let cells: Vec<_> = places
                .iter()
                .zip(&texts)
                .map(|((from, to), text)| {
                    let format = Format::new().set_text_wrap().set_align(FormatAlign::Bottom);
                    (*from, *to, text.as_str(), format)
                })
                .collect();
            self.line(&cells, 3)?;
        }
        Ok(())
    }

    /// One row of cells (from, to, text, format), as high as its fullest cell and at least so many lines.
    fn line(&mut self, cells: &[(u16, u16, &str, Format)], lines: u16) -> Result<(), ExportError> {
        let mut high = lines.max(1);
        for (from, to, text, format) in cells {
            let room = (self.columns * usize::from(to - from) / usize::from(RASTER)).saturating_sub(1).max(1);
            let needs: usize = text.lines().map(|line| width::width(line).div_ceil(room).max(1)).sum();
            high = high.max(u16::try_from(needs).unwrap_or(24).min(24));
            let text = xlsx::cut(text);
            if to - from > 1 {
                self.page.merge_range(self.row, *from, self.row, to - 1, &text, format)?;
            } else {
                self.page.write_string_with_format(self.row, *from, text, format)?;
            }
        }
        self.page.set_row_height(self.row, high * LINE + 2)?;
        self.row += 1;
        Ok(())
    }
}

fn framed(kind: CellKind, align: Align) -> Format {
    let format =
        Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let format = match align {
        Align::Left => format.set_align(FormatAlign::Left),
        Align::Center => format.set_align(FormatAlign::Center),
        Align::Right => format.set_align(FormatAlign::Right),
    };
    match kind {
        CellKind::Label => format.set_bold(),
        CellKind::Value => format,
    }
}

/// Where each share begins and ends on the raster; each gets one column at least.
fn places(shares: &[u16]) -> Vec<(u16, u16)> {
    let count = u16::try_from(shares.len()).unwrap_or(RASTER).min(RASTER);
    let sum: u32 = shares.iter().map(|share| u32::from((*share).max(1))).sum::<u32>().max(1);
    let mut places = Vec::new();
    let (mut before, mut from) = (0u32, 0u16);
    for (at, share) in (1..=count).zip(shares) {
        before += u32::from((*share).max(1));
        let wanted = u16::try_from(u32::from(RASTER) * before / sum).unwrap_or(RASTER);
        // room for what is still to come
        let to = wanted.max(from + 1).min(RASTER - (count - at));
        places.push((from, to));
        from = to;
    }
    places
}
