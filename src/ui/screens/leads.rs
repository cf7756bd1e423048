//! 线索: what was heard and is not ended, with the two clocks; a case is made of it, somebody is at the person, or it ends
//! with a reason.
//!
//! Must never let a lead end without saying how.

use crate::base::day::Stamp;
use crate::domain::ids::LeadId;
use crate::domain::nouns::LeadEnd;
use crate::domain::office::Role as Duty;
use crate::office::front::deed::Deed;
use crate::store::replica::views::leads::LeadRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::path::PathPlace;
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 12),
        Column::left("姓名", 8),
        Column::left("乡镇", 12).rank(4),
        Column::left("村(居)", 10).rank(3).grow(),
        Column::left("情形", 8).rank(2),
        Column::left("程度", 4).rank(1),
        Column::left("到人", 12),
        Column::left("到款", 12),
    ],
    options: &[
        RowOption { digit: '1', label: "急难立件" },
        RowOption { digit: '2', label: "到场" },
        RowOption { digit: '4', label: "了结" },
        RowOption { digit: '5', label: "查看" },
        RowOption { digit: '8', label: "支出型申请" },
    ],
    ticks: false,
    empty: "没有未了结的线索",
};

/// How a lead can end without a case, by the digit of the prompt.
const ENDS: [LeadEnd; 4] = [LeadEnd::Refused, LeadEnd::Withdrawn, LeadEnd::Referred, LeadEnd::Duplicate];

impl Shown for LeadRow {
    fn id(&self) -> String {
        self.lead.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let visit = match self.answered {
            Some(at) => format!("已到{}", at.clock()),
            None => words::clock(self.due_visit, now),
        };
        let name = if self.name.is_empty() { "未知".to_owned() } else { self.name.clone() };
        vec![
            self.number.clone(),
            name,
            words::township(self.township),
            self.village.map_or("", words::village).to_owned(),
            self.circumstance.zh().to_owned(),
            self.severity.zh().to_owned(),
            visit,
            words::clock(self.due_money, now),
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        (self.late(now) || self.due_money < now).then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

/// The screen.
#[derive(Debug)]
pub struct LeadsScreen {
    with: Prompted<LeadRow, LeadId>,
}

impl Default for LeadsScreen {
    fn default() -> LeadsScreen {
        LeadsScreen::new()
    }
}

/// What an officer sees who is no handler.
const LOOKS: &[RowOption] = &[RowOption { digit: '5', label: "查看" }];

impl LeadsScreen {
    /// The open leads that the officer sees.
    pub fn new() -> LeadsScreen {
        LeadsScreen { with: Prompted::new(TABLE) }
    }

    fn handler(&self) -> bool {
        self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Handler))
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let mut opened = None;
        let mut ending = None;
        for (id, digit) in chosen {
            let Some(row) = self.with.list.rows().of(&id) else { continue };
            match digit {
                '5' => intents.push(Intent::Say(row.told())),
                _ if !self.handler() => {
                    intents.push(Intent::Warn("线索由经办人办理，请经办人登录".to_owned()));
                }
                '2' if row.answered.is_some() => {
                    intents.push(Intent::Say(format!("{} 已记到场", row.number)));
                }
                '2' => {
                    let deed = Box::new(Deed::AnswerLead(row.lead));
                    intents.push(Intent::Ask(Ask::Do { deed, draft: 0 }));
                }
                '4' => ending = ending.or(Some(ending_of(row))),
                '8' => {
                    opened = opened.or(Some(Place::Path(PathPlace::FromLead(row.lead))));
                }
                _ => {
                    let place = Place::Emergency { id_no: String::new(), lead: Some(row.lead), draft: 0 };
                    opened = opened.or(Some(place));
                }
            }
        }
        match (opened, ending) {
            (Some(place), _) => intents.push(Intent::Open(place)),
            (None, Some(prompt)) => {
                self.with.ask(Some(prompt));
                intents.push(Intent::Forget);
            }
            (None, None) => {}
        }
        intents
    }

    fn end(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let how = prompt
            .choice(0)
            .and_then(|at| ENDS.get(at).copied().ok_or_else(|| "没有这样的结果，请按数字重选".to_owned()));
        match how.and_then(|how| Ok((how, prompt.text(1)?))) {
            Ok((how, reason)) => {
                let deed = Box::new(Deed::EndLead(prompt.what, how, reason));
                vec![Intent::Ask(Ask::Do { deed, draft: 0 })]
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

fn ending_of(row: &LeadRow) -> Prompt<LeadId> {
    let words = ENDS.iter().map(|end| end.zh()).collect();
    Prompt::new(row.lead, format!("了结线索 {} {}", row.number, row.name))
        .with("结果", Kind::Choice(words), "")
        .with("原因", Kind::Text, "")
}

impl LeadRow {
    /// The lead in a sentence.
    fn told(&self) -> String {
        let heard = format!("{} {} {}", self.number, self.at.text(), self.channel.zh());
        if self.said.is_empty() { heard } else { format!("{heard}：{}", self.said) }
    }
}

impl Screen for LeadsScreen {
    fn name(&self) -> &'static str {
        "线索"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = (!self.handler()).then(|| "线索由经办人登记，您没有经办人岗位".to_owned());
        let none =
            self.with.selected().is_none_or(|row| row.name.is_empty()).then(|| "还不知道是谁".to_owned());
        let offers = vec![
            Offer::key(Key::Enter, if self.handler() { "立件" } else { "查看" }),
            Offer::new(Action::Lookup).unless(none),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "登记线索").unless(why),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("了结", offers)
    }

    fn hint(&self) -> String {
        let duty = self.with.me.as_ref().map(|me| me.on_duty.as_str()).filter(|told| !told.is_empty());
        let duty = duty.map(|told| format!("今日值班：{told}"));
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, Some(row)) => match duty {
                Some(duty) => format!("{duty}；{}", row.told()),
                None => row.told(),
            },
            (None, None) => duty.unwrap_or_default(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "线索来自窗口、急难求助电话、村（居）两委、志愿者、走访和部门转来；到人、到款最急的排在最前。一".to_owned(),
                "严重2小时到人、24小时到款；较重24小时、48小时；偏轻3个工作日。「超时」的镇里没有人到场，已上报县局。"
                    .to_owned(),
                "1 立件转成急难登记，8 转成支出型申请，立了件线索就了结；2 记到场；4 了结必须选结果、写原因，没有不了了之的线索。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Leads)];
            }
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                let options = if self.handler() { TABLE.options } else { LOOKS };
                self.with.list.offer(options);
            }
            Msg::Reply(Reply::Leads(items, now)) => self.with.replace_as_of(items, now),
            Msg::Reply(reply) => return self.with.answered(&reply, vec![Intent::Ask(Ask::Leads)]),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.end(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::New) => return vec![Intent::Open(Place::LeadForm(0))],
            Msg::Action(Action::Lookup) => {
                let name = self.with.selected().map(|row| row.name.clone());
                return name.map(|name| Intent::Open(Place::Lookup(name))).into_iter().collect();
            }
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.with.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.with.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen() -> LeadsScreen {
        let mut screen = LeadsScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Leads)]);
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
        screen.update(Msg::Reply(Reply::Leads(fixtures::leads(), fixtures::now())));
        screen
    }

