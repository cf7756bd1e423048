//! Shares that lost something, and the desks that bring it back: two and three desks on a local folder, on the real engine.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::domain::command::Command;
use crate::domain::command::kernel::KeyRevoke;
use crate::domain::office::Office;
use crate::domain::private::Private;
use crate::ledger::DeskId;
use crate::office::desk::Parts;
use crate::office::desk::verify::verify;
use crate::office::order;
use crate::office::outcome::Outcome;
use crate::office::reach::{Holdings, Reach};
use crate::office::scratch::{Hands, Scratch};
use crate::office::setup::NewOfficer;
use crate::office::sweep::acts;
use crate::store::entries::Entries;
use crate::store::share::drive::RealDrive;
use crate::store::share::host::Host;
use crate::store::share::wound::{Column, Wounded, live_file};
use crate::store::share::{Setting, ShareTime};
use std::collections::BTreeSet;
use std::path::PathBuf;

const ADMIN: &str = "9000";
const FINANCE: &str = "9001";

/// A PC whose time passes only while it waits.
struct Hurried(Duration);

impl Host for Hurried {
    fn now(&mut self) -> Duration {
        self.0 += Duration::from_millis(1);
        self.0
    }

    fn sleep(&mut self, time: Duration) {
        self.0 += time;
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::bug("random"))
    }
}

/// A county with three desks.
struct County {
    office: Scratch,
    dir: tempfile::TempDir,
}

struct Pc {
    desk: Desk,
    id: DeskId,
    folder: PathBuf,
    share: PathBuf,
    hands: Hands,
}

impl County {
    fn new() -> County {
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: BTreeSet::from([role]),
        };
        let officers = [officer(ADMIN, Role::Administrator), officer(FINANCE, Role::Finance)];
        let now = Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0);
        County { office: Scratch::found(&officers, now, false).unwrap(), dir: tempfile::tempdir().unwrap() }
    }

    fn session(&self, no: &str) -> Arc<Session> {
        self.office.session(&no.into()).unwrap()
    }

    fn pc(&self, no: u8) -> Pc {
        let id = DeskId([no; 8]);
        let folder = self.dir.path().join(format!("pc{no}"));
        let hands = Hands::default();
        hands.set(self.office.now());
        let mut pc = Pc {
            desk: opened(&folder, &self.office.share_folder(), self.office.desk().county(), id, &hands),
            id,
            folder,
            share: self.office.share_folder(),
            hands,
        };
        pc.desk.call(&format!("PC-{no}"));
        pc.desk.sign_in(self.session(FINANCE)).unwrap();
        pc
    }

    /// A copy of the share as it stands, to be put back later.
    fn copy(&self) -> PathBuf {
        let to = self.dir.path().join(format!("copy{}", std::fs::read_dir(self.dir.path()).unwrap().count()));
        copy_all(&self.office.share_folder(), &to);
        to
    }

    fn put_back(&self, copy: &Path) {
        std::fs::remove_dir_all(self.office.share_folder()).unwrap();
        copy_all(copy, &self.office.share_folder());
    }
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

fn setting(folder: &Path, share: &Path, county: CountyId, desk: DeskId, hands: &Hands) -> Setting {
    let hands = hands.clone();
    Setting {
        folder: share.to_owned(),
        county,
        desk,
        officer: String::new(),
        workshop: folder.join("workshop"),
        may_write: true,
        time: ShareTime::Given(Box::new(move || hands.now())),
        drive: Arc::new(RealDrive),
        host: Box::new(Hurried(Duration::from_secs(1))),
        witness: Box::new(Holdings::new(folder.to_owned(), county)),
        segment: 60_000,
    }
}

fn opened(folder: &Path, share: &Path, county: CountyId, desk: DeskId, hands: &Hands) -> Desk {
    let (own, shared, clock) = (folder.to_owned(), share.to_owned(), hands.clone());
    let log = Reach::new(Box::new(move || Share::open(setting(&own, &shared, county, desk, &clock))));
    let clock = hands.clock(Hands::default());
    Desk::open(Parts { log: Box::new(log), county, desk, folder: folder.to_owned(), clock }).unwrap()
}

