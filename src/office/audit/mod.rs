//! The audit (核验): a whole log proved for a supervisor in one line and for an auditor in a report, from wherever it lies,
//! without an account and without writing anything. It judges as every desk does ([`crate::office::desk::verify`]), checks
//! the books, and gathers what stands in the log about officers, keys and roles.
//!
//! It must never open a private part, and never take a turn.

pub mod beside;
pub mod chronicle;
mod later;
pub mod place;
pub mod report;
mod told;
pub mod words;

use super::backup::signed::{self, Record};
use super::desk::verify::{Verified, verify_watched};
use super::keybook::KeyBook;
use super::{order, setup};
use crate::domain::command::Command;
use crate::ledger::{Body, CountyId, Hash, Head};
use crate::store::backup::Bad;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Replica;
use crate::store::replica::views::books::Checked;
use beside::Original;
use chronicle::Chronicle;
use place::{Place, Source};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is held against the log besides itself.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The head on a printed sheet: does the log still hold it?
    pub sheet: Option<Head>,
    /// The root fingerprint from paper.
    pub root: Option<String>,
    /// Where the tables made from the log are written, for whoever asks them himself. No private part is in them.
    pub tables: Option<PathBuf>,
}

/// What a printed sheet's head came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetVerdict {
    /// The log holds it, and as many entries behind it.
    Holds {
        /// Entries written since.
        since: u64,
    },
    /// Another hash stands there: history was written anew.
    Differs(Hash),
    /// The log does not reach there: it was cut, or is an older copy.
    Short,
}

/// What was found.
pub struct Audit {
    /// Whose log.
    pub county: CountyId,
    /// What was read.
    pub what: String,
    /// What has to be known besides: files passed over, branches in files that are no longer the log.
    pub notes: Vec<String>,
    /// Integrity and authority.
    pub found: Verified,
    /// What the log tells.
    pub chronicle: Chronicle,
    /// The books.
    pub books: Vec<Checked>,
    /// Accounts and their balances in fen.
    pub accounts: Vec<(String, i64)>,
    /// Marks that the county has settled: the entry, and the one that settled it.
    pub settled: BTreeMap<u64, u64>,
    /// The first bad row as somebody else holds it.
    pub original: Option<Original>,
    /// Files of a backup that are not what they must be.
    pub wrong: Vec<Bad>,
    /// In which of them the first bad row stands.
    pub broken_in: Option<String>,
    /// Drills that officers signed.
    pub drills: Vec<Record>,
    /// What was said of the printed sheet.
    pub sheet: Option<(Head, SheetVerdict)>,
    /// Whether the root fingerprint from paper is the log's.
    pub root: Option<bool>,
    /// Whether it is an office for practice.
    pub practice: bool,
}

impl Audit {
    /// Whether the books are as they must be.
    pub fn books_hold(&self) -> bool {
        self.books.iter().all(|check| check.bad.is_empty())
    }

    /// Whether nothing is wrong at all.
    pub fn is_clean(&self) -> bool {
        self.found.broken.is_none()
            && self.found.marks.is_empty()
            && self.books_hold()
            && self.wrong.iter().all(|bad| bad.harmless)
            && self.drills.iter().all(|drill| drill.good)
            && self.sheet.as_ref().is_none_or(|(_, said)| matches!(said, SheetVerdict::Holds { .. }))
            && self.root != Some(false)
    }

    /// The line for a supervisor.
    pub fn line(&self) -> String {
        let entries = match &self.found.broken {
            None => format!("记录 {} 条完好", self.found.head.n),
            Some(broken) => format!("第 {} 条起损坏，前 {} 条完好", broken.n, self.found.head.n),
        };
        let marked = match (self.found.marks.len(), self.open_marks()) {
            (0, _) => "没有违规标记".to_owned(),
            (all, open) => format!("违规标记 {all} 处（未处理 {open} 处）"),
        };
        let bad: usize = self.books.iter().map(|check| check.bad.len()).sum();
        let books = if bad == 0 { "账实相符".to_owned() } else { format!("账目不符 {bad} 处") };
        format!("{entries}，{marked}，{books}")
    }

