//! Arguments of the reserve's ceiling and its replenishment, and of recovering what was got by false statements.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, LineId, Text};
use serde::{Deserialize, Serialize};

/// 核定备用金: how much a township's reserve holds when it is full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCeiling {
    /// The township.
    pub township: u16,
    /// The ceiling, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// 文号: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// 申请补足: a township asks the county to fill its reserve up, for what is spent and whose papers are complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskReplenish {
    /// The township.
    pub township: u16,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// In words: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// 追缴: the county wants back what was got by false statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverAid {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Until which day it is to be paid in.
    pub until: Day,
    /// What was stated falsely, and how it was found out: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 追缴到款: money of it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeBack {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// The day the money was there.
    pub on: Day,
    /// 收据: slot `receipt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}
