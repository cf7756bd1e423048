//! What the rules know of a source at a month's end, and whether it was reconciled with 财政 (对账). Applied from facts; the
//! rules ask it through [`MonthlyAnswers`].

use super::fact::Fact;
use super::fund::Account;
use super::ids::OfficerNo;
use super::nouns::Fund;
use crate::base::day::Day;
use crate::base::money::Money;
use std::collections::BTreeMap;

/// A month of a source, and its first day after it; none for a month that there is not.
pub fn after(year: i32, month: u32) -> Option<Day> {
    Day::new(year, month, 1)?;
    if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) }
}

/// A source that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Ours.
    pub ours: Money,
    /// Theirs.
    pub theirs: Money,
    /// When.
    pub on: Day,
    /// Who compared.
    pub by: OfficerNo,
    /// Who confirmed, and when.
    pub confirmed: Option<(OfficerNo, Day)>,
}

/// What the rules may ask of it.
pub trait MonthlyAnswers {
    /// What a source held when a day began.
    fn source_before(&self, fund: Fund, day: Day) -> Money;
    /// Whether a source was compared at the end of a month.
    fn reconciled(&self, year: i32, month: u32, fund: Fund) -> Option<Reconciled>;
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct MonthlyBook {
    moved: BTreeMap<Fund, Vec<(Day, Money)>>,
    compared: BTreeMap<(i32, u32, Fund), Reconciled>,
}

impl MonthlyBook {
    /// Applies a fact; others are none of its business.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::MoneyMoved { on, postings, .. } => {
                for posting in postings {
                    if let Account::Source(fund) = posting.account {
                        self.moved.entry(fund).or_default().push((*on, posting.amount));
                    }
                }
            }
            Fact::SourceReconciled(made) => {
                let compared = Reconciled {
                    ours: made.ours,
                    theirs: made.theirs,
                    on: made.on,
                    by: made.by.clone(),
                    confirmed: None,
                };
                self.compared.insert((made.year, made.month, made.fund), compared);
            }
            Fact::ReconciliationAnswered(made) => {
                let key = (made.year, made.month, made.fund);
                if !made.agrees {
                    self.compared.remove(&key);
                } else if let Some(compared) = self.compared.get_mut(&key) {
                    compared.confirmed = Some((made.by.clone(), made.on));
                }
            }
            _ => {}
        }
    }

    /// What a source held when a day began.
    pub fn before(&self, fund: Fund, day: Day) -> Money {
        let moved = self.moved.get(&fund).map_or(&[][..], Vec::as_slice);
        moved.iter().filter(|(on, _)| *on < day).map(|(_, amount)| *amount).sum()
    }

    /// Whether it was compared.
    pub fn reconciled(&self, year: i32, month: u32, fund: Fund) -> Option<Reconciled> {
        self.compared.get(&(year, month, fund)).cloned()
    }
}