    /// Marks that wait for the county.
    pub fn open_marks(&self) -> usize {
        self.found.marks.iter().filter(|mark| !self.settled.contains_key(&mark.n)).count()
    }
}

/// Proves a log. `beside` are places that may hold the original of a bad row; `told` hears up to which entry it is done.
///
/// # Errors
/// A log that cannot be read at all; one that a newer program wrote.
pub fn audit(
    mut place: Place,
    asked: &Asked,
    beside: &mut [Place],
    told: &mut dyn FnMut(u64),
) -> Result<Audit, Fault> {
    let county = place.county;
    let mut replica = Replica::in_memory()?;
    let mut chronicle = Chronicle::default();
    let mut at_sheet = None;
    let mut practice = false;
    let wanted = asked.sheet.as_ref().map(|head| head.n);
    let mut around = place.around();
    let mut destroyed = None;
    let found = verify_watched(
        county,
        &mut |after, limit| place.after(after, limit),
        told,
        &mut replica,
        None,
        &mut |seen| {
            chronicle.take(seen);
            if Some(seen.row.n) == wanted {
                at_sheet = Some(seen.row.hash);
            }
            if seen.row.n == 1
                && let Ok(Command::Found(found)) = order::command_of(&seen.body.command)
            {
                practice = found.practice;
            }
        },
        &mut |head| {
            let others = around.iter_mut().chain(beside.iter_mut());
            let found = later::book(county, head, others)?;
            Ok(found.map(|(book, what)| {
                destroyed = Some(what);
                book
            }))
        },
    )?;
    if let Some(what) = destroyed {
        place.notes.push(format!("有的条目的密封部分后来按规定销毁了，销毁的记录在{what}"));
    } else if found.broken.as_ref().is_some_and(|broken| broken.code == "emptied") && place.may_go_on() {
        place.notes.push(later::ASK.to_owned());
    }
    if let Some(file) = &asked.tables {
        replica.write_plain(file)?;
    }
    let sheet = asked.sheet.map(|head| (head, compare(&head, at_sheet, &found)));
    let root = asked.root.as_ref().map(|typed| chronicle.root.as_ref() == Some(typed));
    let mut audit = Audit {
        county,
        what: std::mem::take(&mut place.what),
        notes: std::mem::take(&mut place.notes),
        books: replica.books()?,
        accounts: replica.accounts()?,
        settled: replica.marks_settled()?,
        chronicle,
        original: None,
        wrong: Vec::new(),
        broken_in: None,
        drills: Vec::new(),
        sheet,
        root,
        practice,
        found,
    };
    audit.look_beside(&mut place, beside)?;
    audit.of_its_kind(&mut place)?;
    Ok(audit)
}

fn compare(head: &Head, there: Option<Hash>, found: &Verified) -> SheetVerdict {
    match there {
        Some(hash) if hash == head.hash => SheetVerdict::Holds { since: found.head.n - head.n },
        Some(hash) => SheetVerdict::Differs(hash),
        None => SheetVerdict::Short,
    }
}

impl Audit {
    /// The original of the first bad row, where one of the places holds it.
    fn look_beside(&mut self, place: &mut Place, beside: &mut [Place]) -> Result<(), Fault> {
        let Some(broken) = &self.found.broken else { return Ok(()) };
        if beside.iter().all(|other| other.county != self.county) {
            return Ok(());
        }
        let mut keys = KeyBook::default();
        while keys.n() < self.found.head.n {
            let rows = place.after(keys.n(), 500)?;
            for row in rows.iter().filter(|row| row.n <= self.found.head.n) {
                keys.take_row(row)?;
            }
        }
        self.original = beside
            .iter_mut()
            .filter(|other| other.county == self.county)
            .find_map(|other| beside::original(other, &self.found.head, broken.row.as_ref(), &keys));
        Ok(())
    }

