//! Months of the county's sources in memory.

use super::Memory;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::monthly::{MonthlyAnswers, Reconciled};
use crate::domain::nouns::Fund;

impl MonthlyAnswers for Memory {
    fn source_before(&self, fund: Fund, day: Day) -> Money {
        self.months.before(fund, day)
    }

    fn reconciled(&self, year: i32, month: u32, fund: Fund) -> Option<Reconciled> {
        self.months.reconciled(year, month, fund)
    }
}
