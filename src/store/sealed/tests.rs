//! A sealed database works like any other, gives nothing away, and is whole or replaced after a power cut.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, Result};

use super::file::{Code, Kind, Raw, Sealed};
use super::{FileKey, open};
use crate::base::seeded::Rng;
use crate::ledger::paged::PartKey;
use crate::store::simulated::{Chance, Disk, Plan, Side, What};

const NAME: &str = "林知夏";
const ID_NO: &str = "211321196804120012";

fn key(no: u8) -> FileKey {
    FileKey::new([no; 32])
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn opened(path: &Path, keys: &[FileKey]) -> Result<Connection> {
    let db = open(path, flags(), keys)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(db)
}

/// Rows with a name in each, in transactions of ten.
fn fill(db: &mut Connection, rows: u64) -> Result<()> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL)",
    )?;
    let mut left = rows;
    while left > 0 {
        let tx = db.transaction()?;
        for _ in 0..left.min(10) {
            let text = format!("{NAME} {ID_NO} {}", "地址".repeat((left % 60) as usize));
            tx.execute("INSERT INTO t(a, b) VALUES (?1, ?2)", [&text, NAME])?;
        }
        tx.commit()?;
        left = left.saturating_sub(10);
    }
    Ok(())
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(bytes, text).is_some()
}

/// Nothing that a file system keeps of the folder names anybody, or even that it is SQLite's.
fn gives_nothing_away(folder: &Path) -> usize {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for text in [NAME.as_bytes(), ID_NO.as_bytes(), "地址".as_bytes(), b"CREATE TABLE", b"SQLite format"]
        {
            assert!(!holds(&bytes, text), "{}", path.display());
        }
        seen += bytes.len();
    }
    seen
}

#[test]
fn it_works_in_every_journal_mode_and_no_file_beside_it_gives_anything_away() {
    for mode in ["WAL", "DELETE", "TRUNCATE", "PERSIST"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sealed.db");
        let mut db = opened(&path, &[key(1)]).unwrap();
        db.pragma_update_and_check(None, "journal_mode", mode, |_| Ok(())).unwrap();
        db.pragma_update(None, "cache_size", 4).unwrap();
        fill(&mut db, 300).unwrap();
        // A transaction that outgrows the memory for pages, with a statement that is taken back in the middle of it.
        let tx = db.transaction().unwrap();
        tx.execute_batch("UPDATE t SET a = a || b; CREATE UNIQUE INDEX one ON t(id, b)").unwrap();
        assert!(gives_nothing_away(dir.path()) > 10_000);
        tx.execute("UPDATE t SET id = CASE WHEN id < 290 THEN id + 1000 ELSE 300 END", []).unwrap_err();
        gives_nothing_away(dir.path());
        tx.rollback().unwrap();
        db.execute_batch("DELETE FROM t WHERE id % 3 = 0; VACUUM").unwrap();
        let sorted: Vec<String> = db
            .prepare("SELECT a FROM t ORDER BY b, a DESC")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(sorted.len(), 200, "{mode}");
        gives_nothing_away(dir.path());
        let check: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok", "{mode}");
        drop(db);
        assert!(gives_nothing_away(dir.path()) > 10_000);
        let db = opened(&path, &[key(1)]).unwrap();
        let count: i64 = db.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 200, "{mode}");
    }
}

#[test]
fn two_connections_share_it_one_of_which_only_reads() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sealed.db");
    let mut db = opened(&path, &[key(1)]).unwrap();
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    fill(&mut db, 50).unwrap();
    let reader = open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, &[key(1)]).unwrap();
    let count =
        |db: &Connection| db.query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count(&reader), 50);
    fill(&mut db, 20).unwrap();
    assert_eq!(count(&reader), 70);
    db.pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(())).unwrap();
    fill(&mut db, 10).unwrap();
    assert_eq!(count(&reader), 80);
    gives_nothing_away(dir.path());
}

