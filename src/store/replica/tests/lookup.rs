//! 查往年.

use super::*;
use crate::store::replica::Reader;

fn today() -> Day {
    day("2026-03-03")
}

fn names(reader: &Reader, typed: &str) -> Vec<String> {
    reader.search(typed, today(), 20).unwrap().into_iter().map(|hit| hit.name).collect()
}

#[test]
fn a_person_is_found_by_whatever_is_at_hand() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    let cases = [
        ("211321196804120012", vec!["单文彩"]),
        ("０012", vec!["单文彩"]),
        ("20012", vec!["单文彩"]),
        ("196804120012", vec!["单文彩"]),
        ("296804120012", vec![]),
        ("078x", vec!["王桂兰"]),
        ("13900000000", vec!["单文彩"]),
        ("1380000", vec!["王桂兰"]),
        ("00000018", vec!["单文彩"]),
        ("6228480000000000018", vec!["单文彩"]),
        ("单", vec!["单文彩"]),
        ("文彩", vec!["单文彩"]),
        ("swc", vec!["单文彩"]),
        ("dwc", vec!["单文彩"]),
        ("shanwen", vec!["单文彩"]),
        ("wgl", vec!["王桂兰", "王国林"]),
        ("王gl", vec!["王桂兰", "王国林"]),
        ("单wc", vec!["单文彩"]),
        ("国gl", vec![]),
        ("26-103-0001", vec!["单文彩"]),
        ("26-103-2", vec!["王国林"]),
        ("103-2", vec!["王国林"]),
        ("2", vec!["王国林"]),
        ("S26-103-1", vec!["单文彩"]),
        ("xyz", vec!["解玉芝"]),
        ("jyz", vec!["解玉芝"]),
        ("", vec![]),
        ("  ", vec![]),
        ("%", vec![]),
        ("不存在", vec![]),
    ];
    for (typed, expected) in cases {
        assert_eq!(names(&reader, typed), expected, "{typed}");
    }
}

#[test]
fn a_hit_shows_the_person_masked_with_his_household_and_three_years() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    let hit = reader.search("单文彩", today(), 20).unwrap().remove(0);
    assert_eq!(hit.id_masked, "211321********0012");
    assert_eq!((hit.sex, hit.age), (Some(Sex::Male), Some(57)));
    assert_eq!((hit.township, hit.village, hit.household_size), (Some(T), Some(VILLAGE), 2));
    assert_eq!((hit.three_years.count, hit.three_years.amount), (2, yuan(85_000)));
    assert!(!format!("{hit:?}").contains("单"));
    // imported and without a household: the place is that of his last grant; 2023 is outside the three years
    let hit = reader.search("0027", today(), 20).unwrap().remove(0);
    assert_eq!((hit.township, hit.village, hit.household), (Some(T), Some(VILLAGE), None));
    assert_eq!(hit.three_years.count, 0);
}

#[test]
fn the_family_card_joins_cases_and_ledgers_of_everybody_in_the_household() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    let card = reader.family_card(person(1), today()).unwrap().unwrap();
    assert_eq!(card.id_no, "211321196804120012");
    assert_eq!(card.own.len(), 2);
    assert!(!card.own[0].imported && card.own[1].imported);
    assert_eq!(card.own[0].matter_number, "S26-103-001");
    assert_eq!(card.own[0].kinds, vec![LineKind::Money]);
    assert_eq!(card.own[0].handler, Some((who("1203"), "李桂芳".to_owned())));
    let years: Vec<(i32, Money)> = card.by_year().into_iter().map(|(year, sum)| (year, sum.amount)).collect();
    assert_eq!(years, [(2026, yuan(45_000)), (2025, yuan(40_000))]);
    assert_eq!(card.members.len(), 1);
    assert_eq!((card.members[0].name.as_str(), card.members[0].three_years.count), ("王桂兰", 2));
    assert_eq!(card.members[0].last, Some(day("2026-03-02")));
    // one grant that helped both counts once for the household
    assert_eq!((card.household_year.len(), card.year_sum()), (1, yuan(45_000)));
    let sum = reader.household_sum(person(1), today()).unwrap();
    assert_eq!((sum.count, sum.amount), (3, yuan(135_000)), "a grant that helped both counts once");
    assert_eq!(card.household_three_years, sum);
    assert_eq!(card.last.unwrap().grant.number, "26-103-0001");
    assert!(reader.family_card(person(99), today()).unwrap().is_none());
}

#[test]
fn a_corrected_name_is_found_and_the_old_one_is_not() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let noted =
        Fact::PersonNoted { person: person(1), resident: true, papers: true, corrected: true, reason: None };
    let mut private = Private::default();
    private.people.insert(person(1), details("单文采", "211321196804120012", "", ""));
    // a private part may not slip in details of people whom its entry does not note
    private.people.insert(person(2), details("改名", "", "", ""));
    put(&mut apply, &sheet(Stamp(0), "1203", "", vec![noted]).with(private), true).unwrap();
    // a ledger read later does not overwrite what the office has noted
    let rows = vec![imported(&"d4".repeat(32), 1, "2022-01-01", 100)];
    let facts =
        vec![Fact::LedgerImported { import: ImportId(id(8, 2)), file: "g".to_owned(), part: 1, rows }];
    let mut private = Private::default();
    private.people.insert(person(1), details("单文彩", "", "", ""));
    put(&mut apply, &sheet(Stamp(0), "1203", "", facts).with(private), true).unwrap();
    apply.commit().unwrap();
    let reader = replica.reader().unwrap();
    assert_eq!(names(&reader, "单文采"), ["单文采"]);
    assert!(names(&reader, "单文彩").is_empty() && names(&reader, "13900000000").is_empty());
    assert_eq!(names(&reader, "王桂兰"), ["王桂兰"]);
}

#[test]
fn a_ledger_read_twice_makes_no_doubles() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &[earlier()]);
    let card = replica.reader().unwrap().family_card(person(1), today()).unwrap().unwrap();
    assert_eq!(card.own.len(), 2);
}
