//! Reading a backup: the entries after n, in order, out of whichever file holds them whole, and what is wrong with which
//! file. Rows are given as they stand: whoever takes them verifies them.

use super::name::{self, SegmentName};
use super::segment::{Segment, damaged};
use super::target::{Folder, Target, fault};
use crate::ledger::{CountyId, Row};
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const READ: &str = "读备份";
/// How many rows are compared at once.
const PAGE: usize = 500;

/// A backup file that is not what it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Its name.
    pub file: String,
    /// The entry at which it shows; the file's first where it is the file as a whole.
    pub n: u64,
    /// What is wrong, without a full stop.
    pub why: String,
    /// Whether it is only an unfinished one without bytes, whose entries stand in another file.
    pub harmless: bool,
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: SegmentName,
    pub(super) size: u64,
}

/// The backup files of a folder, by their first entry; a folder with those of another county beside ours is refused.
pub(super) fn survey(target: &mut dyn Target) -> Result<Vec<Listed>, Fault> {
    let listed = target.list().map_err(|error| fault(READ, error))?;
    let mut files: Vec<Listed> = listed
        .into_iter()
        .filter_map(|(name, size)| Some(Listed { name: SegmentName::parse(&name)?, size }))
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if files.windows(2).any(|two| two[0].name.county != two[1].name.county) {
        return Err(Fault::new(
            FaultKind::NotOurs,
            "备份文件夹里混有几个县的备份",
            "没有写入任何内容；请给每个县各用一个文件夹",
        ));
    }
    Ok(files)
}

/// The ranges from 1 to `end` that no file with bytes holds.
pub(super) fn gaps(files: &[Listed], end: u64) -> Vec<(u64, u64)> {
    let mut out = Vec::new();
    let mut held = 0u64;
    let mut names: Vec<&SegmentName> = files.iter().filter(|f| f.size > 0).map(|f| &f.name).collect();
    names.sort();
    for name in names {
        if name.first > held.saturating_add(1) && held < end {
            out.push((held + 1, end.min(name.first - 1)));
        }
        held = held.max(name.last);
    }
    if held < end {
        out.push((held + 1, end));
    }
    out
}

/// Whether a folder holds a backup of ours, as far as its names tell.
pub fn holds_backup(folder: &Path) -> bool {
    Folder::at(folder).list().is_ok_and(|names| names.iter().any(|(n, _)| SegmentName::parse(n).is_some()))
}

/// The names of the backup files of a folder that hold anything, by their first entry.
///
/// # Errors
/// A folder that cannot be read, or that holds the backups of several counties.
pub fn names(folder: &Path) -> Result<Vec<SegmentName>, Fault> {
    let files = survey(&mut Folder::at(folder))?;
    Ok(files.into_iter().filter(|file| file.size > 0).map(|file| file.name).collect())
}

/// The entries of a backup.
pub struct Rows {
    target: Box<dyn Target>,
    workshop: PathBuf,
    county: CountyId,
    files: Vec<Listed>,
    open: Option<(usize, Segment)>,
    /// Files that were found wrong while they were read, by their place in `files`.
    wrong: Vec<(usize, String)>,
    /// From which n on rows came out of which file.
    served: Vec<(u64, usize)>,
    end: u64,
}

impl Rows {
    /// Opens a backup for reading. `workshop` is a folder of this PC for copies of its files while they are read; they
    /// are gone afterwards.
    ///
    /// # Errors
    /// A folder that cannot be read, holds no backup, or those of several counties; one in which no file can be read.
    pub fn open(mut target: Box<dyn Target>, workshop: &Path) -> Result<Rows, Fault> {
        let files = survey(target.as_mut())?;
        let end = files.iter().filter(|f| f.size > 0).map(|f| f.name.last).max().unwrap_or(0);
        let mut rows = Rows {
            target,
            workshop: workshop.to_owned(),
            county: CountyId([0; 16]),
            files,
            open: None,
            wrong: Vec::new(),
            served: Vec::new(),
            end,
        };
        if rows.end == 0 {
            return Err(Fault::new(
                FaultKind::NotOurs,
                "文件夹里没有救急的备份",
                "请检查路径；还没有备份的先用 jiuji backup 文件夹 做一次",
            ));
        }
        // A changed byte may stand in the very id: a file that is whole says it before one that is not.
        let (mut second, mut first_fault) = (None, None);
        for at in 0..rows.files.len() {
            match rows.load(at) {
                Ok(segment) if name::county_digits(segment.county) != rows.files[at].name.county => {
                    first_fault.get_or_insert_with(|| damaged("文件名与内容不是同一个县"));
                }
                Ok(segment) if segment.whole => {
                    rows.county = segment.county;
                    return Ok(rows);
                }
                Ok(segment) => second = second.or(Some(segment.county)),
                Err(fault) => {
                    first_fault.get_or_insert(fault);
                }
            }
        }
        match second {
            Some(county) => Ok(Rows { county, ..rows }),
            None => Err(first_fault.unwrap_or_else(|| damaged("备份文件都读不出来"))),
        }
    }

