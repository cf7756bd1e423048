//! 待传: what this PC has signed and the share has not answered yet, and what was refused on return.
//!
//! Must never let go of what still waits.

use crate::base::day::Stamp;
use crate::office::front::outbox::Waiting;
use crate::store::desk::OutState;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "办理事项",
    columns: &[Column::left("时间", 16), Column::left("状态", 10), Column::left("办理事项", 20).grow()],
    options: &[RowOption { digit: '5', label: "看原因" }, RowOption { digit: '4', label: "放弃已退回的" }],
    ticks: false,
    empty: "没有待传，都已写上共享盘",
};

impl Shown for Waiting {
    fn id(&self) -> String {
        self.group.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let state = match self.state {
            OutState::Waiting => "等共享盘",
            OutState::Unknown => "结果待查",
            OutState::Refused(_) => "没有办成",
        };
        vec![self.made.text(), state.to_owned(), self.verbs.join("、")]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        matches!(self.state, OutState::Refused(_)).then_some(Role::Problem)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        ("", self.verbs.clone())
    }
}

/// What became of a group, with what to do.
fn told(waiting: &Waiting) -> String {
    match &waiting.state {
        OutState::Waiting => "还没有写上共享盘；联机后自动送出，不用重办".to_owned(),
        OutState::Unknown => "送出时共享盘断了，联机后先查清是否已写上，不要重办".to_owned(),
        OutState::Refused(text) => format!("{text}（填的内容回到暂存，改好重交；这一行用 4 放弃）"),
    }
}

/// The screen.
#[derive(Debug)]
pub struct OutboxScreen {
    list: List<Held<Waiting>>,
}

impl Default for OutboxScreen {
    fn default() -> OutboxScreen {
        OutboxScreen::new()
    }
}

impl OutboxScreen {
    /// The list of what waits.
    pub fn new() -> OutboxScreen {
        OutboxScreen { list: List::new(TABLE, Held::empty()) }
    }

    fn selected(&self) -> Option<&Waiting> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    fn happened(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => chosen
                .iter()
                .filter_map(|(id, digit)| {
                    let row = self.list.rows().of(id)?;
                    Some(match (digit, &row.state) {
                        ('4', OutState::Refused(_)) => Intent::Ask(Ask::LetGo(row.group)),
                        ('4', _) => Intent::Warn("还在等共享盘，不能放弃；只能放弃没有办成的".to_owned()),
                        _ => Intent::Say(told(row)),
                    })
                })
                .collect(),
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }
}

impl Screen for OutboxScreen {
    fn name(&self) -> &'static str {
        "待传"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "看原因"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::PgDn, "翻页").unless(self.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        self.selected().map(told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "共享盘断开时办的，签好名存在这台电脑上，联机后按先后自动送出。".to_owned(),
                "没有办成的写明原因和依据；填的内容没有丢，在暂存里改好再交。看过后用 4 放弃这一行。"
                    .to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.list.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News | Reply::Link(_)) => {
                return vec![Intent::Ask(Ask::Outbox)];
            }
            Msg::Reply(Reply::Outbox(items)) => self.list.replace(Held { items, now: Stamp(0) }),
            Msg::Reply(reply) => return words::outcome(&reply).into_iter().collect(),
            Msg::Key(key) => {
                let happened = self.list.key(key);
                return self.happened(happened);
            }
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                return self.happened(happened);
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.list.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.list.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn what_waits_stays_and_what_was_refused_is_let_go() {
        let mut screen = OutboxScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Outbox)]);
        screen.update(Msg::Reply(Reply::Outbox(fixtures::outbox())));
        insta::assert_snapshot!(drawn(&mut screen));
        screen.update(Msg::Key(Key::Char('4')));
        assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Warn(_)]));
        screen.update(Msg::Key(Key::End));
        assert!(screen.hint().contains("E-REPEAT-MATTER"), "{}", screen.hint());
        screen.update(Msg::Key(Key::Char('4')));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Ask(Ask::LetGo(3))]);
    }
}
