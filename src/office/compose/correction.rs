//! 人员信息更正: what stands wrong about a person is put right, with a reason and what proves it. The old words stay in
//! the log.

use super::{Desk, Draft, Gap, Halt, words};
use crate::base::id_no::IdNo;
use crate::domain::command::Command;
use crate::domain::command::intake::{ChangeHousehold, NotePerson};
use crate::domain::ids::PersonId;
use crate::domain::private::Private;
use crate::forms::Answers;

/// Composes the correction of a known person.
///
/// # Errors
/// Fields to be mended.
pub fn compose(desk: &Desk<'_>, person: PersonId, answers: &Answers) -> Result<Vec<Draft>, Halt> {
    let today = desk.now.day();
    let known =
        desk.state.person(person).ok_or_else(|| Gap::new("id_no", "找不到这个人员，请返回后重新查找"))?;
    let mut details = (desk.details)(person).unwrap_or_default();
    let mut drafts = Vec::new();
    details.name = answers.text("name").to_owned();
    if !answers.is("id_no", "0") {
        let id = IdNo::parse(answers.text("id_no"), today)
            .map_err(|problem| Gap::new("id_no", problem.to_string()))?;
        details.birth = Some(id.birth());
        details.sex = Some(id.sex());
        details.id_no = id.as_str().to_owned();
    }
    details.phone = answers.text("phone").to_owned();
    details.account = answers.text("account").to_owned();
    let mut private = Private::default();
    let basis = format!(
        "{}（凭{}{}）",
        answers.text("reason"),
        basis_zh(answers.text("basis")),
        answers.text("basis_note")
    );
    let reason = if answers.has("reason") { private.put("person-reason", &basis) } else { None };
    let without_papers =
        details.id_no.is_empty().then(|| private.put("no-papers", answers.text("reason"))).flatten();
    private.people.insert(person, details);
    let died = answers.day("died").filter(|day| known.died != Some(*day));
    let note = NotePerson { person, resident: known.resident, without_papers, died, reason };
    drafts.push((Command::NotePerson(note), private));
    if let Some(home) = desk.state.household_of(person, today).and_then(|id| desk.state.household(id))
        && let Some(status) = words::status(answers.text("status"))
        && status != home.status
    {
        let change = ChangeHousehold {
            household: home.id,
            since: today,
            join: Vec::new(),
            leave: Vec::new(),
            status: Some(status),
            size: None,
        };
        drafts.push((Command::ChangeHousehold(change), Private::default()));
    }
    Ok(drafts)
}

fn basis_zh(basis: &str) -> &'static str {
    match basis {
        "id_card" => "身份证",
        "register" => "户口簿",
        "bank_card" => "银行卡（折）",
        "court" => "法院、公安文书",
        "death" => "死亡证明",
        _ => "其他",
    }
}
