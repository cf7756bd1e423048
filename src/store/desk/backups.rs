//! What this PC remembers of its backups (备份): when one was made last and where, when one was tried in a drill, and why
//! one could not be made. Kept in `desk.db` by a connection of its own, because the command line makes backups while the
//! desk is open in another window.

use super::{Desk, fault, number};
use crate::ledger::DeskId;
use crate::store::entries::open_own;
use crate::store::fault::Fault;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;

/// Added to files of earlier programs; those go on without it.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS backup(
    what TEXT NOT NULL, folder TEXT NOT NULL, at_ms INTEGER NOT NULL, n INTEGER NOT NULL, good INTEGER NOT NULL,
    words TEXT NOT NULL, PRIMARY KEY(what, folder)) STRICT;
";

/// What is remembered, of each folder the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A backup was made.
    Copy,
    /// A backup was tried in a drill (演练).
    Drill,
    /// A backup could not be made; forgotten when one is.
    Trouble,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            What::Copy => "copy",
            What::Drill => "drill",
            What::Trouble => "trouble",
        }
    }
}

/// One remembered thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The folder of the backup.
    pub folder: String,
    /// When, by this PC's clock, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Up to which entry; 0 where none was reached.
    pub n: u64,
    /// Whether it went well.
    pub good: bool,
    /// What is to be said of it, without a full stop; empty where all is well.
    pub words: String,
}

/// The last of each, of all folders together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The last backup.
    pub copy: Option<Event>,
    /// The last drill.
    pub drill: Option<Event>,
    /// Why the last backup could not be made.
    pub trouble: Option<Event>,
}

/// The memory, open for writing beside the desk's window.
pub struct Backups(Connection);

impl Backups {
    /// Opens the memory of a desk that is there.
    ///
    /// # Errors
    /// The file cannot be opened, is not ours, newer or damaged.
    pub fn open(folder: &Path) -> Result<Backups, Fault> {
        let path = folder.join("desk.db");
        if !path.exists() {
            return Err(Fault::bug("本机还没有办公桌的文件"));
        }
        let db = open_own(&path, super::FORMAT, |_| Ok(()))?;
        db.execute_batch(TABLE).map_err(fault)?;
        Ok(Backups(db))
    }

    /// Whose memory: the desk's id.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn desk(&self) -> Result<DeskId, Fault> {
        let id: Vec<u8> =
            self.0.query_row("SELECT desk FROM desk WHERE id = 1", [], |row| row.get(0)).map_err(fault)?;
        DeskId::from_slice(&id).ok_or_else(|| Fault::damaged("本机的文件 desk.db 损坏"))
    }

    /// Remembers a thing in place of the one before. A backup that was made ends the trouble of its folder.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn keep(&mut self, what: What, event: &Event) -> Result<(), Fault> {
        let sql = "INSERT INTO backup(what, folder, at_ms, n, good, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT(what, folder) DO UPDATE SET
                     at_ms = excluded.at_ms, n = excluded.n, good = excluded.good, words = excluded.words";
        let values =
            params![what.word(), event.folder, event.at_ms, number(event.n), event.good, event.words];
        let tx = self.0.transaction().map_err(fault)?;
        tx.execute(sql, values).map_err(fault)?;
        if what == What::Copy {
            let sql = "DELETE FROM backup WHERE what = ?1 AND folder = ?2";
            tx.execute(sql, params![What::Trouble.word(), event.folder]).map_err(fault)?;
        }
        tx.commit().map_err(fault)
    }

    /// The last of each.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn remembered(&self) -> Result<Remembered, Fault> {
        remembered(&self.0)
    }

    /// What was last remembered of a folder.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_folder(&self, what: What, folder: &str) -> Result<Option<Event>, Fault> {
        let sql = "SELECT folder, at_ms, n, good, words FROM backup WHERE what = ?1 AND folder = ?2";
        self.0.query_row(sql, params![what.word(), folder], event).optional().map_err(fault)
    }
}

impl Desk {
    /// What is remembered of backups.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn backups(&self) -> Result<Remembered, Fault> {
        remembered(&self.db)
    }
}

fn remembered(db: &Connection) -> Result<Remembered, Fault> {
    let there = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'backup'";
    let there: i64 = db.query_row(there, [], |row| row.get(0)).map_err(fault)?;
    if there == 0 {
        return Ok(Remembered::default());
    }
    let last = |what: What| {
        let sql =
            "SELECT folder, at_ms, n, good, words FROM backup WHERE what = ?1 ORDER BY at_ms DESC LIMIT 1";
        db.query_row(sql, params![what.word()], event).optional().map_err(fault)
    };
    Ok(Remembered { copy: last(What::Copy)?, drill: last(What::Drill)?, trouble: last(What::Trouble)? })
}

fn event(row: &rusqlite::Row<'_>) -> rusqlite::Result<Event> {
    let n: i64 = row.get(2)?;
    Ok(Event {
        folder: row.get(0)?,
        at_ms: row.get(1)?,
        n: n.unsigned_abs(),
        good: row.get(3)?,
        words: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(folder: &str, at_ms: i64, words: &str) -> Event {
        Event { folder: folder.into(), at_ms, n: 7, good: words.is_empty(), words: words.into() }
    }

    #[test]
    fn it_is_kept_beside_an_open_window_and_read_by_it() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Backups::open(dir.path()).is_err(), "no desk, no memory");
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert_eq!(desk.backups().unwrap(), Remembered::default());
        let mut other = Backups::open(dir.path()).unwrap();
        other.keep(What::Trouble, &event("/a", 5, "备份盘已满")).unwrap();
        assert_eq!(desk.backups().unwrap().trouble, Some(event("/a", 5, "备份盘已满")));
        desk.set_place("queue", "1").unwrap();
        other.keep(What::Copy, &event("/a", 6, "")).unwrap();
        other.keep(What::Copy, &event("/b", 4, "")).unwrap();
        other.keep(What::Drill, &event("/b", 9, "不通过")).unwrap();
        let known = desk.backups().unwrap();
        assert_eq!((known.copy, known.trouble), (Some(event("/a", 6, "")), None));
        assert_eq!(other.of_folder(What::Copy, "/b").unwrap(), Some(event("/b", 4, "")));
        assert_eq!(other.of_folder(What::Copy, "/c").unwrap(), None);
        assert_eq!(other.remembered().unwrap().drill, Some(event("/b", 9, "不通过")));
    }

    #[test]
    fn a_file_of_an_earlier_program_is_read_and_added_to() {
        let dir = tempfile::tempdir().unwrap();
        drop(Desk::open(dir.path(), DeskId([1; 8])).unwrap());
        Connection::open(dir.path().join("desk.db")).unwrap().execute_batch("DROP TABLE backup").unwrap();
        let first = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert_eq!(first.backups().unwrap(), Remembered::default());
        Connection::open(dir.path().join("desk.db")).unwrap().execute_batch("DROP TABLE backup").unwrap();
        let second = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert!(second.writable().is_err());
        assert_eq!(second.backups().unwrap(), Remembered::default(), "a window that only looks adds nothing");
    }
}
