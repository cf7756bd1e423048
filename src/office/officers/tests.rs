//! The administrator's deeds on the real engine: a request from another PC, two administrators, a new data key, the seed.

use super::*;
use crate::base::day::Stamp;
use crate::ledger::wrap::Keys;
use crate::office::request::{self, Request};
use crate::office::scratch::Scratch;

fn officer(no: &str, office: Office, role: Role) -> NewOfficer {
    NewOfficer { no: no.into(), name: format!("名{no}"), office, roles: BTreeSet::from([role]) }
}

fn at(hour: u32) -> Stamp {
    Stamp::at(Day::new(2026, 3, 2).unwrap(), hour, 0)
}

fn office() -> Scratch {
    let officers = [
        officer("9009", Office::County, Role::Administrator),
        officer("1021", Office::Township(102), Role::Handler),
    ];
    Scratch::found(&officers, at(9), false).unwrap()
}

fn carry(scratch: &mut Scratch, by: &str, drafts: Vec<Draft>) {
    let by = OfficerNo::from(by);
    let acts = drafts.into_iter().map(|(command, private)| (by.clone(), command, private)).collect();
    let group = scratch.sign(acts).unwrap();
    let outcome = scratch.carry(&by, group).unwrap();
    setup::settled(Some(outcome)).unwrap();
    scratch.learn();
}