#[test]
fn any_key_at_hand_opens_it_and_from_then_on_the_newest_does() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sealed.db");
    fill(&mut opened(&path, &[key(1), key(2)]).unwrap(), 10).unwrap();
    for keys in [&[][..], &[key(1)], &[key(3)]] {
        let code = opened(&path, keys).unwrap_err().sqlite_error_code();
        assert!(matches!(code, Some(ErrorCode::NotADatabase | ErrorCode::CannotOpen)), "{code:?}");
    }
    // who only reads leaves the head as it is
    open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, &[key(2), key(3)]).unwrap();
    assert!(opened(&path, &[key(3)]).is_err());
    assert!(opened(&path, &[key(1), key(2), key(3)]).is_ok());
    assert!(opened(&path, &[key(3)]).is_ok());
    assert!(opened(&path, &[key(2)]).is_err(), "whoever lacks the newest key has no business here");
}

#[test]
fn a_plain_file_is_none_of_ours_and_a_sealed_one_is_no_plain_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plain.db");
    fill(&mut Connection::open(&path).unwrap(), 10).unwrap();
    let code = opened(&path, &[key(1)]).unwrap_err().sqlite_error_code();
    assert_eq!(code, Some(ErrorCode::NotADatabase));
    let path = dir.path().join("sealed.db");
    fill(&mut opened(&path, &[key(1)]).unwrap(), 10).unwrap();
    let read = Connection::open(&path).unwrap().query_row("SELECT * FROM t", [], |_| Ok(()));
    assert_eq!(read.unwrap_err().sqlite_error_code(), Some(ErrorCode::NotADatabase));
}

#[test]
fn a_page_that_was_changed_or_moved_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sealed.db");
    fill(&mut opened(&path, &[key(1)]).unwrap(), 300).unwrap();
    let sound = std::fs::read(&path).unwrap();
    let (head, page) = (4096, 4136);
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let sum = "SELECT sum(length(a)) FROM t";
        opened(&path, &[key(1)]).and_then(|db| db.query_row(sum, [], |row| row.get::<_, i64>(0)))
    };
    assert!(read(&sound).is_ok());
    for at in [head, head + 5, head + page * 3 + 100, head + page * 4 + 4100, sound.len() - 1] {
        let mut bad = sound.clone();
        bad[at] ^= 1;
        assert_eq!(
            read(&bad).unwrap_err().sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt),
            "byte {at}"
        );
    }
    let mut moved = sound.clone();
    moved.copy_within(head + page * 3..head + page * 4, head + page * 4);
    assert_eq!(read(&moved).unwrap_err().sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt));
    let mut other = sound.clone();
    other[20] ^= 1;
    assert_eq!(read(&other).unwrap_err().sqlite_error_code(), Some(ErrorCode::NotADatabase), "the head");
}

/// Bytes in memory.
#[derive(Default)]
struct Memory(Vec<u8>);

impl Raw for Memory {
    fn read(&mut self, to: &mut [u8], at: u64) -> std::result::Result<usize, Code> {
        let there = self.0.get(at as usize..).unwrap_or_default();
        let count = there.len().min(to.len());
        to[..count].copy_from_slice(&there[..count]);
        to[count..].fill(0);
        Ok(count)
    }

    fn write(&mut self, from: &[u8], at: u64) -> std::result::Result<(), Code> {
        let end = at as usize + from.len();
        if self.0.len() < end {
            self.0.resize(end, 0);
        }
        self.0[at as usize..end].copy_from_slice(from);
        Ok(())
    }

    fn truncate(&mut self, len: u64) -> std::result::Result<(), Code> {
        self.0.truncate(len as usize);
        Ok(())
    }

    fn size(&mut self) -> std::result::Result<u64, Code> {
        Ok(self.0.len() as u64)
    }
}

