//! Arguments of paying first (先行救助): authorisation, direct aid, advance, late record, the brake.

use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::grant::Line;
use crate::domain::ids::{AuthorityId, CaseId, OfficerNo, Text};
use crate::domain::office::Tier;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 先行救助授权 by an approver at a PC, for one case and up to a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorise {
    /// The new authorisation.
    pub authority: AuthorityId,
    /// The case.
    pub case: CaseId,
    /// Up to what sum, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
}

/// By whose word money is paid first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Authority {
    /// Signed at a PC before.
    Signed {
        /// The authorisation.
        authority: AuthorityId,
    },
    /// 电话授权 of a township approver, recorded by the handler: he signs later (审批人补签).
    Telephone {
        /// Who.
        by: OfficerNo,
        /// When.
        at: Stamp,
        /// From which number: slot `telephone`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<Text>,
    },
    /// A county approver read the next code of his sheet over the telephone.
    Code {
        /// Who.
        by: OfficerNo,
        /// The six digits.
        code: String,
        /// When.
        at: Stamp,
    },
    /// 未验码: the county's word without a code; ratified by the end of the next working day.
    Unverified {
        /// Who.
        by: OfficerNo,
        /// When.
        at: Stamp,
    },
    /// Nobody's word.
    Nobody {},
}

impl Authority {
    /// The tier whose word it claims to be; none for nobody or a signed one, which says itself.
    pub fn spoken_tier(&self) -> Option<Tier> {
        match self {
            Authority::Telephone { .. } => Some(Tier::Township),
            Authority::Code { .. } | Authority::Unverified { .. } => Some(Tier::County),
            Authority::Signed { .. } | Authority::Nobody {} => None,
        }
    }
}

/// 直接救助 or 预支: pays every line at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayFirst {
    /// The case.
    pub case: CaseId,
    /// What is paid.
    pub lines: Vec<Line>,
    /// By whose word.
    pub authority: Authority,
    /// Why cash and not a card (四（三）三): `急难先行` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_reason: Option<Text>,
    /// Who took it and signed or pressed a finger: slot `recipient`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
    /// Who stood by: slot `witness`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Text>,
    /// The number of the blank F13 sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<String>,
    /// When the money was handed over while the drive was away: then it is registered whatever the rules say, and what
    /// it breaks becomes an exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<Stamp>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// Out of whose pocket money came that was already paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaidFrom {
    /// The reserve's cash, as far as it goes; the rest stands under 应付垫付款.
    Reserve,
    /// Somebody's own pocket (垫付): all of it stands under 应付垫付款.
    Pocket,
}

/// 已付补记: only a bad amount, a missing payer or recipient, or a duplicate refuses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPaid {
    /// The case.
    pub case: CaseId,
    /// What was paid.
    pub lines: Vec<Line>,
    /// When.
    pub at: Stamp,
    /// The officer who paid, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<OfficerNo>,
    /// Who paid, where it was another: slot `payer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<Text>,
    /// Who took it: slot `recipient`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
    /// Who stood by: slot `witness`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Text>,
    /// Out of whose pocket.
    pub from: PaidFrom,
    /// By whose word, if anybody's.
    pub authority: Authority,
    /// The number of the blank F13 sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<String>,
}

/// 急需先办: lets a handler with late papers pay first once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftBrake {
    /// Whose brake.
    pub handler: OfficerNo,
    /// The approver who said so, where the handler records a telephone call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_telephone: Option<OfficerNo>,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