impl Pc {
    fn write(&mut self, county: &County, fen: i64) -> crate::ledger::Cid {
        let session = county.session(FINANCE);
        let (arrival, private) = acts::arrival(fen);
        let seen = self.desk.head_n().unwrap();
        let signed = order::sign(&session, self.desk.county(), seen, &arrival, private).unwrap();
        let cid = signed.order.cid;
        let outcome = self.desk.carry(&[vec![signed]]).pop().unwrap();
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
        cid
    }

    fn rebuild(
        &mut self,
        county: &County,
        officer: &str,
        without_others: bool,
        keep: Option<Keep>,
    ) -> Result<Rebuilt, Fault> {
        let share =
            Share::reach(setting(&self.folder, &self.share, self.desk.county(), self.id, &self.hands))
                .unwrap();
        let asked =
            Asked { share: &self.share, session: county.session(officer), name: "PC", without_others, keep };
        let rebuilt = rebuild(&mut self.desk, share, &asked, &mut |_| ());
        self.desk.sign_in(county.session(FINANCE)).unwrap();
        rebuilt
    }

    /// The same PC half a minute later, when it looks for a newer file.
    fn later(mut self, county: &County) -> Pc {
        self.desk = opened(&self.folder, &self.share, self.desk.county(), self.id, &self.hands);
        self.desk.sign_in(county.session(FINANCE)).unwrap();
        self
    }

    /// The file in which the last entry that it holds was written.
    fn last_file(&mut self) -> u32 {
        let head = self.desk.entries().head().unwrap();
        written_in(&self.desk.entries().after(head.n.saturating_sub(1), 1).unwrap())
    }

    fn rows(&mut self) -> Vec<Row> {
        self.desk.entries().after(0, usize::MAX).unwrap()
    }

    /// The log proves itself without an account, and every one of these commands stands in it once.
    fn proves(&mut self, cids: &[crate::ledger::Cid]) {
        let county = self.desk.county();
        let rows = self.rows();
        let found = verify(
            county,
            &mut |after, limit| Ok(rows.iter().filter(|row| row.n > after).take(limit).cloned().collect()),
            &mut |_| (),
        )
        .unwrap();
        assert_eq!(found.broken, None);
        let held: Vec<_> = found.marks.iter().filter(|mark| mark.code != "E-CHAIN").collect();
        assert!(held.is_empty(), "what was lost honestly holds nothing up: {held:?}");
        for cid in cids {
            let found = self.desk.entries().find(*cid).unwrap();
            let verbs: Vec<_> =
                rows.iter().map(|row| (row.n, Body::from_text(&row.body).unwrap().command.verb)).collect();
            assert!(found.is_some(), "{cid} of {cids:?} in {:?}: {verbs:?}", self.id);
        }
    }
}

/// A listing of every file with its bytes: whoever wrote nothing leaves it as it was.
fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(listing(&path));
        } else {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_sound_share_is_not_touched() {
    let county = County::new();
    let mut a = county.pc(1);
    a.write(&county, 100);
    let before = listing(&county.office.share_folder());
    let entries = a.desk.head_n().unwrap();
    assert_eq!(a.rebuild(&county, FINANCE, false, None).unwrap(), Rebuilt::Sound { entries });
    assert_eq!(listing(&county.office.share_folder()), before);
}

#[test]
fn an_old_copy_put_back_is_an_alarm_until_somebody_rebuilds() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    let copy = county.copy();
    let cids: Vec<_> = (1..6).map(|fen| a.write(&county, fen)).collect();
    b.desk.pull().unwrap();
    county.put_back(&copy);
    let before = listing(&county.office.share_folder());
    for desk in [&mut a.desk, &mut b.desk] {
        assert_eq!(desk.pull().unwrap_err().kind, FaultKind::Older);
    }
    assert_eq!(listing(&county.office.share_folder()), before, "nothing is written to it");
    let n = a.desk.head_n().unwrap();
    let Rebuilt::Published { head, taken, back, .. } = b.rebuild(&county, FINANCE, false, None).unwrap()
    else {
        panic!()
    };
    assert_eq!((head.n, taken, back), (n, 0, 0));
    a.desk.pull().unwrap();
    a.write(&county, 50);
    let mut c = county.pc(3);
    c.desk.pull().unwrap();
    c.proves(&cids);
    assert_eq!(c.desk.head_n().unwrap(), n + 1);
}

