//! Who works where: offices, roles, officers and the tiers of approval.

use super::ids::OfficerNo;
use crate::base::day::Stamp;
use crate::base::money::Money;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::collections::BTreeSet;
use std::fmt;

/// An office (单位): the county bureau (县局) or a township's civil-affairs office (乡镇民政办), by its three-digit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// 县局.
    County,
    /// 乡（镇、场、街）民政办, for example 102 for 波罗赤镇.
    Township(u16),
}

impl Office {
    /// The township's code, where it is one.
    pub fn township(self) -> Option<u16> {
        match self {
            Office::County => None,
            Office::Township(code) => Some(code),
        }
    }

    /// The tier at which an approver of this office decides.
    pub fn tier(self) -> Tier {
        match self {
            Office::County => Tier::County,
            Office::Township(_) => Tier::Township,
        }
    }

    /// Whether this office may see to a case of `township`: the county sees to all.
    pub fn covers(self, township: u16) -> bool {
        self.township().is_none_or(|own| own == township)
    }
}

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Office::County => f.write_str("county"),
            Office::Township(code) => write!(f, "{code:03}"),
        }
    }
}

impl std::str::FromStr for Office {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "county" => Ok(Office::County),
            _ => text.parse().map(Office::Township).map_err(|_| format!("{text} 不是单位代码")),
        }
    }
}

impl Serialize for Office {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Office {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A tier of approval (审批层级). The order is the order of powers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// 乡镇.
    Township,
    /// 县局.
    County,
    /// 市级.
    City,
}

impl Tier {
    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            Tier::Township => "乡镇",
            Tier::County => "县局",
            Tier::City => "市局",
        }
    }
}

/// A role (岗位). One officer may hold several; forbidden pairs are forbidden on one case, not on one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 经办人.
    Handler,
    /// 审批人.
    Approver,
    /// 财务.
    Finance,
    /// 督导: reads everything, writes findings only.
    Supervisor,
    /// 管理员: officers and keys, no business rights.
    Administrator,
}

impl Role {
    /// Every role, in the order of screens.
    pub const ALL: [Role; 5] =
        [Role::Handler, Role::Approver, Role::Finance, Role::Supervisor, Role::Administrator];

    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            Role::Handler => "经办人",
            Role::Approver => "审批人",
            Role::Finance => "财务",
            Role::Supervisor => "督导",
            Role::Administrator => "管理员",
        }
    }
}

/// An officer (操作员) as the log has made him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// 操作员号.
    pub no: OfficerNo,
    /// The name where this desk can read it, else empty.
    pub name: String,
    /// The one office.
    pub office: Office,
    /// The roles held now.
    pub roles: BTreeSet<Role>,
    /// The key (hex of its id) with which he signs now; none before his first key.
    pub key: Option<String>,
    /// When he was enrolled.
    pub since: Stamp,
    /// An approver's own limit below his tier's.
    pub limit: Option<Money>,
    /// Whether his work has ended or is suspended.
    pub ended: bool,
}

impl Officer {
    /// Whether the officer holds `role`.
    pub fn is(&self, role: Role) -> bool {
        !self.ended && self.roles.contains(&role)
    }

    /// Whether he is suspended (停用): his roles stay noted, nothing he signs counts.
    pub fn is_suspended(&self) -> bool {
        self.ended && !self.roles.is_empty()
    }
}
