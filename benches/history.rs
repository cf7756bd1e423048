//! How fast 操作经历 is among 200,000 entries of sixty officers, next to one row fetched by its rowid.
//!
//! `cargo bench --bench history`. Every time is a ratio to `rowid_get` of the same run; no test asserts a time.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a measurement that cannot be taken stops and says so"
)]

use divan::{Bencher, black_box};
use jiuji::base::day::{Day, Stamp};
use jiuji::domain::fact::Fact;
use jiuji::domain::ids::{CaseId, MatterId, OfficerNo, PersonId};
use jiuji::domain::nouns::{Applicant, Circumstance, Need, Path, Schemes, Severity, Stage};
use jiuji::store::replica::views::history::HistoryOf;
use jiuji::store::replica::{Applied, Reader, Replica};
use std::path::PathBuf;
use std::sync::OnceLock;

const ENTRIES: u32 = 200_000;
/// A case is opened, then four more entries touch it.
const EACH: u32 = 5;
const OFFICERS: u32 = 60;

fn first() -> Day {
    Day::new(2021, 1, 4).unwrap_or(Day::EPOCH)
}

fn spread(number: u32) -> [u8; 16] {
    let mut id = [0; 16];
    for (half, seed) in [number, !number].into_iter().enumerate() {
        let spread = (u64::from(seed) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        id[half * 8..half * 8 + 8].copy_from_slice(&spread.to_be_bytes());
    }
    id
}

fn officer(number: u32) -> OfficerNo {
    OfficerNo(format!("{}", 1_000 + number % OFFICERS))
}

fn at(number: u32) -> Stamp {
    Stamp::at(first(), 8, 0).plus_minutes(i64::from(number) * 12)
}

fn opened(case: u32) -> Fact {
    Fact::CaseOpened {
        case: CaseId(spread(case)),
        number: format!("26-{:03}-{case:04}", 101 + case % 28),
        matter: MatterId(spread(case)),
        // somebody who was helped before, every other time
        person: PersonId(spread(case / 2)),
        household: None,
        applicant: Applicant::Individual,
        helped: 1,
        township: u16::try_from(101 + case % 28).unwrap_or(101),
        village: 211_321_103_201,
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        path: Path::Emergency,
        need: Need::Sudden,
        schemes: Schemes::NotYet,
        by_meeting: false,
        handler: officer(case),
        accepted: at(case * EACH).day(),
        pack: "CY-2021-15".to_owned(),
        lead: None,
        blank: None,
        reason: None,
    }
}

fn build() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("jiuji-bench-history-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark");
    let path = folder.join("replica.db");
    let started = std::time::Instant::now();
    let mut replica = Replica::open(&path).expect("a replica");
    replica.catching_up(true).expect("memory");
    let mut apply = replica.begin().expect("a transaction");
    for number in 0..ENTRIES {
        let (case, step) = (number / EACH, number % EACH);
        let stage = [Stage::Open, Stage::Submitted, Stage::Approved, Stage::Paid, Stage::Closed];
        let moved = Fact::StageSet {
            case: CaseId(spread(case)),
            stage: stage[step as usize],
            tier: None,
            due: None,
            text: None,
        };
        let facts = if step == 0 { vec![opened(case), moved] } else { vec![moved] };
        let author = officer(case + step);
        let n = u64::from(number) + 1;
        let entry = Applied {
            n,
            hash: [0; 32],
            share_ms: at(number).0,
            desk_ms: at(number).0,
            desk: ([1; 8], n),
            author: &author,
            key: "",
            carrier: &author,
            verb: ["open-case", "submit", "approve", "pay", "close"][step as usize],
            zh: "",
            seen: n - 1,
            facts: &facts,
            private: None,
            marks: &[],
        };
        apply.apply(&entry).expect("applied");
    }
    apply.commit().expect("committed");
    let took = started.elapsed();
    drop(replica);
    let db = rusqlite::Connection::open(&path).expect("the file");
    let size = |names: &str| {
        let sql = format!("SELECT coalesce(sum(pgsize), 0) / 1024 FROM dbstat WHERE name IN ({names})");
        db.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap_or(-1)
    };
    eprintln!(
        "{ENTRIES} entries: built in {} ms; history {} KiB, its indexes {} KiB, people {} KiB",
        took.as_millis(),
        size("'history'"),
        size("'history_by_who','history_by_at'"),
        size("'history_person'")
    );
    path
}

fn path() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(build)
}

fn ask(bencher: Bencher<'_, '_>, of: HistoryOf, least: usize) {
    let reader = Reader::open(path()).expect("a reader");
    let found = reader.history(&of, 200).expect("an answer").len();
    assert!(found >= least, "{found}");
    bencher.bench_local(|| reader.history(black_box(&of), 200));
}

#[divan::bench]
fn rowid_get(bencher: Bencher<'_, '_>) {
    let db = rusqlite::Connection::open(path()).expect("a database");
    let mut get = db.prepare("SELECT at, who FROM history WHERE n = ?1").expect("a statement");
    let mut at = 0_u32;
    bencher.bench_local(|| {
        at = (at + 7_919) % ENTRIES;
        get.query_row([at + 1], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
    });
}

#[divan::bench]
fn latest_200(bencher: Bencher<'_, '_>) {
    ask(bencher, HistoryOf::default(), 200);
}

#[divan::bench]
fn a_page_in_the_middle(bencher: Bencher<'_, '_>) {
    let after = Some((at(ENTRIES / 2), u64::from(ENTRIES / 2)));
    ask(bencher, HistoryOf { after, ..HistoryOf::default() }, 200);
}

#[divan::bench]
fn one_day(bencher: Bencher<'_, '_>) {
    let day = Some(at(ENTRIES / 2).day());
    ask(bencher, HistoryOf { from: day, to: day, ..HistoryOf::default() }, 100);
}

#[divan::bench]
fn an_officer(bencher: Bencher<'_, '_>) {
    ask(bencher, HistoryOf { who: Some(officer(7)), ..HistoryOf::default() }, 200);
}

#[divan::bench]
fn an_officer_on_a_day(bencher: Bencher<'_, '_>) {
    let day = Some(at(ENTRIES / 2).day());
    ask(bencher, HistoryOf { who: Some(officer(7)), from: day, to: day, ..HistoryOf::default() }, 1);
}

#[divan::bench]
fn a_person(bencher: Bencher<'_, '_>) {
    ask(bencher, HistoryOf { people: vec![PersonId(spread(1_234))], ..HistoryOf::default() }, 10);
}

#[divan::bench]
fn a_case(bencher: Bencher<'_, '_>) {
    ask(bencher, HistoryOf { case: Some(CaseId(spread(1_234))), ..HistoryOf::default() }, 5);
}

#[divan::bench]
fn a_township_of_28(bencher: Bencher<'_, '_>) {
    ask(bencher, HistoryOf { township: Some(103), ..HistoryOf::default() }, 200);
}

fn main() {
    divan::main();
}
