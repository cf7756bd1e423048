//! Faults come where they were ordered, and SQLite meets them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use rusqlite::Connection;

use super::super::*;
use crate::store::share::drive::Drive as _;

fn disk() -> Disk {
    let disk = Disk::new(1_772_413_200_000);
    for folder in [disk.share(), disk.own(1), disk.own(2)] {
        disk.drive(0).make_folder(&folder).unwrap();
    }
    disk
}

fn database(disk: &Disk) -> PathBuf {
    let path = disk.own(1).join("a.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE t(a); INSERT INTO t VALUES (1)").unwrap();
    path
}

fn rows(path: &Path) -> rusqlite::Result<i64> {
    Connection::open(path)?.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
}

#[test]
fn sqlite_works_on_it_and_nothing_is_on_the_real_disk() {
    let disk = disk();
    let path = database(&disk);
    assert_eq!(rows(&path).unwrap(), 1);
    assert!(!path.exists());
    assert_eq!(disk.drive(1).list(&disk.own(1)).unwrap(), ["a.db"]);
    let held = Connection::open(&path).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    let second = Connection::open(&path).unwrap();
    second.busy_timeout(Duration::from_secs(5)).unwrap();
    let began = disk.now_ms();
    disk.acting(1, || assert!(second.execute_batch("BEGIN IMMEDIATE").is_err()));
    assert!(disk.now_ms() - began >= 4_000, "it waited, in the world's time");
}

#[test]
fn a_dead_pc_does_nothing_more_until_it_starts_and_its_handles_stay_dead() {
    let disk = disk();
    let path = database(&disk);
    disk.acting(1, || {
        let db = Connection::open(&path).unwrap();
        disk.kill(1);
        assert!(db.execute("INSERT INTO t VALUES (2)", []).is_err());
        disk.start(1);
        assert!(db.execute("INSERT INTO t VALUES (3)", []).is_err(), "a handle of its earlier life");
        assert_eq!(rows(&path).unwrap(), 1);
    });
    assert!(disk.drive(2).list(&disk.share()).is_ok());
}

#[test]
fn every_kind_of_plan_hits_where_it_was_laid() {
    let disk = disk();
    let drive = disk.drive(1);
    let at = |no: u8| disk.share().join(format!("{no}"));
    disk.lay(Plan { pc: 1, side: Side::Share, at: 2, what: What::Fail(Fail::Io, Lasts::Times(2)) });
    let made: Vec<bool> = (0..6).map(|no| drive.create(&at(no)).is_ok()).collect();
    assert_eq!(made, [true, true, false, false, true, true]);
    assert!(disk.clear());
    disk.lay(Plan { pc: 1, side: Side::Both, at: 0, what: What::FailAfter(Fail::Away, Lasts::Once) });
    assert_eq!(drive.create(&at(9)).unwrap_err().kind(), std::io::ErrorKind::NotConnected);
    assert_eq!(drive.create(&at(9)).unwrap_err().kind(), std::io::ErrorKind::AlreadyExists, "no is not no");
    disk.clear();
    disk.lay(Plan { pc: 1, side: Side::Share, at: 0, what: What::Fail(Fail::Full, Lasts::ForGood) });
    assert!(drive.list(&disk.share()).is_ok(), "a full disk can be read");
    assert_eq!(drive.create(&at(10)).unwrap_err().kind(), std::io::ErrorKind::StorageFull);
    assert!(disk.drive(2).create(&at(10)).is_ok(), "another PC is not hit");
    disk.clear();
    let path = database(&disk);
    disk.lay(Plan { pc: 1, side: Side::Both, at: 0, what: What::Fail(Fail::Short, Lasts::ForGood) });
    drive.fill(&at(9), b"abcdefgh").unwrap();
    assert_eq!(drive.read(&at(9)).unwrap(), b"abcdefgh", "whole files are read until their end");
    assert!(disk.acting(1, || rows(&path)).is_err());
    disk.clear();
    assert_eq!(disk.acting(1, || rows(&path)).unwrap(), 1);
    disk.lay(Plan { pc: 2, side: Side::Both, at: 1, what: What::Kill });
    assert!(disk.drive(2).create(&at(11)).is_ok() && disk.drive(2).create(&at(12)).is_err());
    assert!(disk.is_dead(2) && drive.meta(&at(12)).is_err());
    disk.set_away(1, true);
    assert!(drive.list(&disk.share()).is_err() && drive.list(&disk.own(1)).is_ok());
}

