//! The papers of a case beyond its emergency sheet (支出型的表和文书): F3 to F12, F23 and F25. What the case holds is printed,
//! what it does not hold is a place to write on. Nothing is printed that did not happen: a paper that has nothing to say yet
//! tells why.

mod cover;
mod letters;
mod matter;
mod means;
mod notice;
mod review;
mod survey;

pub(super) use survey::people;

use super::parts::{BLANK, handler, officer, printed};
use super::{PaperKind, Printed, Printing};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, PersonId, Text};
use crate::domain::nouns::{Path, Stage};
use crate::domain::pack::Pack;
use crate::store::export::paper::{Block, GridCell};
use crate::store::replica::views::card::{CaseCard, Step};
use crate::store::replica::views::path::EnteredStep;
use crate::store::replica::views::tiers::Beside;
use std::collections::BTreeSet;

/// A paper of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CasePaper {
    /// F3 急难事项登记表.
    Matter,
    /// F4 入户调查表.
    Survey,
    /// F5 民主评议表.
    Review,
    /// F6 核对授权书.
    MeansLetter,
    /// F7 核对委托书.
    MeansAsk,
    /// F7 核对报告.
    MeansReport,
    /// F8 公示: what hangs in the village.
    Notice,
    /// F8 公示结果, for the file.
    NoticeResult,
    /// F9 一次性告知书.
    OnceNotice,
    /// F10 受理、不予受理通知书.
    Acceptance,
    /// F11 救助决定告知书.
    Decision,
    /// F12 不予救助告知书.
    Refusal,
    /// F23 放弃、撤回申请声明.
    Withdrawal,
    /// F25 卷宗封面、目录、备考表.
    Cover,
}

impl CasePaper {
    /// Every paper, in the order of the forms' numbers.
    pub const ALL: [CasePaper; 14] = [
        CasePaper::Matter,
        CasePaper::Survey,
        CasePaper::Review,
        CasePaper::MeansLetter,
        CasePaper::MeansAsk,
        CasePaper::MeansReport,
        CasePaper::Notice,
        CasePaper::NoticeResult,
        CasePaper::OnceNotice,
        CasePaper::Acceptance,
        CasePaper::Decision,
        CasePaper::Refusal,
        CasePaper::Withdrawal,
        CasePaper::Cover,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            CasePaper::Matter => "f3",
            CasePaper::Survey => "f4",
            CasePaper::Review => "f5",
            CasePaper::MeansLetter => "f6",
            CasePaper::MeansAsk => "f7",
            CasePaper::MeansReport => "f7-report",
            CasePaper::Notice => "f8",
            CasePaper::NoticeResult => "f8-result",
            CasePaper::OnceNotice => "f9",
            CasePaper::Acceptance => "f10",
            CasePaper::Decision => "f11",
            CasePaper::Refusal => "f12",
            CasePaper::Withdrawal => "f23",
            CasePaper::Cover => "f25",
        }
    }

    /// The title.
    pub fn zh(self) -> &'static str {
        match self {
            CasePaper::Matter => "急难事项登记表",
            CasePaper::Survey => "入户调查表",
            CasePaper::Review => "民主评议表",
            CasePaper::MeansLetter => "家庭经济状况核对授权书",
            CasePaper::MeansAsk => "家庭经济状况核对委托书",
            CasePaper::MeansReport => "家庭经济状况核对报告登记表",
            CasePaper::Notice => "临时救助公示",
            CasePaper::NoticeResult => "公示结果记录",
            CasePaper::OnceNotice => "一次性补正告知书",
            CasePaper::Acceptance => "受理通知书",
            CasePaper::Decision => "临时救助决定告知书",
            CasePaper::Refusal => "不予临时救助告知书",
            CasePaper::Withdrawal => "放弃（撤回）申请声明",
            CasePaper::Cover => "临时救助卷宗",
        }
    }

    /// The number of the form (表号).
    pub fn form(self) -> &'static str {
        match self {
            CasePaper::Matter => "F3",
            CasePaper::Survey => "F4",
            CasePaper::Review => "F5",
            CasePaper::MeansLetter => "F6",
            CasePaper::MeansAsk => "F7",
            CasePaper::MeansReport => "F7报告",
            CasePaper::Notice => "F8",
            CasePaper::NoticeResult => "F8结果",
            CasePaper::OnceNotice => "F9",
            CasePaper::Acceptance => "F10",
            CasePaper::Decision => "F11",
            CasePaper::Refusal => "F12",
            CasePaper::Withdrawal => "F23",
            CasePaper::Cover => "F25",
        }
    }
}

