//! The practice people and ledgers hold what sample-data/README.md says of them.

// a test that cannot read its own files must stop; the lint knows test functions only, not their helpers
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiuji::base::day::Day;
use jiuji::base::division;
use jiuji::base::id_no::{IdNo, Sex};
use jiuji::store::import::plan::{self, Mark, Plan};
use jiuji::store::import::rows::Context;
use jiuji::store::import::{place, report};
use jiuji::store::sheet::{self, Encoding};

const TOWNS: [u16; 3] = [102, 103, 108];

fn today() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// Any function that tells rows apart will do here; the real one is keyed.
fn mark(bytes: &[u8]) -> Mark {
    use sha2::{Digest, Sha256};
    let whole: [u8; 32] = Sha256::digest(bytes).into();
    whole[..16].try_into().unwrap()
}

struct Ledger {
    name: &'static str,
    encoding: Encoding,
    township: u16,
    good: usize,
    bad: usize,
}

const LEDGERS: [Ledger; 5] = [
    Ledger {
        name: "ledger-波罗赤镇-2023-2025.xlsx",
        encoding: Encoding::Xlsx,
        township: 102,
        good: 196,
        bad: 5,
    },
    Ledger {
        name: "台账_木头城子_2023.csv", encoding: Encoding::Gb18030, township: 103, good: 64, bad: 2
    },
    Ledger {
        name: "台账_木头城子_2024.csv", encoding: Encoding::Utf8Bom, township: 103, good: 67, bad: 1
    },
    Ledger {
        name: "台账_木头城子_2025.xlsx", encoding: Encoding::Xlsx, township: 103, good: 64, bad: 2
    },
    Ledger {
        name: "大庙镇临时救助汇总.csv", encoding: Encoding::Utf8, township: 108, good: 197, bad: 5
    },
];

fn plan_of(ledger: &Ledger) -> (sheet::Sheet, Plan) {
    let sheet = sheet::read(&file(ledger.name)).unwrap();
    let context = Context { today: today(), township: Some(ledger.township) };
    let plan = plan::make(&sheet, &[], context, &mark).unwrap();
    (sheet, plan)
}

/// The memberships of households.csv: its cells by heading.
fn memberships() -> Vec<BTreeMap<String, String>> {
    let sheet = sheet::read(&file("households.csv")).unwrap();
    let heads: Vec<String> = sheet.rows[0].iter().map(sheet::Cell::text).collect();
    let cells = |row: &Vec<sheet::Cell>| {
        let text = |at: usize| row.get(at).map(sheet::Cell::text).unwrap_or_default();
        heads.iter().enumerate().map(|(at, head)| (head.clone(), text(at))).collect()
    };
    sheet.rows[1..].iter().map(cells).collect()
}

#[test]
fn every_person_is_well_formed() {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for row in memberships() {
        let village = division::village(row["village"].parse().unwrap()).expect("a real village");
        assert!(TOWNS.contains(&village.township));
        assert!(
            Day::parse(&row["since"]).is_some()
                && (row["until"].is_empty() || Day::parse(&row["until"]).is_some())
        );
        assert!(row["relation"].len() == 2 && row["relation"].parse::<u8>().is_ok());
        if row["id_no"].is_empty() {
            assert!(!row["note"].is_empty(), "{} has no number and no reason", row["person"]);
            continue;
        }
        let id = IdNo::parse(&row["id_no"], today()).expect("a valid check digit");
        assert_eq!(row["sex"], if id.sex() == Sex::Male { "男" } else { "女" });
        assert!(row["since"] >= id.birth().to_string());
        let other = ids.insert(row["id_no"].clone(), row["person"].clone());
        assert!(other.is_none_or(|person| person == row["person"]), "one number, one person");
    }
}

#[test]
fn households_are_many_and_varied() {
    let rows = memberships();
    let households: BTreeSet<&String> = rows.iter().map(|row| &row["household"]).collect();
    let people: BTreeSet<&String> = rows.iter().map(|row| &row["person"]).collect();
    assert_eq!(households.len(), 160);
    assert!((390..=440).contains(&people.len()), "{}", people.len());
    let count =
        |test: &dyn Fn(&BTreeMap<String, String>) -> bool| rows.iter().filter(|row| test(row)).count();
    assert_eq!(count(&|row| row["id_no"].is_empty()), 6, "people without a number");
    assert_eq!(count(&|row| row["until"] == "2025-05-01"), 3, "who left a household in 2025");
    assert!(count(&|row| row["relation"] == "10") >= 60, "spouses");
    assert!(count(&|row| !["", "211321"].contains(&row["registered"].as_str())) >= 9, "registered elsewhere");
    for part in ["𠮷", "·", "・", "乌云其木格"] {
        assert!(count(&|row| row["name"].contains(part)) > 0, "{part}");
    }
    for (name, most) in [("王桂兰", 3), ("李强", 3), ("刘志刚", 2)] {
        let alike: BTreeSet<&String> =
            rows.iter().filter(|row| row["name"] == name).map(|row| &row["id_no"]).collect();
        assert_eq!(alike.len(), most, "different people called {name}");
    }
    let heads: BTreeSet<&String> = rows
        .iter()
        .filter(|row| row["relation"] == "02" && row["until"].is_empty())
        .map(|row| &row["household"])
        .collect();
    assert_eq!(heads, households, "each household has a head");
}

