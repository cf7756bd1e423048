//! Backups of a scratch office: where they may lie, what is refused, and drills of sound and unsound ones.

use super::daily::Daily;
use super::drill::{Drilled, drill, sign_in};
use super::*;
use crate::base::day::Day;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::ledger::DeskId;
use crate::office::outcome::Outcome;
use crate::office::scratch::Scratch;
use crate::office::setup::NewOfficer;
use crate::office::sweep::acts;
use crate::office::worker::{Job, News, Worker};
use crate::store::backup::SegmentName;
use crate::store::desk::Desk as Own;
use std::fs;
use std::sync::Arc;
use std::sync::mpsc::channel;
use tempfile::TempDir;

struct Ward {
    office: Scratch,
    plan: Plan,
    dir: TempDir,
}

fn now() -> Stamp {
    Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0)
}

impl Ward {
    fn new() -> Ward {
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: [role].into(),
        };
        let officers = [officer("9000", Role::Administrator), officer("9001", Role::Finance)];
        let office = Scratch::found(&officers, now(), true).unwrap();
        drop(Own::open(&office.desk_folder(), DeskId([7; 8])).unwrap());
        let plan = Plan {
            county: office.desk().county(),
            desk: office.desk_folder(),
            data: office.desk_folder(),
            share: office.share_folder(),
            target: None,
        };
        Ward { office, plan, dir: tempfile::tempdir().unwrap() }
    }

    fn stick(&self) -> PathBuf {
        target::absolute(&self.dir.path().join("stick"))
    }

    /// One more entry.
    fn act(&mut self) {
        let (arrival, private) = acts::arrival(100);
        let outcome = self.office.act(vec![("9001".into(), arrival, private)]).unwrap();
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    }

    fn make(&self, chosen: Chosen<'_>) -> Result<Copied, Fault> {
        make(&self.plan, chosen, now(), &mut |_| {}).map(|(_, copied)| copied)
    }

    fn drill(&self) -> Drilled {
        let found = drill(&self.plan, &self.stick(), None, now(), &mut |_, _| {}).unwrap();
        let left = fs::read_dir(self.plan.workshop()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("drill-")), "{left:?}");
        found
    }

    fn files(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(self.stick()).unwrap().map(|entry| entry.unwrap().path());
        let ours = |path: &PathBuf| SegmentName::parse(path.file_name().unwrap().to_str().unwrap()).is_some();
        let mut files: Vec<PathBuf> = names.filter(ours).collect();
        files.sort();
        files
    }
}

#[test]
fn made_with_the_drive_away_beside_an_open_desk_and_drilled() {
    let mut ward = Ward::new();
    let window = Own::open(&ward.plan.desk, DeskId([7; 8])).unwrap();
    assert!(window.writable().is_ok());
    let share = ward.office.share_folder();
    fs::rename(&share, share.with_file_name("away")).unwrap();
    let stick = ward.stick();
    let first = ward.make(Chosen::Named(&stick)).unwrap();
    assert_eq!((first.entries, first.head.n), (first.head.n, ward.office.desk().head_n().unwrap()));
    fs::rename(share.with_file_name("away"), &share).unwrap();
    ward.act();
    let ahead = ward.drill();
    assert!(ahead.passed() && ahead.own.n == ahead.restored.n + 1, "{:?}", ahead.failures());
    assert_eq!(ward.make(Chosen::Named(&stick)).unwrap().entries, 1);
    assert_eq!(ward.make(Chosen::Named(&stick)).unwrap().entries, 0);
    let whole = ward.drill();
    assert!(whole.passed() && !whole.with_private, "{:?}", whole.failures());
    assert_eq!((whole.compared, whole.files.0), (first.head.n + 1, 2));
    let known = window.backups().unwrap();
    assert!(known.drill.as_ref().is_some_and(|drill| drill.good), "{known:?}");
    assert_eq!(known.copy.map(|copy| copy.n), Some(first.head.n + 1));
    ward.plan.target = Some(stick);
    assert_eq!(ward.plan.reminder(true, now()), None);
    assert!(ward.plan.reminder(false, now().plus_hours(50)).unwrap().contains("备份已2天"));
}

