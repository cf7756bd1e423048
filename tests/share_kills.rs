//! Real processes on one folder, killed at any moment: what was acknowledged stays, once, and the chain holds.

#![allow(clippy::unwrap_used)] // a test may stop at once; clippy knows this only of test functions

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiuji::ledger::body::FORMAT;
use jiuji::ledger::chain::{self, FOUNDER_KEY};
use jiuji::ledger::{Body, Carrier, Cid, CountyId, DeskId, Head, Order, Row, SigningKey, Suite, TurnNo};
use jiuji::store::share::drive::RealDrive;
use jiuji::store::share::host::{Host as _, RealHost};
use jiuji::store::share::{NoWitness, SEGMENT, STANDSTILL, Setting, Share, ShareTime, found};
use jiuji::store::{Log as _, Written};
use serde_json::json;

const COUNTY: CountyId = CountyId([0xaa; 16]);
const CHILD: &str = "JIUJI_TEST_DESK";

fn row_for(cid: Cid, head: &Head, turn: TurnNo, share_ms: i64) -> Row {
    let key = SigningKey::from_seed(&[1; 32]);
    let order = Order {
        cid,
        verb: "note".into(),
        author: "1001".into(),
        key: key.id(),
        seen: head.n,
        args: json!({ FOUNDER_KEY: key.public().to_string() }),
        private: None,
    };
    let body = Body {
        suite: Suite::One,
        format: FORMAT,
        county: COUNTY,
        n: head.n + 1,
        prev: head.hash,
        turn,
        share_ms,
        desk_ms: 0,
        desk: DeskId([1; 8]),
        desk_seq: head.n + 1,
        program: "0.1.0".into(),
        pack: "CY-2021-15".into(),
        order_sig: key.sign_order(COUNTY, &order).unwrap(),
        command: order,
        facts: vec![],
        carrier: Carrier { officer: "1001".into(), key: key.id() },
        sealed: None,
    };
    // Larger than a page, so that a kill can fall between the pages of one row.
    chain::make(body, Some(vec![9; 9_000]), &key).unwrap()
}

fn open(root: &Path, desk: u8) -> Share {
    Share::open(Setting {
        folder: root.join("share"),
        county: COUNTY,
        desk: DeskId([desk; 8]),
        officer: format!("100{desk}"),
        workshop: root.join(format!("desk{desk}")),
        may_write: true,
        time: ShareTime::TurnFile,
        drive: Arc::new(RealDrive),
        host: Box::new(RealHost::default()),
        witness: Box::new(NoWitness),
        segment: SEGMENT,
    })
    .unwrap()
}

fn acknowledged(root: &Path, desk: u8) -> PathBuf {
    root.join(format!("acknowledged{desk}"))
}

fn all_acknowledged(root: &Path) -> usize {
    let lines =
        |desk| std::fs::read_to_string(acknowledged(root, desk)).map_or(0, |text| text.lines().count());
    lines(1) + lines(2)
}

/// The part of the child: writes as fast as it can, and notes what was acknowledged. Does nothing in a normal run.
#[test]
fn child() {
    let Ok(given) = std::env::var(CHILD) else { return };
    let (desk, root) = given.split_once(' ').unwrap();
    let (desk, root) = (desk.parse::<u8>().unwrap(), PathBuf::from(root));
    let mut notes =
        std::fs::OpenOptions::new().create(true).append(true).open(acknowledged(&root, desk)).unwrap();
    let mut host = RealHost::default();
    let mut share = open(&root, desk);
    loop {
        let mut cid = [0; 16];
        host.random(&mut cid).unwrap();
        let Ok(from) = share.head() else { continue };
        let written = share.write(&from, Duration::from_secs(2), &mut |turn, rows| {
            if rows.iter().any(|row| row.cid == Cid(cid)) {
                return Vec::new();
            }
            let head = rows.last().map_or(from, Head::of);
            vec![row_for(Cid(cid), &head, turn.no(), turn.share_ms)]
        });
        if matches!(written, Written::Done(_)) {
            writeln!(notes, "{}", Cid(cid)).unwrap();
        }
    }
}

