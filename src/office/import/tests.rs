//! Ledgers read into a small office: doubles, edits, interruptions, people without numbers, parts that fit.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::ledger::body::MAX_ENTRY;
use crate::ledger::{CountyId, DeskId};
use crate::office::desk::Parts;
use crate::office::scratch::{Hands, reach};
use crate::office::setup::{self, NewOfficer};
use crate::store::share;
use crate::store::share::host::RealHost;
use std::collections::BTreeSet;
use std::path::Path;

const HEAD: &str = "序号,姓名,身份证号,村,救助金额,审批时间,申请理由\n";

fn today() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn officer(no: &str, office: Office, role: Role) -> NewOfficer {
    NewOfficer { no: no.into(), name: "林知夏".into(), office, roles: BTreeSet::from([role]) }
}

/// A county with one handler of 波罗赤镇, who is signed in.
fn office(folder: &Path) -> (Desk, Session) {
    let county = CountyId([5; 16]);
    let (shared, own) = (folder.join("share"), folder.join("desk"));
    share::found(&shared, county, &own.join("workshop"), &mut RealHost::default()).unwrap();
    let hands = Hands::default();
    hands.set(Stamp::at(today(), 9, 0));
    let desk = DeskId([6; 8]);
    let mut desk = Desk::open(Parts {
        log: Box::new(reach(&shared, &own, county, desk, hands.clone())),
        county,
        desk,
        folder: own,
        clock: hands.clock(Hands::default()),
    })
    .unwrap();
    let admin = officer("9005", Office::County, Role::Administrator);
    let key = setup::make_key(county, None).unwrap();
    let admin = setup::found(&mut desk, "211321", true, &admin, key, CY_2021_15, 2026).unwrap();
    let handler = officer("9101", Office::Township(102), Role::Handler);
    let key = setup::make_key(county, None).unwrap();
    setup::enrol(&mut desk, &admin, &[(handler, key.public)]).unwrap();
    let mut session = setup::session_of(&"9101".into(), key.keys);
    session.learn(county, desk.keys());
    desk.sign_in(admin).unwrap();
    (desk, session)
}

fn reading(desk: &Desk, session: &Session, text: &str) -> Reading {
    let ask =
        Ask {
            name: "台账.csv", bytes: text.as_bytes(), township: Some(102), overrides: &[], today: today()
        };
    read(desk, session, ask).unwrap()
}

fn take(desk: &mut Desk, session: &Session, text: &str) -> Report {
    let reading = reading(desk, session, text);
    carry(desk, session, &reading, &mut |_, _| {}).unwrap()
}

/// So many rows of different people without numbers.
fn many(rows: std::ops::Range<usize>) -> String {
    let line = |at: usize| {
        let name: String = format!("{at:04}")
            .chars()
            .map(|c| "赵钱孙李周吴郑王冯陈".chars().nth(c as usize - 48).unwrap())
            .collect();
        format!(
            "{at},{name},,东山村,300,2025-03-{:02},突发疾病住院治疗费用较高家庭一时难以承担\n",
            at % 28 + 1
        )
    };
    HEAD.to_owned() + &rows.map(line).collect::<String>()
}

#[test]
fn a_file_read_twice_or_edited_makes_no_doubles() {
    let dir = tempfile::tempdir().unwrap();
    let (mut desk, session) = office(dir.path());
    let file = format!(
        "{HEAD}1,王福生,211321196804120012,东山村,500,2025-03-01,住院\n2,李强,,东山村,300,2025-04-02,失火\n\
         3,赵德发,211321194001010013,东山村,五百,2025-04-03,失火\n"
    );
    let first = take(&mut desk, &session, &file);
    assert_eq!((first.written, first.known, first.bad.len(), first.people_new), (2, 0, 1, 2));
    let again = take(&mut desk, &session, &file);
    assert_eq!((again.written, again.known, again.bad.len()), (0, 2, 1));
    let edited = file.replace("五百", "450");
    let third = take(&mut desk, &session, &edited);
    assert_eq!((third.written, third.known, third.bad.len(), third.people_new), (1, 2, 0, 1));
    // somebody without a number is the same person in another ledger
    let other = format!("{HEAD}1,李强,,东山村,200,2024-05-06,伤病\n");
    let fourth = take(&mut desk, &session, &other);
    assert_eq!((fourth.written, fourth.people_new), (1, 0));
    let hits = desk.replica().reader().unwrap().search("李强", today(), 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].three_years.count, hits[0].three_years.amount.fen()), (2, 50_000));
}

#[test]
fn a_number_on_file_under_another_name_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (mut desk, session) = office(dir.path());
    take(&mut desk, &session, &format!("{HEAD}1,王福生,211321196804120012,东山村,500,2025-03-01,住院\n"));
    let report =
        take(&mut desk, &session, &format!("{HEAD}1,王富生,211321196804120012,东山村,100,2024-03-01,住院\n"));
    assert_eq!((report.written, report.people_new, report.clashes), (1, 0, vec![2]));
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped_in_parts_that_fit() {
    let dir = tempfile::tempdir().unwrap();
    let (mut desk, session) = office(dir.path());
    let file = many(0..1_300);
    let mut cut = reading(&desk, &session, &file);
    cut.plan.good.truncate(400);
    carry(&mut desk, &session, &cut, &mut |_, _| {}).unwrap();
    let mut steps = Vec::new();
    let rest = reading(&desk, &session, &file);
    assert_eq!(rest.plan.known, 400);
    let report = carry(&mut desk, &session, &rest, &mut |done, all| steps.push((done, all))).unwrap();
    assert_eq!((report.written, report.known), (900, 400));
    assert!(report.parts >= 2, "{}", report.parts);
    assert_eq!((steps.first().copied(), steps.last().copied()), (Some((0, 900)), Some((900, 900))));
    let state = desk.replica().reader().unwrap();
    assert!(rest.plan.good.iter().all(|row| state.imported(&hex::encode(row.mark))));
}

#[test]
fn wide_rows_make_smaller_parts() {
    let dir = tempfile::tempdir().unwrap();
    let (mut desk, session) = office(dir.path());
    let file = many(0..500).replace("突发疾病住院治疗费用较高家庭一时难以承担", &"病".repeat(400));
    let reading = reading(&desk, &session, &file);
    let key = RowKey::of(&session, desk.county()).unwrap();
    let parts = parts::make(&desk.replica().reader().unwrap(), &key, &reading.plan).unwrap();
    assert!(parts.drafts.len() > 1);
    for part in &parts.drafts {
        let (command, private) = &part.draft;
        let size =
            2 * serde_json::to_vec(command).unwrap().len() + serde_json::to_vec(private).unwrap().len();
        assert!(size < MAX_ENTRY, "{size}");
    }
    assert_eq!(carry(&mut desk, &session, &reading, &mut |_, _| {}).unwrap().written, 500);
}

#[test]
fn a_file_that_is_no_ledger_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, session) = office(dir.path());
    for bytes in [b"".as_slice(), b"hello\nworld\n", b"PK\x03\x04broken", &[0xd0, 0xcf, 0x11, 0xe0, 1, 2]] {
        let ask = Ask { name: "x.csv", bytes, township: None, overrides: &[], today: today() };
        let fault = read(&desk, &session, ask).err().unwrap();
        assert_eq!(fault.kind, FaultKind::User);
        assert!(fault.what.starts_with("x.csv"), "{fault}");
    }
}
