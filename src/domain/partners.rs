//! The county's register of bodies that help beside the government (协作单位, S27): charities, enterprises, social work
//! services, departments. None is taken out of it: what ends has a last day, and what was referred to it stays its own.

use super::fact::Fact;
use super::ids::PartnerId;
use super::nouns::words;
use crate::base::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What a partner (协作单位) is.
    PartnerKind {
        /// 公益慈善组织.
        Charity = 1 "慈善组织",
        /// 企业.
        Enterprise = 2 "企业",
        /// 社会工作服务机构.
        SocialWork = 3 "社工机构",
        /// 部门.
        Department = 4 "部门",
        /// 其他.
        Other = 5 "其他",
    }
}

/// A body that helps beside the government, as the rules know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// From which day.
    pub since: Day,
    /// Its last day, once it has ended.
    pub until: Option<Day>,
}

impl Partner {
    /// Whether it may be named on a day: the first and the last one count.
    pub fn stands(&self, on: Day) -> bool {
        self.since <= on && self.until.is_none_or(|last| on <= last)
    }
}

/// What the rules may ask of the register.
pub trait PartnerAnswers {
    /// A partner, also one that has ended.
    fn partner(&self, id: PartnerId) -> Option<Partner>;
}

/// The register, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct PartnerBook {
    partners: BTreeMap<PartnerId, Partner>,
}

impl PartnerBook {
    /// Applies a fact; others are none of its business.
    pub fn apply(&mut self, fact: &Fact) {
        if let Fact::PartnerNoted(is) = fact {
            self.partners.insert(is.partner, Partner { since: is.since, until: is.until });
        }
    }

    /// A partner.
    pub fn partner(&self, id: PartnerId) -> Option<Partner> {
        self.partners.get(&id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_day_count() {
        let day = |d| Day::new(2026, 3, d).unwrap();
        let mut known = Partner { since: day(2), until: None };
        assert!(known.stands(day(2)) && !known.stands(day(1)));
        known.until = Some(day(5));
        assert!(known.stands(day(5)) && !known.stands(day(6)));
    }
}
