//! 提示后继续的: warnings that an officer went on in spite of, each with his reason.
//!
//! Must never change anything.

use crate::base::day::Stamp;
use crate::store::replica::views::exceptions::NotedRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "编号/操作员号",
    columns: &[
        Column::left("时间", 11),
        Column::left("操作员", 6),
        Column::left("编号", 11),
        Column::left("提示", 20),
        Column::left("理由", 20).grow(),
    ],
    options: &[RowOption { digit: '1', label: "看办件" }, RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有提示后继续办理的",
};

impl NotedRow {
    fn told(&self) -> String {
        format!(
            "{} {} {} {} {}：{}",
            self.code,
            self.code.when(),
            self.code.clause(),
            self.by,
            self.at.text(),
            self.reason
        )
    }
}

impl Shown for NotedRow {
    fn id(&self) -> String {
        format!("{}{}", self.n, self.code)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            format!("{} {}", self.at.day().month_day(), self.at.clock()),
            self.by.to_string(),
            self.number.clone(),
            self.code.when().to_owned(),
            self.reason.clone(),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        ("", vec![&self.number, &self.by.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct OverriddenScreen {
    with: Prompted<NotedRow, ()>,
}

impl Default for OverriddenScreen {
    fn default() -> OverriddenScreen {
        OverriddenScreen::new()
    }
}

impl OverriddenScreen {
    /// The list.
    pub fn new() -> OverriddenScreen {
        OverriddenScreen { with: Prompted::new(TABLE) }
    }

    fn chosen(&self, chosen: Vec<(String, char)>) -> Option<Intent> {
        let (id, digit) = chosen.into_iter().next()?;
        let row = self.with.list.rows().of(&id)?;
        Some(match (digit, row.case) {
            ('1', Some(case)) => Intent::Open(Place::Case(case)),
            _ => Intent::Say(row.told()),
        })
    }
}

impl Screen for OverriddenScreen {
    fn name(&self) -> &'static str {
        "提示后继续的"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "看办件"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        self.with.selected().map(NotedRow::told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec!["办理时有提示、写明理由后继续办的，都列在这里，供督导抽查。".to_owned()],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Overridden)];
            }
            Msg::Reply(Reply::Overridden(rows)) => self.with.replace(rows),
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
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
