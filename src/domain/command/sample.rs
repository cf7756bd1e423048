//! Arguments of drawing cases by lot (抽查, S38).

use crate::base::day::Day;
use serde::{Deserialize, Serialize};

/// 抽查: the supervisor draws among what was decided in a span of days. The seed stands in the entry, so that anybody can
/// draw again and comes to the same cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSample {
    /// Of which township; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub township: Option<u16>,
    /// Decided from this day.
    pub from: Day,
    /// To this day, itself included.
    pub to: Day,
    /// How many.
    pub count: u16,
    /// 32 hexadecimal digits, drawn on the supervisor's PC before anybody knows what they choose.
    pub seed: String,
}
