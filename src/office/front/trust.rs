//! Deeds of trust (监督): settling marks, findings and their answers.

use super::super::compose::{Draft, Gap, Halt};
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::trust::{
    About, AnswerFinding, MarkOf, RaiseFinding, SettleFinding, SettleMark, Transfer,
};
use crate::domain::ids::FindingId;
use crate::domain::nouns::Discipline;
use crate::domain::private::Private;
use crate::office::random;

/// What the county, the supervisor or the office concerned does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustDeed {
    /// 处理违规标记, with what was found out.
    SettleMark(MarkOf, String),
    /// 提出问题.
    Raise {
        /// What it is about.
        about: Whom,
        /// The entry it is seen at.
        entry: Option<u64>,
        /// Until when.
        due: Day,
        /// What is wrong.
        text: String,
    },
    /// 整改.
    Answer(FindingId, String),
    /// 销号, or back to the office until a day.
    Settle(FindingId, Option<Day>, String),
    /// 移交, with the document's number and the reason.
    Transfer(FindingId, Discipline, String, String),
}

/// What a finding is about, as a screen knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Known.
    About(About),
    /// A case by the 编号 that was typed: found on this PC before the deed is composed.
    Numbered(String),
}

impl TrustDeed {
    /// The command.
    ///
    /// # Errors
    /// A number that no case has; no random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self {
            TrustDeed::SettleMark(of, reason) => {
                Command::SettleMark(SettleMark { of: *of, reason: private.put("reason", reason) })
            }
            TrustDeed::Raise { about: Whom::Numbered(number), .. } => {
                return Err(Halt::Gaps(vec![Gap {
                    field: "about",
                    sentence: format!("没有编号是{number}的办件，请核对编号，如 26-102-0031"),
                }]));
            }
            TrustDeed::Raise { about: Whom::About(about), entry, due, text } => {
                Command::RaiseFinding(RaiseFinding {
                    finding: FindingId(random::bytes()?),
                    about: about.clone(),
                    entry: *entry,
                    due: *due,
                    text: private.put("finding", text),
                })
            }
            TrustDeed::Answer(finding, text) => {
                Command::AnswerFinding(AnswerFinding { finding: *finding, text: private.put("answer", text) })
            }
            TrustDeed::Settle(finding, again, reason) => Command::SettleFinding(SettleFinding {
                finding: *finding,
                again: *again,
                reason: private.put("reason", reason),
            }),
            TrustDeed::Transfer(finding, to, document, reason) => Command::Transfer(Transfer {
                finding: *finding,
                to: *to,
                document: private.put("document", document),
                reason: private.put("reason", reason),
            }),
        };
        Ok((command, private))
    }

    /// The same with a number that was typed replaced by its case, where `find` knows it.
    pub fn resolved(&self, find: impl FnOnce(&str) -> Option<crate::domain::ids::CaseId>) -> TrustDeed {
        let mut deed = self.clone();
        if let TrustDeed::Raise { about, .. } = &mut deed
            && let Whom::Numbered(number) = about
            && let Some(case) = find(number)
        {
            *about = Whom::About(About::Case { case });
        }
        deed
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            TrustDeed::SettleMark(..) => "违规标记已处理",
            TrustDeed::Raise { .. } => "问题已提出",
            TrustDeed::Answer(..) => "整改已报送，等督导核实",
            TrustDeed::Settle(_, None, _) => "已销号",
            TrustDeed::Settle(_, Some(_), _) => "已退回整改",
            TrustDeed::Transfer(..) => "移交已登记",
        }
    }
}
