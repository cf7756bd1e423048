//! One sealed file as SQLite sees it (加密文件): reads and writes at any place and of any length, over a file of the system.

use std::sync::Arc;

use rusqlite::ffi;

use super::FileKey;
use super::head;
use super::layout::{Layout, PAGE, Part};
use crate::ledger::paged::{EXTRA, NONCE, PartKey};

/// A code of SQLite's.
pub(super) type Code = i32;

/// The file below, as the system has it.
pub(super) trait Raw {
    /// Reads what is there, up to the length of `to`; how many bytes that were.
    fn read(&mut self, to: &mut [u8], at: u64) -> Result<usize, Code>;
    /// Writes.
    fn write(&mut self, from: &[u8], at: u64) -> Result<(), Code>;
    /// Cuts.
    fn truncate(&mut self, len: u64) -> Result<(), Code>;
    /// How long it is.
    fn size(&mut self) -> Result<u64, Code>;
}

/// What a file is for. It is bound into every part, so that no part of one passes for one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The database.
    Main = 1,
    /// Its write-ahead log.
    Wal = 2,
    /// Its journal.
    Journal = 3,
    /// What SQLite puts aside for a moment.
    Passing = 4,
}

/// A sealed file.
pub(super) struct Sealed<R> {
    raw: R,
    key: Arc<PartKey>,
    kind: Kind,
    /// 16 random bytes of this opening, then a count: never the same twice.
    nonce: [u8; NONCE],
    /// A part as it is stored.
    stored: Vec<u8>,
    /// A part of which SQLite reads or writes only some.
    plain: Vec<u8>,
}

impl<R: Raw> Sealed<R> {
    /// The database file: its key is opened with one of `keys`, oldest first, or made where the file is empty. `writable`
    /// is whether this opening may write.
    pub(super) fn main(mut raw: R, keys: &[FileKey], writable: bool) -> Result<Sealed<R>, Code> {
        let key = head::open(&mut raw, keys, writable)?;
        Sealed::with(raw, Arc::new(key), Kind::Main)
    }

    /// Another file of a database, under its key.
    pub(super) fn with(raw: R, key: Arc<PartKey>, kind: Kind) -> Result<Sealed<R>, Code> {
        let mut nonce = [0; NONCE];
        let (random, _) = nonce.split_at_mut(NONCE - 8);
        getrandom::fill(random).map_err(|_| ffi::SQLITE_IOERR)?;
        let stored = vec![0; PAGE as usize + EXTRA];
        Ok(Sealed { raw, key, kind, nonce, stored, plain: vec![0; PAGE as usize] })
    }

