//! The engine of a desk (本机): pulls entries from the share, judges them, applies them to the replica, and carries signed
//! orders to the share in turns. It belongs to one thread, the worker's; it never draws and never asks.
//!
//! Two heads: every verified entry is kept in `entries.db` at once; the replica is open and follows only while an officer is
//! signed in, because only his data keys open the private parts and the replica itself. Signing in needs the key book alone.

mod carry;
mod chores;
mod erasing;
pub mod heads;
mod judge;
mod kept;
mod meaning;
mod pull;
mod reconcile;
mod requests;
mod signatures;
pub mod verify;

pub(crate) use meaning::Meaning;
pub use pull::{Pulled, not_an_entry};

use super::keybook::KeyBook;
use super::session::Session;
use crate::base::day::Stamp;
use crate::domain::fact::Fact;
use crate::ledger::{Body, Cid, CountyId, DeskId};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::{Log, Probe};
use crate::store::replica::Replica;
use serde::Deserialize as _;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The desk's own clock.
pub type Clock = Arc<dyn Fn() -> Stamp + Send + Sync>;

/// What a desk is opened with.
pub struct Parts {
    /// The shared log.
    pub log: Box<dyn Log + Send>,
    /// Whose log.
    pub county: CountyId,
    /// This desk.
    pub desk: DeskId,
    /// The folder of the desk's own files.
    pub folder: std::path::PathBuf,
    /// The desk's clock.
    pub clock: Clock,
}

/// The engine.
pub struct Desk {
    log: Box<dyn Log + Send>,
    entries: Entries,
    replica: Replica,
    keys: KeyBook,
    /// The place up to which the key book is kept in this desk's file.
    kept: u64,
    county: CountyId,
    desk: DeskId,
    /// The folder of the desk's own files.
    folder: std::path::PathBuf,
    /// The desk's own count of the entries it wrote.
    written: u64,
    clock: Clock,
    session: Option<Arc<Session>>,
    /// The session under a key that waits to stand.
    next: Option<Arc<Session>>,
    seen: Option<Probe>,
    /// What was said of the log and held on a second, whole look: of which file, at which change counter.
    sure: Option<(u32, u32, String)>,
    /// Commands that this desk wrote or tried to write since it was opened.
    own: BTreeSet<Cid>,
    /// The new id that this desk took because another one works under its old one; until somebody keeps it.
    renewed: Option<DeskId>,
    /// What it is called in lists of desks.
    name: String,
    chores: chores::Chores,
    /// In which file of the share everything destroyed up to which entry was found empty.
    emptied: Option<(u32, u64)>,
}

impl Desk {
    /// Opens the desk on its files, without touching the share.
    ///
    /// # Errors
    /// If a file of the desk cannot be opened or holds what this program cannot read.
    pub fn open(parts: Parts) -> Result<Desk, Fault> {
        crate::store::files::make_folder(&parts.folder)
            .map_err(|error| Fault::of_io("建立本机文件夹", error))?;
        let entries = Entries::open(&parts.folder.join("entries.db"), parts.county)?;
        let mut desk = Desk {
            log: parts.log,
            entries,
            replica: Replica::closed()?,
            keys: KeyBook::default(),
            kept: 0,
            county: parts.county,
            desk: parts.desk,
            folder: parts.folder,
            written: 0,
            clock: parts.clock,
            session: None,
            next: None,
            seen: None,
            sure: None,
            own: BTreeSet::new(),
            renewed: None,
            name: String::new(),
            chores: chores::Chores::default(),
            emptied: None,
        };
        desk.read_key_book()?;
        Ok(desk)
    }

    /// The key book as of the last entry that this desk holds.
    pub fn keys(&self) -> &KeyBook {
        &self.keys
    }

    /// Whose log.
    pub fn county(&self) -> CountyId {
        self.county
    }

    /// The replica, for reading; closed while nobody is signed in.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// The place of the last entry that this desk holds.
    pub fn head_n(&self) -> Result<u64, Fault> {
        Ok(self.entries.head()?.n)
    }