#[test]
fn reads_and_writes_of_any_place_and_length_are_those_of_a_plain_file() {
    for (seed, kind) in (0..40).map(|seed| (seed, if seed % 2 == 0 { Kind::Journal } else { Kind::Passing }))
    {
        let mut rng = Rng::new(seed);
        let mut plain = Memory::default();
        let mut sealed =
            Sealed::with(Memory::default(), std::sync::Arc::new(PartKey::new(&[1; 32])), kind).unwrap();
        for step in 0..200 {
            let (far, long) = (rng.below(3) == 0, rng.below(2) == 0);
            let at = rng.below(if far { 40_000 } else { plain.0.len() as u64 + 600 });
            let len = rng.below(if long { 9_000 } else { 30 }) as usize;
            match rng.below(10) {
                0 => {
                    let at = rng.below(plain.0.len() as u64 + 1);
                    plain.truncate(at).unwrap();
                    sealed.truncate(at).unwrap();
                }
                1..=5 => {
                    let bytes: Vec<u8> = (0..len).map(|_| rng.below(256) as u8).collect();
                    if !bytes.is_empty() {
                        plain.write(&bytes, at).unwrap();
                        sealed.write(&bytes, at).unwrap();
                    }
                }
                _ => {
                    let (mut one, mut other) = (vec![1; len], vec![2; len]);
                    let all = plain.read(&mut one, at).unwrap() == len;
                    assert_eq!(sealed.read(&mut other, at).unwrap(), all, "seed {seed}, step {step}");
                    assert_eq!(one, other, "seed {seed}, step {step}");
                }
            }
            assert_eq!(sealed.size().unwrap(), plain.0.len() as u64, "seed {seed}, step {step}");
        }
    }
}

#[test]
fn no_nonce_comes_twice() {
    let mut sealed =
        Sealed::with(Memory::default(), std::sync::Arc::new(PartKey::new(&[1; 32])), Kind::Wal).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..600 {
        sealed.write(&[0; 32], 0).unwrap();
        let stored = sealed.raw().0.clone();
        assert!(seen.insert(stored[stored.len() - 24..].to_vec()));
    }
}

/// What a PC does before its power goes: transactions of ten rows, and checkpoints between them.
fn work(path: &Path, told: &mut u64) -> Result<()> {
    let mut db = opened(path, &[key(1)])?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "wal_autocheckpoint", 12)?;
    for _ in 0..8 {
        fill(&mut db, 10)?;
        *told += 10;
    }
    Ok(())
}

#[test]
fn a_power_cut_at_any_operation_leaves_what_was_committed() {
    for sector in [512, 4096] {
        let disk = Disk::new(1_800_000_000_000);
        disk.set_sector(sector);
        let path = disk.own(1).join("sealed.db");
        disk.acting(1, || {
            crate::store::files::make_folder(&disk.own(1)).unwrap();
            let mut db = opened(&path, &[key(1)]).unwrap();
            // Before the disk is flushed: a journal whose removal is lost with the power would be played back, sealed or not.
            db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
            fill(&mut db, 30).unwrap();
        });
        disk.flush();
        let ready = disk.snapshot();
        let before = disk.operations();
        disk.acting(1, || work(&path, &mut 0)).unwrap();
        let operations = disk.operations() - before;
        assert!(operations > 60, "{operations}");
        for at in (0..=operations).step_by(2) {
            disk.restore(&ready);
            disk.lay(Plan { pc: 1, side: Side::Both, at, what: What::Kill });
            let mut told = 30;
            let _ = disk.acting(1, || work(&path, &mut told));
            disk.clear();
            let dead = disk.snapshot();
            for cut in 0..4 {
                disk.restore(&dead);
                let mut chance = Chance::new(at << 8 | cut);
                if cut > 0 {
                    disk.power_off(1, &mut || chance.keeps());
                }
                disk.start(1);
                let (rows, check) = disk.acting(1, || {
                    let db = opened(&path, &[key(1)]).unwrap();
                    let rows: u64 = db
                        .query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0))
                        .unwrap() as u64;
                    let check: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
                    (rows, check)
                });
                assert_eq!(check, "ok", "sector {sector}, step {at}, cut {cut}");
                assert!(
                    rows == told || rows == told + 10,
                    "sector {sector}, step {at}, cut {cut}: {rows} of {told}"
                );
            }
        }
        for (name, bytes) in disk.files() {
            assert!(!holds(&bytes, NAME.as_bytes()) && !holds(&bytes, ID_NO.as_bytes()), "{name}");
        }
    }
}
