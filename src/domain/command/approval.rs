//! Arguments of approval: submitting, deciding, meetings, ratification.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::MeetingKind;
use crate::domain::office::Tier;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 报批.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submit {
    /// The case.
    pub case: CaseId,
    /// The lines asked for, where they differ from before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
    /// The tier it goes to: at least what the sum asks for.
    pub to: Tier,
    /// The handler's remark: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// 审批同意.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approve {
    /// The case.
    pub case: CaseId,
    /// The lines as approved; a lower amount is allowed with a note.
    pub lines: Vec<Line>,
    /// The remark (批注): asked where the amount differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// A second grant of the same matter in the year: the county's written 正当理由 (slot `second`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_grant: Option<Text>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// 不予救助: only with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refuse {
    /// The case.
    pub case: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 退回补正: only with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The case.
    pub case: CaseId,
    /// What is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 报县局, 转县局代批: the township hands it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassUp {
    /// The case.
    pub case: CaseId,
    /// Why, where the sum alone does not ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 撤回 at the applicant's wish (F23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdraw {
    /// The case.
    pub case: CaseId,
    /// His declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 终止: the lone applicant died, the hardship proved untrue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminate {
    /// The case.
    pub case: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// What else the minutes of a meeting say (F14), each a slot of the private part: names stand nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingPaper {
    /// 会议地点: slot `place`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// 主持人: slot `chair`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<Text>,
    /// 参会单位和人员: slot `attendees`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Text>,
    /// 议题, why the case needs a meeting: slot `topic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Text>,
    /// 各方意见: slot `opinions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinions: Option<Text>,
}

impl MeetingPaper {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        *self == MeetingPaper::default()
    }
}

/// Another case that the same meeting decided, with its own sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlsoMet {
    /// The case.
    pub case: CaseId,
    /// What the meeting decided for it, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
}

/// 一事一议纪要 (F14): 集体研究 of the township, 会商 of the county. One meeting may decide many households of one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldMeeting {
    /// The case.
    pub case: CaseId,
    /// The day of the meeting.
    pub on: Day,
    /// The tier that met.
    pub tier: Tier,
    /// Which of the county's meetings; none of a township's, and in minutes from before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MeetingKind>,
    /// How many were present.
    pub present: u16,
    /// What it decided, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Who was present and what was said: slot `minutes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Text>,
    /// What else the paper says.
    #[serde(default, skip_serializing_if = "MeetingPaper::is_empty")]
    pub paper: MeetingPaper,
    /// The other cases that the same meeting decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoMet>,
}

/// 追认: the county accepts what was paid beyond powers, or a lower sum of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratify {
    /// The case.
    pub case: CaseId,
    /// What is ratified, fen; what is above it is explained or charged to the office.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Why; asked where it is lower than what was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
