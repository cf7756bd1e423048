//! Arguments of reconciling a source with 财政 at a month's end (与财政对账).

use crate::base::money::Money;
use crate::domain::ids::Text;
use crate::domain::nouns::Fund;
use serde::{Deserialize, Serialize};

/// 与财政对账: what the books of 财政 say of a source at the end of a month. Ours the rules know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconcile {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The source.
    pub fund: Fund,
    /// 财政账面, fen.
    #[serde(rename = "theirs_fen")]
    pub theirs: Money,
    /// Why the figures differ: slot `explained`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Text>,
}

/// 确认对账: another officer read the same figure off the paper, or sends it back to be done again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmReconciled {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The source.
    pub fund: Fund,
    /// Whether it is right.
    pub agrees: bool,
    /// 财政账面 as the second officer read it, fen.
    #[serde(rename = "theirs_fen")]
    pub theirs: Money,
    /// Why not, where it is not: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
