//! Reserves and recoveries in memory.

use super::Memory;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, LineId};
use crate::domain::nouns::Fund;
use crate::domain::reserve::{Recovery, ReserveAnswers, ReservePlan};
use std::collections::BTreeSet;

impl Memory {
    pub(super) fn reserve(&mut self, fact: &Fact) {
        self.reserves.apply(fact);
        if let Fact::MoneyMoved { why: MoveKind::Allotted, township, .. } = fact {
            self.reserves.allotted(*township);
        }
    }
}

impl ReserveAnswers for Memory {
    fn reserve_plan(&self, township: u16) -> ReservePlan {
        self.reserves.plan(township)
    }

    fn open_papers(&self, township: u16, today: Day) -> (Money, u32) {
        let of = |case: &CaseId| self.cases.get(case).filter(|case| case.township == township);
        let open = self.items.values().filter(|item| item.done.is_none() && of(&item.case).is_some());
        let (mut cases, mut late) = (BTreeSet::new(), 0);
        for item in open {
            cases.insert(item.case);
            late += u32::from(item.due < today);
        }
        (cases.iter().filter_map(of).map(|case| total(&case.granted)).sum(), late)
    }

    fn advanced(&self, township: u16, fund: Option<Fund>) -> Money {
        self.reserves.advanced(township, fund)
    }

    fn names_sources(&self) -> bool {
        self.reserves.names_sources()
    }

    fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery> {
        self.reserves.recovery(case, line)
    }
}
