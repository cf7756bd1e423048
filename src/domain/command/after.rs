//! What follows a decision: its paper reaches the applicant (结果送达, F11, F12, F10), and somebody asks later how he is
//! (回访). On both paths. Facts of the same name carry them on.

use crate::base::day::Day;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::path::{Delivery, FollowState, FollowWay};
use serde::{Deserialize, Serialize};

/// 结果送达: which paper it is, the stage of the case says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliver {
    /// The case.
    pub case: CaseId,
    /// The day on which it reached him.
    pub on: Day,
    /// How.
    pub delivery: Delivery,
    /// What proves it: who signed, the number of the letter, who stood by, where it was announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// 回访: whether the help arrived and what became of the hardship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// How.
    pub way: FollowWay,
    /// Whether he received what was granted.
    pub received: bool,
    /// What became of the hardship.
    pub state: FollowState,
    /// Whom one spoke to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<Text>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Text>,
}
