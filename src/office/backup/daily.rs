//! The backup that is made by itself (每天自动备份): once a day, on a thread of its own, so that a stick that hangs holds
//! up nothing; never two at a time. Whoever works with the share asks now and then whether one has ended.

use super::{Chosen, Plan, make};
use crate::office::desk::Clock;
use crate::store::backup::Copied;
use crate::store::desk::backups::{Backups, What};
use crate::store::fault::{Fault, FaultKind};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// How long after one that failed the next is tried: the stick may be plugged in meanwhile.
const AGAIN: Duration = Duration::from_secs(30 * 60);

/// The daily backup of a desk.
pub struct Daily {
    plan: Plan,
    clock: Clock,
    running: Option<Receiver<Result<Copied, Fault>>>,
    tried: Option<Instant>,
    /// What was said last, so that it is said once.
    said: Option<String>,
}

impl Daily {
    /// For a plan with a folder set; none where none is.
    pub fn of(plan: Plan, clock: Clock) -> Option<Daily> {
        plan.target.is_some().then_some(Daily { plan, clock, running: None, tried: None, said: None })
    }

    /// Called after each look at the share that went well: begins one where none was made today. Never waits.
    pub fn begin(&mut self) {
        if self.running.is_some() || self.tried.is_some_and(|tried| tried.elapsed() < AGAIN) {
            return;
        }
        self.tried = Some(Instant::now());
        if self.made_today() {
            return;
        }
        let (plan, now) = (self.plan.clone(), (self.clock)());
        let (to, running) = channel();
        let work = move || {
            let made = make(&plan, Chosen::Set, now, &mut |_| {}).map(|(_, copied)| copied);
            // Where nobody asks any more the program has ended; it is remembered in the desk's file.
            let _ = to.send(made);
        };
        match std::thread::Builder::new().name("backup".into()).spawn(work) {
            Ok(_) => self.running = Some(running),
            Err(error) => tracing::warn!("no thread for the backup: {error}"),
        }
    }

    /// Whether one has ended, with what is to be said of it: a trouble, once. Never waits.
    pub fn ended(&mut self) -> Option<Option<Fault>> {
        let made = match self.running.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(Fault::bug("备份中途停止")),
            Ok(made) => made,
        };
        self.running = None;
        Some(self.judge(made))
    }

    fn judge(&mut self, made: Result<Copied, Fault>) -> Option<Fault> {
        match made {
            Ok(copied) => {
                tracing::info!("backup up to entry {}, {} new", copied.head.n, copied.entries);
                self.said = None;
                let bad = copied.damaged.first()?;
                Some(Fault::new(
                    FaultKind::Damaged,
                    format!("备份盘上有损坏的文件 {}：{}", bad.file, bad.why),
                    "其中各条已重新备份；请运行 jiuji drill 检查这个盘",
                ))
            }
            // Somebody makes one at this moment, which is just as well.
            Err(fault) if fault.kind == FaultKind::Busy => None,
            Err(fault) => {
                tracing::warn!("no backup: {}", fault.what);
                let words = fault.to_string();
                let new = self.said.as_ref() != Some(&words);
                self.said = Some(words);
                new.then_some(Fault { what: format!("自动备份没有做成：{}", fault.what), ..fault })
            }
        }
    }

    /// Begins again without waiting for its time.
    #[cfg(test)]
    pub(super) fn again(&mut self) {
        self.tried = None;
        self.begin();
    }

    fn made_today(&self) -> bool {
        let Ok(folder) = self.plan.folder(Chosen::Set) else { return false };
        let folder = folder.display().to_string();
        let made = Backups::open(&self.plan.desk).and_then(|known| known.of_folder(What::Copy, &folder));
        let today = (self.clock)().day();
        made.ok().flatten().is_some_and(|made| crate::base::day::Stamp(made.at_ms).day() == today)
    }
}