#[test]
fn a_changed_row_a_cut_file_and_an_empty_folder_come_back_as_they_were() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("changed", |share| {
            let wounded = Wounded::open(&live_file(share).unwrap()).unwrap();
            wounded.write(3, Column::Body, b"{}").unwrap();
        }),
        ("cut", |share| {
            let file = live_file(share).unwrap();
            let bytes = std::fs::read(&file).unwrap();
            std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("text", |share| std::fs::write(live_file(share).unwrap(), "x".repeat(9_000)).unwrap()),
        ("gone", |share| std::fs::remove_file(live_file(share).unwrap()).unwrap()),
        ("emptied", |share| {
            std::fs::remove_dir_all(share).unwrap();
            std::fs::create_dir(share).unwrap();
        }),
    ];
    for (name, damage) in damages {
        let county = County::new();
        let mut a = county.pc(1);
        let cids: Vec<_> = (1..8).map(|fen| a.write(&county, fen)).collect();
        let rows = a.rows();
        damage(&county.office.share_folder());
        let mut fresh = county.pc(3);
        assert!(fresh.desk.pull().is_err(), "{name}");
        let rebuilt = a.rebuild(&county, FINANCE, false, None).unwrap();
        assert!(matches!(rebuilt, Rebuilt::Published { back: 0, .. }), "{name}: {rebuilt:?}");
        let mut fresh = county.pc(4);
        fresh.desk.pull().unwrap();
        assert_eq!(fresh.rows(), rows, "{name}: word for word, at the same places");
        fresh.write(&county, 77);
        a.desk.pull().unwrap();
        a.proves(&cids);
    }
}

#[test]
fn closed_files_that_are_sound_stay_and_only_what_lies_behind_is_built_anew() {
    let county = County::new();
    let mut a = county.pc(1);
    for fen in 1..90 {
        a.write(&county, fen);
    }
    let share = county.office.share_folder();
    Wounded::open(&live_file(&share).unwrap()).unwrap().cut(0).unwrap();
    let Rebuilt::Published { first, file, .. } = a.rebuild(&county, FINANCE, false, None).unwrap() else {
        panic!()
    };
    assert!(first > 20 && file >= 3, "first {first}, file {file}");
    let mut fresh = county.pc(4);
    fresh.desk.pull().unwrap();
    assert_eq!(fresh.rows(), a.rows());
}

#[test]
fn what_only_another_pc_holds_is_asked_for_and_brings_itself_back() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    a.write(&county, 1);
    b.desk.pull().unwrap();
    let copy = county.copy();
    let lost: Vec<_> = (2..5).map(|fen| a.write(&county, fen)).collect();
    a.desk.show_head("窗口一").unwrap();
    let board = county.office.share_folder().join("desks").join(a.id.to_string());
    let notice = std::fs::read(&board).unwrap();
    county.put_back(&copy);
    std::fs::write(&board, notice).unwrap();
    // The share alone looks well to `b`; what `a` hung out says more.
    b.desk.pull().unwrap();
    let alarm = b.desk.compare_with_others().unwrap_err();
    assert!(alarm.kind == FaultKind::Older && alarm.what.contains("窗口一"), "{alarm}");
    std::fs::remove_file(live_file(&county.office.share_folder()).unwrap()).unwrap();
    let asked = b.rebuild(&county, FINANCE, false, None).unwrap_err();
    assert!(asked.kind == FaultKind::User && asked.what.contains("窗口一"), "{asked}");
    assert!(matches!(b.rebuild(&county, FINANCE, true, None), Ok(Rebuilt::Published { .. })));
    b.desk.compare_with_others().unwrap();
    let between = b.write(&county, 60);

    // `a` comes back: the log has gone on without its rows, and it brings them.
    a.desk.pull().unwrap();
    assert_eq!(a.desk.bring_back().unwrap(), 3);
    let mut fresh = county.pc(4);
    fresh.desk.pull().unwrap();
    fresh.proves(&lost);
    fresh.proves(&[between]);
    b.desk.pull().unwrap();
    fresh.desk.pull().unwrap();
    let digests: BTreeSet<_> = [&a.desk, &b.desk, &fresh.desk].map(|d| d.replica().digest().unwrap()).into();
    assert_eq!(digests.len(), 1);
    assert_eq!(a.desk.bring_back().unwrap(), 0, "once");
}

