//! The replica (本机副本): the log's facts as ordinary tables on the desk's own disk. All reading, searching and drawing
//! happens here. It is derived: it may be deleted at any moment and comes back equal, row by row, from the same entries.
//! On a desk it is sealed ([`super::sealed`]) and opens only under keys of whoever is signed in.
//!
//! - [`Replica`] opens the file; [`Replica::begin`] gives an [`Apply`], a transaction that stays open while a turn is
//!   held, applies entries and answers rules; [`Replica::reader`] gives a read-only [`Reader`] for screens
//! - `apply/` one file per group of facts; total and deterministic: it reads no clock and refuses no fact
//! - `answers/` one statement per question of [`crate::domain::answers::Answers`]
//! - [`lookup`] 查往年; [`views`] what the screens show
//!
//! It must never judge: what is allowed is decided by the rules, what was found wrong is handed in as marks.

mod answers;
mod apply;
mod bind;
mod details;
mod digest;
mod fault;
mod keys;
pub mod lookup;
pub mod plain;
#[cfg(test)]
mod tests;
pub mod views;

pub use answers::{Ask, Faults, LastPack};
pub use apply::{Applied, Apply, Point};
pub use fault::{ReplicaFault, Result};

use super::files;
use super::sealed::{self, FileKey};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};

/// The version of the tables. A file of another version is replaced by an empty one, to be filled from the entries.
const VERSION: i64 = 9;
const SCHEMA: &str = include_str!("schema.sql");
/// More statements than the program has: each is prepared once per connection.
const STATEMENTS: usize = 256;

/// Pages kept in memory by a connection, in KiB as SQLite counts them: less than nothing.
const CACHE_KIB: i64 = -2048;
/// How long another connection to the same file is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// The last entry that the replica holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its n; 0 before the first.
    pub n: u64,
    /// Its hash; zeroes before the first.
    pub hash: [u8; 32],
    /// Its share time, ms.
    pub share_ms: i64,
}

/// The desk's replica, open for writing. Held by one thread.
pub struct Replica {
    db: Connection,
    path: PathBuf,
    /// Under what the file is sealed; none where it is plain.
    keys: Vec<FileKey>,
}

impl Replica {
    /// Opens a plain replica at `path`, making an empty one where there is none, where the file is of another version or
    /// where it is no database of ours: whatever was there is derived and comes back from the entries.
    ///
    /// # Errors
    /// The file cannot be made, or SQLite's.
    pub fn open(path: &Path) -> Result<Replica> {
        Replica::open_sealed(path, Vec::new())
    }

    /// The same, sealed under the newest of `keys`, oldest first. A file that none of them opens, or a plain one, is
    /// replaced like any that is not ours.
    ///
    /// # Errors
    /// As [`Replica::open`].
    pub fn open_sealed(path: &Path, keys: Vec<FileKey>) -> Result<Replica> {
        if files::exists(path) {
            match Replica::existing(path, &keys) {
                Ok(Some(replica)) => return Ok(replica),
                Ok(None) => {}
                Err(fault) if fault.is_damage() => {}
                // busy, no permission, a failing disk: nothing that an empty file would mend
                Err(fault) => return Err(fault),
            }
        }
        Replica::fresh(path, &keys)?;
        Replica::existing(path, &keys)?.ok_or(ReplicaFault::Unreadable)
    }

    /// A replica in memory, for trying things out.
    ///
    /// # Errors
    /// SQLite's.
    pub fn in_memory() -> Result<Replica> {
        let db = Connection::open_in_memory()?;
        build(&db)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        keep_plans(&db)?;
        Ok(Replica { db, path: PathBuf::new(), keys: Vec::new() })
    }

    /// One that holds nothing and answers nothing: nobody is signed in.
    ///
    /// # Errors
    /// SQLite's.
    pub fn closed() -> Result<Replica> {
        let db = Connection::open_in_memory()?;
        Ok(Replica { db, path: PathBuf::new(), keys: Vec::new() })
    }

