//! What is destroyed after its time is gone from every file, on every desk, and what is merely missing is found: tests on
//! real desks over one real share.

use super::acts;
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::privacy::Erase;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::powers::Seats as _;
use crate::ledger::{Body, DeskId, Row};
use crate::office::audit::place::Place;
use crate::office::audit::{Asked, audit};
use crate::office::desk::verify::{Verified, verify};
use crate::office::desk::{Desk, Parts};
use crate::office::erasing;
use crate::office::keybook::KeyBook;
use crate::office::outcome::{Outcome, Receipt};
use crate::office::scratch::{Hands, Scratch, reach};
use crate::store::fault::FaultKind;
use crate::store::share::wound::{Column, Wounded, live_file};
use std::path::{Path, PathBuf};

const ADMIN: &str = "9000";

fn day(y: i32) -> Day {
    Day::new(y, 3, 2).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// The files under a folder that hold these bytes.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| {
        let text = std::fs::read(path).unwrap();
        memchr::memmem::find(&text, bytes).is_some()
    };
    files(folder).into_iter().filter(holds).collect()
}

fn done(outcome: Outcome) -> Vec<Receipt> {
    match outcome {
        Outcome::Done(receipts) => receipts,
        other => panic!("{other:?}"),
    }
}

/// A case of somebody with this name, opened and withdrawn on this day: its id and his id number.
fn closed_case(office: &mut Scratch, on: Day, name: &str) -> (CaseId, String) {
    office.at(Stamp::at(on, 9, 0));
    let mut opened = acts::case(on, 30_000).unwrap();
    let details = opened.drafts[0].1.people.values_mut().next().unwrap();
    details.name = name.to_owned();
    details.phone = "13904210000".to_owned();
    let id_no = details.id_no.clone();
    let by = |draft: (Command, _)| (OfficerNo::from(acts::HANDLER), draft.0, draft.1);
    done(office.act(opened.drafts.into_iter().map(by).collect()).unwrap());
    done(office.act(vec![by(acts::withdraw(opened.case))]).unwrap());
    (opened.case, id_no)
}

fn desk(office: &Scratch, folder: &str, id: u8) -> (PathBuf, Desk) {
    let own = office.share_folder().with_file_name(folder);
    let (county, desk) = (office.desk().county(), DeskId([id; 8]));
    let hands = office.hands();
    let log = Box::new(reach(&office.share_folder(), &own, county, desk, hands.clone()));
    let clock = hands.clock(Hands::default());
    let made = Desk::open(Parts { log, county, desk, folder: own.clone(), clock }).unwrap();
    (own, made)
}

fn rows(office: &mut Scratch) -> Vec<Row> {
    office.engine().entries().after(0, 1_000).unwrap()
}

fn verified(office: &Scratch, rows: &[Row]) -> Verified {
    let mut source = |n: u64, limit: usize| {
        Ok(rows.iter().filter(|row| row.n > n).take(limit).cloned().collect::<Vec<_>>())
    };
    verify(office.desk().county(), &mut source, &mut |_| {}).unwrap()
}

fn erase(office: &mut Scratch, cases: Vec<CaseId>) -> Vec<Receipt> {
    let command = Command::Erase(Erase { cases });
    done(office.act(vec![(ADMIN.into(), command, Default::default())]).unwrap())
}

