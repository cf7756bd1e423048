//! Facts of the register of bodies that help. Fields are named like the arguments they come from.

use crate::base::day::Day;
use crate::domain::ids::{OfficerNo, PartnerId, Text};
use crate::domain::partners::PartnerKind;
use serde::{Deserialize, Serialize};

/// A partner is in the register, as it is from here on; with a last day it has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerNoted {
    /// Which.
    pub partner: PartnerId,
    /// What it is.
    pub kind: PartnerKind,
    /// The township with which it is paired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paired: Option<u16>,
    /// From which day.
    pub since: Day,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Who wrote it.
    pub by: OfficerNo,
    /// 名称.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// 联系人和电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Text>,
    /// 能帮什么.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helps: Option<Text>,
    /// Why it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
