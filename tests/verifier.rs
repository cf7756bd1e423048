//! The page of the format is enough to write a verifier from: a small one in Python, written from it, says of a practice log
//! and of every wounded copy what this program says. Where no Python 3 is, the tests say so and do nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test reports by panicking, and says what it skips"
)]

use jiuji::ledger::Row;
use jiuji::store::log::Log as _;
use jiuji::store::share::drive::RealDrive;
use jiuji::store::share::host::RealHost;
use jiuji::store::share::wound::{Column, Wounded, live_file};
use jiuji::store::share::{self, NoWitness, SEGMENT, Setting, Share, ShareTime};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// The interpreter, if there is one of version 3.
fn python() -> Option<&'static str> {
    let found = ["python3", "python"].into_iter().find(|name| {
        let said = Command::new(name).arg("--version").output();
        said.is_ok_and(|said| said.status.success() && said.stdout.starts_with(b"Python 3"))
    });
    if found.is_none() {
        eprintln!("skipped: there is no python3 on this machine");
    }
    found
}

fn verifier() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/verify.py")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            drop(std::fs::copy(entry.path(), target))
        }
    }
}

fn jiuji(data: &Path, args: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiuji"));
    command.args(args).env("JIUJI_DATA", data).env_remove("JIUJI_CONFIG");
    command.output().unwrap().stdout
}

/// What this program says of a share, in the words of the small verifier.
fn ours(data: &Path, share: &Path) -> (Value, Value, Value, Value) {
    let said: Value =
        serde_json::from_slice(&jiuji(data, &["verify", share.to_str().unwrap(), "--json"])).unwrap();
    let broken = match &said["broken"] {
        Value::Null => Value::Null,
        broken => serde_json::json!({ "n": broken["n"], "code": broken["code"] }),
    };
    (said["entries"].clone(), said["head"].clone(), said["root"].clone(), broken)
}

fn theirs(python: &str, share: &Path) -> (Value, Value, Value, Value) {
    let said = Command::new(python).arg(verifier()).arg(share).output().unwrap();
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    let said: Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|error| panic!("{error}: {text}"));
    (said["entries"].clone(), said["head"].clone(), said["root"].clone(), said["broken"].clone())
}

fn rows(share: &Path, workshop: &Path) -> Vec<Row> {
    let county = share::county_of(share).unwrap();
    let mut opened = Share::open(Setting {
        folder: share.to_owned(),
        county,
        desk: jiuji::ledger::DeskId([7; 8]),
        officer: String::new(),
        workshop: workshop.to_owned(),
        may_write: false,
        time: ShareTime::TurnFile,
        drive: Arc::new(RealDrive),
        host: Box::new(RealHost::default()),
        witness: Box::new(NoWitness),
        segment: SEGMENT,
    })
    .unwrap();
    opened.after(0, usize::MAX).unwrap()
}

/// A wound: its name, the row, what is done to it, and the word that both must say.
type Wound<'a> = (&'a str, u64, Box<dyn Fn(&Wounded, &Row) + 'a>, &'a str);

fn rehashed(knife: &Wounded, row: &Row, body: &str) {
    use jiuji::ledger::{Suite, body::Body, chain};
    let county = Body::from_text(&row.body).unwrap().county;
    knife.write(row.n, Column::Body, body.as_bytes()).unwrap();
    knife.write(row.n, Column::Hash, &chain::entry_hash(county, 1, Suite::One, body).0).unwrap();
}

