//! The bench of the crash explorer and the fault sweep: a share and some PCs on a simulated disk, and desks that use the
//! product's own log store on them, with nothing of an office above it: a command is an id and some bytes.

use crate::base::seeded::Rng;
use crate::ledger::{
    Body, Carrier, Cid, CountyId, DeskId, Hash, Head, Order, Row, SigningKey, Suite, TurnNo, chain,
};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::{Log as _, Turn, Written};
use crate::store::share::host::Host;
use crate::store::share::{self, Setting, Share, ShareTime, Witness};
use crate::store::simulated::{Disk, Pc, Snapshot};
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The county of every bench.
pub(super) const COUNTY: CountyId = CountyId([0xaa; 16]);

/// How long one try to write lasts; a bench's time costs nothing.
const DEADLINE: Duration = Duration::from_secs(3);

/// Longer than a turn has to stand still.
const STANDS: Duration = Duration::from_secs(46);

/// So often a desk tries before it counts as stopped for good: a dead turn, a dead end, a dead publication and the file
/// after them each have to stand still once.
const TRIES: usize = 9;

/// A command: its id, and how many sealed bytes its entry brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::office::sweep) struct Cmd {
    pub(super) cid: Cid,
    bytes: usize,
}

impl Cmd {
    /// The command of a number.
    pub(super) fn new(no: u8, bytes: usize) -> Cmd {
        Cmd { cid: Cid([no; 16]), bytes }
    }
}

/// The time of a simulated PC: the world's.
struct PcHost {
    disk: Disk,
    rng: Rng,
}

impl Host for PcHost {
    fn now(&mut self) -> Duration {
        Duration::from_millis(self.disk.now_ms())
    }

    fn sleep(&mut self, time: Duration) {
        self.disk.pass(time);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.rng.fill(bytes);
        Ok(())
    }
}

/// The rows that a desk has verified, as its witness shows them.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<Vec<Row>>>);

impl Held {
    fn rows(&self) -> MutexGuard<'_, Vec<Row>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Witness for Held {
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        let from = usize::try_from(n).unwrap_or(usize::MAX);
        Ok(self.rows().iter().skip(from).take(limit).cloned().collect())
    }
}

/// A bench at rest: a world, and what each desk had verified.
#[derive(Clone)]
pub(in crate::office::sweep) struct Ready {
    pub(super) world: Snapshot,
    held: Vec<Vec<Row>>,
}

impl Ready {
    /// A bench that came to rest in the middle of a story.
    pub(super) fn at(world: Snapshot, desks: &[&Desk<'_>]) -> Ready {
        Ready { world, held: desks.iter().map(|desk| desk.rows()).collect() }
    }
}

/// The bench.
pub(in crate::office::sweep) struct Bench {
    pub(super) disk: Disk,
    key: SigningKey,
    segment: u64,
    opened: std::cell::Cell<u64>,
}

impl Bench {
    /// A county founded on a new disk.
    ///
    /// # Errors
    /// The store's.
    pub(super) fn found(sector: u64, segment: u64) -> Result<Bench, Fault> {
        let disk = Disk::new(1_772_413_200_000);
        disk.set_sector(sector);
        let bench =
            Bench { disk, key: SigningKey::from_seed(&[1; 32]), segment, opened: std::cell::Cell::new(0) };
        let disk = &bench.disk;
        let mut host = bench.host(0);
        let workshop = disk.own(9).join("workshop");
        disk.acting(9, || {
            share::found_on(disk.drive(9).as_ref(), &disk.share(), COUNTY, &workshop, &mut host)
        })?;
        Ok(bench)
    }

    fn host(&self, pc: Pc) -> PcHost {
        self.opened.set(self.opened.get() + 1);
        PcHost { disk: self.disk.clone(), rng: Rng::new(u64::from(pc) << 32 | self.opened.get()) }
    }

    /// A desk that has verified nothing yet.
    pub(super) fn desk(&self, pc: Pc) -> Desk<'_> {
        Desk { bench: self, pc, held: Held::default(), share: None }
    }

