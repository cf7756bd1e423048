//! The harness held against what is known of SQLite: journal modes that lose or tear under a power cut must do so here
//! too, and those that are safe must not. A harness in which the unsafe ones pass proves nothing of the safe one that the
//! product uses. The work is plain SQL, not the product's.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Chance, Disk, Plan, Side, What};
use crate::store::fault::Fault;
use crate::store::share::drive::Drive as _;

/// A way to write a database, and a disk under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// As it is called in tables.
    pub name: &'static str,
    set: &'static str,
    lies: bool,
    claims: i32,
    /// Whether it must lose nothing.
    pub is_safe: bool,
}

/// Atomic writes of any size, safe appends, sequential: what a ready-made VFS crate says of every disk.
const CLAIMS: i32 = rusqlite::ffi::SQLITE_IOCAP_ATOMIC
    | rusqlite::ffi::SQLITE_IOCAP_SAFE_APPEND
    | rusqlite::ffi::SQLITE_IOCAP_SEQUENTIAL
    | rusqlite::ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE;

const fn mode(name: &'static str, set: &'static str, is_safe: bool) -> Mode {
    Mode { name, set, lies: false, claims: 0, is_safe }
}

/// The modes; the product's is `truncate/full`.
pub const MODES: [Mode; 8] = [
    mode("truncate/full", "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL", true),
    mode("persist/full", "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = FULL", true),
    mode("delete/extra", "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA", true),
    mode("delete/full", "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL", false),
    mode("delete/normal", "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL", false),
    mode("delete/off", "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF", false),
    Mode {
        claims: CLAIMS,
        ..mode("truncate/full, 磁盘夸口", "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL", false)
    },
    Mode {
        lies: true,
        ..mode("truncate/full, 刷盘作假", "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL", false)
    },
];

/// What came of the power cuts of a mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Power cuts.
    pub runs: u64,
    /// The file was malformed afterwards.
    pub corrupt: u64,
    /// A transaction stood in part.
    pub half: u64,
    /// What COMMIT had said to be there was not.
    pub lost: u64,
}

impl Tally {
    /// Whether nothing was wrong.
    pub fn is_clean(&self) -> bool {
        self.corrupt + self.half + self.lost == 0
    }
}

/// Transactions of a run.
const WORK: i64 = 3;

/// Cuts the power at every operation of the work, so many times each.
///
/// # Errors
/// The work does not succeed on a disk without faults.
pub fn trial(mode: Mode, sector: u64, seed: u64, cuts: u64) -> Result<Tally, Fault> {
    let fault = |error| Fault::of_sql("模拟磁盘", error);
    let disk = Disk::new(0);
    disk.set_sector(sector);
    disk.set_claims(mode.claims);
    let path = disk.share().join("modes.db");
    disk.drive(1).make_folder(&disk.share()).map_err(|error| Fault::of_io("模拟磁盘", error))?;
    prepare(&path, mode).map_err(fault)?;
    disk.flush();
    disk.set_lies(mode.lies);
    let ready = disk.snapshot();
    let before = disk.operations();
    disk.acting(1, || work(&path, mode, &mut 0)).map_err(fault)?;
    let operations = disk.operations() - before;
    let mut tally = Tally::default();
    for at in 0..=operations {
        disk.restore(&ready);
        disk.lay(Plan { pc: 1, side: Side::Share, at, what: What::ServerPower });
        let mut told = 0;
        // It may be told that it is done or not; what it was told counts.
        let _ = disk.acting(1, || work(&path, mode, &mut told));
        disk.clear();
        let crashed = disk.snapshot();
        for cut in 0..cuts {
            disk.restore(&crashed);
            let mut chance = Chance::new(seed ^ at.wrapping_mul(0x9E37_79B9) ^ cut.wrapping_mul(0xC2B2_AE3D));
            disk.power_back(&mut || chance.keeps());
            disk.set_lies(false);
            tally.runs += 1;
            match judge(&path) {
                Err(_) => tally.corrupt += 1,
                Ok(None) => tally.half += 1,
                Ok(Some(done)) => tally.lost += u64::from(done < told),
            }
        }
    }
    Ok(tally)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open(PathBuf::from(path))
}

/// Accounts spread over some thirty pages.
fn prepare(path: &Path, mode: Mode) -> rusqlite::Result<()> {
    let db = open(path)?;
    db.execute_batch(mode.set)?;
    db.execute_batch(
        "CREATE TABLE account(id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, pad BLOB NOT NULL);
         CREATE TABLE done(id INTEGER PRIMARY KEY, note TEXT UNIQUE);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
             INSERT INTO account SELECT i, 1000, zeroblob(1500) FROM n;",
    )
}

/// Moves money between far pages, and notes it; `told` counts what COMMIT said to be there.
fn work(path: &Path, mode: Mode, told: &mut i64) -> rusqlite::Result<()> {
    let db = open(path)?;
    db.execute_batch(mode.set)?;
    for no in 1..=WORK {
        db.execute_batch("BEGIN IMMEDIATE")?;
        db.execute("UPDATE account SET sum = sum - 7 WHERE id = ?1", [no])?;
        db.execute("UPDATE account SET sum = sum + 7 WHERE id = ?1", [no + 40])?;
        db.execute("INSERT INTO done VALUES (?1, 'done ' || ?1)", [no])?;
        db.execute("INSERT INTO account VALUES (100 + ?1, 0, zeroblob(3000))", [no])?;
        db.execute_batch("COMMIT")?;
        *told = no;
    }
    Ok(())
}

/// How many transactions stand, if each stands whole and in order; an error where the file is malformed.
fn judge(path: &Path) -> rusqlite::Result<Option<i64>> {
    let db = open(path)?;
    let sound: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(rusqlite::Error::InvalidQuery);
    }
    let (count, last): (i64, i64) =
        db.query_row("SELECT count(*), coalesce(max(id), 0) FROM done", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let sums = "SELECT sum(sum), count(*) FILTER (WHERE sum = 993), count(*) FILTER (WHERE sum = 1007), \
                count(*) FILTER (WHERE id > 100) FROM account";
    let seen: (i64, i64, i64, i64) =
        db.query_row(sums, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok((count == last && seen == (60_000, count, count, count)).then_some(count))
}
