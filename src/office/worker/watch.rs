//! The watch (看守): what the worker's thread, the way to the share and a thread beside them know together, so that the
//! screens hear of a call that hangs while the worker itself cannot speak, and of who writes while this desk waits.
//!
//! The thread beside looks up once in the time between two looks at the share, and oftener only while a call lasts.

use super::drive::{Drive, Standing};
use super::{LOOK, News, SLOW};
use crate::base::day::Stamp;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// A call of the share that lasts longer than this is not coming back soon: 断开.
pub const HANGS: Duration = Duration::from_secs(20);

/// The voice to the screens. Must not wait.
pub type Say = Box<dyn Fn(News) + Send + Sync>;

/// The watch of one desk.
#[derive(Clone, Default)]
pub struct Watch(Arc<Inner>);

struct Inner {
    origin: Instant,
    /// When the present call of the share began, in ms since `origin` and one more; 0 between calls.
    began: AtomicU64,
    officer: Mutex<String>,
    told: Mutex<Told>,
    times: Mutex<Times>,
}

/// What was said last, and to whom.
struct Told {
    say: Option<Say>,
    standing: Standing,
    n: u64,
    waits: Option<String>,
}

/// What is known of clocks.
#[derive(Clone, Copy, Default)]
struct Times {
    /// The share's time in the newest entry, ms; 0 where none is known.
    newest_ms: i64,
    /// How far the share's clock was ahead of this PC's when an officer confirmed it twice, ms.
    trusted: Option<i64>,
    /// The jump that waits for somebody to confirm it.
    open: Option<Jump>,
}

/// The share's clock has jumped (共享盘时间跳动).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The share's time.
    pub share: Stamp,
    /// The share's time in the newest entry.
    pub newest: Stamp,
    /// This PC's time.
    pub desk: Stamp,
}

/// A jump is more than this, in ms: a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Jump {
    /// Whether the share's time is a jump against the newest entry that this PC's clock does not bear out: forward by
    /// more than a day, or standing at an entry that lies more than a day from this PC's clock. Nights, weekends and
    /// holidays are none: this PC's clock has gone along.
    pub fn of(share: Stamp, newest: Stamp, desk: Stamp) -> Option<Jump> {
        let forward = share.0.saturating_sub(newest.0) > DAY_MS;
        let stands = share <= newest;
        let apart = share.0.abs_diff(desk.0) > DAY_MS.unsigned_abs();
        (newest.0 > 0 && (forward || stands) && apart).then_some(Jump { share, newest, desk })
    }

    /// What is wrong.
    pub fn what(&self) -> String {
        format!(
            "共享盘时间是 {}，最新记录是 {}，本机时间是 {}，相差超过一天",
            self.share.text(),
            self.newest.text(),
            self.desk.text()
        )
    }
}

impl Default for Inner {
    fn default() -> Inner {
        Inner {
            origin: Instant::now(),
            began: AtomicU64::new(0),
            officer: Mutex::default(),
            told: Mutex::new(Told { say: None, standing: Standing::unknown(), n: 0, waits: None }),
            times: Mutex::default(),
        }
    }
}

/// A thread that died with a lock in its hands left nothing half done here.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call of the share under way.
pub struct Calling<'a>(&'a Inner);

impl Drop for Calling<'_> {
    fn drop(&mut self) {
        self.0.began.store(0, Ordering::SeqCst);
    }
}

impl Inner {
    fn now_ms(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX - 1)
    }

    /// When the present call began, and how long it has lasted.
    fn calling(&self) -> Option<(u64, Duration)> {
        match self.began.load(Ordering::SeqCst) {
            0 => None,
            began => Some((began, Duration::from_millis((self.now_ms() + 1).saturating_sub(began)))),
        }
    }
}

impl Told {
    fn tell(&mut self, standing: Standing, n: u64) {
        if self.standing == standing {
            return;
        }
        (self.standing, self.n) = (standing.clone(), n);
        if let Some(say) = &self.say {
            say(News::Drive(standing, n));
        }
    }
}

