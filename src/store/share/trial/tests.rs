//! Drives that keep their word and drives that break it: each breach must be found, on its own line, and nothing may be
//! left behind.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use super::alone::{Told, Trial};
use super::ground::{Disk, Ground};
use super::meeting::{Hears, Invitation, Patience, meet};
use super::{Check, Finding, Verdict, pair};
use crate::base::width::width;
use crate::store::share::host::RealHost;

/// How a drive breaks its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Sound,
    /// Everybody who creates a name gets it.
    BothWin,
    /// A size, once seen, stays.
    OldSize,
    /// Content, once seen, stays.
    OldContent,
    /// The server's clock is two hours ahead of ours.
    Clock,
    /// No space left.
    Full,
    /// Nothing can be written.
    ReadOnly,
    /// What is written is not what is read.
    Garbled,
    /// Files cannot be cut.
    NoCut,
    /// Files cannot be renamed, nor linked.
    NoRename,
    /// Nothing answers.
    Away,
}

/// One PC's view of a drive.
pub(crate) struct Drive {
    how: How,
    sizes: Mutex<BTreeMap<PathBuf, u64>>,
    contents: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

pub(crate) fn drive(how: How) -> Arc<dyn Ground> {
    Arc::new(Drive { how, sizes: Mutex::default(), contents: Mutex::default() })
}

impl Drive {
    fn may_write(&self) -> io::Result<()> {
        match self.how {
            How::Full => Err(io::ErrorKind::StorageFull.into()),
            How::ReadOnly => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            _ => Ok(()),
        }
    }

    /// What these files are read for is told by a name of their own, so that the two PCs can still talk.
    fn is_spoilt(&self, path: &Path, how: How) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.how == how && ["content", "grow.", "see."].iter().any(|spoilt| name.starts_with(spoilt))
    }
}

