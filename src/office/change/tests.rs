//! A change of password on the real engine: what the new key opens, what the old one signs no more, and a crash between.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::ledger::{DeskId, Keyring as _};
use crate::office::keeper::Keeper;
use crate::office::outcome::Outcome;
use crate::office::scratch::Scratch;
use crate::office::session::sign_in;
use crate::office::setup::NewOfficer;
use crate::office::sweep::acts;
use crate::store::desk::{Desk as Own, Draft as Kept};
use std::collections::BTreeSet;
use std::sync::Arc;

const OLD: &str = "liushu tunkou";
const NEW: &str = "lanse-bantui7";

fn office() -> Scratch {
    let officer = |no: &str, office, role| NewOfficer {
        no: no.into(),
        name: format!("试{no}"),
        office,
        roles: BTreeSet::from([role]),
    };
    let officers = [
        officer("9000", Office::County, Role::Administrator),
        officer("9001", Office::County, Role::Finance),
        officer("1021", Office::Township(102), Role::Handler),
    ];
    Scratch::found(&officers, Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0), true).unwrap()
}

/// Gives 1021 a key under a password, in the way that he changes it himself.
fn changed(scratch: &mut Scratch, password: &str) -> Arc<Session> {
    let session = scratch.session(&"1021".into()).unwrap();
    changed_from(scratch, session, password)
}

fn changed_from(scratch: &mut Scratch, session: Arc<Session>, password: &str) -> Arc<Session> {
    let county = scratch.desk().county();
    let made = make(county, &session, (password, "试1021"), true).unwrap();
    let change = prepare(county, &session, made).unwrap();
    let desk = scratch.engine();
    desk.sign_in(session.clone()).unwrap();
    let next = Arc::new(change.next);
    desk.expect_session(next.clone());
    setup::carry_as(desk, &session, change.drafts).unwrap();
    next
}

#[test]
fn the_new_password_opens_everything_and_the_old_one_nothing_more() {
    let mut scratch = office();
    let (county, clerk): (_, OfficerNo) = (scratch.desk().county(), "1021".into());
    let first = changed(&mut scratch, OLD);
    let before = scratch.desk().keys().clone();
    let held = first.periods.clone();
    assert_eq!(held, vec![Period::of(2026)]);
    let second = changed_from(&mut scratch, first, NEW);
    let desk = scratch.desk();
    assert_eq!(desk.keys().newest_data(), Some(Period::of(2026)), "no data key was made");
    let opened = sign_in(county, desk.keys(), &clerk, NEW).unwrap();
    assert_eq!((opened.signing.id(), opened.periods), (second.signing.id(), held));
    assert_eq!(sign_in(county, desk.keys(), &clerk, OLD).unwrap_err().what, "密码不对");
    // Whoever kept the old wrap still opens it with the old password; what it opens signs no more.
    let old = sign_in(county, &before, &clerk, OLD).unwrap();
    let state = desk.keys().key_at(&old.signing.id()).unwrap();
    assert_eq!(state.revoked_from, Some(desk.keys().n() + 1));
    assert!(superseded(&old, desk.keys()).unwrap().to_string().contains("密码已更改"));
    assert!(superseded(&second, desk.keys()).is_none());
    // The desk itself went over to the new key with the entry, so it goes on without signing in again.
    let (lead, private) = acts::lead(scratch.now()).unwrap();
    let desk = scratch.engine();
    setup::carry_as(desk, &second, vec![(lead, private)]).unwrap();
}

#[test]
fn a_desk_with_the_old_key_writes_nothing_behind_the_change() {
    let mut scratch = office();
    let (clerk, finance): (OfficerNo, OfficerNo) = ("1021".into(), "9001".into());
    let old = scratch.session(&clerk).unwrap();
    // Another officer's order waits at the same PC.
    let (command, private) = acts::arrival(1_000);
    let order = scratch.sign(vec![(finance.clone(), command, private)]).unwrap();
    changed(&mut scratch, OLD);
    let n = scratch.desk().head_n().unwrap();
    let desk = scratch.engine();
    desk.sign_in(old).unwrap();
    let outcome = desk.carry(std::slice::from_ref(&order)).pop();
    let Some(Outcome::Waiting(fault)) = outcome else { panic!("{outcome:?}") };
    assert!(fault.what.contains("密码已更改"), "{fault}");
    assert_eq!(desk.head_n().unwrap(), n);
    // Whoever signs in with a living key carries it.
    let finance = scratch.session(&finance).unwrap();
    let desk = scratch.engine();
    desk.sign_in(finance).unwrap();
    assert!(matches!(desk.carry(&[order]).pop(), Some(Outcome::Done(_))));
    desk.pull().unwrap();
}

