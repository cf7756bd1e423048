//! Loose log files (散放的日志文件): superseded ones, a single one that somebody copied, a folder of them without its
//! publications. Read where they lie and never written to; what a dead writer left half done is put in order on a copy.
//!
//! It must never say that a file is the log: its birth record tells only what it follows.

use std::path::{Path, PathBuf};

use super::drive::RealDrive;
use super::file::{self, Born};
use crate::ledger::{CountyId, Row};
use crate::store::fault::{Fault, FaultKind};
use crate::store::sql;

const READ: &str = "读取日志文件";

/// A log file, wherever it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    /// Its name.
    pub name: String,
    /// Its number.
    pub file: u32,
    /// Its first n.
    pub first: u64,
    /// Its last n; one less than the first where it is empty.
    pub last: u64,
    /// Whose.
    pub county: CountyId,
    follows: u32,
    /// What is read: the file itself, or a copy on which a dead writer's journal was rolled back.
    path: PathBuf,
}

impl Loose {
    /// Opens one file. `workshop` is a folder of this PC for a copy, where one is needed.
    ///
    /// # Errors
    /// It cannot be read, or is no log file of ours.
    pub fn open(path: &Path, workshop: &Path) -> Result<Loose, Fault> {
        let readable = settled_copy(path, workshop)?;
        let record = file::read_as_is(&RealDrive, &readable, &mut file::born)?;
        let born: Born =
            serde_json::from_str(&record).map_err(|_| Fault::damaged("日志文件的出生记录损坏"))?;
        let last = match file::read_as_is(&RealDrive, &readable, &mut sql::last_row) {
            Ok(last) => last.map_or(born.first.saturating_sub(1), |row| row.n),
            // How far it goes is not known; what can be read of it is read row by row.
            Err(fault) if fault.kind == FaultKind::Damaged => born.head_n,
            Err(fault) => return Err(fault),
        };
        Ok(Loose {
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            file: born.file,
            first: born.first,
            last,
            county: born.county,
            follows: born.follows,
            path: readable,
        })
    }

    /// Its rows after `n`, in order, at most `limit`. Not verified.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn after(&self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        file::read_as_is(&RealDrive, &self.path, &mut |db| sql::rows_after(db, n, limit))
    }
}

/// The log files in a folder, by their number; those that cannot even be asked what they are are passed over by name.
///
/// # Errors
/// The folder cannot be read.
pub fn survey(folder: &Path, workshop: &Path) -> Result<(Vec<Loose>, Vec<String>), Fault> {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).map_err(|error| Fault::of_io(READ, error))? {
        let path = entry.map_err(|error| Fault::of_io(READ, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".db") || !name.starts_with("log.") {
            continue;
        }
        match Loose::open(&path, workshop) {
            Ok(loose) => files.push(loose),
            Err(_) => unread.push(name),
        }
    }
    files.sort_by(|a, b| (a.file, &a.name).cmp(&(b.file, &b.name)));
    unread.sort();
    Ok((files, unread))
}

/// Several files that follow each other, read as one log.
pub struct Chain {
    /// The files, oldest first.
    pub files: Vec<Loose>,
}

impl Chain {
    /// The chain that ends in the file at `end` of those given: back by what each says to follow.
    pub fn to(end: usize, all: &[Loose]) -> Chain {
        let mut files: Vec<Loose> = all.get(end).cloned().into_iter().collect();
        while let Some(first) = files.last().cloned() {
            let before = all.iter().filter(|file| {
                file.file == first.follows && file.county == first.county && file.file < first.file
            });
            match before.max_by_key(|file| file.last) {
                Some(before) if first.follows > 0 => files.push(before.clone()),
                _ => break,
            }
        }
        files.reverse();
        Chain { files }
    }

    /// The first n that it holds; 0 of an empty one.
    pub fn first(&self) -> u64 {
        self.files.first().map_or(0, |file| file.first)
    }

    /// The rows after `n`, in order, at most `limit`. Not verified.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn after(&self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        let mut rows: Vec<Row> = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            // A file counts up to where the next one begins.
            let end = self.files.get(at + 1).map_or(u64::MAX, |next| next.first);
            let left = limit.saturating_sub(rows.len());
            if left > 0 && n.saturating_add(1) < end {
                let from = rows.last().map_or(n, |row| row.n);
                rows.extend(file.after(from, left)?.into_iter().filter(|row| row.n < end));
            }
        }
        Ok(rows)
    }
}

/// The file itself; where a writer died in it, a copy on which that is rolled back.
fn settled_copy(path: &Path, workshop: &Path) -> Result<PathBuf, Fault> {
    if !file::journal_is_live(&RealDrive, path)? {
        return Ok(path.to_owned());
    }
    let io = |error| Fault::of_io(READ, error);
    std::fs::create_dir_all(workshop).map_err(io)?;
    let copy = workshop.join(path.file_name().unwrap_or_default());
    std::fs::copy(path, &copy).map_err(io)?;
    std::fs::copy(file::journal(path), file::journal(&copy)).map_err(io)?;
    let db = file::open_writing(&RealDrive, &copy)?;
    sql::last_row(&db).map_err(|error| Fault::of_sql(READ, error))?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Head;
    use crate::store::share::file::Why;
    use crate::store::share::tests::{COUNTY, chain_of};

    /// A log file of the rows given, made as the share makes it.
    fn make(folder: &Path, file: u32, follows: u32, rows: &[Row], before: Head) {
        let head = rows.last().map_or(before, Head::of);
        let born = Born {
            county: COUNTY,
            file,
            why: if file == 1 { Why::Founded } else { Why::Full },
            first: before.n + 1,
            before: before.hash,
            follows,
            supersedes: 0,
            head_n: head.n,
            head_hash: head.hash,
            by: None,
        };
        let mut source = |after: u64, limit: usize| {
            Ok(rows.iter().filter(|row| row.n > after).take(limit).cloned().collect())
        };
        file::make(&folder.join(format!("log.{file:04}.aabb.db")), &born, &mut source).unwrap();
    }

    #[test]
    fn old_files_are_read_as_one_log_without_publications() {
        let dir = tempfile::tempdir().unwrap();
        let rows = chain_of(9);
        make(dir.path(), 1, 0, &rows[..4], Head::genesis(COUNTY));
        make(dir.path(), 2, 1, &rows[3..6], Head::of(&rows[2]));
        make(dir.path(), 3, 2, &rows[6..], Head::of(&rows[5]));
        std::fs::write(dir.path().join("log.0009.ffff.db"), "kein Tagebuch").unwrap();
        let before = std::fs::read(dir.path().join("log.0001.aabb.db")).unwrap();
        let (files, unread) = survey(dir.path(), &dir.path().join("w")).unwrap();
        assert_eq!(unread, ["log.0009.ffff.db"]);
        assert_eq!(
            files.iter().map(|f| (f.file, f.first, f.last)).collect::<Vec<_>>(),
            [(1, 1, 4), (2, 4, 6), (3, 7, 9)]
        );
        let chain = Chain::to(2, &files);
        assert_eq!(chain.first(), 1);
        for limit in [1, 2, 4, 100] {
            let (mut n, mut all) = (0, Vec::new());
            loop {
                let page = chain.after(n, limit).unwrap();
                let Some(last) = page.last() else { break };
                assert!(page.len() <= limit);
                n = last.n;
                all.extend(page);
            }
            assert_eq!(all, rows, "{limit} at once");
        }
        assert_eq!(Chain::to(0, &files).after(0, 9).unwrap(), rows[..4]);
        assert_eq!(std::fs::read(dir.path().join("log.0001.aabb.db")).unwrap(), before);
    }
}
