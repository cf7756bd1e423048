//! The code itself beside the model: desks on a real folder, whose announced steps must be a path of the model, and
//! whose folder must be left as the model says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiuji::base::stamp::Stamp;
use jiuji::ledger::body::FORMAT;
use jiuji::ledger::chain::{self, FOUNDER_KEY};
use jiuji::ledger::{Body, Carrier, Cid, CountyId, DeskId, Head, Order, Row, SigningKey, Suite, TurnNo};
use jiuji::store::share::drive::RealDrive;
use jiuji::store::share::host::Host;
use jiuji::store::share::step::Step;
use jiuji::store::share::{NoWitness, SEGMENT, Setting, Share, ShareTime, found};
use jiuji::store::{Fault, Log as _, Written};
use serde_json::json;

use super::moves::Model;
use super::rules::{ALL, Bounds};
use super::search::index;
use super::world::{Mark, What, World};

const COUNTY: CountyId = CountyId([0xaa; 16]);
const DEADLINE: Duration = Duration::from_millis(400);
/// Each of three desks gives two commands: the model's ids are 1 to 6, two a desk.
const COMMANDS: [u8; 3] = [2, 2, 2];
const MODEL: Model = Model {
    rules: ALL,
    bounds: Bounds {
        commands: &COMMANDS,
        files: 4,
        turns: 7,
        closing: true,
        retiring: true,
        // Removing takes two hundred turns and an hour, and readers are not part of these stories.
        sweeping: false,
        refusing: true,
        reading: false,
        stale: false,
        helping: true,
    },
};

/// What all PCs of an office share: one clock in milliseconds, and the record of what each desk announced.
#[derive(Clone, Default)]
struct Common(Arc<Mutex<(u64, Vec<Mark>)>>);

impl Common {
    fn pass(&self, millis: u64) {
        self.0.lock().unwrap().0 += millis;
    }

    fn note(&self, desk: usize, what: What) {
        self.0.lock().unwrap().1.push(Mark { desk, what });
    }
}

struct Recorder {
    common: Common,
    desk: usize,
    seed: u64,
    /// Dies before this step, when it comes to it for the n-th time.
    die_at: Option<(Step, usize)>,
}

impl Host for Recorder {
    fn now(&mut self) -> Duration {
        Duration::from_millis(self.common.0.lock().unwrap().0)
    }

