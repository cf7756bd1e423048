//! The protocol on a local folder: several desks, crashes at every step, takeover, new files, damage.

mod ends;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::drive::RealDrive;
use super::slip::Ending;
use super::step::Step;
use super::*;
use crate::ledger::{Body, Carrier, Hash, Order, SigningKey, Suite, TurnNo};

pub(crate) const COUNTY: CountyId = CountyId([0xaa; 16]);
const DEADLINE: Duration = Duration::from_millis(400);

/// A row that carries the command `cid` after `head`.
fn row_for(cid: Cid, head: &Head, turn: TurnNo, share_ms: i64) -> Row {
    let key = SigningKey::from_seed(&[1; 32]);
    let order = Order {
        cid,
        verb: "note".into(),
        author: "1001".into(),
        key: key.id(),
        seen: head.n,
        args: json!({ chain::FOUNDER_KEY: key.public().to_string() }),
        private: None,
    };
    let body = Body {
        suite: Suite::One,
        format: 1,
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
    chain::make(body, Some(vec![9; 40]), &key).unwrap()
}

/// A sound chain of `count` rows.
pub(crate) fn chain_of(count: u8) -> Vec<Row> {
    let mut head = Head::genesis(COUNTY);
    let mut rows = Vec::new();
    for no in 1..=count {
        let row = row_for(Cid([no; 16]), &head, TurnNo { file: 1, k: u64::from(no) }, 0);
        head = Head::of(&row);
        rows.push(row);
    }
    rows
}

/// A clock that all desks of a test share, in milliseconds; and the step at which this desk dies.
struct FakeHost {
    clock: Arc<AtomicU64>,
    seed: u64,
    die_at: Option<(Step, usize)>,
    steps: Arc<Mutex<Vec<Step>>>,
}

impl Host for FakeHost {
    fn now(&mut self) -> Duration {
        Duration::from_millis(self.clock.load(Ordering::SeqCst))
    }

    fn sleep(&mut self, time: Duration) {
        self.clock.fetch_add(time.as_millis() as u64, Ordering::SeqCst);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        for byte in bytes {
            self.seed =
                self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.seed >> 56) as u8;
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Result<(), Fault> {
        self.steps.lock().unwrap().push(step);
        if let Some((at, left)) = &mut self.die_at
            && *at == step
        {
            if *left == 0 {
                return Err(Fault::busy("断电"));
            }
            *left -= 1;
        }
        Ok(())
    }
}

struct Office {
    dir: tempfile::TempDir,
    clock: Arc<AtomicU64>,
    steps: Arc<Mutex<Vec<Step>>>,
    segment: u64,
}

impl Office {
    fn new() -> Office {
        let office = Office {
            dir: tempfile::tempdir().unwrap(),
            clock: Arc::new(AtomicU64::new(1_000_000)),
            steps: Arc::default(),
            segment: SEGMENT,
        };
        found(&office.share(), COUNTY, &office.dir.path().join("founder"), &mut office.host(0, None))
            .unwrap();
        office
    }

    fn share(&self) -> PathBuf {
        self.dir.path().join("救急 share")
    }

    fn host(&self, desk: u8, die_at: Option<(Step, usize)>) -> FakeHost {
        let seed = u64::from(desk) + 7 * self.clock.fetch_add(1, Ordering::SeqCst);
        FakeHost { clock: self.clock.clone(), seed, die_at, steps: self.steps.clone() }
    }

    fn setting(&self, desk: u8, die_at: Option<(Step, usize)>) -> Setting {
        Setting {
            folder: self.share(),
            county: COUNTY,
            desk: DeskId([desk; 8]),
            officer: format!("100{desk}"),
            workshop: self.dir.path().join(format!("desk{desk}")),
            may_write: true,
            time: ShareTime::Given(Box::new(|| Stamp(1_772_413_200_000))),
            drive: Arc::new(RealDrive),
            host: Box::new(self.host(desk, die_at)),
            witness: Box::new(NoWitness),
            segment: self.segment,
        }
    }

    fn desk(&self, desk: u8) -> Share {
        Share::open(self.setting(desk, None)).unwrap()
    }

    fn dying(&self, desk: u8, step: Step) -> Share {
        Share::open(self.setting(desk, Some((step, 0)))).unwrap()
    }

    fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    fn current_file(&self) -> u32 {
        slip::list(&RealDrive, &self.share(), "x")
            .unwrap()
            .iter()
            .filter_map(|n| slip::parse_log(n))
            .max()
            .unwrap()
    }
}

/// Offers a command, as an office does: not again if it stands there already.
fn offer(share: &mut Share, from: &Head, cid: Cid) -> Written {
    share.write(from, DEADLINE, &mut |turn, rows| {
        if rows.iter().any(|row| row.cid == cid) {
            return Vec::new();
        }
        let head = rows.last().map_or(*from, Head::of);
        vec![row_for(cid, &head, turn.no(), turn.share_ms)]
    })
}

fn genesis() -> Head {
    Head::genesis(COUNTY)
}

/// The whole log, checked.
fn whole(share: &mut Share) -> Vec<Row> {
    let rows = share.after(0, 10_000).unwrap();
    let mut head = genesis();
    for row in &rows {
        chain::check_shape(row, &head, COUNTY).unwrap();
        head = Head::of(row);
    }
    assert_eq!(share.head().unwrap(), head);
    rows
}

fn count(rows: &[Row], cid: Cid) -> usize {
    rows.iter().filter(|row| row.cid == cid).count()
}

#[test]
fn what_one_desk_writes_the_other_reads() {
    let office = Office::new();
    let (mut a, mut b) = (office.desk(1), office.desk(2));
    assert!(a.after(0, 10).unwrap().is_empty());
    let before = b.probe().unwrap();
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    assert_eq!(rows.len(), 1);
    assert_ne!(b.probe().unwrap(), before, "a probe sees that something was written");
    assert_eq!(whole(&mut b), rows);
    let Written::Done(more) = offer(&mut b, &Head::of(&rows[0]), Cid([2; 16])) else { panic!() };
    assert_eq!(whole(&mut a), [rows[0].clone(), more[0].clone()]);
    assert_eq!(a.find(Cid([2; 16])).unwrap().as_ref(), Some(&more[0]));
    assert_eq!(a.find(Cid([3; 16])).unwrap(), None);
    assert_eq!(Body::from_text(&more[0].body).unwrap().turn, TurnNo { file: 1, k: 1 });
    for name in ["说明.txt", "desks", "turns/0001.000001.end"] {
        assert!(office.share().join(name).exists(), "{name}");
    }
}

#[test]
fn who_is_behind_gets_what_was_missed_and_who_is_ahead_is_told() {
    let office = Office::new();
    let mut a = office.desk(1);
    offer(&mut a, &genesis(), Cid([1; 16]));
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([2; 16])) else { panic!() };
    assert_eq!(rows[0].n, 2, "built upon what it had not seen");
    let Written::Done(none) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    assert!(none.is_empty(), "the same command is not written twice");

    let ahead = Head { n: 9, hash: Hash([9; 32]) };
    let Written::NotDone(fault) = offer(&mut a, &ahead, Cid([3; 16])) else { panic!() };
    assert_eq!(fault.kind, FaultKind::Older);
    let forked = Head { n: 1, hash: Hash([9; 32]) };
    let Written::NotDone(fault) = offer(&mut a, &forked, Cid([3; 16])) else { panic!() };
    assert_eq!(fault.kind, FaultKind::Busy, "one read inside a turn is no alarm: {fault}");
    assert!(fault.wants_a_pull());
    assert_eq!(whole(&mut a).len(), 2);
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let office = Office::new();
    let mut a = office.desk(1);
    let bad = [
        row_for(Cid([1; 16]), &Head { n: 4, hash: Hash([1; 32]) }, TurnNo { file: 1, k: 0 }, 0),
        row_for(Cid([1; 16]), &genesis(), TurnNo { file: 1, k: 77 }, 0),
    ];
    for row in bad {
        let written = a.write(&genesis(), DEADLINE, &mut |_, _| vec![row.clone()]);
        let Written::NotDone(fault) = written else { panic!() };
        assert_eq!(fault.kind, FaultKind::Bug);
    }
    assert!(whole(&mut a).is_empty());
    assert!(matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
}

#[test]
fn a_desk_that_dies_at_any_step_loses_nothing_and_stops_nobody_for_long() {
    for step in [Step::Look, Step::Begin, Step::Write, Step::End, Step::EndWrite] {
        let office = Office::new();
        let mut b = office.desk(2);
        assert!(matches!(offer(&mut b, &genesis(), Cid([1; 16])), Written::Done(_)));
        let mut a = office.dying(1, step);
        assert!(!matches!(offer(&mut a, &genesis(), Cid([2; 16])), Written::Done(_)), "{step:?}");
        drop(a);
        // The other desk goes on at once, or after the turn has stood still.
        let mut done = false;
        for _ in 0..4 {
            if let Written::Done(_) = offer(&mut b, &genesis(), Cid([3; 16])) {
                done = true;
                break;
            }
            office.pass(46);
        }
        assert!(done, "{step:?}");
        // The dead one comes back and offers its command again.
        let mut a = office.desk(1);
        assert!(matches!(offer(&mut a, &genesis(), Cid([2; 16])), Written::Done(_)), "{step:?}");
        let rows = whole(&mut b);
        assert_eq!(rows.len(), 3, "{step:?}");
        for cid in [1, 2, 3] {
            assert_eq!(count(&rows, Cid([cid; 16])), 1, "{step:?}");
        }
    }
}

#[test]
fn rows_of_a_turn_without_end_are_not_given_to_readers() {
    let office = Office::new();
    let (mut a, mut b) = (office.desk(1), office.desk(2));
    let Written::Done(first) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    let mut dying = office.dying(1, Step::End);
    assert!(!matches!(offer(&mut dying, &genesis(), Cid([2; 16])), Written::Done(_)));
    drop((dying, a));
    assert_eq!(b.after(0, 10).unwrap(), first, "the row stands there, but whether it stays nobody knows");
    assert_eq!(b.find(Cid([2; 16])).unwrap(), None);
    assert!(!b.probe().unwrap().whole, "there may be news although nothing is written");
    // Another takes the turn over: the new file holds the row, and it counts once somebody has written behind it.
    office.pass(46);
    for _ in 0..4 {
        if let Written::Done(_) = offer(&mut b, &Head::of(&first[0]), Cid([3; 16])) {
            break;
        }
        office.pass(46);
    }
    let rows = whole(&mut b);
    assert_eq!(rows.iter().map(|row| row.cid).collect::<Vec<_>>(), [1, 2, 3].map(|no| Cid([no; 16])));
    assert!(b.probe().unwrap().whole);
}

#[test]
fn who_does_not_hold_the_desk_s_lock_takes_no_turn() {
    let office = Office::new();
    let mut window = office.desk(1);
    let mut second = None;
    let written = window.write(&genesis(), DEADLINE, &mut |turn, _| {
        // The same PC once more, while its first window is in its turn.
        let mut beside = Share::open(Setting { may_write: false, ..office.setting(1, None) }).unwrap();
        second = Some(offer(&mut beside, &genesis(), Cid([2; 16])));
        vec![row_for(Cid([1; 16]), &genesis(), turn.no(), turn.share_ms)]
    });
    assert!(matches!(written, Written::Done(_)), "{written:?}");
    let Some(Written::NotDone(fault)) = second else { panic!("{second:?}") };
    assert_eq!(fault.kind, FaultKind::SecondWindow);
}

#[test]
fn a_desk_that_restarts_ends_its_own_turn_at_once() {
    let office = Office::new();
    let mut a = office.dying(1, Step::Write);
    assert!(!matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
    drop(a);
    let mut b = office.desk(2);
    let Written::NotDone(fault) = offer(&mut b, &genesis(), Cid([2; 16])) else { panic!() };
    assert_eq!((fault.kind, fault.what.as_str()), (FaultKind::Busy, "正在由 1001 写入"));
    let mut a = office.desk(1);
    assert!(matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
    assert!(matches!(offer(&mut b, &genesis(), Cid([2; 16])), Written::Done(_)));
    assert_eq!(office.current_file(), 1, "no new file was needed");
}

#[test]
fn a_desk_that_comes_back_with_nothing_to_write_frees_the_others_at_once() {
    let office = Office::new();
    let mut a = office.dying(1, Step::Write);
    assert!(!matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
    drop(a);
    let mut b = office.desk(2);
    assert!(!b.come_back().unwrap(), "another's turn is not this desk's to end");
    assert!(matches!(offer(&mut b, &genesis(), Cid([2; 16])), Written::NotDone(_)));
    let mut a = office.desk(1);
    assert!(a.come_back().unwrap());
    assert!(!a.come_back().unwrap(), "it is ended already");
    assert!(matches!(offer(&mut b, &genesis(), Cid([2; 16])), Written::Done(_)));
    assert_eq!(office.current_file(), 1, "no new file was needed");
}

#[test]
fn a_turn_that_stands_still_is_taken_and_the_sleeper_finds_out() {
    let office = Office::new();
    let mut b = office.desk(2);
    let mut a = office.desk(1);
    let (mut calls, mut inner) = (0, None);
    // `a` falls asleep inside its turn, before its rows are written; `b` takes over meanwhile.
    let written = a.write(&genesis(), Duration::from_secs(200), &mut |turn, rows| {
        calls += 1;
        if calls == 1 {
            assert!(matches!(offer(&mut b, &genesis(), Cid([2; 16])), Written::NotDone(_)));
            office.pass(46);
            // Building takes longer than this test's deadline: the same command is simply offered again.
            offer(&mut b, &genesis(), Cid([2; 16]));
            inner = Some(offer(&mut b, &genesis(), Cid([2; 16])));
        }
        let head = rows.last().map_or(genesis(), Head::of);
        vec![row_for(Cid([1; 16]), &head, turn.no(), turn.share_ms)]
    });
    assert!(matches!(inner, Some(Written::Done(_))));
    assert!(matches!(written, Written::Done(_)), "{written:?}");
    assert_eq!(calls, 2, "the rows of the lost turn are void, and are built again on the newer file");
    assert_eq!(office.current_file(), 2);
    let rows = whole(&mut b);
    assert_eq!(rows.iter().map(|row| row.cid).collect::<Vec<_>>(), [Cid([2; 16]), Cid([1; 16])]);
}

#[test]
fn whoever_dies_while_taking_over_or_building_is_replaced() {
    for step in
        [Step::Take, Step::TakeWrite, Step::Tomb, Step::Build, Step::Publish, Step::PublishWrite, Step::Skip]
    {
        let office = Office::new();
        let mut b = office.desk(2);
        assert!(matches!(offer(&mut b, &genesis(), Cid([1; 16])), Written::Done(_)));
        // The first death leaves what makes others take over: a turn without end, or an end without content.
        let first = if step == Step::Tomb { Step::EndWrite } else { Step::Begin };
        let mut a = office.desk(1);
        let mut dying = office.dying(1, first);
        if first == Step::Begin {
            // A turn whose maker is gone for good: only its name.
            slip::create(&RealDrive, &office.share().join("turns/0001.000001"), "x").unwrap();
        } else {
            assert!(!matches!(offer(&mut dying, &genesis(), Cid([2; 16])), Written::Done(_)));
        }
        if step == Step::Skip {
            slip::create(&RealDrive, &office.share().join("log.0002"), "x").unwrap();
        }
        let mut c = office.dying(3, step);
        for _ in 0..4 {
            assert!(!matches!(offer(&mut c, &genesis(), Cid([3; 16])), Written::Done(_)), "{step:?}");
            if c.dead {
                break;
            }
            office.pass(46);
        }
        assert!(c.dead, "{step:?} was reached");
        let mut done = false;
        for _ in 0..8 {
            if let Written::Done(_) = offer(&mut b, &genesis(), Cid([4; 16])) {
                done = true;
                break;
            }
            office.pass(46);
        }
        assert!(done, "{step:?}");
        assert!(matches!(offer(&mut a, &genesis(), Cid([2; 16])), Written::Done(_)), "{step:?}");
        let rows = whole(&mut b);
        for cid in [1, 2, 4] {
            assert_eq!(count(&rows, Cid([cid; 16])), 1, "{step:?}");
        }
        assert!(office.current_file() >= 2, "{step:?}");
    }
}

#[test]
fn a_full_file_is_closed_and_followed() {
    let mut office = Office::new();
    office.segment = 40_000;
    let mut a = office.desk(1);
    let mut head = genesis();
    for no in 1..=60u8 {
        match offer(&mut a, &head, Cid([no; 16])) {
            Written::Done(rows) => head = Head::of(&rows[0]),
            other => panic!("{no}: {other:?}"),
        }
    }
    assert!(office.current_file() >= 3);
    let mut b = office.desk(2);
    assert_eq!(whole(&mut b).len(), 60);
    assert_eq!(b.after(10, 5).unwrap().iter().map(|row| row.n).collect::<Vec<_>>(), [11, 12, 13, 14, 15]);
    assert_eq!(b.find(Cid([3; 16])).unwrap().unwrap().n, 3, "found in the first file");
    let behind = b.after(0, 1).unwrap();
    let Written::NotDone(fault) = offer(&mut b, &Head::of(&behind[0]), Cid([99; 16])) else { panic!() };
    assert_eq!(fault.kind, FaultKind::Busy, "who is a file behind pulls first");
    assert_eq!(office.steps.lock().unwrap().iter().filter(|s| **s == Step::Take).count(), 0);
}

#[test]
fn old_turns_are_removed_and_an_old_name_made_anew_holds_nobody() {
    let office = Office::new();
    let mut a = office.desk(1);
    let turns = office.share().join("turns");
    let old = std::time::SystemTime::now() - Duration::from_secs(7_200);
    for k in 0..230 {
        for name in [slip::turn_name(1, k), slip::end_name(1, k)] {
            fs::write(turns.join(&name), Ending::Released.text("x")).unwrap();
            fs::File::options().write(true).open(turns.join(&name)).unwrap().set_modified(old).unwrap();
        }
    }
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    assert!(!turns.join("0001.000000").exists() && !turns.join("0001.000000.end").exists());
    assert!(turns.join("0001.000030").exists(), "the last 200 stay");
    // A desk that slept since turn 0 makes its name anew.
    let publication = a.current().unwrap();
    let reborn =
        a.inside(&publication, 0, &turns.join("0001.000230"), Some(&genesis()), &mut |_, _| panic!());
    assert!(matches!(reborn, Ok(turns::Inside::Reborn)));
    assert!(matches!(offer(&mut a, &Head::of(&rows[0]), Cid([2; 16])), Written::Done(_)));
}

#[test]
fn rows_of_a_turn_that_its_holder_ended_empty_are_not_taken() {
    let office = Office::new();
    let mut a = office.desk(1);
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    // As a reader sees it whose read fell into a commit that failed: the row, and then an end that says there is none.
    let end = office.share().join("turns").join(slip::end_name(1, 0));
    assert!(end.exists());
    fs::write(&end, Ending::Empty.text("x")).unwrap();
    let mut b = office.desk(2);
    assert_eq!(b.after(0, 10).unwrap(), []);
    assert!(!b.probe().unwrap().whole, "it reads again next time");
    fs::write(&end, Ending::Released.text("x")).unwrap();
    assert_eq!(whole(&mut b), rows);
    assert!(Ending::read(Ending::Empty.text("x").as_bytes()) == Some((Ending::Empty, "x".to_owned())));
}

#[test]
fn a_builder_that_slept_while_its_turn_was_removed_leaves_the_file_alive() {
    let office = Office::new();
    let mut a = office.desk(1);
    let turns = office.share().join("turns");
    // It saw the end of turn 0 stand empty, slept, and takes turn 1 to build; since then others ended 0, 1 and 2.
    for k in [0, 1, 2] {
        fs::write(turns.join(slip::turn_name(1, k)), "x").unwrap();
        fs::write(turns.join(slip::end_name(1, k)), Ending::Released.text("x")).unwrap();
    }
    assert!(!a.block_turn(1, 1).unwrap(), "taken");
    for name in [slip::turn_name(1, 1), slip::end_name(1, 1)] {
        fs::remove_file(turns.join(name)).unwrap();
    }
    assert!(!a.block_turn(1, 1).unwrap(), "an old name made anew is no dead file");
    assert!(a.block_turn(1, 3).unwrap());
}

#[test]
fn threads_write_to_one_folder_without_losing_or_doubling() {
    let office = Office::new();
    let each = 15u8;
    std::thread::scope(|scope| {
        for desk in 1..=4u8 {
            let mut set = office.setting(desk, None);
            set.host = Box::new(host::RealHost::default());
            scope.spawn(move || {
                let mut share = Share::open(set).unwrap();
                for no in 0..each {
                    let cid = Cid([desk * 16 + no; 16]);
                    let from = share.head().unwrap();
                    let written = share.write(&from, Duration::from_secs(60), &mut |turn, rows| {
                        let head = rows.last().map_or(from, Head::of);
                        vec![row_for(cid, &head, turn.no(), turn.share_ms)]
                    });
                    assert!(matches!(written, Written::Done(_)), "{written:?}");
                }
            });
        }
    });
    let rows = whole(&mut office.desk(1));
    assert_eq!(rows.len(), 60);
    let turns: Vec<_> = rows.iter().map(|row| Body::from_text(&row.body).unwrap().turn).collect();
    assert!(turns.is_sorted_by(|a, b| a < b), "each row has a turn of its own, in order");
}

#[test]
fn a_journal_left_by_a_dead_writer_is_rolled_back_in_the_next_turn() {
    for first_page in [false, true] {
        roll_back(first_page);
    }
}

/// With its first page written too, the file tells of pages that are not there, so that nothing of it can be read.
fn roll_back(first_page: bool) {
    let office = Office::new();
    let mut a = office.desk(1);
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    let path = a.path(&a.current.clone().unwrap().0);
    half_written(&path, first_page);
    assert!(file::journal_is_live(&RealDrive, &path).unwrap());
    let mut b = office.desk(2);
    assert_eq!(b.after(0, 10).unwrap(), rows, "a reader heals it by an empty turn");
    assert!(matches!(offer(&mut b, &genesis(), Cid([2; 16])), Written::Done(_)));
    assert_eq!(whole(&mut a).len(), 2);
}

/// A writer that died with dirty pages in the file: copied while its transaction is open.
fn half_written(path: &Path, first_page: bool) {
    let db = file::open_writing(&RealDrive, path).unwrap();
    db.pragma_update(None, "cache_spill", 1).unwrap();
    db.pragma_update(None, "cache_size", 1).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    for no in 2..40u8 {
        let row = row_for(
            Cid([no; 16]),
            &Head { n: u64::from(no) - 1, hash: Hash([0; 32]) },
            TurnNo { file: 1, k: 1 },
            0,
        );
        crate::store::sql::insert(&db, &row).unwrap();
    }
    let mut both = (fs::read(path).unwrap(), fs::read(file::journal(path)).unwrap());
    assert!(file::journal_is_live(&RealDrive, path).unwrap());
    drop(db);
    if first_page {
        both.0[28..32].copy_from_slice(&9_999u32.to_be_bytes());
    }
    fs::write(path, both.0).unwrap();
    fs::write(file::journal(path), both.1).unwrap();
}

#[test]
fn a_desk_that_only_comes_after_a_writer_died_half_way_takes_over_what_it_cannot_read() {
    let office = Office::new();
    let mut a = office.desk(1);
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    half_written(&a.path(&a.current.clone().unwrap().0), true);
    slip::create(&RealDrive, &office.share().join("turns/0001.000001"), "x").unwrap();
    let mut b = office.desk(2);
    let mut done = false;
    for _ in 0..4 {
        if let Written::Done(_) = offer(&mut b, &genesis(), Cid([2; 16])) {
            done = true;
            break;
        }
        office.pass(46);
    }
    assert!(done, "nothing of the file can be read on the share, its birth record neither");
    assert_eq!((office.current_file(), whole(&mut b)[0] == rows[0]), (2, true));
}

#[test]
fn every_changed_byte_of_every_row_is_noticed() {
    let office = Office::new();
    let mut a = office.desk(1);
    for no in 1..=3u8 {
        assert!(matches!(offer(&mut a, &genesis(), Cid([no; 16])), Written::Done(_)));
    }
    let path = a.path(&a.current.clone().unwrap().0);
    drop(a);
    let good = fs::read(&path).unwrap();
    let rows = office.desk(1).after(0, 10).unwrap();
    let mut flipped = 0;
    for row in &rows {
        let parts = [row.body.as_bytes(), &row.hash.0, &row.sig, row.private.as_deref().unwrap()];
        for part in parts {
            let at = good.windows(part.len()).position(|window| window == part).unwrap();
            for byte in at..at + part.len() {
                let mut bad = good.clone();
                bad[byte] ^= 1;
                fs::write(&path, &bad).unwrap();
                flipped += 1;
                assert!(!reads_as_sound(&path), "byte {byte}");
            }
        }
    }
    assert!(flipped > 2_000);
    fs::write(&path, &good).unwrap();
    assert!(reads_as_sound(&path));
}

fn reads_as_sound(path: &Path) -> bool {
    let Ok(rows) =
        file::read_once(&RealDrive, path, None, &mut |db| crate::store::sql::rows_after(db, 0, 100))
    else {
        return false;
    };
    let mut head = genesis();
    let mut keys = Keys1001(None);
    for row in &rows {
        let Ok(body) = chain::check(row, &head, COUNTY, &keys) else { return false };
        keys.0 = chain::founder_key(&body);
        head = Head::of(row);
    }
    rows.len() == 3
}

struct Keys1001(Option<crate::ledger::PublicKey>);

impl crate::ledger::Keyring for Keys1001 {
    fn key_at(&self, _key: &crate::ledger::KeyId) -> Option<crate::ledger::KeyState> {
        let public = self.0?;
        Some(crate::ledger::KeyState { public, officer: "1001".into(), from: 1, revoked_from: None })
    }
}

#[test]
fn what_is_wrong_with_a_share_is_told_apart() {
    let office = Office::new();
    let kind = |set: Setting| Share::open(set).err().map(|fault| fault.kind);
    assert_eq!(kind(office.setting(1, None)), None);
    assert_eq!(county_of(&office.share()).unwrap(), COUNTY);
    assert_eq!(county_of(office.dir.path()).unwrap_err().kind, FaultKind::NotOurs);
    let other = Setting { county: CountyId([0xbb; 16]), ..office.setting(1, None) };
    assert_eq!(kind(other), Some(FaultKind::NotOurs), "another county");
    let gone = Setting { folder: office.dir.path().join("gone"), ..office.setting(1, None) };
    assert_eq!(kind(gone), Some(FaultKind::DriveAway), "no such folder");
    let empty = Setting { folder: office.dir.path().join("desk1"), ..office.setting(1, None) };
    assert_eq!(kind(empty), Some(FaultKind::NotOurs), "no log in it");
    let again = found(&office.share(), COUNTY, &office.dir.path().join("w"), &mut office.host(1, None));
    assert_eq!(again.unwrap_err().kind, FaultKind::User, "never founded twice");

    let mut a = office.desk(1);
    let publication = a.current().unwrap();
    let path = a.path(&publication);
    let good = fs::read(&path).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut bad = good.clone();
        bad[at..at + bytes.len()].copy_from_slice(bytes);
        fs::write(&path, bad).unwrap();
        let opened = kind(office.setting(2, None));
        fs::write(&path, &good).unwrap();
        opened
    };
    assert_eq!(with(60, &[0, 0, 0, 2]), Some(FaultKind::Newer));
    assert_eq!(with(68, b"XXXX"), Some(FaultKind::NotOurs));
    assert_eq!(with(0, b"not a database.."), Some(FaultKind::NotOurs));
    assert_eq!(with(18, &[2, 2]), Some(FaultKind::Damaged), "switched to WAL");
    let record = good.windows(7).position(|w| w == b"founded").unwrap();
    assert_eq!(with(record, b"FOUNDED"), Some(FaultKind::Damaged), "another file than published");
    fs::write(&path, b"").unwrap();
    assert_eq!(kind(office.setting(2, None)), Some(FaultKind::Damaged), "emptied");
}

#[test]
fn a_share_that_cannot_be_written_says_so_and_can_be_read() {
    let office = Office::new();
    let mut a = office.desk(1);
    offer(&mut a, &genesis(), Cid([1; 16]));
    // A folder in the way of every new turn fails as a read-only one does, for an administrator too.
    fs::rename(office.share().join("turns"), office.share().join("turns.away")).unwrap();
    let Written::NotDone(fault) = offer(&mut a, &genesis(), Cid([2; 16])) else { panic!() };
    assert_eq!(fault.kind, FaultKind::DriveAway);
    assert_eq!(whole(&mut a).len(), 1);
    let read_only = Fault::of_sql(
        "写入",
        rusqlite::Connection::open(office.dir.path().join("t.db"))
            .and_then(|db| {
                db.pragma_update(None, "query_only", true)?;
                db.execute_batch("CREATE TABLE t(a)")
            })
            .unwrap_err(),
    );
    assert_eq!(read_only.kind, FaultKind::ReadOnly);
}
