//! How fast 查往年 is among 100,000 imported grants, next to one row fetched by its rowid: the floor of any lookup.
//!
//! `cargo bench --bench lookup`. Every time is a ratio to `rowid_get` of the same run; no test asserts a time.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a measurement that cannot be taken stops and says so"
)]

use divan::{Bencher, black_box};
use jiuji::base::day::{Day, Stamp};
use jiuji::base::division;
use jiuji::base::id_no::{IdNo, complete};
use jiuji::base::money::Money;
use jiuji::domain::command::funds::ImportRow;
use jiuji::domain::fact::Fact;
use jiuji::domain::ids::{HouseholdId, ImportId, OfficerNo, PersonId};
use jiuji::domain::nouns::{Circumstance, Status};
use jiuji::domain::office::Tier;
use jiuji::domain::private::{PersonDetails, Private};
use jiuji::store::replica::{Applied, Reader, Replica};
use jiuji::store::sealed::FileKey;
use std::path::PathBuf;
use std::sync::OnceLock;

const GRANTS: u32 = 100_000;
/// Every other grant goes to somebody who had one before.
const PEOPLE: u32 = 50_000;
/// Households of two.
const PAIRS: u32 = 5_000;
const ROWS: u32 = 500;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎单区解查仇";
const GIVEN: &str = "桂兰国林文彩凤英秀珍玉芝淑云春生占山凡义万成志强立新丽敏晓明建华海波永庆德福长河金宝银环素芬艳红小军大伟";

fn today() -> Day {
    Day::new(2026, 3, 2).unwrap_or(Day::EPOCH)
}

fn pick(text: &str, at: u32) -> char {
    let chars: Vec<char> = text.chars().collect();
    chars[at as usize % chars.len()]
}

fn person(number: u32) -> PersonId {
    // spread like random ids, and the same in every run
    let mut id = [0; 16];
    for (half, seed) in [number, !number].into_iter().enumerate() {
        let spread = (u64::from(seed) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        id[half * 8..half * 8 + 8].copy_from_slice(&spread.wrapping_mul(0xBF58_476D_1CE4_E5B9).to_be_bytes());
    }
    PersonId(id)
}

fn id_no(number: u32) -> String {
    let birth = Day::new(1940, 1, 1).unwrap_or(Day::EPOCH).plus(i64::from(number % 25_000));
    let born = birth.to_string().replace('-', "");
    let first = format!("211321{born}{:03}", number / 25_000 + number % 7 * 10);
    let check = complete(&first).unwrap_or('0');
    format!("{first}{check}")
}

fn name(number: u32) -> String {
    [pick(SURNAMES, number / 3), pick(GIVEN, number / 7), pick(GIVEN, number / 11 + number)]
        .into_iter()
        .collect()
}

fn details(number: u32) -> PersonDetails {
    let text = id_no(number);
    let id = IdNo::stored(&text);
    PersonDetails {
        name: name(number),
        id_no: text,
        birth: id.as_ref().map(IdNo::birth),
        sex: id.as_ref().map(IdNo::sex),
        phone: format!("139{number:08}"),
        address: String::new(),
        account: format!("62284800{number:011}"),
        bank: "农商行".to_owned(),
    }
}

fn noted(number: u32) -> Fact {
    Fact::PersonNoted { person: person(number), resident: true, papers: true, corrected: false, reason: None }
}

fn row(number: u32) -> ImportRow {
    let villages: &[division::Village] = division::villages();
    let village = villages[number as usize % villages.len()];
    ImportRow {
        hash: format!("{:032x}", u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)),
        person: person(number % PEOPLE),
        township: village.township,
        village: Some(village.code),
        on: Day::new(2021, 1, 1).unwrap_or(Day::EPOCH).plus(i64::from(number % 1_850)),
        amount: Money::from_fen(i64::from(number % 50 + 1) * 1_000),
        circumstance: Some(Circumstance::ALL[number as usize % 8]),
        tier: Tier::Township,
        reason: None,
    }
}

fn entry<'a>(n: u64, author: &'a OfficerNo, facts: &'a [Fact], private: &'a Private) -> Applied<'a> {
    Applied {
        n,
        hash: [0; 32],
        share_ms: 0,
        desk: ([1; 8], n),
        desk_ms: 0,
        author,
        key: "",
        carrier: author,
        verb: "import-part",
        zh: "导入往年台账",
        seen: n - 1,
        facts,
        private: Some(private),
        marks: &[],
    }
}

fn households() -> Vec<Fact> {
    let since = Day::new(2020, 1, 1).unwrap_or(Day::EPOCH);
    let mut facts = Vec::new();
    for pair in 0..PAIRS {
        let household = HouseholdId(person(pair + 1_000_000).0);
        facts.push(Fact::HouseholdFormed { household, township: 103, village: 211_321_103_201, since });
        for (number, relation) in [(pair * 2, "02"), (pair * 2 + 1, "10")] {
            let relation = relation.to_owned();
            facts.push(Fact::MemberJoined { household, person: person(number), relation, since });
        }
        facts.push(Fact::HouseholdCounted { household, status: Status::Unlisted, size: 2, since });
    }
    facts
}

/// Sealed as on a desk; plain where `JIUJI_BENCH_PLAIN` is set, to measure both ways.
fn keys() -> Vec<FileKey> {
    match std::env::var_os("JIUJI_BENCH_PLAIN") {
        Some(_) => Vec::new(),
        None => vec![FileKey::new([7; 32])],
    }
}