#[test]
fn what_comes_back_under_a_key_that_stands_no_more_waits_for_the_county() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    let copy = county.copy();
    let lost = a.write(&county, 200);
    a.desk.show_head("窗口一").unwrap();
    county.put_back(&copy);
    b.desk.pull().unwrap();
    b.write(&county, 60);
    // The writer's key is stopped on a share that does not know what he wrote.
    let admin = county.session(ADMIN);
    let key = county.session(FINANCE).signing.id().to_string();
    let revoke = Command::KeyRevoke(KeyRevoke { officer: FINANCE.into(), key, since: None });
    let seen = b.desk.head_n().unwrap();
    let signed = order::sign(&admin, b.desk.county(), seen, &revoke, Private::default()).unwrap();
    b.desk.sign_in(admin.clone()).unwrap();
    assert!(matches!(b.desk.carry(&[vec![signed]]).pop(), Some(Outcome::Done(_))));

    assert!(matches!(a.desk.pull().unwrap_err().kind, FaultKind::Older | FaultKind::Damaged));
    a.rebuild(&county, ADMIN, true, Some(Keep::Share)).unwrap();
    let mut b = b.later(&county);
    b.desk.pull().unwrap();
    let rows = b.rows();
    let mut source =
        |after, limit| Ok(rows.iter().filter(|row| row.n > after).take(limit).cloned().collect());
    let found = verify(b.desk.county(), &mut source, &mut |_| ()).unwrap();
    assert_eq!(found.broken, None);
    let at = b.desk.entries().find(lost).unwrap().unwrap().n;
    let marks: Vec<_> = found.marks.iter().filter(|mark| mark.n == at).collect();
    assert!(
        marks
            .iter()
            .any(|mark| mark.code == "E-KEY-REVOKED" && mark.sentence.contains("无法证明签在停用之前")),
        "{marks:?}"
    );
}

/// The share was put back to an old copy, and somebody who did not know went on writing.
fn forked(county: &County) -> (Pc, Pc, Vec<crate::ledger::Cid>) {
    let mut a = county.pc(1);
    a.write(county, 1);
    let copy = county.copy();
    let mut cids: Vec<_> = (2..5).map(|fen| a.write(county, fen)).collect();
    county.put_back(&copy);
    let mut c = county.pc(3);
    c.desk.pull().unwrap();
    cids.extend((10..12).map(|fen| c.write(county, fen)));
    assert!(matches!(a.desk.pull().unwrap_err().kind, FaultKind::Older | FaultKind::Damaged));
    (a, c, cids)
}

#[test]
fn of_two_branches_the_administrator_says_which_goes_on_and_the_other_comes_back() {
    for keep in [Keep::Own, Keep::Share] {
        let county = County::new();
        let (mut a, mut c, cids) = forked(&county);
        let said = a.rebuild(&county, FINANCE, true, None).unwrap_err();
        assert!(said.next.contains("--keep"), "{said}");
        let said = a.rebuild(&county, FINANCE, true, Some(keep)).unwrap_err();
        assert!(said.next.contains("管理员"), "{said}");
        let rebuilt = a.rebuild(&county, ADMIN, true, Some(keep)).unwrap();
        let Rebuilt::Published { back, .. } = rebuilt else { panic!() };
        assert_eq!(back, if keep == Keep::Own { 2 } else { 3 });
        c = c.later(&county);
        c.desk.pull().unwrap();
        c.desk.bring_back().unwrap();
        let mut fresh = county.pc(5);
        fresh.desk.pull().unwrap();
        a.desk.pull().unwrap();
        c.desk.pull().unwrap();
        for pc in [&mut a, &mut c, &mut fresh] {
            pc.proves(&cids);
        }
        let digests: BTreeSet<_> =
            [&a.desk, &c.desk, &fresh.desk].map(|d| d.replica().digest().unwrap()).into();
        assert_eq!(digests.len(), 1, "{keep:?}");
    }
}