#[test]
fn the_servers_power_takes_names_and_sectors_that_were_not_synced() {
    let disk = disk();
    let drive = disk.drive(1);
    let (kept, lost) = (disk.share().join("kept"), disk.share().join("lost"));
    drive.create(&kept).unwrap();
    drive.fill(&kept, b"whole").unwrap();
    drive.create(&lost).unwrap();
    disk.lay(Plan { pc: 1, side: Side::Share, at: 0, what: What::ServerPower });
    assert!(drive.read(&kept).is_err() && disk.is_down());
    let one = disk.power_back(&mut || false);
    assert_eq!(drive.list(&disk.share()).unwrap(), ["kept"]);
    assert_eq!(drive.read(&kept).unwrap(), b"whole");
    drive.create(&lost).unwrap();
    assert_ne!(disk.power_back(&mut || true), one);
    assert_eq!(drive.list(&disk.share()).unwrap(), ["kept", "lost"]);
    disk.set_lies(true);
    drive.fill(&lost, b"said to be there").unwrap();
    disk.power_back(&mut || false);
    assert_eq!(drive.read(&lost).unwrap(), b"", "its sync was a lie");
}

#[test]
fn a_pcs_power_takes_its_own_files_and_what_it_had_not_handed_over() {
    let disk = disk();
    let path = database(&disk);
    disk.flush();
    disk.acting(1, || {
        let db = Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA synchronous = OFF; INSERT INTO t VALUES (2)").unwrap();
    });
    disk.power_off(1, &mut || false);
    disk.start(1);
    assert_eq!(rows(&path).unwrap(), 1, "its journal never was");
}

#[test]
fn snapshots_copies_and_time() {
    let disk = disk();
    let path = database(&disk);
    let before = disk.snapshot();
    let week = disk.copy_of(&disk.own(1));
    disk.acting(1, || Connection::open(&path).unwrap().execute("INSERT INTO t VALUES (2)", []).unwrap());
    assert_eq!(rows(&path).unwrap(), 2);
    disk.put_back(&disk.own(3), &week);
    assert_eq!(rows(&disk.own(3).join("a.db")).unwrap(), 1);
    disk.restore(&before);
    assert_eq!(rows(&path).unwrap(), 1);
    assert!(rows(&disk.own(3).join("a.db")).is_err());
    disk.set_server_off(-60_000);
    disk.pass(Duration::from_secs(5));
    disk.drive(1).create(&disk.share().join("t")).unwrap();
    let modified = disk.drive(1).meta(&disk.share().join("t")).unwrap().modified;
    assert_eq!(modified.duration_since(UNIX_EPOCH).unwrap().as_millis(), 1_772_413_145_000);
    disk.take_away(&disk.own(1));
    assert!(disk.drive(1).list(&disk.own(1)).unwrap().is_empty());
}

#[test]
fn a_clients_cache_says_missing_for_a_second_and_an_old_size_while_a_handle_is_open() {
    let disk = disk();
    disk.set_caches(true);
    let (one, other, name) = (disk.drive(1), disk.drive(2), disk.share().join("n"));
    assert!(one.read(&name).is_err());
    other.create(&name).unwrap();
    assert!(one.meta(&name).is_err(), "it was just looked for in vain");
    assert_eq!(one.list(&disk.share()).unwrap(), ["n"]);
    assert_eq!(one.create(&name).unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
    disk.pass(Duration::from_millis(1_001));
    assert_eq!(one.meta(&name).unwrap().len, 0);

    let path = disk.share().join("a.db");
    disk.acting(1, || Connection::open(&path).unwrap().execute_batch("CREATE TABLE t(a)").unwrap());
    let held = disk.acting(2, || {
        let held = Connection::open(&path).unwrap();
        held.query_row("SELECT count(*) FROM t", [], |_| Ok(())).unwrap();
        held
    });
    let grow = "INSERT INTO t SELECT hex(randomblob(3000)) FROM (SELECT 1 UNION SELECT 2 UNION SELECT 3)";
    disk.acting(1, || Connection::open(&path).unwrap().execute_batch(grow).unwrap());
    disk.acting(2, || {
        assert!(rows(&path).is_err(), "beside an open handle the old size makes it look malformed");
        disk.pass(Duration::from_millis(1_001));
        assert_eq!(rows(&path).unwrap(), 3);
    });
    drop(held);
}

#[test]
fn equal_courses_have_equal_traces_and_every_operation_asks_for_its_turn() {
    let course = |name: &str| {
        let disk = disk();
        let asked = Arc::new(AtomicU64::new(0));
        let count = asked.clone();
        disk.set_turn(Some(Arc::new(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        })));
        let before = disk.operations();
        database(&disk);
        disk.drive(1).create(&disk.share().join(name)).unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), disk.operations() - before);
        disk.trace()
    };
    assert_eq!(course("a"), course("a"));
    assert_ne!(course("a"), course("b"));
}
