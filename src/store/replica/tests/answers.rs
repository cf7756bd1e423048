//! What the replica answers to rules.

use super::histories::history;
use super::*;
use crate::domain::answers::{Answers, Series};
use crate::domain::code::Code;
use crate::domain::grant::Source;
use crate::domain::ids::MergeId;
use crate::domain::memory::Memory;
use crate::domain::nouns::ItemKind;
use crate::domain::pack::CY_2021_15;
use proptest::prelude::*;

fn everyone() -> BTreeSet<PersonId> {
    (0..=4).map(person).collect()
}

/// Every answer about the handful of ids, as one text. The names that two answers carry are left out.
pub(super) fn told(answers: &dyn Answers) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let (from, to) = (day("2020-01-01"), day("2026-12-31"));
    let mut say = |what: String| writeln!(out, "{what}").unwrap();
    for no in ["1203", "1201", "9001", "77"].map(who) {
        say(format!(
            "{:?}",
            answers.officer(&no).map(|officer| (officer.office, officer.roles, officer.key, officer.ended))
        ));
        say(format!("{:?} {:?}", answers.key_lives(&no, "id1203"), answers.key_of(&no)));
        say(format!("{:?} {:?}", answers.relatives(&no), answers.codes(&no)));
        let mut late = answers.late_items(&no, day("2026-03-01"));
        late.sort_by_key(|item| (item.case, item.kind));
        say(format!("{late:?} {:?}", answers.brake_lifted(&no)));
    }
    for number in 0..5 {
        let one = BTreeSet::from([person(number)]);
        say(format!("{:?} {:?}", answers.same_as(&one), answers.links_of(&one)));
        say(format!("{:?}", answers.link(MergeId(id(12, number)))));
        say(format!("{:?}", answers.person(person(number))));
        say(format!("{:?}", answers.household(household(number))));
        for on in ["2026-02-01", "2026-03-02", "2026-12-31"] {
            say(format!("{:?}", answers.household_of(person(number), day(on))));
        }
        let mut matters = answers.matters_of(&BTreeSet::from([person(number)]));
        matters.sort_by_key(|matter| matter.id);
        say(format!("{:?} {matters:?}", answers.matter(matter(number))));
        say(format!("{:?} {:?}", answers.lead(lead(number)), answers.case(case(number))));
        say(format!("{:?}", answers.grants_of(&BTreeSet::from([person(number)]), from, to)));
        let mut items = answers.items(case(number));
        items.sort_by_key(|item| item.kind);
        say(format!("{items:?} {:?}", answers.balance(Account::Outlay(T, case(number)))));
        say(format!("{:?}", answers.authorisation(crate::domain::ids::AuthorityId(id(7, number)))));
        say(format!("{:?}", answers.payments(case(number))));
        say(format!("{:?}", answers.course(case(number))));
        say(format!("{:?} {:?}", answers.account_of(case(number)), answers.live_batch(case(number))));
        say(format!("{:?}", answers.batch(super::histories::batch(number))));
        let sent = crate::domain::ids::TransferId(id(12, number));
        say(format!("{:?} {:?}", answers.shelf(&super::histories::shelf(number)), answers.sending(sent)));
        say(format!("{:?}", answers.discoverer(crate::domain::ids::DiscovererId(id(15, number)))));
        say(format!("{:?}", answers.blank(&crate::domain::pad::number(2026, T, number.into()))));
        say(format!("{:?}", answers.households_on(&format!("{number:032x}"))));
        say(format!("{:?}", answers.closed_at_bank(&format!("{number:032x}"))));
        say(format!(
            "{:?} {}",
            answers.return_read(&format!("r{number}")),
            answers.year_closed(2022 + i32::from(number))
        ));
        for of in 0..3 {
            say(format!("{:?}", answers.given_back(case(number), line(of))));
            say(format!("{:?}", answers.postings_of(case(number), line(of))));
            say(format!("{:?}", answers.recovery(case(number), line(of))));
            say(format!("{:?}", answers.taken(case(number), line(of))));
        }
    }
    say(format!("{:?} {:?}", answers.reserve_plan(T), answers.open_papers(T, day("2026-03-10"))));
    say(format!("{:?}", answers.grants_of(&everyone(), from, to).len()));
    for account in
        [Account::Reserve(T, Till::Cash), Account::Reserve(T, Till::Bank), Account::County, Account::Spent(T)]
    {
        say(format!("{:?}", answers.balance(account)));
    }
    for series in
        [Series::Case(T, 2026), Series::Matter(T, 2026), Series::Lead(T, 2026), Series::Voucher(T, 2026, 3)]
    {
        say(format!("{:?}", answers.last_serial(series)));
    }
    say(format!("{:?}", answers.last_serial(Series::Blank(T, 2026))));
    say(format!(
        "{:?} {:?}",
        answers.batches_under_way(day("2026-03-10")),
        answers.last_serial(Series::Batch(2026))
    ));
    say(format!("{:?} {:?}", answers.pack_now().map(|pack| pack.id), answers.pack("CY-2021-15").is_some()));
    say(format!("{:?} {:?}", answers.imported(&"a1".repeat(32)), answers.imported(&"ff".repeat(32))));
    say(format!("{:?} {:?}", answers.blank_used("F1"), answers.blank_used("F2")));
    say(format!("{:?} {}", answers.county(), answers.calendar().knows(2031)));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The fourth law of DESIGN section 4: no rule reads what is private.
    #[test]
    fn answers_are_the_same_where_nothing_private_can_be_read(sheets in history()) {
        let mut seeing = Replica::in_memory().unwrap();
        let mut blind = Replica::in_memory().unwrap();
        let mut with = seeing.begin().unwrap();
        let mut without = blind.begin().unwrap();
        for sheet in &sheets {
            put(&mut with, sheet, true).unwrap();
            put(&mut without, sheet, false).unwrap();
        }
        prop_assert_eq!(told(&with), told(&without));
        prop_assert!(with.take_fault().is_none());
        prop_assert!(with.holder_of("211321196804120012").is_some());
        prop_assert!(without.holder_of("211321196804120012").is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The tables and the map, which know nothing of each other, answer alike after any history.
    #[test]
    fn the_replica_answers_what_the_state_in_memory_answers(sheets in history()) {
        let mut replica = Replica::in_memory().unwrap();
        let mut apply = replica.begin().unwrap();
        let mut memory = Memory::new();
        for (n, sheet) in (1..).zip(&sheets) {
            put(&mut apply, sheet, true).unwrap();
            memory.apply(n, &who(&sheet.author), Stamp(sheet.at), &sheet.facts, Some(&sheet.private));
        }
        prop_assert_eq!(told(&apply), told(&memory));
        prop_assert!(apply.take_fault().is_none());
        prop_assert_eq!(apply.holder_of("21132119751103078X"), memory.holder_of("21132119751103078X"));
    }
}

#[test]
fn the_paid_case_answers_with_its_grant_its_outlay_and_its_postings() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    let found = reader.case(case(1)).unwrap();
    assert_eq!(found.number, "26-103-0001");
    assert_eq!(found.stage, Stage::AwaitingRatification);
    assert_eq!(found.outlay, yuan(15_000));
    assert_eq!(found.paid, BTreeSet::from([line(1)]));
    assert_eq!(found.granted, vec![money_line(1, 45_000, PayBy::Cash)]);
    assert_eq!(found.ratification_due, Some(day("2026-03-05")));
    assert_eq!(found.decided_by, Some(who("1201")));
    assert!(!found.marked && found.touched_n == 7);
    let grants = reader.grants_of(&BTreeSet::from([person(2)]), day("2024-01-01"), day("2026-12-31"));
    assert_eq!(grants.iter().map(|grant| grant.amount).collect::<Vec<_>>(), [yuan(50_000), yuan(45_000)]);
    assert!(matches!(grants[0].source, Source::Imported(_)) && grants[0].paid);
    assert_eq!(grants[1].people, vec![person(1), person(2)]);
    assert!(grants[1].paid);
    let postings = reader.postings_of(case(1), line(1));
    assert_eq!(postings.len(), 3);
    assert!(crate::domain::fund::balances(&postings));
    assert_eq!(reader.balance(Account::Reserve(T, Till::Cash)), Money::ZERO);
    assert_eq!(reader.last_serial(Series::Case(T, 2026)), 2);
    assert_eq!(reader.last_serial(Series::Lead(T, 2026)), 4);
    assert_eq!(reader.last_serial(Series::Voucher(T, 2026, 3)), 2);
    assert_eq!(reader.last_serial(Series::Voucher(T, 2026, 4)), 0);
    assert!(reader.imported(&"a1".repeat(32)));
    assert_eq!(reader.county(), Some(true));
    assert_eq!(reader.officer(&who("1203")).unwrap().name, "李桂芳");
    assert!(reader.take_fault().is_none());
}

