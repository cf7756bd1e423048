//! One person under two numbers or names (人员合并): links between two records, proposed by one officer and confirmed by
//! another, parted the same way. Both records stand as they are; the rules ask which records are one person.

use super::fact::Fact;
use super::ids::{MergeId, OfficerNo, PersonId};
use super::nouns::words;
use crate::base::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// How far a link between two records is.
    LinkState {
        /// One officer says that the two are one person.
        Asked = 1 "合并待复核",
        /// Another agreed: they are one.
        Joined = 2 "已合并",
        /// One officer says that they are two after all; until another agrees they are one.
        Parting = 3 "拆分待复核",
        /// Another agreed: they are two.
        Parted = 4 "已拆分",
        /// The proposal was not followed.
        Dropped = 5 "不予合并",
    }
}

impl LinkState {
    /// Whether the two count as one person.
    pub fn joins(self) -> bool {
        matches!(self, LinkState::Joined | LinkState::Parting)
    }

    /// Whether it waits for a second officer.
    pub fn waits(self) -> bool {
        matches!(self, LinkState::Asked | LinkState::Parting)
    }

    /// Whether nothing more comes of it.
    pub fn is_over(self) -> bool {
        matches!(self, LinkState::Parted | LinkState::Dropped)
    }
}

/// A link between two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The id.
    pub id: MergeId,
    /// 保留: the record that is used from here on.
    pub stays: PersonId,
    /// 并入: the record that is the same person.
    pub joined: PersonId,
    /// How far it is.
    pub state: LinkState,
    /// Who brought it there: while it waits, nobody else's word but his is missing.
    pub by: OfficerNo,
}

/// What the rules may ask of all this.
pub trait SameAnswers {
    /// These people with every record that is one person with any of them.
    fn same_as(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId>;
    /// A link.
    fn link(&self, id: MergeId) -> Option<Link>;
    /// The links of any of these people that are not over, in order of their ids.
    fn links_of(&self, people: &BTreeSet<PersonId>) -> Vec<Link>;
}

/// The day on which a person died, whichever of his records says so; the earliest where several do.
pub fn died(answers: &dyn super::answers::Answers, person: PersonId) -> Option<Day> {
    let same = answers.same_as(&BTreeSet::from([person]));
    same.into_iter().filter_map(|one| answers.person(one)?.died).min()
}

/// The people with everybody to whom one of the pairs leads, over any number of steps.
pub fn reach(people: &BTreeSet<PersonId>, pairs: &[(PersonId, PersonId)]) -> BTreeSet<PersonId> {
    let mut all = people.clone();
    loop {
        let before = all.len();
        for (one, other) in pairs {
            if all.contains(one) || all.contains(other) {
                all.extend([*one, *other]);
            }
        }
        if all.len() == before {
            return all;
        }
    }
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct SameBook {
    links: BTreeMap<MergeId, Link>,
}

impl SameBook {
    /// Applies a fact; others are none of its business. Whom a link is between is said once.
    pub fn apply(&mut self, fact: &Fact) {
        let Fact::PeopleLinked(said) = fact else { return };
        let made = Link {
            id: said.merge,
            stays: said.stays,
            joined: said.joined,
            state: said.state,
            by: said.by.clone(),
        };
        let link = self.links.entry(said.merge).or_insert(made);
        link.state = said.state;
        link.by.clone_from(&said.by);
    }

    fn pairs(&self) -> Vec<(PersonId, PersonId)> {
        let joins = self.links.values().filter(|link| link.state.joins());
        joins.map(|link| (link.stays, link.joined)).collect()
    }

    /// See [`SameAnswers::same_as`].
    pub fn same_as(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        reach(people, &self.pairs())
    }

    /// See [`SameAnswers::link`].
    pub fn link(&self, id: MergeId) -> Option<Link> {
        self.links.get(&id).cloned()
    }

    /// See [`SameAnswers::links_of`].
    pub fn links_of(&self, people: &BTreeSet<PersonId>) -> Vec<Link> {
        let of = |link: &&Link| people.contains(&link.stays) || people.contains(&link.joined);
        self.links.values().filter(|link| !link.state.is_over()).filter(of).cloned().collect()
    }

    /// Every link, in order of its id.
    pub fn all(&self) -> impl Iterator<Item = &Link> {
        self.links.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8) -> PersonId {
        PersonId([number; 16])
    }

    #[test]
    fn chains_reach_both_ways_and_no_further() {
        let pairs = [(person(1), person(2)), (person(2), person(3)), (person(7), person(8))];
        let of = |number| reach(&BTreeSet::from([person(number)]), &pairs);
        let three = BTreeSet::from([person(1), person(2), person(3)]);
        assert_eq!((of(1), of(2), of(3)), (three.clone(), three.clone(), three));
        assert_eq!(of(5), BTreeSet::from([person(5)]));
        assert_eq!(of(8), BTreeSet::from([person(7), person(8)]));
    }
}
