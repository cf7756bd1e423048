//! I11 and I12: the same entries make the same replica, however they are cut.

use super::histories::history;
use super::*;
use crate::domain::code::Code;
use crate::store::replica::digest::TABLES;
use crate::store::replica::{Reader, ReplicaFault};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn in_one_go_in_pieces_and_built_again_come_out_equal(sheets in history(), cut in 1usize..20) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let mut whole = Replica::in_memory().unwrap();
        apply_all(&mut whole, &sheets);
        for part in sheets.chunks(cut) {
            // opened anew for each part
            let mut replica = Replica::open(&path).unwrap();
            replica.catching_up(true).unwrap();
            apply_all(&mut replica, part);
            replica.catching_up(false).unwrap();
        }
        let pieces = Replica::open(&path).unwrap();
        prop_assert_eq!(whole.digest().unwrap(), pieces.digest().unwrap());
        prop_assert_eq!(search_keys(&whole), search_keys(&pieces));
        drop(pieces);
        std::fs::remove_file(&path).unwrap();
        let mut again = Replica::open(&path).unwrap();
        prop_assert_eq!(again.head().unwrap().n, 0);
        apply_all(&mut again, &sheets);
        prop_assert_eq!(whole.digest().unwrap(), again.digest().unwrap());
    }
}

#[test]
fn one_fact_more_or_other_private_words_change_the_digest_and_marks_do_not() {
    let mut plain = Replica::in_memory().unwrap();
    apply_all(&mut plain, &county());
    let mut sheets = county();
    let last = sheets.len() - 1;
    sheets[last] = sheets[last].clone().marked(vec![Refusal::new(Code::Scope, "", "不是本单位的办件。")]);
    let mut marked = Replica::in_memory().unwrap();
    apply_all(&mut marked, &sheets);
    assert_eq!(plain.digest().unwrap(), marked.digest().unwrap());
    sheets[last] = sheets[last].clone().with(texts(&[("note", "另一句话")]));
    let mut worded = Replica::in_memory().unwrap();
    apply_all(&mut worded, &sheets);
    assert_ne!(plain.digest().unwrap(), worded.digest().unwrap());
}

#[test]
fn the_digest_covers_every_table_but_marks_and_search_keys() {
    let replica = Replica::in_memory().unwrap();
    let mut statement =
        replica.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let mut tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(|name| name.unwrap()).collect();
    tables.retain(|name| name != "mark" && name != "search_key");
    let mut covered: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
    covered.sort_unstable();
    assert_eq!(tables, covered);
}

#[test]
fn what_is_not_committed_has_not_happened() {
    let mut replica = Replica::in_memory().unwrap();
    let empty = replica.digest().unwrap();
    let mut apply = replica.begin().unwrap();
    put(&mut apply, &county()[0], true).unwrap();
    assert_eq!(apply.head().unwrap().n, 1);
    drop(apply);
    assert_eq!(replica.digest().unwrap(), empty);
}

#[test]
fn a_group_of_commands_goes_back_together_and_what_came_before_stays() {
    let mut replica = Replica::in_memory().unwrap();
    let sheets = county();
    let mut apply = replica.begin().unwrap();
    put(&mut apply, &sheets[0], true).unwrap();
    let before = apply.digest().unwrap();
    let outer = apply.savepoint().unwrap();
    put(&mut apply, &sheets[1], true).unwrap();
    let inner = apply.savepoint().unwrap();
    put(&mut apply, &sheets[2], true).unwrap();
    apply.rollback_to(inner).unwrap();
    assert_eq!(apply.head().unwrap().n, 2);
    apply.rollback_to(outer).unwrap();
    assert_eq!(apply.digest().unwrap(), before);
    put(&mut apply, &sheets[1], true).unwrap();
    apply.commit().unwrap();
    assert_eq!(replica.head().unwrap().n, 2);
}

#[test]
fn entries_come_one_after_the_other() {
    let mut replica = Replica::in_memory().unwrap();
    let mut apply = replica.begin().unwrap();
    let author = who("9001");
    let mut entry = Applied {
        n: 2,
        hash: [0; 32],
        share_ms: 0,
        desk_ms: 0,
        desk: ([1; 8], 1),
        author: &author,
        key: "",
        carrier: &author,
        verb: "",
        zh: "",
        seen: 0,
        facts: &[],
        private: None,
        marks: &[],
    };
    assert!(matches!(apply.apply(&entry), Err(ReplicaFault::Gap { have: 0, got: 2 })));
    entry.n = 1;
    apply.apply(&entry).unwrap();
    assert!(matches!(apply.apply(&entry), Err(ReplicaFault::Gap { have: 1, got: 1 })));
}

#[test]
fn a_file_of_another_version_or_of_another_kind_gives_way_to_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    apply_all(&mut Replica::open(&path).unwrap(), &county());
    assert_eq!(Replica::open(&path).unwrap().head().unwrap().n, 9);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.pragma_update(None, "user_version", 999).unwrap();
    drop(other);
    assert_eq!(Replica::open(&path).unwrap().head().unwrap().n, 0);
    std::fs::write(&path, "这不是数据库，是一个文本文件。".repeat(100)).unwrap();
    assert_eq!(Replica::open(&path).unwrap().head().unwrap().n, 0);
}

#[test]
fn a_file_that_another_window_holds_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    apply_all(&mut Replica::open(&path).unwrap(), &county());
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE; UPDATE head SET n = n").unwrap();
    let refused = Replica::open(&path).and_then(|mut replica| replica.begin().map(|_| ()));
    assert!(refused.is_err());
    drop(holder);
    assert_eq!(Replica::open(&path).unwrap().head().unwrap().n, 9);
}

#[test]
fn a_reader_sees_what_is_committed_and_cannot_write() {
    let (folder, mut replica) = county_replica();
    let reader = replica.reader().unwrap();
    let n = reader.head().unwrap().n;
    let mut apply = replica.begin().unwrap();
    put(&mut apply, &sheet(Stamp(0), "1203", "", vec![]), true).unwrap();
    assert_eq!(reader.head().unwrap().n, n);
    apply.commit().unwrap();
    assert_eq!(reader.head().unwrap().n, n + 1);
    assert!(reader.db.execute("DELETE FROM cases", []).is_err());
    assert!(Reader::open(&folder.path().join("nowhere.db")).is_err());
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_pc_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _replica) = county_replica();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
