//! The share's worst day in a course (最坏的一天): last week's copy is put back, the live log is cut or a page of it blank,
//! the folder is emptied. Desks that know better say so and write nothing; those that do not may go on with what is left.
//! Then one of them rebuilds the log, where there are two branches by the administrator's word, and the course goes on.

use super::course::{Course, STANDS, pc};
use super::station::Said;
use crate::ledger::Head;
use crate::office::rebuild::{Keep, Rebuilt};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::drive::Drive as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often in one course at the most.
const TIMES: u64 = 2;
/// How often a desk tries to rebuild.
const TRIES: u32 = 12;

/// What came of a desk's try to rebuild the log.
enum Tried {
    /// It is published anew.
    Published,
    /// The desk found it whole, with so many entries.
    Sound(u64),
    /// The desk has nothing to rebuild it from, or was told not to.
    Cannot,
}

impl Course<'_> {
    /// Spoils the share, lets desks meet it, has it rebuilt.
    pub(super) fn spoil_the_share(&mut self) {
        if self.worst >= TIMES || self.books.log.len() <= 30 {
            return;
        }
        let disk = self.setup.disk.clone();
        let let_sleep = self.rng.below(3) == 0;
        for seat in self.seats_in_use() {
            disk.set_away(pc(seat), false);
            if !let_sleep {
                self.seats.wake(seat);
            }
        }
        disk.clear();
        self.round(Vec::new());
        self.bury();
        if !self.books.broken.is_empty() || self.alarm.is_some() {
            return;
        }
        self.slept = self.seats_in_use().filter(|seat| !self.seats.is_idle(*seat)).collect();
        let Some(left) = self.spoil() else {
            self.slept.clear();
            return;
        };
        self.worst += 1;
        self.books.forked = true;
        disk.pass(Duration::from_secs(60));
        self.meet_it(left);
        if self.books.broken.is_empty() {
            self.recover();
        }
    }

    /// What happens to the share; up to which entry it is left as it was, or nothing if it cannot happen now.
    fn spoil(&mut self) -> Option<u64> {
        let disk = self.setup.disk.clone();
        match self.rng.below(4) {
            0 | 1 => {
                let (copy, n) = self.old_share.take()?;
                if n >= self.books.log.len() as u64 {
                    return None;
                }
                self.note("放回旧备份后重建");
                disk.put_back(&disk.share(), &copy);
                Some(n)
            }
            2 => {
                let live = self.live_file()?;
                if self.rng.below(2) == 0 {
                    self.note("日志被截断后重建");
                    disk.cut_file(&live, self.rng.below(4));
                } else {
                    self.note("日志缺页后重建");
                    disk.blank_page(&live, self.rng.below(1_000));
                }
                Some(0)
            }
            _ => {
                self.note("共享盘清空后重建");
                disk.take_away(&disk.share());
                Some(0)
            }
        }
    }

    /// The log file that is written to.
    fn live_file(&self) -> Option<PathBuf> {
        let share = self.setup.disk.share();
        let names = self.setup.disk.drive(super::course::FOUNDER).list(&share).ok()?;
        let logs = names.into_iter().filter(|name| name.starts_with("log.") && name.ends_with(".db"));
        Some(share.join(logs.max()?))
    }

    /// Some desks work on what is left. Who holds more than that must not be told that anything is done.
    fn meet_it(&mut self, left: u64) {
        for seat in self.seats_in_use() {
            if !self.seats.is_idle(seat) || self.rng.below(2) == 0 {
                continue;
            }
            let Some(head) = self.ask(seat, super::station::Station::head) else { return };
            let behind = self.behind.contains(&seat);
            let live = self.live.clone();
            let told = Arc::new(Mutex::new(Vec::new()));
            let to = told.clone();
            let job = move |station: &mut super::station::Station| {
                let answer = station.work(&live);
                answer.said.clone_into(&mut to.lock().unwrap_or_else(PoisonError::into_inner));
                answer
            };
            self.round(vec![(seat, Box::new(job))]);
            let said = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let wrote = said.iter().any(|said| matches!(said, Said::Done(_)));
            // What a desk holds that has not been at the log since it was rebuilt is another branch, however long.
            let knew = left > 0 && head.n > left && !behind;
            if wrote {
                self.note("在坏盘上写成");
            }
            self.hold(!(wrote && knew), || {
                format!("办公桌 {seat} 有第 {} 条，却在只到第 {left} 条的旧备份上写成：{said:?}", head.n)
            });
        }
    }

    /// One desk after the other tries, until the log is published anew; those that hold most first, or anybody.
    fn recover(&mut self) {
        let mut order: Vec<(u64, usize)> = Vec::new();
        for seat in self.seats_in_use() {
            if self.seats.is_idle(seat)
                && let Some(Head { n, .. }) = self.ask(seat, super::station::Station::head)
            {
                order.push((n, seat));
            }
        }
        order.sort_by_key(|(n, seat)| (std::cmp::Reverse(*n), *seat));
        if self.rng.below(2) == 0 && !order.is_empty() {
            let by = usize::try_from(self.rng.below(order.len() as u64)).unwrap_or(0);
            order.rotate_left(by);
        }
        let whole = self.books.log.len() as u64;
        let mut sound = 0;
        for (_, seat) in order {
            match self.rebuilt_by(seat) {
                Tried::Published => return,
                Tried::Sound(entries) if entries == whole => sound += 1,
                Tried::Sound(_) | Tried::Cannot => {}
            }
            if !self.books.broken.is_empty() {
                return;
            }
        }
        // A page on which nothing stood: the log is what it was. If it cannot be written to, the course shows that.
        if sound > 0 {
            self.note("坏页上没有内容");
            self.books.forked = false;
            return;
        }
        self.books.broken.push("没有一台电脑能重建".into());
    }

    /// Has this desk publish the log anew, if it finds that it must be.
    fn rebuilt_by(&mut self, seat: usize) -> Tried {
        // Where a branch may still lie on some desk since the last time, only the administrator can leave it.
        let mut officer = if self.worst > 1 || self.rng.below(2) == 0 { "9000" } else { "1021" };
        let (mut without_others, mut keep) = (false, None);
        let mut last = None;
        for _ in 0..TRIES {
            let came: Arc<Mutex<Option<Result<Rebuilt, Fault>>>> = Arc::default();
            let to = came.clone();
            self.round(vec![(
                seat,
                Box::new(move |station| station.rebuild(officer, without_others, keep, &to)),
            )]);
            let came = came.lock().unwrap_or_else(PoisonError::into_inner).take();
            match came {
                Some(Ok(Rebuilt::Sound { entries })) => {
                    self.note("重建时完好");
                    return Tried::Sound(entries);
                }
                Some(Ok(Rebuilt::Published { file, .. })) => {
                    if let Some(rows) = self.ask(seat, super::station::Station::rows) {
                        self.books.rebuilt(seat, file, rows);
                    }
                    self.note("重建");
                    self.behind = self.seats_in_use().collect();
                    self.live.clear();
                    self.read = 0;
                    self.cases();
                    self.old_share = None;
                    self.setup.disk.pass(STANDS);
                    return Tried::Published;
                }
                // A desk at which nobody can sign in yet holds nothing to rebuild from.
                Some(Err(fault)) if fault.what == super::station::NOT_ENROLLED => return Tried::Cannot,
                Some(Err(fault)) if fault.kind == FaultKind::Busy => self.setup.disk.pass(STANDS),
                Some(Err(fault)) if fault.kind == FaultKind::User && fault.what.contains("有两种") => {
                    self.note("两支由管理员定");
                    officer = "9000";
                    keep = Some(if self.rng.below(2) == 0 { Keep::Own } else { Keep::Share });
                }
                Some(Err(fault)) if fault.kind == FaultKind::User && fault.what.contains("见过更多") => {
                    self.note("不等别的电脑");
                    without_others = true;
                }
                Some(Err(fault)) => last = Some(fault.what),
                None => return Tried::Cannot,
            }
        }
        self.books.broken.push(format!("办公桌 {seat} 不能重建：{last:?}"));
        Tried::Cannot
    }
}
