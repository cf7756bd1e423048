//! People and households out of a form: who is known already, who is new, what is to be corrected.

use super::{Desk, Draft, Gap, Halt, fresh, words};
use crate::base::id_no::IdNo;
use crate::domain::command::Command;
use crate::domain::command::intake::{ChangeHousehold, FormHousehold, NewMember, NotePerson};
use crate::domain::ids::{HouseholdId, PersonId};
use crate::domain::nouns::Status;
use crate::domain::private::{PersonDetails, Private};
use crate::forms::Answers;
use crate::forms::tables::path::members;
use std::collections::BTreeMap;

/// Whether an id number was first given in this county: the household registration (户籍) as far as the number tells.
fn is_local(id_no: &str) -> bool {
    id_no.starts_with(crate::base::division::COUNTY)
}

/// What a form says of one person.
pub struct Said<'a> {
    /// 姓名.
    pub name: &'a str,
    /// 身份证号, or `0` for nobody's papers.
    pub id_no: &'a str,
    /// Why there are no papers.
    pub no_papers: &'a str,
    /// 电话.
    pub phone: &'a str,
    /// 账号.
    pub account: &'a str,
}

/// A person of a form: known already, or to be noted by the command beside.
pub struct Met {
    /// Who.
    pub person: PersonId,
    /// What is to be noted first, if anything.
    pub note: Option<Draft>,
    /// The details as they are after that.
    pub details: PersonDetails,
}

/// Finds or notes the person that a form is about. A new telephone or account of a known person is a correction with its
/// reason said by the desk; another name is not corrected here, the rules refuse it and name the way.
///
/// # Errors
/// A field that is missing; the machine.
pub fn meet(desk: &Desk<'_>, said: &Said<'_>, field: &'static str) -> Result<Met, Halt> {
    let today = desk.now.day();
    let id_no = match said.id_no {
        "0" => None,
        text => Some(IdNo::parse(text, today).map_err(|problem| Gap::new(field, problem.to_string()))?),
    };
    let known = id_no.as_ref().and_then(|id| desk.state.holder_of(id.as_str()));
    let before = known.as_ref().and_then(|(person, _)| (desk.details)(*person));
    let mut details = before.clone().unwrap_or_default();
    details.name = said.name.to_owned();
    if let Some(id) = &id_no {
        details.id_no = id.as_str().to_owned();
        details.birth = Some(id.birth());
        details.sex = Some(id.sex());
    }
    if !said.phone.is_empty() {
        details.phone = said.phone.to_owned();
    }
    if !said.account.is_empty() {
        details.account = said.account.to_owned();
    }
    let person = match &known {
        Some((person, _)) => *person,
        None => PersonId(fresh()?),
    };
    if before.as_ref() == Some(&details) {
        return Ok(Met { person, note: None, details });
    }
    let mut private = Private::default();
    private.people.insert(person, details.clone());
    let reason = known.is_some().then(|| private.put("person-reason", "登记时核对更新")).flatten();
    let without_papers = if id_no.is_none() { private.put("no-papers", said.no_papers) } else { None };
    let note = NotePerson {
        person,
        resident: id_no.as_ref().is_some_and(|id| is_local(id.as_str())),
        without_papers,
        died: None,
        reason,
    };
    Ok(Met { person, note: Some((Command::NotePerson(note), private)), details })
}

/// The household of a form: the one known, or a new one with the members of the rows.
pub struct Home {
    /// Which.
    pub household: HouseholdId,
    /// What is to be noted first.
    pub drafts: Vec<Draft>,
    /// What the rows say of each member beyond that, by member, as [`members::written`] has it.
    pub said: Vec<(PersonId, String)>,
}

/// What a row says of a member: 健康就业, and that this help is not for him.
fn said_of(row: &Answers, name: &str) -> String {
    let mut said = BTreeMap::new();
    said.insert("condition", row.text("condition").to_owned());
    if row.is("benefits", "no") {
        said.insert("benefits", "否".to_owned());
    }
    members::written(name, &said)
}

/// Finds or forms the household of `person` as a form says it.
///
/// # Errors
/// A field that is missing; the machine.
pub fn home(
    desk: &Desk<'_>,
    person: PersonId,
    answers: &Answers,
    township: u16,
    village: u64,
) -> Result<Home, Halt> {
    let today = desk.now.day();
    let status = words::status(answers.text("status")).unwrap_or(Status::Unlisted);
    let size = u16::try_from(answers.count("household_size").unwrap_or(1)).unwrap_or(1);
    let mut drafts = Vec::new();
    let mut newcomers = Vec::new();
    let mut told = Vec::new();
    for row in answers.rows("members") {
        if row.text("name").is_empty() && row.text("id_no").is_empty() {
            continue;
        }
        let said = Said {
            name: row.text("name"),
            id_no: row.text("id_no"),
            no_papers: "登记时未带证件",
            phone: "",
            account: "",
        };
        let met = meet(desk, &said, "members")?;
        drafts.extend(met.note);
        told.push((met.person, said_of(row, &met.details.name)));
        let relation = words::relation(row.text("relation"), met.details.sex).to_owned();
        newcomers.push(NewMember { person: met.person, relation });
    }
    told.retain(|(_, text)| !text.is_empty());
    match desk.state.household_of(person, today).and_then(|id| desk.state.household(id)) {
        Some(known) => {
            let members = known.on(today);
            newcomers.retain(|member| member.person != person && !members.contains(&member.person));
            let new_status = (answers.has("status") && status != known.status).then_some(status);
            let new_size = (answers.has("household_size") && size != known.size).then_some(size);
            if !newcomers.is_empty() || new_status.is_some() || new_size.is_some() {
                let change = ChangeHousehold {
                    household: known.id,
                    since: today,
                    join: newcomers,
                    leave: Vec::new(),
                    status: new_status,
                    size: new_size,
                };
                drafts.push((Command::ChangeHousehold(change), Private::default()));
            }
            Ok(Home { household: known.id, drafts, said: told })
        }
        None => {
            let household = HouseholdId(fresh()?);
            newcomers.retain(|member| member.person != person);
            let head = if newcomers.iter().any(|member| member.relation == "02") { "97" } else { "02" };
            let mut members = vec![NewMember { person, relation: head.to_owned() }];
            members.append(&mut newcomers);
            drafts.push((
                Command::FormHousehold(FormHousehold {
                    household,
                    township,
                    village,
                    status,
                    since: today,
                    size: size.max(u16::try_from(members.len()).unwrap_or(u16::MAX)),
                    members,
                }),
                Private::default(),
            ));
            Ok(Home { household, drafts, said: told })
        }
    }
}