#[test]
fn neither_the_share_nor_the_data_folder_holds_a_backup() {
    let ward = Ward::new();
    let other = Ward::new();
    let (share, desk) = (&ward.plan.share, &ward.plan.desk);
    let mut refused = vec![
        share.clone(),
        share.join("备份"),
        share.join("a/../b"),
        desk.clone(),
        desk.join("workshop"),
        ward.dir.path().join("..").join(share),
        other.plan.share.clone(),
        other.plan.share.join("x"),
        other.plan.desk.join("x"),
    ];
    #[cfg(unix)]
    {
        let link = ward.dir.path().join("link");
        std::os::unix::fs::symlink(share, &link).unwrap();
        refused.push(link.clone());
        refused.push(link.join("inner"));
    }
    for folder in refused {
        let mut fault = ward.make(Chosen::Named(&folder)).unwrap_err();
        // A program that another test starts holds what was open here until it is on its way.
        for _ in 0..100 {
            if fault.kind != FaultKind::Busy {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            fault = ward.make(Chosen::Named(&folder)).unwrap_err();
        }
        assert_eq!(fault.kind, FaultKind::User, "{}: {fault}", folder.display());
        assert!(fault.what.contains("不能放备份"), "{fault}");
    }
    assert!(!share.join("备份").exists() && !desk.join("x").exists());
    let file = ward.dir.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(ward.make(Chosen::Named(&file)).unwrap_err().what.contains("不是文件夹"));
    let deep = ward.dir.path().join("no/such/folder");
    assert!(ward.make(Chosen::Named(&deep)).unwrap_err().what.contains("上一级"));
    assert!(!ward.dir.path().join("no").exists());
}

#[test]
fn a_stick_that_is_not_plugged_in_is_not_written_beside() {
    let mut ward = Ward::new();
    assert!(ward.make(Chosen::Set).unwrap_err().what.contains("没有设定"));
    let stick = ward.stick();
    ward.plan.target = Some(stick.clone());
    let away = ward.make(Chosen::Set).unwrap_err();
    assert!(away.kind == FaultKind::DriveAway && !stick.exists(), "{away}");
    let known = Backups::open(&ward.plan.desk).unwrap().remembered().unwrap();
    assert!(known.trouble.is_some_and(|trouble| trouble.words == away.what), "it is remembered why");
    fs::create_dir(&stick).unwrap();
    ward.make(Chosen::Set).unwrap();
    assert_eq!(Backups::open(&ward.plan.desk).unwrap().remembered().unwrap().trouble, None);
    // The empty folder on this PC's own disk where the stick is usually seen.
    fs::rename(&stick, stick.with_file_name("pulled")).unwrap();
    fs::create_dir(&stick).unwrap();
    let empty = ward.make(Chosen::Set).unwrap_err();
    assert!(empty.what.contains("没有以前的备份"), "{empty}");
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    ward.make(Chosen::Named(&stick)).unwrap();
    assert_eq!(ward.make(Chosen::Set).unwrap().entries, 0, "a new stick, named once by a person");
}

#[test]
fn one_at_a_time_and_another_county_is_refused() {
    let ward = Ward::new();
    let stick = ward.stick();
    let lock = one_at_a_time(&ward.plan.desk).unwrap();
    assert_eq!(ward.make(Chosen::Named(&stick)).unwrap_err().kind, FaultKind::Busy);
    assert!(!stick.exists());
    drop(lock);
    ward.make(Chosen::Named(&stick)).unwrap();
    let other = Ward::new();
    let fault = other.make(Chosen::Named(&stick)).unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotOurs, "{fault}");
    let fault = drill(&other.plan, &stick, None, now(), &mut |_, _| {}).unwrap_err();
    assert!(fault.kind == FaultKind::NotOurs && fault.what.contains("另一个县"), "{fault}");
}