    /// A file that nobody opens again, under a key that is forgotten with it.
    pub(super) fn passing(raw: R) -> Result<Sealed<R>, Code> {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| ffi::SQLITE_IOERR)?;
        Sealed::with(raw, Arc::new(PartKey::new(&key)), Kind::Passing)
    }

    /// The key, for the other files of the database.
    pub(super) fn key(&self) -> Arc<PartKey> {
        self.key.clone()
    }

    /// The file below.
    pub(super) fn raw(&mut self) -> &mut R {
        &mut self.raw
    }

    /// Reads; whether all of it was there. The rest are zeroes.
    pub(super) fn read(&mut self, to: &mut [u8], at: u64) -> Result<bool, Code> {
        let (mut done, len) = (0, to.len());
        while let Some(rest) = to.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let part = self.layout().part(at + done as u64);
            let skip = (at + done as u64 - part.from) as usize;
            let want = rest.len().min(part.len - skip);
            let (now, behind) = rest.split_at_mut(want);
            let there = match self.read_part(&part, skip, now) {
                Err(Broken::Part) if self.may_be_broken(at, len) => {
                    now.fill(0);
                    behind.fill(0);
                    return Ok(true);
                }
                Err(Broken::Part) => return Err(ffi::SQLITE_CORRUPT),
                Err(Broken::Below(code)) => return Err(code),
                Ok(there) => there,
            };
            if there < want {
                now.iter_mut().skip(there).for_each(|byte| *byte = 0);
                behind.fill(0);
                return Ok(false);
            }
            done += want;
        }
        Ok(true)
    }

    /// Where a power cut may have torn a part and SQLite finds that out by itself: the head of the database, which it looks
    /// at before it reads the write-ahead log; frames that it reads whole to see how far the log goes; journals. It finds
    /// zeroes there, which are none of these.
    fn may_be_broken(&self, at: u64, len: usize) -> bool {
        match self.kind {
            Kind::Main => at == 0 && len < PAGE as usize,
            Kind::Wal => Layout::Wal.part(at).len != PAGE as usize,
            Kind::Journal | Kind::Passing => true,
        }
    }

    /// Writes.
    pub(super) fn write(&mut self, from: &[u8], at: u64) -> Result<(), Code> {
        if matches!(self.kind, Kind::Journal | Kind::Passing) {
            self.fill_up_to(at)?;
        }
        let mut done = 0;
        while let Some(rest) = from.get(done..).filter(|rest| !rest.is_empty()) {
            let part = self.layout().part(at + done as u64);
            let skip = (at + done as u64 - part.from) as usize;
            let want = rest.len().min(part.len - skip);
            let now = rest.get(..want).unwrap_or_default();
            if want == part.len {
                self.seal_part(&part, now)?;
            } else {
                self.change_part(&part, skip, now)?;
            }
            done += want;
        }
        Ok(())
    }

    /// Cuts.
    pub(super) fn truncate(&mut self, len: u64) -> Result<(), Code> {
        let part = self.layout().part(len);
        let keep = (len - part.from) as usize;
        let mut plain = vec![0; keep];
        if keep > 0 {
            self.read(&mut plain, part.from)?;
        }
        let stored = self.base() + part.stored();
        self.raw.truncate(stored)?;
        if keep > 0 { self.seal_part(&part, &plain) } else { Ok(()) }
    }

    /// How long it is to SQLite.
    pub(super) fn size(&mut self) -> Result<u64, Code> {
        let stored = self.raw.size()?.saturating_sub(self.base());
        Ok(self.layout().len(stored))
    }

    fn layout(&self) -> Layout {
        if self.kind == Kind::Wal { Layout::Wal } else { Layout::Pages }
    }

    /// What stands before the first part.
    fn base(&self) -> u64 {
        if self.kind == Kind::Main { head::LEN } else { 0 }
    }

    fn place(&self, part: &Part) -> [u8; 9] {
        let mut place = [0; 9];
        let (kind, no) = place.split_at_mut(1);
        kind.fill(self.kind as u8);
        no.copy_from_slice(&part.no.to_le_bytes());
        place
    }

    /// Reads the bytes of a part from `skip` on; how many there are.
    fn read_part(&mut self, part: &Part, skip: usize, to: &mut [u8]) -> Result<usize, Broken> {
        if skip == 0 && to.len() == part.len {
            return self.open_part(part, Some(to));
        }
        let there = self.open_part(part, None)?;
        let some = self.plain.get(skip..there).unwrap_or_default();
        let count = some.len().min(to.len());
        to.iter_mut().zip(some).for_each(|(to, byte)| *to = *byte);
        Ok(count)
    }

    /// Opens a part into `to`, or into `plain`; how many bytes it has. A part that was never written is zeroes.
    fn open_part(&mut self, part: &Part, to: Option<&mut [u8]>) -> Result<usize, Broken> {
        let (at, place) = (self.base() + part.stored(), self.place(part));
        let room = self.stored.get_mut(..part.len + EXTRA).ok_or(Broken::Below(ffi::SQLITE_IOERR))?;
        let there = self.raw.read(room, at).map_err(Broken::Below)?;
        if there == 0 {
            return Ok(0);
        }
        let stored = room.get(..there).unwrap_or_default();
        let len = there.checked_sub(EXTRA).ok_or(Broken::Part)?;
        let to = to.unwrap_or(self.plain.as_mut_slice()).get_mut(..len).ok_or(Broken::Part)?;
        if self.key.open(&place, stored, to).is_err() {
            return if stored.iter().all(|byte| *byte == 0) { Ok(len) } else { Err(Broken::Part) };
        }
        Ok(len)
    }

    /// Seals a part, whole or as the last of the file.
    fn seal_part(&mut self, part: &Part, plain: &[u8]) -> Result<(), Code> {
        let (at, place, nonce) = (self.base() + part.stored(), self.place(part), self.next_nonce());
        let room = self.stored.get_mut(..plain.len() + EXTRA).ok_or(ffi::SQLITE_IOERR_WRITE)?;
        self.key.seal(&place, &nonce, plain, room).map_err(|_| ffi::SQLITE_IOERR_WRITE)?;
        self.raw.write(room, at)
    }

    /// Writes some bytes of a part: it is opened, changed and sealed again.
    fn change_part(&mut self, part: &Part, skip: usize, now: &[u8]) -> Result<(), Code> {
        let there = match self.open_part(part, None) {
            Ok(there) => there,
            // What a power cut left behind the end of a log or a journal is nothing to SQLite either.
            Err(Broken::Part) if self.kind != Kind::Main => 0,
            Err(Broken::Part) => return Err(ffi::SQLITE_IOERR_WRITE),
            Err(Broken::Below(code)) => return Err(code),
        };
        let len = there.max(skip + now.len());
        let mut plain = std::mem::take(&mut self.plain);
        plain.iter_mut().take(skip).skip(there).for_each(|byte| *byte = 0);
        plain.iter_mut().skip(skip).zip(now).for_each(|(to, byte)| *to = *byte);
        let sealed = self.seal_part(part, plain.get(..len).unwrap_or_default());
        self.plain = plain;
        sealed
    }

    /// Before something is written behind the end: a last part that is not whole becomes so, for a part is opened as far as
    /// bytes are stored.
    fn fill_up_to(&mut self, at: u64) -> Result<(), Code> {
        let end = self.size()?;
        let part = self.layout().part(end);
        let whole = part.from + part.len as u64;
        if at <= end || end == part.from {
            return Ok(());
        }
        let zeroes = vec![0; (whole.min(at) - end) as usize];
        self.change_part(&part, (end - part.from) as usize, &zeroes)
    }

    fn next_nonce(&mut self) -> [u8; NONCE] {
        let (_, count) = self.nonce.split_at_mut(NONCE - 8);
        for byte in count {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
        self.nonce
    }
}

/// Why a part cannot be read.
enum Broken {
    /// It is not what was sealed there.
    Part,
    /// The file below says so.
    Below(Code),
}