    #[test]
    fn leads_at_80_columns_with_late_ones_in_words() {
        let mut screen = screen();
        let text = drawn(&mut screen);
        assert!(text.contains("超时"), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_lead_becomes_a_case_or_is_answered() {
        let mut screen = screen();
        let lead = fixtures::leads()[0].lead;
        let opened = Intent::Open(Place::Emergency { id_no: String::new(), lead: Some(lead), draft: 0 });
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![opened]);
        screen.update(Msg::Key(Key::Char('2')));
        let deed = Box::new(Deed::AnswerLead(lead));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
        assert_eq!(screen.update(Msg::Action(Action::New)), vec![Intent::Open(Place::LeadForm(0))]);
        screen.update(Msg::Key(Key::Char('8')));
        let applied = Intent::Open(Place::Path(PathPlace::FromLead(lead)));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![applied]);
    }

    #[test]
    fn a_lead_ends_with_a_choice_and_a_reason() {
        let mut screen = screen();
        screen.update(Msg::Key(Key::Char('4')));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Forget]);
        assert!(matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]));
        screen.update(Msg::Key(Key::Char('3')));
        screen.update(Msg::Key(Key::Enter));
        assert!(
            matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(text)] if text.contains("原因"))
        );
        screen.update(Msg::Burst("转县医保局".to_owned()));
        assert!(drawn(&mut screen).contains("了结线索"));
        let deed = Deed::EndLead(fixtures::leads()[0].lead, LeadEnd::Referred, "转县医保局".to_owned());
        let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
        assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
        screen.update(Msg::Action(Action::Cancel));
        assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
    }

    #[test]
    fn whoever_is_no_handler_only_reads() {
        let mut screen = screen();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Approver], Some(103)))));
        assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Say(_)]), "Enter tells it");
        assert!(
            matches!(screen.update(Msg::Key(Key::Char('2'))).as_slice(), [Intent::Say(_)]),
            "there is no 2"
        );
        assert!(!crate::ui::screens::fixtures::drawn(&mut screen).contains("立件"));
    }
}
