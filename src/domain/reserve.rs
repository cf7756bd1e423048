//! What the rules know of a township's reserve beside its balance (备用金), and of recovering (追缴): ceilings, questions for
//! more, what each source put in, what is to be paid back. Applied from facts; the rules ask it through [`ReserveAnswers`].
//!
//! The reserve is a revolving advance. A source is charged when it puts money in, and what the reserve spends is not shared
//! out among sources: the tills hold notes, and no note says whose it was. What is given back goes to a source that is
//! named, and to none more than it put in and has not got back. So the books of a source agree with those of 财政 at any
//! month's end, and what is not got back is what it lent to the townships or what they spent. Donated money never goes in:
//! it could come out as government expenditure.

use super::fact::{Fact, MoveKind};
use super::fund::{Account, Posting};
use super::ids::{CaseId, LineId, OfficerNo};
use super::nouns::Fund;
use crate::base::day::Day;
use crate::base::money::Money;
use std::collections::BTreeMap;

/// A question for more that the county has not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replenish {
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Day,
    /// Who asked.
    pub by: OfficerNo,
}

/// A township's reserve, as the county set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReservePlan {
    /// 核定数; none before the county set one.
    pub ceiling: Option<Money>,
    /// 申请补足, while it is not answered.
    pub asked: Option<Replenish>,
}

/// What a movement of money puts into a township's reserve, or takes back out of it (less than zero), and which source's it
/// is; no source: 县级专户, from before sources were named. None for movements that do neither.
pub fn advanced(why: MoveKind, postings: &[Posting]) -> Option<(u16, Option<Fund>, Money)> {
    if !matches!(why, MoveKind::Allotted | MoveKind::GivenBack) {
        return None;
    }
    let township = postings.iter().find_map(|half| match half.account {
        Account::Reserve(township, _) => Some(township),
        _ => None,
    })?;
    let (fund, put_in) = postings.iter().find_map(|half| match half.account {
        Account::Source(fund) => Some((Some(fund), -half.amount)),
        Account::County => Some((None, -half.amount)),
        _ => None,
    })?;
    Some((township, fund, put_in))
}

/// What is to be paid back of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// 应追缴.
    pub amount: Money,
    /// 已缴.
    pub paid: Money,
    /// When it was decided.
    pub on: Day,
    /// Until which day.
    pub until: Day,
    /// Who decided.
    pub by: OfficerNo,
}

impl Recovery {
    /// What is still to be paid back.
    pub fn left(&self) -> Money {
        self.amount - self.paid
    }
}

/// What the rules may ask of all this.
pub trait ReserveAnswers {
    /// A township's reserve, as the county set it.
    fn reserve_plan(&self, township: u16) -> ReservePlan;
    /// What a township's cases were granted while papers of theirs are open, and how many papers were due before `today`.
    fn open_papers(&self, township: u16, today: Day) -> (Money, u32);
    /// What a source put into a township's reserve and has not got back; no source: 县级专户, from before they were named.
    fn advanced(&self, township: u16, fund: Option<Fund>) -> Money;
    /// Whether a source was ever named that put money into a reserve.
    fn names_sources(&self) -> bool;
    /// What is to be paid back of a line.
    fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery>;
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct ReserveBook {
    plans: BTreeMap<u16, ReservePlan>,
    advanced: BTreeMap<(u16, Option<Fund>), Money>,
    recoveries: BTreeMap<(CaseId, LineId), Recovery>,
}

impl ReserveBook {
    /// Applies a fact; others are none of its business.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::MoneyMoved { why, postings, .. } => {
                if let Some((township, fund, put_in)) = advanced(*why, postings) {
                    *self.advanced.entry((township, fund)).or_default() += put_in;
                }
            }
            Fact::CeilingSet(set) => self.plans.entry(set.township).or_default().ceiling = Some(set.amount),
            Fact::ReplenishAsked(asked) => {
                let question = Replenish { amount: asked.amount, on: asked.on, by: asked.by.clone() };
                self.plans.entry(asked.township).or_default().asked = Some(question);
            }
            Fact::RecoveryOrdered(ordered) => {
                let recovery = Recovery {
                    amount: ordered.amount,
                    paid: Money::ZERO,
                    on: ordered.on,
                    until: ordered.until,
                    by: ordered.by.clone(),
                };
                self.recoveries.insert((ordered.case, ordered.line), recovery);
            }
            Fact::RecoveryPaid(paid) => {
                if let Some(recovery) = self.recoveries.get_mut(&(paid.case, paid.line)) {
                    recovery.paid += paid.amount;
                }
            }
            _ => {}
        }
    }

    /// Money was allotted: a question of the township is answered.
    pub fn allotted(&mut self, township: u16) {
        if let Some(plan) = self.plans.get_mut(&township) {
            plan.asked = None;
        }
    }

    /// A township's reserve.
    pub fn plan(&self, township: u16) -> ReservePlan {
        self.plans.get(&township).cloned().unwrap_or_default()
    }

    /// What a source put in and has not got back.
    pub fn advanced(&self, township: u16, fund: Option<Fund>) -> Money {
        self.advanced.get(&(township, fund)).copied().unwrap_or_default()
    }

    /// Whether a source was ever named.
    pub fn names_sources(&self) -> bool {
        self.advanced.keys().any(|(_, fund)| fund.is_some())
    }

    /// What is to be paid back of a line.
    pub fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery> {
        self.recoveries.get(&(case, line)).cloned()
    }
}
