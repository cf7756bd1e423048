//! Joining compares the paper first, and leaves a PC as it was if anything does not hold.

use super::*;
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::office::setup::NewOfficer;
use crate::store::share::host::RealHost;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A founded county: where its log lies, and what the founder wrote on paper.
struct County {
    dir: tempfile::TempDir,
    share: PathBuf,
    paper: String,
}

fn county(id: u8, practice: bool) -> County {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let county = CountyId([id; 16]);
    let desk = dir.path().join("founder");
    crate::store::share::found(&share, county, &place::workshop(&desk), &mut RealHost::default()).unwrap();
    let founder = NewOfficer {
        no: "9005".into(),
        name: "林知夏".into(),
        office: Office::County,
        roles: BTreeSet::from([Role::Administrator]),
    };
    let made = setup::make_key(county, None).unwrap();
    let paper = setup::root_fingerprint(county, &founder.no, &made.public);
    let mut opened = place::open_desk(&desk, &share, county).unwrap();
    setup::found(&mut opened.desk, "211321", practice, &founder, made, CY_2021_15, 2026).unwrap();
    County { dir, share, paper }
}

fn pc(county: &County, name: &str) -> Place {
    let data = county.dir.path().join(name);
    Place::at(data.clone(), data.join("workstation.toml")).unwrap()
}

#[test]
fn a_second_pc_joins_with_the_paper_and_holds_the_whole_log() {
    let county = county(7, false);
    let shown = show(&county.share).unwrap();
    shown.compare(&county.paper).unwrap();
    let place = pc(&county, "second");
    may_join(&place, &county.share, shown.county).unwrap();
    let mut heard = Vec::new();
    let n = join(&place, &county.share, &shown, "窗口二", &mut |n| heard.push(n)).unwrap();
    assert_eq!((n, heard), (3, vec![3]));
    let settings = place.settings().unwrap().unwrap();
    assert_eq!((settings.desk.as_str(), settings.county_id().unwrap()), ("窗口二", shown.county));
    let again = may_join(&place, &county.share, shown.county).unwrap_err();
    assert!(again.what.contains("已经加入本县，不用再加入"), "{again}");
    let moved = may_join(&place, Path::new("/srv/new"), shown.county).unwrap_err();
    assert!(moved.what.contains("另一个文件夹") && moved.next.contains("workstation.toml"), "{moved}");
    let other = may_join(&place, &county.share, CountyId([8; 16])).unwrap_err();
    assert!(other.what.contains("属于另一个县"), "{other}");
}

#[test]
fn what_is_typed_from_paper_is_read_kindly_and_what_differs_is_named() {
    let shown = Shown {
        county: CountyId([7; 16]),
        first: Hash([1; 32]),
        print: "ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad".into(),
    };
    for same in [
        "ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf-8f01cfea-414140de-5dae2223-b00361a3-96177a9c-b410ff61-f20015ad",
        "bA78 l6bf 8fO1cfea 4i414Ode 5dae2223\tb00361a3 96177a9c b410ff61 f20015ad",
        "ｂａ７８１６ｂｆ　8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad",
    ] {
        shown.compare(same).unwrap();
    }
    let table = [
        ("ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ae", "第 8 组不同"),
        ("ba7816bf 8f01cfea 414141de 5dae2223 b00371a3 96177a9c b410ff61 f20015ad", "第 3、5 组不同"),
        (
            "ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015",
            "打了 62 个（7 组又 6 个）",
        ),
        ("ba7816bf", "打了 8 个（1 组）"),
        ("", "打了 0 个"),
        ("ba7816bg 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad", "不会有「g」"),
    ];
    for (typed, said) in table {
        let fault = shown.compare(typed).unwrap_err();
        assert_eq!(fault.kind, FaultKind::User);
        assert!(fault.what.contains(said), "{typed}: {fault}");
        assert!(!fault.to_string().contains("f20015ad"), "the right one is never shown: {fault}");
    }
    let few = shown.compare(&"0".repeat(64)).unwrap_err();
    assert!(few.next.contains("不是你们县的文件夹"), "{few}");
}

#[test]
fn a_log_that_does_not_hold_is_not_joined_and_leaves_nothing() {
    let county = county(7, false);
    let shown = show(&county.share).unwrap();
    let log = crate::store::share::wound::live_file(&county.share).unwrap();
    let wounded = crate::store::share::wound::Wounded::open(&log).unwrap();
    wounded.write(3, crate::store::share::wound::Column::Sig, &[0; 64]).unwrap();
    drop(wounded);
    let place = pc(&county, "second");
    let fault = join(&place, &county.share, &shown, "", &mut |_| {}).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Damaged);
    assert!(fault.what.contains("第 3 条"), "{fault}");
    assert!(!place.desk().exists() && place.settings().unwrap().is_none());
}

#[test]
fn another_countys_log_has_another_fingerprint_and_practice_is_not_joined() {
    let (own, other) = (county(7, false), county(8, false));
    let fault = show(&other.share).unwrap().compare(&own.paper).unwrap_err();
    assert!(fault.next.contains("不是你们县"), "{fault}");
    let practice = show(&county(9, true).share).unwrap_err();
    assert!(practice.what.contains("练习") && practice.next.contains("practice --share"), "{practice}");
}

#[test]
fn a_forged_first_entry_and_an_older_share_are_found() {
    let county = county(7, false);
    let place = pc(&county, "second");
    let shown = show(&county.share).unwrap();
    join(&place, &county.share, &shown, "", &mut |_| {}).unwrap();
    // Settings lost, log put back to before its last entry: this PC remembers.
    std::fs::remove_file(&place.config).unwrap();
    let log = crate::store::share::wound::live_file(&county.share).unwrap();
    crate::store::share::wound::Wounded::open(&log).unwrap().cut(2).unwrap();
    may_join(&place, &county.share, shown.county).unwrap();
    let fault = join(&place, &county.share, &shown, "", &mut |_| {}).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Older, "{fault}");
    assert!(place.settings().unwrap().is_none());
    assert!(place.desk().join("entries.db").exists(), "what this PC remembers stays");
    let elsewhere = may_join(&place, &county.share, CountyId([8; 16])).unwrap_err();
    assert!(elsewhere.what.contains("另一个县的记录"), "{elsewhere}");

    let wounded = crate::store::share::wound::Wounded::open(&log).unwrap();
    wounded.write(1, crate::store::share::wound::Column::Hash, &[0; 32]).unwrap();
    assert_eq!(show(&county.share).unwrap_err().kind, FaultKind::Damaged);
    wounded.cut(0).unwrap();
    let unfinished = show(&county.share).unwrap_err();
    assert!(unfinished.what.contains("还没有第一条"), "{unfinished}");
}
