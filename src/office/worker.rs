//! The worker (后台): the one thread that touches the share. It looks for news every few seconds, carries what waits in the
//! outbox, and says what became of it. The thread that draws never waits for it; neither does leaving. While a call of
//! the share hangs the [`Watch`] speaks for it.

mod drive;
mod watch;

pub use drive::{Drive, Standing};
pub use watch::{HANGS, Jump, Say, Watch};

use super::backup::daily::Daily;
use super::desk::Desk;
use super::keeper::{Group, Keeper};
use super::outcome::Outcome;
use super::request::{Asked as AskedFor, Request};
use super::session::Session;
use crate::domain::catalogue::verbs;
use crate::domain::code::Code;
use crate::domain::refusal::Refusal;
use crate::store::desk::OutState;
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How often the share is looked at while nothing happens.
const LOOK: Duration = Duration::from_secs(4);
/// A look, or a call, that takes longer than this is called slow.
const SLOW: Duration = Duration::from_secs(2);
/// So often a look compares where the log ends, also where the counter of its file stands still: a file put in its place
/// may have the same.
const COMPARE: Duration = Duration::from_secs(30);
/// A look that brings more entries than this takes its time for them, not for the drive.
const MANY: u64 = 200;
/// More jobs than this never wait: each is a key of a person.
const QUEUE: usize = 64;
/// How many groups share one turn.
const TOGETHER: usize = 16;
/// While the share's time waits for somebody to confirm it, it is asked again by itself only so often.
const ASK_TIME: Duration = Duration::from_secs(300);

/// What the worker is asked.
pub enum Job {
    /// An officer signed in.
    SignIn(Arc<Session>),
    /// He changes his password: the session that counts once the entry of it stands.
    Expect(Arc<Session>),
    /// He signed out.
    SignOut,
    /// Look for news now.
    Look,
    /// Carry what waits in the outbox.
    Carry,
    /// An officer confirmed twice that the share's time is right: carry what waits.
    TrustTime,
    /// Leave somebody's request on the share.
    Request(Box<Request>),
    /// Read the requests that wait.
    Requests,
    /// Make a backup every day from here on.
    Daily(Daily),
    /// Look at the share from here on by itself no more, and end.
    Stop,
}

/// What the worker says.
#[derive(Debug)]
pub enum News {
    /// How the drive stands, and up to which entry this desk holds the log.
    Drive(Standing, u64),
    /// Who writes while this desk waits for its turn; none when it waits no more.
    Waits(Option<String>),
    /// New entries are in the replica.
    Pulled(u64),
    /// What became of a group. `waited` is whether it had been offered before.
    Settled {
        /// The group's number.
        group: u64,
        /// What became of it.
        outcome: Outcome,
        /// Whether it was offered before.
        waited: bool,
    },
    /// A request lies on the share, with its eight digits; or could not be left there.
    Requested(Result<String, Fault>),
    /// The requests that wait, or why they cannot be read.
    Requests(Result<Vec<AskedFor>, Fault>),
    /// The key book moved on.
    Keys(Arc<super::keybook::KeyBook>),
    /// A session's replica is ready.
    Ready,
    /// The daily backup ended: well, or with what is to be said of it.
    Backup(Option<Fault>),
    /// Something on this PC went wrong.
    Trouble(Fault),
}

/// A handle to the worker.
pub struct Worker {
    jobs: SyncSender<Job>,
    watch: Watch,
    asked: Arc<Asked>,
}

/// Jobs that stand in the queue already: a second one beside them would do nothing, and the queue must keep room for
/// signing out while the worker hangs.
#[derive(Default)]
struct Asked {
    look: AtomicBool,
    carry: AtomicBool,
}

impl Asked {
    fn flag(&self, job: &Job) -> Option<&AtomicBool> {
        match job {
            Job::Look => Some(&self.look),
            Job::Carry => Some(&self.carry),
            _ => None,
        }
    }
}

