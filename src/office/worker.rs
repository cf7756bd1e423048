//! The worker (后台): the one thread that touches the share. It looks for news every few seconds, carries what waits in the
//! outbox, and says what became of it. The thread that draws never waits for it; neither does leaving.

use super::backup::daily::Daily;
use super::desk::Desk;
use super::keeper::{Group, Keeper};
use super::outcome::Outcome;
use super::session::Session;
use crate::domain::catalogue::verbs;
use crate::domain::code::Code;
use crate::domain::refusal::Refusal;
use crate::store::desk::OutState;
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How often the share is looked at while nothing happens.
const LOOK: Duration = Duration::from_secs(4);
/// A look that takes longer than this is called slow.
const SLOW: Duration = Duration::from_secs(2);
/// More jobs than this never wait: each is a key of a person.
const QUEUE: usize = 64;
/// How many groups share one turn.
const TOGETHER: usize = 16;

/// What the worker is asked.
pub enum Job {
    /// An officer signed in.
    SignIn(Arc<Session>),
    /// He signed out.
    SignOut,
    /// Look for news now.
    Look,
    /// Carry what waits in the outbox.
    Carry,
    /// Make a backup every day from here on.
    Daily(Daily),
    /// Look at the share from here on by itself no more, and end.
    Stop,
}

/// How the drive stands (共享盘状态), in the words of every screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Nobody looked yet.
    Unknown,
    /// 联机.
    Well,
    /// 慢.
    Slow,
    /// 断开.
    Away,
    /// 较旧.
    Older,
    /// 不是本县的.
    Foreign,
    /// 被改动.
    Damaged(String),
    /// 只读.
    ReadOnly,
    /// 程序太旧.
    TooOld,
    /// 盘满.
    Full,
    /// 只看: a second window on this PC.
    SecondWindow,
}

impl Drive {
    /// The word in the title bar.
    pub fn zh(&self) -> &'static str {
        match self {
            Drive::Unknown => "连接中",
            Drive::Well => "联机",
            Drive::Slow => "慢",
            Drive::Away => "断开",
            Drive::Older => "较旧",
            Drive::Foreign => "不是本县的",
            Drive::Damaged(_) => "被改动",
            Drive::ReadOnly => "只读",
            Drive::TooOld => "程序太旧",
            Drive::Full => "盘满",
            Drive::SecondWindow => "只看",
        }
    }

    fn of(fault: &Fault) -> Drive {
        match fault.kind {
            FaultKind::Older => Drive::Older,
            FaultKind::NotOurs => Drive::Foreign,
            FaultKind::Damaged => Drive::Damaged(fault.what.clone()),
            FaultKind::ReadOnly => Drive::ReadOnly,
            FaultKind::Newer => Drive::TooOld,
            FaultKind::Full => Drive::Full,
            FaultKind::Busy => Drive::Slow,
            _ => Drive::Away,
        }
    }
}

/// What the worker says.
#[derive(Debug)]
pub enum News {
    /// How the drive stands, and up to which entry this desk holds the log.
    Drive(Drive, u64),
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
}

impl Worker {
    /// Starts the worker on a desk. It lives until it is told to stop or its handle is dropped.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(desk: Desk, keeper: Keeper, say: Box<dyn Fn(News) + Send>) -> Result<Worker, Fault> {
        let (jobs, queue) = sync_channel(QUEUE);
        // What stands in the outbox now was given before this program began: it may have been written already.
        let offered: BTreeSet<u64> = keeper.waiting()?.iter().map(|group| group.number).collect();
        let inherited = offered.clone();
        let work = Work { desk, keeper, say, drive: Drive::Unknown, offered, inherited, daily: None };
        std::thread::Builder::new()
            .name("worker".into())
            .spawn(move || work.run(&queue))
            .map_err(|error| Fault::of_io("启动后台线程", error))?;
        Ok(Worker { jobs })
    }

    /// No worker: a second window on this PC only looks at what the first one keeps.
    pub fn none() -> Worker {
        Worker { jobs: sync_channel(QUEUE).0 }
    }

    /// Gives a job; never waits. False where the worker has more to do than anybody could have asked for: it hangs.
    pub fn give(&self, job: Job) -> bool {
        self.jobs.try_send(job).is_ok()
    }
}