#[test]
fn a_branch_without_the_administrator_s_word_is_never_followed() {
    let county = County::new();
    let (mut a, mut c, _) = forked(&county);
    let n = a.desk.head_n().unwrap();
    // An officer who is no administrator publishes the other branch with a statement of his own.
    let head = c.desk.entries().head().unwrap();
    let session = county.session(FINANCE);
    let mut share = Share::reach(setting(&c.folder, &c.share, c.desk.county(), c.id, &c.hands)).unwrap();
    let (retired, _) = share.retire(PATIENCE).unwrap().unwrap();
    let id = c.desk.county();
    let entries = c.desk.entries();
    share
        .publish(Plan {
            behind: None,
            head,
            retired,
            above: 1,
            officer: FINANCE.into(),
            key: session.signing.id(),
            sign: &|words| session.signing.sign_text(Rebuilding::PURPOSE, id, words),
            rows: &mut |after, limit| entries.after(after, limit),
        })
        .unwrap();
    assert!(matches!(a.desk.pull().unwrap_err().kind, FaultKind::Older | FaultKind::Damaged));
    assert_eq!(a.desk.head_n().unwrap(), n, "it keeps what it holds");
}

#[test]
fn a_log_whose_rows_stand_but_whose_index_is_blank_is_not_sound() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    a.write(&county, 1);
    b.desk.pull().unwrap();
    let file = live_file(&a.share).unwrap();
    let page = Wounded::open(&file).unwrap().index_root().unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[(page - 1) * 4_096..page * 4_096].fill(0);
    std::fs::write(&file, bytes).unwrap();
    let rebuilt = a.rebuild(&county, FINANCE, true, None).unwrap();
    assert!(matches!(rebuilt, Rebuilt::Published { taken: 0, back: 0, .. }), "{rebuilt:?}");
    let (mut a, mut b) = (a.later(&county), b.later(&county));
    b.write(&county, 1);
    a.desk.pull().unwrap();
    assert_eq!(a.desk.head_n().unwrap(), b.desk.head_n().unwrap());
}

#[test]
fn an_emptied_share_rebuilt_by_a_pc_that_lags_is_followed_by_those_who_saw_more_files() {
    let county = County::new();
    let (mut a, mut late) = (county.pc(1), county.pc(2));
    late.desk.pull().unwrap();
    // The log goes on into files that the late one never saw.
    while a.last_file() < 3 {
        a.write(&county, 5);
    }
    std::fs::remove_dir_all(&a.share).unwrap();
    std::fs::create_dir(&a.share).unwrap();
    let held = a.desk.head_n().unwrap();
    assert!(late.desk.head_n().unwrap() < held);
    let Rebuilt::Published { file, .. } = late.rebuild(&county, FINANCE, true, None).unwrap() else {
        panic!("nothing was rebuilt");
    };
    assert!(file > a.last_file(), "file {file}");
    let mut a = a.later(&county);
    a.desk.pull().unwrap();
    a.desk.sign_in(county.session(FINANCE)).unwrap();
    a.desk.bring_back().unwrap();
    assert!(a.desk.head_n().unwrap() >= held, "what only it held stands again");
    assert!(a.desk.entries().lost(1).unwrap().is_empty());
}

#[test]
fn of_two_desks_that_rebuild_at_once_only_one_publishes() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    a.write(&county, 2);
    b.desk.pull().unwrap();
    Wounded::open(&live_file(&a.share).unwrap()).unwrap().write(2, Column::Body, b"{}").unwrap();
    // The one retires the old file and sleeps; the other publishes meanwhile, and somebody writes there.
    let mut share = Share::reach(setting(&b.folder, &b.share, b.desk.county(), b.id, &b.hands)).unwrap();
    let (retired, _) = share.retire(PATIENCE).unwrap().unwrap();
    a.rebuild(&county, FINANCE, true, None).unwrap();
    a.write(&county, 1);
    let head = b.desk.entries().head().unwrap();
    let session = county.session(FINANCE);
    let id = b.desk.county();
    let entries = b.desk.entries();
    let late = share.publish(Plan {
        behind: None,
        head,
        retired,
        above: 1,
        officer: FINANCE.into(),
        key: session.signing.id(),
        sign: &|words| session.signing.sign_text(Rebuilding::PURPOSE, id, words),
        rows: &mut |after, limit| entries.after(after, limit),
    });
    assert_eq!(late.unwrap_err().kind, FaultKind::Busy);
    let mut b = b.later(&county);
    b.desk.pull().unwrap();
    assert_eq!(a.desk.head_n().unwrap(), b.desk.head_n().unwrap());
}

