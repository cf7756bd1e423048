//! Which records are one person, in memory.

use super::Memory;
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::same::{Link, SameAnswers};
use std::collections::BTreeSet;

impl SameAnswers for Memory {
    fn same_as(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        self.same.same_as(people)
    }

    fn link(&self, id: MergeId) -> Option<Link> {
        self.same.link(id)
    }

    fn links_of(&self, people: &BTreeSet<PersonId>) -> Vec<Link> {
        self.same.links_of(people)
    }
}
