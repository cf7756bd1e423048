//! The replica of a desk is sealed: it opens for whoever holds a key, and for nobody else; where none fits it is begun anew.

use super::*;
use crate::store::replica::{Reader, ReplicaFault};
use crate::store::sealed::FileKey;
use std::path::Path;

fn key(no: u8) -> FileKey {
    FileKey::new([no; 32])
}

fn on_disk(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.flat_map(|file| std::fs::read(file).unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

/// A name that the county's entries hold.
fn a_name(replica: &Replica) -> String {
    replica.db.query_row("SELECT name FROM person_private LIMIT 1", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_sealed_replica_answers_like_a_plain_one_and_its_files_name_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("replica.db");
    let mut plain = Replica::in_memory().unwrap();
    apply_all(&mut plain, &county());
    let name = a_name(&plain);
    let mut sealed = Replica::open_sealed(&path, vec![key(1)]).unwrap();
    sealed.catching_up(true).unwrap();
    apply_all(&mut sealed, &county());
    assert_eq!(sealed.digest().unwrap(), plain.digest().unwrap());
    let reader = sealed.reader().unwrap();
    assert_eq!(reader.digest().unwrap(), plain.digest().unwrap());
    assert!(!holds(&on_disk(dir.path()), &name), "while it is open");
    sealed.catching_up(false).unwrap();
    drop((reader, sealed));
    assert!(!holds(&on_disk(dir.path()), &name), "and after");
    let again = Replica::open_sealed(&path, vec![key(1), key(2)]).unwrap();
    assert_eq!(again.digest().unwrap(), plain.digest().unwrap());
    drop(again);
    assert!(Reader::open_sealed(&path, &[key(2)]).is_ok(), "the newest key opens it from then on");
    assert!(Reader::open_sealed(&path, &[key(1)]).is_err());
    assert!(Reader::open(&path).and_then(|reader| reader.head()).is_err(), "nor does none");
}

#[test]
fn where_no_key_fits_or_the_head_is_gone_it_is_begun_anew_and_that_is_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("replica.db");
    let fill = |keys: Vec<FileKey>| {
        let mut replica = Replica::open_sealed(&path, keys).unwrap();
        let before = replica.head().unwrap().n;
        if before == 0 {
            apply_all(&mut replica, &county());
        }
        before
    };
    assert_eq!(fill(vec![key(1)]), 0);
    assert_ne!(fill(vec![key(1)]), 0, "it was kept");
    assert_eq!(fill(vec![key(2)]), 0, "another county's key");
    for damage in [&|bytes: &mut Vec<u8>| bytes[30] ^= 1, &|bytes: &mut Vec<u8>| bytes.truncate(50)]
        as [&dyn Fn(&mut Vec<u8>); 2]
    {
        let mut bytes = std::fs::read(&path).unwrap();
        damage(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(fill(vec![key(2)]), 0, "begun anew");
        assert_ne!(fill(vec![key(2)]), 0);
    }
}

#[test]
fn a_plain_one_of_an_older_version_is_overwritten_and_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("replica.db");
    let mut plain = Replica::open(&path).unwrap();
    apply_all(&mut plain, &county());
    let name = a_name(&plain);
    drop(plain);
    assert!(holds(&on_disk(dir.path()), &name));
    // Another name for the same bytes, to see what became of them.
    let kept = dir.path().join("kept");
    std::fs::hard_link(&path, &kept).unwrap();
    let sealed = Replica::open_sealed(&path, vec![key(1)]).unwrap();
    assert_eq!(sealed.head().unwrap().n, 0);
    let bytes = std::fs::read(&kept).unwrap();
    assert!(bytes.len() > 4096 && bytes.iter().all(|byte| *byte == 0));
}

#[test]
fn while_it_is_closed_nobody_reads_it() {
    let closed = Replica::closed().unwrap();
    assert!(closed.is_closed() && closed.head().is_err());
    assert!(matches!(closed.reader(), Err(ReplicaFault::Closed)));
}

#[test]
fn its_tables_are_written_for_other_programs_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tables.db");
    let mut replica = Replica::in_memory().unwrap();
    apply_all(&mut replica, &county());
    replica.write_plain(&path).unwrap();
    let read = rusqlite::Connection::open(&path).unwrap();
    let cases = |db: &rusqlite::Connection| {
        db.query_row("SELECT count(*) FROM cases", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert!(cases(&read) > 0 && cases(&read) == cases(&replica.db));
    assert!(replica.write_plain(&path).is_err(), "nothing is overwritten");
}