#[test]
fn what_is_destroyed_is_gone_from_every_file_and_all_else_stays() {
    let mut office = Scratch::found(&acts::officers(), Stamp::at(day(2026), 9, 0), false).unwrap();
    let (old, old_id) = closed_case(&mut office, day(2026), "温如玉");
    let (_, young_id) = closed_case(&mut office, day(2030), "纪小山");
    let (second_folder, mut second) = desk(&office, "second", 7);
    second.pull().unwrap();
    second.sign_in(office.session(&acts::HANDLER.into()).unwrap()).unwrap();
    let own = office.desk_folder();
    // The replicas are sealed, so they are asked; all other files are searched.
    let knows = |desk: &Desk, id_no: &str| desk.replica().reader().unwrap().holder_of(id_no).is_some();
    assert!(knows(office.desk(), &old_id) && knows(&second, &old_id), "a name stands in a replica");

    office.at(Stamp::at(day(2036), 9, 0));
    office.pull(&ADMIN.into()).unwrap();
    let reader = office.desk().replica().reader().unwrap();
    let due = erasing::due(&reader, None, day(2036)).unwrap();
    assert_eq!(due.cases.iter().map(|case| case.id).collect::<Vec<_>>(), [old]);
    assert_eq!(due.kept.len(), 1);
    drop(reader);
    let before = rows(&mut office);
    let receipts = erase(&mut office, vec![old]);
    let Fact::Erased { rows: spans, people, .. } = &receipts[0].facts[0] else { panic!("{receipts:?}") };
    assert_eq!(people.len(), 1);
    let gone = |n: u64| spans.iter().any(|(first, last)| (*first..=*last).contains(&n));
    let sealed: Vec<&Row> = before.iter().filter(|row| gone(row.n) && row.private.is_some()).collect();
    assert_eq!(sealed.len(), 3, "the person, the reason of the case, the withdrawal");

    second.pull().unwrap();
    let share = office.share_folder();
    for folder in [&own, &second_folder, &share] {
        for word in ["温如玉", old_id.as_str(), "wenruyu"] {
            assert_eq!(holding(folder, word.as_bytes()), Vec::<PathBuf>::new(), "{word}");
        }
        for row in &sealed {
            let column = row.private.as_ref().unwrap();
            assert_eq!(holding(folder, column), Vec::<PathBuf>::new(), "the sealed part of {}", row.n);
        }
    }
    for desk in [office.desk(), &second] {
        assert!(!knows(desk, &old_id), "a replica still names him");
        assert!(knows(desk, &young_id), "who is younger stays");
    }

    // The chain stands, a desk that joins now takes it, and a replica that is built again comes out alike.
    let after = rows(&mut office);
    assert!(after.iter().all(|row| !gone(row.n) || row.private.is_none()));
    let found = verified(&office, &after);
    assert_eq!((found.broken, found.marks), (None, Vec::new()));
    let digest = office.desk().replica().digest().unwrap();
    assert_eq!(second.replica().digest().unwrap(), digest);
    let (_, mut third) = desk(&office, "third", 8);
    third.pull().unwrap();
    third.sign_in(office.session(&acts::HANDLER.into()).unwrap()).unwrap();
    assert_eq!(third.replica().digest().unwrap(), digest);
    // A backup that is begun now holds none of it.
    let entries = share.with_file_name("copied.db");
    std::fs::copy(own.join("entries.db"), &entries).unwrap();
    assert!(std::fs::read(&entries).unwrap().len() > 1_000);
    assert!(office.desk().replica().reader().unwrap().erased_by(receipts[0].n).unwrap().len() == 1);
}

