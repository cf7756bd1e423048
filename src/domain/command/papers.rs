//! Arguments of the papers after paying first, of closing and of reversal.

use crate::base::day::Day;
use crate::domain::ids::{CaseId, LineId, Text};
use crate::domain::nouns::ItemKind;
use serde::{Deserialize, Serialize};

/// 补手续: one deferred item is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompleteItem {
    /// The case.
    pub case: CaseId,
    /// Which item.
    pub item: ItemKind,
    /// The day on the paper.
    pub on: Day,
}

/// 急难未缓解: moves the due day while the emergency lasts, at most the pack's days at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillUrgent {
    /// The case.
    pub case: CaseId,
    /// The new due day.
    pub until: Day,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 办结.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The case.
    pub case: CaseId,
}

/// What is reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Reversed {
    /// One payment: the money is back where it came from and the line can be paid again.
    Payment {
        /// The line.
        line: LineId,
    },
    /// A grant whose lines are not paid (or reversed): the case ends, the year's rule is free again.
    Grant {},
    /// A completed item was not complete.
    Item {
        /// Which.
        item: ItemKind,
    },
}

/// 冲正: nothing is deleted, only reversed, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverse {
    /// The case.
    pub case: CaseId,
    /// What.
    pub reversed: Reversed,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
