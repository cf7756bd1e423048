//! One desk of the simulation: the real engine and the real outbox on a simulated PC, and what its officers do there. It
//! settles what became of orders as the worker does; only the thread that draws is left out.

use super::bank;
use super::deeds;
use super::secrets::Secrets;
use super::totals::Totals;
use crate::base::seeded::Rng;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::approval::Approve;
use crate::domain::command::funds::Pay;
use crate::domain::fund::Till;
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::nouns::PayBy;
use crate::domain::private::Private;
use crate::ledger::wrap::Keys;
use crate::ledger::{Cid, CountyId, DeskId, Head, Row};
use crate::office::compose::Draft;
use crate::office::desk::{Desk, Parts};
use crate::office::keeper::Keeper;
use crate::office::order;
use crate::office::outcome::Outcome;
use crate::office::reach::{Holdings, Reach};
use crate::office::rebuild::{Asked, Keep, Rebuilt, rebuild};
use crate::office::scratch::Hands;
use crate::office::setup;
use crate::office::sweep::acts;
use crate::store::desk::{Desk as Own, OutState};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::host::Host;
use crate::store::share::{SEGMENT, Setting, Share, ShareTime};
use crate::store::simulated::{Disk, Pc};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Lets another desk move; `true` hands the baton on at once.
pub(super) type Yield = Arc<dyn Fn(bool) + Send + Sync>;

/// The seeds of an officer's two keys.
pub(super) type Seeds = ([u8; 32], [u8; 32]);

/// What all desks share: the world, the county, the officers' keys.
#[derive(Clone)]
pub(super) struct Setup {
    pub(super) disk: Disk,
    pub(super) county: CountyId,
    /// The officers' keys.
    pub(super) keys: Arc<BTreeMap<OfficerNo, Seeds>>,
    pub(super) give_way: Yield,
    pub(super) segment: u64,
    /// What nobody may read anywhere.
    pub(super) secrets: Secrets,
    /// Whether finance pays by bank.
    pub(super) bank: bool,
}

/// The time of a simulated PC.
pub(super) struct PcHost {
    pub(super) disk: Disk,
    pub(super) rng: Rng,
    pub(super) give_way: Yield,
}

impl Host for PcHost {
    fn now(&mut self) -> Duration {
        Duration::from_millis(self.disk.now_ms())
    }

    fn sleep(&mut self, time: Duration) {
        self.disk.pass(time);
        (self.give_way)(true);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.rng.fill(bytes);
        Ok(())
    }
}

/// Something that was said of orders, or seen.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// Orders are in the outbox, durably.
    Given(Vec<Cid>),
    /// Orders may or may not be in the outbox: the PC failed while keeping them.
    Giving(Vec<Cid>),
    /// Orders stand in the log, at these places.
    Done(Vec<(Cid, u64)>),
    /// Orders were refused.
    Refused(Vec<Cid>),
    /// Nobody knows yet.
    Unknown,
    /// The replica was torn, and is built again.
    Torn,
    /// The desk follows a log in which rows that it held do not stand: from here on it shows that one from the start.
    Parted,
    /// They wait: why.
    Waiting(FaultKind, String),
    /// The share or a file cannot be used: why.
    Trouble(FaultKind, String),
}

/// What a desk answers after a job.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) said: Vec<Said>,
    /// Rows that this desk verified since its last answer.
    pub(super) rows: Vec<Row>,
    /// Up to which entry it holds the log; nothing while it is closed.
    pub(super) head: Option<u64>,
}

/// A case that officers may go on with.
#[derive(Clone, Debug)]
pub(super) struct Live {
    pub(super) case: CaseId,
    pub(super) lines: Vec<Line>,
    pub(super) stage: Stage,
}

/// How far a case is, as far as somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Submitted,
    Approved,
    Ended,
}

/// The opened program of a desk.
struct Program {
    desk: Desk,
    keeper: Keeper,
    entries: Entries,
    /// When it was started, by the world's clock.
    began: u64,
}

/// A desk.
pub(super) struct Station {
    setup: Setup,
    pc: Pc,
    rng: Rng,
    program: Option<Program>,
    /// What the desk's clock is off by.
    pub(super) off: Hands,
    /// Up to which entry it has answered for.
    shown: Option<Head>,
    group: u64,
    /// Groups from before the program started.
    lives: u64,
}

impl Station {
    pub(super) fn new(setup: Setup, pc: Pc, seed: u64) -> Station {
        let off = Hands::default();
        Station { setup, pc, rng: Rng::new(seed), program: None, off, shown: None, group: 0, lives: 0 }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.setup.disk.own(self.pc).join("desk")
    }