impl Worker {
    /// Starts the worker on a desk. It lives until it is told to stop or its handle is dropped.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(mut desk: Desk, keeper: Keeper, watch: Watch, say: Say) -> Result<Worker, Fault> {
        let (jobs, queue) = sync_channel(QUEUE);
        // What stands in the outbox now was given before this program began: it may have been written already.
        let waiting = keeper.given()?;
        let offered: BTreeSet<u64> = waiting.iter().map(|(number, _)| *number).collect();
        desk.expect(waiting.into_iter().flat_map(|(_, cids)| cids));
        let inherited = offered.clone();
        let asked = Arc::<Asked>::default();
        let no_thread = |error| Fault::of_io("启动后台线程", error);
        watch.begin(say).map_err(no_thread)?;
        let work = Work {
            desk,
            keeper,
            watch: watch.clone(),
            asked: asked.clone(),
            blocked: None,
            compared: None,
            asked_time: None,
            offered,
            inherited,
            began: Instant::now(),
            daily: None,
            came_back: false,
        };
        std::thread::Builder::new()
            .name("worker".into())
            .spawn(move || work.run(&queue))
            .map_err(no_thread)?;
        Ok(Worker { jobs, watch, asked })
    }

    /// No worker: a second window on this PC only looks at what the first one keeps.
    pub fn none() -> Worker {
        Worker { jobs: sync_channel(QUEUE).0, watch: Watch::default(), asked: Arc::default() }
    }

    /// The watch over it.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Gives a job; never waits. False where the worker has more to do than anybody could have asked for: it hangs.
    pub fn give(&self, job: Job) -> bool {
        let flag = self.asked.flag(&job);
        if flag.is_some_and(|flag| flag.swap(true, Ordering::SeqCst)) {
            return true;
        }
        let given = self.jobs.try_send(job).is_ok();
        if let Some(flag) = flag.filter(|_| !given) {
            flag.store(false, Ordering::SeqCst);
        }
        given
    }
}

struct Work {
    desk: Desk,
    keeper: Keeper,
    watch: Watch,
    asked: Arc<Asked>,
    /// What the last try to write met: a look that reads well says nothing of it.
    blocked: Option<Standing>,
    /// When the end of the log was compared last.
    compared: Option<Instant>,
    /// When a jump of the share's time was met last.
    asked_time: Option<Instant>,
    /// Groups that were offered once already.
    offered: BTreeSet<u64>,
    /// Groups from before this program began: nobody knows whether they stand in the log until the log has answered.
    inherited: BTreeSet<u64>,
    began: Instant,
    /// The daily backup, where one is set.
    daily: Option<Daily>,
    /// No turn of this desk from before its program began holds up the others any more.
    came_back: bool,
}

