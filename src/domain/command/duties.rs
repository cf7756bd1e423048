//! Arguments of the verbs about who does the work: standing in, handing on and over, the duty list.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, OfficerNo, Text};
use crate::domain::office::Office;
use serde::{Deserialize, Serialize};

/// 委托代批.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// The approver whose powers they are; oneself, or another where the county arranges it.
    pub from: OfficerNo,
    /// Who stands in.
    pub to: OfficerNo,
    /// The first day.
    pub since: Day,
    /// The last day.
    pub until: Day,
    /// Why, in the private part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 终止委托, before its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndDelegation {
    /// The approver.
    pub from: OfficerNo,
    /// Who stood in.
    pub to: OfficerNo,
    /// The first day of the delegation that ends.
    pub since: Day,
}

/// 值班表: the rows replace those of the same office and day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyList {
    /// Whose list.
    pub office: Office,
    /// A row a day.
    pub rows: Vec<DutyRow>,
}

/// A day of a duty list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRow {
    /// The day.
    pub day: Day,
    /// Who is on duty.
    pub officers: Vec<OfficerNo>,
    /// The telephone, in the private part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
}

/// 转办: one case to another handler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOnCase {
    /// The case.
    pub case: CaseId,
    /// The handler from here on.
    pub to: OfficerNo,
    /// 迁往: the village where the household lives now, in another township, which has the case from here on; none where
    /// the case stays with its township.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<u64>,
    /// Why, in the private part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 工作交接: everything of one officer to another. Signed by the approver who stood by while it was counted (监交人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Who leaves (移交人).
    pub from: OfficerNo,
    /// Who takes over (接收人).
    pub to: OfficerNo,
    /// The cash that was counted; none where he kept none.
    #[serde(default, rename = "cash_fen", skip_serializing_if = "Option::is_none")]
    pub cash: Option<Money>,
    /// The numbers of the blank sheets that are handed over unused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blanks: Vec<String>,
    /// What else is handed over, and why cash and books differ where they do; in the private part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
