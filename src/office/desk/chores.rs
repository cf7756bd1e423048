//! Chores (日常): what a desk does for the log beside its officer's work, a little after each good look: brings back lost rows
//! of its own, hangs out what it has seen, reads what others have seen, lets superseded files go.

use super::Desk;
use crate::store::fault::Fault;
use std::time::Duration;

/// How often at the most a desk hangs out what it has seen.
const SHOW: Duration = Duration::from_secs(600);
/// How often a desk reads what others have seen.
const COMPARE: Duration = Duration::from_secs(1_800);

/// When the chores were last done, by the clock of whoever calls.
#[derive(Debug, Default)]
pub(super) struct Chores {
    shown: Option<(Duration, u64)>,
    compared: Option<Duration>,
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
        let back = if self.entries.lost(1)?.is_empty() { 0 } else { self.bring_back()? };
        let n = self.entries.head()?.n;
        let due = self.chores.shown.is_none_or(|(at, seen)| seen != n && now.saturating_sub(at) >= SHOW);
        if due {
            let name = self.name.clone();
            self.show_head(&name)?;
            self.chores.shown = Some((now, n));
        }
        if self.chores.compared.is_none_or(|at| now.saturating_sub(at) >= COMPARE) {
            self.compare_with_others()?;
            self.chores.compared = Some(now);
        }
        Ok(back)
    }
}
