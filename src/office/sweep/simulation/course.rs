//! One course of the simulation: what happens to the desks, in which order, from a seed; and what has to hold at its end.

use super::baton::{Baton, Job};
use super::books::Books;
use super::secrets::Secrets;
use super::station::{Answer, Live, PcHost, SMALL, Said, Setup, Stage, Station};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::base::seeded::Rng;
use crate::domain::command::Command;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::Fund;
use crate::domain::pack::CY_2021_15;
use crate::domain::private::Private;
use crate::ledger::body::FORMAT;
use crate::ledger::wrap::Keys;
use crate::ledger::{Body, Carrier, Cid, CountyId, DeskId, Head, Row, Suite, chain, rescue};
use crate::office::desk::verify::verify;
use crate::office::desk::{Desk, Parts};
use crate::office::order;
use crate::office::random;
use crate::office::reach::Reach;
use crate::office::setup::{self, MadeKey, NewOfficer};
use crate::office::sweep::acts::{self, TOWNSHIP};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::{Log as _, Written};
use crate::store::share::{self, NoWitness, Setting, Share, ShareTime};
use crate::store::simulated::{Chance, Disk, Fail, Lasts, Pc, Plan, Side, What};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The PC on which the county was founded, the one with the patched program, and the one that comes at the end.
pub(super) const FOUNDER: Pc = 20;
const PATCHED: Pc = 21;

/// Longer than a turn has to stand still.
pub(super) const STANDS: Duration = Duration::from_secs(46);

/// How a course is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) seed: u64,
    pub(super) desks: usize,
    pub(super) commands: u64,
    /// Whether finance pays by bank: seeds kept from before it did go without.
    pub(super) bank: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Came {
    pub(super) given: u64,
    pub(super) done: u64,
    pub(super) refused: u64,
    pub(super) entries: u64,
    pub(super) operations: u64,
    pub(super) trace: u64,
    /// What happened, counted.
    pub(super) events: BTreeMap<&'static str, u64>,
    pub(super) broken: Vec<String>,
}

pub(super) type Seats = Baton<Station, Answer>;

pub(super) struct Course<'s> {
    wish: Wish,
    pub(super) rng: Rng,
    pub(super) setup: Setup,
    pub(super) seats: &'s Seats,
    pub(super) books: Books,
    pub(super) live: Vec<Live>,
    /// How many entries were read for cases.
    pub(super) read: usize,
    /// What had been acknowledged when a desk's job began.
    marks: Vec<u64>,
    /// PCs that lost their power, not only their program.
    powerless: BTreeSet<usize>,
    /// The desk that was cloned stands in the last seat.
    cloned: bool,
    /// A desk says that the share is not what it was.
    pub(super) alarm: Option<String>,
    pub(super) old_share: Option<(crate::store::simulated::Copy, u64)>,
    /// How often the share was spoilt and rebuilt.
    pub(super) worst: u64,
    /// Desks that slept while it was.
    pub(super) slept: BTreeSet<usize>,
    /// Desks that have not been at the rebuilt share yet.
    pub(super) behind: BTreeSet<usize>,
    pub(super) events: BTreeMap<&'static str, u64>,
    pub(super) step: u64,
    /// How many operations there were, and what tells two courses of them apart.
    traced: (u64, u64),
}

/// Runs a course.
///
/// # Errors
/// It cannot even be begun.
pub(super) fn run(wish: Wish) -> Result<Came, Fault> {
    random::seed_this_thread(Some(wish.seed));
    let came = begun(wish);
    random::seed_this_thread(None);
    came
}