impl Work {
    fn run(mut self, queue: &Receiver<Job>) {
        // The first look pulls whatever it sees.
        self.compared = Some(Instant::now());
        self.look(false);
        let mut last = Instant::now();
        loop {
            let left = LOOK.saturating_sub(last.elapsed());
            let job = queue.recv_timeout(left);
            if let Some(flag) = job.as_ref().ok().and_then(|job| self.asked.flag(job)) {
                flag.store(false, Ordering::SeqCst);
            }
            match job {
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Job::SignIn(session)) => self.sign_in(session),
                Ok(Job::Expect(next)) => self.desk.expect_session(next),
                Ok(Job::SignOut) => {
                    self.desk.sign_out();
                    self.watch.set_officer("");
                }
                Ok(Job::Carry) => self.carry_and_tell(),
                Ok(Job::TrustTime) => {
                    self.watch.trust_time();
                    self.carry_and_tell();
                }
                Ok(Job::Request(request)) => {
                    let county = self.desk.county();
                    let left = self.desk.leave_request(&request).and_then(|()| request.digits(county));
                    self.say(News::Requested(left));
                }
                Ok(Job::Requests) => {
                    let waiting = self.desk.requests();
                    self.say(News::Requests(waiting));
                }
                Ok(Job::Daily(daily)) => self.daily = Some(daily),
                Ok(Job::Look) | Err(RecvTimeoutError::Timeout) => {
                    self.look(job.is_ok());
                    last = Instant::now();
                }
            }
        }
    }

    fn say(&self, news: News) {
        self.watch.say(news);
    }

    fn sign_in(&mut self, session: Arc<Session>) {
        self.watch.set_officer(&session.officer.0);
        self.asked_time = None;
        match self.desk.sign_in(session) {
            Ok(()) => self.say(News::Ready),
            Err(fault) => self.say(News::Trouble(fault)),
        }
        self.look(false);
    }

    /// Looks for news; what waits is carried as soon as the drive answers again. `wholly`: where the log ends is compared
    /// whatever the counter says.
    fn look(&mut self, wholly: bool) {
        let began = Instant::now();
        let due = wholly || self.compared.is_none_or(|last| last.elapsed() >= COMPARE);
        let looked = self.desk.look().and_then(|pulled| {
            if !due || pulled.new > 0 {
                return Ok(pulled);
            }
            self.desk.pull()
        });
        self.compared = if due && looked.is_ok() { Some(began) } else { self.compared };
        if looked.is_ok() && !self.came_back {
            self.came_back = self.come_back();
        }
        match looked {
            Ok(pulled) => {
                let slow = began.elapsed() > SLOW && pulled.new <= MANY;
                let good = if slow { Standing::slow() } else { Standing::well() };
                if pulled.new > 0 {
                    self.say(News::Keys(Arc::new(self.desk.keys().clone())));
                    self.say(News::Pulled(pulled.n));
                }
                let tries = self.desk.is_signed_in() && self.may_ask_time() && self.has_waiting();
                // Only a try to write can tell of these that they have passed.
                let lasts = |standing: &Standing| {
                    matches!(standing.drive, Drive::ReadOnly | Drive::Full | Drive::Clock)
                };
                if !tries && !self.blocked.as_ref().is_some_and(lasts) {
                    self.blocked = None;
                }
                if self.blocked.is_none() {
                    self.watch.tell(good.clone(), pulled.n);
                }
                let alarm = self.chores();
                if tries {
                    self.carry();
                }
                if let Some(daily) = &mut self.daily {
                    daily.begin();
                }
                match alarm {
                    Some(standing) => self.tell_as(standing),
                    None => self.tell(good),
                }
            }
            Err(fault) => {
                note(&fault);
                if let Some(standing) = Standing::of_reading(&fault) {
                    self.tell_as(standing);
                }
            }
        }
        if let Some(ended) = self.daily.as_mut().and_then(Daily::ended) {
            self.say(News::Backup(ended));
        }
    }

    /// Ends the turn in which this desk died, else every desk would wait until it counts as dead. Whether that is settled.
    fn come_back(&mut self) -> bool {
        match self.desk.come_back() {
            Ok(ended) => {
                if ended {
                    tracing::warn!("the turn in which this desk stopped was ended");
                }
                true
            }
            Err(fault) => {
                note(&fault);
                false
            }
        }
    }

    /// What the desk does for the log beside its officer's work. Answers how the drive stands where that brought an alarm.
    fn chores(&mut self) -> Option<Standing> {
        let mut alarm = None;
        match self.desk.chores(self.began.elapsed()) {
            Ok(0) => {}
            Ok(back) => {
                tracing::warn!(back, "lost entries were brought back");
                let n = self.desk.head_n().unwrap_or(0);
                self.say(News::Keys(Arc::new(self.desk.keys().clone())));
                self.say(News::Pulled(n));
            }
            // Only what was found wrong with the log is told; what merely could not be done now is done later.
            Err(fault) if matches!(fault.kind, FaultKind::Older | FaultKind::Damaged) => {
                note(&fault);
                alarm = Standing::of_reading(&fault);
            }
            Err(fault) => note(&fault),
        }
        if let Some(id) = self.desk.take_new_id()
            && let Err(fault) = self.keeper.renew_id(id)
        {
            self.say(News::Trouble(fault));
        }
        alarm
    }

    /// While a jump of the share's time is open, every try would take a turn for nothing.
    fn may_ask_time(&self) -> bool {
        self.watch.open_jump().is_none() || self.asked_time.is_none_or(|last| last.elapsed() >= ASK_TIME)
    }

    fn has_waiting(&self) -> bool {
        self.keeper.waiting().is_ok_and(|groups| !groups.is_empty())
    }

    /// How the drive stands after a try to write: what the try met, else as good as the look found it.
    fn tell(&self, good: Standing) {
        self.tell_as(self.blocked.clone().unwrap_or(good));
    }

    fn tell_as(&self, standing: Standing) {
        self.watch.tell(standing, self.desk.head_n().unwrap_or(0));
    }

    fn carry_and_tell(&mut self) {
        if self.carry() {
            self.tell(Standing::well());
        } else if let Some(blocked) = self.blocked.clone() {
            self.tell_as(blocked);
        }
    }

    /// Offers what waits. Whether a turn went through.
    fn carry(&mut self) -> bool {
        let mut through = false;
        loop {
            let groups = match self.keeper.waiting() {
                Ok(groups) => groups,
                Err(fault) => {
                    self.say(News::Trouble(fault));
                    return through;
                }
            };
            let batch: Vec<Group> = groups.into_iter().take(TOGETHER).collect();
            if batch.is_empty() || !self.desk.is_signed_in() {
                return through;
            }
            if let Ok(head) = self.desk.replica().head() {
                self.watch.set_newest(head.share_ms);
            }
            let orders: Vec<_> = batch.iter().map(|group| group.orders.clone()).collect();
            let before = self.desk.keys().moves();
            let outcomes = self.desk.carry(&orders);
            if self.desk.keys().moves() != before {
                self.say(News::Keys(Arc::new(self.desk.keys().clone())));
            }
            let mut moved = false;
            for (group, outcome) in batch.iter().zip(outcomes) {
                if matches!(outcome, Outcome::Done(_) | Outcome::Refused(_)) {
                    (through, self.blocked) = (true, None);
                }
                moved |= self.settle(group, outcome);
            }
            if let Ok(n) = self.desk.head_n()
                && moved
            {
                self.say(News::Pulled(n));
            }
            if !moved {
                return through;
            }
        }
    }

    /// What a try to write met.
    fn met(&mut self, fault: &Fault) {
        note(fault);
        if fault.kind == FaultKind::Clock {
            self.asked_time = Some(Instant::now());
        }
        // Somebody else's turn says nothing of what was met before.
        if fault.kind != FaultKind::Busy {
            self.blocked = Standing::of_writing(fault);
        }
    }

    /// A refused group stays with its words and the reasons until somebody takes them back: the form that is still open,
    /// or its author out of the outbox.
    fn refuse(&self, group: &Group, refusals: &[Refusal]) -> Result<(), Fault> {
        let text = refusals.iter().map(Refusal::full).collect::<Vec<_>>().join("\n");
        self.keeper.set_state(&group.orders, &OutState::Refused(text))
    }

    /// Notes what became of a group; whether it left the queue.
    fn settle(&mut self, group: &Group, outcome: Outcome) -> bool {
        let waited = !self.offered.insert(group.number) || group.unknown;
        let (kept, outcome, left) = match outcome {
            Outcome::Done(receipts) => (self.keeper.let_go(&group.orders), Outcome::Done(receipts), true),
            Outcome::Refused(refusals) => (self.refuse(group, &refusals), Outcome::Refused(refusals), true),
            Outcome::Unknown(fault) => {
                self.met(&fault);
                (self.keeper.set_state(&group.orders, &OutState::Unknown), Outcome::Unknown(fault), false)
            }
            Outcome::Waiting(fault) => {
                self.met(&fault);
                if group.unknown || self.inherited.contains(&group.number) || may_wait(group) {
                    (Ok(()), Outcome::Waiting(fault), false)
                } else {
                    let sentence = not_waiting(&fault);
                    let refusal = Refusal::new(Code::Offline, "", sentence);
                    let refusals = vec![refusal];
                    (self.refuse(group, &refusals), Outcome::Refused(refusals), true)
                }
            }
        };
        if left {
            self.offered.remove(&group.number);
            self.inherited.remove(&group.number);
        }
        self.say(News::Settled { group: group.number, outcome, waited });
        match kept {
            Ok(()) => left,
            Err(fault) => {
                self.say(News::Trouble(fault));
                false
            }
        }
    }
}

