//! What follows a decision: its paper reaches the applicant (结果送达, F11, F12, F10), and somebody asks later how he is
//! (回访). With them what the papers ask of the hardship beyond what a decision needs (困难详情), which is often known only
//! after the help. On both paths. Facts of the same name carry them on.

use crate::base::day::Day;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::path::{Delivery, FollowState, FollowWay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

/// 困难详情 (F3, and what F1 and F2 ask of each member): illness, losses and what proves them. All of it is private: the
/// public part says that it was entered and under which slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardship {
    /// The case.
    pub case: CaseId,
    /// The day on which it was told or seen.
    pub on: Day,
    /// The slots that are filled.
    pub texts: BTreeSet<Text>,
}