fn begun(wish: Wish) -> Result<Came, Fault> {
    let start = Stamp::at(Day::new(2026, 3, 2).ok_or_else(|| Fault::bug("日期"))?, 9, 0);
    let disk = Disk::new(u64::try_from(start.0).unwrap_or(0));
    let mut rng = Rng::new(wish.seed ^ 0x5157_0001);
    disk.set_sector(if rng.below(2) == 0 { 512 } else { 4_096 });
    let seats: Arc<Seats> = Arc::new(Baton::new(wish.desks + 1, rng.draw()));
    let (turn, give_way) = (seats.clone(), seats.clone());
    let county = CountyId(random::bytes()?);
    let mut keys = BTreeMap::new();
    for officer in acts::officers() {
        keys.insert(officer.no, (random::bytes()?, random::bytes()?));
    }
    let setup = Setup {
        disk: disk.clone(),
        county,
        keys: Arc::new(keys),
        give_way: Arc::new(move |always| give_way.turn(always)),
        segment: SMALL,
        secrets: Secrets::default(),
        bank: wish.bank,
    };
    found(&setup)?;
    disk.flush();
    disk.set_caches(rng.below(2) == 0);
    disk.set_turn(Some(Arc::new(move |_| turn.turn(false))));
    let came = std::thread::scope(|scope| {
        for seat in 1..=wish.desks + 1 {
            let (seats, setup) = (seats.clone(), setup.clone());
            let seed = wish.seed ^ (seat as u64) << 40;
            scope.spawn(move || {
                random::seed_this_thread(Some(seed));
                let pc = pc(seat);
                let _ear = setup.secrets.listen();
                let disk = setup.disk.clone();
                disk.acting(pc, || seats.sit(seat, Station::new(setup, pc, seed)));
            });
        }
        let mut course = Course {
            wish,
            rng,
            books: Books::new(county),
            setup: setup.clone(),
            seats: &seats,
            live: Vec::new(),
            read: 0,
            marks: vec![0; wish.desks + 2],
            powerless: BTreeSet::new(),
            cloned: false,
            alarm: None,
            old_share: None,
            worst: 0,
            slept: BTreeSet::new(),
            behind: BTreeSet::new(),
            events: BTreeMap::new(),
            step: 0,
            traced: (0, 0),
        };
        course.all();
        // What the desks do while they end is no part of the course: their threads end at once, in any order.
        course.traced = (disk.operations(), disk.trace());
        // Whoever still sleeps wakes on a dead PC.
        for seat in 1..=wish.desks + 1 {
            disk.kill(pc(seat));
        }
        seats.end();
        course.came()
    });
    disk.set_turn(None);
    Ok(came)
}

pub(super) fn pc(seat: usize) -> Pc {
    u8::try_from(seat).unwrap_or(u8::MAX)
}

/// Founds the county on a PC of its own.
fn found(setup: &Setup) -> Result<(), Fault> {
    let disk = &setup.disk;
    let folder = disk.own(FOUNDER).join("desk");
    let mut host = PcHost { disk: disk.clone(), rng: Rng::new(1), give_way: setup.give_way.clone() };
    disk.acting(FOUNDER, || {
        share::found_on(
            disk.drive(FOUNDER).as_ref(),
            &disk.share(),
            setup.county,
            &folder.join("workshop"),
            &mut host,
        )?;
        let (own, disk) = (setup.clone(), disk.clone());
        let open = move || Share::open(setting(&own, FOUNDER, 2));
        let mut desk = Desk::open(Parts {
            log: Box::new(Reach::new(Box::new(open))),
            county: setup.county,
            desk: DeskId([FOUNDER; 8]),
            folder,
            clock: Arc::new(move || Stamp(i64::try_from(disk.now_ms()).unwrap_or(0))),
        })?;
        let mut made = Vec::new();
        for officer in acts::officers() {
            let Some((sign, open)) = setup.keys.get(&officer.no) else { continue };
            let keys = Keys::from_seeds(sign, open);
            let public = NewKey {
                sign: keys.signing.public().to_string(),
                seal: hex::encode(keys.opening.public()),
                wrap: String::new(),
            };
            made.push((officer, MadeKey { keys, public }));
        }
        let (founder, key) = made.remove(0);
        let admin = setup::found(&mut desk, "211321", true, &founder, key, CY_2021_15, 2026)?;
        let enrolled: Vec<(NewOfficer, NewKey)> =
            made.into_iter().map(|(officer, key)| (officer, key.public)).collect();
        setup::enrol(&mut desk, &admin, &enrolled)
    })
}