    /// Whose entries.
    pub fn county(&self) -> CountyId {
        self.county
    }

    /// The last entry that the names promise.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Reads no further than this entry.
    pub fn up_to(&mut self, n: u64) {
        self.end = self.end.min(n);
    }

    /// How many files hold entries, and the day of the last.
    pub fn files(&self) -> (usize, Option<crate::base::day::Day>) {
        let whole = || self.files.iter().filter(|file| file.size > 0);
        (whole().count(), whole().map(|file| file.name.day).max())
    }

    /// The ranges that are missing before the end.
    pub fn missing(&self) -> Vec<(u64, u64)> {
        gaps(&self.files, self.end)
    }

    /// The entries after `n`, in order, at most `limit`; none after the end. Not verified: that is the caller's duty.
    ///
    /// # Errors
    /// The folder is gone; the entry after `n` is missing or cannot be read, with the file's name.
    pub fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        let next = n.saturating_add(1);
        if next > self.end {
            return Ok(Vec::new());
        }
        let mut tried = BTreeSet::new();
        let mut first_fault = None;
        let limit = limit.min(usize::try_from(self.end - n).unwrap_or(usize::MAX));
        while let Some((at, segment)) = self.choose(next, &tried, &mut first_fault)? {
            match segment.after(n, limit) {
                Ok(rows) if rows.first().is_some_and(|row| row.n == next) => {
                    if self.served.last().is_none_or(|(_, file)| *file != at) {
                        self.served.push((next, at));
                    }
                    return Ok(rows);
                }
                Ok(_) => {
                    let fault = self.named(at, damaged(format!("文件里缺第 {next} 条")));
                    first_fault.get_or_insert(fault);
                }
                Err(fault) => {
                    let what = format!("第 {next} 条读不出来：{}", fault.what);
                    let fault = self.named(at, Fault { what, ..fault });
                    first_fault.get_or_insert(fault);
                }
            }
            tried.insert(at);
            self.open = None;
        }
        Err(first_fault.unwrap_or_else(|| self.gap(next)))
    }

    /// Out of which file the entry at `n` came.
    pub fn file_of(&self, n: u64) -> Option<String> {
        let served = self.served.iter().rev().find(|(from, _)| *from <= n);
        served.map(|(_, at)| self.text(*at))
    }

    /// The files that were found wrong while entries were read.
    pub fn wrong(&self) -> Vec<Bad> {
        let mut wrong: Vec<Bad> = self.wrong.iter().map(|(at, why)| self.bad(*at, None, why)).collect();
        wrong.extend((0..self.files.len()).filter_map(|at| self.empty(at)));
        wrong.sort_by_key(|bad| (bad.n, bad.file.clone()));
        wrong
    }

    /// Looks at every file, and at every entry in it beside those that this PC holds (`own`: those after n, in order).
    /// `told` hears up to which entry.
    ///
    /// # Errors
    /// The folder is gone; this PC's own entries cannot be read.
    pub fn inspect(
        &mut self,
        own: &mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>,
        told: &mut dyn FnMut(u64),
    ) -> Result<Vec<Bad>, Fault> {
        let mut found = Vec::new();
        for at in 0..self.files.len() {
            if let Some(empty) = self.empty(at) {
                found.push(empty);
                continue;
            }
            match self.load(at) {
                Ok(segment) if segment.county != self.county => {
                    found.push(self.bad(at, None, "是另一个县的"));
                }
                Ok(segment) => match differs(&segment, &self.files[at].name, own)? {
                    Some((n, why)) => found.push(self.bad(at, Some(n), &why)),
                    None if segment.whole => {}
                    None => found.push(self.bad(at, None, CHANGED)),
                },
                Err(fault) if is_the_files(&fault) => found.push(self.bad(at, None, &fault.what)),
                Err(fault) => return Err(fault),
            }
            told(self.files[at].name.last);
        }
        Ok(found)
    }

    /// The file to take the entry at `next` from: one that is whole before one that is not, and of those the one that
    /// goes on longest. None where no file is left to try.
    fn choose(
        &mut self,
        next: u64,
        tried: &BTreeSet<usize>,
        first_fault: &mut Option<Fault>,
    ) -> Result<Option<(usize, &Segment)>, Fault> {
        let serves = |at: usize, files: &[Listed]| {
            !tried.contains(&at) && files.get(at).is_some_and(|file| file.size > 0 && file.name.holds(next))
        };
        if !self.open.as_ref().is_some_and(|(at, _)| serves(*at, &self.files)) {
            let mut order: Vec<usize> = (0..self.files.len()).filter(|at| serves(*at, &self.files)).collect();
            order.sort_by_key(|at| std::cmp::Reverse(self.files[*at].name.last));
            let mut second = None;
            self.open = None;
            for at in order {
                match self.load(at) {
                    Ok(segment) if segment.county != self.county => self.note(at, "是另一个县的"),
                    Ok(segment) if segment.whole => {
                        self.open = Some((at, segment));
                        break;
                    }
                    Ok(segment) => {
                        self.note(at, CHANGED);
                        second.get_or_insert((at, segment));
                    }
                    Err(fault) if is_the_files(&fault) => {
                        self.note(at, &fault.what);
                        let what = format!("第 {next} 条读不出来：{}", fault.what);
                        let fault = self.named(at, Fault { what, ..fault });
                        first_fault.get_or_insert(fault);
                    }
                    Err(fault) => return Err(fault),
                }
            }
            self.open = self.open.take().or(second);
        }
        Ok(self.open.as_ref().map(|(at, segment)| (*at, segment)))
    }

    fn load(&mut self, at: usize) -> Result<Segment, Fault> {
        let name = self.files[at].name.clone();
        let bytes = match self.target.read(&name.to_string()) {
            Ok(bytes) => bytes,
            Err(error) => {
                // One file that cannot be read is its own fault, but not where the whole folder is gone.
                self.target.list().map_err(|error| fault(READ, error))?;
                return Err(Fault { source: Some(Box::new(error)), ..damaged("文件读不出来") });
            }
        };
        Segment::open(&name, &bytes, &self.workshop)
    }

    fn text(&self, at: usize) -> String {
        self.files.get(at).map(|file| file.name.to_string()).unwrap_or_default()
    }

    fn named(&self, at: usize, fault: Fault) -> Fault {
        Fault { what: format!("{}：{}", self.text(at), fault.what), ..fault }
    }

    fn note(&mut self, at: usize, why: &str) {
        if !self.wrong.iter().any(|(known, _)| *known == at) {
            self.wrong.push((at, why.to_owned()));
        }
    }

    fn bad(&self, at: usize, n: Option<u64>, why: &str) -> Bad {
        let first = self.files.get(at).map_or(0, |file| file.name.first);
        Bad { file: self.text(at), n: n.unwrap_or(first), why: why.to_owned(), harmless: false }
    }

    fn empty(&self, at: usize) -> Option<Bad> {
        let file = self.files.get(at).filter(|file| file.size == 0)?;
        let held = !gaps(&self.files, file.name.last).iter().any(|(_, last)| *last >= file.name.first);
        let why = if held {
            "空文件，写到一半断开时留下的；其中各条在别的文件里都有，可以删除"
        } else {
            "空文件，其中各条不在别的文件里"
        };
        Some(Bad { harmless: held, ..self.bad(at, None, why) })
    }

    fn gap(&self, next: u64) -> Fault {
        let later = self.files.iter().filter(|f| f.size > 0 && f.name.first > next).map(|f| f.name.first);
        let last = later.min().map_or(self.end, |first| first - 1);
        let before =
            self.files.iter().filter(|f| f.size > 0 && f.name.last < next).max_by_key(|f| f.name.last);
        let place = before.map_or_else(String::new, |file| format!("（在 {} 之后）", file.name));
        damaged(format!("备份缺第 {next} 至 {last} 条{place}"))
    }
}