#[test]
fn people_are_spread_evenly() {
    let rows = memberships();
    let mut towns: BTreeMap<u16, usize> = BTreeMap::new();
    let mut villages: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        let village: u64 = row["village"].parse().unwrap();
        *towns.entry(division::village(village).unwrap().township).or_default() += 1;
        villages.entry(village).or_default().insert(row["household"].clone());
    }
    assert!(towns.values().max().unwrap() - towns.values().min().unwrap() <= 15, "{towns:?}");
    for town in TOWNS {
        let counts: Vec<usize> = division::villages_of(town)
            .map(|village| villages.get(&village.code).map_or(0, BTreeSet::len))
            .collect();
        let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
        assert!(*least >= 3 && most - least <= 3, "{town}: {counts:?}");
    }
}

#[test]
fn every_ledger_is_read_and_its_faults_are_found() {
    let mut all = 0;
    let mut kinds = [0usize; 8];
    for ledger in &LEDGERS {
        let (sheet, plan) = plan_of(ledger);
        assert_eq!(sheet.origin.encoding, ledger.encoding, "{}", ledger.name);
        assert_eq!(place::guess(&sheet, plan.mapping.heading_row), Some(ledger.township), "{}", ledger.name);
        let told = report::text(&sheet, &plan, 50);
        assert_eq!((plan.good.len(), plan.bad_rows().len()), (ledger.good, ledger.bad), "{told}");
        assert!(plan.mapping.unused.is_empty(), "{told}");
        all += plan.good.len() + ledger.bad;
        for row in &plan.good {
            assert!(row.grant.id_no.is_some() && row.grant.village.is_some(), "row {}", row.grant.row_no);
            assert!((2023..=2026).contains(&row.grant.decided.year()));
            let kind = row.grant.circumstance.expect("every reason tells its circumstance");
            kinds[usize::from(kind) - 1] += 1;
        }
    }
    assert!((590..=620).contains(&all), "{all}");
    assert!(kinds.iter().max().unwrap() - kinds.iter().min().unwrap() <= 25, "{kinds:?}");
}

#[test]
fn years_and_townships_have_their_share() {
    let mut shares: BTreeMap<(u16, i32), usize> = BTreeMap::new();
    for ledger in &LEDGERS {
        for row in plan_of(ledger).1.good {
            *shares.entry((ledger.township, row.grant.decided.year())).or_default() += 1;
        }
    }
    for town in TOWNS {
        for year in 2023..=2025 {
            let share = shares.get(&(town, year)).copied().unwrap_or(0);
            assert!((60..=72).contains(&share), "{town} {year}: {share}");
        }
    }
}

#[test]
fn known_people_have_a_past() {
    let known: BTreeSet<String> = memberships().into_iter().map(|row| row["id_no"].clone()).collect();
    let grants: Vec<String> = LEDGERS
        .iter()
        .flat_map(|ledger| plan_of(ledger).1.good)
        .filter_map(|row| row.grant.id_no.map(|id| id.as_str().to_owned()))
        .collect();
    let theirs = grants.iter().filter(|id| known.contains(*id)).count();
    assert!(theirs * 10 >= grants.len() * 6, "{theirs} of {}", grants.len());
}

#[test]
fn faults_are_spread_over_each_township() {
    for town in TOWNS {
        let problems: Vec<String> = LEDGERS
            .iter()
            .filter(|ledger| ledger.township == town)
            .flat_map(|ledger| plan_of(ledger).1.problems)
            .map(|problem| problem.what)
            .collect();
        let count = |part: &str| problems.iter().filter(|what| what.contains(part)).count();
        assert_eq!(
            [count("丢失"), count("校验不符"), count("金额不是数字"), count("没有这一天")],
            [2, 1, 1, 1],
            "{problems:?}"
        );
    }
}

#[test]
fn reading_twice_marks_nothing_new() {
    let marks = || -> BTreeSet<Mark> {
        LEDGERS.iter().flat_map(|ledger| plan_of(ledger).1.good).map(|row| row.mark).collect()
    };
    let first = marks();
    let rows: usize = LEDGERS.iter().map(|ledger| ledger.good).sum();
    assert_eq!(first.len(), rows, "no two rows share a mark, not even those typed twice");
    assert_eq!(first, marks());
}

#[test]
fn officers_have_every_role() {
    let text = std::fs::read_to_string(file("officers.toml")).unwrap();
    let read: toml::Table = toml::from_str(&text).unwrap();
    let officers = read["officer"].as_array().unwrap();
    let mut roles: BTreeMap<(String, i64), usize> = BTreeMap::new();
    let mut numbers = BTreeSet::new();
    for officer in officers {
        let word = |key: &str| officer[key].as_str().unwrap().to_owned();
        *roles.entry((word("role"), officer["unit"].as_integer().unwrap())).or_default() += 1;
        let password = word("password");
        assert!(password.len() >= 8);
        assert!(
            password.chars().any(char::is_alphabetic)
                && password.chars().any(|letter| letter.is_ascii_digit())
        );
        assert!(numbers.insert(word("number")), "one number, one officer");
        assert!(!word("name").is_empty() && !word("title").is_empty());
    }
    let count = |role: &str, unit: i64| roles.get(&(role.to_owned(), unit)).copied().unwrap_or(0);
    assert_eq!([count("handler", 102), count("handler", 103), count("handler", 108)], [2, 1, 1]);
    assert_eq!([count("approver", 102), count("approver", 103), count("approver", 108)], [1, 1, 1]);
    assert_eq!(
        [count("approver", 0), count("finance", 0), count("supervisor", 0), count("administrator", 0)],
        [2, 2, 1, 1]
    );
}
