//! Arguments about two records of one person: 人员合并, 人员拆分.

use crate::domain::ids::{MergeId, PersonId, Text};
use serde::{Deserialize, Serialize};

/// 人员合并: the first officer proposes, another confirms with the same words; on a parting that waits it says that they
/// stay one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePeople {
    /// The link, new or one that waits.
    pub merge: MergeId,
    /// The record that is used from here on.
    pub stays: PersonId,
    /// The record that is the same person.
    pub joined: PersonId,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 人员拆分: the first officer proposes, another confirms; on a merger that waits it says that it is not followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartPeople {
    /// The link.
    pub merge: MergeId,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