#[test]
fn a_drill_names_file_and_entry() {
    let mut ward = Ward::new();
    let stick = ward.stick();
    for _ in 0..3 {
        ward.make(Chosen::Named(&stick)).unwrap();
        ward.act();
    }
    assert!(ward.drill().passed());
    let files = ward.files();
    assert_eq!(files.len(), 3);
    let name = |at: usize| files[at].file_name().unwrap().to_str().unwrap().to_owned();
    let last = SegmentName::parse(&name(2)).unwrap();
    let sound = fs::read(&files[1]).unwrap();

    let at = sound.windows(9).position(|bytes| bytes == b"\"carrier\"").unwrap();
    let mut flipped = sound.clone();
    flipped[at + 12] ^= 1;
    fs::write(&files[1], &flipped).unwrap();
    let found = ward.drill();
    assert!(!found.passed());
    assert_eq!(
        found.bad.iter().map(|bad| (bad.file.clone(), bad.n)).collect::<Vec<_>>(),
        [(name(1), last.first - 1)]
    );
    assert_eq!(found.verified.broken.as_ref().map(|broken| broken.n), Some(last.first - 1));
    assert_eq!(found.broken_file, Some(name(1)));
    assert!(found.failures().iter().all(|why| why.contains(&format!("第 {}", last.first - 1))), "{found:?}");
    let known = Backups::open(&ward.plan.desk).unwrap().remembered().unwrap();
    assert!(known.drill.is_some_and(|drill| !drill.good && drill.words.contains(&name(1))));

    fs::write(&files[1], &sound[..sound.len() / 2]).unwrap();
    assert!(ward.drill().bad.iter().any(|bad| bad.file == name(1)));
    fs::remove_file(&files[1]).unwrap();
    let found = ward.drill();
    assert_eq!(found.missing, vec![(last.first - 1, last.first - 1)]);
    assert!(found.stopped.as_ref().is_some_and(|why| why.contains("缺第")), "{found:?}");
    assert!(!found.passed() && found.restored.n == last.first - 2);
    assert_eq!(ward.make(Chosen::Named(&stick)).unwrap().entries, 2, "the gap and what is new");
    assert!(ward.drill().passed());
}

#[test]
fn a_forged_entry_in_a_file_that_is_whole_does_not_pass() {
    let mut ward = Ward::new();
    ward.act();
    let own = Entries::open(&ward.plan.desk.join("entries.db"), ward.plan.county).unwrap();
    let mut rows = own.after(0, 100).unwrap();
    let n = rows.len();
    rows[n - 1].sig[3] ^= 1;
    let mut forged = Entries::open(&ward.dir.path().join("forged.db"), ward.plan.county).unwrap();
    forged.append(&rows).unwrap();
    fs::create_dir(ward.stick()).unwrap();
    let copying = Copying {
        county: ward.plan.county,
        desk: DeskId([1; 8]),
        now: now(),
        workshop: ward.dir.path(),
        segment: SEGMENT,
        sound: &mut |_, _| Ok(()),
        told: &mut |_| {},
    };
    backup::copy(&mut Folder::at(&ward.stick()), &forged, copying).unwrap();
    let found = ward.drill();
    let broken = found.verified.broken.as_ref().unwrap();
    assert_eq!((broken.n, found.differs), (n as u64, Some(n as u64)));
    assert!(!found.passed() && found.broken_file.is_some(), "{:?}", found.failures());
    // The same in this PC's own file: nothing of it is copied.
    fs::remove_file(ward.plan.desk.join("entries.db")).unwrap();
    let mut here = Entries::open(&ward.plan.desk.join("entries.db"), ward.plan.county).unwrap();
    here.append(&rows).unwrap();
    let other = ward.dir.path().join("other");
    let fault = ward.make(Chosen::Named(&other)).unwrap_err();
    assert!(fault.kind == FaultKind::Damaged && fault.what.contains("没有备份"), "{fault}");
}

#[test]
fn with_an_officer_s_keys_names_are_compared_and_the_result_is_signed() {
    let ward = Ward::new();
    let stick = ward.stick();
    ward.make(Chosen::Named(&stick)).unwrap();
    let officer = OfficerNo::from("9000");
    assert!(sign_in(&ward.plan, &officer, "wrong-password").unwrap_err().to_string().contains("密码"));
    let (session, keys) = sign_in(&ward.plan, &officer, "jiuji-9000").unwrap();
    let found = drill(&ward.plan, &stick, Some(&session), now(), &mut |_, _| {}).unwrap();
    assert!(found.passed() && found.with_private);
    assert_ne!(found.digests, ward.drill().digests, "the names are in the tables");
    let lines = vec!["结果：通过".to_owned()];
    let file = signed::keep(&stick, ward.plan.county, &session, now(), "通过", &lines).unwrap();
    let records = || signed::records(&stick, ward.plan.county, &keys).unwrap();
    assert!(records().len() == 1 && records()[0].good && records()[0].says.contains("9000 通过"));
    let sound = fs::read_to_string(stick.join(&file)).unwrap();
    for (from, to) in [("结果 通过", "结果 不通过"), ("操作员 9000", "操作员 9001"), ("签名 ", "签名 00")]
    {
        fs::write(stick.join(&file), sound.replacen(from, to, 1)).unwrap();
        assert!(!records()[0].good, "{from}");
    }
    fs::write(stick.join(&file), &sound).unwrap();
    assert!(!signed::records(&stick, ward.plan.county, &KeyBook::default()).unwrap()[0].good);
}