/// How a PC without a desk's files reaches the share.
fn setting(setup: &Setup, pc: Pc, seed: u64) -> Setting {
    Setting {
        folder: setup.disk.share(),
        county: setup.county,
        desk: DeskId([pc; 8]),
        officer: "9000".into(),
        workshop: setup.disk.own(pc).join("desk").join("workshop"),
        may_write: true,
        time: ShareTime::TurnFile,
        drive: setup.disk.drive(pc),
        host: Box::new(PcHost {
            disk: setup.disk.clone(),
            rng: Rng::new(seed),
            give_way: setup.give_way.clone(),
        }),
        witness: Box::new(NoWitness),
        segment: setup.segment,
    }
}

impl Course<'_> {
    fn came(mut self) -> Came {
        let (sent, answered) = self.books.batches.done;
        for (event, times) in [("批次提交", sent), ("批次回盘", answered)] {
            *self.events.entry(event).or_default() += times;
        }
        Came {
            given: self.books.given(),
            done: self.books.acknowledged(),
            refused: self.books.refused,
            entries: self.books.log.len() as u64,
            operations: self.traced.0,
            trace: self.traced.1,
            events: self.events,
            broken: self
                .books
                .broken
                .into_iter()
                .map(|what| format!("种子 {} 第 {} 步：{what}", self.wish.seed, self.step))
                .collect(),
        }
    }

    pub(super) fn note(&mut self, what: &'static str) {
        *self.events.entry(what).or_default() += 1;
    }

    fn all(&mut self) {
        while self.books.given() < self.wish.commands
            && self.books.broken.is_empty()
            && self.alarm.is_none()
            && self.step < self.wish.commands * 20 + 200
        {
            self.step += 1;
            self.one_step();
        }
        if let Some(what) = self.alarm.clone() {
            self.books.broken.push(format!("没有人动过共享盘，却报警：{what}"));
            return;
        }
        if self.books.broken.is_empty() {
            self.settle();
        }
        if self.books.broken.is_empty() {
            self.verdict();
        }
        if self.books.broken.is_empty() && self.rng.below(3) == 0 {
            self.put_back_last_week();
        }
    }

    pub(super) fn hold(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.books.broken.push(otherwise());
        }
    }

    /// The seats in use.
    pub(super) fn seats_in_use(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.wish.desks + usize::from(self.cloned)
    }

    fn any(&mut self) -> usize {
        let last = *self.seats_in_use().end() as u64;
        usize::try_from(self.rng.between(1, last)).unwrap_or(1)
    }

    fn one_step(&mut self) {
        let pause = self.rng.below(30);
        self.setup.disk.pass(Duration::from_secs(pause));
        if self.rng.below(40) == 0 {
            // Every disk writes what it holds after a while.
            self.setup.disk.flush();
        }
        let event = self.rng.below(100);
        let hit = self.any();
        self.event(event, hit);
        let many = self.rng.between(1, 3);
        let mut jobs: BTreeMap<usize, Job<Station, Answer>> = BTreeMap::new();
        for no in 0..many {
            // Who was chosen to be hit does something, else nothing hits him.
            let seat = if no == 0 { hit } else { self.any() };
            if self.seats.is_idle(seat) {
                let live = self.live.clone();
                let job: Job<Station, Answer> = match self.rng.below(10) {
                    0..=6 => Box::new(move |station| station.work(&live)),
                    7 => Box::new(|station| station.carry_on()),
                    _ => Box::new(|station| station.look()),
                };
                if let Some(mark) = self.marks.get_mut(seat) {
                    *mark = self.books.mark();
                }
                jobs.insert(seat, job);
            }
        }
        self.round(jobs.into_iter().collect());
        self.bury();
        let sleeping: Vec<usize> = self.seats_in_use().filter(|seat| self.seats.is_asleep(*seat)).collect();
        for seat in sleeping {
            if self.rng.below(4) == 0 {
                self.setup.disk.pass(STANDS);
                self.seats.wake(seat);
            }
        }
        let whole = self.step.is_multiple_of(40);
        if whole {
            self.setup.disk.clear();
            self.digests();
            self.open_words();
        }
        self.totals(whole);
    }

    /// Something may happen, to one PC or to the server.
    fn event(&mut self, event: u64, hit: usize) {
        let disk = self.setup.disk.clone();
        let at = self.rng.below(260);
        let lay = |what| disk.lay(Plan { pc: pc(hit), side: Side::Both, at, what });
        match event {
            0..=2 => {
                self.note("盘断开");
                disk.set_away(pc(hit), true);
            }
            3 => {
                self.note("全部断开");
                self.seats_in_use().for_each(|seat| disk.set_away(pc(seat), true));
            }
            4..=14 => self.seats_in_use().for_each(|seat| disk.set_away(pc(seat), false)),
            15..=18 => {
                self.note("程序被杀");
                lay(What::Kill);
            }
            19..=21 => {
                self.note("电脑断电");
                lay(What::Kill);
                self.powerless.insert(hit);
            }
            22..=24 if self.seats.is_idle(hit) => {
                self.note("睡过去");
                self.seats.sleep_after(hit, at);
            }
            25 | 26 => {
                self.note("服务器断电");
                lay(What::ServerBlink(self.rng.draw()));
            }
            27..=31 => {
                self.note("读写出错");
                let all = Fail::ALL;
                let fail =
                    all.get(usize::try_from(self.rng.below(8)).unwrap_or(0)).copied().unwrap_or(Fail::Io);
                let lasts = match self.rng.below(3) {
                    0 => Lasts::Once,
                    1 => Lasts::Times(self.rng.between(2, 30)),
                    _ => Lasts::ForGood,
                };
                let after = self.rng.below(3) == 0;
                if fail.is_short() {
                    // A stale size makes a read short: on a share alone, and it passes.
                    let what = What::Fail(fail, Lasts::Times(self.rng.between(1, 3)));
                    disk.lay(Plan { pc: pc(hit), side: Side::Share, at, what });
                } else {
                    lay(if after { What::FailAfter(fail, lasts) } else { What::Fail(fail, lasts) });
                }
            }
            32 if self.seats.is_idle(hit) => {
                self.note("副本被删");
                self.round(vec![(hit, Box::new(|station| station.lose_replica()))]);
            }
            33 => {
                self.note("电脑时钟跳");
                let days = [-1, 0, 1][usize::try_from(self.rng.below(3)).unwrap_or(0) % 3];
                if self.seats.is_idle(hit) {
                    let set = move |station: &mut Station| {
                        station.off.set(Stamp(days * 86_400_000));
                        Answer::default()
                    };
                    self.round(vec![(hit, Box::new(set))]);
                }
            }
            34 => {
                self.note("服务器时钟跳");
                let days = [-1, 0, 1][usize::try_from(self.rng.below(3)).unwrap_or(0) % 3];
                disk.set_server_off(days * 86_400_000);
            }
            35 if !self.cloned && self.seats.is_idle(hit) && !disk.is_dead(pc(hit)) => {
                self.note("克隆电脑");
                // What waits on it is read now, so nothing may lie in the way.
                disk.clear();
                if let Some((waits, refused)) = self.ask(hit, Station::outbox) {
                    self.books.twins.extend(waits.into_iter().chain(refused));
                }
                let own = disk.copy_of(&disk.own(pc(hit)));
                disk.put_back(&disk.own(pc(self.wish.desks + 1)), &own);
                if self.behind.contains(&hit) {
                    self.behind.insert(self.wish.desks + 1);
                }
                self.cloned = true;
            }
            36 => self.patched(),
            39..=41 => self.spoil_the_share(),
            37 => {
                self.note("清缓存");
                disk.clear();
            }
            38 if self.old_share.is_none() && self.books.log.len() > 30 => {
                self.old_share = Some((disk.copy_of(&disk.share()), self.books.log.len() as u64));
            }
            _ => {}
        }
    }

    /// Lets desks move, and hears what they say.
    pub(super) fn round(&mut self, jobs: Vec<(usize, Job<Station, Answer>)>) {
        for (seat, answer) in self.seats.round(jobs) {
            match answer {
                Ok(answer) => self.hear(seat, answer),
                Err(panic) => self.books.broken.push(format!("办公桌 {seat} 崩溃：{panic}")),
            }
        }
    }

    fn hear(&mut self, seat: usize, answer: Answer) {
        if answer.said.iter().any(|said| matches!(said, Said::Parted)) {
            self.note("并轨");
            self.books.parted(seat);
        }
        self.books.take(seat, answer.rows);
        if let Some(n) = answer.head {
            self.books.heard_head(seat, n);
        }
        let slept = self.slept.remove(&seat);
        let mark = self.marks.get(seat).copied().filter(|_| !slept);
        self.books.hear(seat, &answer.said, mark);
        self.cases();
        self.no_secret_said(seat, &answer.said);
        // An alarm that a desk raised before stands until its next chores: it is over when something was written.
        if answer.said.iter().any(|said| matches!(said, Said::Done(_))) {
            self.behind.remove(&seat);
        }
        for said in &answer.said {
            match said {
                Said::Waiting(kind, what) | Said::Trouble(kind, what) => match kind {
                    // Before it is rebuilt that is right; after it, until this desk could read what was said there.
                    FaultKind::Older | FaultKind::Damaged | FaultKind::NotOurs
                        if self.books.forked || slept || self.behind.contains(&seat) => {}
                    FaultKind::Older | FaultKind::Damaged | FaultKind::NotOurs => {
                        self.alarm = Some(format!("办公桌 {seat}：{what}"));
                    }
                    FaultKind::Bug | FaultKind::Newer => {
                        self.books.broken.push(format!("办公桌 {seat}：{what}"));
                    }
                    _ => {}
                },
                // A replica is written with a write-ahead log: a power cut may take its last commits, never tear it.
                Said::Torn => self.books.broken.push(format!("办公桌 {seat} 的副本损坏")),
                Said::Given(_)
                | Said::Giving(_)
                | Said::Done(_)
                | Said::Refused(_)
                | Said::Unknown
                | Said::Parted => {}
            }
        }
    }

    /// Cases that officers can go on with, read from the log.
    pub(super) fn cases(&mut self) {
        let new: Vec<Row> = self.books.log.iter().skip(self.read).cloned().collect();
        self.read += new.len();
        for row in &new {
            let Ok(body) = Body::from_text(&row.body) else { continue };
            // What was found again counts as what it was.
            let body = rescue::read(&body).ok().flatten().map_or(body, |(_, inner)| inner);
            let Ok(command) = order::command_of(&body.command) else { continue };
            match command {
                Command::OpenCase(open) => {
                    let live = Live { case: open.case, lines: open.lines, stage: Stage::Ended };
                    self.live.push(live);
                }
                Command::Submit(submit) => self.set_stage(submit.case, Stage::Submitted),
                Command::Approve(approve) => self.set_stage(approve.case, Stage::Approved),
                Command::Pay(pay) => self.set_stage(pay.case, Stage::Ended),
                _ => {}
            }
        }
    }

    fn set_stage(&mut self, case: crate::domain::ids::CaseId, stage: Stage) {
        if let Some(live) = self.live.iter_mut().rev().find(|live| live.case == case) {
            live.stage = stage;
        }
    }

    /// Dead PCs are started again, those without power with what their disk kept.
    pub(super) fn bury(&mut self) {
        let disk = self.setup.disk.clone();
        for seat in self.seats_in_use() {
            if !disk.is_dead(pc(seat)) || !self.seats.is_idle(seat) {
                continue;
            }
            self.round(vec![(seat, Box::new(|station| station.stop()))]);
            if self.powerless.remove(&seat) {
                let mut chance = Chance::new(self.rng.draw());
                disk.power_off(pc(seat), &mut || chance.keeps());
            }
            disk.start(pc(seat));
        }
        if self.seats_in_use().all(|seat| self.seats.is_idle(seat)) {
            disk.clear();
        }
    }

    /// A program without rules writes an entry: 拨入 by an officer who may not.
    fn patched(&mut self) {
        if !self.seats_in_use().all(|seat| self.seats.is_idle(seat)) {
            return;
        }
        self.note("改过的程序");
        let disk = self.setup.disk.clone();
        let wrote = disk.acting(PATCHED, || self.write_patched());
        match wrote {
            Ok(Written::Done(rows)) => self.books.patched.extend(rows.iter().map(|row| row.cid)),
            // It did not come to its turn.
            Ok(Written::NotDone(_)) => {}
            Ok(Written::Unknown(_)) => self.alarm = Some("改过的程序写入结果不明".into()),
            Err(fault) => self.books.broken.push(format!("改过的程序：{}", fault.what)),
        }
    }

    fn write_patched(&mut self) -> Result<Written, Fault> {
        let no: OfficerNo = acts::HANDLER.into();
        let Some((sign, open)) = self.setup.keys.get(&no) else { return Err(Fault::bug("没有操作员")) };
        let session = setup::session_of(&no, Keys::from_seeds(sign, open));
        let (command, _) = acts::allot(700, Till::Bank);
        let Command::Allot(mut allot) = command else { return Err(Fault::bug("指令")) };
        allot.note = None;
        let county = self.setup.county;
        let command = Command::Allot(allot);
        let signed = order::sign(&session, county, self.books.head().n, &command, Private::default())?;
        let to = |account, fen| Posting { account, amount: Money::from_fen(fen) };
        let fact = Fact::MoneyMoved {
            why: MoveKind::Allotted,
            voucher: format!("X{}", signed.order.cid),
            township: TOWNSHIP,
            on: Stamp(i64::try_from(self.setup.disk.now_ms()).unwrap_or(0)).day(),
            postings: vec![
                to(Account::Source(Fund::County), -700),
                to(Account::Reserve(TOWNSHIP, Till::Bank), 700),
            ],
            purpose: Purpose::Assistance,
            case: None,
            line: None,
            text: None,
        };
        let facts = vec![serde_json::to_value(fact).map_err(|error| Fault::bug(error.to_string()))?];
        let mut share = match Share::open(setting(&self.setup, PATCHED, self.rng.draw())) {
            Ok(share) => share,
            Err(fault) => return Ok(Written::NotDone(fault)),
        };
        let from = self.books.head();
        let desk_ms = i64::try_from(self.setup.disk.now_ms()).unwrap_or(0);
        let mut count = 0;
        Ok(share.write(&from, Duration::from_secs(5), &mut |turn, news| {
            let head = news.last().map_or(from, Head::of);
            count += 1;
            let body = Body {
                suite: Suite::One,
                format: FORMAT,
                county,
                n: head.n + 1,
                prev: head.hash,
                turn: turn.no(),
                share_ms: turn.share_ms,
                desk_ms,
                desk: DeskId([PATCHED; 8]),
                desk_seq: head.n + count,
                program: "0.1.0".into(),
                pack: "CY-2021-15".into(),
                command: signed.order.clone(),
                order_sig: signed.sig,
                facts: facts.clone(),
                carrier: Carrier { officer: no.0.clone(), key: session.signing.id() },
                sealed: None,
            };
            chain::make(body, None, &session.signing).into_iter().collect()
        }))
    }

    /// Asks a desk something, with no fault in the way.
    pub(super) fn ask<T: Send + 'static>(
        &mut self,
        seat: usize,
        work: impl FnOnce(&mut Station) -> Result<T, Fault> + Send + 'static,
    ) -> Option<T> {
        let slot = Arc::new(Mutex::new(None));
        let to = slot.clone();
        let job = move |station: &mut Station| {
            let answer = work(station);
            *to.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            Answer::default()
        };
        self.round(vec![(seat, Box::new(job))]);
        let answer = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        match answer {
            Some(Ok(value)) => Some(value),
            Some(Err(fault)) => {
                self.books.broken.push(format!("办公桌 {seat} 答不出：{}", fault.what));
                None
            }
            None => None,
        }
    }

    /// Replicas at the same entry are equal (I11).
    fn digests(&mut self) {
        let mut known: BTreeMap<u64, [u8; 32]> = BTreeMap::new();
        for seat in self.seats_in_use() {
            // What a desk holds of the log before it was rebuilt is another log.
            let idle = self.seats.is_idle(seat) && !self.setup.disk.is_dead(pc(seat));
            if !idle || self.behind.contains(&seat) {
                continue;
            }
            if let Some((n, digest)) = self.ask(seat, Station::digest).flatten() {
                let same = *known.entry(n).or_insert(digest) == digest;
                self.hold(same, || format!("第 {n} 条时办公桌 {seat} 的副本与别的不同"));
            }
        }
    }

    /// All faults end; every desk carries what waits, until nothing does.
    fn settle(&mut self) {
        let disk = self.setup.disk.clone();
        for seat in self.seats_in_use() {
            disk.set_away(pc(seat), false);
            self.seats.wake(seat);
        }
        disk.clear();
        self.round(Vec::new());
        self.bury();
        for _ in 0..12 {
            disk.pass(STANDS);
            let mut waits = false;
            for seat in self.seats_in_use() {
                if let Some(mark) = self.marks.get_mut(seat) {
                    *mark = self.books.mark();
                }
                self.round(vec![(seat, Box::new(|station| station.carry_on()))]);
                waits |= self.ask(seat, Station::outbox).is_some_and(|(waits, _)| !waits.is_empty());
            }
            if !self.books.broken.is_empty() || self.alarm.is_some() {
                break;
            }
            if !std::mem::take(&mut self.behind).is_empty() {
                // They have done their chores now, and what they lacked of a rebuilt log is theirs to carry.
                continue;
            }
            if !waits {
                // Once more for those who came before the last writer. One of them may have made a new file, and a desk
                // asks for that only every half minute.
                disk.pass(STANDS);
                for seat in self.seats_in_use() {
                    self.round(vec![(seat, Box::new(|station| station.look()))]);
                }
                return;
            }
        }
        match self.alarm.take() {
            Some(what) => self.books.broken.push(format!("没有人动过共享盘，却报警：{what}")),
            None if self.books.broken.is_empty() => {
                self.books.broken.push("故障都过去了，待发的指令仍送不出去".into());
            }
            None => {}
        }
    }

    /// The whole log, the outboxes, the replicas and the money, held against each other and against what was told.
    fn verdict(&mut self) {
        self.outboxes();
        self.digests();
        self.balances();
        self.totals(true);
        self.open_words();
        let missing = self.books.missing();
        self.hold(missing.is_empty(), || format!("重建之后没有回到日志中：{missing:?}"));
        *self.events.entry("找回").or_default() += self.books.came_back();
        *self.events.entry("找回而有疑").or_default() += self.books.doubtful.len() as u64;
        let rows = self.books.log.clone();
        let mut source = |after: u64, limit: usize| {
            let from = usize::try_from(after).unwrap_or(usize::MAX);
            Ok(rows.iter().skip(from).take(limit).cloned().collect())
        };
        match verify(self.setup.county, &mut source, &mut |_| ()) {
            Ok(found) => {
                if let Some(broken) = found.broken {
                    self.books.broken.push(format!("第 {} 条不成立：{}", broken.n, broken.why));
                }
                let patched: BTreeSet<u64> =
                    self.books.patched.iter().filter_map(|cid| self.books.place(cid)).collect();
                let marked: BTreeSet<u64> = found.marks.iter().map(|mark| mark.n).collect();
                let rescued = &self.books.rescued;
                let whole = |of: &BTreeSet<u64>| of.difference(rescued).copied().collect::<BTreeSet<u64>>();
                let right = patched.is_subset(&marked) && whole(&patched) == whole(&marked);
                let doubt = self.books.doubtful.is_subset(&marked);
                self.hold(doubt, || "找回的记录与别的记录冲突，却没有标记".to_owned());
                self.hold(right, || {
                    format!("改过的程序写了第 {patched:?} 条，有标记的是第 {marked:?} 条：{:?}", found.marks)
                });
            }
            Err(fault) => self.books.broken.push(fault.what),
        }
    }

    /// Every order is in the log, or was refused, or waits, and in one of them only (I13); after settling none waits.
    fn outboxes(&mut self) {
        let mut kept: BTreeMap<usize, (BTreeSet<Cid>, BTreeSet<Cid>)> = BTreeMap::new();
        for seat in self.seats_in_use() {
            if let Some(found) = self.ask(seat, Station::outbox) {
                kept.insert(seat, found);
            }
        }
        let mut broken = Vec::new();
        for (cid, (desk, sure)) in self.books.orders() {
            let logged = self.books.place(cid).is_some();
            let Some((waits, refused)) = kept.get(desk) else { continue };
            let kept = waits.contains(cid) || refused.contains(cid);
            let twice = self.books.twins.contains(cid) || self.books.strays.contains(cid);
            if logged && kept && !twice {
                broken.push(format!("{cid} 在日志中，又在办公桌 {desk} 的待发中"));
            }
            if *sure && !logged && !kept {
                broken.push(format!("{cid} 在办公桌 {desk} 给出之后不见了"));
            }
        }
        self.books.broken.extend(broken);
    }

    /// The replicas show the sums that the entries add up to (I1).
    fn balances(&mut self) {
        let accounts: Vec<(Account, Money)> = self.books.accounts().copied().collect();
        let whole: Money = accounts.iter().map(|(_, sum)| *sum).sum();
        self.hold(whole.is_zero(), || format!("各账户合计应为零，实为 {whole}"));
        for (account, sum) in accounts {
            let shown = self.ask(1, move |station| station.balance(account));
            let whole = self.books.log.len();
            self.hold(shown.is_some_and(|(n, shown)| (n, shown) == (whole as u64, sum)), || {
                format!("第 {whole} 条时账户 {account} 应为 {sum}，办公桌 1 的副本为 {shown:?}")
            });
        }
    }

    /// Last week's copy of the share is put back: every desk that knows better says so, and nobody writes.
    fn put_back_last_week(&mut self) {
        let Some((copy, n)) = self.old_share.clone() else { return };
        let last = self.books.log.len() as u64;
        if n >= last {
            return;
        }
        self.note("放回旧备份");
        let disk = self.setup.disk.clone();
        disk.put_back(&disk.share(), &copy);
        // A desk looks for a newer file only every half minute.
        disk.pass(Duration::from_secs(60));
        for seat in self.seats_in_use() {
            let live = self.live.clone();
            let told = Arc::new(Mutex::new(Vec::new()));
            let to = told.clone();
            let job = move |station: &mut Station| {
                let mut answer = station.work(&live);
                *to.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(&mut answer.said);
                Answer::default()
            };
            self.round(vec![(seat, Box::new(job))]);
            let said = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let older = said.iter().any(|said| {
                matches!(said, Said::Waiting(FaultKind::Older, _) | Said::Trouble(FaultKind::Older, _))
            });
            let wrote = said.iter().any(|said| matches!(said, Said::Done(_)));
            self.hold(older && !wrote, || format!("旧备份放回后，办公桌 {seat} 没有拒绝：{said:?}"));
        }
    }
}