    /// Starts the program, if it does not run.
    fn start(&mut self) -> Result<&mut Program, Fault> {
        if self.program.is_none() {
            self.lives += 1;
            let (folder, setup) = (self.folder(), self.setup.clone());
            let own = Own::open(&folder, DeskId([self.pc; 8]))?;
            let id = own.id();
            let (off, disk) = (self.off.clone(), setup.disk.clone());
            let (pc, lives) = (self.pc, self.lives);
            let mine = folder.clone();
            let mut opened = 0;
            let open = move || {
                opened += 1;
                Share::open(setting(&setup, pc, id, &mine, lives << 24 | opened))
            };
            let mut desk = Desk::open(Parts {
                log: Box::new(Reach::new(Box::new(open))),
                county: self.setup.county,
                desk: id,
                folder: folder.clone(),
                clock: Arc::new(move || {
                    let now = i64::try_from(disk.now_ms()).unwrap_or(i64::MAX);
                    crate::base::day::Stamp(now + off.now().0)
                }),
            })?;
            let entries = Entries::open(&folder.join("entries.db"), self.setup.county)?;
            let keeper = Keeper::new(own);
            // What stands there was given before: it may have been written already.
            let waiting = keeper.waiting()?;
            desk.expect(waiting.iter().flat_map(|group| &group.orders).map(|signed| signed.order.cid));
            let began = self.setup.disk.now_ms();
            self.group =
                keeper.own().outbox()?.iter().map(|row| row.group).max().unwrap_or(0).max(self.group);
            self.program = Some(Program { desk, keeper, entries, began });
        }
        self.program.as_mut().ok_or_else(|| Fault::bug("没有打开"))
    }

    /// The program ends, or is gone with its PC.
    pub(super) fn stop(&mut self) -> Answer {
        self.program = None;
        Answer::default()
    }

    /// Does something, and answers with what was said and what is new in the desk's own copy of the log.
    fn answer(&mut self, work: impl FnOnce(&mut Station, &mut Vec<Said>) -> Result<(), Fault>) -> Answer {
        let mut answer = Answer::default();
        if let Err(fault) = work(self, &mut answer.said) {
            answer.said.push(Said::Trouble(fault.kind, fault.what));
        }
        let torn = |said: &Said| {
            matches!(said, Said::Trouble(FaultKind::Damaged, what) | Said::Waiting(FaultKind::Damaged, what)
                if what.starts_with("本机副本"))
        };
        if answer.said.iter().any(torn) {
            answer.said.retain(|said| !torn(said));
            answer.said.push(Said::Torn);
            self.program = None;
            self.take_replica_away();
        }
        self.show(&mut answer);
        answer
    }

    /// What is new in the desk's own copy of the log.
    fn show(&mut self, answer: &mut Answer) {
        let Some(program) = &self.program else { return };
        if let Some(shown) = self.shown
            && let Ok(held) = program.entries.head_at(shown.n)
            && held != Some(shown)
        {
            self.shown = None;
            answer.said.push(Said::Parted);
        }
        let from = self.shown.map_or(0, |head| head.n);
        if let Ok(rows) = program.entries.after(from, usize::MAX) {
            self.shown = rows.last().map(Head::of).or(self.shown);
            answer.rows = rows;
            answer.head = Some(self.shown.map_or(0, |head| head.n));
        } else {
            // The fault lies upon this look, too: what the desk was told cannot be held against its own copy now, and the
            // order is looked for in the log at the end as one that was only given.
            answer.said.retain(|said| !matches!(said, Said::Done(_)));
        }
    }

    /// Signs an officer in and looks for news.
    pub(super) fn look(&mut self) -> Answer {
        self.answer(|own, _| {
            own.start()?.desk.look()?;
            own.sign_in("1021")
        })
    }

    fn sign_in(&mut self, officer: &str) -> Result<(), Fault> {
        let session = Arc::new(self.session(officer)?);
        self.start()?.desk.sign_in(session)
    }

    /// The replica, for reading: it is open while somebody is signed in.
    fn reader(&mut self) -> Result<crate::store::replica::Reader, Fault> {
        if self.start()?.desk.replica().is_closed() {
            self.sign_in("1021")?;
        }
        Ok(self.start()?.desk.replica().reader()?)
    }

