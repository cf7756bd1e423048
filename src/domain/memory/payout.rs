//! Accounts, batches and returns in memory.

use super::Memory;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Series;
use crate::domain::fact::Fact;
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId};
use crate::domain::nouns::{BatchState, ReturnReason};
use crate::domain::payout::{Batch, BatchLine, LineEnd, PayeeAccount};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of paying out by bank.
#[derive(Clone, Debug, Default)]
pub(super) struct Payouts {
    accounts: BTreeMap<CaseId, PayeeAccount>,
    refused: BTreeMap<AccountId, (ReturnReason, Day)>,
    marks: BTreeMap<String, BTreeSet<AccountId>>,
    batches: BTreeMap<BatchId, Batch>,
    files: BTreeMap<String, BatchId>,
    given_back: BTreeMap<(CaseId, LineId), Money>,
    closed: BTreeSet<i32>,
}

impl Memory {
    pub(super) fn payout(&mut self, at: Stamp, fact: &Fact) {
        match fact {
            Fact::AccountNoted { account, case, payee, owner, kind, mark, .. } => {
                if self.cases.contains_key(case) {
                    let made = PayeeAccount {
                        id: *account,
                        payee: *payee,
                        owner: *owner,
                        kind: *kind,
                        mark: mark.clone(),
                        refused: None,
                    };
                    self.payouts.accounts.insert(*case, made);
                    self.payouts.marks.entry(mark.clone()).or_default().insert(*account);
                }
            }
            Fact::BatchOpened { number, .. } => {
                self.count(number, Series::Batch);
                self.payouts.one(at, fact);
            }
            _ => self.payouts.one(at, fact),
        }
    }
}

impl Payouts {
    fn one(&mut self, at: Stamp, fact: &Fact) {
        match fact {
            Fact::BatchOpened { batch, number, bank, fund, on, by } => {
                let made = Batch {
                    id: *batch,
                    number: number.clone(),
                    bank: bank.clone(),
                    fund: *fund,
                    state: BatchState::Open,
                    opened: *on,
                    by: by.clone(),
                    checked_by: None,
                    sent_by: None,
                    sent: None,
                    file: None,
                    lines: Vec::new(),
                };
                // an id that comes twice names the first
                self.batches.entry(*batch).or_insert(made);
            }
            Fact::LineBatched { batch, case, line, account, amount } => {
                if let Some(batch) = self.batches.get_mut(batch) {
                    let made =
                        BatchLine { case: *case, line: *line, account: *account, amount: *amount, end: None };
                    batch.lines.push(made);
                }
            }
            Fact::BatchChecked { batch, by, .. } => {
                if let Some(batch) = self.batches.get_mut(batch) {
                    batch.state = BatchState::Checked;
                    batch.checked_by = Some(by.clone());
                }
            }
            Fact::BatchSent { batch, by, on, file, .. } => {
                if let Some(batch) = self.batches.get_mut(batch) {
                    batch.state = BatchState::Sent;
                    batch.sent_by = Some(by.clone());
                    batch.sent = Some(*on);
                    batch.file = Some(file.clone());
                }
            }
            Fact::BatchDropped { batch, .. } => {
                if let Some(batch) = self.batches.get_mut(batch) {
                    batch.state = BatchState::Dropped;
                }
            }
            Fact::ReturnRead { batch, file, .. } => {
                self.files.entry(file.clone()).or_insert(*batch);
                if let Some(batch) = self.batches.get_mut(batch) {
                    batch.state = BatchState::Returned;
                    // what the bank does not send back is paid: the facts behind this one say what it sent back
                    for line in batch.lines.iter_mut().filter(|line| line.end.is_none()) {
                        line.end = Some(LineEnd::Paid);
                    }
                }
            }
            Fact::LineReturned { batch, case, line, account, reason } => {
                if let Some(batch) = self.batches.get_mut(batch) {
                    let same = |known: &&mut BatchLine| known.case == *case && known.line == *line;
                    for known in batch.lines.iter_mut().filter(same) {
                        known.end = Some(LineEnd::Returned(*reason));
                    }
                }
                if reason.wants_account() {
                    self.refused.insert(*account, (*reason, at.day()));
                }
            }
            Fact::LineGivenBack { case, line, amount, .. } => {
                *self.given_back.entry((*case, *line)).or_default() += *amount;
            }
            Fact::YearClosed { year, .. } => {
                self.closed.insert(*year);
            }
            _ => {}
        }
    }

    /// A payment that does not stand any more has nothing given back of it.
    pub(super) fn unpaid(&mut self, case: CaseId, line: LineId) {
        self.given_back.remove(&(case, line));
    }

    pub(super) fn account_of(&self, case: CaseId) -> Option<PayeeAccount> {
        let mut account = self.accounts.get(&case).cloned()?;
        account.refused = self.refused.get(&account.id).map(|(reason, _)| *reason);
        Some(account)
    }

    pub(super) fn cases_on(&self, mark: &str) -> Vec<CaseId> {
        self.accounts.iter().filter(|(_, known)| known.mark == mark).map(|(case, _)| *case).collect()
    }

    pub(super) fn batch(&self, id: BatchId) -> Option<Batch> {
        self.batches.get(&id).cloned()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Batch> + '_ {
        self.batches.values().cloned()
    }

    pub(super) fn live_batch(&self, case: CaseId) -> Option<String> {
        let live = |batch: &&Batch| {
            let waits = matches!(batch.state, BatchState::Open | BatchState::Checked | BatchState::Sent);
            waits && batch.lines.iter().any(|line| line.case == case)
        };
        self.batches.values().filter(live).map(|batch| batch.number.clone()).min()
    }

    pub(super) fn closed_at_bank(&self, mark: &str) -> Option<Day> {
        let closed = |id: &AccountId| match self.refused.get(id) {
            Some((ReturnReason::AccountClosed, on)) => Some(*on),
            _ => None,
        };
        self.marks.get(mark)?.iter().filter_map(closed).max()
    }

    pub(super) fn under_way(&self, until: Day) -> Vec<String> {
        let sent =
            |batch: &&Batch| batch.state == BatchState::Sent && batch.sent.is_some_and(|sent| sent <= until);
        let mut all: Vec<String> =
            self.batches.values().filter(sent).map(|batch| batch.number.clone()).collect();
        all.sort();
        all
    }

    pub(super) fn return_read(&self, file: &str) -> Option<String> {
        self.files.get(file).and_then(|id| self.batches.get(id)).map(|batch| batch.number.clone())
    }

    pub(super) fn given_back(&self, case: CaseId, line: LineId) -> Money {
        self.given_back.get(&(case, line)).copied().unwrap_or_default()
    }

    pub(super) fn year_closed(&self, year: i32) -> bool {
        self.closed.contains(&year)
    }
}