    /// The bench as it is, everything durable, with what desks 1, 2 and so on had verified.
    pub(super) fn rest(&self, desks: &[&Desk<'_>]) -> Ready {
        self.disk.flush();
        Ready::at(self.disk.snapshot(), desks)
    }

    /// The bench as it was; the desks as they were, none of them open.
    pub(super) fn again(&self, ready: &Ready) -> Vec<Desk<'_>> {
        self.disk.clear();
        self.disk.restore(&ready.world);
        let desk = |(rows, pc): (&Vec<Row>, Pc)| Desk {
            bench: self,
            pc,
            held: Held(Arc::new(Mutex::new(rows.clone()))),
            share: None,
        };
        ready.held.iter().zip(1..).map(desk).collect()
    }

    fn row(&self, cmd: Cmd, head: &Head, turn: TurnNo, share_ms: i64, pc: Pc) -> Result<Row, Fault> {
        let bad = |error: String| Fault::bug(error);
        let order = Order {
            cid: cmd.cid,
            verb: "note".into(),
            author: "1001".into(),
            key: self.key.id(),
            seen: 0,
            args: json!({ chain::FOUNDER_KEY: self.key.public().to_string() }),
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
            desk: DeskId([pc; 8]),
            desk_seq: head.n + 1,
            program: "0.1.0".into(),
            pack: "CY-2021-15".into(),
            order_sig: self.key.sign_order(COUNTY, &order).map_err(|error| bad(error.to_string()))?,
            command: order,
            facts: vec![],
            carrier: Carrier { officer: "1001".into(), key: self.key.id() },
            sealed: None,
        };
        chain::make(body, Some(vec![9; cmd.bytes]), &self.key).map_err(|error| bad(error.to_string()))
    }
}

/// What a desk says of a write, as the product would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// They stand in the log.
    Done,
    /// They do not.
    NotDone(FaultKind, String),
    /// Nobody knows.
    Unknown,
}

/// A desk on a simulated PC.
pub(super) struct Desk<'b> {
    bench: &'b Bench,
    pub(super) pc: Pc,
    held: Held,
    share: Option<Share>,
}