    fn session(&mut self, officer: &str) -> Result<crate::office::session::Session, Fault> {
        let no: OfficerNo = officer.into();
        let (sign, open) = self.setup.keys.get(&no).ok_or_else(|| Fault::bug("没有操作员"))?;
        let mut session = setup::session_of(&no, Keys::from_seeds(sign, open));
        let county = self.setup.county;
        session.learn(county, self.start()?.desk.keys());
        if session.periods.is_empty() {
            // Nobody signs in on a PC that has never read of him.
            return Err(Fault::busy(NOT_ENROLLED));
        }
        Ok(session)
    }

    /// An officer gives some orders, and they are carried with whatever waits.
    pub(super) fn work(&mut self, live: &[Live]) -> Answer {
        let live = live.to_vec();
        self.answer(|own, said| {
            // Without news one works on with what is there.
            let _ = own.start()?.desk.look();
            for _ in 0..own.rng.between(1, 2) {
                own.give(&live, said)?;
            }
            own.carry(said)
        })
    }

    /// Only carries what waits.
    pub(super) fn carry_on(&mut self) -> Answer {
        self.answer(|own, said| {
            own.start()?.desk.look()?;
            own.sign_in("1021")?;
            own.carry(said)
        })
    }

    fn give(&mut self, live: &[Live], said: &mut Vec<Said>) -> Result<(), Fault> {
        let disk = self.setup.disk.clone();
        let now = crate::base::day::Stamp(i64::try_from(disk.now_ms()).unwrap_or(0) + self.off.now().0);
        let (officer, drafts) = self.drafts(live, now)?;
        self.sign_in(&officer)?;
        drafts.iter().for_each(|(_, private)| self.setup.secrets.learn(private));
        let session = self.session(&officer)?;
        let county = self.setup.county;
        let seen = self.start()?.desk.replica().head()?.n;
        let signed = drafts
            .into_iter()
            .map(|(command, private)| order::sign(&session, county, seen, &command, private))
            .collect::<Result<Vec<_>, _>>()?;
        let cids: Vec<Cid> = signed.iter().map(|signed| signed.order.cid).collect();
        self.group += 1;
        let group = self.group;
        match self.start()?.keeper.put(group, &signed, now.0, None) {
            Ok(()) => said.push(Said::Given(cids)),
            Err(fault) => {
                said.push(Said::Giving(cids));
                return Err(fault);
            }
        }
        Ok(())
    }

    /// What an officer does now: who, and what.
    fn drafts(&mut self, live: &[Live], now: crate::base::day::Stamp) -> Result<(String, Vec<Draft>), Fault> {
        if self.setup.bank
            && self.rng.below(3) == 0
            && let Some(deed) = self.pay_by_bank(live, now)?
        {
            return Ok(deed);
        }
        if self.rng.below(3) == 0
            && let Some(deed) = self.go_on(live, now)?
        {
            return Ok(deed);
        }
        let rng = &mut self.rng;
        let pick = |rng: &mut Rng, stage: Stage| {
            let those: Vec<&Live> = live.iter().filter(|live| live.stage == stage).collect();
            let at = usize::try_from(rng.below(those.len() as u64)).unwrap_or(0);
            those.get(at).map(|live| (*live).clone())
        };
        let handler = ["1021", "1023"][usize::try_from(rng.below(2)).unwrap_or(0) & 1];
        let choice = rng.below(12);
        Ok(match choice {
            0 => {
                let fen = i64::try_from(rng.between(1, 200_000)).unwrap_or(1);
                ("9001".into(), vec![acts::arrival(fen), acts::allot(fen, Till::Bank)])
            }
            1 => {
                let drafts =
                    vec![acts::arrival(80_000), acts::allot(80_000, Till::Bank), acts::withdraw_cash(60_000)];
                ("9002".into(), drafts)
            }
            2 => (handler.into(), vec![acts::person()?.1]),
            3 => (handler.into(), vec![acts::person()?.1, acts::person()?.1, acts::lead(now)?]),
            4 => (handler.into(), vec![acts::lead(now)?]),
            5 => {
                let mut opened = acts::case(now.day(), 20_000)?;
                opened.drafts.push(acts::direct(opened.case, opened.lines.clone(), &"1022".into(), now));
                (handler.into(), opened.drafts)
            }
            6..=8 if let Some(case) = pick(rng, Stage::Submitted) => ("1022".into(), vec![approve(&case)]),
            6..=10 if let Some(case) = pick(rng, Stage::Approved) => {
                ("1023".into(), case.lines.iter().map(|line| pay(&case, line, now)).collect())
            }
            _ => {
                let mut opened = acts::case(now.day(), 20_000)?;
                opened.drafts.push(acts::submit(opened.case));
                (handler.into(), opened.drafts)
            }
        })
    }

