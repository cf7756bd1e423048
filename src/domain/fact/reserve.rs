//! Facts of the reserve's ceiling and of recovering.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, LineId, OfficerNo, Text};
use serde::{Deserialize, Serialize};

/// A township's reserve holds so much when it is full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingSet {
    /// The township.
    pub township: u16,
    /// The ceiling, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// From when.
    pub on: Day,
    /// 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A township asked for its reserve to be filled up; an earlier question of it is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplenishAsked {
    /// The township.
    pub township: u16,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// When.
    pub on: Day,
    /// Who asked.
    pub by: OfficerNo,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The county wants so much of a line back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryOrdered {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// When it was decided.
    pub on: Day,
    /// Until which day.
    pub until: Day,
    /// Who decided.
    pub by: OfficerNo,
    /// What was stated falsely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// So much of it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryPaid {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// When.
    pub on: Day,
    /// 收据.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}
