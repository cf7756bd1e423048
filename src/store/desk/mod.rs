//! `desk.db`: what is only on this PC and must not be lost: who this desk is, its counter, commands on their way to
//! the share (outbox), drafts, places in lists. Durable before anything is said to be saved. What names
//! people in it is [`sealed`]; its folder is readable by its user alone; nothing of it is ever shown by `Debug`.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::entries::{number, open_own};
use super::fault::{self, Fault, FaultKind};
use super::{files, sql};
use crate::ledger::DeskId;

pub mod backups;
pub mod drafts;
pub mod outbox;
pub mod sealed;

pub use drafts::Draft;
pub use outbox::{DraftOf, OutRow, OutState, Secret};

const FORMAT: u32 = 1;

const TABLES: &str = "
CREATE TABLE desk(id INTEGER PRIMARY KEY, desk BLOB NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE outbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT, grp INTEGER NOT NULL, cid BLOB NOT NULL UNIQUE, order_json TEXT NOT NULL,
    order_sig BLOB NOT NULL, private BLOB, salt BLOB, state TEXT NOT NULL, refusal TEXT, author TEXT NOT NULL,
    made_ms INTEGER NOT NULL) STRICT;
CREATE TABLE draft(
    id INTEGER PRIMARY KEY AUTOINCREMENT, officer TEXT NOT NULL, form TEXT NOT NULL, title TEXT NOT NULL,
    answers TEXT NOT NULL, field TEXT NOT NULL, saved_ms INTEGER NOT NULL) STRICT;
CREATE TABLE place(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
";

/// The desk's own file.
pub struct Desk {
    db: Connection,
    id: DeskId,
    /// Held as long as the desk is open; `None` in a second window.
    lock: Option<files::Held>,
    /// Seals what names people, once somebody signed in.
    locker: sealed::Locker,
}

impl Desk {
    /// Opens the desk in its folder (made if it is not there, for its user alone). `new_id` is the id that it gets if
    /// it is new. A second window on the same PC opens too, but can only read: see [`Desk::writable`].
    ///
    /// # Errors
    /// If the folder cannot be made or the file is not ours, newer or damaged.
    pub fn open(folder: &Path, new_id: DeskId) -> Result<Desk, Fault> {
        let io = |e| Fault::of_io("打开本机数据文件夹", e);
        files::make_private_folder(folder).map_err(io)?;
        let lock = files::take_lock(&folder.join("desk.lock")).map_err(io)?;
        let db = open_own(&folder.join("desk.db"), FORMAT, |db| {
            db.execute_batch(TABLES)?;
            db.execute("INSERT INTO desk(id, desk, seq) VALUES (1, ?1, 0)", params![new_id.0.as_slice()])?;
            Ok(())
        })?;
        if lock.is_none() {
            db.pragma_update(None, "query_only", true).map_err(fault)?;
        } else {
            db.execute_batch(backups::TABLE).map_err(fault)?;
            // Drafts and sent commands hold names: what is let go leaves no bytes behind.
            sql::set(&db, "secure_delete", "1")?;
        }
        let id: Vec<u8> =
            db.query_row("SELECT desk FROM desk WHERE id = 1", [], |r| r.get(0)).map_err(fault)?;
        let id = DeskId::from_slice(&id).ok_or_else(|| Fault::damaged("本机的文件 desk.db 损坏"))?;
        Ok(Desk { db, id, lock, locker: sealed::Locker::default() })
    }

    /// Whether this window may write.
    ///
    /// # Errors
    /// [`FaultKind::SecondWindow`] with the sentence for the screen.
    pub fn writable(&self) -> Result<(), Fault> {
        if self.lock.is_some() { Ok(()) } else { Err(fault::second_window()) }
    }

    /// This desk.
    pub fn id(&self) -> DeskId {
        self.id
    }

    /// Gives this desk another id: somebody else works under the old one.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn renew_id(&mut self, id: DeskId) -> Result<(), Fault> {
        self.writable()?;
        let sql = "UPDATE desk SET desk = ?1, seq = 0 WHERE id = 1";
        self.db.execute(sql, params![id.0.as_slice()]).map_err(fault)?;
        self.id = id;
        Ok(())
    }

    /// The desk's next count, durably: never the same twice, with gaps where an entry was not written after all.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn next_seq(&mut self) -> Result<u64, Fault> {
        self.writable()?;
        let sql = "UPDATE desk SET seq = seq + 1 WHERE id = 1 RETURNING seq";
        let seq: i64 = self.db.query_row(sql, [], |r| r.get(0)).map_err(fault)?;
        Ok(u64::try_from(seq).unwrap_or(0))
    }

    /// Keeps where somebody was: a list's line, a window's choice.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn set_place(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        self.writable()?;
        let sql = "INSERT INTO place(key, value) VALUES (?1, ?2)
                   ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, params![key, value]).map_err(fault)?;
        Ok(())
    }

    /// Where somebody was.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn place(&self, key: &str) -> Result<Option<String>, Fault> {
        self.db
            .query_row("SELECT value FROM place WHERE key = ?1", params![key], |r| r.get(0))
            .optional()
            .map_err(fault)
    }
}

fn fault(error: rusqlite::Error) -> Fault {
    Fault::of_sql("本机的文件 desk.db", error)
}

/// A row that was asked for is not there.
fn gone(what: &str) -> Fault {
    Fault::new(FaultKind::User, format!("{what}已不存在"), "请刷新列表后再试")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_keeps_its_id_counter_and_places() {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert_eq!((desk.next_seq().unwrap(), desk.next_seq().unwrap()), (1, 2));
        desk.set_place("queue", "12").unwrap();
        desk.set_place("queue", "13").unwrap();
        drop(desk);
        let mut desk = Desk::open(dir.path(), DeskId([2; 8])).unwrap();
        assert_eq!(desk.id(), DeskId([1; 8]));
        assert_eq!(desk.next_seq().unwrap(), 3);
        assert_eq!(desk.place("queue").unwrap().as_deref(), Some("13"));
        assert_eq!(desk.place("leads").unwrap(), None);
    }

    #[test]
    fn a_second_window_reads_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        first.set_place("queue", "12").unwrap();
        let mut second = Desk::open(dir.path(), DeskId([2; 8])).unwrap();
        assert_eq!(second.id(), DeskId([1; 8]));
        assert_eq!(second.place("queue").unwrap().as_deref(), Some("12"));
        assert_eq!(second.set_place("queue", "1").unwrap_err().kind, FaultKind::SecondWindow);
        assert_eq!(second.next_seq().unwrap_err().kind, FaultKind::SecondWindow);
        drop(first);
        drop(second);
        assert!(Desk::open(dir.path(), DeskId([2; 8])).unwrap().writable().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_its_users_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("desk");
        drop(Desk::open(&folder, DeskId([1; 8])).unwrap());
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
