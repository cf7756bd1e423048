//! Facts of reconciling with 财政.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{OfficerNo, Text};
use crate::domain::nouns::Fund;
use serde::{Deserialize, Serialize};

/// A source was compared with the books of 财政 at a month's end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceReconciled {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u32,
    /// The source.
    pub fund: Fund,
    /// What our books held after the month, fen.
    #[serde(rename = "ours_fen")]
    pub ours: Money,
    /// What theirs said, fen.
    #[serde(rename = "theirs_fen")]
    pub theirs: Money,
    /// When.
    pub on: Day,
    /// Who compared.
    pub by: OfficerNo,
    /// Why they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Text>,
}

/// Another officer confirmed it, or sent it back: then it is as if it was never done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconciliationAnswered {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u32,
    /// The source.
    pub fund: Fund,
    /// Whether it is right.
    pub agrees: bool,
    /// When.
    pub on: Day,
    /// Who.
    pub by: OfficerNo,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