#[test]
fn killed_processes_lose_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let mut host = RealHost::default();
    found(&root.join("share"), COUNTY, &root.join("founder"), &mut host).unwrap();
    let start = |desk: u8| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env(CHILD, format!("{desk} {}", root.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut children = [start(1), start(2)];
    let mut kills = 0;
    for round in 0..24usize {
        // On a busy machine a desk gets little done in a given time: a kill comes after at least one more acknowledgement.
        // Who dies before his name stands in his turn's file lets the others wait for a standstill; to kill them sooner
        // would have them wait for ever.
        let before = all_acknowledged(root);
        let patience = std::time::Instant::now() + STANDSTILL + Duration::from_secs(20);
        while all_acknowledged(root) == before && std::time::Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut random = [0; 1];
        host.random(&mut random).unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(random[0])));
        let victim = &mut children[round % 2];
        victim.kill().unwrap();
        victim.wait().unwrap();
        kills += 1;
        *victim = start(1 + (round % 2) as u8);
    }
    std::thread::sleep(Duration::from_millis(500));
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // Each desk comes back once more and ends its own old turn.
    for desk in [1, 2] {
        let mut share = open(root, desk);
        let from = Head::genesis(COUNTY);
        let _ = share.write(&from, Duration::from_secs(2), &mut |_, _| Vec::new());
    }
    let rows = open(root, 1).after(0, 1_000_000).unwrap();
    let mut head = Head::genesis(COUNTY);
    for row in &rows {
        chain::check_shape(row, &head, COUNTY).unwrap();
        head = Head::of(row);
    }
    let mut all = 0;
    for desk in [1, 2] {
        for cid in std::fs::read_to_string(acknowledged(root, desk)).unwrap().lines() {
            all += 1;
            let cid = Cid::from_hex(cid).unwrap();
            assert_eq!(rows.iter().filter(|row| row.cid == cid).count(), 1, "{cid}");
        }
    }
    println!("{kills} kills, {all} acknowledged, {} rows", rows.len());
    assert!(all > 20, "only {all} were written: the test shows nothing");
}

/// How many writes each desk of the crowd makes; more of them make a fairer measure of fairness.
const CROWD_WRITES: &str = "JIUJI_CROWD_WRITES";

/// Thirty desks at once: everybody is served, however unlucky his tries. Prints how long the waits were and how even.
#[test]
fn thirty_desks_at_once_are_all_served() {
    const DESKS: u8 = 30;
    let writes: usize = std::env::var(CROWD_WRITES).map_or(5, |text| text.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    found(&root.join("share"), COUNTY, &root.join("founder"), &mut RealHost::default()).unwrap();
    let clerk = |desk: u8| -> Vec<Duration> {
        let (mut host, mut share) = (RealHost::default(), open(root, desk));
        let mut waits = Vec::new();
        for _ in 0..writes {
            let mut random = [0; 17];
            host.random(&mut random).unwrap();
            let cid = Cid(*random.first_chunk::<16>().unwrap());
            // A clerk thinks for two seconds, more or less.
            std::thread::sleep(Duration::from_millis(1_000 + 8 * u64::from(random[16])));
            let begun = std::time::Instant::now();
            loop {
                let Ok(from) = share.head() else { continue };
                let written = share.write(&from, Duration::from_secs(20), &mut |turn, rows| {
                    if rows.iter().any(|row| row.cid == cid) {
                        return Vec::new();
                    }
                    let head = rows.last().map_or(from, Head::of);
                    vec![row_for(cid, &head, turn.no(), turn.share_ms)]
                });
                if matches!(written, Written::Done(_)) {
                    break;
                }
            }
            waits.push(begun.elapsed());
        }
        waits
    };
    let waits: Vec<Vec<Duration>> = std::thread::scope(|scope| {
        let clerk = &clerk;
        let clerks: Vec<_> = (1..=DESKS).map(|desk| scope.spawn(move || clerk(desk))).collect();
        clerks.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let rows = open(root, 1).after(0, 1_000_000).unwrap();
    assert_eq!(rows.len(), usize::from(DESKS) * writes, "each order stands once");
    let mut all: Vec<u128> = waits.iter().flatten().map(Duration::as_millis).collect();
    all.sort_unstable();
    let at = |percent: usize| all[(all.len() - 1) * percent / 100];
    let means: Vec<f64> =
        waits.iter().map(|one| one.iter().map(Duration::as_secs_f64).sum::<f64>() / writes as f64).collect();
    let sum: f64 = means.iter().sum();
    let jain = sum * sum / (means.len() as f64 * means.iter().map(|x| x * x).sum::<f64>());
    println!(
        "{DESKS} desks, {} writes: wait p50 {} ms, p90 {} ms, p99 {} ms, most {} ms; fairness (Jain) {jain:.2}",
        all.len(),
        at(50),
        at(90),
        at(99),
        at(100)
    );
}