impl Watch {
    /// A call of the share begins; it lasts until what comes back is dropped.
    pub fn call(&self) -> Calling<'_> {
        self.0.began.store(self.0.now_ms() + 1, Ordering::SeqCst);
        Calling(&self.0)
    }

    /// The number of the officer in session, for the slip of a turn; empty where nobody is signed in.
    pub fn officer(&self) -> String {
        locked(&self.0.officer).clone()
    }

    /// Who is in session from now on.
    pub fn set_officer(&self, officer: &str) {
        officer.clone_into(&mut locked(&self.0.officer));
    }

    /// Says how the drive stands, where it was said otherwise before.
    pub(super) fn tell(&self, standing: Standing, n: u64) {
        locked(&self.0.told).tell(standing, n);
    }

    /// Says who writes while this desk waits for its turn, or that it waits no more.
    pub fn waits(&self, sentence: Option<String>) {
        let mut told = locked(&self.0.told);
        if told.waits != sentence {
            told.waits.clone_from(&sentence);
            if let Some(say) = &told.say {
                say(News::Waits(sentence));
            }
        }
    }

    /// Says something else.
    pub(super) fn say(&self, news: News) {
        if let Some(say) = &locked(&self.0.told).say {
            say(news);
        }
    }

    /// The share's time in the newest entry that this desk has applied.
    pub(super) fn set_newest(&self, share_ms: i64) {
        locked(&self.0.times).newest_ms = share_ms;
    }

    /// Judges the share's time in a turn, before anything is signed in it. What is left open is told by
    /// [`Watch::open_jump`]; what somebody confirmed is no jump again.
    pub fn judge_time(&self, share: Stamp, newest_in_turn: Option<i64>, desk: Stamp) -> Option<Jump> {
        let mut times = locked(&self.0.times);
        let newest = Stamp(newest_in_turn.unwrap_or(0).max(times.newest_ms));
        let off = share.0.saturating_sub(desk.0);
        let trusted = times.trusted.is_some_and(|known| known.abs_diff(off) <= DAY_MS.unsigned_abs());
        times.open = if trusted { None } else { Jump::of(share, newest, desk) };
        times.open
    }

    /// The jump that waits for somebody to confirm it.
    pub fn open_jump(&self) -> Option<Jump> {
        locked(&self.0.times).open
    }

    /// An officer confirmed twice that the share's time is right.
    pub(super) fn trust_time(&self) {
        let mut times = locked(&self.0.times);
        if let Some(jump) = times.open.take() {
            times.trusted = Some(jump.share.0.saturating_sub(jump.desk.0));
        }
    }

    /// Takes the voice and begins to watch, for as long as the worker lives.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn begin(&self, say: Say) -> std::io::Result<()> {
        locked(&self.0.told).say = Some(say);
        let inner = Arc::downgrade(&self.0);
        std::thread::Builder::new().name("watch".into()).spawn(move || keep_watch(&inner)).map(drop)
    }
}

fn keep_watch(inner: &Weak<Inner>) {
    let mut rest = LOOK;
    loop {
        std::thread::sleep(rest);
        let Some(inner) = inner.upgrade() else { return };
        rest = look_up(&inner);
    }
}

