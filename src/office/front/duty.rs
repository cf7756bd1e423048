//! Who does the work (岗位安排): what an officer does at the screen of delegations, duty lists, hand-overs and relatives.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::duties::{Delegate, DutyList, DutyRow, EndDelegation, HandOnCase, HandOver};
use crate::domain::command::intake::NotePerson;
use crate::domain::command::kernel::FileRelative;
use crate::domain::delegation::Delegation;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::office::Office;
use crate::domain::private::{PersonDetails, Private};
use crate::office::compose::{Draft, Halt};
use crate::office::random;

/// What.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arranged {
    /// 委托代批, with its reason.
    Lend(Delegation, String),
    /// 终止委托.
    EndLoan(Delegation),
    /// 值班表: the days, who is on duty, the telephone.
    OnDuty(Office, Vec<Day>, Vec<OfficerNo>, String),
    /// 转办, with its reason.
    HandOn(CaseId, OfficerNo, Option<u64>, String),
    /// 工作交接.
    HandOver {
        /// 移交人.
        from: OfficerNo,
        /// 接收人.
        to: OfficerNo,
        /// Cash as counted.
        cash: Option<Money>,
        /// Blank sheets by number.
        blanks: Vec<String>,
        /// What else.
        note: String,
    },
    /// 近亲属备案 of somebody known, with the relation.
    Relative(OfficerNo, PersonId, String),
    /// 近亲属备案 by name, where nobody knows the number.
    NamedRelative(Box<NamedRelative>),
}

/// A near relative without a number that anybody here knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRelative {
    /// Whose.
    pub officer: OfficerNo,
    /// 姓名.
    pub name: String,
    /// 关系.
    pub relation: String,
    /// 出生年, as far as known.
    pub born: String,
    /// 乡镇.
    pub township: u16,
    /// 村(居), in words.
    pub village: String,
}

impl NamedRelative {
    /// A record of him without papers, and that he is a relative.
    fn compose(&self) -> Result<Vec<Draft>, Halt> {
        let person = PersonId(random::bytes()?);
        let mut noted = Private::default();
        let why = noted.put("papers", "近亲属备案，不知道证件号");
        let details = PersonDetails {
            name: self.name.clone(),
            address: self.village.clone(),
            ..PersonDetails::default()
        };
        noted.people.insert(person, details);
        let note = NotePerson { person, resident: true, without_papers: why, died: None, reason: None };
        let mut private = Private::default();
        let file = FileRelative {
            officer: self.officer.clone(),
            person,
            relation: private.put("relation", &self.relation),
            born: private.put("born", &self.born),
            township: Some(self.township),
        };
        Ok(vec![(Command::NotePerson(note), noted), (Command::FileRelative(file), private)])
    }
}

impl Arranged {
    /// Its commands.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Vec<Draft>, Halt> {
        let mut private = Private::default();
        let command = match self.clone() {
            Arranged::Lend(Delegation { since, from, to, until }, reason) => {
                let reason = private.put("reason", &reason);
                Command::Delegate(Delegate { from, to, since, until, reason })
            }
            Arranged::EndLoan(Delegation { since, from, to, .. }) => {
                Command::EndDelegation(EndDelegation { from, to, since })
            }
            Arranged::OnDuty(office, days, officers, phone) => {
                let phone = private.put("phone", &phone);
                let row = |day| DutyRow { day, officers: officers.clone(), phone: phone.clone() };
                Command::DutyList(DutyList { office, rows: days.into_iter().map(row).collect() })
            }
            Arranged::HandOn(case, to, village, reason) => {
                let reason = private.put("reason", &reason);
                Command::HandOnCase(HandOnCase { case, to, village, reason })
            }
            Arranged::HandOver { from, to, cash, blanks, note } => {
                let note = private.put("note", &note);
                Command::HandOver(HandOver { from, to, cash, blanks, note })
            }
            Arranged::Relative(officer, person, relation) => Command::FileRelative(FileRelative {
                officer,
                person,
                relation: private.put("relation", &relation),
                born: None,
                township: None,
            }),
            Arranged::NamedRelative(named) => return named.compose(),
        };
        Ok(vec![(command, private)])
    }

    /// The case it is about.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Arranged::HandOn(case, ..) => Some(*case),
            _ => None,
        }
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            Arranged::Lend(..) => "委托已登记",
            Arranged::EndLoan(_) => "委托已终止",
            Arranged::OnDuty(..) => "值班表已登记",
            Arranged::HandOn(_, _, Some(_), _) => "已迁移",
            Arranged::HandOn(..) => "已转办",
            Arranged::HandOver { .. } => "工作交接已登记",
            Arranged::Relative(..) | Arranged::NamedRelative(_) => "近亲属已备案",
        }
    }
}