/// What papers print beyond the card.
#[derive(Clone, Debug, Default)]
pub struct CaseHeld {
    /// The steps of the path as they were entered, with their words.
    pub steps: Vec<EnteredStep>,
    /// Meetings, examinations, the city, other help.
    pub beside: Beside,
    /// The county's officers: whoever of them decided, the county decided.
    pub county: BTreeSet<OfficerNo>,
    /// The township's telephone: of its duty list, else the one that its notice names; empty where neither is known.
    pub phone: String,
    /// The case's pack: its clocks, and what a refusal notice names.
    pub pack: Option<Pack>,
}

/// A case as its papers read it.
pub(super) struct File<'a> {
    pub(super) card: &'a CaseCard,
    pub(super) printing: &'a Printing,
}

impl<'a> File<'a> {
    /// The case with what is printed of it.
    pub(super) fn new(card: &'a CaseCard, printing: &'a Printing) -> File<'a> {
        File { card, printing }
    }

    /// The step of a kind that was entered last, with what it holds.
    pub(super) fn last<T>(&self, of: impl Fn(&'a Fact) -> Option<&'a T>) -> Option<(&'a EnteredStep, &'a T)> {
        self.printing.held.steps.iter().rev().find_map(|step| of(&step.fact).map(|made| (step, made)))
    }

    /// The entry of 办理经过 in which the case came into a stage last.
    pub(super) fn came(&self, stage: Stage) -> Option<&'a Step> {
        super::parts::coming_into(self.card, stage).next_back()
    }

    pub(super) fn officer(&self, no: &OfficerNo) -> String {
        officer(self.printing, no)
    }

    /// Names of officers in a row.
    pub(super) fn officers(&self, all: &[OfficerNo]) -> String {
        all.iter().map(|no| self.officer(no)).collect::<Vec<_>>().join("、")
    }

    /// The name of a person on the case.
    pub(super) fn person(&self, who: PersonId) -> String {
        self.printing.people.get(&who).map(|known| known.name.clone()).unwrap_or_default()
    }

    /// The applicant's name.
    pub(super) fn applicant(&self) -> String {
        match &self.card.family {
            Some(family) => family.who.name.clone(),
            None => self.person(self.card.case.person),
        }
    }

    /// The applicant's number of identity, in full: official forms carry it.
    pub(super) fn id_no(&self) -> String {
        self.card.family.as_ref().map(|family| family.id_no.clone()).unwrap_or_default()
    }

    /// Where the applicant lives.
    pub(super) fn address(&self) -> String {
        let home = super::parts::place(Some(self.card.case.township), Some(self.card.opening.village));
        let rest = self.card.family.as_ref().map(|family| family.address.as_str()).unwrap_or_default();
        format!("{home}{rest}")
    }

    /// The day of what stands on a paper; none of a sheet that nobody filled in yet.
    pub(super) fn filled(&self, kind: CasePaper) -> Option<Day> {
        let came = |stage| self.came(stage).map(|step| step.at.day());
        let last = |of: fn(&Fact) -> bool| {
            self.printing.held.steps.iter().rev().find(|step| of(&step.fact)).map(|step| step.on)
        };
        match kind {
            CasePaper::Matter => Some(self.card.opening.opened.day()),
            CasePaper::Survey => last(|fact| matches!(fact, Fact::Surveyed(_))),
            CasePaper::Review => last(|fact| matches!(fact, Fact::Reviewed(_))),
            CasePaper::MeansLetter => last(|fact| matches!(fact, Fact::MeansAuthorised(_))),
            CasePaper::MeansAsk => last(|fact| matches!(fact, Fact::MeansAsked(_))),
            CasePaper::MeansReport => last(|fact| matches!(fact, Fact::MeansChecked(_))),
            CasePaper::Notice => last(|fact| matches!(fact, Fact::NoticePosted(_))),
            CasePaper::NoticeResult => notice::ended(self),
            CasePaper::OnceNotice => last(|fact| matches!(fact, Fact::OnceNoticed(_))),
            CasePaper::Acceptance if self.card.case.stage == Stage::Declined => came(Stage::Declined),
            CasePaper::Acceptance => last(|fact| matches!(fact, Fact::CaseAccepted(_))),
            CasePaper::Decision => self.card.opening.decided_on,
            CasePaper::Refusal => came(Stage::Refused),
            CasePaper::Withdrawal => came(Stage::Withdrawn),
            CasePaper::Cover => {
                let archived = self.printing.held.beside.archived.as_ref().map(|made| made.on);
                archived.or_else(|| came(Stage::Closed))
            }
        }
    }

    /// The day of the application's paper, else of the entry that opened the case.
    pub(super) fn applied_on(&self) -> Day {
        let paper = self.last(|fact| match fact {
            Fact::ApplicationNoted(made) => Some(made),
            _ => None,
        });
        paper.map_or(self.card.opening.opened.day(), |(_, made)| made.on)
    }

    /// The paper of a kind with the header that every form carries.
    pub(super) fn paper(&self, kind: CasePaper, blocks: Vec<Block>, foot: &[&str]) -> Printed {
        let by = handler(self.card, self.printing);
        let case = &self.card.case;
        let whose = (case.township, by.as_str());
        let filled = self.filled(kind);
        let mut out = printed(PaperKind::Case(kind), &case.number, whose, filled, self.printing, blocks);
        out.foot(foot.iter().map(|line| (*line).to_owned()));
        out
    }
}

