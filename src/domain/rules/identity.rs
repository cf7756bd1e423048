//! Identity (身份): the id number and who holds it. These checks read what is private, so they run at the author's own desk
//! only; a desk that checks an entry of others leaves them out.

use crate::base::id_no::{Holder, IdNo, IdProblem};
use crate::domain::code::Code;
use crate::domain::command::intake::NotePerson;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::private::PersonDetails;

/// Asks what the private part says of the person.
pub(super) fn check(cx: &Ctx<'_>, out: &mut Collect, args: &NotePerson) {
    let Some(private) = cx.private else { return };
    let Some(details) = private.people.get(&args.person) else {
        out.say(Code::ReasonRequired, "name", "姓名未填，请填写姓名。");
        return;
    };
    if details.name.trim().is_empty() {
        out.say(Code::ReasonRequired, "name", "姓名未填，请填写姓名。");
    }
    if details.id_no.is_empty() && args.without_papers.is_some() {
        return;
    }
    match IdNo::parse(&details.id_no, cx.today()) {
        Ok(id) => known(cx, out, args, details, &id),
        Err(problem) => out.say(code(&problem), "id_no", problem.to_string()),
    }
}

fn code(problem: &IdProblem) -> Code {
    match problem {
        IdProblem::Date | IdProblem::Future | IdProblem::TooOld => Code::IdDate,
        IdProblem::Length { .. }
        | IdProblem::Letter { .. }
        | IdProblem::Check { .. }
        | IdProblem::FifteenDigits { .. } => Code::IdCheck,
    }
}

fn known(cx: &Ctx<'_>, out: &mut Collect, args: &NotePerson, details: &PersonDetails, id: &IdNo) {
    if let Some(sex) = details.sex
        && sex != id.sex()
    {
        out.say(Code::IdSex, "sex", format!("按身份证号性别为{}，现填{}，请改正。", id.sex().zh(), sex.zh()));
    }
    if let Some(died) = args.died {
        super::dates::not_before(out, "died", died, id.birth(), "死亡日期", "出生日期");
    }
    // a foreigner's number has no area
    if id.holder() == Holder::Citizen && id.area_name().is_none() {
        out.say(Code::IdArea, "id_no", "身份证号前六位不在现行区划表中，请对照证件核对一次；无误可继续。");
    }
    if let Some((holder, name)) = cx.answers.holder_of(id.as_str())
        && holder != args.person
    {
        let what = if name == details.name.trim() {
            "请按F5重新核对，选用已登记的本人"
        } else {
            "请对照证件核对姓名和号码"
        };
        out.say(Code::IdNameClash, "id_no", format!("这一身份证号已登记为{name}，{what}。"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, P};
    use crate::base::id_no::Sex;
    use crate::domain::code::Code;
    use crate::domain::ids::PersonId;

    #[test]
    fn numbers_as_typed() {
        // P[0] of the desk holds 211321196804120012
        let new = PersonId([0x99; 16]);
        let table = [
            ("21132119751103078X", Sex::Female, "王芳", new, vec![]),
            ("21132119751103078X", Sex::Male, "王芳", new, vec![Code::IdSex]),
            ("211321196804120013", Sex::Male, "李强", new, vec![Code::IdCheck]),
            ("211321680412001", Sex::Male, "李强", new, vec![Code::IdCheck]),
            ("211321199902290019", Sex::Male, "李强", new, vec![Code::IdDate]),
            ("211321196804120012", Sex::Male, "李强", new, vec![Code::IdNameClash]),
            ("211321196804120012", Sex::Male, "赵建国", P[0], vec![]),
        ];
        for (id, sex, name, person, codes) in table {
            let desk = Desk::new();
            let (command, private) = desk.note_person(person, name, id, sex);
            let mut ask = desk.ask("1001");
            ask.private = Some(&private);
            assert_eq!(ask.codes(command), codes, "{id} {name}");
        }
    }

    #[test]
    fn the_check_digit_is_named() {
        let desk = Desk::new();
        let (command, private) =
            desk.note_person(PersonId([0x99; 16]), "李强", "211321196804120013", Sex::Male);
        let mut ask = desk.ask("1001");
        ask.private = Some(&private);
        let refusals = ask.decide(command).unwrap_err();
        assert!(refusals.iter().any(|refusal| refusal.sentence.contains("末位应为2")), "{refusals:?}");
    }
}
