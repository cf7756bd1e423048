//! What an officer is shown of people and cases (可见范围), by the privacy table: own work whole, another township's household as
//! a summary of its aid. Screens, papers and the command line ask here; numbers are masked where they are drawn.

use crate::domain::office::Officer;
use crate::domain::privacy::{Audience, Field, Medium, Show, show, shown};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::lookup::{FamilyCard, Prior};
use crate::store::replica::views::card::CaseCard;

/// Whether an officer has any business with people.
///
/// # Errors
/// The sentence for the administrator and for whoever has no role.
pub fn may_look(officer: &Officer) -> Result<(), Fault> {
    match Audience::of(officer, officer.office.township()) {
        Audience::Administrator => Err(Fault::new(
            FaultKind::User,
            "管理员没有业务岗位，不能查看救助对象的信息",
            "请由经办人、审批人、财务或督导登录查看",
        )),
        _ => Ok(()),
    }
}

/// A family card as this audience may hold it: what it may not see even after asking is not in it.
pub fn family(mut card: FamilyCard, audience: Audience) -> FamilyCard {
    let may = |field, value: &str| match show(field, audience, Medium::Unmasked) {
        Show::Nothing | Show::Summary => String::new(),
        Show::Masked | Show::Full => value.to_owned(),
    };
    card.who.name = may(Field::Name, &card.who.name);
    card.who.id_masked = shown(Field::IdNo, &card.id_no, audience, Medium::Screen);
    card.id_no = may(Field::IdNo, &card.id_no);
    card.phone = may(Field::Phone, &card.phone);
    card.address = may(Field::Address, &card.address);
    card.account = may(Field::Account, &card.account);
    card.bank = may(Field::Account, &card.bank);
    if show(Field::History, audience, Medium::Unmasked) == Show::Summary {
        let all = card.own.iter_mut().chain(&mut card.household_year).chain(&mut card.last);
        all.for_each(summary);
    }
    card
}

/// Year, kind, sum and tier stay; what the hardship was does not: it may tell of an illness.
fn summary(prior: &mut Prior) {
    prior.grant.circumstance = None;
}

/// A case as an officer may hold it.
///
/// # Errors
/// Another township's case, and any case for whoever has no business: what it may know is the summary in 查往年.
pub fn case(mut card: CaseCard, officer: &Officer) -> Result<CaseCard, Fault> {
    let audience = Audience::of(officer, Some(card.case.township));
    may_open(audience)?;
    card.family = card.family.map(|known| family(known, audience));
    if show(Field::Text, audience, Medium::Unmasked) == Show::Nothing {
        card.opening.reason.clear();
        card.opening.minutes.clear();
        card.steps.iter_mut().for_each(|step| step.text.clear());
        card.noted.iter_mut().for_each(|noted| noted.reason.clear());
        if let Some(lead) = &mut card.lead {
            lead.said.clear();
            lead.reason.clear();
        }
    }
    Ok(card)
}

/// Whether the files of such a case are open to this audience: on screen and on paper.
///
/// # Errors
/// The sentence that says where else to look.
pub fn may_open(audience: Audience) -> Result<(), Fault> {
    match audience {
        Audience::Own | Audience::County | Audience::Supervisor | Audience::Finance => Ok(()),
        Audience::Other => Err(Fault::new(
            FaultKind::User,
            "这是外乡镇的办件，本单位只能看救助概况",
            "请按F2查往年看概况，或请县局办理",
        )),
        Audience::Administrator | Audience::Public | Audience::Bank => Err(Fault::new(
            FaultKind::User,
            "您没有业务岗位，不能查看办件",
            "请由经办人、审批人、财务或督导登录查看",
        )),
    }
}
