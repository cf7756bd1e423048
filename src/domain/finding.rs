//! Findings (督导问题): what the supervisor found, whose it is to put right, and how it stands. S38, S40.

use super::command::trust::About;
use super::fact::Fact;
use super::ids::FindingId;
use super::nouns::{Discipline, FindingState};
use super::office::Office;
use crate::base::day::Day;
use std::collections::BTreeMap;

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id.
    pub id: FindingId,
    /// 编号, for example `D26-003`.
    pub number: String,
    /// What it is about.
    pub about: About,
    /// Whose it is to put right.
    pub office: Office,
    /// Until when.
    pub due: Day,
    /// How it stands.
    pub state: FindingState,
    /// To whom it was handed on; that ends nothing.
    pub transferred: Option<Discipline>,
}

/// Every finding, as facts made them.
#[derive(Clone, Debug, Default)]
pub struct Findings(BTreeMap<FindingId, Finding>);

impl Findings {
    /// One of them.
    pub fn get(&self, id: FindingId) -> Option<Finding> {
        self.0.get(&id).cloned()
    }

    /// Those about a case, in order of their ids.
    pub fn about(&self, case: super::ids::CaseId) -> impl Iterator<Item = &Finding> {
        self.0.values().filter(move |known| known.about == About::Case { case })
    }

    /// Applies a fact; one about an unknown finding changes nothing.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::FindingRaised { finding, number, about, office, due, .. } => {
                let made = Finding {
                    id: *finding,
                    number: number.clone(),
                    about: about.clone(),
                    office: *office,
                    due: *due,
                    state: FindingState::Raised,
                    transferred: None,
                };
                self.0.insert(*finding, made);
            }
            Fact::FindingAnswered { finding, .. } => self.change(*finding, |known| {
                known.state = FindingState::Answered;
            }),
            Fact::FindingSettled { finding, again, .. } => self.change(*finding, |known| match again {
                Some(day) => {
                    known.state = FindingState::Raised;
                    known.due = *day;
                }
                None => known.state = FindingState::Settled,
            }),
            Fact::FindingTransferred { finding, to, .. } => {
                self.change(*finding, |known| known.transferred = Some(*to));
            }
            _ => {}
        }
    }

    fn change(&mut self, id: FindingId, change: impl FnOnce(&mut Finding)) {
        if let Some(known) = self.0.get_mut(&id) {
            change(known);
        }
    }
}
