//! Where the entries lie in a log file (页图): the bytes of each row's columns, and which rows a page holds something of.
//! Read from the file itself, page by page as SQLite's format describes it, so that the layer can say of any byte what it
//! was; never used to judge.

use crate::store::fault::Fault;
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes of a page.
pub(super) const PAGE: usize = 4096;
const TABLE_LEAF: u8 = 0x0d;
const TABLE_INNER: u8 = 0x05;

/// What lies where.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// The columns of each row, as pieces of the file.
    pieces: Vec<(Range<usize>, u64)>,
    /// The rows of which a page holds something, by the page's number from 0.
    pages: BTreeMap<usize, (u64, u64)>,
}

impl Map {
    /// Reads the map of the table whose root is the page of this number, from 1.
    ///
    /// # Errors
    /// The file is not whole.
    pub(super) fn read(file: &[u8], root: usize) -> Result<Map, Fault> {
        let mut map = Map::default();
        map.tree(file, root, 0).ok_or_else(|| Fault::damaged("总检读不懂日志文件的页"))?;
        map.pieces.sort_unstable_by_key(|(piece, _)| piece.start);
        Ok(map)
    }

    /// The row in whose columns a byte lies.
    pub(super) fn row_at(&self, at: usize) -> Option<u64> {
        let next = self.pieces.partition_point(|(piece, _)| piece.start <= at);
        let (piece, n) = self.pieces.get(next.checked_sub(1)?)?;
        piece.contains(&at).then_some(*n)
    }

    /// The first and last row of which the page around a byte holds something.
    pub(super) fn rows_near(&self, at: usize) -> Option<(u64, u64)> {
        self.pages.get(&(at / PAGE)).copied()
    }

    /// How many bytes are columns of rows.
    pub(super) fn bytes(&self) -> usize {
        self.pieces.iter().map(|(piece, _)| piece.len()).sum()
    }

    fn tree(&mut self, file: &[u8], page: usize, depth: usize) -> Option<()> {
        let start = page.checked_sub(1)? * PAGE;
        let head = start + if page == 1 { 100 } else { 0 };
        let kind = *file.get(head)?;
        let cells = usize::from(u16::from_be_bytes([*file.get(head + 3)?, *file.get(head + 4)?]));
        let pointers = head + if kind == TABLE_INNER { 12 } else { 8 };
        for at in 0..cells {
            let spot = pointers + 2 * at;
            let cell = start + usize::from(u16::from_be_bytes([*file.get(spot)?, *file.get(spot + 1)?]));
            match kind {
                TABLE_INNER if depth < 20 => self.tree(file, number(file, cell)?, depth + 1)?,
                TABLE_LEAF => self.cell(file, cell)?,
                _ => return None,
            }
        }
        if kind == TABLE_INNER { self.tree(file, number(file, head + 8)?, depth + 1) } else { Some(()) }
    }

    fn cell(&mut self, file: &[u8], cell: usize) -> Option<()> {
        let (size, used) = varint(file, cell)?;
        let (n, more) = varint(file, cell + used)?;
        let size = usize::try_from(size).ok()?;
        let payload = cell + used + more;
        let (header, _) = varint(file, payload)?;
        let local = local(size);
        self.piece(payload + usize::try_from(header).ok()?..payload + local, n);
        let mut left = size.checked_sub(local)?;
        let mut page = if left > 0 { number(file, payload + local)? } else { 0 };
        while left > 0 {
            let start = page.checked_sub(1)? * PAGE;
            let here = left.min(PAGE - 4);
            self.piece(start + 4..start + 4 + here, n);
            left -= here;
            page = number(file, start)?;
        }
        Some(())
    }

    fn piece(&mut self, piece: Range<usize>, n: u64) {
        let near = self.pages.entry(piece.start / PAGE).or_insert((n, n));
        *near = (near.0.min(n), near.1.max(n));
        self.pieces.push((piece, n));
    }
}

/// How much of a payload lies in its leaf.
fn local(size: usize) -> usize {
    let (most, least) = (PAGE - 35, (PAGE - 12) * 32 / 255 - 23);
    if size <= most {
        return size;
    }
    let rest = least + (size - least) % (PAGE - 4);
    if rest <= most { rest } else { least }
}

fn number(file: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = file.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// SQLite's integer of one to nine bytes, and how many.
fn varint(file: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut value = 0u64;
    for place in 0..8 {
        let byte = *file.get(at + place)?;
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    Some((value << 8 | u64::from(*file.get(at + 8)?), 9))
}
