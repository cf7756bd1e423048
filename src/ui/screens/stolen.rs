//! 失窃密钥核对: what was signed with keys believed stolen, entry by entry. Must never change anything.

use crate::base::day::Stamp;
use crate::office::front::papers::Sheet;
use crate::store::replica::views::stolen::StolenRow;
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
        Column::left("事项", 14),
        Column::left("对象", 14).grow(),
        Column::left("失窃起", 10),
        Column::left("标记", 4),
    ],
    options: &[RowOption { digit: '1', label: "看办件" }, RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有失窃密钥签过的记录",
};

impl StolenRow {
    fn told(&self) -> String {
        let who = if self.name.is_empty() { self.officer.0.clone() } else { self.name.clone() };
        let marked = if self.marked { "；有标记没有处理" } else { "" };
        format!(
            "第{}条 {} {who} {} {}{marked}。请向本人核实，不是他办的先冲正、再报督导",
            self.n,
            self.at.text(),
            self.zh,
            self.subject
        )
    }
}

impl Shown for StolenRow {
    fn id(&self) -> String {
        self.n.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            format!("{} {}", self.at.day().month_day(), self.at.clock()),
            self.officer.to_string(),
            self.zh.clone(),
            self.subject.clone(),
            self.since.to_string(),
            if self.marked { "有" } else { "" }.to_owned(),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        ("", vec![&self.subject, &self.officer.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct StolenScreen {
    with: Prompted<StolenRow, ()>,
}

impl Default for StolenScreen {
    fn default() -> StolenScreen {
        StolenScreen::new()
    }
}

impl StolenScreen {
    /// The list.
    pub fn new() -> StolenScreen {
        StolenScreen { with: Prompted::new(TABLE) }
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

impl Screen for StolenScreen {
    fn name(&self) -> &'static str {
        "失窃密钥核对"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.with.selected().is_none().then(|| "没有可打印的".to_owned());
        vec![
            Offer::key(Key::Enter, "看办件"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "打印").unless(none),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        self.with.selected().map(StolenRow::told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "密钥停用时写了「从哪天起可能在别人手里」的，从那天起用它签的都列在这里，请逐件向本人核实。"
                    .to_owned(),
                "F6 打印核对单，由本人和督导签字。管理员没有业务岗位，看不了办件的内容；督导可以。"
                    .to_owned(),
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
                return vec![Intent::Ask(Ask::Stolen)];
            }
            Msg::Reply(Reply::Stolen(rows)) => self.with.replace(rows),
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::New) => return vec![Intent::Ask(Ask::PrintSheet(Sheet::Stolen))],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use crate::domain::ids::CaseId;
    use crate::ui::screen::Size;
    use crate::ui::screens::fixtures::drawn;

    #[test]
    fn each_entry_leads_to_its_case_and_the_list_is_printed() {
        let mut screen = StolenScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        let row = |n, case: Option<CaseId>, subject: &str| StolenRow {
            n,
            officer: "1021".into(),
            name: "吴一".to_owned(),
            since: Day::new(2026, 3, 1).unwrap(),
            at: Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0),
            zh: "申请".to_owned(),
            case,
            subject: subject.to_owned(),
            marked: n == 88,
        };
        let case = CaseId([7; 16]);
        let rows = vec![row(88, Some(case), "26-102-0001"), row(80, None, "操作员1021")];
        screen.update(Msg::Reply(Reply::Stolen(rows)));
        let text = drawn(&mut screen);
        assert!(text.contains("26-102-0001") && text.contains("有"), "{text}");
        assert!(screen.hint().contains("第88条") && screen.hint().contains("向本人核实"));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Case(case))]);
        let print = screen.update(Msg::Action(Action::New));
        assert_eq!(print, vec![Intent::Ask(Ask::PrintSheet(Sheet::Stolen))]);
    }
}
