//! Reading the shared log beside its writers: the current publication, rows over several files, and the patience that
//! stale caches of network drives need.

use std::time::Duration;

use rusqlite::Connection;

use super::file::{self, Born};
use super::slip::{self, Publication};
use super::{Known, LOOK_EVERY, Share, no_log};
use crate::ledger::{Cid, Head, Row};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Written;
use crate::store::sql;

const READ: &str = "读取共享日志";

/// Waits between tries, milliseconds: short ones for a writer, then more than a second for a stale cache, three times.
const WAITS: [u64; 9] = [15, 30, 60, 100, 150, 250, 1_100, 1_100, 1_100];

impl Share {
    /// The highest complete publication, looked up anew: the folder is listed, for only a list tells the truth.
    pub(super) fn look_for_current(&mut self) -> Result<Publication, Fault> {
        let mut files: Vec<u32> = slip::list(self.drive(), &self.set.folder, READ)?
            .iter()
            .filter_map(|n| slip::parse_log(n))
            .collect();
        files.sort_unstable();
        for file in files.iter().rev() {
            let bytes = slip::read(self.drive(), &self.set.folder.join(slip::log_name(*file)), READ)?;
            if let Some(publication) = Publication::read(*file, &bytes) {
                let now = self.set.host.now();
                self.current = Some((publication.clone(), now));
                return Ok(publication);
            }
        }
        Err(no_log(&self.set.folder))
    }

    /// The current publication, looked up at least every 30 seconds.
    pub(super) fn current(&mut self) -> Result<Publication, Fault> {
        let now = self.set.host.now();
        match &self.current {
            Some((publication, seen)) if now.saturating_sub(*seen) < LOOK_EVERY => Ok(publication.clone()),
            _ => self.look_for_current(),
        }
    }

    /// The birth record of a file, judged once and remembered: it never changes. Remembered by its publication, for the
    /// number alone may come again: a log that was put back and then rebuilt gives it to another file.
    pub(super) fn born_of(&mut self, publication: &Publication) -> Result<Born, Fault> {
        if let Some((of, born)) = self.born.get(&publication.file)
            && of == publication
        {
            return Ok(born.clone());
        }
        let record = match self.read_patiently(publication, &mut file::born) {
            // A dead writer's journal does not touch the birth record: it stands in pages of its own since birth.
            // But its first page may already tell of pages that it did not live to write: then nothing can be read
            // until the next turn has rolled it back.
            Err(fault) if fault.kind == FaultKind::Busy => {
                file::read_as_is(self.drive(), &self.path(publication), &mut file::born).map_err(|_| fault)?
            }
            other => other?,
        };
        let born = file::judge_born(&record, &publication.hash, publication.file, self.set.county)?;
        self.born.insert(publication.file, (publication.clone(), born.clone()));
        Ok(born)
    }

