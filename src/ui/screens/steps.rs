//! 办理经过: who did what and when, with the place in the log, the carrier where another desk sent it, and the desk's own
//! time where its clock was off.
//!
//! Must never leave out a step.

use crate::domain::ids::CaseId;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::{case_card, words};

/// The screen.
#[derive(Debug)]
pub struct StepsScreen {
    id: CaseId,
    case: Option<Box<CaseCard>>,
    card: Card,
    size: Size,
}

impl StepsScreen {
    /// The steps of a case.
    pub fn new(id: CaseId) -> StepsScreen {
        StepsScreen { id, case: None, card: Card::new(Vec::new()), size: Size { rows: 19, cols: 80 } }
    }

    fn learn(&mut self, case: Box<CaseCard>) {
        let mut blocks = case_card::steps(&case.steps, true);
        if blocks.is_empty() {
            blocks.push(Block::Text("还没有经过".to_owned(), Role::Muted));
        }
        self.card.replace(blocks);
        self.card.resize(self.size);
        self.case = Some(case);
    }
}

impl Screen for StepsScreen {
    fn name(&self) -> &'static str {
        "办理经过"
    }

    fn subject(&self) -> String {
        self.case
            .as_ref()
            .map(|card| format!("{} {}", card.case.number, case_card::name(card)))
            .unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Any
    }

    fn offers(&self) -> Vec<Offer> {
        let one = (self.card.pages().1 < 2).then(|| "只有一页".to_owned());
        vec![Offer::new(Action::Back), Offer::new(Action::Refresh), Offer::key(Key::PgDn, "翻页").unless(one)]
    }

    fn hint(&self) -> String {
        match &self.case {
            Some(card) => format!("共 {} 步；「记录」后面是共享盘上的顺序号", card.steps.len()),
            None => "正在读本机的记录".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "每一步都由办理人签名，写上共享盘就不能改；改正只能另写一步。五（三）".to_owned(),
                "由别人的电脑送出的（例如县局代传）写明是谁；本机时间与共享盘相差十分钟以上的，两个时间都写。"
                    .to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(size);
            }
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Case(self.id))];
            }
            Msg::Reply(Reply::Case(Some(case))) => self.learn(case),
            Msg::Reply(Reply::Case(None)) => {
                return vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())];
            }
            Msg::Reply(reply) => return words::outcome(&reply).into_iter().collect(),
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Key(Key::Tab) => self.card.turn(),
            Msg::Key(key @ (Key::PgDn | Key::PgUp | Key::Down | Key::Up)) => {
                self.card.go(matches!(key, Key::PgDn | Key::Down));
            }
            Msg::Action(_) | Msg::Key(_) | Msg::Burst(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.card.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.card.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn steps_at_80_columns_say_who_carried_and_whose_clock_was_off() {
        let case = fixtures::case_card();
        let mut screen = StepsScreen::new(case.case.id);
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Case(case.case.id))]);
        screen.update(Msg::Reply(Reply::Case(Some(Box::new(case)))));
        insta::assert_snapshot!(drawn(&mut screen));
        assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
    }
}