    fn sleep(&mut self, time: Duration) {
        self.common.pass(time.as_millis() as u64);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        for byte in bytes {
            *byte = (draw(&mut self.seed) >> 56) as u8;
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Result<(), Fault> {
        if let Some((at, left)) = &mut self.die_at
            && *at == step
        {
            if *left == 0 {
                self.common.note(self.desk, What::Crash);
                return Err(Fault::busy("断电"));
            }
            *left -= 1;
        }
        self.common.note(self.desk, What::Step(step));
        Ok(())
    }
}

fn draw(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed
}

/// A county's office with three desks.
struct Office {
    dir: tempfile::TempDir,
    common: Common,
    segment: u64,
    opened: u64,
    /// How many commands of each desk were acknowledged.
    done: [u8; 3],
}

impl Office {
    fn new(segment: u64) -> Office {
        let office = Office {
            dir: tempfile::tempdir().unwrap(),
            common: Common::default(),
            segment,
            opened: 0,
            done: [0; 3],
        };
        office.common.pass(1_000_000);
        let mut host = Recorder { common: office.common.clone(), desk: 0, seed: 1, die_at: None };
        found(&office.share(), COUNTY, &office.dir.path().join("founder"), &mut host).unwrap();
        office
    }

    fn share(&self) -> PathBuf {
        self.dir.path().join("share")
    }

    fn open(&mut self, desk: usize, die_at: Option<(Step, usize)>) -> Share {
        self.opened += 1;
        let seed = 1_000 * self.opened + desk as u64;
        let host = Recorder { common: self.common.clone(), desk, seed, die_at };
        Share::open(Setting {
            folder: self.share(),
            county: COUNTY,
            desk: DeskId([desk as u8; 8]),
            officer: format!("100{desk}"),
            workshop: self.dir.path().join(format!("desk{desk}")),
            may_write: true,
            time: ShareTime::Given(Box::new(|| Stamp(1_772_413_200_000))),
            drive: Arc::new(RealDrive),
            host: Box::new(host),
            witness: Box::new(NoWitness),
            segment: self.segment,
        })
        .unwrap()
    }

    /// The desk's next command, as the model names it.
    fn cid(&self, desk: usize) -> u8 {
        1 + 2 * desk as u8 + self.done[desk]
    }

    /// Offers the desk's next command; whether it was acknowledged. `meanwhile` happens while the desk sleeps in its
    /// turn, before it writes.
    fn offer(&mut self, desk: usize, share: &mut Share, meanwhile: &mut dyn FnMut(&mut Office)) -> bool {
        let cid = self.cid(desk);
        let mut slept = false;
        // Who is a file behind pulls first.
        let held = if self.segment == SEGMENT { Vec::new() } else { share.after(0, 100).unwrap() };
        let from = held.last().map_or(Head::genesis(COUNTY), Head::of);
        let written = share.write(&from, DEADLINE, &mut |turn, rows| {
            if !std::mem::replace(&mut slept, true) {
                meanwhile(self);
            }
            if held.iter().chain(rows).any(|row| row.cid == Cid([cid; 16])) {
                return Vec::new();
            }
            let head = rows.last().map_or(from, Head::of);
            vec![row_for(cid, &head, turn.no(), turn.share_ms)]
        });
        let done = matches!(written, Written::Done(_));
        self.done[desk] += u8::from(done);
        done
    }

    /// What was announced must be a path of the model, and one that leaves the folder as it is.
    fn judge(&mut self, story: &str) -> u32 {
        let record = self.common.0.lock().unwrap().1.clone();
        let worlds = MODEL.follow(&record).unwrap_or_else(|why| panic!("{story}: {why}\n{record:?}"));
        let turns = names(&self.share().join("turns"));
        let publications: BTreeSet<String> =
            names(&self.share()).into_iter().filter(|name| name.len() == "log.0001".len()).collect();
        let rows: Vec<u8> =
            self.open(0, None).after(0, 100).unwrap().iter().map(|row| row.cid.0[0]).collect();
        let fits = |world: &World| {
            let log = world.log(world.current());
            let cids: Vec<u8> = (0..log.len()).map(|at| (log.0 >> (3 * at) & 7) as u8).collect();
            let done = (0..3).all(|desk| world.desks[desk].done == self.done[desk]);
            done && cids == rows && turn_names(world) == turns && publication_names(world) == publications
        };
        assert!(
            worlds.iter().any(fits),
            "{story}: none of the {} worlds of the model is the folder: rows {rows:?}, {turns:?}, {publications:?}, \
             acknowledged {:?}\n{record:?}",
            worlds.len(),
            self.done
        );
        record.iter().fold(0, |set, mark| match mark.what {
            What::Step(step) => set | 1 << index(step),
            _ => set,
        })
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn turn_names(world: &World) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for file in 1..=MODEL.bounds.files {
        for k in 0..MODEL.bounds.turns {
            if world.begun(file, k) {
                out.insert(format!("{file:04}.{k:06}"));
            }
            if world.ending(file, k) != 0 {
                out.insert(format!("{file:04}.{k:06}.end"));
            }
        }
    }
    out
}

fn publication_names(world: &World) -> BTreeSet<String> {
    (1..=4).filter(|file| world.published[file - 1] != 0).map(|file| format!("log.{file:04}")).collect()
}

fn row_for(cid: u8, head: &Head, turn: TurnNo, share_ms: i64) -> Row {
    let key = SigningKey::from_seed(&[1; 32]);
    let order = Order {
        cid: Cid([cid; 16]),
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
    chain::make(body, None, &key).unwrap()
}

const NOTHING: fn(&mut Office) = |_| {};

/// Offers until it is acknowledged, with a minute between.
fn insist(office: &mut Office, desk: usize) {
    let mut share = office.open(desk, None);
    for _ in 0..9 {
        if office.offer(desk, &mut share, &mut { NOTHING }) {
            return;
        }
        office.common.pass(46_000);
    }
    panic!("desk {desk} never gets its turn");
}

/// Where a second desk dies, while it puts right what the first has left.
const SECOND: [Step; 8] = [
    Step::Begin,
    Step::Write,
    Step::Take,
    Step::TakeWrite,
    Step::Tomb,
    Step::Build,
    Step::Publish,
    Step::PublishWrite,
];

#[test]
fn what_the_code_announces_is_a_path_of_the_model() {
    let mut steps = 0;
    for first in [Step::Look, Step::Begin, Step::Write, Step::End, Step::EndWrite] {
        let most = if matches!(first, Step::Begin | Step::EndWrite) { SECOND.len() } else { 2 };
        for second in &SECOND[..most] {
            // The first desk dies, the second while it puts that right, the third goes on; then all come back.
            let mut office = Office::new(SEGMENT);
            let mut dying = office.open(0, Some((first, 0)));
            assert!(!office.offer(0, &mut dying, &mut { NOTHING }));
            let mut dying = office.open(1, Some((*second, 0)));
            for _ in 0..3 {
                let before = office.common.0.lock().unwrap().1.len();
                if office.offer(1, &mut dying, &mut { NOTHING })
                    || office.common.0.lock().unwrap().1[before..].iter().any(|mark| mark.what == What::Crash)
                {
                    break;
                }
                office.common.pass(46_000);
            }
            for desk in [2, 0] {
                insist(&mut office, desk);
            }
            steps |= office.judge(&format!("{first:?} and {second:?}"));
        }
    }
    for step in [Step::Skip, Step::Tomb, Step::TakeWrite] {
        assert!(steps >> index(step) & 1 != 0, "{step:?} never came");
    }
}

#[test]
fn a_sleeper_and_a_full_file_are_paths_of_the_model() {
    // Asleep in its turn, taken over, and awake again.
    let mut office = Office::new(SEGMENT);
    let mut sleeper = office.open(0, None);
    let mut other = office.open(1, None);
    office.offer(0, &mut sleeper, &mut |office| {
        for _ in 0..4 {
            if office.offer(1, &mut other, &mut { NOTHING }) {
                break;
            }
            office.common.pass(46_000);
        }
        assert_eq!(office.done[1], 1);
    });
    insist(&mut office, 0);
    office.judge("a sleeper");

    // Every file is full after one row; whoever follows dies before the publication is written.
    let mut office = Office::new(1);
    insist(&mut office, 0);
    let mut dying = office.open(1, Some((Step::PublishWrite, 0)));
    assert!(!office.offer(1, &mut dying, &mut { NOTHING }));
    insist(&mut office, 2);
    office.judge("a full file");
}

#[test]
fn what_the_code_never_does_is_no_path_of_the_model() {
    let step = |desk, step| Mark { desk, what: What::Step(step) };
    let good = [Step::Look, Step::Begin, Step::Write, Step::End, Step::EndWrite];
    let path: Vec<Mark> = good.iter().map(|s| step(0, *s)).collect();
    assert!(MODEL.follow(&path).is_ok());
    for at in 0..path.len() - 1 {
        let mut bad = path.clone();
        bad.swap(at, at + 1);
        assert!(MODEL.follow(&bad).is_err(), "{bad:?}");
    }
    // Two in one turn; a builder while nothing is wrong.
    let two = [step(0, Step::Look), step(1, Step::Look), step(0, Step::Begin), step(1, Step::Begin)];
    assert!(MODEL.follow(&[&two[..], &[step(0, Step::Write), step(1, Step::Write)]].concat()).is_err());
    assert!(MODEL.follow(&[step(0, Step::Look), step(0, Step::Build)]).is_err());
}