fn as_admin(scratch: &Scratch, by: &str, deed: impl FnOnce(&Administration<'_>) -> Vec<Draft>) -> Vec<Draft> {
    let session = scratch.session(&by.into()).unwrap();
    let desk = scratch.desk();
    deed(&Administration { session: &session, county: desk.county(), book: desk.keys() })
}

#[test]
fn a_request_is_enrolled_by_its_digits_and_can_read_every_year() {
    let mut scratch = office();
    let county = scratch.desk().county();
    let made = setup::make_key(county, None).unwrap();
    let asked = Request::new(county, "1027".into(), Office::Township(102), &made, at(9));
    scratch.engine().leave_request(&asked).unwrap();
    // Somebody lays another one under the same number: its digits are others.
    let other = setup::make_key(county, None).unwrap();
    let forged = Request::new(county, "1027".into(), Office::Township(102), &other, at(9));
    scratch.engine().leave_request(&forged).unwrap();
    let waiting = scratch.engine().requests().unwrap();
    assert_eq!(waiting.len(), 2);
    let told = asked.digits(county).unwrap();
    let found: Vec<_> = waiting.iter().filter(|one| one.digits == told).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(request::typed(&request::spoken(&told)), told);
    let key = found[0].request.key.clone();
    let new = officer("1027", Office::Township(102), Role::Approver);
    let drafts =
        as_admin(&scratch, "9009", |admin| admin.enrol(&new, Some(Money::from_fen(30_000)), &key).unwrap());
    carry(&mut scratch, "9009", drafts);
    let mut session = setup::session_of(&new.no, made.keys);
    session.learn(county, scratch.desk().keys());
    assert_eq!(session.periods, vec![Period::of(2026)]);
    let left: Vec<_> = scratch.engine().requests().unwrap();
    assert_eq!(left.len(), 1, "the answered one is gone, the other is nobody's");
    scratch.at(at(9).plus_hours(24 * 31));
    assert!(scratch.engine().requests().unwrap().is_empty(), "and goes after thirty days");
}

#[test]
fn with_two_administrators_the_second_opens_the_data_keys() {
    let mut scratch = office();
    let county = scratch.desk().county();
    let second = setup::make_key(county, None).unwrap();
    let new = officer("9010", Office::County, Role::Administrator);
    let drafts = as_admin(&scratch, "9009", |admin| admin.enrol(&new, None, &second.public).unwrap());
    carry(&mut scratch, "9009", drafts);
    scratch.keep(&new.no, second.keys);
    let made = setup::make_key(county, None).unwrap();
    let clerk = officer("1028", Office::Township(102), Role::Handler);
    let drafts = as_admin(&scratch, "9009", |admin| {
        assert!(!admin.is_alone());
        admin.enrol(&clerk, None, &made.public).unwrap()
    });
    assert_eq!(drafts.len(), 1, "no data key before the second");
    carry(&mut scratch, "9009", drafts);
    let waiting: Vec<_> = scratch.desk().keys().proposals().map(|(id, _)| id).collect();
    let drafts = as_admin(&scratch, "9010", |admin| admin.second(waiting[0]).unwrap());
    carry(&mut scratch, "9010", drafts);
    let mut session = setup::session_of(&clerk.no, made.keys);
    session.learn(county, scratch.desk().keys());
    assert_eq!(session.periods, vec![Period::of(2026)]);
    assert_eq!(scratch.desk().keys().proposals().count(), 0);
}

#[test]
fn who_left_does_not_get_the_next_data_key_and_the_rest_seal_with_it() {
    let mut scratch = office();
    let drafts = as_admin(&scratch, "9009", |admin| admin.suspend(&"1021".into()));
    carry(&mut scratch, "9009", drafts);
    let drafts = as_admin(&scratch, "9009", |admin| admin.renew_data_key(2026).unwrap());
    carry(&mut scratch, "9009", drafts);
    let periods = |no: &str| scratch.session(&no.into()).unwrap().periods.clone();
    let renewed = Period::of(2026).next();
    assert_eq!(periods("9009"), vec![Period::of(2026), renewed]);
    assert_eq!(periods("1021"), vec![Period::of(2026)]);
    assert_eq!(periods(RECOVERY), vec![Period::of(2026), renewed], "the seed opens everything");
    let desk = scratch.desk();
    let lasting = scratch.session(&"9009".into()).unwrap();
    assert!(lasting.followed(desk.county(), desk.keys()).is_none(), "it knows them all");
    as_admin(&scratch, "9009", |admin| {
        assert!(!admin.wants_data_key(2026) && admin.wants_data_key(2027));
        Vec::new()
    });
}

#[test]
fn the_seed_makes_an_administrator_who_reads_everything_and_is_replaced() {
    let mut scratch = office();
    let county = scratch.desk().county();
    let (wrong, next) = (Seed::new().unwrap(), Seed::new().unwrap());
    let made = setup::make_key(county, None).unwrap();
    let admin: OfficerNo = "9020".into();
    let refused = recover(scratch.engine(), &wrong, (&admin, "新管"), &made, &next);
    assert!(refused.unwrap_err().what.contains("不是本县现在的恢复种子"));
    // The scratch office's seed is random keys; give it one of paper first.
    let paper = Seed::new().unwrap();
    let key_set = crate::domain::command::kernel::KeySet { key: paper.public(), data: BTreeMap::new() };
    carry(&mut scratch, RECOVERY, plain(Command::KeySet(key_set)));
    let drafts = as_admin(&scratch, "9009", |admin| admin.renew_data_key(2026).unwrap());
    carry(&mut scratch, "9009", drafts);
    recover(scratch.engine(), &paper, (&admin, "新管"), &made, &next).unwrap();
    let keys: Keys = made.keys;
    let mut session = setup::session_of(&admin, keys);
    session.learn(county, scratch.desk().keys());
    assert_eq!(session.periods.last(), Some(&Period::of(2026).next()));
    assert!(scratch.desk().keys().officer(&admin).unwrap().is_administrator());
    let again =
        recover(scratch.engine(), &paper, (&admin, ""), &setup::make_key(county, None).unwrap(), &wrong);
    assert!(again.is_err(), "the old seed is dead");
}

#[test]
fn a_session_that_lasts_opens_the_keys_that_came_since() {
    let mut scratch = office();
    let county = scratch.desk().county();
    let made = setup::make_key(county, None).unwrap();
    let clerk = officer("1027", Office::Township(102), Role::Handler);
    let drafts = as_admin(&scratch, "9009", |admin| admin.enrol(&clerk, None, &made.public).unwrap());
    carry(&mut scratch, "9009", drafts);
    let mut session = setup::session_of(&clerk.no, made.keys);
    session.learn(county, scratch.desk().keys());
    let drafts = as_admin(&scratch, "9009", |admin| admin.renew_data_key(2026).unwrap());
    carry(&mut scratch, "9009", drafts);
    let followed = session.followed(county, scratch.desk().keys()).unwrap();
    assert_eq!(followed.periods, vec![Period::of(2026), Period::of(2026).next()]);
    assert_eq!(followed.officer, clerk.no);
}

#[test]
fn what_a_stolen_key_signed_is_listed_and_printed_without_what_the_new_key_signs() {
    let mut scratch = office();
    let lead = |scratch: &mut Scratch| {
        let lead = crate::office::sweep::acts::lead(scratch.now()).unwrap();
        carry(scratch, "1021", vec![lead]);
    };
    lead(&mut scratch);
    scratch.at(at(10).plus_hours(48));
    lead(&mut scratch);
    let stolen = scratch.desk().head_n().unwrap();
    let since = Day::new(2026, 3, 4).unwrap();
    let drafts = as_admin(&scratch, "9009", |admin| admin.revoke(&"1021".into(), Some(since)).unwrap());
    carry(&mut scratch, "9009", drafts);
    let made = setup::make_key(scratch.desk().county(), None).unwrap();
    let drafts = as_admin(&scratch, "9009", |admin| admin.rekey(&"1021".into(), &made.public).unwrap());
    carry(&mut scratch, "9009", drafts);
    scratch.keep(&"1021".into(), made.keys);
    lead(&mut scratch);
    let reader = scratch.desk().replica().reader().unwrap();
    let rows = reader.signed_by_stolen(10).unwrap();
    let found: Vec<_> = rows.iter().map(|row| (row.n, row.officer.0.as_str(), row.since)).collect();
    assert_eq!(found, vec![(stolen, "1021", since)], "not the one before, not the new key's");
    let admin = OfficerNo::from("9009");
    let occasion = crate::office::print::gather::Occasion { by: &admin, on: since, practice: true };
    let printed = crate::office::print::gather::of_stolen(&reader, &occasion).unwrap();
    let html = crate::office::print::html::page(&printed.paper);
    assert!(html.contains("失窃密钥核对单") && html.contains(&stolen.to_string()));
}