impl Ground for Drive {
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        if self.how == How::Away {
            return Err(io::ErrorKind::HostUnreachable.into());
        }
        Disk.list(folder)
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if self.how == How::ReadOnly {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        Disk.make_folder(folder)
    }
    fn create(&self, path: &Path) -> io::Result<bool> {
        let ours = Disk.create(path)?;
        Ok(ours || self.how == How::BothWin)
    }
    fn write(&self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.may_write()?;
        if self.how == How::Garbled && path.ends_with("content") {
            return Disk.write(path, at, &bytes.iter().map(|byte| byte & 0x7f).collect::<Vec<_>>());
        }
        Disk.write(path, at, bytes)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let now = Disk.read(path)?;
        if self.is_spoilt(path, How::OldContent) {
            return Ok(self.contents.lock().unwrap().entry(path.to_owned()).or_insert(now).clone());
        }
        Ok(now)
    }
    fn read_at(&self, path: &Path, at: u64, len: usize) -> io::Result<Vec<u8>> {
        if self.is_spoilt(path, How::OldContent) {
            let all = self.read(path)?;
            return Ok(all.into_iter().skip(at as usize).take(len).collect());
        }
        Disk.read_at(path, at, len)
    }
    fn size(&self, path: &Path) -> io::Result<u64> {
        let now = Disk.size(path)?;
        if self.is_spoilt(path, How::OldSize) {
            // The first size that this PC saw, or wrote.
            return Ok(*self.sizes.lock().unwrap().entry(path.to_owned()).or_insert(4096.min(now)));
        }
        Ok(now)
    }
    fn cut(&self, path: &Path, size: u64) -> io::Result<()> {
        if self.how == How::NoCut {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Disk.cut(path, size)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.how == How::NoRename {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Disk.rename(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<bool> {
        if self.how == How::NoRename {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let ours = Disk.link(from, to)?;
        Ok(ours || self.how == How::BothWin)
    }
    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        Disk.modified(path)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        Disk.remove_folder(folder)
    }
    fn clock(&self) -> SystemTime {
        let now = SystemTime::now();
        if self.how == How::Clock { now - Duration::from_secs(7200) } else { now }
    }
}

/// Keeps what it is told.
#[derive(Default)]
struct Kept(Vec<Finding>);

impl Told for Kept {
    fn begins(&mut self, _check: Check) {}
    fn found(&mut self, finding: Finding) {
        self.0.push(finding);
    }
}

fn trial(how: How, share: &Path, free: super::alone::Free) -> Trial {
    Trial {
        ground: drive(how),
        share: share.to_owned(),
        may_be_new: false,
        workshop: share.with_file_name("workshop"),
        name: "0badcafe".into(),
        free,
    }
}

/// A tried folder: what was found, and that nothing is left in it.
fn tried(how: How, free: super::alone::Free) -> Vec<Finding> {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    std::fs::create_dir(&share).unwrap();
    let mut kept = Kept::default();
    trial(how, &share, free).run(&mut RealHost::default(), &mut kept);
    assert_eq!(Disk.list(&share).unwrap(), Vec::<String>::new(), "{how:?} left something behind");
    assert_eq!(Disk.list(dir.path()).unwrap(), ["share"], "{how:?}");
    let numbers: Vec<usize> = kept.0.iter().map(|finding| finding.check.number()).collect();
    let all: Vec<usize> = (1..=9).chain([11]).collect();
    let wanted = if how == How::Away { &all[..9] } else { &all[..] };
    assert_eq!(numbers, wanted, "{how:?}: every line, in order");
    fits(&kept.0);
    kept.0
}

fn fits(findings: &[Finding]) {
    for finding in findings {
        assert!(width(&finding.said) <= 55, "too long for its line: {}", finding.said);
        assert!(width(&finding.next) <= 55, "too long for its line: {}", finding.next);
        assert_eq!(
            finding.next.is_empty(),
            matches!(finding.verdict, Verdict::Pass | Verdict::Untested),
            "{finding:?}"
        );
    }
}

/// No line failed.
const NONE: [usize; 0] = [];

fn failed(findings: &[Finding]) -> Vec<usize> {
    let fails = findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
    fails.map(|finding| finding.check.number()).collect()
}

fn plenty(_: &Path) -> Option<u64> {
    Some(5 << 30)
}

#[test]
fn one_pc_finds_each_breach_on_its_own_line() {
    let table: [(How, &[usize], &str); 10] = [
        (How::Sound, &[], ""),
        (How::BothWin, &[2], "25 次里有 25 次"),
        (How::OldSize, &[3], "旧大小"),
        (How::OldContent, &[3], "不对"),
        (How::Clock, &[8], "服务器比本机快 120 分钟"),
        (How::Full, &[3, 4, 5, 8], "盘已写满"),
        (How::ReadOnly, &[3], "没有写入或读取的权限"),
        (How::Garbled, &[3], "读回的内容与写入的不同"),
        (How::NoCut, &[4], "权限"),
        (How::Away, &[1], "没有应答"),
    ];
    for (how, lines, said) in table {
        let found = tried(how, plenty);
        assert_eq!(failed(&found), lines, "{how:?}: {found:?}");
        if let Some(first) = found.iter().find(|finding| finding.verdict == Verdict::Fail) {
            assert!(first.said.contains(said), "{how:?}: {}", first.said);
        }
    }
    let odd = tried(How::NoRename, plenty);
    assert_eq!(failed(&odd), NONE, "nothing of the log is ever renamed");
    assert!(odd.iter().any(|f| f.check == Check::CutRename && f.verdict == Verdict::Note));
}

#[test]
fn too_little_space_fails_and_unknown_space_is_not_guessed() {
    let of = |free| tried(How::Sound, free).into_iter().find(|f| f.check == Check::Space).unwrap();
    assert_eq!(of(|_| Some(99 << 20)).verdict, Verdict::Fail);
    assert_eq!(of(|_| Some(101 << 20)).verdict, Verdict::Pass);
    assert_eq!(of(|_| None).verdict, Verdict::Untested);
}

#[test]
fn a_drive_that_spoils_the_scratch_log_is_found() {
    type Spoil = fn(&Path, u64);
    let spoils: [(&str, Spoil); 4] = [
        ("forgets what was committed", |path, n| {
            let kept = path.with_extension("kept");
            match n {
                1 => std::fs::copy(path, kept).map(drop).unwrap(),
                2 => std::fs::copy(kept, path).map(drop).unwrap(),
                _ => {}
            }
        }),
        ("cuts the file", |path, n| {
            if n == 1 {
                Disk.cut(path, 4096).unwrap();
            }
        }),
        ("loses it", |path, n| {
            if n == 0 {
                std::fs::remove_file(path).unwrap();
            }
        }),
        ("mixes pages", |path, n| {
            if n == 2 {
                let mut bytes = std::fs::read(path).unwrap();
                let last = bytes.len() - 4096;
                bytes[last..].fill(0);
                std::fs::write(path, bytes).unwrap();
            }
        }),
    ];
    for (what, spoil) in spoils {
        let dir = tempfile::tempdir().unwrap();
        let share = dir.path().join("share");
        std::fs::create_dir(&share).unwrap();
        let mut kept = Kept::default();
        let trial = trial(How::Sound, &share, plenty);
        trial.run_with(&mut RealHost::default(), &mut kept, &mut |path, n| spoil(path, n));
        assert_eq!(failed(&kept.0), [9], "{what}: {:?}", kept.0);
        fits(&kept.0);
        assert_eq!(Disk.list(&share).unwrap(), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn leftovers_of_yesterday_go_and_those_of_a_moment_ago_stay() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let doctor = share.join("doctor");
    for name in ["two.000001", "two.000002", "somebody"] {
        std::fs::create_dir_all(doctor.join(name).join("race.00")).unwrap();
        std::fs::write(doctor.join(name).join("role.a"), "x").unwrap();
    }
    let old = SystemTime::now() - Duration::from_secs(25 * 3600);
    for name in ["two.000001", "somebody"] {
        std::fs::File::open(doctor.join(name)).unwrap().set_modified(old).unwrap();
    }
    trial(How::Sound, &share, plenty).run(&mut RealHost::default(), &mut Kept::default());
    let mut left = Disk.list(&doctor).unwrap();
    left.sort();
    assert_eq!(left, ["somebody", "two.000002"], "only our own, and only old ones");
}

#[test]
fn a_folder_that_is_new_is_made_for_the_trial_only() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let mut kept = Kept::default();
    Trial { may_be_new: true, ..trial(How::Sound, &share, plenty) }.run(&mut RealHost::default(), &mut kept);
    assert_eq!(failed(&kept.0), NONE);
    assert!(!share.exists());
    let mut kept = Kept::default();
    trial(How::Sound, &share, plenty).run(&mut RealHost::default(), &mut kept);
    assert_eq!(failed(&kept.0), [1]);
    assert!(!share.exists());
}

/// Hears nothing.
struct Deaf;

impl Hears for Deaf {
    fn say(&mut self, _text: &str) {}
    fn progress(&mut self, _text: &str) {}
}

fn hasty() -> Patience {
    Patience {
        meet: Duration::from_secs(20),
        step: Duration::from_secs(20),
        look: Duration::from_millis(1),
        settle: Duration::from_millis(60),
        late: Duration::from_millis(1_500),
        rounds: 200,
        sights: 4,
    }
}

fn invitation(how: How, share: &Path, nonce: &str, patience: Patience) -> Invitation {
    Invitation {
        ground: drive(how),
        share: share.to_owned(),
        number: Some(48_213),
        drawn: 1,
        nonce: nonce.into(),
        patience,
    }
}

/// Two PCs on two views of one drive; what each found.
fn two(how: How, rounds: usize) -> (Vec<Finding>, Vec<Finding>) {
    let dir = tempfile::tempdir().unwrap();
    let one = |nonce: &str| {
        let ask = invitation(how, dir.path(), nonce, Patience { rounds, ..hasty() });
        pair::together(meet(ask, &mut Deaf).unwrap(), &mut Deaf)
    };
    let found = std::thread::scope(|scope| {
        let (a, b) = (scope.spawn(|| one("aaaa")), scope.spawn(|| one("bbbb")));
        (a.join().unwrap(), b.join().unwrap())
    });
    assert_eq!(Disk.list(dir.path()).unwrap(), Vec::<String>::new(), "{how:?} left something behind");
    fits(&found.0);
    assert_eq!(found.0.iter().map(|f| f.check).collect::<Vec<_>>(), Check::TWO, "{how:?}");
    found
}

#[test]
fn two_pcs_on_a_sound_drive_agree_that_it_is_sound() {
    let (a, b) = two(How::Sound, 200);
    assert_eq!(a, b, "both say the same");
    assert_eq!(failed(&a), NONE, "{a:?}");
    assert!(a[0].said.starts_with("200 次都只成一台"), "{}", a[0].said);
}

#[test]
fn two_pcs_find_each_breach_on_its_own_line() {
    let table: [(How, &[usize], &str); 4] = [
        (How::BothWin, &[13, 14], "会合时两台电脑都拿到了同一个名称"),
        (How::OldSize, &[15], "还看不见"),
        (How::OldContent, &[15, 16], "还看不见"),
        (How::NoRename, &[], ""),
    ];
    for (how, lines, said) in table {
        let (a, b) = two(how, 20);
        assert_eq!(a, b, "{how:?}: both say the same");
        assert_eq!(failed(&a), lines, "{how:?}: {a:?}");
        if let Some(first) = a.iter().find(|finding| finding.verdict == Verdict::Fail) {
            assert!(first.said.contains(said), "{how:?}: {}", first.said);
        }
    }
    assert_eq!(two(How::NoRename, 20).0[4].verdict, Verdict::Untested);
}

#[test]
fn a_drive_that_gives_one_name_to_two_only_in_a_race_is_found() {
    // Sound but for the contested names of the race.
    struct Races(Arc<dyn Ground>);
    impl Ground for Races {
        fn create(&self, path: &Path) -> io::Result<bool> {
            let contested = path.extension().is_some_and(|end| end == "taken");
            Ok(self.0.create(path)? || contested)
        }
        fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
            self.0.list(folder)
        }
        fn make_folder(&self, folder: &Path) -> io::Result<()> {
            self.0.make_folder(folder)
        }
        fn write(&self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
            self.0.write(path, at, bytes)
        }
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            self.0.read(path)
        }
        fn read_at(&self, path: &Path, at: u64, len: usize) -> io::Result<Vec<u8>> {
            self.0.read_at(path, at, len)
        }
        fn size(&self, path: &Path) -> io::Result<u64> {
            self.0.size(path)
        }
        fn cut(&self, path: &Path, size: u64) -> io::Result<()> {
            self.0.cut(path, size)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.0.rename(from, to)
        }
        fn link(&self, from: &Path, to: &Path) -> io::Result<bool> {
            self.0.link(from, to)
        }
        fn modified(&self, path: &Path) -> io::Result<SystemTime> {
            self.0.modified(path)
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            self.0.remove(path)
        }
        fn remove_folder(&self, folder: &Path) -> io::Result<()> {
            self.0.remove_folder(folder)
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let one = |nonce: &str| {
        let ask = invitation(How::Sound, dir.path(), nonce, Patience { rounds: 40, ..hasty() });
        let ask = Invitation { ground: Arc::new(Races(ask.ground.clone())), ..ask };
        pair::together(meet(ask, &mut Deaf).unwrap(), &mut Deaf)
    };
    let (a, b) = std::thread::scope(|scope| {
        let (a, b) = (scope.spawn(|| one("aaaa")), scope.spawn(|| one("bbbb")));
        (a.join().unwrap(), b.join().unwrap())
    });
    assert_eq!(a, b);
    assert_eq!(failed(&a), [13]);
    assert!(a[0].said.contains("40 次里 40 次两台都成功"), "{}", a[0].said);
}

#[test]
fn nobody_comes_a_third_comes_and_one_gives_up() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path();
    let alone = Patience { meet: Duration::from_millis(150), ..hasty() };
    let fault = meet(invitation(How::Sound, share, "aaaa", alone), &mut Deaf).err().unwrap();
    assert!(fault.what.contains("没有来") && fault.next.contains("同一个文件夹"), "{fault}");
    assert_eq!(Disk.list(share).unwrap(), Vec::<String>::new(), "who waited in vain tidies up");

    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let met = meet(invitation(How::Sound, share, "aaaa", hasty()), &mut Deaf).unwrap();
            pair::together(met, &mut Deaf)
        });
        let second = scope.spawn(|| meet(invitation(How::Sound, share, "bbbb", hasty()), &mut Deaf).unwrap());
        let second = second.join().unwrap();
        let third = meet(invitation(How::Sound, share, "cccc", hasty()), &mut Deaf).err().unwrap();
        assert!(third.what.contains("会合号 048 213 已经有两台电脑"), "{third}");
        // Dropped in the middle, as an error of the program would.
        drop(second);
        let found = first.join().unwrap();
        assert_eq!(failed(&found), [13]);
        assert!(found[0].said.contains("对方停下了"), "{}", found[0].said);
        assert_eq!(found[1].verdict, Verdict::Untested);
        fits(&found);
    });
}

#[test]
fn a_meeting_of_yesterday_is_not_joined() {
    let dir = tempfile::tempdir().unwrap();
    let left = dir.path().join("doctor/two.048213");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("role.a"), "gone long ago\n").unwrap();
    let hasty = Patience { step: Duration::from_millis(100), ..hasty() };
    let fault = meet(invitation(How::Sound, dir.path(), "bbbb", hasty), &mut Deaf).err().unwrap();
    assert!(fault.what.contains("没有应答，可能是以前留下的"), "{fault}");
    assert_eq!(Disk.list(&left).unwrap(), ["role.a"], "another may still come in our place");
}

#[test]
fn every_line_of_the_sheet_fits() {
    for check in Check::ONE.iter().chain(&Check::TWO) {
        assert!(width(check.zh()) <= 14, "{}", check.zh());
        assert!(width(check.advice()) <= 55, "{}", check.advice());
    }
    let numbers: Vec<usize> = Check::ONE.iter().chain(&Check::TWO).map(|check| check.number()).collect();
    assert_eq!(numbers, (1..=17).collect::<Vec<_>>(), "numbers never change their meaning");
}
