//! 子女账户名单: the accounts of children that townships allowed for the old without a card (四（三）三), as the county reads and
//! prints them.
//!
//! Must never change one: that is done at the case.

use crate::base::day::Stamp;
use crate::office::front::papers::Sheet;
use crate::store::replica::views::payout::ChildAccountRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::people::{PeopleAsk, PeopleReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("登记", 5),
        Column::left("乡镇", 10).rank(1),
        Column::left("编号", 11),
        Column::left("老人", 8),
        Column::left("关系", 8),
        Column::left("户名", 8),
        Column::right("金额", 10),
        Column::left("说明", 8).rank(2).grow(),
    ],
    options: &[RowOption { digit: '1', label: "看办件" }, RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有用子女账户的；F11 看全部年度",
};

impl Shown for ChildAccountRow {
    fn id(&self) -> String {
        format!("{} {} {}", self.on, self.case, self.holder)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.on.month_day(),
            words::township(self.township),
            self.number.clone(),
            self.name.clone(),
            self.relation.clone(),
            self.holder.clone(),
            self.amount.grouped(),
            self.letter.clone(),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number, &self.holder])
    }
}

/// The screen. Nothing is filled in on it.
#[derive(Debug)]
pub struct ChildrenScreen {
    with: Prompted<ChildAccountRow, ()>,
    all: bool,
}

impl ChildrenScreen {
    /// A list that asks for its rows when it is shown.
    pub fn new() -> ChildrenScreen {
        ChildrenScreen { with: Prompted::new(TABLE), all: false }
    }

    /// The year that is shown; none is all. Before the desk told the time there is nothing to show.
    fn year(&self) -> Option<i32> {
        if self.all { None } else { self.with.me.as_ref().map(|me| me.now.day().year()) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::People(PeopleAsk::Children(self.year())))]
    }

    fn told(row: &ChildAccountRow) -> String {
        let letter = if row.letter.is_empty() { "" } else { "，说明：" };
        format!("{} {} 由{}登记{letter}{}", row.number, row.on, row.by, row.letter)
    }

    fn chosen(&self, chosen: Vec<(String, char)>) -> Option<Intent> {
        let (id, digit) = chosen.into_iter().next()?;
        let row = self.with.list.rows().of(&id)?;
        Some(match digit {
            '1' => Intent::Open(Place::Case(row.case)),
            _ => Intent::Say(Self::told(row)),
        })
    }
}

impl Screen for ChildrenScreen {
    fn name(&self) -> &'static str {
        "子女账户名单"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.with.list.rows().items.is_empty().then(|| "没有可打印的".to_owned());
        vec![
            Offer::key(Key::Enter, "看办件"),
            Offer::new(Action::Lookup).unless(none.clone()),
            Offer::new(Action::Print).unless(none),
            Offer::named(Action::Scope, if self.all { "只看本年" } else { "看全部" }),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        let scope = self.year().map_or("全部年度".to_owned(), |year| format!("{year}年"));
        self.with.selected().map_or(scope.clone(), |row| format!("{scope}；{}", Self::told(row)))
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "老人没有银行卡的，乡镇可以凭书面说明和关系打到子女账户，报县局备查。四（三）三".to_owned(),
                "金额是批准额，还没有批准的是申请额。Ctrl-P 打印名单（HTML和表格各一份）。".to_owned(),
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
                return vec![Intent::Ask(Ask::Me)];
            }
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                return self.ask();
            }
            Msg::Reply(Reply::People(PeopleReply::Children(rows))) => self.with.replace(rows),
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Scope) => {
                self.all = !self.all;
                return self.ask();
            }
            Msg::Action(Action::Print) => {
                return vec![Intent::Ask(Ask::PrintSheet(Sheet::Children(self.year())))];
            }
            Msg::Action(Action::Lookup) => {
                let number = self.with.selected().map(|row| row.number.clone());
                return number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;
    use crate::domain::ids::CaseId;
    use crate::domain::office::Role as Duty;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn the_county_reads_opens_and_prints_the_list_of_a_year() {
        let mut screen = ChildrenScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me)]);
        let asked = screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Approver], None))));
        let year = fixtures::now().day().year();
        assert_eq!(asked, vec![Intent::Ask(Ask::People(PeopleAsk::Children(Some(year))))]);
        let row = ChildAccountRow {
            case: CaseId([7; 16]),
            on: fixtures::now().day(),
            by: "1031".into(),
            number: "26-103-0007".to_owned(),
            township: 103,
            name: "赵长有".to_owned(),
            holder: "赵小军".to_owned(),
            relation: "儿子".to_owned(),
            letter: "老人无卡，书面说明1页".to_owned(),
            amount: Money::from_fen(45_000),
        };
        screen.update(Msg::Reply(Reply::People(PeopleReply::Children(vec![row]))));
        insta::assert_snapshot!(drawn(&mut screen));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Case(CaseId([7; 16])))]);
        let print = screen.update(Msg::Action(Action::Print));
        assert_eq!(print, vec![Intent::Ask(Ask::PrintSheet(Sheet::Children(Some(year))))]);
        let all = screen.update(Msg::Action(Action::Scope));
        assert_eq!(all, vec![Intent::Ask(Ask::People(PeopleAsk::Children(None)))]);
    }
}
