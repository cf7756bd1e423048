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
use jiuji::store::share::{NoWitness, SEGMENT, Setting, Share, ShareTime, found};
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
        let mut random = [0; 1];
        host.random(&mut random).unwrap();
        std::thread::sleep(Duration::from_millis(150 + u64::from(random[0])));
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