fn note(fault: &Fault) {
    tracing::warn!(kind = ?fault.kind, "the share cannot be used: {}", fault.what);
}

/// What is said of an order that may not wait for the drive.
fn not_waiting(fault: &Fault) -> String {
    match fault.kind {
        FaultKind::Busy => format!("{}，等了一会儿还没轮到，没有写入；请稍候再按F9或F10。", fault.what),
        FaultKind::User => format!("{}，没有写入；{}。", fault.what, fault.next),
        FaultKind::Clock => {
            format!("{}，没有写入；请回工作台选「核对共享盘时间」，再按F9或F10。", fault.what)
        }
        _ => format!("{}，这一项不能脱机办理，没有写入；恢复联机后再按F9或F10。", fault.what),
    }
}

/// Whether every order of a group may wait while the drive is away: approvals, batches, roles and keys never do.
fn may_wait(group: &Group) -> bool {
    group.orders.iter().all(|signed| verbs::find(&signed.order.verb).is_some_and(|verb| verb.offline))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::{Day, Stamp};
    use crate::domain::command::Command;
    use crate::domain::command::funds::Allot;
    use crate::domain::fund::{Purpose, Till};
    use crate::domain::office::{Office, Role};
    use crate::domain::private::Private;
    use crate::office::scratch::Scratch;
    use crate::office::setup::NewOfficer;
    use crate::office::{order, place};
    use std::sync::mpsc::channel;

    /// What the worker says of a group while the drive is away.
    fn settled_away(from_before: bool) -> (Outcome, usize) {
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: BTreeSet::from([role]),
        };
        let officers = [officer("9000", Role::Administrator), officer("9001", Role::Finance)];
        let office =
            Scratch::found(&officers, Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0), false).unwrap();
        let county = office.desk().county();
        let folder = office.desk_folder().with_file_name("second");
        let mut opened = place::open_desk(&folder, &office.share_folder(), county).unwrap();
        opened.desk.pull().unwrap();
        std::fs::rename(office.share_folder(), office.share_folder().with_file_name("away")).unwrap();
        let session = office.session(&"9001".into()).unwrap();
        let allot = Command::Allot(Allot {
            township: 102,
            amount: crate::base::money::Money::from_fen(100),
            till: Till::Bank,
            fund: None,
            purpose: Purpose::Assistance,
            note: None,
        });
        let signed = order::sign(&session, county, 1, &allot, Private::default()).unwrap();
        let (to, news) = channel();
        let keeper = opened.keeper.clone();
        let put = || keeper.put(1, std::slice::from_ref(&signed), 0, None).unwrap();
        if from_before {
            put();
        }
        let say = Box::new(move |item| drop(to.send(item)));
        let worker = Worker::start(opened.desk, opened.keeper.clone(), opened.watch, say).unwrap();
        if !from_before {
            put();
        }
        worker.give(Job::SignIn(session));
        worker.give(Job::Carry);
        let outcome = news
            .iter()
            .find_map(|item| if let News::Settled { outcome, .. } = item { Some(outcome) } else { None })
            .unwrap();
        (outcome, keeper.waiting().unwrap().len())
    }

    #[test]
    fn what_a_dead_program_left_is_not_called_unwritten_while_the_drive_is_away() {
        let (outcome, left) = settled_away(true);
        assert!(matches!(outcome, Outcome::Waiting(_)), "it may stand in the log: {outcome:?}");
        assert_eq!(left, 1);
    }

    #[test]
    fn what_may_not_wait_is_given_back_while_the_drive_is_away() {
        let (outcome, left) = settled_away(false);
        assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
        assert_eq!(left, 0);
    }
}
