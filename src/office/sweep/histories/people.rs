//! The commands of a step about two records of one person.

use super::step::{Step, person};
use super::world::World;
use crate::domain::command::Command;
use crate::domain::command::people::{MergePeople, PartPeople};
use crate::domain::ids::{MergeId, Text};
use crate::domain::same::SameAnswers as _;
use std::collections::BTreeSet;

/// The first verb of a step that is told here.
pub(super) const FIRST: u8 = super::tiers::FIRST + super::tiers::COUNT;
/// How many of them there are.
pub(super) const COUNT: u8 = 3;

/// One proposes, mostly another confirms.
pub(super) fn author(step: &Step) -> &'static str {
    ["1001", "1002", "1004", "9002"].get(usize::from(step.b % 4)).copied().unwrap_or("1001")
}

impl World {
    pub(super) fn linking(&self, step: &Step) -> Command {
        let reason = step.words.then(|| Text::from("reason"));
        let people: BTreeSet<_> = (0..4).map(person).collect();
        let links = self.memory.links_of(&people);
        let known = links.get(usize::from(step.a) % links.len().max(1));
        let fresh = MergeId([step.a; 16]);
        match (step.verb - FIRST, known) {
            // What waits is taken up again, so that links come to their end.
            (0 | 1, Some(link)) if step.fit && link.state.waits() => Command::MergePeople(MergePeople {
                merge: link.id,
                stays: link.stays,
                joined: link.joined,
                reason,
            }),
            (2, Some(link)) => Command::PartPeople(PartPeople { merge: link.id, reason }),
            (2, None) => Command::PartPeople(PartPeople { merge: fresh, reason }),
            _ => {
                let (stays, joined) = (person(step.a), person(step.a / 4));
                Command::MergePeople(MergePeople { merge: fresh, stays, joined, reason })
            }
        }
    }
}
