//! 支出型待办: the open cases of the expenditure path by what they wait for, with their clocks, due first.
//!
//! Must never hide a late one: lateness stands in words. Must never lose its place when it is read again.

use crate::base::day::Stamp;
use crate::domain::office::Role as Duty;
use crate::domain::wait::Wait;
use crate::store::replica::views::path::PathRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::path::{PathAsk, PathList, PathPlace, PathReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::path::lists;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("村(居)", 12).rank(3),
        Column::left("情形", 8).rank(2),
        Column::right("申请额", 9).rank(1),
        Column::left("等什么", 8),
        Column::left("期限", 12).grow(),
        Column::left("标", 4),
    ],
    options: &[
        RowOption { digit: '1', label: "办理步骤" },
        RowOption { digit: '5', label: "看办件" },
        RowOption { digit: '8', label: "审批" },
    ],
    ticks: false,
    empty: "这里没有支出型办件",
};

impl Shown for PathRow {
    fn id(&self) -> String {
        self.case.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let today = now.day();
        vec![
            self.number.clone(),
            self.name.clone(),
            words::village(self.village).to_owned(),
            self.circumstance.zh().to_owned(),
            self.asked.grouped(),
            self.wait.zh().to_owned(),
            self.clock_text(now),
            match (self.objections, lists::urgent(self, today)) {
                (1.., _) => "异议".to_owned(),
                (0, true) => "!".to_owned(),
                (0, false) => String::new(),
            },
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        lists::urgent(self, now.day()).then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

impl PathRow {
    /// The clock; while a notice hangs its last day, which is what one waits for.
    fn clock_text(&self, now: Stamp) -> String {
        match (self.wait, self.notice_until) {
            (Wait::Notice, Some(until)) => format!("公示至{}", until.month_day()),
            (Wait::NoticeEnd, Some(until)) => format!("公示满{}", until.month_day()),
            _ => lists::clock(self, now.day()),
        }
    }
}

/// The screen.
#[derive(Debug)]
pub struct TodoScreen {
    with: Prompted<PathRow, ()>,
    which: PathList,
    /// Everything as the desk answered it; the list shows a part.
    all: Vec<PathRow>,
    read_at: Stamp,
}

impl TodoScreen {
    /// One of the lists.
    pub fn new(which: PathList) -> TodoScreen {
        TodoScreen { with: Prompted::new(TABLE), which, all: Vec::new(), read_at: Stamp(0) }
    }

    fn show(&mut self) {
        let rows = self.all.iter().filter(|row| lists::holds(self.which, row)).cloned().collect();
        self.with.replace_as_of(rows, self.read_at);
    }

    /// F4 goes on to the next list that has somebody in it.
    fn next_list(&mut self) -> Vec<Intent> {
        let at = PathList::ALL.iter().position(|list| *list == self.which).unwrap_or(0);
        let count = |list: PathList| lists::waiting(&self.all, list, self.read_at.day()).pile.count;
        let next = (1..=PathList::ALL.len())
            .filter_map(|step| PathList::ALL.get((at + step) % PathList::ALL.len()))
            .find(|list| **list == PathList::All || count(**list) > 0);
        let next = next.copied().unwrap_or(self.which);
        let (name, count) = (lists::name(next), count(next));
        self.which = next;
        self.show();
        vec![Intent::Say(format!("{name} {count} 件；F4 换下一类"))]
    }

    fn chosen(&self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(id) else { return Vec::new() };
        match digit {
            '5' => vec![Intent::Open(Place::Case(row.case))],
            '8' => self.approve(row),
            _ => vec![Intent::Open(Place::Path(PathPlace::Work(row.case)))],
        }
    }

    /// The approval of a row, and on to those behind it that wait as well.
    fn approve(&self, row: &PathRow) -> Vec<Intent> {
        if !self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Approver)) {
            return vec![Intent::Warn("审批由审批人办，您没有审批岗位；按 1 看办理步骤".to_owned())];
        }
        if !lists::holds(PathList::Approval, row) {
            let sentence = format!("{} 现在是「{}」，还没有报批；按 1 看办理步骤", row.number, row.wait.zh());
            return vec![Intent::Warn(sentence)];
        }
        let waiting: Vec<_> = self.with.list.rows().items.iter().collect();
        let run: Vec<_> =
            waiting.iter().filter(|row| lists::holds(PathList::Approval, row)).map(|row| row.case).collect();
        let at = run.iter().position(|case| *case == row.case).unwrap_or(0);
        vec![Intent::Open(Place::Approval { run, at })]
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::Me(me) => self.with.me = Some(me),
            Reply::Path(PathReply::Todo(rows, now)) => {
                (self.all, self.read_at) = (rows, now);
                self.show();
            }
            Reply::News => return ask(),
            reply => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
        }
        Vec::new()
    }
}

fn ask() -> Vec<Intent> {
    vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Path(PathAsk::Todo))]
}

impl Screen for TodoScreen {
    fn name(&self) -> &'static str {
        "支出型待办"
    }

    fn subject(&self) -> String {
        format!("{} {} 件", lists::name(self.which), self.with.list.rows().items.len())
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let handler = self.with.me.as_ref().is_none_or(|me| me.officer.is(Duty::Handler));
        let why = (!handler).then(|| "申请由经办人登记，您没有经办人岗位".to_owned());
        vec![
            Offer::key(crate::ui::key::Key::Enter, "办理步骤"),
            Offer::new(Action::Lookup),
            Offer::new(Action::Back),
            Offer::named(Action::Choose, "换一类"),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "申请登记").unless(why),
        ]
    }

    fn hint(&self) -> String {
        let Some(row) = self.with.selected() else {
            return if self.with.read {
                "F4 换一类；F6 登记支出型申请".to_owned()
            } else {
                "正在读本机的记录".to_owned()
            };
        };
        let today = self.with.list.rows().now.day();
        let mut said = format!("{} {}：", row.number, row.wait.zh());
        if row.objections > 0 {
            said.push_str(&format!("{} 条异议没有处理；", row.objections));
        }
        said.push_str(&match (row.due, row.wait, row.notice_until) {
            (_, Wait::NoticeEnd, Some(until)) => {
                format!("公示 {} 已满，请登记公示结果", until.month_day())
            }
            (_, Wait::Notice, Some(until)) => {
                format!("公示至 {}，{}起可审批", until.month_day(), until.plus(1).month_day())
            }
            (Some(due), ..) => {
                format!("{}期限 {}，{}", lists::of(row.tier), due.month_day(), words::left(due, today))
            }
            (None, ..) if row.accepted => {
                format!("期限停在{}，余 {} 个工作日", lists::stands_still(&row.still), row.left)
            }
            (None, ..) => "受理后开始计期限".to_owned(),
        });
        said
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "支出型办件按等什么分类，先到期的在前；F4 换一类。四（三）一".to_owned(),
                "镇、县是谁的期限在走；「停」是补正、核对、公示时期限停着，后面是余下的工作日。".to_owned(),
                "1 办理步骤：每一步办了没有，回车就能办下一步；5 看办件；8 审批(审批人)。".to_owned(),
                "标「!」的已过期限、补正没有来，或公示期满没有登记结果；标「异议」的先处理异议。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) => return ask(),
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
            Msg::Action(Action::Choose) => return self.next_list(),
            Msg::Action(Action::New) => return vec![Intent::Open(Place::Path(PathPlace::Apply(0)))],
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::Lookup) => {
                let number = self.with.selected().map(|row| row.number.clone()).unwrap_or_default();
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
#[path = "todo_tests.rs"]
mod tests;
