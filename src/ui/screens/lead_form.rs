//! 线索登记: somebody is in need, whoever says so; taken down while the caller is on the telephone.
//!
//! Must never ask the caller twice for what the desk knows: a number fills the name and the village.

use std::collections::BTreeSet;

use super::form_screen::{Confirm, FormScreen, Sheet};
use super::{prior, registers};
use crate::base::id_no::IdNo;
use crate::domain::code::Code;
use crate::forms::tables::{codes, lead};
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::store::replica::lookup::FamilyCard;
use crate::store::replica::views::discovery::DiscovererRow;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;

/// What the form of a lead adds to the screen around it.
#[derive(Debug, Default)]
pub struct LeadForm {
    card: Option<Box<FamilyCard>>,
    waits: bool,
    today: i32,
    team: Vec<DiscovererRow>,
}

impl LeadForm {
    /// The screen; `draft` 0 for none.
    pub fn screen(draft: u64) -> FormScreen<LeadForm> {
        FormScreen::new(LeadForm::default(), draft)
    }
}

impl Sheet for LeadForm {
    fn name(&self) -> &'static str {
        "线索登记"
    }

    fn table(&self) -> &'static Table {
        &lead::TABLE
    }

    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent> {
        match (reply, form) {
            (Reply::Family(card), Some(form)) => {
                self.waits = false;
                if let Some(card) = card {
                    form.set("name", &card.who.name, Source::Filled);
                    if let Some(village) = card.who.village {
                        form.set("village", &village.to_string(), Source::Filled);
                    }
                }
                self.card = card.clone();
            }
            (Reply::Failed(_), _) => self.waits = false,
            _ => {}
        }
        Vec::new()
    }

    fn begin(&mut self, form: &mut Form, start: &StartView, fresh: bool) -> Vec<Ask> {
        self.today = start.now.day().year();
        form.supply("discoverer", registers::offers(&start.team));
        self.team = start.team.clone();
        if fresh {
            return Vec::new();
        }
        self.completed(form, "id_no")
    }

    fn completed(&mut self, form: &mut Form, path: &str) -> Vec<Ask> {
        let number = form.value(path);
        if IdNo::parse(&number, form.context().today).is_err() {
            return Vec::new();
        }
        self.waits = true;
        vec![Ask::Holder(number)]
    }

    fn waits(&self) -> bool {
        self.waits
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let discoverer = registers::picked(&self.team, answers.text("discoverer"));
        Ok(Deed::Lead(answers, discoverer))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        Confirm::plain(format!(
            "登记线索：{} {}，响应时限从 {} {} 算起",
            form.value("name"),
            self.title(form),
            form.value("called_on"),
            form.value("called_at")
        ))
    }

    fn title(&self, form: &Form) -> String {
        let label = |choices: &[crate::forms::Choice], key: &str| {
            let value = form.value(key);
            choices.iter().find(|c| c.value == value).map_or("未填", |c| c.label)
        };
        format!("{} {}", label(codes::CIRCUMSTANCE, "circumstance"), label(codes::SEVERITY, "severity"))
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        match (&self.card, form.value("id_no").is_empty()) {
            (Some(card), _) => prior::draw(card, self.today, None, canvas),
            (None, false) => prior::nobody(&form.value("id_no"), canvas),
            (None, true) => {
                let text = "知道身份证号就打，往年救助显示在这里；不知道按 F2 用姓名查";
                canvas.put(0, 1, text, Role::Muted);
            }
        }
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, form: &Form) -> String {
        let id_no = form.value("id_no");
        if id_no.len() >= 4 { id_no } else { form.value("name") }
    }

    fn help(&self) -> Vec<String> {
        [
            "接到电话就登记，不知道的可以空着。线索只能以立件、不予救助、本人放弃、转介或重复了结，不会不了了之。",
            "急难程度决定几时要到场、几时要把钱物送到，从接报时间算起，四（一）3。",
            "登记后在线索列表里：1 打开，转为急难登记时情况自动带过去。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Action;
    use crate::ui::screens::testing::{Clerk, KNOWN};

    #[test]
    fn a_call_is_taken_down_and_confirmed() {
        let mut clerk = Clerk::at(LeadForm::screen(0), "lead");
        clerk.keys("王五\n13900000001\n单文彩\n");
        assert_eq!(clerk.kept.len(), 3);
        assert!(!clerk.kept.last().is_some_and(|keep| keep.title.contains("单文彩")), "no name in the list");
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty() && clerk.line().contains("还有"));
        clerk.send(crate::ui::screen::Msg::Key(crate::ui::key::Key::CtrlHome));
        assert!(clerk.drawn_everywhere().contains("知道身份证号就打"));
    }

    #[test]
    fn a_number_fills_name_and_village() {
        let mut clerk = Clerk::at(LeadForm::screen(0), "lead");
        for _ in 0..3 {
            clerk.key(crate::ui::key::Key::Tab);
        }
        clerk.key(crate::ui::key::Key::Up);
        clerk.keys(KNOWN);
        let text = clerk.drawn_everywhere();
        assert!(text.contains("单文彩") && text.contains("自动查到 3 笔"), "{text}");
        clerk.keys("\n\n");
        clerk.keys("23突发心梗送县医院\n");
        clerk.act(Action::Submit);
        assert!(clerk.drawn_everywhere().contains("登记线索：单文彩 突患重病 严重"));
        clerk.keys("\n");
        assert!(clerk.deeds.is_empty());
        clerk.act(Action::Submit);
        let Some((Deed::Lead(answers, None), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!(answers.text("severity"), "severe");
    }
}