#[test]
fn the_number_on_an_id_card_finds_its_holder_and_an_empty_one_nobody() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    assert_eq!(reader.holder_of("21132119751103078X"), Some((person(2), "王桂兰".to_owned())));
    assert_eq!(reader.holder_of(""), None);
}

#[test]
fn late_papers_the_brake_and_a_moved_day() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    assert!(apply.late_items(&who("1203"), day("2026-03-16")).is_empty());
    assert_eq!(apply.late_items(&who("1203"), day("2026-03-17")).len(), 2);
    let facts = vec![
        Fact::ItemDone { case: case(1), item: ItemKind::Amount, on: day("2026-03-10") },
        Fact::ItemsMoved { case: case(1), until: day("2026-04-01"), reason: None },
        Fact::BrakeLifted { handler: who("1203"), by: who("1201"), telephone: true, reason: None },
    ];
    put(&mut apply, &sheet(Stamp(0), "1203", "", facts), true).unwrap();
    let items = apply.items(case(1));
    assert_eq!(items[0].done, Some(day("2026-03-10")));
    assert_eq!(items[0].due, day("2026-03-16"));
    assert_eq!(items[1].due, day("2026-04-01"));
    assert!(apply.brake_lifted(&who("1203")) && !apply.brake_lifted(&who("1201")));
    put(&mut apply, &sheet(Stamp(0), "1203", "", vec![Fact::BrakeUsed { handler: who("1203") }]), true)
        .unwrap();
    assert!(!apply.brake_lifted(&who("1203")));
}

