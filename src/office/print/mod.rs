//! Printing: papers become pages that the system prints. It must never decide anything: what stands on a paper stands in
//! the replica.

mod bank;
#[cfg(test)]
mod bank_tests;
pub mod children;
pub mod codes;
pub mod county;
mod destroyed;
mod f1;
mod f13;
mod f16;
mod f1_path;
mod f2;
mod f21;
pub mod founding;
pub mod gather;
#[cfg(test)]
mod held_tests;
pub mod html;
mod missing;
pub mod month;
mod partners;
mod parts;
pub mod path;
mod reserve;
pub mod sheets;
#[cfg(test)]
mod tests;
pub mod write;

use crate::base::day::Day;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::private::PersonDetails;
use crate::store::export::PRACTICE;
use crate::store::export::paper::Paper;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::reserve::ReserveMonth;
use std::collections::BTreeMap;

pub use path::{CaseHeld, CasePaper};
pub use write::{Format, write, write_pad, write_sheets};

/// A paper that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// F13 急难型先行救助登记单.
    FirstAid,
    /// F1 临时救助申请审批表.
    Application,
    /// F16 备用金台账.
    Reserve,
    /// 缺什么: what papers are still missing.
    Missing,
    /// 月度核对单: the log's head at a month's end, signed in ink.
    Month,
    /// A paper of a case beyond F1 and F13: F3 to F12, F23, F25.
    Case(CasePaper),
}

impl PaperKind {
    /// Every paper but those of [`CasePaper`].
    pub const ALL: [PaperKind; 5] = [
        PaperKind::FirstAid,
        PaperKind::Application,
        PaperKind::Reserve,
        PaperKind::Missing,
        PaperKind::Month,
    ];

    /// The papers of a case, in the order in which they are offered.
    pub fn of_cases() -> impl Iterator<Item = PaperKind> {
        [PaperKind::Application, PaperKind::FirstAid, PaperKind::Missing]
            .into_iter()
            .chain(CasePaper::ALL.map(PaperKind::Case))
    }

    /// The paper of a name on the command line.
    pub fn named(name: &str) -> Option<PaperKind> {
        PaperKind::ALL.into_iter().chain(PaperKind::of_cases()).find(|kind| kind.name() == name)
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            PaperKind::FirstAid => "f13",
            PaperKind::Application => "f1",
            PaperKind::Reserve => "f16",
            PaperKind::Missing => "missing",
            PaperKind::Month => "month",
            PaperKind::Case(paper) => paper.name(),
        }
    }

    /// The title.
    pub fn zh(self) -> &'static str {
        match self {
            PaperKind::FirstAid => "急难型先行救助登记单",
            PaperKind::Application => "临时救助申请审批表",
            PaperKind::Reserve => "备用金台账",
            PaperKind::Missing => "缺什么通知单",
            PaperKind::Month => "月度核对单",
            PaperKind::Case(paper) => paper.zh(),
        }
    }

    /// The number of the form (表号), the second half of a paper's code.
    pub fn form(self) -> &'static str {
        match self {
            PaperKind::FirstAid => "F13",
            PaperKind::Application => "F1",
            PaperKind::Reserve => "F16",
            PaperKind::Missing => "缺件",
            PaperKind::Month => "核对单",
            PaperKind::Case(paper) => paper.form(),
        }
    }
}

/// What a paper needs besides the card: names that the card holds as numbers, and the printing itself.
#[derive(Clone)]
pub struct Printing {
    /// The names of officers; one that is missing is printed by his number.
    pub names: BTreeMap<OfficerNo, String>,
    /// What is known of the applicant and the members of his household, of those who signed and who go to school.
    pub people: BTreeMap<PersonId, PersonDetails>,
    /// The day of printing.
    pub on: Day,
    /// The name of the officer who prints, for papers that have no handler of their own.
    pub by: String,
    /// Whether the office is for practice.
    pub practice: bool,
    /// What the case holds beyond its card.
    pub held: CaseHeld,
}

impl std::fmt::Debug for Printing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Printing({} people)", self.people.len())
    }
}

/// A paper with its short code.
#[derive(Clone, PartialEq, Eq)]
pub struct Printed {
    /// 编号 and 表号, for example `26-103-0117/F13`: by it a signed paper finds its case again.
    pub code: String,
    /// The day it was filled in.
    pub on: Day,
    /// The paper.
    pub paper: Paper,
}

impl Printed {
    /// The same, filled in on that day by that officer.
    fn filled(mut self, on: Day, by: &str) -> Printed {
        for (name, value) in &mut self.paper.header {
            match name.as_str() {
                "填报日期" => *value = on.long_zh(),
                "经办人" | "填报人" => by.clone_into(value),
                _ => {}
            }
        }
        self.on = on;
        self
    }

    /// Lines at the foot, before the day of printing.
    fn foot(&mut self, lines: impl IntoIterator<Item = String>) {
        drop(self.paper.footer.splice(0..0, lines));
    }
}

/// Papers hold names; the debug form tells the code only.
impl std::fmt::Debug for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Printed({})", self.code)
    }
}

/// A paper of a case; none for what belongs to a month and not to a case.
pub fn case_paper(kind: PaperKind, card: &CaseCard, printing: &Printing) -> Option<Printed> {
    match kind {
        PaperKind::FirstAid => Some(f13::of_case(card, printing)),
        PaperKind::Application => Some(f1::of_case(card, printing)),
        PaperKind::Missing => Some(missing::of_case(card, printing)),
        PaperKind::Case(paper) => Some(path::of_case(paper, card, printing)),
        PaperKind::Reserve | PaperKind::Month => None,
    }
}

/// Why a paper of a case cannot be printed now; none where it can.
pub fn why_not(kind: PaperKind, card: &CaseCard, printing: &Printing) -> Option<String> {
    match kind {
        PaperKind::FirstAid => {
            (!parts::began_first(card)).then(|| "没有先行救助，请打印申请审批表F1".to_owned())
        }
        PaperKind::Missing => {
            card.items.iter().all(|item| item.done.is_some()).then(|| "不缺手续".to_owned())
        }
        PaperKind::Application => None,
        PaperKind::Case(paper) => path::why_not(paper, card, printing),
        PaperKind::Reserve | PaperKind::Month => Some("不属于某一件，请按乡镇和月份打印".to_owned()),
    }
}

/// F16 of a township's month.
pub fn reserve_paper(month: &ReserveMonth, printing: &Printing) -> Printed {
    f16::of_month(month, printing)
}

/// A blank F13 of a numbered pad (空白登记单) of a township, for days without power; `number` is the sheet's own.
pub fn blank_first_aid(township: u16, number: &str, printing: &Printing) -> Printed {
    f13::blank(township, number, printing)
}

/// The word that marks the paper of a practice office.
fn practice_mark(printing: &Printing) -> Option<String> {
    printing.practice.then(|| PRACTICE.to_owned())
}
