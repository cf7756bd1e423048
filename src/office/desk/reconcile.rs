//! Reconciling (并轨): what a desk does when the log has gone on without rows that it holds. It follows only where an officer
//! of the county said so with his signature, in the birth record of a rebuilt file; then the rows are set aside and come
//! back as rescued ones. Everything else stays an alarm.
//!
//! It must never forget a row, and never follow a log that merely differs.

use super::Desk;
use super::meaning::cids_of;
use crate::domain::ids::OfficerNo;
use crate::domain::office::Role;
use crate::ledger::{Body, Keyring as _, Row, SigState, sign};
use crate::office::keybook::KeyBook;
use crate::store::fault::Fault;
use crate::store::log::Rebuilding;
use std::collections::BTreeSet;

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
        let book = self.book_at(common)?;
        let Some(key) = book.key_at(&said.key) else { return Ok(false) };
        let signed =
            sign::verify_text(Some(&key.public), Rebuilding::PURPOSE, self.county, &said.text(), &said.sig);
        let stands = key.officer == said.officer && key.revoked_from.is_none() && signed == SigState::Good;
        let administrator = book
            .officer(&OfficerNo(said.officer.clone()))
            .is_some_and(|known| known.roles.contains(&Role::Administrator));
        Ok(stands && (common >= said.n || administrator))
    }

    /// The key book as of an entry that this desk holds.
    fn book_at(&self, n: u64) -> Result<KeyBook, Fault> {
        let mut book = KeyBook::default();
        while book.n() < n {
            let rows = self.entries.after(book.n(), PAGE)?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter().filter(|row| row.n <= n) {
                book.take_row(row)?;
            }
            if rows.iter().any(|row| row.n >= n) {
                break;
            }
        }
        Ok(book)
    }

    /// How many of these rows, from the first on, are entries behind the one at `common`: a branch beside what this desk
    /// holds. Nothing is taken in.
    ///
    /// # Errors
    /// This desk's own file cannot be read.
    pub(crate) fn branch_behind(&self, common: u64, rows: &[Row]) -> Result<usize, Fault> {
        let Some(mut head) = self.entries.head_at(common)? else { return Ok(0) };
        let mut book = self.book_at(common)?;
        let mut here = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            let Ok(bodies) =
                super::pull::verify(std::slice::from_ref(row), &mut head, self.county, &mut book)
            else {
                return Ok(at);
            };
            for cid in bodies.iter().flat_map(|body| cids_of(row, body)).flatten() {
                let before = self.entries.place_of(cid)?.is_some_and(|n| n <= common);
                if before || !here.insert(cid) {
                    return Ok(at);
                }
            }
        }
        Ok(rows.len())
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