#[test]
fn an_old_file_is_proved_by_what_a_newer_one_says_was_destroyed() {
    let mut office = Scratch::found(&acts::officers(), Stamp::at(day(2026), 9, 0), false).unwrap();
    let (old, _) = closed_case(&mut office, day(2026), "温如玉");
    office.at(Stamp::at(day(2036), 9, 0));
    office.pull(&ADMIN.into()).unwrap();
    let erased = erase(&mut office, vec![old])[0].n;
    // An old file ends before the entry that says what was destroyed in it.
    let live = live_file(&office.share_folder()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (single, newer) = (folder.path().join("log.0001-old.db"), folder.path().join("log.0001.db"));
    std::fs::copy(&live, &single).unwrap();
    Wounded::open(&single).unwrap().cut(erased - 1).unwrap();
    let proved = |beside: &mut [Place]| {
        audit(Place::find(&single, None).unwrap(), &Asked::default(), beside, &mut |_| {}).unwrap()
    };
    let alone = proved(&mut []);
    assert_eq!(alone.found.broken.as_ref().map(|broken| broken.code), Some("emptied"));
    assert!(alone.notes.iter().any(|note| note.contains("--beside")), "{:?}", alone.notes);
    let mut own = [Place::find(&office.desk_folder(), None).unwrap()];
    let with_a_desk = proved(&mut own);
    std::fs::copy(&live, &newer).unwrap();
    let with_a_file = proved(&mut []);
    for found in [with_a_desk, with_a_file] {
        assert_eq!((found.found.broken, found.found.head.n), (None, erased - 1));
        assert!(found.notes.iter().any(|note| note.contains("按规定销毁了")), "{:?}", found.notes);
    }
    // One that nothing destroyed is missed all the same.
    let n = rows(&mut office).iter().rev().find(|row| row.private.is_some() && row.n < erased).unwrap().n;
    Wounded::open(&single).unwrap().write_or_none(n, Column::Private, &[], true).unwrap();
    let wrong = proved(&mut []).found.broken.unwrap();
    assert_eq!((wrong.n, wrong.code), (n, "emptied"));
}

#[test]
fn a_private_part_that_nothing_destroyed_is_missed() {
    let mut office = Scratch::found(&acts::officers(), Stamp::at(day(2026), 9, 0), false).unwrap();
    closed_case(&mut office, day(2026), "温如玉");
    let all = rows(&mut office);
    assert_eq!(verified(&office, &all).broken, None);
    let at = all.iter().rposition(|row| row.private.is_some()).unwrap();
    let n = all[at].n;
    let mut bare = all.clone();
    bare[at].private = None;
    let found = verified(&office, &bare);
    assert_eq!(found.broken.map(|broken| (broken.n, broken.code)), Some((n, "emptied")));
    assert_eq!(found.head.n, n - 1);

    let file = live_file(&office.share_folder()).unwrap();
    Wounded::open(&file).unwrap().write_or_none(n, Column::Private, &[], true).unwrap();
    let (_, mut late) = desk(&office, "late", 9);
    let fault = late.pull().unwrap_err();
    assert_eq!(fault.kind, FaultKind::Damaged);
    assert!(fault.what.contains(&format!("第 {n} 条")) && fault.what.contains("销毁"), "{}", fault.what);
    assert_eq!(late.pull().unwrap_err().kind, FaultKind::Damaged, "it is said again each time");
    // Once the share is in order again the same desk goes on, with what it missed.
    let column = all[at].private.clone().unwrap();
    Wounded::open(&file).unwrap().write(n, Column::Private, &column).unwrap();
    late.pull().unwrap();
    assert_eq!(late.entries().after(n - 1, 1).unwrap()[0].private, Some(column));
}

#[test]
fn only_an_administrator_destroys_and_never_ahead_of_his_entry() {
    let mut office = Scratch::found(&acts::officers(), Stamp::at(day(2026), 9, 0), false).unwrap();
    closed_case(&mut office, day(2026), "温如玉");
    let all = rows(&mut office);
    let mut book = KeyBook::default();
    for row in &all {
        book.take_row(row).unwrap();
    }
    let row = all.iter().rfind(|row| row.private.is_some()).unwrap();
    let body = Body::from_text(&row.body).unwrap();
    let bare = Row { private: None, ..row.clone() };
    let erased =
        |first, last| vec![Fact::Erased { cases: Vec::new(), people: Vec::new(), rows: vec![(first, last)] }];
    let after = |author: &str, first: u64, last: u64| {
        let mut book = book.clone();
        book.column(&bare, &body);
        let author: OfficerNo = author.into();
        let key = book.living_key(&author).unwrap_or_default();
        book.apply(book.n() + 1, (&author, &key), &erased(first, last));
        (book.is_erased(row.n), book.owed().next())
    };
    assert_eq!(after(acts::HANDLER, row.n, row.n), (false, Some(row.n)), "a handler's word");
    assert_eq!(after("0", row.n, row.n), (false, Some(row.n)), "the recovery seed destroys nothing");
    assert_eq!(after(ADMIN, row.n, book.n() + 1), (false, Some(row.n)), "what is not written yet");
    assert_eq!(after(ADMIN, 1, row.n), (false, Some(row.n)), "the first entry");
    assert_eq!(after(ADMIN, row.n, row.n), (true, None));
}

#[test]
fn a_backup_from_before_a_destruction_is_told_from_a_new_one() {
    use crate::office::backup::{self, Chosen, Plan};
    let mut office = Scratch::found(&acts::officers(), Stamp::at(day(2026), 9, 0), true).unwrap();
    let (old, _) = closed_case(&mut office, day(2026), "温如玉");
    drop(crate::store::desk::Desk::open(&office.desk_folder(), DeskId([7; 8])).unwrap());
    let own = office.desk_folder();
    let (county, share) = (office.desk().county(), office.share_folder());
    let plan = Plan { county, desk: own.clone(), data: own, share, target: None };
    let dir = tempfile::tempdir().unwrap();
    let sticks = ["before", "after"].map(|name| dir.path().join(name));
    let make = |stick: &Path, y| {
        let now = Stamp::at(day(y), 10, 0);
        backup::make(&plan, Chosen::Named(stick), now, &mut |_| {}).unwrap();
        backup::outdated(&plan, stick).unwrap()
    };
    assert_eq!(make(&sticks[0], 2026), 0, "nothing is destroyed yet");
    office.at(Stamp::at(day(2036), 9, 0));
    office.pull(&ADMIN.into()).unwrap();
    erase(&mut office, vec![old]);
    office.pull(&ADMIN.into()).unwrap();
    assert_eq!(make(&sticks[0], 2036), 1, "its first file holds what is destroyed, its second does not");
    assert_eq!(make(&sticks[1], 2036), 0);
}
