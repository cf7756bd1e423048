//! The kernel in memory: which facts about officers, keys and tables take effect, and proposals with their second.

use super::Memory;
use crate::base::day::Stamp;
use crate::domain::answers::Answers as _;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::period::Period;
use crate::domain::powers::{self, Proposal, Seat, Seats, seconded};
use crate::domain::private::Private;
use std::collections::BTreeMap;

impl Seats for Memory {
    fn seat(&self, officer: &OfficerNo) -> Seat {
        self.officers
            .get(officer)
            .map_or_else(Seat::default, |known| Seat::of(known.office, &known.roles, known.is_suspended()))
    }

    fn administrators(&self) -> usize {
        crate::domain::answers::Answers::administrators(self)
    }

    fn proposed(&self, id: ProposalId) -> Option<Proposal> {
        self.proposal(id)
    }

    fn was_given(&self, key: &str) -> bool {
        self.given.contains(key)
    }

    fn living_key(&self, officer: &OfficerNo) -> Option<String> {
        self.officers.get(officer)?.key.clone()
    }

    fn is_sealed(&self, period: Period) -> bool {
        self.data.contains_key(&period)
    }
}

impl Memory {
    /// A fact of the kernel, which takes effect.
    pub(super) fn kernel_fact(
        &mut self,
        at: Stamp,
        author: &OfficerNo,
        fact: &Fact,
        private: Option<&Private>,
    ) {
        match fact {
            Fact::OfficerSuspended { officer } => {
                self.end_sheets(fact);
                if let Some(known) = self.officers.get_mut(officer) {
                    known.ended = true;
                }
            }
            Fact::GrantProposed { proposal, by, grant } => {
                let name = private.and_then(|private| private.officers.get(grant.officer())).cloned();
                let made = Proposal { by: by.clone(), grant: grant.clone(), open: true };
                self.proposals.insert(*proposal, (made, name));
            }
            Fact::GrantSeconded { proposal } => self.second(at, *proposal, author),
            Fact::GrantWithdrawn { proposal } => self.settle(*proposal),
            Fact::DataKeySealed { year, generation, sealed } if !sealed.is_empty() => {
                let period = Period { year: *year, generation: *generation };
                self.data.entry(period).or_default().extend(sealed.keys().cloned());
            }
            Fact::Erased { cases, people, .. } => {
                for person in people {
                    self.holders.remove(person);
                }
                self.erasing.erase(cases, people);
            }
            other => self.kernel(at, other),
        }
    }

    /// The data keys that an officer sealed to his own new key.
    pub(super) fn take_carried(&mut self, id: &str, data: &BTreeMap<Period, String>) {
        for (period, _) in powers::carried(data, self) {
            self.data.entry(period).or_default().insert(id.to_owned());
        }
    }

    fn second(&mut self, at: Stamp, id: ProposalId, author: &OfficerNo) {
        let facts = seconded(id, author, self).unwrap_or_default();
        for fact in &facts {
            self.kernel(at, fact);
        }
        self.settle(id);
        let named = self
            .proposals
            .get(&id)
            .and_then(|(known, name)| Some((known.grant.officer().clone(), name.clone()?)));
        if let Some((no, name)) = named
            && let Some(officer) = self.officers.get_mut(&no)
        {
            officer.name = name;
        }
    }

    fn settle(&mut self, id: ProposalId) {
        if let Some((proposal, _)) = self.proposals.get_mut(&id) {
            proposal.open = false;
        }
    }
}
