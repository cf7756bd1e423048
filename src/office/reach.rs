//! Reaching the share (连接共享盘): opens the shared log when it is first needed and again after it could not be opened, so
//! that a desk starts with the drive away. It belongs to the worker's thread; nothing else touches the share.

use crate::ledger::{Break, Cid, CountyId, Head, Row, chain};
use crate::office::keybook::KeyBook;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::log::{Log, Probe, Rebuilding, Turn, Written};
use crate::store::share::{Share, Witness};
use std::path::PathBuf;
use std::time::Duration;

/// How the share is opened.
pub type Opener = Box<dyn FnMut() -> Result<Share, Fault> + Send>;

/// The shared log, opened when needed.
pub struct Reach {
    open: Opener,
    share: Option<Share>,
    officer: String,
}

impl Reach {
    /// A log that is opened by `open` at its first use.
    pub fn new(open: Opener) -> Reach {
        Reach { open, share: None, officer: String::new() }
    }

    fn share(&mut self) -> Result<&mut Share, Fault> {
        if self.share.is_none() {
            let mut share = (self.open)()?;
            share.set_officer(&self.officer);
            self.share = Some(share);
        }
        self.share.as_mut().ok_or_else(|| Fault::bug("共享盘没有打开"))
    }
}

impl Log for Reach {
    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.share()?.after(n, limit)
    }

    fn find(&mut self, cid: Cid) -> Result<Option<Row>, Fault> {
        self.share()?.find(cid)
    }

    fn head(&mut self) -> Result<Head, Fault> {
        self.share()?.head()
    }

    fn probe(&mut self) -> Result<Probe, Fault> {
        self.share()?.probe()
    }

    fn set_officer(&mut self, officer: &str) {
        officer.clone_into(&mut self.officer);
        if let Some(share) = &mut self.share {
            share.set_officer(officer);
        }
    }

    fn rebuilding(&mut self) -> Result<Option<Rebuilding>, Fault> {
        self.share()?.rebuilding()
    }

    fn tell(&mut self, notice: &str) -> Result<(), Fault> {
        self.share()?.tell(notice)
    }

    fn told(&mut self) -> Result<Vec<String>, Fault> {
        self.share()?.told()
    }

    fn tidy(&mut self, past: u32) -> Result<usize, Fault> {
        self.share()?.tidy(past)
    }

    fn write(
        &mut self,
        from: &Head,
        deadline: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written {
        match self.share() {
            Ok(share) => share.write(from, deadline, build),
            Err(fault) => Written::NotDone(fault),
        }
    }
}

/// What this desk holds, for building a new log file after a turn was lost: the verified entries of `entries.db`.
pub struct Holdings {
    folder: PathBuf,
    county: CountyId,
    entries: Option<Entries>,
    /// The keys as of the row judged last: rows are judged in order, so each is read once.
    book: KeyBook,
}

impl Holdings {
    /// The holdings in a desk's folder.
    pub fn new(folder: PathBuf, county: CountyId) -> Holdings {
        Holdings { folder, county, entries: None, book: KeyBook::default() }
    }

    fn entries(&mut self) -> Result<&Entries, Fault> {
        if self.entries.is_none() {
            self.entries = Some(Entries::open(&self.folder.join("entries.db"), self.county)?);
        }
        self.entries.as_ref().ok_or_else(|| Fault::bug("本机记录没有打开"))
    }

    /// Brings the key book to the entry at `n`, as far as this desk holds the entries.
    fn learn_to(&mut self, n: u64) -> Result<(), Fault> {
        if self.book.n() > n {
            self.book = KeyBook::default();
        }
        while !self.book.reaches(n) {
            let after = self.book.n();
            let rows = self.entries()?.after(after, PAGE)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows.iter().filter(|row| row.n <= n) {
                self.book.take_row(row)?;
            }
        }
        Ok(())
    }
}

/// How many rows are read at once.
const PAGE: usize = 1_000;

impl Witness for Holdings {
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.entries()?.after(n, limit)
    }

    fn sound(&mut self, row: &Row, before: &Head, county: CountyId) -> Result<(), Break> {
        if self.learn_to(before.n).is_err() || !self.book.reaches(before.n) {
            // Keys that this desk does not hold are judged when the rows are pulled.
            return chain::check_shape(row, before, county).map(drop);
        }
        chain::check(row, before, county, &self.book)?;
        // The next row may be signed with a key that this one gave, also where this desk never pulled it.
        let _ = self.book.take_row(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::{Day, Stamp};
    use crate::domain::office::{Office, Role};
    use crate::office::scratch::Scratch;
    use crate::office::setup::NewOfficer;

    #[test]
    fn rows_are_judged_in_order_and_again_from_the_start() {
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: [role].into(),
        };
        let officers = [officer("9000", Role::Administrator), officer("9001", Role::Finance)];
        let office =
            Scratch::found(&officers, Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0), false).unwrap();
        let county = office.desk().county();
        let rows =
            Entries::open(&office.desk_folder().join("entries.db"), county).unwrap().after(0, 100).unwrap();
        assert!(rows.len() > 3);
        let mut holdings = Holdings::new(office.desk_folder(), county);
        for _ in 0..2 {
            let mut head = Head::genesis(county);
            for row in &rows {
                holdings.sound(row, &head, county).unwrap();
                head = Head::of(row);
            }
        }
        let mut bad = rows[2].clone();
        bad.sig[0] ^= 1;
        assert!(holdings.sound(&bad, &Head::of(&rows[1]), county).is_err());
    }
}
