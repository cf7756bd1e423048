//! Chores (日常): what a desk does for the log beside its officer's work, a little after each good look: brings back lost rows
//! of its own, hangs out what it has seen, reads what others have seen, lets superseded files go.

use super::Desk;
use crate::store::fault::{Fault, FaultKind};
use std::time::Duration;

/// How often at the most a desk hangs out what it has seen, and how long after somebody signed in.
const SHOW: Duration = Duration::from_secs(300);
/// How often a desk reads what others have seen.
const COMPARE: Duration = Duration::from_secs(1_800);
/// How often, as long as that is an alarm.
const AGAIN: Duration = Duration::from_secs(30);

/// When the chores were last done, by the clock of whoever calls.
#[derive(Debug, Default)]
pub(super) struct Chores {
    shown: Option<(Duration, u64)>,
    compared: Option<Duration>,
    /// What others have seen does not go with the log: nothing is written until it does.
    alarm: Option<(FaultKind, String, String)>,
}

impl Chores {
    /// Somebody else sits here: everything is due again. An alarm stands.
    pub(super) fn begin_again(&mut self) {
        (self.shown, self.compared) = (None, None);
    }
}

impl Desk {
    /// What this desk is called in the lists of desks.
    pub fn call(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// Does what is due. `now` is the time since any fixed point. Answers how many lost rows came back.
    ///
    /// # Errors
    /// What others have seen does not go with the log; the share cannot be read or written now.
    pub fn chores(&mut self, now: Duration) -> Result<usize, Fault> {
        if !self.is_signed_in() {
            return Ok(0);
        }
        let every = if self.chores.alarm.is_some() { AGAIN } else { COMPARE };
        if self.chores.compared.is_none_or(|at| now.saturating_sub(at) >= every) {
            self.chores.alarm = match self.compare_with_others() {
                Ok(()) => None,
                Err(fault) if matches!(fault.kind, FaultKind::Older | FaultKind::Damaged) => {
                    Some((fault.kind, fault.what, fault.next))
                }
                Err(fault) => return Err(fault),
            };
            self.chores.compared = Some(now);
        }
        self.no_alarm()?;
        self.carry_out_erasures()?;
        let back = if self.entries.lost(1)?.is_empty() { 0 } else { self.bring_back()? };
        let n = self.entries.head()?.n;
        let (at, seen) = *self.chores.shown.get_or_insert((now, 0));
        if seen != n && now.saturating_sub(at) >= SHOW {
            let name = self.name.clone();
            self.show_head(&name)?;
            self.chores.shown = Some((now, n));
        }
        Ok(back)
    }

    /// Nothing is written to a log that somebody has seen to be longer, or other.
    pub(super) fn no_alarm(&self) -> Result<(), Fault> {
        match &self.chores.alarm {
            Some((kind, what, next)) => Err(Fault::new(*kind, what.clone(), next.clone())),
            None => Ok(()),
        }
    }
}
