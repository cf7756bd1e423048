//! The shared log in a folder, on a network drive or local: files, turns, takeover, new files.
//!
//! Rests on one thing only: **a name is taken once**, by exclusive creation. It must never ask whether a name exists,
//! rename, trust SQLite's locks, keep a handle open between calls, or hold a turn while somebody waits at a screen.
//! It judges the shape of rows, never a rule of the notice, and knows keys only through its [`Witness`].

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::base::stamp::Stamp;
use crate::ledger::chain::{self, Break};
use crate::ledger::{Cid, CountyId, DeskId, Head, Row};

mod build;
pub mod drive;
mod empty;
mod file;
mod found;
pub mod host;
pub mod loose;
mod notices;
mod read;
mod rebuild;
mod requests;
mod settled;
mod slip;
pub mod step;
pub mod trial;
mod turns;
pub mod wound;

use super::fault::{Fault, FaultKind};
use super::log::{Log, Probe, Rebuilding, Turn, Written};
use drive::{Drive, Meta};
use file::{Born, Header};
pub use found::{county_of, found, found_on};
use host::Host;
pub use rebuild::{Plan, Sound};
use slip::Publication;

/// How long a turn, an end or a publication must stand still before it counts as dead.
pub const STANDSTILL: Duration = Duration::from_secs(45);

/// A log file is closed when it passed this size, in bytes.
pub const SEGMENT: u64 = 16 * 1024 * 1024;

/// A write fetches at most so many rows inside its turn; who is further behind pulls first.
pub const PULL_FIRST: usize = 200;

/// How often at least a desk looks for a newer file.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Where a turn's share time comes from.
pub enum ShareTime {
    /// The modification time of the turn's file: the server's clock.
    TurnFile,
    /// The same, so many milliseconds later: a practice office whose clock was put forward.
    TurnFileLater(i64),
    /// Given: practice, scenes, tests.
    Given(Box<dyn Fn() -> Stamp + Send>),
}

/// What the desk knows of the log besides the share: the verified rows that it holds, and how to judge others.
pub trait Witness: Send {
    /// Verified rows after `n` that this desk holds, at most `limit`.
    ///
    /// # Errors
    /// If its own files cannot be read.
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault>;

    /// Judges a row found in a dead file. The chain alone is enough for a file that only lost its writer; with keys
    /// it is the full judgement of integrity.
    ///
    /// # Errors
    /// Why the row is no entry.
    fn sound(&mut self, row: &Row, before: &Head, county: CountyId) -> Result<(), Break> {
        chain::check_shape(row, before, county).map(|_| ())
    }
}

/// A witness that holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWitness;

impl Witness for NoWitness {
    fn held(&mut self, _n: u64, _limit: usize) -> Result<Vec<Row>, Fault> {
        Ok(Vec::new())
    }
}

/// How a desk opens the share.
pub struct Setting {
    /// The shared folder.
    pub folder: PathBuf,
    /// The county that must be in it.
    pub county: CountyId,
    /// This desk.
    pub desk: DeskId,
    /// The number of the officer in session; others read it while they wait.
    pub officer: String,
    /// A folder of this PC for building new files and for the note of the turn in hand.
    pub workshop: PathBuf,
    /// Whether this program may take turns: only the one that holds the desk's lock, for two on one PC would take each
    /// other's turn for an old one of their own.
    pub may_write: bool,
    /// Where the share's time comes from.
    pub time: ShareTime,
    /// The drive that holds both folders, real or simulated.
    pub drive: Arc<dyn Drive>,
    /// The PC.
    pub host: Box<dyn Host>,
    /// What the desk holds.
    pub witness: Box<dyn Witness>,
    /// Size at which a file is closed, [`SEGMENT`].
    pub segment: u64,
}

/// A slip that a desk watches: as long as its bytes stand still, its maker may be dead.
struct Watch {
    name: String,
    bytes: Vec<u8>,
    since: Duration,
}

/// A log file as this desk last read or left it, seen from outside.
struct Known {
    publication: Publication,
    counter: u32,
    meta: Meta,
    head: Head,
}

/// The shared log, as one desk works with it.
pub struct Share {
    set: Setting,
    current: Option<(Publication, Duration)>,
    born: HashMap<u32, (Publication, Born)>,
    watch: Option<Watch>,
    /// The nonce of this desk's last turn as a writer, kept over a crash, so that it can end its own old turn.
    own_nonce: Option<String>,
    /// The turn whose name this handle created and that it could not end yet. Its slip may be empty.
    begun: Option<(u32, u64)>,
    /// The last turn that this handle ended as released, or saw ended so by its holder, in which file, and when.
    released: Option<(Publication, u64, Duration)>,
    /// What a probe sees after the last write of this handle, unless somebody wrote since.
    wrote: Option<Probe>,
    /// The current file as of the last read of rows, or of the last write.
    known: Option<Known>,
    /// Reads are made of a still copy: what was read before cannot be right.
    doubts: bool,
    /// The change counter at the last read.
    counter: Option<u32>,
    /// What the last probe saw, for the read that follows it.
    probed: Option<(u32, Header)>,
    /// An end that this desk created and could not write into yet, with what belongs in it.
    unfilled: Option<(PathBuf, String)>,
    /// The head as of the last read of rows.
    last_head: Option<Head>,
    /// Rows were held back at the last read: their turn has no end yet.
    withheld: bool,
    /// Entries whose private column the next turn empties, as spans with both ends.
    emptying: Vec<(u64, u64)>,
    /// Stopped at a step, as if the PC had died: nothing may be put in order any more.
    dead: bool,
}

