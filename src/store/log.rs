//! The log as a small trait, so that the same entries can live on a shared drive or, one day, in a database server.
//! An implementation keeps rows and their order; it judges no rule and knows no key.

use std::time::Duration;

use super::fault::Fault;
use crate::ledger::{Cid, Hash, Head, KeyId, Row, Sig, TurnNo};
use serde::{Deserialize, Serialize};

/// The turn (轮次) in which rows are being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Number of the log file.
    pub file: u32,
    /// Number of the turn in it.
    pub k: u64,
    /// The share's time, milliseconds since 1970 UTC: the office's clock.
    pub share_ms: i64,
}

impl Turn {
    /// As it stands in an entry.
    pub fn no(&self) -> TurnNo {
        TurnNo { file: self.file, k: self.k }
    }
}

/// How an attempt to write ended.
#[derive(Debug)]
pub enum Written {
    /// What the last call of `build` gave stands in the log, durably and acknowledged (perhaps nothing).
    Done(Vec<Row>),
    /// Nothing was written; try again later.
    NotDone(Fault),
    /// Nobody knows yet. Offer the same commands (the same `cid`) again before anything else on their cases.
    Unknown(Fault),
}

/// What a probe saw: two equal probes mean that nothing was written between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// Number of the current log file.
    pub file: u32,
    /// Its change counter.
    pub counter: u32,
    /// Whether everything was given at the last read; if not, some may be given although nothing is written.
    pub whole: bool,
}

/// A statement (重建声明): an officer says, with his signature, that the log goes on from this entry in this file, whatever
/// else some PC may hold behind it. It stands in the birth record of a rebuilt file and of those after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rebuilding {
    /// The officer's number.
    pub officer: String,
    /// His key.
    pub key: KeyId,
    /// The rebuilt file.
    pub file: u32,
    /// Its last entry at birth.
    pub n: u64,
    /// That entry's hash.
    pub hash: Hash,
    /// The signature over [`Rebuilding::text`].
    pub sig: Sig,
}

impl Rebuilding {
    /// The purpose under which it is signed.
    pub const PURPOSE: &'static str = "rebuilt";

    /// What is signed.
    pub fn text(&self) -> String {
        Rebuilding::words(self.file, self.n, &self.hash)
    }

    /// What is signed, of a file and its last entry at birth.
    pub fn words(file: u32, n: u64, hash: &Hash) -> String {
        format!("{file} {n} {hash}")
    }
}

/// The log of a county.
pub trait Log {
    /// The rows after `n`, in order, at most `limit`. Not verified: that is the reader's duty.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault>;

    /// The row of this command, if it was written. Outside a turn a "no" is no answer to an unknown outcome.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn find(&mut self, cid: Cid) -> Result<Option<Row>, Fault>;

    /// The last row's place and hash; before the first row the county's genesis.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn head(&mut self) -> Result<Head, Fault>;

    /// The head as of the last [`Log::after`], which read it beside its rows; where there was none yet it is read.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn last_head(&mut self) -> Result<Head, Fault> {
        self.head()
    }

    /// Looks, in one small read, whether anything was written.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn probe(&mut self) -> Result<Probe, Fault>;

    /// Whether the log is, as far as a look at its file from outside tells, still as this handle last read or left it, and
    /// ended with this head then. A no says nothing; a yes is no proof, and saves a read before a turn that proves it.
    fn unchanged(&mut self, head: &Head) -> bool {
        let _ = head;
        false
    }

    /// Whether to doubt: what was read last cannot be right, and before that is said of the log, the reads that follow are
    /// made another way, from all its bytes as they stand still for more than a second.
    fn doubt(&mut self, doubts: bool) {
        let _ = doubts;
    }

    /// Empties the private columns of entries that the county destroyed after their time, in a turn of its own, so that no
    /// byte of them stays in the files. Answers whether there was anything to empty.
    ///
    /// # Errors
    /// If it cannot be done now; it may be done again at any time.
    fn empty(&mut self, spans: &[(u64, u64)], deadline: Duration) -> Result<bool, Fault>;

    /// Ends the turn that this desk held when it died, and rolls back what was half written in it, so that the others need not
    /// wait until it counts as dead. Answers whether there was one.
    ///
    /// # Errors
    /// If it cannot be done now; it may be done again at any time.
    fn come_back(&mut self) -> Result<bool, Fault> {
        Ok(false)
    }

    /// What a probe sees after the last [`Log::write`], if that wrote rows and nobody wrote since; nothing where that is not
    /// known.
    fn wrote(&mut self) -> Option<Probe> {
        None
    }

    /// The last statement of a rebuilding in the current log.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn rebuilding(&mut self) -> Result<Option<Rebuilding>, Fault>;

    /// Hangs a notice of this desk where every desk can read it, in place of its last one.
    ///
    /// # Errors
    /// If it cannot be written now.
    fn tell(&mut self, notice: &str) -> Result<(), Fault>;

    /// The notices of all desks, as they are: whole or not, true or not.
    ///
    /// # Errors
    /// If they cannot be read now.
    fn told(&mut self) -> Result<Vec<String>, Fault>;

    /// Leaves a request of an officer where the administrator's desk finds it, under a name of letters and digits.
    ///
    /// # Errors
    /// If it cannot be written now.
    fn leave_request(&mut self, name: &str, text: &str) -> Result<(), Fault>;

    /// The requests that lie there, by name: whole or not, true or not.
    ///
    /// # Errors
    /// If they cannot be read now.
    fn requests(&mut self) -> Result<Vec<(String, String)>, Fault>;

    /// Takes a request away; one that is not there is none.
    ///
    /// # Errors
    /// If it cannot be removed now.
    fn drop_request(&mut self, name: &str) -> Result<(), Fault>;

    /// Removes what nobody needs any more: files that were superseded long ago, and that every desk has been seen past.
    /// `past` is the lowest file that any desk was last seen to read. Answers how many went.
    ///
    /// # Errors
    /// If the log cannot be read now.
    fn tidy(&mut self, past: u32) -> Result<usize, Fault>;

    /// Writes in a turn. `from` is the last row that the caller has verified and applied; `build` gets the turn and
    /// the rows after `from` (at most 200, else the answer is `NotDone` with [`super::FaultKind::Busy`]: pull first),
    /// and gives the rows to append, which may be none.
    ///
    /// `build` can be called more than once: if the turn was lost to another desk, it is called again in a later turn,
    /// and whatever the call before prepared is void. It must then look for its own `cid` among the rows given, and
    /// leave out what already stands there.
    ///
    /// Gives up `deadline` after the call, unless a call of the system hangs.
    fn write(
        &mut self,
        from: &Head,
        deadline: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written;
}
