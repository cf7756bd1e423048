//! 支出型申请登记 (F1): one form becomes person, household, matter, case and application; where the papers are complete, its
//! acceptance and, for circumstance 4, the school with it.

use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::intake::NewMember;
use crate::domain::command::path::{Accept, Application, School};
use crate::domain::ids::{CaseId, LeadId, PersonId, Text};
use crate::domain::nouns::path::{Delivery, SchoolStage};
use crate::domain::nouns::{Circumstance, Need, Path};
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::forms::tables::path::paper;
use crate::office::compose::emergency::{Opened, sheet};
use crate::office::compose::{Desk, Draft, Gap, Halt};
use std::collections::BTreeSet;

/// Composes the form. `overrides` are the warnings that the officer goes on in spite of, with the reason in the form.
///
/// # Errors
/// Fields to be mended; the machine.
pub fn compose(
    desk: &Desk<'_>,
    answers: &Answers,
    lead: Option<LeadId>,
    overrides: &BTreeSet<Code>,
) -> Result<Vec<Draft>, Halt> {
    let opened = sheet(desk, answers, overrides)?.begin(lead, (Path::Expenditure, Need::Temporary), false)?;
    let applied = application(desk, answers, opened.case);
    let accepted = answers.is("handling", "accept");
    let schooling = answers.text("circumstance") == Circumstance::Schooling.digit().to_string();
    let school = (accepted && schooling).then(|| school(desk, answers, &opened)).transpose()?;
    let mut drafts = opened.drafts;
    drafts.push(applied);
    if accepted {
        // Of a paper that was taken elsewhere nothing is said where the notice has not reached him yet.
        let delivery = answers.text("served").parse().ok().and_then(Delivery::from_digit);
        let accept = Accept { case: opened.case, on: desk.now.day(), note: None, delivery, receipt: None };
        drafts.push((Command::Accept(accept), Private::default()));
    }
    drafts.extend(school);
    Ok(drafts)
}

fn application(desk: &Desk<'_>, answers: &Answers, case: CaseId) -> Draft {
    let mut private = Private::default();
    let today = desk.now.day();
    let on_paper = answers.is("entry", "paper");
    let application = Application {
        case,
        on: answers.day("applied_on").filter(|_| on_paper).unwrap_or(today),
        promise: answers.is("promise", "yes") && answers.is("authorised", "yes"),
        late: private.put("late", answers.text("late")),
        agent: agent(answers, &mut private),
    };
    for (slot, text) in paper::told(answers) {
        private.put(slot, &text);
    }
    (Command::Apply(application), private)
}

/// The agent, each cell of the paper in a slot of its own.
fn agent(answers: &Answers, private: &mut Private) -> Option<Text> {
    if !answers.is("came", "agent") || !answers.has("agent_name") {
        return None;
    }
    let letter = if answers.is("agent_letter", "yes") { "有委托书" } else { "委托书待补" };
    private.put("agent-id", answers.text("agent_id"));
    private.put("agent-relation", answers.text("agent_relation"));
    private.put("agent-letter", letter);
    private.put("agent", answers.text("agent_name"))
}

fn school(desk: &Desk<'_>, answers: &Answers, opened: &Opened) -> Result<Draft, Halt> {
    let pupil = named(desk, answers.text("pupil"), opened).ok_or_else(|| Gap {
        field: "pupil",
        sentence: "家里没有叫这个名字的人，请核对姓名，或在家庭成员里加上".to_owned(),
    })?;
    let stage = answers.text("stage").parse().ok().and_then(SchoolStage::from_digit);
    let mut private = Private::default();
    let school = School {
        case: opened.case,
        on: desk.now.day(),
        pupil,
        stage: stage
            .ok_or_else(|| Gap { field: "stage", sentence: "请选择就学阶段，打1至7".to_owned() })?,
        at_home: answers.is("at_home", "yes"),
        regular: answers.is("regular", "yes"),
        years: answers.count("years").and_then(|years| u8::try_from(years).ok()).unwrap_or(0),
        tuition: answers.money("tuition").unwrap_or_default(),
        aid: answers.money("school_aid").unwrap_or_default(),
        school: private.put("school", answers.text("school")),
    };
    Ok((Command::School(school), private))
}

/// Who of the household has this name: of those that the form notes, then of those known.
fn named(desk: &Desk<'_>, name: &str, opened: &Opened) -> Option<PersonId> {
    let noted = opened.drafts.iter().flat_map(|(_, private)| &private.people);
    let mut told = noted.map(|(person, details)| (*person, details.name.clone()));
    if let Some((person, _)) = told.find(|(_, known)| known == name) {
        return Some(person);
    }
    let joining = opened.drafts.iter().flat_map(|(command, _)| match command {
        Command::FormHousehold(form) => form.members.as_slice(),
        Command::ChangeHousehold(change) => change.join.as_slice(),
        _ => &[],
    });
    let all = opened.people.iter().copied().chain(joining.map(|member: &NewMember| member.person));
    all.into_iter().find(|person| (desk.details)(*person).is_some_and(|known| known.name == name))
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
