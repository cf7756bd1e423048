//! What an XLS will take in memory, before the library reads it.
//!
//! The library reserves room by figures from the file and lays cells on rectangles; a file of five kilobytes can ask
//! for seventy gigabytes, which no catching of panics survives. So the container (MS-CFB) and its records (BIFF) are
//! walked here first. It must never follow a chain in a circle nor allocate more than the file is long.

use super::{MAX_CELLS, SheetError};

/// The most sheets.
const MAX_SHEETS: usize = 256;
/// Ids above this end a chain.
const LAST_SECTOR: u32 = 0xffff_fffa;
/// Cells of one place: FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK, and their older numbers.
const CELLS: [u16; 10] = [0x0006, 0x0206, 0x0406, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e, 0x0002];

/// Refuses a workbook that would take too much room.
///
/// # Errors
/// [`SheetError::Damaged`], or [`SheetError::TooManyCells`].
pub(super) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let stream =
        Container::read(bytes).and_then(|container| container.workbook()).ok_or(SheetError::Damaged)?;
    let mut sheets = Vec::new();
    let mut area = records(&stream, 0, &mut sheets);
    if sheets.len() > MAX_SHEETS {
        return Err(SheetError::TooManyCells { what: "张工作表", limit: MAX_SHEETS });
    }
    for start in sheets {
        area = area.saturating_add(records(&stream, start, &mut Vec::new()));
    }
    if area > MAX_CELLS as u64 {
        return Err(SheetError::TooManyCells { what: "格", limit: MAX_CELLS });
    }
    Ok(())
}

/// Walks the records from `at` to the end of their part; returns the room they ask for, in cells, and adds where the
/// sheets begin.
fn records(stream: &[u8], start: usize, sheets: &mut Vec<usize>) -> u64 {
    let mut at = start;
    let mut depth = 0i64;
    let mut claimed = 0u64;
    let mut rows: Option<(u64, u64)> = None;
    let mut columns: Option<(u64, u64)> = None;
    while let (Some(id), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let from = at + 4;
        let Some(data) = stream.get(from..from + usize::from(length)) else { break };
        match id {
            // a chart inside a sheet has a beginning and an end of its own
            0x0809 => depth += 1,
            0x000a => {
                depth -= 1;
                if depth <= 0 {
                    break;
                }
            }
            0x0085 if sheets.len() <= MAX_SHEETS => {
                sheets.extend(u32_at(data, 0).and_then(|place| usize::try_from(place).ok()));
            }
            0x0200 => claimed = claimed.saturating_add(dimensions(data)),
            // MULRK goes on to the right for every six bytes
            0x00bd => widen(data, u64::from(length) / 6, &mut rows, &mut columns),
            _ if CELLS.contains(&id) => widen(data, 0, &mut rows, &mut columns),
            _ => {}
        }
        at = from + usize::from(length);
    }
    let span = |ends: Option<(u64, u64)>| ends.map_or(0, |(least, most)| most - least + 1);
    claimed.max(span(rows).saturating_mul(span(columns)))
}

fn widen(data: &[u8], more: u64, rows: &mut Option<(u64, u64)>, columns: &mut Option<(u64, u64)>) {
    let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
    for (ends, least, most) in
        [(rows, u64::from(row), u64::from(row)), (columns, u64::from(column), u64::from(column) + more)]
    {
        let (low, high) = ends.unwrap_or((least, most));
        *ends = Some((low.min(least), high.max(most)));
    }
}

fn dimensions(data: &[u8]) -> u64 {
    let short = |at: usize| u64::from(u16_at(data, at).unwrap_or(0));
    let long = |at: usize| u64::from(u32_at(data, at).unwrap_or(0));
    let (top, bottom, left, right) = if data.len() == 10 {
        (short(0), short(2), short(4), short(6))
    } else {
        (long(0), long(4), short(8), short(10))
    };
    // The library counts an end before its beginning round the end of its numbers, to four thousand million rows. Columns
    // it begins at 0 where they cannot be so.
    if right >= 1 && (1..top).contains(&bottom) {
        return u64::MAX;
    }
    let left = if left > 0xff || right < left { 0 } else { left };
    bottom.saturating_sub(top).saturating_add(1).saturating_mul(right.saturating_sub(left).saturating_add(1))
}

/// A compound file: sectors chained by a table.
struct Container<'a> {
    bytes: &'a [u8],
    size: usize,
    table: Vec<u32>,
}

impl<'a> Container<'a> {
    fn read(bytes: &'a [u8]) -> Option<Container<'a>> {
        let size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let most = bytes.len() / size + 1;
        let mut places: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + 4 * n)).collect();
        let mut container = Container { bytes, size, table: Vec::new() };
        let mut next = u32_at(bytes, 68)?;
        let mut steps = 0;
        while next < LAST_SECTOR {
            steps += 1;
            let mut more = numbers(container.sector(next).filter(|_| steps <= most)?);
            next = more.pop()?;
            places.extend(more);
        }
        for place in places.into_iter().filter(|place| *place < LAST_SECTOR) {
            let more = numbers(container.sector(place)?);
            container.table.extend(more);
            // a table longer than the file lists one sector twice
            if container.table.len() > most + size {
                return None;
            }
        }
        Some(container)
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        while next < LAST_SECTOR {
            out.extend_from_slice(self.sector(next)?);
            if out.len() > self.bytes.len() {
                return None;
            }
            next = *self.table.get(usize::try_from(next).ok()?)?;
        }
        Some(out)
    }

    /// The stream of the workbook, wherever it lies; every chain that the library will follow is followed here.
    fn workbook(&self) -> Option<Vec<u8>> {
        let entries = self.chain(u32_at(self.bytes, 48)?)?;
        let named = |wanted: &str| {
            entries.chunks(128).find(|entry| name(entry).is_some_and(|n| n.eq_ignore_ascii_case(wanted)))
        };
        let root = entries.get(..128)?;
        let small = u32_at(self.bytes, 64)? > 0;
        let minis = if small {
            (self.chain(u32_at(root, 116)?)?, self.chain(u32_at(self.bytes, 60)?)?)
        } else {
            Default::default()
        };
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let (start, length) = (u32_at(entry, 116)?, usize::try_from(u32_at(entry, 120)?).ok()?);
        if length >= 4096 {
            return self.chain(start);
        }
        let (stream, table) = (minis.0, numbers(&minis.1));
        let mut out = Vec::new();
        let mut next = start;
        while next < LAST_SECTOR {
            let from = usize::try_from(next).ok()?.checked_mul(64)?;
            out.extend_from_slice(stream.get(from..from.checked_add(64)?)?);
            if out.len() > stream.len() {
                return None;
            }
            next = *table.get(usize::try_from(next).ok()?)?;
        }
        Some(out)
    }
}

/// The name up to its first zero; the length that stands beside it is not believed by the library either.
fn name(entry: &[u8]) -> Option<String> {
    let units: Vec<u16> =
        (0..32).filter_map(|at| u16_at(entry, 2 * at)).take_while(|unit| *unit != 0).collect();
    String::from_utf16(&units).ok()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u16::from_le_bytes(two))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}