#[test]
fn what_is_given_in_the_same_turn_behind_the_change_waits_for_the_new_key() {
    let mut scratch = office();
    let (clerk, finance): (OfficerNo, OfficerNo) = ("1021".into(), "9001".into());
    let (county, session) = (scratch.desk().county(), scratch.session(&clerk).unwrap());
    let (command, private) = acts::arrival(1_000);
    let other = scratch.sign(vec![(finance, command, private)]).unwrap();
    let made = make(county, &session, (NEW, ""), true).unwrap();
    let change = prepare(county, &session, made).unwrap();
    let own: Vec<_> = change
        .drafts
        .into_iter()
        .map(|(command, private)| crate::office::order::sign(&session, county, 1, &command, private).unwrap())
        .collect();
    let desk = scratch.engine();
    desk.sign_in(session).unwrap();
    desk.expect_session(Arc::new(change.next));
    let outcomes = desk.carry(&[own, other.clone()]);
    assert!(matches!(outcomes.as_slice(), [Outcome::Done(_), Outcome::Waiting(_)]), "{outcomes:?}");
    // The session has changed by itself.
    assert!(matches!(desk.carry(&[other]).pop(), Some(Outcome::Done(_))));
    desk.pull().unwrap();
}

#[test]
fn a_crash_between_entry_and_switch_loses_no_draft() {
    let mut scratch = office();
    let (county, clerk): (_, OfficerNo) = (scratch.desk().county(), "1021".into());
    let old = changed(&mut scratch, OLD);
    let folder = tempfile::tempdir().unwrap();
    let keeper = Keeper::new(Own::open(folder.path(), DeskId([1; 8])).unwrap());
    keeper.unlock(county, &old).unwrap();
    let answers = serde_json::json!({"name": "林知夏"});
    let draft = Kept {
        id: 0,
        officer: clerk.0.clone(),
        form: "emergency".into(),
        title: "急难登记".into(),
        answers: answers.clone(),
        field: "name".into(),
        saved_ms: 5,
    };
    let id = keeper.own().save_draft(&draft).unwrap();
    let (lead, private) = acts::lead(scratch.now()).unwrap();
    let signed = crate::office::order::sign(&old, county, 1, &lead, private).unwrap();
    let order = vec![signed];
    keeper.put(1, &order, 0, None).unwrap();
    // The entry stands; the program dies before any session is switched.
    changed_from(&mut scratch, old, NEW);
    drop(keeper);
    let session = sign_in(county, scratch.desk().keys(), &clerk, NEW).unwrap();
    let keeper = Keeper::new(Own::open(folder.path(), DeskId([1; 8])).unwrap());
    assert!(keeper.own().draft(&clerk.0, id).is_err(), "nobody signed in yet");
    keeper.unlock(county, &session).unwrap();
    assert_eq!(keeper.own().draft(&clerk.0, id).unwrap().unwrap().answers, answers);
    let waiting = keeper.waiting().unwrap();
    assert_eq!(waiting.len(), 1, "the order is opened too");
    // It was signed with the old key: it is refused with its reason, and stays with its words.
    let desk = scratch.engine();
    desk.sign_in(Arc::new(session)).unwrap();
    let outcome = desk.carry(&[waiting.into_iter().next().unwrap().orders]).pop();
    let Some(Outcome::Refused(refusals)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(refusals.first().unwrap().code, crate::domain::code::Code::KeyRevoked);
}

#[test]
fn a_password_that_anybody_guesses_is_refused_with_its_sentence() {
    let scratch = office();
    let session = scratch.session(&"1021".into()).unwrap();
    let refused = check(&session, "a10211021", "试").unwrap_err();
    assert!(refused.what.contains("操作员号"), "{refused}");
    check(&session, NEW, "试").unwrap();
}

#[test]
fn a_data_key_that_came_meanwhile_is_not_lost() {
    let mut scratch = office();
    let (county, clerk): (_, OfficerNo) = (scratch.desk().county(), "1021".into());
    let session = scratch.session(&clerk).unwrap();
    let made = make(county, &session, (NEW, ""), true).unwrap();
    let change = prepare(county, &session, made).unwrap();
    drop(session);
    let admin = scratch.session(&"9000".into()).unwrap();
    let renewed =
        crate::office::officers::Administration { session: &admin, county, book: scratch.desk().keys() }
            .renew_data_key(2026)
            .unwrap();
    let desk = scratch.engine();
    desk.sign_in(admin.clone()).unwrap();
    setup::carry_as(desk, &admin, renewed).unwrap();
    drop(admin);
    scratch.learn();
    let session = scratch.session(&clerk).unwrap();
    let desk = scratch.engine();
    desk.sign_in(session.clone()).unwrap();
    let refused = setup::carry_as(desk, &session, change.drafts).unwrap_err();
    assert!(refused.what.contains("数据密钥刚换过一把"), "{refused}");
    assert!(superseded(&session, scratch.desk().keys()).is_none(), "the old password still stands");
}
