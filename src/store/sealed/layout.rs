//! Where the parts of a sealed file lie (布局). SQLite sees a file of the lengths it knows; on the disk each part is longer
//! by what sealing adds. Only arithmetic.

use crate::ledger::paged::EXTRA;

/// A page of the database; SQLite's default, which the replica keeps.
pub(super) const PAGE: u64 = 4096;
const WAL_HEAD: u64 = 32;
const FRAME_HEAD: u64 = 24;
const FRAME: u64 = FRAME_HEAD + PAGE;
const MORE: u64 = EXTRA as u64;

/// How a file is cut into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Pages, one after the other: the database, and what is written without order.
    Pages,
    /// A write-ahead log: its head, then frames of a head and a page.
    Wal,
}

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its place among the parts, from 0.
    pub(super) no: u64,
    /// Where it begins as SQLite counts.
    pub(super) from: u64,
    /// Its length as SQLite counts; the last part of a file may be shorter.
    pub(super) len: usize,
}

impl Part {
    /// Where it begins behind the file's own head.
    pub(super) fn stored(&self) -> u64 {
        self.from + self.no * MORE
    }
}

impl Layout {
    /// The part that holds a byte.
    pub(super) fn part(self, at: u64) -> Part {
        match self {
            Layout::Pages => {
                let no = at / PAGE;
                Part { no, from: no * PAGE, len: PAGE as usize }
            }
            Layout::Wal if at < WAL_HEAD => Part { no: 0, from: 0, len: WAL_HEAD as usize },
            Layout::Wal => {
                let frame = (at - WAL_HEAD) / FRAME;
                let from = WAL_HEAD + frame * FRAME;
                if at - from < FRAME_HEAD {
                    Part { no: 1 + 2 * frame, from, len: FRAME_HEAD as usize }
                } else {
                    Part { no: 2 + 2 * frame, from: from + FRAME_HEAD, len: PAGE as usize }
                }
            }
        }
    }

    /// How long a file is to SQLite, of which so many bytes are stored. What was cut short counts as far as it goes.
    pub(super) fn len(self, stored: u64) -> u64 {
        let (whole, rest, first) = match self {
            Layout::Pages => (0, stored, PAGE),
            Layout::Wal if stored <= WAL_HEAD + MORE => return stored.saturating_sub(MORE),
            Layout::Wal => (WAL_HEAD, stored - WAL_HEAD - MORE, FRAME_HEAD),
        };
        let (unit, seals) = if self == Layout::Pages { (PAGE, 1) } else { (FRAME, 2) };
        let (full, rest) = (rest / (unit + seals * MORE), rest % (unit + seals * MORE));
        let tail = if rest <= first + MORE {
            rest.saturating_sub(MORE)
        } else {
            first + (rest - first - MORE).saturating_sub(MORE)
        };
        whole + full * unit + tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_without_a_gap_here_and_on_the_disk() {
        for layout in [Layout::Pages, Layout::Wal] {
            let (mut at, mut stored) = (0, 0);
            for no in 0..50 {
                let part = layout.part(at);
                assert_eq!((part.no, part.from, part.stored()), (no, at, stored), "{layout:?}");
                for inside in [at, at + 1, at + part.len as u64 - 1] {
                    assert_eq!(layout.part(inside), part);
                }
                for len in [1, part.len as u64 - 1, part.len as u64] {
                    assert_eq!(
                        layout.len(stored + len + MORE),
                        at + len,
                        "{layout:?}, part {no}, {len} bytes"
                    );
                }
                assert_eq!(layout.len(stored + 1), at, "a torn part of no bytes");
                at += part.len as u64;
                stored += part.len as u64 + MORE;
            }
            assert_eq!(layout.len(0), 0);
        }
    }
}