    /// Whether nobody opened it yet, or it is only in memory.
    pub fn is_closed(&self) -> bool {
        self.path.as_os_str().is_empty()
    }

    fn existing(path: &Path, keys: &[FileKey]) -> Result<Option<Replica>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = connect(path, flags, keys)?;
        db.busy_timeout(PATIENCE)?;
        let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != VERSION {
            return Ok(None);
        }
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        set(&db)?;
        head(&db)?;
        Ok(Some(Replica { db, path: path.to_owned(), keys: keys.to_vec() }))
    }

    /// Builds an empty file beside and puts it in place of the old one.
    fn fresh(path: &Path, keys: &[FileKey]) -> Result<()> {
        let beside = beside(path, ".new");
        for old in [beside.clone(), self::beside(&beside, "-wal"), self::beside(&beside, "-journal")] {
            files::remove(&old)?;
        }
        // Nobody else on the PC may read it, sealed or not.
        files::create_private(&beside)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = connect(&beside, flags, keys)?;
        build(&db)?;
        db.close().map_err(|(_, error)| error)?;
        // A write-ahead file or a journal of the old one would be read into the new one.
        // An older version's names are overwritten, not only let go, as far as a disk still does that.
        if !keys.is_empty() {
            files::wipe_plain(path, &self::beside(path, "-wal"));
        }
        for old in ["-wal", "-shm", "-journal"] {
            files::remove(&self::beside(path, old))?;
        }
        files::remove(path)?;
        files::rename(&beside, path)?;
        Ok(())
    }

    /// Writes the tables into a new plain file, for whoever asks them with other programs.
    ///
    /// # Errors
    /// There is a file already; the disk.
    pub fn write_plain(&self, path: &Path) -> Result<()> {
        self.db.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        Ok(())
    }

    /// Whether the file is torn: a power cut may have taken pages that nobody waited for.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn is_torn(&self) -> Result<bool> {
        let mut statement = self.db.prepare("PRAGMA quick_check(1)")?;
        match statement.query_row([], |row| row.get::<_, String>(0)) {
            Ok(word) => Ok(word != "ok"),
            Err(error) => Ok(ReplicaFault::from(error).is_damage()),
        }
    }

    /// Begins with an empty file in place of this one: everything comes back from the entries.
    ///
    /// # Errors
    /// The file cannot be replaced.
    pub fn renew(&mut self) -> Result<()> {
        if self.is_closed() {
            return Ok(());
        }
        // The old connection goes first: some systems replace no file that is open.
        self.db = Connection::open_in_memory()?;
        Replica::fresh(&self.path, &self.keys)?;
        *self = Replica::existing(&self.path, &self.keys)?.ok_or(ReplicaFault::Unreadable)?;
        Ok(())
    }

    /// A read-only second connection, for the thread that draws.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reader(&self) -> Result<Reader> {
        if self.is_closed() {
            return Err(ReplicaFault::Closed);
        }
        Reader::open_sealed(&self.path, &self.keys)
    }

    /// Opens a transaction that stays open until it is committed or dropped.
    ///
    /// # Errors
    /// SQLite's; another process writes to the file.
    pub fn begin(&mut self) -> Result<Apply<'_>> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Apply::new(tx))
    }

    /// Opens a transaction over an emptied replica: the entries it was built from are no longer the log's. Whoever reads
    /// sees the old one until the new one is committed.
    ///
    /// # Errors
    /// SQLite's.
    pub fn begin_anew(&mut self) -> Result<Apply<'_>> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut names = Vec::new();
        {
            let mut tables = tx
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")?;
            for name in tables.query_map([], |row| row.get::<_, String>(0))? {
                names.push(name?);
            }
        }
        for name in names {
            tx.execute(&["DELETE FROM \"", &name, "\""].concat(), [])?;
        }
        tx.execute("INSERT INTO head(one, n, hash, share_ms) VALUES (1, 0, zeroblob(32), 0)", [])?;
        Ok(Apply::new(tx))
    }

    /// Before thousands of entries are applied at once: more memory for pages, so that the widely spread keys of a large
    /// log are not read again and again. `false` gives it back.
    ///
    /// # Errors
    /// SQLite's.
    pub fn catching_up(&mut self, large: bool) -> Result<()> {
        self.db.pragma_update(None, "cache_size", if large { -65_536 } else { CACHE_KIB })?;
        if !large {
            self.db.execute_batch("PRAGMA shrink_memory")?;
        }
        Ok(())
    }

    /// The last entry applied.
    ///
    /// # Errors
    /// SQLite's.
    pub fn head(&self) -> Result<Head> {
        head(&self.db)
    }

    /// SHA-256 over all tables in a fixed order of tables and rows, marks aside: two replicas of the same entries have
    /// the same.
    ///
    /// # Errors
    /// SQLite's.
    pub fn digest(&self) -> Result<[u8; 32]> {
        digest::digest(&self.db)
    }
}

