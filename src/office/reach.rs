//! Reaching the share (连接共享盘): opens the shared log when it is first needed and again after it could not be opened, so
//! that a desk starts with the drive away. It belongs to the worker's thread; nothing else touches the share.

use crate::ledger::{Break, Cid, CountyId, Head, Row, chain};
use crate::office::keybook::KeyBook;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::log::{Log, Probe, Turn, Written};
use crate::store::share::{Share, Witness};
use std::path::PathBuf;
use std::time::Duration;

/// How the share is opened.
pub type Opener = Box<dyn FnMut() -> Result<Share, Fault> + Send>;

/// The shared log, opened when needed.
pub struct Reach {
    open: Opener,
    share: Option<Share>,
}

impl Reach {
    /// A log that is opened by `open` at its first use.
    pub fn new(open: Opener) -> Reach {
        Reach { open, share: None }
    }

    fn share(&mut self) -> Result<&mut Share, Fault> {
        if self.share.is_none() {
            self.share = Some((self.open)()?);
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
}

impl Holdings {
    /// The holdings in a desk's folder.
    pub fn new(folder: PathBuf, county: CountyId) -> Holdings {
        Holdings { folder, county, entries: None }
    }

    fn entries(&mut self) -> Result<&Entries, Fault> {
        if self.entries.is_none() {
            self.entries = Some(Entries::open(&self.folder.join("entries.db"), self.county)?);
        }
        self.entries.as_ref().ok_or_else(|| Fault::bug("本机记录没有打开"))
    }

    /// The keys as of the entry at `n`.
    fn book(&mut self, n: u64) -> Result<KeyBook, Fault> {
        let mut book = KeyBook::default();
        let mut after = 0;
        loop {
            let rows = self.entries()?.after(after, 1_000)?;
            let Some(last) = rows.last() else { return Ok(book) };
            after = last.n;
            for row in rows.iter().filter(|row| row.n <= n) {
                book.take_row(row)?;
            }
        }
    }
}

impl Witness for Holdings {
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.entries()?.after(n, limit)
    }

    fn sound(&mut self, row: &Row, before: &Head, county: CountyId) -> Result<(), Break> {
        match self.book(before.n) {
            // Keys given by rows of the dead file that this desk does not hold are judged when they are pulled.
            Ok(book) if book.reaches(before.n) => chain::check(row, before, county, &book).map(drop),
            _ => chain::check_shape(row, before, county).map(drop),
        }
    }
}