fn build() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("jiuji-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark");
    let path = folder.join("replica.db");
    let started = std::time::Instant::now();
    let mut replica = Replica::open_sealed(&path, keys()).expect("a replica");
    replica.catching_up(true).expect("memory");
    let author = OfficerNo::from("1203");
    let mut apply = replica.begin().expect("a transaction");
    let mut n = 0;
    for part in 0..GRANTS / ROWS {
        let numbers = part * ROWS..(part + 1) * ROWS;
        let mut private = Private::default();
        let new = || numbers.clone().filter(|number| *number < PEOPLE);
        private.people.extend(new().map(|number| (person(number), details(number))));
        let mut facts: Vec<Fact> = new().map(noted).collect();
        let rows = numbers.clone().map(row).collect();
        facts.push(Fact::LedgerImported { import: ImportId([0; 16]), file: String::new(), part, rows });
        n += 1;
        apply.apply(&entry(n, &author, &facts, &private)).expect("applied");
    }
    apply.apply(&entry(n + 1, &author, &households(), &Private::default())).expect("applied");
    apply.commit().expect("committed");
    let took = started.elapsed();
    drop(replica);
    let size = std::fs::metadata(&path).map(|file| file.len()).unwrap_or(0);
    eprintln!("{GRANTS} grants, {PEOPLE} people: {} KiB, built in {} ms", size / 1024, took.as_millis());
    path
}

fn path() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(build)
}

fn reader() -> Reader {
    Reader::open_sealed(path(), &keys()).expect("a reader")
}

fn search(bencher: Bencher<'_, '_>, typed: &str, expected: usize) {
    let reader = reader();
    let found = reader.search(typed, today(), 20).expect("an answer").len();
    assert!(found >= expected, "{typed} finds {found}");
    bencher.bench_local(|| reader.find(black_box(typed), today(), 20));
}

/// The floor: one row by its rowid, from a table of as many rows.
#[divan::bench]
fn rowid_get(bencher: Bencher<'_, '_>) {
    let db = rusqlite::Connection::open_in_memory().expect("a database");
    db.execute_batch(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INTEGER);
         WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000)
         INSERT INTO t SELECT x, hex(randomblob(16)), x FROM c;",
    )
    .expect("a table");
    let mut get = db.prepare("SELECT a, b FROM t WHERE id = ?1").expect("a statement");
    let mut at = 0_u32;
    bencher.bench_local(|| {
        at = (at + 7_919) % GRANTS;
        get.query_row([at + 1], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
    });
}

#[divan::bench]
fn exact_id(bencher: Bencher<'_, '_>) {
    search(bencher, &id_no(31_234), 1);
}

#[divan::bench]
fn id_tail_of_six(bencher: Bencher<'_, '_>) {
    search(bencher, &id_no(31_234)[12..], 1);
}

#[divan::bench]
fn phone(bencher: Bencher<'_, '_>) {
    search(bencher, "13900031234", 1);
}

#[divan::bench]
fn account_tail(bencher: Bencher<'_, '_>) {
    search(bencher, "00031234", 1);
}

#[divan::bench]
fn initials(bencher: Bencher<'_, '_>) {
    search(bencher, "wgl", 5);
}

#[divan::bench]
fn full_pinyin(bencher: Bencher<'_, '_>) {
    search(bencher, "wangg", 5);
}

#[divan::bench]
fn any_substring(bencher: Bencher<'_, '_>) {
    search(bencher, "桂兰", 1);
}

/// The worst: whoever is looked for is not there, so everything is read.
#[divan::bench]
fn substring_of_nobody(bencher: Bencher<'_, '_>) {
    search(bencher, "龘靐", 0);
}

/// The first lookup after the screens were opened: a connection whose pages are all on the disk, or in the system's memory.
#[divan::bench]
fn first_lookup_of_an_id(bencher: Bencher<'_, '_>) {
    let typed = id_no(31_234);
    bencher.with_inputs(reader).bench_local_refs(|reader| reader.find(black_box(&typed), today(), 20));
}

/// Opening the replica for reading, up to its head.
#[divan::bench]
fn open_for_reading(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| reader().head().expect("a head"));
}

/// What the first screen after signing in reads: the replica opened, the piles and the year's sums of an officer, before
/// anything of it is in memory.
#[divan::bench]
fn first_home(bencher: Bencher<'_, '_>) {
    let (officer, now) = (OfficerNo::from("1203"), Stamp::at(today(), 9, 0));
    bencher.bench_local(|| {
        let reader = reader();
        let piles = reader.handler_home(&officer, 103, now).expect("piles");
        let sums = reader.year_sums(Some(103), 2026).expect("sums");
        (piles, sums)
    });
}

/// Twenty rows as the screen shows them: found, with household and three years' sum, sorted.
#[divan::bench]
fn twenty_rows_on_screen(bencher: Bencher<'_, '_>) {
    let reader = reader();
    bencher.bench_local(|| reader.search(black_box("wgl"), today(), 20));
}

#[divan::bench]
fn household_three_years(bencher: Bencher<'_, '_>) {
    let reader = reader();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 7_919) % (PAIRS * 2);
        reader.household_sum(person(at), today())
    });
}

#[divan::bench]
fn family_card(bencher: Bencher<'_, '_>) {
    let reader = reader();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 7_919) % (PAIRS * 2);
        reader.family_card(person(at), today())
    });
}

fn main() {
    let built = path().clone();
    divan::main();
    if let Some(folder) = built.parent() {
        let _ = std::fs::remove_dir_all(folder);
    }
}
