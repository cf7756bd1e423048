//! Facts of the registers.

use crate::base::day::Day;
use crate::domain::ids::{DiscovererId, OfficerNo, Text};
use crate::domain::registers::DiscovererKind;
use serde::{Deserialize, Serialize};

/// Somebody is of the team that finds hardship, or what is known of him was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscovererNoted {
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
    /// Who noted it.
    pub by: OfficerNo,
    /// His name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// His telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
}

/// He left the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscovererEnded {
    /// Who.
    pub discoverer: DiscovererId,
    /// His last day.
    pub until: Day,
    /// Who noted it.
    pub by: OfficerNo,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
