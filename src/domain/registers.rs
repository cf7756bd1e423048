//! The registers beside cases (名册): the people of each village who find hardship (主动发现队伍, 四（一）二). Applied from
//! facts; the rules ask it through [`RegisterAnswers`]. Whoever leaves is ended and never erased: leads name him for good.

use super::fact::Fact;
use super::ids::DiscovererId;
use super::nouns::words;
use super::partners::PartnerBook;
use crate::base::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What somebody of the team is (队伍类别), S21.
    DiscovererKind {
        /// 村（居）两委成员.
        Committee = 1 "村居两委成员",
        /// 网格员.
        Grid = 2 "网格员",
        /// 志愿者.
        Volunteer = 3 "志愿者",
        /// 社会工作者.
        SocialWorker = 4 "社工",
        /// 其他.
        Other = 5 "其他人员",
    }
}

/// Somebody of the team. His name and telephone are private and no rule reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discoverer {
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// What he is.
    pub kind: DiscovererKind,
    /// Since when.
    pub since: Day,
    /// His last day, where he left.
    pub until: Option<Day>,
}

impl Discoverer {
    /// Whether he was of the team on a day.
    pub fn serves(&self, day: Day) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What the rules may ask of the registers.
pub trait RegisterAnswers {
    /// Somebody of the team.
    fn discoverer(&self, id: DiscovererId) -> Option<Discoverer>;
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct RegisterBook {
    discoverers: BTreeMap<DiscovererId, Discoverer>,
    /// 协作单位.
    pub partners: PartnerBook,
}

impl RegisterBook {
    /// Applies a fact; others are none of its business.
    pub fn apply(&mut self, fact: &Fact) {
        self.partners.apply(fact);
        match fact {
            Fact::DiscovererNoted(made) => {
                let until = self.discoverers.get(&made.discoverer).and_then(|known| known.until);
                let noted = Discoverer {
                    township: made.township,
                    village: made.village,
                    kind: made.kind,
                    since: made.since,
                    until,
                };
                self.discoverers.insert(made.discoverer, noted);
            }
            Fact::DiscovererEnded(made) => {
                if let Some(known) = self.discoverers.get_mut(&made.discoverer) {
                    known.until = Some(made.until);
                }
            }
            _ => {}
        }
    }

    /// Somebody of the team.
    pub fn discoverer(&self, id: DiscovererId) -> Option<Discoverer> {
        self.discoverers.get(&id).copied()
    }
}