/// Says what a call that lasts means, and answers when to look up again.
fn look_up(inner: &Inner) -> Duration {
    let Some((began, lasts)) = inner.calling() else { return LOOK };
    if lasts < SLOW {
        return SLOW - lasts;
    }
    let mut told = locked(&inner.told);
    // The worker speaks only after its call has ended: whoever sees the call still there under this lock speaks first.
    if inner.began.load(Ordering::SeqCst) != began {
        return LOOK;
    }
    let n = told.n;
    if lasts >= HANGS {
        told.tell(Standing::hangs(), n);
        return LOOK;
    }
    if matches!(told.standing.drive, Drive::Well | Drive::Unknown) {
        told.tell(Standing::slow(), n);
    }
    HANGS - lasts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use std::sync::mpsc::{Receiver, channel};

    fn heard() -> (Watch, Receiver<News>) {
        let watch = Watch::default();
        let (to, news) = channel();
        locked(&watch.0.told).say = Some(Box::new(move |item| drop(to.send(item))));
        (watch, news)
    }

    fn words(news: &Receiver<News>) -> Vec<Drive> {
        let drive = |item| if let News::Drive(standing, _) = item { Some(standing.drive) } else { None };
        news.try_iter().filter_map(drive).collect()
    }

    /// As if the present call had begun so long ago.
    fn lasts(watch: &Watch, time: Duration) {
        let ago = u64::try_from(time.as_millis()).unwrap();
        watch.0.began.store((watch.0.now_ms() + 1).saturating_sub(ago).max(1), Ordering::SeqCst);
    }

    /// A watch whose origin lies a minute back, so that calls may have begun before now.
    fn old_watch() -> (Watch, Receiver<News>) {
        let (to, news) = channel();
        let origin = Instant::now().checked_sub(Duration::from_secs(60)).unwrap();
        let inner = Inner { origin, ..Inner::default() };
        let watch = Watch(Arc::new(inner));
        locked(&watch.0.told).say = Some(Box::new(move |item| drop(to.send(item))));
        (watch, news)
    }

    #[test]
    fn a_call_that_lasts_is_slow_and_then_away() {
        let (watch, news) = old_watch();
        watch.tell(Standing::well(), 7);
        assert_eq!(words(&news), [Drive::Well]);
        assert_eq!(look_up(&watch.0), LOOK, "nothing is under way");
        let calling = watch.call();
        assert!(look_up(&watch.0) <= SLOW);
        assert!(words(&news).is_empty());
        lasts(&watch, Duration::from_secs(3));
        assert!(look_up(&watch.0) < HANGS);
        assert_eq!(words(&news), [Drive::Slow]);
        lasts(&watch, Duration::from_secs(21));
        look_up(&watch.0);
        look_up(&watch.0);
        assert_eq!(words(&news), [Drive::Away], "said once");
        drop(calling);
        assert_eq!(look_up(&watch.0), LOOK);
        watch.tell(Standing::well(), 7);
        assert_eq!(words(&news), [Drive::Well]);
    }

    #[test]
    fn a_slow_look_at_a_damaged_share_does_not_make_it_slow() {
        let (watch, news) = old_watch();
        watch.tell(Standing::new(Drive::Damaged, "第 3 条不成立", "报告管理员"), 2);
        let _calling = watch.call();
        lasts(&watch, Duration::from_secs(4));
        look_up(&watch.0);
        assert_eq!(words(&news), [Drive::Damaged]);
    }

    #[test]
    fn who_writes_is_said_once_and_taken_back() {
        let (watch, news) = heard();
        watch.waits(Some("正在由 1003 写入".into()));
        watch.waits(Some("正在由 1003 写入".into()));
        watch.waits(None);
        watch.waits(None);
        assert_eq!(news.try_iter().count(), 2);
    }

    fn at(day: u32, hour: u32) -> Stamp {
        Stamp::at(Day::new(2026, 11, day).unwrap(), hour, 0)
    }

    #[test]
    fn only_a_jump_that_this_pc_does_not_bear_out_is_one() {
        let friday = at(20, 17);
        assert_eq!(Jump::of(at(23, 9), friday, at(23, 9)), None, "a weekend");
        assert_eq!(Jump::of(at(20, 18), friday, at(25, 9)), None, "this PC alone is wrong");
        assert!(Jump::of(at(25, 9), friday, at(20, 18)).is_some(), "the server's clock ran ahead");
        assert!(Jump::of(friday, friday, at(23, 9)).is_some(), "the server's clock was set back");
        assert_eq!(Jump::of(at(25, 9), Stamp(0), at(20, 18)), None, "nothing to compare with");
    }

    #[test]
    fn a_jump_confirmed_is_none_until_the_clocks_part_again() {
        let (watch, _news) = heard();
        watch.set_newest(at(20, 17).0);
        assert!(watch.judge_time(at(25, 9), None, at(20, 18)).is_some());
        assert!(watch.open_jump().is_some());
        watch.trust_time();
        assert_eq!(watch.open_jump(), None);
        assert_eq!(watch.judge_time(at(25, 10), None, at(20, 19)), None);
        assert!(watch.judge_time(at(29, 10), None, at(20, 20)).is_some(), "another jump");
        assert_eq!(watch.judge_time(at(20, 21), Some(at(20, 20).0), at(20, 21)), None, "put right");
        assert_eq!(watch.open_jump(), None);
    }
}