#[test]
fn whoever_joins_a_household_leaves_the_one_before_on_that_day() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let since = day("2026-03-10");
    let facts = vec![
        Fact::HouseholdFormed { household: household(2), township: 104, village: 211_321_104_201, since },
        Fact::MemberJoined { household: household(2), person: person(2), relation: "02".to_owned(), since },
    ];
    put(&mut apply, &sheet(Stamp(0), "1203", "", facts), true).unwrap();
    assert_eq!(apply.household_of(person(2), day("2026-03-09")), Some(household(1)));
    assert_eq!(apply.household_of(person(2), since), Some(household(2)));
    assert_eq!(apply.household(household(1)).unwrap().on(since), vec![person(1)]);
}

#[test]
fn a_reversed_payment_can_be_paid_again_and_a_cancelled_grant_is_no_grant() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let everybody = BTreeSet::from([person(1)]);
    let grants = |apply: &Apply<'_>| apply.grants_of(&everybody, day("2026-01-01"), day("2026-12-31"));
    let mut back = paid_out(1, 1, "2026-03-03", "B03-03", -45_000, 0);
    if let Fact::MoneyMoved { why, .. } = &mut back {
        *why = MoveKind::Reversed;
    }
    let undone = vec![Fact::LineUnpaid { case: case(1), line: line(1) }, back];
    put(&mut apply, &sheet(Stamp(0), "9001", "", undone), true).unwrap();
    assert!(!grants(&apply)[0].paid && apply.postings_of(case(1), line(1)).is_empty());
    let again = vec![line_paid(1, 1, 45_000), paid_out(1, 1, "2026-03-03", "B03-04", 45_000, 0)];
    put(&mut apply, &sheet(Stamp(0), "1203", "", again), true).unwrap();
    assert!(grants(&apply)[0].paid);
    assert_eq!(apply.postings_of(case(1), line(1))[0].amount, yuan(-45_000));
    put(&mut apply, &sheet(Stamp(0), "9001", "", vec![Fact::GrantCancelled { case: case(1) }]), true)
        .unwrap();
    assert!(grants(&apply).is_empty());
    let found = apply.case(case(1)).unwrap();
    assert!(found.granted.is_empty() && found.way.is_none() && found.decided_by.is_none());
}

#[test]
fn two_lines_paid_by_one_entry_each_have_their_voucher() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let facts = vec![
        line_paid(2, 7, 100),
        line_paid(2, 8, 200),
        paid_out(2, 7, "2026-03-03", "B03-03", 100, 0),
        paid_out(2, 8, "2026-03-03", "B03-04", 200, 0),
    ];
    put(&mut apply, &sheet(Stamp(0), "1203", "", facts), true).unwrap();
    assert_eq!(apply.postings_of(case(2), line(7))[0].amount, yuan(-100));
    assert_eq!(apply.postings_of(case(2), line(8))[0].amount, yuan(-200));
}

