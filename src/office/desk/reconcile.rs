//! Reconciling (并轨): what a desk does when the log has gone on without rows that it holds. It follows only where an officer
//! of the county said so with his signature, in the birth record of a rebuilt file; then the rows are set aside and come
//! back as rescued ones. Everything else stays an alarm.
//!
//! It must never forget a row, and never follow a log that merely differs.

use super::Desk;
use crate::domain::ids::OfficerNo;
use crate::domain::office::Role;
use crate::ledger::{Body, Keyring as _, SigState, sign};
use crate::office::keybook::KeyBook;
use crate::store::fault::Fault;
use crate::store::log::Rebuilding;

/// How many rows are read at once.
const PAGE: usize = 1_000;

impl Desk {
    /// Follows a rebuilt log, if there is one that this desk has not followed yet. Answers whether it did.
    ///
    /// # Errors
    /// The share or this desk's own file cannot be read.
    pub(super) fn reconcile(&mut self, said: Option<Rebuilding>) -> Result<bool, Fault> {
        let Some(said) = said else { return Ok(false) };
        // A share that cannot be read is followed nowhere.
        let Ok(common) = self.common_with_share() else { return Ok(false) };
        let Some(next) = self.entries.after(common, 1)?.pop() else { return Ok(false) };
        // Rows of a turn in the rebuilt file or a later one were written after it: whoever lost those says nothing.
        let before = Body::from_text(&next.body).is_ok_and(|body| body.turn.file < said.file);
        if !before || !self.may_rebuild(&said, common)? {
            return Ok(false);
        }
        tracing::warn!(
            from = common,
            file = said.file,
            "the log was rebuilt; later rows of this desk are set aside"
        );
        self.entries.leave(common)?;
        self.read_key_book()?;
        self.follow()?;
        Ok(true)
    }

    /// The last place up to which the share says what this desk holds.
    fn common_with_share(&mut self) -> Result<u64, Fault> {
        let own = self.entries.head()?;
        let share = self.log.head()?;
        let (mut same, mut differs) = (0u64, own.n.min(share.n).saturating_add(1));
        while same.saturating_add(1) < differs {
            let middle = same.midpoint(differs);
            let there = self.log.after(middle.saturating_sub(1), 1)?.pop();
            let here = self.entries.head_at(middle)?;
            let equal = match (there, here) {
                (Some(row), Some(head)) => row.n == head.n && row.hash == head.hash,
                _ => false,
            };
            if equal { same = middle } else { differs = middle }
        }
        Ok(same)
    }

    /// Whether this statement counts: signed with a key that was enrolled where both logs part. Leaving out only what lies
    /// behind its end loses nothing that its author had seen; leaving a branch for another is the administrator's to say.
    fn may_rebuild(&self, said: &Rebuilding, common: u64) -> Result<bool, Fault> {
        let mut book = KeyBook::default();
        while book.n() < common {
            let rows = self.entries.after(book.n(), PAGE)?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().filter(|row| row.n <= common) {
                book.take_row(row)?;
            }
            if rows.iter().any(|row| row.n >= common) {
                break;
            }
        }
        let Some(key) = book.key_at(&said.key) else { return Ok(false) };
        let signed =
            sign::verify_text(Some(&key.public), Rebuilding::PURPOSE, self.county, &said.text(), &said.sig);
        let stands = key.officer == said.officer && key.revoked_from.is_none() && signed == SigState::Good;
        let administrator = book
            .officer(&OfficerNo(said.officer.clone()))
            .is_some_and(|known| known.roles.contains(&Role::Administrator));
        Ok(stands && (common >= said.n || administrator))
    }

    /// Begins the replica anew where it was built from rows that are not the log's any more.
    pub(super) fn begin_anew_if_torn(&mut self) -> Result<(), Fault> {
        let head = self.replica.head()?;
        if head.n == 0 || self.entries.head_at(head.n)?.is_some_and(|held| held.hash.0 == head.hash) {
            return Ok(());
        }
        let Some(session) = self.session.clone() else { return Ok(()) };
        let mut apply = self.replica.begin_anew()?;
        let mut after = 0;
        loop {
            let rows = self.entries.after(after, PAGE)?;
            let Some(last) = rows.last() else { break };
            after = last.n;
            for row in &rows {
                let body = Body::from_text(&row.body)
                    .map_err(|_| Fault::damaged(format!("本机保存的第 {} 条记录读不懂", row.n)))?;
                super::pull::apply_entry(&mut apply, self.county, row, &body, &session)?;
            }
        }
        Ok(apply.commit()?)
    }
}