const CHANGED: &str = "文件被改动：内容与文件名里的校验码不符";

/// Whether a fault lies in one backup file and not in this PC or the program's age.
fn is_the_files(fault: &Fault) -> bool {
    fault.kind == FaultKind::Damaged
}

/// The first entry of a file that is missing or is not the one that this PC holds, and how it shows.
fn differs(
    segment: &Segment,
    name: &SegmentName,
    own: &mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>,
) -> Result<Option<(u64, String)>, Fault> {
    let mut n = name.first - 1;
    let mut page = PAGE;
    while n < name.last {
        let next = n + 1;
        let rows = match segment.after(n, page) {
            Ok(rows) => rows,
            Err(_) if page > 1 => {
                page = 1;
                continue;
            }
            Err(fault) => return Ok(Some((next, format!("第 {next} 条读不出来：{}", fault.what)))),
        };
        let held = own(n, rows.len())?;
        for (at, row) in (next..).zip(&rows) {
            if row.n != at {
                return Ok(Some((at, format!("文件里缺第 {at} 条"))));
            }
            if let Some(held) = held.iter().find(|held| held.n == at)
                && !same(held, row)
            {
                return Ok(Some((at, format!("第 {at} 条与本机保存的不同"))));
            }
        }
        let Some(last) = rows.last() else {
            return Ok(Some((next, format!("文件里缺第 {next} 条"))));
        };
        n = last.n;
    }
    Ok(None)
}

/// Whether two rows are the same entry; a sealed part that was erased for good on one side makes no difference.
pub fn same(a: &Row, b: &Row) -> bool {
    let sealed = a.private == b.private || a.private.is_none() || b.private.is_none();
    a.n == b.n && a.cid == b.cid && a.body == b.body && a.hash == b.hash && a.sig == b.sig && sealed
}