    /// What finance does next, as this desk's replica shows it.
    fn pay_by_bank(
        &mut self,
        live: &[Live],
        now: crate::base::day::Stamp,
    ) -> Result<Option<deeds::Deed>, Fault> {
        let cases: Vec<CaseId> = live.iter().map(|live| live.case).collect();
        let reader = self.reader()?;
        bank::next(&mut self.rng, &reader, &cases, now)
    }

    /// What can be done with one of the cases, as this desk's replica shows it; or money goes back.
    fn go_on(&mut self, live: &[Live], now: crate::base::day::Stamp) -> Result<Option<deeds::Deed>, Fault> {
        if self.rng.below(8) == 0 {
            return Ok(Some(("9002".to_owned(), vec![deeds::give_back(&mut self.rng)])));
        }
        // Mostly one of the latest cases: the others have come to their end.
        let back = self.rng.below(live.len().min(12) as u64);
        let Some(live) = live.iter().rev().nth(usize::try_from(back).unwrap_or(0)) else { return Ok(None) };
        let reader = self.reader()?;
        let Some(case) = reader.case(live.case) else { return Ok(None) };
        Ok(deeds::next(&mut self.rng, &reader, &case, now))
    }

    /// Carries what waits, settles it, and does what a desk does for the log beside.
    fn carry(&mut self, said: &mut Vec<Said>) -> Result<(), Fault> {
        self.carry_waiting(said)?;
        let now = self.setup.disk.now_ms();
        let program = self.start()?;
        program.desk.chores(Duration::from_millis(now.saturating_sub(program.began)))?;
        match program.desk.take_new_id() {
            Some(id) => program.keeper.renew_id(id),
            None => Ok(()),
        }
    }

    fn carry_waiting(&mut self, said: &mut Vec<Said>) -> Result<(), Fault> {
        let program = self.start()?;
        loop {
            let groups: Vec<_> = program.keeper.waiting()?.into_iter().take(16).collect();
            if groups.is_empty() {
                return Ok(());
            }
            let orders: Vec<_> = groups.iter().map(|group| group.orders.clone()).collect();
            let outcomes = program.desk.carry(&orders);
            let mut moved = false;
            for (group, outcome) in groups.iter().zip(outcomes) {
                let cids: Vec<Cid> = group.orders.iter().map(|signed| signed.order.cid).collect();
                match outcome {
                    Outcome::Done(receipts) => {
                        let places = cids.into_iter().zip(receipts.iter().map(|receipt| receipt.n)).collect();
                        said.push(Said::Done(places));
                        program.keeper.let_go(&group.orders)?;
                        moved = true;
                    }
                    Outcome::Refused(refusals) => {
                        let text =
                            refusals.iter().map(|refusal| refusal.full()).collect::<Vec<_>>().join("\n");
                        program.keeper.set_state(&group.orders, &OutState::Refused(text))?;
                        said.push(Said::Refused(cids));
                        moved = true;
                    }
                    Outcome::Unknown(_) => {
                        program.keeper.set_state(&group.orders, &OutState::Unknown)?;
                        said.push(Said::Unknown);
                    }
                    Outcome::Waiting(fault) => said.push(Said::Waiting(fault.kind, fault.what)),
                }
            }
            if !moved {
                return Ok(());
            }
        }
    }

    fn take_replica_away(&self) {
        for file in ["replica.db", "replica.db-journal", "replica.db-wal"] {
            self.setup.disk.take_away(&self.folder().join(file));
        }
    }

    /// The replica is thrown away while the program is closed.
    pub(super) fn lose_replica(&mut self) -> Answer {
        self.program = None;
        self.take_replica_away();
        self.look()
    }

    /// Has the log rebuilt from what this desk holds.
    pub(super) fn rebuild(
        &mut self,
        officer: &str,
        without_others: bool,
        keep: Option<Keep>,
        came: &Mutex<Option<Result<Rebuilt, Fault>>>,
    ) -> Answer {
        let rebuilt = self.try_rebuild(officer, without_others, keep);
        *came.lock().unwrap_or_else(PoisonError::into_inner) = Some(rebuilt);
        self.answer(|_, _| Ok(()))
    }

