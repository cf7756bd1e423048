//! Copying (备份): the entries that the folder does not hold yet, verified, as new files. What was there before is never
//! touched; wherever a copy is cut off, the next one goes on.

use super::DESK_DIGITS;
use super::index;
use super::name::{self, SegmentName};
use super::rows::{Bad, Listed, gaps, same, survey};
use super::segment::{self, Segment, damaged};
use super::target::{Target, fault, put};
use crate::base::day::Stamp;
use crate::ledger::{Break, CountyId, DeskId, Head, Row};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use std::path::Path;

/// Bytes of entries at which a file is closed, so that a copy that is cut off loses little and every file fits a stick.
pub const SEGMENT: usize = 16 << 20;
/// How many rows are read at once.
const PAGE: usize = 500;
const WRITE: &str = "写备份";
const READ: &str = "读备份";

/// What a copy is made with.
pub struct Copying<'a> {
    /// Whose entries.
    pub county: CountyId,
    /// This desk.
    pub desk: DeskId,
    /// This desk's clock.
    pub now: Stamp,
    /// A folder of this PC for building files.
    pub workshop: &'a Path,
    /// [`SEGMENT`].
    pub segment: usize,
    /// Judges an entry after the one before it: what does not hold is not copied.
    pub sound: &'a mut dyn FnMut(&Row, &Head) -> Result<(), Break>,
    /// Hears up to which entry the folder holds them.
    pub told: &'a mut dyn FnMut(u64),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The last entry that the folder holds now.
    pub head: Head,
    /// How many entries are new in it.
    pub entries: u64,
    /// How many files are new in it.
    pub files: usize,
    /// Files that were found damaged on the way; their entries were written anew.
    pub damaged: Vec<Bad>,
}

/// Brings the folder up to the last entry that this PC holds. Only one copy at a time may run on a PC.
///
/// # Errors
/// The folder cannot be read or written, holds another county's backup, entries that this PC has not, or other entries
/// than this PC's: nothing is written then. An entry of this PC that does not hold.
pub fn copy(target: &mut dyn Target, own: &Entries, set: Copying<'_>) -> Result<Copied, Fault> {
    let files = survey(target)?;
    if files.first().is_some_and(|file| file.name.county != name::county_digits(set.county)) {
        return Err(another_county());
    }
    let end = own.head()?;
    let done = Copied { head: end, entries: 0, files: 0, damaged: Vec::new() };
    let mut work = Work { target, own, set, files, done };
    let newest = work.newest()?;
    if let Some(newest) = &newest {
        work.compare(newest)?;
    }
    drop(newest);
    work.remove_unfinished()?;
    for (first, last) in gaps(&work.files, end.n) {
        work.fill(first, last)?;
    }
    work.keep_index()?;
    Ok(work.done)
}

struct Work<'a, 'b> {
    target: &'a mut dyn Target,
    own: &'a Entries,
    set: Copying<'b>,
    files: Vec<Listed>,
    done: Copied,
}

impl Work<'_, '_> {
    /// The file with the last entry, opened. One that is damaged is noted and counts as missing from here on.
    fn newest(&mut self) -> Result<Option<(SegmentName, Segment)>, Fault> {
        loop {
            let newest = self.files.iter().filter(|file| file.size > 0).max_by_key(|file| file.name.last);
            let Some(name) = newest.map(|file| file.name.clone()) else { return Ok(None) };
            let bytes = self.target.read(&name.to_string()).map_err(|error| fault(READ, error))?;
            let why = match Segment::open(&name, &bytes, self.set.workshop) {
                // A changed byte may stand in the very id: only a whole file is another county's.
                Ok(segment) if segment.whole && segment.county != self.set.county => {
                    return Err(another_county());
                }
                Ok(segment) if segment.whole => return Ok(Some((name, segment))),
                Ok(_) => "文件被改动：内容与文件名里的校验码不符".to_owned(),
                Err(fault) if fault.kind == FaultKind::Damaged => fault.what,
                Err(fault) => return Err(fault),
            };
            self.files.retain(|file| file.name != name);
            self.done.damaged.push(Bad { file: name.to_string(), n: name.first, why, harmless: false });
        }
    }

    /// The folder must hold the beginning of what this PC holds: no more, and nothing else.
    fn compare(&mut self, (name, segment): &(SegmentName, Segment)) -> Result<(), Fault> {
        let own = self.own.head()?;
        let at = name.last.min(own.n);
        let here = at.checked_sub(1).map(|before| self.own.after(before, 1)).transpose()?;
        let here = here.and_then(|rows| rows.into_iter().next());
        let there =
            if at >= name.first { segment.after(at - 1, 1)?.into_iter().next() } else { self.row_there(at)? };
        let forked = match (&here, &there) {
            (Some(here), Some(there)) => !same(here, there),
            (Some(_), None) => return Err(damaged(format!("{name}：文件里缺第 {at} 条"))),
            (None, _) => false,
        };
        if forked {
            return Err(Fault::new(
                FaultKind::Damaged,
                format!("备份文件夹里的第 {at} 条与本机的不同：两份记录从这里之前分了叉"),
                "没有写入任何内容；请留好这个备份，报告县局管理员核对，备份请另用一个文件夹",
            ));
        }
        if name.last > own.n {
            return Err(Fault::new(
                FaultKind::Older,
                format!("备份已到第 {} 条，本机只到第 {} 条，备份比本机新", name.last, own.n),
                "没有写入任何内容；请先联机取新再备份，本机或共享盘若是恢复的旧数据，报告县局管理员",
            ));
        }
        Ok(())
    }