struct Work {
    desk: Desk,
    keeper: Keeper,
    say: Box<dyn Fn(News) + Send>,
    drive: Drive,
    /// Groups that were offered once already.
    offered: BTreeSet<u64>,
    /// Groups from before this program began: nobody knows whether they stand in the log until the log has answered.
    inherited: BTreeSet<u64>,
    /// The daily backup, where one is set.
    daily: Option<Daily>,
}

impl Work {
    fn run(mut self, queue: &Receiver<Job>) {
        self.look();
        let mut last = Instant::now();
        loop {
            let left = LOOK.saturating_sub(last.elapsed());
            match queue.recv_timeout(left) {
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Job::SignIn(session)) => self.sign_in(session),
                Ok(Job::SignOut) => self.desk.sign_out(),
                Ok(Job::Carry) => self.carry(),
                Ok(Job::Daily(daily)) => self.daily = Some(daily),
                Ok(Job::Look) | Err(RecvTimeoutError::Timeout) => {
                    self.look();
                    last = Instant::now();
                }
            }
        }
    }

    fn sign_in(&mut self, session: Arc<Session>) {
        match self.desk.sign_in(session) {
            Ok(()) => (self.say)(News::Ready),
            Err(fault) => (self.say)(News::Trouble(fault)),
        }
        self.look();
    }

    /// Looks for news; what waits is carried as soon as the drive answers again.
    fn look(&mut self) {
        let began = Instant::now();
        match self.desk.look() {
            Ok(pulled) => {
                let drive = if began.elapsed() > SLOW { Drive::Slow } else { Drive::Well };
                self.set_drive(drive, pulled.n);
                if pulled.new > 0 {
                    (self.say)(News::Keys(Arc::new(self.desk.keys().clone())));
                    (self.say)(News::Pulled(pulled.n));
                }
                if self.desk.is_signed_in() {
                    self.carry();
                }
                if let Some(daily) = &mut self.daily {
                    daily.begin();
                }
            }
            Err(fault) => self.away(&fault),
        }
        if let Some(ended) = self.daily.as_mut().and_then(Daily::ended) {
            (self.say)(News::Backup(ended));
        }
    }

    fn away(&mut self, fault: &Fault) {
        tracing::warn!(kind = ?fault.kind, "the share cannot be used: {}", fault.what);
        let n = self.desk.head_n().unwrap_or(0);
        self.set_drive(Drive::of(fault), n);
    }

    fn set_drive(&mut self, drive: Drive, n: u64) {
        if self.drive != drive {
            self.drive = drive.clone();
            (self.say)(News::Drive(drive, n));
        }
    }

    fn carry(&mut self) {
        loop {
            let groups = match self.keeper.waiting() {
                Ok(groups) => groups,
                Err(fault) => return (self.say)(News::Trouble(fault)),
            };
            let batch: Vec<Group> = groups.into_iter().take(TOGETHER).collect();
            if batch.is_empty() || !self.desk.is_signed_in() {
                return;
            }
            let orders: Vec<_> = batch.iter().map(|group| group.orders.clone()).collect();
            let outcomes = self.desk.carry(&orders);
            let mut moved = false;
            for (group, outcome) in batch.iter().zip(outcomes) {
                moved |= self.settle(group, outcome);
            }
            if let Ok(n) = self.desk.head_n()
                && moved
            {
                (self.say)(News::Pulled(n));
            }
            if !moved {
                return;
            }
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
                self.away(&fault);
                (self.keeper.set_state(&group.orders, &OutState::Unknown), Outcome::Unknown(fault), false)
            }
            Outcome::Waiting(fault) => {
                self.away(&fault);
                if group.unknown || self.inherited.contains(&group.number) || may_wait(group) {
                    (Ok(()), Outcome::Waiting(fault), false)
                } else {
                    let sentence =
                        format!("{}，这一项不能脱机办理，没有写入；恢复联机后再按F9或F10。", fault.what);
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
        (self.say)(News::Settled { group: group.number, outcome, waited });
        match kept {
            Ok(()) => left,
            Err(fault) => {
                (self.say)(News::Trouble(fault));
                false
            }
        }
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
        let worker = Worker::start(opened.desk, opened.keeper.clone(), say).unwrap();
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