    /// The entries that this desk holds, for who rebuilds from them.
    pub(crate) fn entries(&mut self) -> &mut Entries {
        &mut self.entries
    }

    /// Reads keys and counts again, after the entries were changed.
    ///
    /// # Errors
    /// This desk's own file cannot be read.
    pub(crate) fn read_again(&mut self) -> Result<(), Fault> {
        self.seen = None;
        self.read_key_book()
    }

    /// Takes a session: from here on the replica follows the entries.
    ///
    /// # Errors
    /// If the entries that wait cannot be applied.
    pub fn sign_in(&mut self, session: Arc<Session>) -> Result<(), Fault> {
        if self.replica.is_closed() {
            let keys = session.replica_keys(self.county);
            self.replica = Replica::open_sealed(&replica_path(&self.folder), keys)?;
        }
        (self.session, self.next) = (Some(session), None);
        self.chores.begin_again();
        self.follow()
    }

    /// The officer in session changes his key: from the entry on that gives it to him this session counts.
    pub fn expect_session(&mut self, next: Arc<Session>) {
        self.next = Some(next);
    }

    /// Commands that this desk may have written before it was opened: those that wait in its outbox.
    pub fn expect(&mut self, cids: impl IntoIterator<Item = Cid>) {
        self.own.extend(cids);
    }

    /// The time of this PC.
    pub(crate) fn now(&self) -> Stamp {
        (self.clock)()
    }

    /// The id that this desk took because a copied PC works under its old one (T13): once, for whoever keeps it.
    pub fn take_new_id(&mut self) -> Option<DeskId> {
        self.renewed.take()
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.session.is_some()
    }

    /// Lets the session go and leaves the replica open: where one program works for several officers in turn.
    pub(crate) fn let_session_go(&mut self) {
        (self.session, self.next) = (None, None);
    }

    /// Lets the session go, and closes the replica with it.
    pub fn sign_out(&mut self) {
        self.let_session_go();
        // Memory for an empty connection is all that this needs.
        if let Ok(closed) = Replica::closed() {
            self.replica = closed;
        }
    }

    /// Reads keys and this desk's count from the entries it holds: those behind what it kept of earlier ones.
    fn read_key_book(&mut self) -> Result<(), Fault> {
        self.recall()?;
        loop {
            let rows = self.entries.after(self.keys.n(), 1_000)?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let body = Body::from_text(&row.body)
                    .map_err(|_| Fault::damaged(format!("本机保存的第 {} 条记录读不懂", row.n)))?;
                if body.desk == self.desk {
                    self.written = self.written.max(body.desk_seq);
                }
                let meaning = Meaning::of(&body)?;
                self.keys.column(row, &body);
                self.keys.apply(row.n, (&meaning.author, &meaning.key()), &meaning.facts);
            }
        }
        self.keep_in_mind();
        // What was set aside was counted too: no count is given twice.
        for text in self.entries.lost_bodies()? {
            if let Ok(body) = Body::from_text(&text)
                && body.desk == self.desk
            {
                self.written = self.written.max(body.desk_seq);
            }
        }
        Ok(())
    }
}

/// Where the replica lies.
pub fn replica_path(folder: &Path) -> std::path::PathBuf {
    folder.join("replica.db")
}

/// The facts of a body.
///
/// # Errors
/// A fact of a kind that this program does not know: it is too old, and reading stops here.
pub(super) fn facts_of(body: &Body) -> Result<Vec<Fact>, Fault> {
    body.facts.iter().map(Fact::deserialize).collect::<Result<_, _>>().map_err(|error| Fault {
        source: Some(Box::new(error)),
        ..Fault::new(
            FaultKind::Newer,
            format!("第 {} 条记录的内容本程序不认识，从这里起不能再读", body.n),
            "程序太旧，请更新后再用；更新前只能查看",
        )
    })
}
