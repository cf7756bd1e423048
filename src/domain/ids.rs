//! Names of things in the log: random 128-bit ids, and the officer's number. An id says nothing about whom or what it
//! names; it is drawn by the author's desk and never by a rule.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), hex::encode(self.0))
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| BadId)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

/// A text that is not the 32 hexadecimal digits of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("不是有效的内部编号")]
pub struct BadId;

ids! {
    /// A person (人员).
    PersonId,
    /// A household (家庭).
    HouseholdId,
    /// A matter of hardship (急难事项).
    MatterId,
    /// A lead (线索).
    LeadId,
    /// A case (办件).
    CaseId,
    /// One line of a grant (救助明细): money, goods, a referral or a service. It is paid once.
    LineId,
    /// A payee's account (领款账户).
    AccountId,
    /// A batch of payments (发放批次).
    BatchId,
    /// An authorisation to pay first (先行救助授权).
    AuthorityId,
    /// A grant of office that one administrator proposed (待复核的授予).
    ProposalId,
    /// One reading of a ledger file (往年台账导入).
    ImportId,
    /// A finding of the supervisor (督导问题).
    FindingId,
    /// Goods on their way to a township (物资调拨).
    TransferId,
    /// A referral (转介).
    ReferralId,
    /// A link between two records of one person (人员合并).
    MergeId,
    /// An incident that struck many households (群体性事项).
    IncidentId,
    /// A body that helps beside the government (协作单位).
    PartnerId,
    /// Somebody of the team that finds hardship (主动发现队伍).
    DiscovererId,
}

/// The officer's number (操作员号), as typed at sign-in, for example `1203`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficerNo(pub String);

impl fmt::Display for OfficerNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for OfficerNo {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The name under which a private text stands in the private part of the same entry, for example `reason`. The public
/// body holds the name only, so a rule can ask whether a reason was given and never what it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl From<&str> for Text {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}
