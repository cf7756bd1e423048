//! 人员信息更正: what stands wrong about a person is put right, with a reason and what proves it; the old words stay in the
//! log.
//!
//! Must never submit a correction that changes nothing.

use std::collections::BTreeSet;

use super::form_screen::{Confirm, FormScreen, Sheet};
use crate::domain::code::Code;
use crate::domain::ids::PersonId;
use crate::forms::tables::correction;
use crate::forms::{Answers, Form, Source, Table};
use crate::office::compose::words;
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::store::replica::lookup::FamilyCard;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;

/// The fields that can be put right, with their names.
const CORRECTED: [(&str, &str); 6] = [
    ("id_no", "身份证号"),
    ("name", "姓名"),
    ("phone", "电话"),
    ("account", "账号"),
    ("status", "身份"),
    ("died", "死亡日期"),
];

/// What the form of a correction adds to the screen around it.
pub struct Correction {
    person: PersonId,
    card: Option<Option<Box<FamilyCard>>>,
}

impl Correction {
    /// The screen.
    pub fn screen(person: PersonId) -> FormScreen<Correction> {
        FormScreen::new(Correction { person, card: None }, 0)
    }

    fn card(&self) -> Option<&FamilyCard> {
        self.card.as_ref()?.as_deref()
    }

    /// What the desk knows, by the keys of the form.
    fn known(&self, key: &str) -> String {
        let Some(card) = self.card() else { return String::new() };
        match key {
            "id_no" if card.id_no.is_empty() => "0".to_owned(),
            "id_no" => card.id_no.clone(),
            "name" => card.who.name.clone(),
            "village" => card.who.village.map(|village| village.to_string()).unwrap_or_default(),
            "phone" => card.phone.clone(),
            "account" => card.account.clone(),
            "status" => card.who.status.map_or("none", words::status_word).to_owned(),
            "died" => card.who.died.map(|day| day.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn changed(&self, answers: &Answers) -> Vec<&'static str> {
        let differs = |key: &str| answers.text(key) != self.known(key);
        CORRECTED.iter().filter(|(key, _)| differs(key)).map(|(_, label)| *label).collect()
    }
}

impl Sheet for Correction {
    fn name(&self) -> &'static str {
        "人员信息更正"
    }

    fn table(&self) -> &'static Table {
        &correction::TABLE
    }

    fn about(&self) -> Option<String> {
        Some(self.person.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        vec![Ask::Family(self.person)]
    }

    fn is_ready(&self) -> bool {
        self.card.is_some()
    }

    fn take(&mut self, reply: &Reply, _form: Option<&mut Form>) -> Vec<Intent> {
        let Reply::Family(card) = reply else { return Vec::new() };
        self.card = Some(card.clone());
        match self.card() {
            Some(_) => Vec::new(),
            None => vec![Intent::Warn("找不到这个人，请按 F3 返回后重新查找".to_owned())],
        }
    }

    fn begin(&mut self, form: &mut Form, _start: &StartView, _fresh: bool) -> Vec<Ask> {
        for key in ["id_no", "name", "village", "phone", "account", "status"] {
            form.set(key, &self.known(key), Source::Filled);
        }
        // An empty date would be read as today.
        let died = self.known("died");
        if !died.is_empty() {
            form.set("died", &died, Source::Filled);
        }
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        if self.changed(&answers).is_empty() {
            return Err("没有改动：按上箭头到要更正的一项改好，再按 F9".to_owned());
        }
        Ok(Deed::Correct(self.person, answers))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        Confirm::plain(format!(
            "更正 {} 的{}；原来的留在办理记录里",
            self.known("name"),
            self.changed(form.answers()).join("、")
        ))
    }

    fn title(&self, form: &Form) -> String {
        self.changed(form.answers()).join("、")
    }

    fn below_rows(&self) -> u16 {
        3
    }

    fn below(&self, form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let changed = self.changed(form.answers());
        let said = if changed.is_empty() {
            "还没有改动；按上箭头到要更正的一项".to_owned()
        } else {
            format!("改了：{}", changed.join("、"))
        };
        canvas.put(0, 1, &said, Role::Text);
        let family = self.card().map_or(0, |card| card.own.len());
        canvas.put(1, 1, &format!("往年救助 {family} 笔，更正后仍归这个人"), Role::Muted);
    }

    fn submit_label(&self) -> &'static str {
        "更正"
    }

    fn lookup(&self, _form: &Form) -> String {
        self.known("id_no")
    }

    fn help(&self) -> Vec<String> {
        [
            "更正不删除任何东西：原来的内容、谁改的、为什么改，都留在记录里。",
            "要写更正凭据和原因。改了身份证号的，往年救助仍归这个人。",
            "本人去世的写死亡日期：没有付的款不再付给他，受理中的换家庭成员申请，已批准的由县局注明改发何人，或终止。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Action;
    use crate::ui::key::Key;
    use crate::ui::screen::Msg;
    use crate::ui::screens::testing::Clerk;

    #[test]
    fn a_changed_telephone_is_put_right_with_a_reason() {
        let mut clerk = Clerk::at(Correction::screen(PersonId([1; 16])), "person-correction");
        clerk.keys("1电话号码换了\n");
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty() && clerk.line().contains("没有改动"), "{}", clerk.line());
        clerk.send(Msg::Key(Key::CtrlHome));
        for _ in 0..3 {
            clerk.key(Key::Tab);
        }
        clerk.keys("13900000009\n");
        let text = clerk.drawn_everywhere();
        assert!(text.contains("改了：电话"), "{text}");
        clerk.act(Action::Submit);
        assert!(clerk.drawn(80, 19).contains("更正 单文彩 的电话"));
        clerk.act(Action::Submit);
        let Some((Deed::Correct(_, answers), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!(answers.text("phone"), "13900000009");
        assert!(!clerk.kept.iter().any(|keep| keep.title.contains("单文彩")));
    }

    #[test]
    fn a_death_is_noted_with_what_proves_it() {
        let mut clerk = Clerk::at(Correction::screen(PersonId([1; 16])), "person-correction");
        clerk.keys("6村委会报告，本人去世");
        clerk.key(Key::Tab);
        clerk.keys("-2\n");
        clerk.act(Action::Submit);
        assert!(clerk.drawn(80, 19).contains("更正 单文彩 的死亡日期"), "{}", clerk.drawn(80, 19));
        clerk.act(Action::Submit);
        let Some((Deed::Correct(_, answers), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        let died = crate::base::day::Day::parse(answers.text("died")).unwrap();
        assert_eq!(died.until(crate::ui::screens::fixtures::now().day()), 2);
        assert!(answers.is("basis", "death"));
    }
}
