//! Arguments of the register of 协作单位. Names, contacts and what a body helps with are private.

use crate::base::day::Day;
use crate::domain::ids::{PartnerId, Text};
use crate::domain::partners::PartnerKind;
use serde::{Deserialize, Serialize};

/// 协作单位登记, its correction, and its end. An id already known makes it one of the latter; a last day ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePartner {
    /// Which.
    pub partner: PartnerId,
    /// What it is.
    pub kind: PartnerKind,
    /// The township with which it is paired (结对帮扶).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paired: Option<u16>,
    /// From which day.
    pub since: Day,
    /// Its last day, where it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// 名称: slot `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// 联系人和电话: slot `contact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Text>,
    /// 能帮什么: slot `helps`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helps: Option<Text>,
    /// Why it is changed: slot `reason`; asked of what is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
