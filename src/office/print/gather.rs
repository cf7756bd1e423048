//! Gathering (取数): what a paper needs out of the replica, for screens and for the command line alike.

use super::{PaperKind, Printed, Printing, case_paper, reserve_paper};
use crate::base::day::Day;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::office::Officer;
use crate::domain::privacy::Audience;
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use std::collections::BTreeMap;

/// Who prints, and when.
pub struct Occasion<'a> {
    /// The officer.
    pub by: &'a OfficerNo,
    /// The day.
    pub on: Day,
    /// Whether the office is for practice.
    pub practice: bool,
}

/// A paper of a case.
///
/// # Errors
/// The case is not there, the paper belongs to no case, or the replica cannot be read.
pub fn of_case(
    reader: &Reader,
    kind: PaperKind,
    case: CaseId,
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    let days = reader.pack_now().map_or(0, |pack| pack.tier.split_days);
    let card = reader
        .case_card(case, occasion.on, days)?
        .ok_or_else(|| Fault::new(FaultKind::User, "找不到这一件", "请核对编号，或按F5刷新"))?;
    let card = seen::case(card, &officer(reader, occasion)?)?;
    let mut printing = printing(reader, occasion)?;
    let home = card.case.household.and_then(|id| reader.household(id));
    let mut people = home.map(|home| home.on(occasion.on)).unwrap_or_default();
    people.push(card.case.person);
    for person in people {
        if let Some(details) = reader.details(person)? {
            printing.people.insert(person, details);
        }
    }
    case_paper(kind, &card, &printing).ok_or_else(|| {
        Fault::new(FaultKind::User, format!("{}不属于某一件", kind.zh()), "请按乡镇和月份打印")
    })
}

/// The reserve's ledger of a township's month.
///
/// # Errors
/// Another township's ledger; the replica cannot be read.
pub fn of_reserve(
    reader: &Reader,
    township: u16,
    month: (i32, u32),
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    // The ledger names who was paid.
    seen::may_open(Audience::of(&officer(reader, occasion)?, Some(township)))?;
    let month = reader.reserve_month(township, month.0, month.1)?;
    Ok(reserve_paper(&month, &printing(reader, occasion)?))
}

/// Who prints, with his office and roles.
fn officer(reader: &Reader, occasion: &Occasion<'_>) -> Result<Officer, Fault> {
    let known = reader.officer(occasion.by);
    known.ok_or_else(|| Fault::new(FaultKind::User, "打印人还没有登记", "请登录后再打印"))
}

fn printing(reader: &Reader, occasion: &Occasion<'_>) -> Result<Printing, Fault> {
    let names = reader.officers()?.into_iter().map(|officer| (officer.no, officer.name)).collect();
    Ok(Printing {
        names,
        people: BTreeMap::new(),
        on: occasion.on,
        by: reader.officer_name(occasion.by)?,
        practice: occasion.practice,
    })
}
