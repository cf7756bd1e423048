//! Arguments of the verbs about what is private: looking at it in full, destroying it after its time.

use crate::domain::ids::{CaseId, PersonId, Text};
use crate::domain::privacy::LookPurpose;
use serde::{Deserialize, Serialize};

/// Whose full details are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A person and his household.
    Person(PersonId),
    /// The applicant of a case, and what stands in it.
    Case(CaseId),
}

/// 查看完整信息: somebody looks at what is masked. It is written so that looking leaves a trace; it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmask {
    /// Whose.
    pub subject: Subject,
    /// What for.
    pub purpose: LookPurpose,
    /// In words, needed for [`LookPurpose::Other`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// 到期销毁: the private parts of these cases go for good; amounts, days and numbers stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erase {
    /// Which cases, each once.
    pub cases: Vec<CaseId>,
}
