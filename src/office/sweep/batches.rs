//! Batches as the entries of the log say them (I20): what was sent is the sum of its lines, the bank's answer adds up to it and
//! leaves nothing under way, and a line is in one live batch. What was found again after a rebuilding may break each of
//! these, and is left out.

use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::fund::Account;
use crate::domain::ids::{BatchId, CaseId, LineId};
use std::collections::{BTreeMap, BTreeSet};

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Far {
    Built,
    Sent,
    Ended,
}

struct Known {
    lines: Vec<(CaseId, LineId, Money)>,
    far: Far,
}

impl Known {
    fn total(&self) -> Money {
        self.lines.iter().map(|(.., amount)| *amount).sum()
    }
}

/// All batches.
#[derive(Default)]
pub(super) struct Batches {
    known: BTreeMap<BatchId, Known>,
    /// Those that something was found again of.
    doubtful: BTreeSet<BatchId>,
    /// How many were sent, and how many answers of the bank were read.
    pub(super) done: (u64, u64),
}

impl Batches {
    /// Takes a fact; answers what is wrong with it.
    pub(super) fn take(&mut self, fact: &Fact, rescued: bool) -> Option<String> {
        let batch = fact.batch()?;
        if rescued {
            self.doubtful.insert(batch);
        }
        let doubtful = self.doubtful.contains(&batch);
        let wrong = self.read(batch, fact);
        match fact {
            Fact::BatchSent { .. } => self.done.0 += 1,
            Fact::ReturnRead { .. } => self.done.1 += 1,
            _ => {}
        }
        if doubtful { None } else { wrong }
    }

    fn read(&mut self, batch: BatchId, fact: &Fact) -> Option<String> {
        match fact {
            Fact::BatchOpened { .. } => {
                let fresh = Known { lines: Vec::new(), far: Far::Built };
                self.known.insert(batch, fresh).map(|_| "一个批次建了两次".to_owned())
            }
            Fact::LineBatched { case, line, amount, .. } => {
                let live = |(id, known): &(&BatchId, &Known)| {
                    **id != batch
                        && known.far != Far::Ended
                        && known.lines.iter().any(|(of, one, _)| (of, one) == (case, line))
                        && !self.doubtful.contains(id)
                };
                let twice = self.known.iter().any(|both| live(&both));
                self.known.get_mut(&batch)?.lines.push((*case, *line, *amount));
                twice.then(|| "一笔在两个批次里".to_owned())
            }
            Fact::BatchSent { total, count, .. } => {
                let known = self.known.get_mut(&batch)?;
                known.far = Far::Sent;
                let right = known.total() == *total && known.lines.len() == usize::try_from(*count).ok()?;
                (!right).then(|| format!("提交了 {total} 元 {count} 笔，批次里是 {} 元", known.total()))
            }
            Fact::BatchDropped { .. } => {
                self.known.get_mut(&batch)?.far = Far::Ended;
                None
            }
            Fact::ReturnRead { paid, returned, .. } => {
                let known = self.known.get_mut(&batch)?;
                let first = known.far == Far::Sent;
                known.far = Far::Ended;
                let sum = *paid + *returned;
                (first && sum != known.total())
                    .then(|| format!("回盘合计 {sum} 元，批次里是 {} 元", known.total()))
            }
            _ => None,
        }
    }

    /// Whether something of a batch was found again: it may have been sent in both logs.
    pub(super) fn is_doubtful(&self, batch: BatchId) -> bool {
        self.doubtful.contains(&batch)
    }

    /// What should be under way of each batch, and is not; by the sums of all accounts.
    pub(super) fn left(&self, accounts: &BTreeMap<String, (Account, Money)>) -> Option<String> {
        self.known.iter().filter(|(id, _)| !self.doubtful.contains(id)).find_map(|(id, known)| {
            let account = Account::Transit(*id);
            let there = accounts.get(&account.to_string()).map_or(Money::ZERO, |(_, sum)| *sum);
            let due = if known.far == Far::Sent { known.total() } else { Money::ZERO };
            (there != due).then(|| format!("批次在途 {there} 元，应为 {due} 元"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AccountId;

    const BATCH: BatchId = BatchId([1; 16]);

    fn lined(batch: BatchId) -> [Fact; 2] {
        let opened = Fact::BatchOpened {
            batch,
            number: "P26-001".to_owned(),
            bank: "农信".to_owned(),
            fund: crate::domain::nouns::Fund::County,
            on: crate::base::day::Day::EPOCH,
            by: "9001".into(),
        };
        let (case, line, account) = (CaseId([2; 16]), LineId([3; 16]), AccountId([4; 16]));
        [opened, Fact::LineBatched { batch, case, line, account, amount: Money::from_fen(5) }]
    }

    fn sent(fen: i64) -> Fact {
        Fact::BatchSent {
            batch: BATCH,
            by: "9001".into(),
            on: crate::base::day::Day::EPOCH,
            file: String::new(),
            total: Money::from_fen(fen),
            count: 1,
        }
    }

    #[test]
    fn a_wrong_sum_a_line_twice_and_money_left_under_way_are_seen() {
        let mut books = Batches::default();
        assert!(lined(BATCH).iter().all(|fact| books.take(fact, false).is_none()));
        let [opened, line] = lined(BatchId([9; 16]));
        assert_eq!(books.take(&opened, false), None);
        assert!(books.take(&line, false).is_some(), "in two batches");
        assert!(books.take(&sent(6), false).is_some());
        assert!(books.left(&BTreeMap::new()).is_some(), "sent, and nothing is under way");
        assert!(books.take(&sent(6), true).is_none(), "what was found again may say so");
        assert_eq!(books.left(&BTreeMap::new()), None);
    }
}
