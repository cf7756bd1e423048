//! Arguments of the registers: who finds hardship in a village (主动发现队伍).

use crate::base::day::Day;
use crate::domain::ids::{DiscovererId, Text};
use crate::domain::registers::DiscovererKind;
use serde::{Deserialize, Serialize};

/// 发现人登记, and its correction: an id already known makes it one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDiscoverer {
    /// Who.
    pub discoverer: DiscovererId,
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// What he is.
    pub kind: DiscovererKind,
    /// Since when.
    pub since: Day,
    /// His name: slot `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// His telephone: slot `phone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
}

/// 发现人离队.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndDiscoverer {
    /// Who.
    pub discoverer: DiscovererId,
    /// His last day.
    pub until: Day,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