    /// One read, tried again while somebody writes or a cache is stale.
    pub(super) fn read_patiently<T>(
        &mut self,
        publication: &Publication,
        read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Fault> {
        let path = self.path(publication);
        let mut stale = 0;
        self.counter = None;
        if self.doubts {
            return self.read_still(publication, read);
        }
        let mut seen = self.probed.take().filter(|(file, _)| *file == publication.file).map(|(_, seen)| seen);
        for wait in WAITS {
            match file::read_once_at(self.drive(), &path, seen.take(), read) {
                Err(fault) if fault.is_perhaps_stale() => {
                    // A few more tries are enough for any cache; what stays malformed is looked at in whole.
                    if fault.kind != FaultKind::Busy {
                        stale += 1;
                        if stale > 2 {
                            return self.read_still(publication, read);
                        }
                        self.set.host.sleep(Duration::from_millis(wait.max(400)));
                    } else if wait > 1_000 {
                        return Err(fault);
                    } else {
                        self.set.host.sleep(Duration::from_millis(wait));
                    }
                }
                other => {
                    let (header, value) = other?;
                    self.counter = Some(header.counter);
                    return Ok(value);
                }
            }
        }
        file::read_once(self.drive(), &path, None, read)
    }

    /// The last word on a file that could not be read right: all its bytes, the same twice more than a second apart and read
    /// past SQLite, are read as a copy on this PC. What is wrong there is wrong on the share.
    ///
    /// # Errors
    /// [`FaultKind::Busy`] where the bytes still move or somebody is writing.
    fn read_still<T>(
        &mut self,
        publication: &Publication,
        read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Fault> {
        let (database, journal) = self.still_bytes(&self.path(publication))?;
        if journal.is_some_and(|journal| file::is_live(&journal)) {
            return Err(Fault::busy("共享日志正在写入"));
        }
        self.with_copy(&database, None, |drive, copy| file::read_as_is(drive, copy, read))
    }

    /// Whether every page of every file of the log is what SQLite wrote: rows may all be there while an index that a write
    /// needs is spoilt.
    ///
    /// # Errors
    /// The drive is away, or somebody is writing.
    pub fn is_whole(&mut self) -> Result<bool, Fault> {
        for publication in self.segments(1)? {
            match self.read_still(&publication, &mut sql::is_whole) {
                Ok(true) => {}
                Err(fault) if fault.kind != FaultKind::Damaged => return Err(fault),
                Ok(false) | Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }

    /// A read of the current file. If a writer died in it, this desk takes a turn, empty, which rolls back what the
    /// dead one left.
    fn read_current<T>(
        &mut self,
        read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<(Publication, T), Fault> {
        for healed in [false, true] {
            let publication = self.current()?;
            match self.read_patiently(&publication, read) {
                Ok(value) => return Ok((publication, value)),
                Err(fault) if healed => return Err(fault),
                Err(fault) if fault.kind == FaultKind::Busy => match self.settle(Duration::from_secs(2)) {
                    Written::Done(_) => {}
                    Written::NotDone(_) | Written::Unknown(_) => return Err(fault),
                },
                Err(fault) => {
                    // Perhaps the file was superseded and removed since: look once more, and believe nothing known.
                    let known = publication;
                    self.current = None;
                    if self.look_for_current()? == known {
                        return Err(fault);
                    }
                }
            }
        }
        Err(Fault::busy("共享日志正在写入"))
    }

    /// The files that make up the log, the oldest first, each with the first n that lies beyond it.
    pub(super) fn segments(&mut self, needed_from: u64) -> Result<Vec<Publication>, Fault> {
        let mut publication = self.current()?;
        let mut out = Vec::new();
        loop {
            let born = self.born_of(&publication)?;
            out.push(publication);
            if born.first <= needed_from || born.follows == 0 {
                break;
            }
            publication = self.publication(born.follows)?;
        }
        out.reverse();
        Ok(out)
    }

    pub(super) fn publication(&self, file: u32) -> Result<Publication, Fault> {
        let bytes = slip::read(self.drive(), &self.set.folder.join(slip::log_name(file)), READ)?;
        Publication::read(file, &bytes)
            .ok_or_else(|| Fault::damaged(format!("找不到较早的日志文件 {file:04}")))
    }

    pub(super) fn read_after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        // The current file first: it tells whether a newer one came.
        let (current, (mut newest, last)) =
            self.read_current(&mut |db| Ok((sql::rows_after(db, n, limit)?, sql::last_row(db)?)))?;
        let counter = self.counter;
        self.only_settled(&current, last.as_ref(), &mut newest)?;
        let born = self.born_of(&current)?;
        let head = head_of(last.as_ref(), &born);
        self.last_head = Some(head);
        if !self.withheld {
            self.know(&current, counter, head);
        }
        if born.first <= n.saturating_add(1) || born.follows == 0 {
            return Ok(newest);
        }
        let mut rows = Vec::new();
        let segments = self.segments(n.saturating_add(1))?;
        for (at, publication) in segments.iter().enumerate() {
            // Whatever a sleeper may have put behind its end, a file counts up to where the next one begins.
            let end = match segments.get(at.saturating_add(1)) {
                Some(next) => self.born_of(next)?.first,
                None => u64::MAX,
            };
            let left = limit.saturating_sub(rows.len());
            if left == 0 {
                break;
            }
            if *publication == current {
                newest.truncate(left);
                rows.append(&mut newest);
            } else {
                let found = self.read_patiently(publication, &mut |db| sql::rows_after(db, n, left))?;
                rows.extend(found.into_iter().filter(|row| row.n < end));
            }
        }
        Ok(rows)
    }

    /// Takes note of the current file as the read or write that ended just now leaves it.
    pub(super) fn know(&mut self, publication: &Publication, counter: Option<u32>, head: Head) {
        self.known = None;
        let path = self.path(publication);
        if let Some(counter) = counter
            && let Ok(meta) = self.drive().meta(&path)
        {
            self.known = Some(Known { publication: publication.clone(), counter, meta, head });
        }
    }

    pub(super) fn read_cid(&mut self, cid: Cid) -> Result<Option<Row>, Fault> {
        let (current, (found, last)) =
            self.read_current(&mut |db| Ok((sql::row_of(db, cid)?, sql::last_row(db)?)))?;
        let mut found: Vec<Row> = found.into_iter().collect();
        self.only_settled(&current, last.as_ref(), &mut found)?;
        let found = found.pop();
        if found.is_some() {
            return Ok(found);
        }
        let mut older = self.segments(1)?;
        older.pop();
        for publication in older.iter().rev() {
            let found = self.read_patiently(publication, &mut |db| sql::row_of(db, cid))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    pub(super) fn read_head(&mut self) -> Result<Head, Fault> {
        let (publication, last) = self.read_current(&mut sql::last_row)?;
        let born = self.born_of(&publication)?;
        Ok(head_of(last.as_ref(), &born))
    }
}

/// The head of a file: its last row, or what came before its first.
pub(super) fn head_of(last: Option<&Row>, born: &Born) -> Head {
    match last {
        Some(row) => Head::of(row),
        None => Head { n: born.first.saturating_sub(1), hash: born.before },
    }
}