#[test]
fn a_mark_holds_a_case_until_the_county_settles_it_by_an_entry_of_its_own() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let mark = vec![Refusal::new(Code::Role, "", "没有审批岗位。")];
    let ratified = Fact::Ratified { case: case(1), amount: yuan(45_000), excess: Money::ZERO, reason: None };
    let approved = vec![staged(1, Stage::Approved, None, None)];
    put(&mut apply, &sheet(Stamp(0), "1203", "", approved).marked(mark.clone()), true).unwrap();
    assert!(apply.case(case(1)).unwrap().marked && !apply.case(case(2)).unwrap().marked);
    let by_himself = sheet(Stamp(0), "1203", "", vec![ratified.clone()]);
    put(&mut apply, &by_himself, true).unwrap();
    assert!(apply.case(case(1)).unwrap().marked);
    let wrongly = sheet(Stamp(0), "9001", "", vec![ratified.clone()]).marked(mark);
    put(&mut apply, &wrongly, true).unwrap();
    assert!(apply.case(case(1)).unwrap().marked);
    put(&mut apply, &sheet(Stamp(0), "9001", "", vec![ratified.clone()]), true).unwrap();
    assert!(apply.case(case(1)).unwrap().marked, "what he wrote himself is another's to settle");
    put(&mut apply, &sheet(Stamp(0), "9002", "", vec![ratified]), true).unwrap();
    assert!(!apply.case(case(1)).unwrap().marked);
}

fn codes(of: &str) -> Fact {
    Fact::CodesIssued {
        officer: who(of),
        salt: "00".to_owned(),
        cost: 0,
        digests: vec!["a".to_owned()],
        from: None,
        until: None,
    }
}

#[test]
fn keys_packs_and_codes_follow_the_kernel_s_facts() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    assert!(apply.pack_now().is_none() && apply.key_lives(&who("1203"), "id1203"));
    let id2 = key("two").id().unwrap();
    let facts = vec![
        Fact::PackAdopted { id: "CY-2021-15".to_owned(), toml: CY_2021_15.to_owned() },
        Fact::KeyGiven { officer: who("1203"), id: id2.clone(), key: key("two"), data: BTreeMap::new() },
        Fact::RelativeFiled {
            officer: who("1203"),
            person: person(3),
            relation: None,
            born: None,
            township: None,
        },
        Fact::RolesGiven {
            officer: who("1201"),
            office: Office::County,
            roles: BTreeSet::new(),
            limit: None,
        },
    ];
    // Whoever is no administrator changes his own key and nothing else of the kernel.
    put(&mut apply, &sheet(Stamp(0), "1201", "", facts.clone()), true).unwrap();
    assert!(apply.pack_now().is_none() && apply.key_lives(&who("1203"), "id1203"));
    assert!(!apply.officer(&who("1201")).unwrap().ended);
    // Nor does he issue codes in somebody else's name.
    assert!(apply.codes(&who("9900")).is_none());
    put(&mut apply, &sheet(Stamp(0), "9900", "", facts), true).unwrap();
    assert_eq!(apply.pack_now().unwrap().id, "CY-2021-15");
    assert!(!apply.key_lives(&who("1203"), "id1203") && apply.key_lives(&who("1203"), &id2));
    assert_eq!(apply.key_of(&who("1203")), Some(key("two")));
    let spent = |next| Fact::CodeSpent { officer: who("9001"), next };
    put(&mut apply, &sheet(Stamp(0), "9001", "", vec![codes("9001"), spent(1)]), true).unwrap();
    assert_eq!(apply.codes(&who("9001")).unwrap().next, 1);
    // Nobody makes another's sheet, and no code comes back.
    put(&mut apply, &sheet(Stamp(0), "1203", "", vec![codes("9001"), codes("1203"), spent(0)]), true)
        .unwrap();
    assert_eq!(apply.codes(&who("9001")).unwrap().next, 1);
    assert!(apply.codes(&who("1203")).is_none());
    assert_eq!(apply.relatives(&who("1203")), BTreeSet::from([person(3)]));
    let ended = apply.officer(&who("1201")).unwrap();
    assert!(ended.ended && ended.roles.is_empty() && ended.office == Office::County);
    let revoked = vec![Fact::KeyRevoked { officer: who("1203"), id: id2.clone(), since: None }];
    put(&mut apply, &sheet(Stamp(0), "9900", "", revoked), true).unwrap();
    assert!(!apply.key_lives(&who("1203"), &id2) && apply.key_of(&who("1203")).is_none());
}

#[test]
fn a_failure_inside_an_answer_is_remembered() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    assert!(reader.case(case(1)).is_some() && reader.take_fault().is_none());
    replica.db.execute("UPDATE cases SET stage = 99", []).unwrap();
    assert!(reader.case(case(1)).is_none());
    assert!(reader.take_fault().is_some());
    assert!(reader.take_fault().is_none());
}