impl Desk<'_> {
    /// Opens the share, as [`crate::office::reach::Reach`] does when it is first needed.
    ///
    /// # Errors
    /// The store's.
    pub(super) fn open(&mut self) -> Result<(), Fault> {
        if self.share.is_none() {
            let (disk, pc) = (&self.bench.disk, self.pc);
            let setting = Setting {
                folder: disk.share(),
                county: COUNTY,
                desk: DeskId([pc; 8]),
                officer: format!("100{pc}"),
                workshop: disk.own(pc).join("workshop"),
                may_write: true,
                time: ShareTime::TurnFile,
                drive: disk.drive(pc),
                host: Box::new(self.bench.host(pc)),
                witness: Box::new(self.held.clone()),
                segment: self.bench.segment,
            };
            self.share = Some(disk.acting(pc, || Share::open(setting))?);
        }
        Ok(())
    }

    /// The PC went off and starts again: nothing is open any more.
    pub(super) fn restart(&mut self) {
        self.bench.disk.acting(self.pc, || self.share = None);
        self.bench.disk.start(self.pc);
    }

    /// The last verified row.
    pub(super) fn head(&self) -> Head {
        self.held.rows().last().map_or(Head::genesis(COUNTY), Head::of)
    }

    /// The verified rows.
    pub(super) fn rows(&self) -> Vec<Row> {
        self.held.rows().clone()
    }

    fn with<T>(&mut self, work: impl FnOnce(&mut Share) -> Result<T, Fault>) -> Result<T, Fault> {
        self.open()?;
        let share = self.share.as_mut().ok_or_else(|| Fault::bug("没有打开"))?;
        self.bench.disk.acting(self.pc, || work(share))
    }

    /// Fetches and verifies what is new; a head that went back is older.
    ///
    /// # Errors
    /// The store's; a row that does not follow.
    pub(super) fn pull(&mut self) -> Result<(), Fault> {
        loop {
            let mut head = self.head();
            let from = head.n;
            let new = self.with(|share| share.after(from, 200))?;
            if new.is_empty() {
                break;
            }
            for row in &new {
                chain::check_shape(row, &head, COUNTY)
                    .map_err(|broken| Fault::damaged(broken.to_string()))?;
                head = Head::of(row);
            }
            self.held.rows().extend(new);
        }
        let own = self.head();
        let share = self.with(|share| share.head())?;
        if share.n < own.n || (share.n == own.n && share != own) {
            let what = format!("共享盘到第 {} 条，本机已有第 {} 条", share.n, own.n);
            return Err(Fault::new(FaultKind::Older, what, "不要再写入"));
        }
        Ok(())
    }

    /// Offers commands once, as one group, after a pull, those left out that stand there already.
    pub(super) fn offer(&mut self, cmds: &[Cmd]) -> Said {
        if let Err(fault) = self.pull() {
            return Said::NotDone(fault.kind, fault.what);
        }
        let from = self.head();
        let known: Vec<Cid> = self.held.rows().iter().map(|row| row.cid).collect();
        let (bench, pc) = (self.bench, self.pc);
        let mut seen = Vec::new();
        let mut bad = None;
        let mut build = |turn: &Turn, news: &[Row]| -> Vec<Row> {
            seen = news.to_vec();
            let mut head = news.last().map_or(from, Head::of);
            let there = |cid: &Cid| known.contains(cid) || news.iter().any(|row| row.cid == *cid);
            let mut rows = Vec::new();
            for cmd in cmds.iter().filter(|cmd| !there(&cmd.cid)) {
                match bench.row(*cmd, &head, turn.no(), turn.share_ms, pc) {
                    Ok(row) => {
                        head = Head::of(&row);
                        rows.push(row);
                    }
                    Err(fault) => bad = Some(fault.what),
                }
            }
            rows
        };
        let written = self.with(|share| Ok(share.write(&from, DEADLINE, &mut build)));
        match (written, bad) {
            (_, Some(what)) => Said::NotDone(FaultKind::Bug, what),
            (Ok(Written::Done(rows)), None) => {
                let mut held = self.held.rows();
                held.extend(seen);
                held.extend(rows);
                Said::Done
            }
            (Ok(Written::NotDone(fault)) | Err(fault), None) => Said::NotDone(fault.kind, fault.what),
            (Ok(Written::Unknown(_)), None) => Said::Unknown,
        }
    }

    /// Offers until it is done, with time for dead turns to stand still in between.
    ///
    /// # Errors
    /// The sentence of the last try.
    pub(super) fn insist(&mut self, cmds: &[Cmd]) -> Result<(), String> {
        let mut last = String::new();
        for _ in 0..TRIES {
            match self.offer(cmds) {
                Said::Done => return Ok(()),
                Said::NotDone(FaultKind::Busy | FaultKind::DriveAway, what) => last = what,
                Said::NotDone(kind, what) => return Err(format!("{what}（{kind:?}）")),
                Said::Unknown => last = "结果不明".to_owned(),
            }
            self.bench.disk.pass(STANDS);
        }
        Err(format!("{TRIES} 次都没有写成：{last}"))
    }

    /// Pulls until it succeeds, as a desk does that has come back and has nothing to write yet.
    ///
    /// # Errors
    /// The sentence of the last try.
    pub(super) fn pull_patiently(&mut self) -> Result<(), String> {
        let mut last = String::new();
        for _ in 0..TRIES {
            match self.pull() {
                Ok(()) => return Ok(()),
                Err(fault) => last = fault.what,
            }
            self.bench.disk.pass(STANDS);
        }
        Err(format!("回来的一台 {TRIES} 次都没有读成：{last}"))
    }

    /// Lets time pass in which a dead turn may be seen to stand still.
    pub(super) fn wait(&self) {
        self.bench.disk.pass(STANDS);
    }
}

/// What tells two rows apart: place and hash.
pub(super) fn places(rows: &[Row]) -> Vec<(u64, Hash)> {
    rows.iter().map(|row| (row.n, row.hash)).collect()
}
