//! What an officer is shown of people and cases (可见范围), by the privacy table: own work whole, another township's household as
//! a summary of its aid. Screens, papers and the command line ask here; numbers are masked where they are drawn.

use crate::base::codes;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::privacy::{Audience, Field, Medium, Show, show, shown};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::lookup::{FamilyCard, Prior};
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::discovery::HeardRow;
use crate::store::replica::views::findings::FindingRow;
use crate::store::replica::views::history::HistoryRow;
use crate::store::replica::views::marks::MarkedRow;
use crate::store::replica::views::payout::ChildAccountRow;
use crate::store::replica::views::queue::QueueRow;
use crate::store::replica::views::standing::Standing;

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

/// Whether this audience may know what a hardship is: 情形, 事由 and what the papers say of it.
fn knows_hardship(audience: Audience) -> bool {
    show(Field::Text, audience, Medium::Unmasked) != Show::Nothing
}

/// Whether an officer has to do with hardships themselves. Finance reads whom, where to and how much.
///
/// # Errors
/// The sentence for the administrator, for finance and for whoever has no role.
pub fn may_work(officer: &Officer) -> Result<(), Fault> {
    may_look(officer)?;
    if knows_hardship(Audience::of(officer, officer.office.township())) {
        return Ok(());
    }
    let what = "这里写有困难情况，财务岗位不能查看";
    Err(Fault::new(FaultKind::User, what, "请由经办人、审批人或督导登录查看"))
}

/// Rows of a list of cases as an officer may hold them: none for whoever may know nobody.
pub fn queue(mut rows: Vec<QueueRow>, officer: &Officer) -> Vec<QueueRow> {
    let audience = |row: &QueueRow| Audience::of(officer, Some(row.township));
    rows.retain(|row| show(Field::Name, audience(row), Medium::Screen) != Show::Nothing);
    for row in &mut rows {
        if !knows_hardship(audience(row)) {
            row.circumstance = None;
        }
    }
    rows
}

/// Findings as an officer may hold them: those about a case are for whoever may know the case.
pub fn findings(mut rows: Vec<FindingRow>, officer: &Officer) -> Vec<FindingRow> {
    if may_look(officer).is_err() {
        rows.retain(|row| row.case_number.is_empty());
    }
    rows
}

/// Marks as an officer may hold them: which rule was broken where is for all, what was done in a case is not.
pub fn marks(mut rows: Vec<MarkedRow>, officer: &Officer) -> Vec<MarkedRow> {
    if may_look(officer).is_err() {
        for row in rows.iter_mut().filter(|row| row.mark.case.is_some()) {
            row.facts.clear();
            row.subject.clear();
        }
    }
    rows
}