    fn try_rebuild(
        &mut self,
        officer: &str,
        without_others: bool,
        keep: Option<Keep>,
    ) -> Result<Rebuilt, Fault> {
        self.start()?;
        let session = Arc::new(self.session(officer)?);
        self.lives += 1;
        let folder = self.folder();
        let id = self.start()?.keeper.own().id();
        let share = Share::reach(setting(&self.setup, self.pc, id, &folder, self.lives << 24))?;
        let name = format!("电脑{}", self.pc);
        let at = self.setup.disk.share();
        let asked = Asked { share: &at, session, name: &name, without_others, keep };
        rebuild(&mut self.start()?.desk, share, &asked, &mut |_| ())
    }

    // ---- what the books ask, without a fault in the way ----

    /// The last entry that this desk holds.
    pub(super) fn head(&mut self) -> Result<Head, Fault> {
        self.start()?.entries.head()
    }

    /// All entries that this desk holds.
    pub(super) fn rows(&mut self) -> Result<Vec<Row>, Fault> {
        self.start()?.entries.after(0, usize::MAX)
    }

    /// The replica's totals, with the entry that it is at; none where nobody can sign in yet, which opens it.
    pub(super) fn totals(
        &mut self,
        months: &[(i32, u32)],
        cases: &[CaseId],
    ) -> Result<Option<(u64, Totals)>, Fault> {
        let reader = match self.reader() {
            Err(fault) if fault.kind == FaultKind::Busy && fault.what == NOT_ENROLLED => return Ok(None),
            reader => reader?,
        };
        Ok(Some((reader.head()?.n, Totals::of(&reader, months, cases)?)))
    }

    /// The digest of the replica and the entry it is at, with an officer signed in; none on a PC that has read of nobody yet.
    pub(super) fn digest(&mut self) -> Result<Option<(u64, [u8; 32])>, Fault> {
        match self.sign_in("1021") {
            Err(fault) if fault.what == NOT_ENROLLED => return Ok(None),
            signed => signed?,
        }
        let replica = self.start()?.desk.replica();
        Ok(Some((replica.head()?.n, replica.digest()?)))
    }

    /// What stands in the outbox: what waits, and what was refused.
    pub(super) fn outbox(&mut self) -> Result<(BTreeSet<Cid>, BTreeSet<Cid>), Fault> {
        let rows = self.start()?.keeper.own().outbox()?;
        let (refused, waits): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| matches!(row.state, OutState::Refused(_)));
        let cids =
            |rows: Vec<crate::store::desk::OutRow>| rows.into_iter().map(|row| row.order.cid).collect();
        Ok((cids(waits), cids(refused)))
    }

    /// The sum of an account as the replica shows it, with the entry that it is at.
    pub(super) fn balance(
        &mut self,
        account: crate::domain::fund::Account,
    ) -> Result<(u64, crate::base::money::Money), Fault> {
        let reader = self.reader()?;
        Ok((reader.head()?.n, reader.balance(account)))
    }
}

/// How a desk reaches the share.
fn setting(setup: &Setup, pc: Pc, desk: DeskId, folder: &Path, seed: u64) -> Setting {
    Setting {
        folder: setup.disk.share(),
        county: setup.county,
        desk,
        officer: format!("10{pc}"),
        workshop: folder.join("workshop"),
        may_write: true,
        time: ShareTime::TurnFile,
        drive: setup.disk.drive(pc),
        host: Box::new(PcHost {
            disk: setup.disk.clone(),
            rng: Rng::new(u64::from(pc) << 48 | seed),
            give_way: setup.give_way.clone(),
        }),
        witness: Box::new(Holdings::new(folder.to_owned(), setup.county)),
        segment: setup.segment,
    }
}

fn approve(live: &Live) -> Draft {
    let approve = Approve {
        case: live.case,
        lines: live.lines.clone(),
        note: None,
        second_grant: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    (Command::Approve(approve), Private::default())
}

fn pay(live: &Live, line: &Line, now: crate::base::day::Stamp) -> Draft {
    let mut private = Private::default();
    let pay = Pay {
        case: live.case,
        line: line.line,
        pay_by: PayBy::Cash,
        on: now.day(),
        cash_reason: private.put("cash-reason", "本人没有银行卡"),
        receipt: private.put("recipient", "本人按手印"),
        witness: private.put("witness", "村会计王五"),
    };
    (Command::Pay(pay), private)
}

/// What is said to an officer of whom this desk has not read yet.
pub(super) const NOT_ENROLLED: &str = "本机还没有读到本人的登记";

/// The size at which files of the simulation are closed: small, so that some are.
pub(super) const SMALL: u64 = SEGMENT / 64;