#[test]
fn a_verifier_in_another_language_comes_to_the_same_verdicts() {
    let Some(python) = python() else { return };
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    jiuji(&data, &["practice", "--fresh", "--list"]);
    let share = data.join("practice/share");
    let whole = ours(&data, &share);
    assert_eq!(theirs(python, &share), whole);
    assert!(whole.0.as_u64().unwrap() >= 200 && whole.3.is_null(), "{whole:?}");
    let rows = rows(&share, &dir.path().join("workshop"));
    let sealed = rows.iter().filter(|row| row.private.is_some()).nth(40).unwrap().n;
    let missing = rows.iter().filter(|row| row.private.is_some()).nth(50).unwrap().n;
    let other_sig = rows[30].sig;
    let wounds: Vec<Wound<'_>> = vec![
        (
            "a changed text",
            60,
            Box::new(|knife, row| {
                knife
                    .write(row.n, Column::Body, row.body.replacen("\"seen\":", "\"seen\":1", 1).as_bytes())
                    .unwrap();
            }),
            "hash",
        ),
        (
            "a text with a blank",
            61,
            Box::new(|knife, row| {
                knife.write(row.n, Column::Body, row.body.replacen(',', ", ", 1).as_bytes()).unwrap();
            }),
            "canonical",
        ),
        (
            "a text hashed anew",
            62,
            Box::new(|knife, row| {
                rehashed(knife, row, &row.body.replacen("\"desk_seq\":", "\"desk_seq\":1", 1));
            }),
            "carrier-sig",
        ),
        (
            "an order changed and hashed anew",
            63,
            Box::new(|knife, row| {
                rehashed(knife, row, &row.body.replacen("\"seen\":", "\"seen\":1", 1));
            }),
            "order-sig",
        ),
        (
            "another field",
            64,
            Box::new(|knife, row| {
                rehashed(knife, row, &row.body.replacen("{\"carrier\"", "{\"aside\":1,\"carrier\"", 1));
            }),
            "canonical",
        ),
        (
            "another's signature",
            65,
            Box::new(move |knife, row| {
                knife.write(row.n, Column::Sig, &other_sig).unwrap();
            }),
            "carrier-sig",
        ),
        (
            "a sealed part changed",
            sealed,
            Box::new(|knife, row| {
                knife.write(row.n, Column::Private, &[7; 90]).unwrap();
            }),
            "private",
        ),
        (
            "a sealed part taken away",
            missing,
            Box::new(|knife, row| knife.write_or_none(row.n, Column::Private, &[], true).unwrap()),
            "emptied",
        ),
        (
            "another id",
            66,
            Box::new(|knife, row| {
                knife.write(row.n, Column::Cid, &[9; 16]).unwrap();
            }),
            "columns",
        ),
        ("a row taken away", 67, Box::new(|knife, row| knife.remove(row.n).unwrap()), "gap"),
        (
            "another hash",
            68,
            Box::new(|knife, row| knife.write(row.n, Column::Hash, &[1; 32]).unwrap()),
            "hash",
        ),
        (
            "an officer nobody enrolled",
            69,
            Box::new(|knife, row| {
                let key = jiuji::ledger::body::Body::from_text(&row.body).unwrap().command.key.to_string();
                rehashed(knife, row, &row.body.replace(&key, &"ab".repeat(16)));
            }),
            "key-unknown",
        ),
        (
            "another's number",
            70,
            Box::new(|knife, row| {
                let author = jiuji::ledger::body::Body::from_text(&row.body).unwrap().command.author;
                rehashed(
                    knife,
                    row,
                    &row.body.replace(&format!("\"author\":\"{author}\""), "\"author\":\"9005\""),
                );
            }),
            "key-not-theirs",
        ),
        (
            "the first entry's own key",
            1,
            Box::new(|knife, row| {
                rehashed(knife, row, &row.body.replacen("\"founder_key\":\"", "\"founder_key\":\"0", 1));
            }),
            "founder",
        ),
    ];
    for (name, n, wound, word) in wounds {
        let wounded = dir.path().join(format!("wounded-{n}"));
        copy(&share, &wounded);
        let knife = Wounded::open(&live_file(&wounded).unwrap()).unwrap();
        wound(&knife, &rows[usize::try_from(n).unwrap() - 1]);
        drop(knife);
        let said = ours(&data, &wounded);
        assert_eq!(said.3, serde_json::json!({ "n": n, "code": word }), "{name}");
        assert_eq!(theirs(python, &wounded), said, "{name}");
    }
}

#[test]
fn the_small_verifier_compares_the_root_fingerprint_from_paper() {
    let Some(python) = python() else { return };
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let data = dir.path().join("data");
    let mut found = Command::new(env!("CARGO_BIN_EXE_jiuji"));
    found.args(["found", share.to_str().unwrap(), "--officer", "9005", "--name", "林知夏"]);
    found.env("JIUJI_DATA", &data).env("JIUJI_PASSWORD", "liushu-tunkou-3").env_remove("JIUJI_CONFIG");
    let said = String::from_utf8(found.output().unwrap().stdout).unwrap();
    let paper = said.lines().skip_while(|line| !line.starts_with("根指纹")).nth(1).unwrap().trim().to_owned();
    let ask = |root: &str| Command::new(python).arg(verifier()).arg(&share).arg(root).output().unwrap();
    assert!(ask(&paper).status.success());
    let wrong = format!("{}{}", if paper.starts_with('0') { "1" } else { "0" }, &paper[1..]);
    let said = ask(&wrong);
    assert_eq!(said.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&said.stdout).contains("\"root_holds\": false"));
}