#[test]
fn another_countys_share_is_not_rebuilt() {
    let (county, other) = (County::new(), County::new());
    let mut a = county.pc(1);
    a.write(&county, 1);
    county.put_back(&other.copy());
    let before = listing(&county.office.share_folder());
    assert_eq!(a.rebuild(&county, FINANCE, true, None).unwrap_err().kind, FaultKind::NotOurs);
    assert_eq!(listing(&county.office.share_folder()), before);
}

#[test]
fn two_pcs_under_one_id_are_told_apart() {
    let county = County::new();
    let mut a = county.pc(1);
    a.write(&county, 1);
    let folder = county.dir.path().join("clone");
    copy_all(&a.folder, &folder);
    let mut clone = Pc {
        desk: opened(&folder, &a.share, a.desk.county(), a.id, &a.hands),
        id: a.id,
        folder,
        share: a.share.clone(),
        hands: a.hands.clone(),
    };
    clone.desk.sign_in(county.session(FINANCE)).unwrap();
    let one = a.write(&county, 2);
    a.desk.pull().unwrap();
    assert_eq!(a.desk.take_new_id(), None, "its own entries are its own");
    let two = clone.write(&county, 3);
    assert!(clone.desk.take_new_id().is_some_and(|id| id != a.id));
    let three = a.write(&county, 4);
    a.desk.pull().unwrap();
    assert_eq!(a.desk.take_new_id(), None);
    let mut fresh = county.pc(4);
    fresh.desk.pull().unwrap();
    for cid in [one, two, three] {
        assert!(fresh.desk.entries().find(cid).unwrap().is_some());
    }
}

#[test]
fn a_replica_torn_by_a_power_cut_is_built_again() {
    let county = County::new();
    let mut a = county.pc(1);
    for fen in 1..30 {
        a.write(&county, fen);
    }
    let whole = a.desk.replica().digest().unwrap();
    let (folder, share, id, hands) = (a.folder.clone(), a.share.clone(), a.id, a.hands.clone());
    let of = a.desk.county();
    drop(a);
    let file = folder.join("replica.db");
    let mut bytes = std::fs::read(&file).unwrap();
    // The head is there, what lies behind it is not.
    bytes[8 * 4096..].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let mut again = Pc { desk: opened(&folder, &share, of, id, &hands), id, folder, share, hands };
    again.desk.sign_in(county.session(FINANCE)).unwrap();
    again.write(&county, 99);
    let mut fresh = county.pc(4);
    fresh.desk.pull().unwrap();
    let (one, other) = (again.desk.replica().digest().unwrap(), fresh.desk.replica().digest().unwrap());
    assert!(one == other && one != whole);
}

#[test]
fn a_bigger_log_is_read_from_the_entries_of_another_pc() {
    let county = County::new();
    let (mut a, mut b) = (county.pc(1), county.pc(2));
    b.desk.pull().unwrap();
    let cids: Vec<_> = (1..4).map(|fen| a.write(&county, fen)).collect();
    std::fs::remove_dir_all(county.office.share_folder()).unwrap();
    std::fs::create_dir(county.office.share_folder()).unwrap();
    let theirs = Entries::open(&a.folder.join("entries.db"), a.desk.county()).unwrap();
    assert_eq!(b.desk.take_from(&mut |after, limit| theirs.after(after, limit)).unwrap(), 3);
    assert!(matches!(b.rebuild(&county, FINANCE, false, None), Ok(Rebuilt::Published { taken: 0, .. })));
    let mut fresh = county.pc(4);
    fresh.desk.pull().unwrap();
    fresh.proves(&cids);
}
