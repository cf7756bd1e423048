//! Facts about two records of one person: see [`crate::domain::same`].
#![allow(missing_docs)]

use crate::domain::ids::{MergeId, OfficerNo, PersonId, Text};
use crate::domain::same::LinkState;
use serde::{Deserialize, Serialize};

/// How far a link between two records is from here on, by whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleLinked {
    pub merge: MergeId,
    pub stays: PersonId,
    pub joined: PersonId,
    pub state: LinkState,
    pub by: OfficerNo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
