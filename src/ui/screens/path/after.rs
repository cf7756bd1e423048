//! 决定待送达 and 待回访: what follows a decision, with its last day, due first; Enter opens the form of the step.
//!
//! Must never hide a late one: lateness stands in words. Must never lose its place when it is read again.

use crate::base::day::Stamp;
use crate::domain::office::Role as Duty;
use crate::forms::tables::path::PathForm;
use crate::store::replica::views::after::{AfterList, AfterRow};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::paper::PaperPlace;
use crate::ui::product::path::{PathAsk, PathPlace, PathReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const DELIVER: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("村(居)", 12).rank(3),
        Column::left("情形", 8).rank(2),
        Column::right("批准额", 9).rank(1),
        Column::left("结果", 8),
        Column::left("决定", 6),
        Column::left("期限", 12).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "登记送达" },
        RowOption { digit: '5', label: "看办件" },
        RowOption { digit: '7', label: "打印告知书" },
    ],
    ticks: false,
    empty: "没有待送达的决定",
};

const FOLLOW_UP: ListTable = ListTable {
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("村(居)", 12).rank(3),
        Column::left("情形", 8).rank(2),
        Column::right("批准额", 9).rank(1),
        Column::left("发放", 6),
        Column::left("期限", 12).grow(),
    ],
    options: &[RowOption { digit: '1', label: "登记回访" }, RowOption { digit: '5', label: "看办件" }],
    empty: "没有待回访的办件",
    ..DELIVER
};

/// A row of one of the lists.
#[derive(Debug, Clone)]
pub struct Line {
    row: AfterRow,
    list: AfterList,
}

impl Shown for Line {
    fn id(&self) -> String {
        self.row.case.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let row = &self.row;
        let mut cells = vec![
            row.number.clone(),
            row.name.clone(),
            words::village(row.village).to_owned(),
            row.circumstance.zh().to_owned(),
            if row.granted.fen() == 0 { "-".to_owned() } else { row.granted.grouped() },
        ];
        if self.list == AfterList::Deliver {
            cells.push(row.paper.zh().to_owned());
        }
        cells.extend([row.since.month_day(), words::left(row.due, now.day())]);
        cells
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        (self.row.due < now.day()).then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.row.name, vec![&self.row.number])
    }
}

/// The screen.
#[derive(Debug)]
pub struct AfterScreen {
    with: Prompted<Line, ()>,
    list: AfterList,
}

impl AfterScreen {
    /// One of the lists.
    pub fn new(list: AfterList) -> AfterScreen {
        let table = match list {
            AfterList::Deliver => DELIVER,
            AfterList::FollowUp => FOLLOW_UP,
        };
        AfterScreen { with: Prompted::new(table), list }
    }

    fn form(&self) -> PathForm {
        match self.list {
            AfterList::Deliver => PathForm::Deliver,
            AfterList::FollowUp => PathForm::FollowUp,
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Path(PathAsk::After(self.list)))]
    }

    /// Why the officer registers nothing here.
    fn why_not(&self) -> Option<String> {
        let handler = self.with.me.as_ref().is_none_or(|me| me.officer.is(Duty::Handler));
        let name = self.form().zh();
        (!handler).then(|| format!("{name}由经办人登记，您没有经办人岗位；按 5 看办件"))
    }

    fn chosen(&self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let Some(line) = self.with.list.rows().of(id) else { return Vec::new() };
        let case = line.row.case;
        match (digit, self.why_not()) {
            ('5', _) => vec![Intent::Open(Place::Case(case))],
            ('7', _) => vec![Intent::Open(Place::Paper(PaperPlace::Choose(case)))],
            (_, Some(why)) => vec![Intent::Warn(why)],
            (_, None) => vec![Intent::Open(Place::Path(PathPlace::Step(case, self.form())))],
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::Me(me) => self.with.me = Some(me),
            Reply::Path(PathReply::After(rows, now)) => {
                let list = self.list;
                self.with.replace_as_of(rows.into_iter().map(|row| Line { row, list }).collect(), now);
            }
            Reply::News => return self.ask(),
            reply => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
        }
        Vec::new()
    }
}

impl Screen for AfterScreen {
    fn name(&self) -> &'static str {
        match self.list {
            AfterList::Deliver => "决定待送达",
            AfterList::FollowUp => "待回访",
        }
    }

    fn subject(&self) -> String {
        format!("{} 件", self.with.list.rows().items.len())
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(crate::ui::key::Key::Enter, self.form().zh()).unless(self.why_not()),
            Offer::new(Action::Lookup),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
        ]
    }

    fn hint(&self) -> String {
        let Some(Line { row, .. }) = self.with.selected() else {
            return if self.with.read {
                "F3 返回".to_owned()
            } else {
                "正在读本机的记录".to_owned()
            };
        };
        let left = words::left(row.due, self.with.list.rows().now.day());
        let (since, due) = (row.since.month_day(), row.due.month_day());
        match self.list {
            AfterList::Deliver => {
                format!("{} {since}{}，通知书应在 {due} 前送达，{left}", row.number, row.paper.zh())
            }
            AfterList::FollowUp => format!("{} {since} 发放，应在 {due} 前回访，{left}", row.number),
        }
    }

    fn help(&self) -> HelpText {
        let screen: &[&str] = match self.list {
            AfterList::Deliver => &[
                "审批、不予救助、不予受理的通知书要送达申请人，先到期的在前；期限由政策包定，从决定之日起按工作日算。",
                "1 登记送达：怎样送达、谁签收；5 看办件；7 打印告知书(F10、F11、F12)。",
                "先行救助当面付给的不在这里：钱物就是通知。送达登记以后从这里消失。",
            ],
            AfterList::FollowUp => &[
                "发放以后问一问：钱收到没有，困难缓解没有；先到期的在前，期限由政策包定，从最后一次发放起算。",
                "1 登记回访：怎样问的、问了谁、情况怎样；没有收到的当天报告县局。5 看办件。",
            ],
        };
        HelpText { field: String::new(), screen: screen.iter().map(|line| (*line).to_owned()).collect() }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) => return self.ask(),
            Msg::Reply(reply) => return self.reply(reply),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.with.key(key);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.with.burst(&text);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::Lookup) => {
                let number = self.with.selected().map(|line| line.row.number.clone()).unwrap_or_default();
                return vec![Intent::Open(Place::Lookup(number))];
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
#[path = "after_tests.rs"]
mod tests;