/// A read-only connection to a replica.
pub struct Reader {
    db: Connection,
    faults: Faults,
    last_pack: LastPack,
}

impl Reader {
    /// Opens a plain replica at `path` for reading.
    ///
    /// # Errors
    /// SQLite's; there is no such file.
    pub fn open(path: &Path) -> Result<Reader> {
        Reader::open_sealed(path, &[])
    }

    /// The same with a sealed one, by any of `keys`.
    ///
    /// # Errors
    /// As [`Reader::open`]; none of the keys opens it.
    pub fn open_sealed(path: &Path, keys: &[FileKey]) -> Result<Reader> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = connect(path, flags, keys)?;
        set(&db)?;
        db.pragma_update(None, "query_only", true)?;
        Ok(Reader { db, faults: Faults::default(), last_pack: LastPack::default() })
    }

    /// The last entry applied.
    ///
    /// # Errors
    /// SQLite's.
    pub fn head(&self) -> Result<Head> {
        head(&self.db)
    }

    /// The digest, see [`Replica::digest`].
    ///
    /// # Errors
    /// SQLite's.
    pub fn digest(&self) -> Result<[u8; 32]> {
        digest::digest(&self.db)
    }

    /// What went wrong inside answers since it was last taken. Whoever decided on such answers throws the decision away.
    pub fn take_fault(&self) -> Option<ReplicaFault> {
        self.faults.take()
    }
}

impl Ask for Reader {
    fn db(&self) -> &Connection {
        &self.db
    }

    fn faults(&self) -> &Faults {
        &self.faults
    }

    fn last_pack(&self) -> &LastPack {
        &self.last_pack
    }
}

fn connect(path: &Path, flags: OpenFlags, keys: &[FileKey]) -> Result<Connection> {
    Ok(match keys {
        [] => Connection::open_with_flags(path, flags)?,
        keys => sealed::open(path, flags, keys)?,
    })
}

/// A plan hangs on no value: else SQLite prepares some statements again at each use, which costs more than the answer.
fn keep_plans(db: &Connection) -> Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn set(db: &Connection) -> Result<()> {
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    keep_plans(db)?;
    // Derived data: a commit lost with the power comes again from the entries, so no sync at each.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cache_size", CACHE_KIB)?;
    db.busy_timeout(PATIENCE)?;
    Ok(())
}

fn build(db: &Connection) -> Result<()> {
    db.execute_batch("BEGIN")?;
    db.execute_batch(SCHEMA)?;
    db.execute("INSERT INTO head(one, n, hash, share_ms) VALUES (1, 0, zeroblob(32), 0)", [])?;
    db.pragma_update(None, "user_version", VERSION)?;
    db.execute_batch("COMMIT")?;
    Ok(())
}

fn head(db: &Connection) -> Result<Head> {
    let mut statement = db.prepare_cached("SELECT n, hash, share_ms FROM head")?;
    Ok(statement.query_row([], |row| {
        let n: i64 = row.get(0)?;
        Ok(Head { n: n.unsigned_abs(), hash: row.get(1)?, share_ms: row.get(2)? })
    })?)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
