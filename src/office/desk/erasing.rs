//! Destroying (销毁) as a desk sees to it. Two things: no private part may be missing that nothing destroyed; and what an
//! administrator destroyed by the rules goes from this desk's files and from the share, whoever looks first. A destruction
//! that a check marked takes no byte away here: the log may be built again without it, from the PCs that still hold all.

use super::Desk;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::erasures::Ordered;
use std::time::Duration;

/// How long emptying the share may wait for a turn; what is not done now is done after the next pull.
const DEADLINE: Duration = Duration::from_secs(5);

impl Desk {
    /// At the end of the log every empty column must have been destroyed. What is missing here is asked of the share once
    /// more, which may have been put in order since.
    pub(super) fn nothing_missing(&mut self) -> Result<(), Fault> {
        let owed: Vec<u64> = self.keys.owed().collect();
        for n in owed {
            let there = self.log.after(n.saturating_sub(1), 1)?.pop().filter(|row| row.n == n);
            match there {
                Some(row) if self.entries.fill(&row)? => self.keys.column_came(n),
                _ => {
                    return Err(Fault::damaged(format!(
                        "第 {n} 条记录不成立：{}",
                        crate::ledger::Break::Emptied
                    )));
                }
            }
        }
        Ok(())
    }

    /// Carries out the destructions that the replica knows of: this desk's entries first, then its replica, then the share.
    pub(super) fn carry_out_erasures(&mut self) -> Result<(), Fault> {
        if self.session.is_none() {
            return Ok(());
        }
        let ordered = self.replica.erasures()?;
        let Some(latest) = ordered.last().map(|last| last.n) else { return Ok(()) };
        for Ordered { n, spans } in &ordered {
            if self.entries.is_emptied(*n)? {
                continue;
            }
            self.entries.empty(spans)?;
            // Somebody reads the replica at this moment: it is tried again after the next pull.
            if let Err(fault) = self.replica.scrub() {
                tracing::warn!(%fault, "the replica is not scrubbed yet");
                return Ok(());
            }
            self.entries.note_emptied(*n)?;
        }
        // A file that was built since may have been built from a desk that had not emptied its own.
        let file = self.log.probe()?.file;
        if self.emptied == Some((file, latest)) {
            return Ok(());
        }
        let spans: Vec<(u64, u64)> = ordered.into_iter().flat_map(|one| one.spans).collect();
        match self.log.empty(&spans, DEADLINE) {
            Ok(_) => self.emptied = Some((file, latest)),
            Err(fault) if matches!(fault.kind, FaultKind::Busy | FaultKind::DriveAway) => {
                tracing::warn!(%fault, "the share is not emptied yet");
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }
}
