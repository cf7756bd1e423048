//! What an XLSX will unpack to, before anything unpacks it.
//!
//! The central directory of the archive tells the sizes; what it tells is then measured, because a directory made to
//! harm tells lies. It must never allocate by a figure from the file.

use super::{MAX_ZIP_RATIO, SheetError, inflate};

/// Parts smaller than this may have any ratio: an empty sheet packs very well.
const SMALL: u64 = 1024 * 1024;
/// The most that all parts together may unpack to.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;
/// The most that a part may unpack to which is held in memory whole, as shared strings and styles are; sheets stream.
const MAX_HELD: u64 = 64 * 1024 * 1024;
/// The most parts: a workbook has a few per sheet.
const MAX_PARTS: usize = 4096;

const END: [u8; 4] = [0x50, 0x4b, 0x05, 0x06];
const ENTRY: [u8; 4] = [0x50, 0x4b, 0x01, 0x02];
const LOCAL: [u8; 4] = [0x50, 0x4b, 0x03, 0x04];

struct Part {
    flags: u16,
    method: u16,
    packed: u64,
    unpacked: u64,
    local: usize,
    streams: bool,
}

/// Refuses an archive that unpacks to too much, is locked, or is no archive.
///
/// # Errors
/// [`SheetError::Bomb`], [`SheetError::Locked`], [`SheetError::Damaged`].
pub(super) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let parts = directory(bytes).ok_or(SheetError::Damaged)?;
    if parts.len() > MAX_PARTS {
        return Err(SheetError::Bomb);
    }
    let mut total = 0u64;
    for part in &parts {
        total = total.saturating_add(part.unpacked);
        let ratio = part.unpacked / part.packed.max(1);
        let heavy = total > MAX_UNPACKED || (!part.streams && part.unpacked > MAX_HELD);
        if heavy || (part.unpacked > SMALL && ratio > MAX_ZIP_RATIO) {
            return Err(SheetError::Bomb);
        }
        if part.flags & 1 != 0 {
            return Err(SheetError::Locked);
        }
        let data = data_of(bytes, part).ok_or(SheetError::Damaged)?;
        let real = match part.method {
            0 => data.len() as u64,
            8 => inflate::unpacked_size(data, part.unpacked).ok_or(SheetError::Bomb)?,
            _ => return Err(SheetError::Damaged),
        };
        if real > part.unpacked {
            return Err(SheetError::Bomb);
        }
    }
    Ok(())
}

fn directory(bytes: &[u8]) -> Option<Vec<Part>> {
    // a comment of up to 64 KB may follow the end record
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..)?;
    let end = from + tail.windows(4).rposition(|window| window == END)?;
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = usize::try_from(u32_at(bytes, end + 16)?).ok()?;
    let mut parts = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != ENTRY {
            return None;
        }
        let name = bytes.get(at + 46..at + 46 + usize::from(u16_at(bytes, at + 28)?))?;
        parts.push(Part {
            streams: name.windows(11).any(|window| window == b"worksheets/"),
            flags: u16_at(bytes, at + 8)?,
            method: u16_at(bytes, at + 10)?,
            packed: u64::from(u32_at(bytes, at + 20)?),
            unpacked: u64::from(u32_at(bytes, at + 24)?),
            local: usize::try_from(u32_at(bytes, at + 42)?).ok()?,
        });
        let skip = usize::from(u16_at(bytes, at + 28)?)
            + usize::from(u16_at(bytes, at + 30)?)
            + usize::from(u16_at(bytes, at + 32)?);
        at += 46 + skip;
    }
    Some(parts)
}

fn data_of<'a>(bytes: &'a [u8], part: &Part) -> Option<&'a [u8]> {
    let at = part.local;
    if bytes.get(at..at.checked_add(4)?)? != LOCAL {
        return None;
    }
    let start = at + 30 + usize::from(u16_at(bytes, at + 26)?) + usize::from(u16_at(bytes, at + 28)?);
    bytes.get(start..start.checked_add(usize::try_from(part.packed).ok()?)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u16::from_le_bytes(two))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}
