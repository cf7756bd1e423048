//! 主动发现队伍 and its figures: what their screens ask, what comes back, and the screens.

use crate::office::front::registers::Discovery;
use crate::store::replica::views::discovery::DiscovererRow;

/// What a screen may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterAsk {
    /// The team. [`RegisterReply::Team`].
    Team,
    /// What was heard by village in a year, or ever. [`RegisterReply::Discovery`].
    Discovery(Option<i32>),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterReply {
    /// The team.
    Team(Vec<DiscovererRow>),
    /// What was heard by village.
    Discovery(Box<Discovery>),
}

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterPlace {
    /// 主动发现队伍.
    Team,
    /// 主动发现统计.
    Discovery,
}