#[test]
fn the_worker_makes_one_a_day_by_itself_and_says_a_trouble_once() {
    let mut ward = Ward::new();
    let stick = ward.stick();
    fs::create_dir(&stick).unwrap();
    ward.plan.target = Some(stick.clone());
    let clock: crate::office::desk::Clock = Arc::new(now);
    let opened =
        crate::office::place::open_desk(&ward.plan.desk, &ward.plan.share, ward.plan.county).unwrap();
    let (to, news) = channel();
    let worker =
        Worker::start(opened.desk, opened.keeper, opened.watch, Box::new(move |item| drop(to.send(item))))
            .unwrap();
    worker.give(Job::Daily(Daily::of(ward.plan.clone(), clock.clone()).unwrap()));
    worker.give(Job::Look);
    let ended = news.iter().find_map(|item| if let News::Backup(ended) = item { Some(ended) } else { None });
    assert!(matches!(ended, Some(None)), "{ended:?}");
    worker.give(Job::Stop);
    assert!(ward.drill().passed());
    // Made today: nothing begins, so nothing ends.
    let mut daily = Daily::of(ward.plan.clone(), clock.clone()).unwrap();
    daily.begin();
    assert!(daily.ended().is_none());
    // The next day, with the stick pulled.
    fs::remove_dir_all(&stick).unwrap();
    let tomorrow: crate::office::desk::Clock = Arc::new(|| now().plus_hours(24));
    let mut daily = Daily::of(ward.plan.clone(), tomorrow).unwrap();
    daily.begin();
    let said = loop {
        if let Some(ended) = daily.ended() {
            break ended;
        }
        std::thread::yield_now();
    };
    let fault = said.unwrap();
    assert!(fault.what.contains("自动备份没有做成") && fault.what.contains("找不到备份文件夹"), "{fault}");
    daily.again();
    let again = loop {
        if let Some(ended) = daily.ended() {
            break ended;
        }
        std::thread::yield_now();
    };
    assert!(again.is_none(), "said once: {again:?}");
    let known = Backups::open(&ward.plan.desk).unwrap().remembered().unwrap();
    assert!(known.trouble.is_some(), "and kept");
    ward.plan.target = None;
    assert!(Daily::of(ward.plan, clock).is_none());
}

#[test]
fn rows_for_a_rebuild_come_in_order_and_prove_themselves() {
    let mut ward = Ward::new();
    let stick = ward.stick();
    ward.make(Chosen::Named(&stick)).unwrap();
    ward.act();
    ward.make(Chosen::Named(&stick)).unwrap();
    let mut taken = rows(&stick, ward.dir.path()).unwrap();
    let county = taken.county();
    let mut source = |after: u64, limit: usize| taken.after(after, limit);
    let found = crate::office::desk::verify::verify(county, &mut source, &mut |_| {}).unwrap();
    assert!(found.broken.is_none() && found.marks.is_empty());
    assert_eq!(found.head.n, ward.office.desk().head_n().unwrap());
}

#[test]
fn the_front_reminds_where_backups_are_made_and_nowhere_else() {
    use crate::domain::office::Officer;
    use crate::office::front::{Front, Parts};
    use crate::office::keeper::Keeper;
    let ward = Ward::new();
    let officer = |role| Officer {
        no: "9000".into(),
        name: "林知夏".into(),
        office: Office::County,
        roles: [role].into(),
        key: None,
        since: now(),
        limit: None,
        ended: false,
    };
    let mut front = Front::new(Parts {
        county: ward.plan.county,
        folder: ward.plan.desk.clone(),
        keeper: Keeper::new(Own::open(&ward.plan.desk, DeskId([7; 8])).unwrap()),
        worker: Worker::none(),
        keys: Arc::new(KeyBook::default()),
        clock: Arc::new(now),
    });
    let (admin, finance) = (officer(Role::Administrator), officer(Role::Finance));
    assert_eq!(front.backup_reminder(&admin).unwrap(), None, "practice");
    front.remind_of_backups(false);
    assert!(front.backup_reminder(&admin).unwrap().unwrap().contains("没有设备份文件夹"));
    assert_eq!(front.backup_reminder(&finance).unwrap(), None);
    front.remind_of_backups(true);
    assert!(front.backup_reminder(&finance).unwrap().unwrap().contains("还没有做过备份"));
    ward.make(Chosen::Named(&ward.stick())).unwrap();
    assert!(front.backup_reminder(&finance).unwrap().unwrap().contains("还没有演练过"));
    assert!(ward.drill().passed());
    assert_eq!(front.backup_reminder(&finance).unwrap(), None);
}
