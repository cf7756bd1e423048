//! Facts of the expenditure path that hold more than their command: what was reckoned with it, once.

use super::Fact;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::path::Signer;
use crate::domain::ids::{CaseId, OfficerNo, Text};
use crate::domain::nouns::path::{Delivery, Pause, ResultPaper};
use crate::domain::office::Tier;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The applicant was told what is missing; the clock stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnceNoticed {
    /// The case.
    pub case: CaseId,
    /// When he was told.
    pub on: Day,
    /// Until when he brings it.
    pub until: Day,
    /// 已收材料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Text>,
    /// 缺少材料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Text>,
    /// How he was told.
    pub delivery: Delivery,
    /// What proves it (回执).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// The household lets its means be looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeansAuthorised {
    /// The case.
    pub case: CaseId,
    /// 签署日.
    pub on: Day,
    /// 有效期至, the day itself included.
    pub until: Day,
    /// Every member.
    pub members: Vec<Signer>,
    /// Guardians who are not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardians: Option<Text>,
    /// Why somebody signs later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Text>,
}

/// The township has given its opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examined {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// By whom.
    pub by: OfficerNo,
    /// Whether the township agrees.
    pub agrees: bool,
    /// 建议金额.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// 审核意见.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Text>,
}

/// A notice hangs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticePosted {
    /// The case.
    pub case: CaseId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The sum on it.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// 张贴地点.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// 张贴人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_by: Option<Text>,
    /// 困难摘要.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// 异议电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// How many photographs of it.
    pub photos: u16,
}

/// The county lets a case go without a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeExempted {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// By whom.
    pub by: OfficerNo,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// The applicant has the paper of the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDelivered {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// Which paper, by the stage of the case on that day.
    pub paper: ResultPaper,
    /// How.
    pub delivery: Delivery,
    /// What proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// Where the clock of a case stands (办理期限): reckoned by [`crate::domain::clock`] when something moved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSet {
    /// The case.
    pub case: CaseId,
    /// The day of what moved it.
    pub on: Day,
    /// Whose clock.
    pub tier: Tier,
    /// The day by which this tier has to be done; none while nobody knows when the clock goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// How many working days were left on that day.
    pub left: u32,
    /// Why it stands still on that day.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub still: BTreeSet<Pause>,
}

impl Fact {
    /// Whether it is a step of the expenditure path or what follows the decision, of which a case's course is made.
    pub fn is_step(&self) -> bool {
        self.happened().is_some()
    }

    /// When such a step happened, by its own paper.
    pub fn happened(&self) -> Option<Day> {
        Some(match self {
            Fact::ApplicationNoted(made) => made.on,
            Fact::OnceNoticed(made) => made.on,
            Fact::Corrected(made) => made.on,
            Fact::CaseAccepted(made) => made.on,
            Fact::Surveyed(made) => made.at.day(),
            Fact::MeansAuthorised(made) => made.on,
            Fact::MeansAsked(made) => made.on,
            Fact::MeansChecked(made) => made.on,
            Fact::SchoolNoted(made) => made.on,
            Fact::Reviewed(made) => made.on,
            Fact::Examined(made) => made.on,
            Fact::NoticePosted(made) => made.from,
            Fact::NoticeEnded(made) => made.on,
            Fact::NoticeExempted(made) => made.on,
            Fact::ObjectionMade(made) => made.on,
            Fact::ObjectionSettled(made) => made.on,
            Fact::ResultDelivered(made) => made.on,
            Fact::FollowedUp(made) => made.on,
            Fact::HardshipNoted(made) => made.on,
            Fact::ClockSet(made) => made.on,
            _ => return None,
        })
    }
}
