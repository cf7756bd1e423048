//! What destroying what is private asks of the state in memory: which entries are about whom, what was destroyed before.

use super::Memory;
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Keeping;
use crate::domain::command::privacy::Subject;
use crate::domain::command::trust::About;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, LeadId, PersonId};
use crate::domain::nouns::FindingState;
use std::collections::{BTreeMap, BTreeSet};

/// Whom an entry is about.
#[derive(Clone, Debug, Default)]
struct Named {
    cases: BTreeSet<CaseId>,
    people: BTreeSet<PersonId>,
}

/// Traces of entries, and what was destroyed.
#[derive(Clone, Debug, Default)]
pub(super) struct Traces {
    entries: BTreeMap<u64, Named>,
    /// Where a lead was registered.
    leads: BTreeMap<LeadId, u64>,
    closed: BTreeMap<CaseId, Day>,
    cases: BTreeSet<CaseId>,
    people: BTreeSet<PersonId>,
}

impl Traces {
    /// See [`crate::domain::answers::Answers::entries_only_of`].
    pub(super) fn only_of(&self, cases: &BTreeSet<CaseId>, people: &BTreeSet<PersonId>) -> Vec<u64> {
        let ours = |about: &Named| !about.cases.is_disjoint(cases) || !about.people.is_disjoint(people);
        let only = |about: &Named| {
            about.cases.iter().all(|case| cases.contains(case) || self.cases.contains(case))
                && about.people.iter().all(|person| people.contains(person) || self.people.contains(person))
        };
        self.entries.iter().filter(|(_, about)| ours(about) && only(about)).map(|(n, _)| *n).collect()
    }

    /// A fact that takes effect.
    pub(super) fn erase(&mut self, cases: &[CaseId], people: &[PersonId]) {
        self.cases.extend(cases);
        self.people.extend(people);
    }
}

impl Memory {
    /// Notes whom a fact of entry `n` is about.
    pub(super) fn trace(&mut self, n: u64, at: Stamp, fact: &Fact) {
        let case = match fact {
            Fact::Unmasked { subject: Subject::Case(case), .. } => Some(*case),
            Fact::FindingAnswered { finding, .. }
            | Fact::FindingSettled { finding, .. }
            | Fact::FindingTransferred { finding, .. } => {
                self.findings.get(*finding).and_then(|known| match known.about {
                    About::Case { case } => Some(case),
                    _ => None,
                })
            }
            _ => fact.case(),
        };
        let case = case.filter(|case| self.cases.contains_key(case));
        let traces = &mut self.erasing;
        match fact {
            Fact::LeadRegistered { lead, .. } => {
                traces.leads.insert(*lead, n);
            }
            Fact::CaseOpened { case, lead: Some(lead), .. } => {
                if let Some(n) = traces.leads.get(lead) {
                    traces.entries.entry(*n).or_default().cases.insert(*case);
                }
            }
            Fact::StageSet { case, stage, .. } => {
                traces.closed.remove(case);
                if stage.is_final() {
                    traces.closed.insert(*case, at.day());
                }
            }
            Fact::PersonNoted { person, .. } => {
                traces.people.remove(person);
            }
            _ => {}
        }
        let people = fact.people();
        if case.is_some() || !people.is_empty() {
            let about = traces.entries.entry(n).or_default();
            about.cases.extend(case);
            about.people.extend(people);
        }
    }

    /// Everybody whose details serve a case.
    pub(super) fn people_of(&self, case: CaseId) -> BTreeSet<PersonId> {
        let Some(known) = self.cases.get(&case) else { return BTreeSet::new() };
        let mut people = BTreeSet::from([known.person]);
        if let Some(household) = known.household.and_then(|id| self.households.get(&id)) {
            people.extend(household.members.iter().map(|member| member.person));
        }
        people.extend(self.matters.get(&known.matter).into_iter().flat_map(|matter| &matter.people));
        people.extend(self.grants.get(&case).into_iter().flat_map(|granted| &granted.people));
        people
    }

    /// See [`crate::domain::answers::Answers::keeping`].
    pub(super) fn keeping_of(&self, case: CaseId) -> Option<Keeping> {
        self.cases.get(&case)?;
        let open = self.findings.about(case).find(|known| known.state != FindingState::Settled);
        Some(Keeping {
            closed: self.erasing.closed.get(&case).copied(),
            erased: self.erasing.cases.contains(&case),
            people: self.people_of(case),
            finding: open.map(|known| known.number.clone()),
            archived: self.tiers.kept(case),
        })
    }
}
