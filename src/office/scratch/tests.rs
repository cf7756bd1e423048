//! The engine in a scratch office: what is carried stands in the log, is readable by another desk, and marks what a
//! desk that skips the rules writes.

use super::*;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::command::intake::NotePerson;
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::PersonId;
use crate::domain::office::{Office, Role};
use crate::domain::private::PersonDetails;
use crate::office::desk::verify::verify;
use crate::office::sweep::acts;
use std::collections::BTreeSet;

fn officer(no: &str, office: Office, roles: &[Role]) -> NewOfficer {
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    NewOfficer { no: no.into(), name: format!("名{no}"), office, roles }
}

fn office() -> Scratch {
    let officers = [
        officer("9000", Office::County, &[Role::Administrator]),
        officer("1021", Office::Township(102), &[Role::Handler]),
        officer("9001", Office::County, &[Role::Finance]),
    ];
    Scratch::found(&officers, Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0), false).unwrap()
}

fn person(name: &str, id_no: &str) -> (PersonId, Command, Private) {
    let person = PersonId(random::bytes().unwrap());
    let mut private = Private::default();
    let details =
        PersonDetails { name: name.to_owned(), id_no: id_no.to_owned(), ..PersonDetails::default() };
    private.people.insert(person, details);
    let note = NotePerson { person, resident: true, without_papers: None, died: None, reason: None };
    (person, Command::NotePerson(note), private)
}

fn done(outcome: Outcome) -> Vec<Receipt> {
    match outcome {
        Outcome::Done(receipts) => receipts,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_carried_stands_in_log_and_replica() {
    let mut office = office();
    let (id, command, private) = person("张三", "211321196804120012");
    let receipts = done(office.act(vec![("1021".into(), command, private)]).unwrap());
    assert_eq!(receipts.len(), 1);
    let reader = office.desk().replica().reader().unwrap();
    assert_eq!(reader.holder_of("211321196804120012"), Some((id, "张三".to_owned())));
    assert_eq!(reader.officer(&"1021".into()).unwrap().name, "名1021");
}

#[test]
fn what_only_the_author_can_see_in_a_number_marks_nobody() {
    let mut office = office();
    let (_, command, private) = person("郑吉", "290101199001010013");
    let receipts = done(office.act(vec![("1021".into(), command, private)]).unwrap());
    let noted = |fact: &Fact| matches!(fact, Fact::Noted { code: Code::IdArea, .. });
    assert!(receipts[0].facts.iter().any(noted), "an area that no table has is noted");
    let county = office.desk().county();
    let entries = office.engine().entries();
    let found = verify(county, &mut |n, limit| entries.after(n, limit), &mut |_| {}).unwrap();
    assert_eq!((found.broken, found.marks), (None, Vec::new()));
}

#[test]
fn a_group_stands_or_falls_as_a_whole() {
    let mut office = office();
    let (_, good, private) = person("张三", "211321196804120012");
    let (_, bad, wrong) = person("李四", "211321196804120013");
    let before = office.desk().head_n().unwrap();
    match office.act(vec![("1021".into(), good, private), ("1021".into(), bad, wrong)]).unwrap() {
        Outcome::Refused(refusals) => assert_eq!(refusals[0].code, Code::IdCheck),
        other => panic!("{other:?}"),
    }
    assert_eq!(office.desk().head_n().unwrap(), before);
    let reader = office.desk().replica().reader().unwrap();
    assert_eq!(reader.holder_of("211321196804120012"), None);
}

#[test]
fn the_same_orders_offered_again_are_answered_from_the_log() {
    let mut office = office();
    let (arrival, filed) = acts::arrival(200_000);
    let (allot, private) = acts::allot(200_000, Till::Cash);
    let orders = vec![("9001".into(), arrival, filed), ("9001".into(), allot, private)];
    let group = office.sign(orders).unwrap();
    let first = done(office.carry(&"9001".into(), group.clone()).unwrap());
    let again = done(office.carry(&"9001".into(), group).unwrap());
    assert_eq!(first[0].n, again[0].n);
    let reader = office.desk().replica().reader().unwrap();
    assert_eq!(reader.balance(Account::Reserve(102, Till::Cash)), Money::from_fen(200_000));
}

#[test]
fn another_desk_reads_the_same_and_the_replica_comes_back_equal() {
    let mut office = office();
    let (id, command, private) = person("张三", "211321196804120012");
    done(office.act(vec![("1021".into(), command, private)]).unwrap());
    let own = office.share_folder().with_file_name("second");
    let county = office.desk().county();
    let desk_id = DeskId([7; 8]);
    let hands = Hands::default();
    hands.set(office.now());
    let open = |folder: &Path| {
        Desk::open(Parts {
            log: Box::new(reach(&office.share_folder(), folder, county, desk_id, hands.clone())),
            county,
            desk: desk_id,
            folder: folder.to_owned(),
            clock: hands.clock(Hands::default()),
        })
        .unwrap()
    };
    let mut second = open(&own);
    second.pull().unwrap();
    second.sign_in(office.session(&"1021".into()).unwrap()).unwrap();
    let reader = second.replica().reader().unwrap();
    assert_eq!(reader.holder_of("211321196804120012"), Some((id, "张三".to_owned())));
    let digest = second.replica().digest().unwrap();
    assert_eq!(digest, office.desk().replica().digest().unwrap());
    drop((reader, second));
    std::fs::remove_file(own.join("replica.db")).unwrap();
    let mut again = open(&own);
    again.sign_in(office.session(&"1021".into()).unwrap()).unwrap();
    assert_eq!(again.replica().digest().unwrap(), digest);
}
