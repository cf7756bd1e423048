//! The kernel in memory: which facts about officers, keys and tables take effect, and proposals with their second.

use super::Memory;
use crate::base::day::Stamp;
use crate::domain::answers::Answers as _;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::Role;
use crate::domain::period::Period;
use crate::domain::powers::{Proposal, Seat, Seats, Standing, seconded};
use crate::domain::private::Private;

impl Seats for Memory {
    fn seat(&self, officer: &OfficerNo) -> Seat {
        self.officers.get(officer).map_or_else(Seat::default, |known| Seat {
            administrator: known.is(Role::Administrator),
            suspended: known.is_suspended(),
        })
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
}

impl Memory {
    /// A fact of the kernel, where it takes effect.
    pub(super) fn kernel_fact(
        &mut self,
        (n, author, standing, at): (u64, &OfficerNo, Standing, Stamp),
        fact: &Fact,
        private: Option<&Private>,
    ) {
        if !fact.takes_effect(n, author, standing, self) {
            return;
        }
        match fact {
            Fact::OfficerSuspended { officer } => {
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
            Fact::DataKeySealed { year, generation, .. } => {
                let period = Period { year: *year, generation: *generation };
                self.data_period = self.data_period.max(Some(period));
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
