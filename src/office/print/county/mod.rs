//! Papers of the county's desk: meetings (F14), the city (F15), referrals (F20), the roster that is filed, and the signature
//! roster of an incident. Each is gathered from the replica and stands as a page; none decides anything.

mod f14;
mod f15;
mod f20;
mod incident;
mod roster;
#[cfg(test)]
mod tests;

use super::gather::{self, Occasion};
use super::parts::{BLANK, office, printed_on};
use super::{Printed, Printing, practice_mark};
use crate::domain::ids::{CaseId, IncidentId, ReferralId};
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::domain::tiers::TierAnswers as _;
use crate::office::front::county::RosterView;
use crate::office::seen;
use crate::store::export::paper::{Block, Paper};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::tiers::Beside;

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountyPaper {
    /// F14 of a case: a sheet for each of its meetings, in their order.
    Meeting(CaseId),
    /// F15 of a case.
    City(CaseId),
    /// F20: a referral of a case; none is its latest.
    Referral(CaseId, Option<ReferralId>),
    /// 备案花名册, by its number.
    Roster(String),
    /// 签字花名册 of an incident.
    Incident(IncidentId),
}

/// A case with what stands beside it, as papers need both.
pub(super) struct Sheet<'a> {
    /// The case.
    pub card: &'a CaseCard,
    /// What stands beside it.
    pub beside: &'a Beside,
}

fn none(what: &str, next: &str) -> Fault {
    Fault::new(FaultKind::User, what, next)
}

/// Gathers the sheets of a paper: one, but for a case on which several meetings sat.
///
/// # Errors
/// What it is of is not there, or is another office's; the replica cannot be read.
pub fn gather(reader: &Reader, paper: &CountyPaper, occasion: &Occasion<'_>) -> Result<Vec<Printed>, Fault> {
    let printing = gather::printing(reader, occasion)?;
    let printed = match paper {
        CountyPaper::Meeting(case) => {
            let card = gather::card(reader, *case, occasion)?;
            let beside = reader.beside(*case)?;
            let sheet = Sheet { card: &card, beside: &beside };
            let mut sheets = Vec::new();
            for (at, meeting) in beside.meetings.iter().enumerate() {
                let together = reader.met_together(*case, meeting.n)?;
                sheets.extend(f14::of(&sheet, at, &together, &printing));
            }
            if sheets.is_empty() {
                return Err(none("这一件还没有会议记录", "请先登记会议记录，再打印"));
            }
            return Ok(sheets);
        }
        CountyPaper::City(case) => {
            let card = gather::card(reader, *case, occasion)?;
            let beside = reader.beside(*case)?;
            f15::of(&Sheet { card: &card, beside: &beside }, &printing)
                .ok_or_else(|| none("这一件没有报市", "请先报市级审批，再打印"))?
        }
        CountyPaper::Referral(case, which) => {
            let card = gather::card(reader, *case, occasion)?;
            let beside = reader.beside(*case)?;
            let sheet = Sheet { card: &card, beside: &beside };
            f20::of(&sheet, *which, &printing)
                .ok_or_else(|| none("这一件没有转介", "请先登记转介，再打印"))?
        }
        CountyPaper::Roster(number) => {
            let missing = || none("没有这一份备案花名册", "请按F5刷新后重选");
            let head = reader.roster_filed(number)?.ok_or_else(missing)?;
            seen::may_open(Audience::of(&gather::officer(reader, occasion)?, Some(head.township)))?;
            let rows = reader.filed_decisions(number)?;
            roster::of(&RosterView { head, rows }, &printing)
        }
        CountyPaper::Incident(id) => {
            let missing = || none("没有这一群体性事项", "请按F5刷新后重选");
            let known = reader.incident(*id).ok_or_else(missing)?;
            let audience = Audience::of(&gather::officer(reader, occasion)?, Some(known.township));
            seen::may_open(audience)?;
            let lines = reader.incidents(Some(known.township))?;
            let line = lines.into_iter().find(|line| line.id == *id).ok_or_else(missing)?;
            let mut rows = reader.struck(known.matter)?;
            for row in &mut rows {
                row.id_no = shown(Field::IdNo, &row.id_no, audience, Medium::Paper);
                row.account = shown(Field::Account, &row.account, audience, Medium::Paper);
            }
            incident::of(&line, &rows, &printing)
        }
    };
    Ok(vec![printed])
}

/// A paper of this desk with the header that every form carries, as drawn up by whoever prints it; of what was entered
/// before, the caller says when and by whom.
fn finished(
    title: &str,
    (number, form): (&str, &str),
    whose: &str,
    printing: &Printing,
    blocks: Vec<Block>,
) -> Printed {
    let code = format!("{number}/{form}");
    let header = [
        ("编号", number.to_owned()),
        ("表号", code.clone()),
        ("填报单位", whose.to_owned()),
        ("填报日期", printing.on.long_zh()),
        ("经办人", printing.by.clone()),
        ("页码", "第　　页 共　　页".to_owned()),
    ];
    let header = header.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let paper = Paper {
        title: title.to_owned(),
        header,
        blocks,
        footer: vec![printed_on(printing)],
        practice: practice_mark(printing),
        landscape: false,
    };
    Printed { code, on: printing.on, paper }
}

/// The county's bureau, as papers name it.
pub(super) fn bureau() -> String {
    format!("{}民政局", crate::base::division::county_name())
}

/// Whose paper it is: the county's, or a township's.
fn whose(tier: crate::domain::office::Tier, township: u16) -> String {
    if tier == crate::domain::office::Tier::Township { office(township) } else { bureau() }
}

/// What was written, or the place to write it.
fn or_blank(text: &str) -> String {
    if text.trim().is_empty() { BLANK.to_owned() } else { text.trim().to_owned() }
}

/// The applicant in one line: 郑有田，男，57岁，波罗赤镇某村.
fn who(card: &CaseCard) -> String {
    let known = card.family.as_ref().map(|family| &family.who);
    let mut parts = vec![known.map(|who| who.name.clone()).unwrap_or_default()];
    parts.extend(known.and_then(|who| who.sex).map(|sex| sex.zh().to_owned()));
    parts.extend(known.and_then(|who| who.age).map(|age| format!("{age}岁")));
    parts.push(super::parts::place(Some(card.case.township), Some(card.opening.village)));
    parts.retain(|part| !part.is_empty());
    parts.join("，")
}