    /// The entry at `n` out of an older file of the folder.
    fn row_there(&mut self, n: u64) -> Result<Option<Row>, Fault> {
        let names: Vec<SegmentName> =
            self.files.iter().filter(|f| f.size > 0 && f.name.holds(n)).map(|f| f.name.clone()).collect();
        for name in names {
            let bytes = self.target.read(&name.to_string()).map_err(|error| fault(READ, error))?;
            if let Ok(segment) = Segment::open(&name, &bytes, self.set.workshop)
                && let Ok(mut rows) = segment.after(n - 1, 1)
                && let Some(row) = rows.pop()
            {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// Removes what this desk left half written. Another desk's may be at work.
    fn remove_unfinished(&mut self) -> Result<(), Fault> {
        let ending = part_name("", self.set.desk);
        for (name, _) in self.target.list().map_err(|error| fault(READ, error))? {
            if name.starts_with("jiuji-") && name.ends_with(&ending) {
                self.target.remove(&name).map_err(|error| fault(WRITE, error))?;
            }
        }
        Ok(())
    }

    /// Writes the entries from `first` to `last`, in as many files as they need.
    fn fill(&mut self, first: u64, last: u64) -> Result<(), Fault> {
        let mut head = Head::genesis(self.set.county);
        if let Some(before) = first.checked_sub(2) {
            let rows = self.own.after(before, 1)?;
            head = rows.first().map(Head::of).ok_or_else(|| own_gap(first - 1))?;
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut bytes = 0;
        while head.n < last {
            let page = self.own.after(head.n, PAGE)?;
            if page.is_empty() {
                return Err(own_gap(head.n + 1));
            }
            for row in page.into_iter().take_while(|row| row.n <= last) {
                (self.set.sound)(&row, &head).map_err(|broken| unsound(row.n, &broken))?;
                head = Head::of(&row);
                bytes += row.body.len() + row.private.as_ref().map_or(0, Vec::len) + ROW_OVERHEAD;
                rows.push(row);
                if bytes >= self.set.segment {
                    self.write(&rows)?;
                    rows.clear();
                    bytes = 0;
                }
            }
        }
        if rows.is_empty() { Ok(()) } else { self.write(&rows) }
    }

    fn write(&mut self, rows: &[Row]) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
        let set = &self.set;
        let mut made_ms = set.now.0;
        let (name, bytes) = loop {
            let bytes = segment::build(set.workshop, set.county, set.desk, made_ms, rows)?;
            let name = SegmentName::of(set.county, first.n, last.n, set.now.day(), &bytes);
            let text = name.to_string();
            match put(self.target, &text, &part_name(&text, set.desk), &bytes, false) {
                Ok(()) => break (name, bytes),
                // The same bytes were written in the same millisecond and damaged since: that file stays as it is.
                Err(fault) if fault.kind == FaultKind::Busy && made_ms < set.now.0 + TRIES => made_ms += 1,
                Err(fault) => return Err(fault),
            }
        };
        self.files.push(Listed { name, size: u64::try_from(bytes.len()).unwrap_or(u64::MAX) });
        self.files.sort_by(|a, b| a.name.cmp(&b.name));
        self.done.files += 1;
        self.done.entries += u64::try_from(rows.len()).unwrap_or(0);
        (self.set.told)(last.n);
        Ok(())
    }

    fn keep_index(&mut self) -> Result<(), Fault> {
        let text = index::text(self.set.county, &self.done.head, &self.files);
        // A list that cannot be read is as good as one that differs.
        if self.target.read(index::NAME).is_ok_and(|bytes| bytes == text.as_bytes()) {
            return Ok(());
        }
        let part = part_name(index::NAME, self.set.desk);
        put(self.target, index::NAME, &part, text.as_bytes(), true)
    }
}

/// How often a name that is taken is made anew.
const TRIES: i64 = 3;
/// What a row takes in a file besides its texts.
const ROW_OVERHEAD: usize = 128;

fn part_name(name: &str, desk: DeskId) -> String {
    let digits: String = desk.to_string().chars().take(DESK_DIGITS).collect();
    format!("{name}.{digits}.part")
}

fn another_county() -> Fault {
    Fault::new(
        FaultKind::NotOurs,
        "这个文件夹里已有另一个县（或另一次建库）的备份",
        "没有写入任何内容；请换一个文件夹",
    )
}

fn own_gap(n: u64) -> Fault {
    Fault::damaged(format!("本机保存的记录缺第 {n} 条，没有备份"))
}

fn unsound(n: u64, broken: &Break) -> Fault {
    Fault::damaged(format!("本机保存的第 {n} 条记录不成立，没有备份：{broken}"))
}