    /// What is to be said of a backup and of loose files besides their entries.
    fn of_its_kind(&mut self, place: &mut Place) -> Result<(), Fault> {
        let head = self.found.head;
        match &mut place.log {
            Source::Share(_) | Source::Entries(_) => {}
            Source::Backup { rows, folder } => {
                self.broken_in = self.found.broken.as_ref().and_then(|broken| rows.file_of(broken.n));
                self.wrong = rows.wrong();
                // Only keys of entries that hold judge what officers signed.
                rows.up_to(head.n);
                let mut keys = KeyBook::default();
                while keys.n() < head.n {
                    for row in rows.after(keys.n(), 500)? {
                        keys.take_row(&row)?;
                    }
                }
                self.drills = signed::records(folder, self.county, &keys)?;
            }
            Source::Files { chain, others, .. } => {
                for file in std::mem::take(others) {
                    let mut n = file.first.saturating_sub(1);
                    let mut differs = None;
                    while differs.is_none() && n < head.n {
                        let (there, here) = (file.after(n, 500), chain.after(n, 500)?);
                        let Ok(there) = there else {
                            differs = Some(n.saturating_add(1));
                            break;
                        };
                        if there.is_empty() {
                            break;
                        }
                        differs = there.iter().find(|row| !here.contains(row)).map(|row| row.n);
                        n = there.last().map_or(n, |row| row.n);
                    }
                    let said = match differs {
                        None => "与上面逐字相同".to_owned(),
                        Some(at) => format!("第 {at} 条起与上面不同，须另行核验"),
                    };
                    self.notes
                        .push(format!("文件 {}（第 {} 至 {} 条）：{said}", file.name, file.first, file.last));
                }
            }
        }
        Ok(())
    }
}

/// The root fingerprint that a first entry has.
pub(crate) fn root_of(first: &Body) -> Option<String> {
    match order::command_of(&first.command) {
        Ok(Command::Found(found)) => Some(setup::root_fingerprint(first.county, &found.founder, &found.key)),
        _ => None,
    }
}

/// Reads a head as a printed sheet has it: the place, then eight groups of eight characters.
///
/// # Errors
/// What was typed is no head, with what is missing.
pub fn read_sheet(typed: &str) -> Result<Head, Fault> {
    let wrong = |what: String| {
        let next = "请照核对单打：条数，空格，八组字符，例如 --sheet \"1234 5ad02eba 54a4a025 ...\"";
        Fault::new(FaultKind::User, what, next)
    };
    let plain = crate::base::fold::digits(typed);
    let mut parts =
        plain.split(|c: char| c.is_whitespace() || "第条，,：:".contains(c)).filter(|part| !part.is_empty());
    let n = parts.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
    let n: u64 = n.ok_or_else(|| wrong("没有打条数".to_owned()))?;
    let hex: String = parts.collect::<String>().to_lowercase();
    let hash = Hash::from_hex(&hex)
        .ok_or_else(|| wrong(format!("八组字符应共 64 个 0-9、a-f，打了 {} 个", hex.chars().count())))?;
    Ok(Head { n, hash })
}

/// Reads a root fingerprint as it stands on paper, into the form that the log's has.
///
/// # Errors
/// What was typed is no fingerprint.
pub fn read_root(typed: &str) -> Result<String, Fault> {
    let plain: String =
        crate::base::fold::digits(typed).split_whitespace().collect::<String>().to_lowercase();
    let hash = Hash::from_hex(&plain).ok_or_else(|| {
        let what = format!("根指纹应有 64 个 0-9、a-f，打了 {} 个", plain.chars().count());
        Fault::new(FaultKind::User, what, "请对着纸重新打：8 组，每组 8 个")
    })?;
    Ok(hash.groups())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_as_printed_and_nothing_else() {
        let hash = Hash([0x5a; 32]);
        let head = Head { n: 1234, hash };
        for typed in
            [format!("1234 {}", hash.groups()), format!("第１２３４条：{}", hash.groups().to_uppercase())]
        {
            assert_eq!(read_sheet(&typed).unwrap(), head, "{typed}");
        }
        for (typed, says) in [("", "条数"), ("0 aa", "条数"), ("12 5a5a", "打了 4 个"), ("12", "打了 0 个")]
        {
            assert!(read_sheet(typed).unwrap_err().what.contains(says), "{typed}");
        }
        assert_eq!(read_root(&hash.groups()).unwrap(), hash.groups());
        assert!(read_root("5a5a").unwrap_err().what.contains("打了 4 个"));
    }
}