/// A family card as this audience may hold it: what it may not see even after asking is not in it.
pub fn family(mut card: FamilyCard, audience: Audience) -> FamilyCard {
    let may = |field, value: &str| match show(field, audience, Medium::Unmasked) {
        Show::Nothing | Show::Summary => String::new(),
        Show::Masked | Show::Full => value.to_owned(),
    };
    card.who.name = may(Field::Name, &card.who.name);
    card.who.id_masked = shown(Field::IdNo, &card.id_no, audience, Medium::Screen);
    for (_, name, id_no) in &mut card.who.also {
        *name = may(Field::Name, name);
        *id_no = may(Field::IdNo, id_no);
    }
    card.id_no = may(Field::IdNo, &card.id_no);
    card.phone = may(Field::Phone, &card.phone);
    card.address = may(Field::Address, &card.address);
    card.account = may(Field::Account, &card.account);
    card.bank = may(Field::Account, &card.bank);
    if show(Field::History, audience, Medium::Unmasked) == Show::Summary || !knows_hardship(audience) {
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
    card.hides_hardship = !knows_hardship(audience);
    if card.hides_hardship {
        card.hints.clear();
        card.standard = None;
        card.household_prior.iter_mut().for_each(summary);
        card.opening.reason.clear();
        card.opening.told.clear();
        card.opening.minutes.clear();
        card.steps.iter_mut().for_each(|step| step.text.clear());
        card.noted.iter_mut().for_each(|noted| noted.reason.clear());
        if let Some(path) = &mut card.path {
            path.entered.iter_mut().for_each(|step| step.words.clear());
        }
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

/// Which township's cases somebody's 操作经历 is about: the county's and the supervisor's is everybody's, a township's its own.
/// Entries that concern no case are the county's to look at.
pub fn history_of(officer: &Officer) -> Option<u16> {
    match Audience::of(officer, officer.office.township()) {
        Audience::Supervisor => None,
        _ => officer.office.township(),
    }
}

/// Lines of the history as an officer may hold them: whoever may know nobody sees what was done, and to nobody.
pub fn history(mut rows: Vec<HistoryRow>, officer: &Officer) -> Vec<HistoryRow> {
    let audience = Audience::of(officer, officer.office.township());
    for row in &mut rows {
        row.person = shown(Field::Name, &row.person, audience, Medium::Screen);
        if show(Field::Amounts, audience, Medium::Screen) == Show::Nothing && row.case.is_some() {
            row.changed.clear();
        }
    }
    rows
}

/// What is arranged in an office, as an officer may hold it: the administrator reads no names of relatives.
pub fn standing(mut standing: Standing, officer: &Officer) -> Standing {
    let audience = Audience::of(officer, officer.office.township());
    for row in &mut standing.relatives {
        row.name = shown(Field::Name, &row.name, audience, Medium::Screen);
        row.relation = shown(Field::Name, &row.relation, audience, Medium::Screen);
        row.born = shown(Field::Birth, &row.born, audience, Medium::Unmasked);
    }
    standing
}

/// Whether the county's list of children's accounts is open to an officer.
///
/// # Errors
/// The sentence that says who looks at it.
pub fn may_list_children(officer: &Officer) -> Result<(), Fault> {
    match Audience::of(officer, officer.office.township()) {
        Audience::County | Audience::Supervisor | Audience::Finance => Ok(()),
        _ => Err(Fault::new(FaultKind::User, "子女账户名单由县局查看和打印", "本乡镇的请在各办件的账户里看")),
    }
}

/// A line of the register of what was heard as an officer may hold it. Who of the team found it stands there in his function,
/// as an officer does.
pub fn heard(mut row: HeardRow, officer: &Officer, medium: Medium) -> HeardRow {
    let audience = Audience::of(officer, Some(row.township));
    row.name = shown(Field::Name, &row.name, audience, medium);
    row.caller = shown(Field::Name, &row.caller, audience, medium);
    row.caller_phone = shown(Field::Phone, &row.caller_phone, audience, medium);
    row.place = shown(Field::Address, &row.place, audience, medium);
    row.said = shown(Field::Text, &row.said, audience, medium);
    row.reason = shown(Field::Text, &row.reason, audience, medium);
    row
}

/// A row of the list of children's accounts as an officer of the county may hold it.
pub fn child_account(mut row: ChildAccountRow, officer: &Officer, medium: Medium) -> ChildAccountRow {
    let audience = Audience::of(officer, Some(row.township));
    row.name = shown(Field::Name, &row.name, audience, medium);
    row.holder = shown(Field::Name, &row.holder, audience, medium);
    row.letter = shown(Field::Text, &row.letter, audience, medium);
    // The code of GB/T 4761 in its word; the child's sex is not known here, so 20 is 子女.
    let word = |table| codes::name_of(table, &row.relation);
    if let Some(name) = word(codes::relation_short()).or_else(|| word(codes::relation())) {
        row.relation = name.to_owned();
    }
    row
}

/// Whether the papers of an office itself are open to an officer: its own, all for the county's business and the supervisor.
///
/// # Errors
/// The sentence that says who prints it.
pub fn may_open_of(officer: &Officer, office: Office) -> Result<(), Fault> {
    let county = officer.office == Office::County;
    match (office, Audience::of(officer, office.township())) {
        (_, Audience::Supervisor | Audience::County | Audience::Finance) => Ok(()),
        (Office::Township(_), Audience::Own) => Ok(()),
        (Office::County, Audience::Own) if county => Ok(()),
        _ => Err(Fault::new(
            FaultKind::User,
            "这是别的单位的材料，您不能打印",
            "请由本单位或县局的经办人、审批人打印",
        )),
    }
}

/// Whether an officer may print whose near relatives somebody is: his own, as the approver of his office, at the county, as
/// the supervisor.
///
/// # Errors
/// The sentence that says who prints it.
pub fn may_open_relatives(officer: &Officer, of: &Officer) -> Result<(), Fault> {
    let business = officer.is(Role::Handler) || officer.is(Role::Approver);
    let signs = officer.is(Role::Approver) && officer.office == of.office;
    let oversees = officer.is(Role::Supervisor) || (officer.office == Office::County && business);
    if !officer.ended && (officer.no == of.no || signs || oversees) {
        return Ok(());
    }
    Err(Fault::new(FaultKind::User, "近亲属备案表只由本人、本单位审批人、县局和督导打印", "请由他们登录打印"))
}
