//! The steps of the expenditure path, and days of birth.

use super::Memory;
use crate::base::day::Day;
use crate::domain::fact::Fact;
use crate::domain::ids::PersonId;

impl Memory {
    pub(super) fn path(&mut self, fact: &Fact) {
        let Some(case) = fact.case().and_then(|id| self.cases.get_mut(&id)) else { return };
        match fact {
            Fact::CaseAccepted(made) => case.accepted = made.on,
            Fact::PathChanged(made) => case.path = made.path,
            _ => {}
        }
        if fact.is_step() {
            self.courses.entry(case.id).or_default().apply(fact);
        }
    }

    pub(super) fn born(&mut self, person: PersonId, birth: Option<Day>) {
        match birth {
            Some(birth) => self.births.insert(person, birth),
            None => self.births.remove(&person),
        };
    }
}