impl Share {
    /// Opens the share of a county.
    ///
    /// # Errors
    /// If the folder cannot be reached, holds no log, or another county's, a newer or a damaged one.
    pub fn open(set: Setting) -> Result<Share, Fault> {
        set.drive.make_folder(&set.workshop).map_err(|e| Fault::of_io("准备本机文件夹", e))?;
        let mut share = Share::new(set);
        let publication = share.look_for_current()?;
        match share.born_of(&publication) {
            // A writer died half way: whoever opens must be able to take the turn that puts it right. Every read and
            // every turn judges the birth record before anything else.
            Err(fault) if fault.kind != FaultKind::Busy => Err(fault),
            _ => Ok(share),
        }
    }

    /// Who is in session from now on: others read his number while they wait for this desk.
    pub fn set_officer(&mut self, officer: &str) {
        officer.clone_into(&mut self.set.officer);
    }

    /// Whether a turn of its own is still to be ended, or the end to be filled: whoever lets it go leaves the file to die.
    pub fn owes_an_end(&self) -> bool {
        self.unfilled.is_some() || self.begun.is_some()
    }

    /// Only whoever may write knows a turn of his own from before: else the live turn of the window beside looks like it.
    fn new(set: Setting) -> Share {
        let note = if set.may_write { set.drive.read(&note_path(&set.workshop)).ok() } else { None };
        let own_nonce = note.and_then(|bytes| String::from_utf8(bytes).ok());
        Share {
            set,
            current: None,
            born: HashMap::new(),
            watch: None,
            own_nonce,
            begun: None,
            released: None,
            wrote: None,
            known: None,
            counter: None,
            doubts: false,
            probed: None,
            unfilled: None,
            last_head: None,
            withheld: false,
            emptying: Vec::new(),
            dead: false,
        }
    }

    fn drive(&self) -> &dyn Drive {
        self.set.drive.as_ref()
    }

    fn path(&self, publication: &Publication) -> PathBuf {
        self.set.folder.join(&publication.name)
    }

    fn slip_path(&self, name: &str) -> PathBuf {
        self.set.folder.join("turns").join(name)
    }

    /// Random hex of `N` bytes.
    fn nonce<const N: usize>(&mut self) -> Result<String, Fault> {
        let mut bytes = [0u8; N];
        self.set.host.random(&mut bytes)?;
        Ok(hex::encode(bytes))
    }

    /// Whether these bytes of this slip have stood still long enough. Needs two looks at least.
    fn stood_still(&mut self, name: &str, bytes: &[u8]) -> bool {
        let now = self.set.host.now();
        match &self.watch {
            Some(watch) if watch.name == name && watch.bytes == bytes => {
                now.saturating_sub(watch.since) >= STANDSTILL
            }
            _ => {
                self.watch = Some(Watch { name: name.to_owned(), bytes: bytes.to_vec(), since: now });
                false
            }
        }
    }
}

/// Where the nonce of the turn in hand is noted.
fn note_path(workshop: &Path) -> PathBuf {
    workshop.join("turn.note")
}

impl Log for Share {
    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.read_after(n, limit)
    }

    fn find(&mut self, cid: Cid) -> Result<Option<Row>, Fault> {
        self.read_cid(cid)
    }

    fn head(&mut self) -> Result<Head, Fault> {
        self.read_head()
    }

    fn last_head(&mut self) -> Result<Head, Fault> {
        self.last_head.map_or_else(|| self.read_head(), Ok)
    }

    fn probe(&mut self) -> Result<Probe, Fault> {
        let publication = self.current()?;
        let header = file::header(self.drive(), &self.path(&publication))?;
        self.probed = Some((publication.file, header));
        Ok(Probe { file: publication.file, counter: header.counter, whole: !self.withheld })
    }

    fn doubt(&mut self, doubts: bool) {
        self.doubts = doubts;
    }

    fn unchanged(&mut self, head: &Head) -> bool {
        let Some(known) = self.known.take() else { return false };
        let path = self.path(&known.publication);
        let same = known.head == *head
            && file::header(self.drive(), &path).is_ok_and(|header| header.counter == known.counter)
            && self.drive().meta(&path).is_ok_and(|meta| meta == known.meta);
        if same {
            self.known = Some(known);
        }
        same
    }

    fn come_back(&mut self) -> Result<bool, Fault> {
        self.end_old_turn()
    }

    fn wrote(&mut self) -> Option<Probe> {
        self.wrote
    }

    fn rebuilding(&mut self) -> Result<Option<Rebuilding>, Fault> {
        let publication = self.look_for_current()?;
        Ok(self.born_of(&publication)?.by)
    }

    fn tell(&mut self, notice: &str) -> Result<(), Fault> {
        self.hang_notice(notice)
    }

    fn told(&mut self) -> Result<Vec<String>, Fault> {
        self.read_notices()
    }

    fn leave_request(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.write_request(name, text)
    }

    fn requests(&mut self) -> Result<Vec<(String, String)>, Fault> {
        self.read_requests()
    }

    fn drop_request(&mut self, name: &str) -> Result<(), Fault> {
        self.remove_request(name)
    }

    fn tidy(&mut self, past: u32) -> Result<usize, Fault> {
        self.remove_superseded(past)
    }

    fn empty(&mut self, spans: &[(u64, u64)], deadline: Duration) -> Result<bool, Fault> {
        self.empty_columns(spans, deadline)
    }

    fn write(
        &mut self,
        from: &Head,
        deadline: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written {
        self.write_by_turns(from, deadline, build)
    }
}

/// No log in the folder: which sentence.
fn no_log(folder: &Path) -> Fault {
    let what = format!("文件夹 {} 里没有救急的日志", folder.display());
    Fault::new(FaultKind::NotOurs, what, "请检查路径；若确实还没有建库，先用 found 建库")
}

#[cfg(test)]
pub(crate) mod tests;