/// The words of a slot of a step; empty where there are none.
pub(super) fn word<'a>(step: Option<&'a EnteredStep>, slot: Option<&Text>) -> &'a str {
    match (step, slot) {
        (Some(step), Some(slot)) => step.words.get(slot).map(String::as_str).unwrap_or_default(),
        _ => "",
    }
}

/// A sum in figures, or a place to write one.
pub(super) fn yuan(sum: Option<Money>) -> String {
    sum.map_or_else(|| format!("{BLANK}元"), |sum| format!("{}元", sum.grouped()))
}

/// A count with its unit, or a place to write one.
pub(super) fn counted(count: Option<u32>, unit: &str) -> String {
    count.map_or_else(|| format!("{BLANK}{unit}"), |count| format!("{count}{unit}"))
}

/// A day, or nothing where none is known.
pub(super) fn on(day: Option<Day>) -> String {
    day.map(Day::long_zh).unwrap_or_default()
}

/// A grid of label and value, label and value.
pub(super) fn grid(rows: Vec<Vec<GridCell>>) -> Block {
    Block::Grid { shares: vec![2, 4, 2, 4], rows }
}

/// A paper of a case.
pub(super) fn of_case(kind: CasePaper, card: &CaseCard, printing: &Printing) -> Printed {
    let file = File::new(card, printing);
    match kind {
        CasePaper::Matter => matter::paper(&file),
        CasePaper::Survey => survey::paper(&file),
        CasePaper::Review => review::paper(&file),
        CasePaper::MeansLetter => means::letter(&file),
        CasePaper::MeansAsk => means::ask(&file),
        CasePaper::MeansReport => means::report(&file),
        CasePaper::Notice => notice::paper(&file),
        CasePaper::NoticeResult => notice::result(&file),
        CasePaper::OnceNotice => letters::once_notice(&file),
        CasePaper::Acceptance => letters::acceptance(&file),
        CasePaper::Decision => letters::decision(&file),
        CasePaper::Refusal => letters::refusal(&file),
        CasePaper::Withdrawal => letters::withdrawal(&file),
        CasePaper::Cover => cover::paper(&file),
    }
}

/// Why a paper cannot be printed of a case now; none where it can. Sheets that are taken along and filled in by hand (F4 to
/// F6, F23) are given before their step too; a notice says only what was decided.
pub(super) fn why_not(kind: CasePaper, card: &CaseCard, printing: &Printing) -> Option<String> {
    let file = File::new(card, printing);
    let case = &card.case;
    let on_path = case.path == Path::Expenditure;
    let step = |there: bool, how: &str| {
        let how = if on_path { how } else { "急难型没有这一步" };
        (!there).then(|| how.to_owned())
    };
    match kind {
        CasePaper::Matter | CasePaper::Cover => None,
        CasePaper::Survey | CasePaper::Review | CasePaper::MeansLetter => step(on_path, ""),
        CasePaper::MeansAsk => step(means::asked(&file), "还没有委托核对，请先登记委托核对"),
        CasePaper::MeansReport => step(means::reported(&file), "报告还没有回来，请先登记核对报告"),
        CasePaper::Notice | CasePaper::NoticeResult => notice::why_not(&file),
        CasePaper::OnceNotice => step(letters::told(&file), "没有告知过补正，请先登记一次性告知"),
        CasePaper::Acceptance => step(
            letters::accepted(&file) || case.stage == Stage::Declined,
            "还没有受理或不予受理，请先登记受理",
        ),
        CasePaper::Decision => {
            let decided = !case.granted.is_empty() && card.opening.decided_on.is_some();
            (!decided).then(|| "还没有救助决定，批准后再打印".to_owned())
        }
        CasePaper::Refusal => {
            let refused = case.stage == Stage::Refused;
            (!refused).then(|| "没有不予救助的决定；不予受理的打印F10".to_owned())
        }
        CasePaper::Withdrawal => {
            let may = case.granted.is_empty() && (!case.stage.is_final() || case.stage == Stage::Withdrawn);
            (!may).then(|| "已有决定或已经结束，不能再撤回".to_owned())
        }
    }
}

#[cfg(test)]
mod tests;
