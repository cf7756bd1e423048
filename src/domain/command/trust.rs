//! Arguments of trust: settling marks, the supervisor's findings.

use crate::base::day::Day;
use crate::domain::ids::{CaseId, FindingId, OfficerNo, Text};
use crate::domain::nouns::Discipline;
use serde::{Deserialize, Serialize};

/// Which marks are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of")]
pub enum MarkOf {
    /// Every open mark of a case: it may move again.
    Case {
        /// The case.
        case: CaseId,
    },
    /// The marks of an entry that concern no case: a role somebody gave himself, a copied PC.
    Entry {
        /// The entry.
        n: u64,
    },
}

/// 处理违规标记: the county has looked into it and lets what was done stand. Taking it back is `reverse`, what was paid
/// beyond powers is ratified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleMark {
    /// Which.
    pub of: MarkOf,
    /// What was found out: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "about")]
pub enum About {
    /// A case; its township's office answers.
    Case {
        /// The case.
        case: CaseId,
    },
    /// A township's office as such.
    Township {
        /// The township.
        township: u16,
    },
    /// An officer; his office answers.
    Officer {
        /// The officer.
        officer: OfficerNo,
    },
}

/// 提出问题.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaiseFinding {
    /// The new finding.
    pub finding: FindingId,
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
    /// The entry it is seen at, for example a marked one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// Until when the office puts it right.
    pub due: Day,
    /// What is wrong: slot `finding`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// 整改: the office says what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFinding {
    /// The finding.
    pub finding: FindingId,
    /// What was done: slot `answer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// 销号, or 退回整改 with another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleFinding {
    /// The finding.
    pub finding: FindingId,
    /// Not put right yet: until when; none ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Day>,
    /// What was looked at: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 移交 to discipline (五（三）). It ends nothing: the office still puts it right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The finding.
    pub finding: FindingId,
    /// To whom.
    pub to: Discipline,
    /// The document's number (文号): slot `document`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
