//! 待追认、例外、标记: what the county has to settle, or look at.
//!
//! Must never settle anything itself: a ratification is signed on its own screen.

use crate::base::day::Stamp;
use crate::domain::ids::CaseId;
use crate::store::replica::views::exceptions::{ExceptionRow, MarkRow, RatificationRow};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("种类", 4),
        Column::left("编号", 11),
        Column::left("姓名", 8).rank(1),
        Column::left("乡镇", 12).rank(2),
        Column::right("金额", 10),
        Column::left("期限", 8),
        Column::left("原因", 14).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "打开" },
        RowOption { digit: '5', label: "办理经过" },
        RowOption { digit: '9', label: "看办件" },
    ],
    ticks: false,
    empty: "没有待追认、例外和标记",
};

/// A row of any of the three kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Paid beyond powers: to be ratified.
    Due(RatificationRow),
    /// An exception that waits.
    Exception(ExceptionRow),
    /// A mark that nobody settled.
    Mark(MarkRow),
}

impl Row {
    fn case(&self) -> Option<CaseId> {
        match self {
            Row::Due(row) => Some(row.case),
            Row::Exception(row) => Some(row.case),
            Row::Mark(row) => row.case,
        }
    }

    /// What it is about, in a sentence.
    fn told(&self) -> String {
        match self {
            Row::Due(row) => {
                let each: Vec<String> = row
                    .codes
                    .iter()
                    .map(|code| format!("{} {} {}", code, code.when(), code.clause()))
                    .collect();
                let why = if each.is_empty() { "超过乡镇权限".to_owned() } else { each.join("；") };
                format!("{} 已付 {} 元，等县局追认：{why}", row.number, row.granted.grouped())
            }
            Row::Exception(row) => format!(
                "{} {} {} {}，记录 {}，{} {}",
                row.number,
                row.code,
                row.code.when(),
                row.code.clause(),
                row.n,
                row.by,
                row.at.text()
            ),
            Row::Mark(row) => {
                format!("记录 {} {} {} {} {}", row.n, row.by, row.at.text(), row.sentence, row.clause)
            }
        }
    }
}

impl Shown for Row {
    fn id(&self) -> String {
        match self {
            Row::Due(row) => format!("d{}", row.case),
            Row::Exception(row) => format!("e{}{}{}", row.n, row.case, row.code),
            Row::Mark(row) => format!("m{}{}", row.n, row.code),
        }
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let texts: [String; 7] = match self {
            Row::Due(row) => [
                "追认".to_owned(),
                row.number.clone(),
                row.name.clone(),
                words::township(row.township),
                row.granted.grouped(),
                words::left(row.due, now.day()),
                row.codes.iter().map(|code| code.when()).collect::<Vec<_>>().join("；"),
            ],
            Row::Exception(row) => [
                "例外".to_owned(),
                row.number.clone(),
                String::new(),
                row.township.map(words::township).unwrap_or_default(),
                String::new(),
                row.at.day().month_day(),
                row.code.when().to_owned(),
            ],
            Row::Mark(row) => [
                "标记".to_owned(),
                row.number.clone(),
                String::new(),
                String::new(),
                String::new(),
                row.at.day().month_day(),
                row.code.when().to_owned(),
            ],
        };
        texts.to_vec()
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        match self {
            Row::Due(row) => (row.due < now.day()).then_some(Role::Warning),
            Row::Exception(_) => None,
            Row::Mark(_) => Some(Role::Problem),
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        match self {
            Row::Due(row) => (&row.name, vec![&row.number]),
            Row::Exception(row) => ("", vec![&row.number]),
            Row::Mark(row) => ("", vec![&row.number]),
        }
    }
}

/// The screen.
#[derive(Debug)]
pub struct RatificationsScreen {
    list: List<Held<Row>>,
    now: Stamp,
}

impl Default for RatificationsScreen {
    fn default() -> RatificationsScreen {
        RatificationsScreen::new()
    }
}

impl RatificationsScreen {
    /// The list of what the county settles.
    pub fn new() -> RatificationsScreen {
        RatificationsScreen { list: List::new(TABLE, Held::empty()), now: Stamp(0) }
    }

    fn selected(&self) -> Option<&Row> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    fn open(&self, row: &Row) -> Option<Place> {
        let Row::Due(due) = row else { return row.case().map(Place::Case) };
        let run: Vec<CaseId> = self
            .list
            .rows()
            .items
            .iter()
            .filter_map(|row| match row {
                Row::Due(row) => Some(row.case),
                _ => None,
            })
            .collect();
        let at = run.iter().position(|id| *id == due.case).unwrap_or(0);
        Some(Place::Approval { run, at })
    }

    fn happened(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => {
                let first = chosen.first().and_then(|(id, digit)| Some((self.list.rows().of(id)?, *digit)));
                let Some((row, digit)) = first else { return Vec::new() };
                let place = match digit {
                    '5' => row.case().map(Place::Steps),
                    '9' => row.case().map(Place::Case),
                    _ => self.open(row),
                };
                match place {
                    Some(place) => vec![Intent::Open(place)],
                    None => vec![Intent::Say(row.told())],
                }
            }
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }
}

impl Screen for RatificationsScreen {
    fn name(&self) -> &'static str {
        "待追认、例外、标记"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "打开"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        self.selected().map(Row::told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "追认：已经付出去、超出权限或限额的救助，县局看后追认，可以低于已付，差额由单位说明。四（三）一".to_owned(),
                "例外：已付补记时违反了哪一条；办件追认后随之了结。".to_owned(),
                "标记：核对记录时发现不符合规则的，县局处理之前这一件不能再办。五（三）".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.list.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Ratifications)];
            }
            Msg::Reply(Reply::Me(me)) => self.now = me.now,
            Msg::Reply(Reply::Ratifications { due, exceptions, marks }) => {
                let due = due.into_iter().map(Row::Due);
                let exceptions = exceptions.into_iter().map(Row::Exception);
                let items = due.chain(marks.into_iter().map(Row::Mark)).chain(exceptions).collect();
                self.list.replace(Held { items, now: self.now });
            }
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
    fn the_three_kinds_at_80_columns_and_where_they_open() {
        let mut screen = RatificationsScreen::new();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[crate::domain::office::Role::Approver], None))));
        screen.update(Msg::Reply(fixtures::ratifications()));
        insta::assert_snapshot!(drawn(&mut screen));
        let opened = screen.update(Msg::Key(Key::Enter));
        assert!(
            matches!(opened.as_slice(), [Intent::Open(Place::Approval { run, at: 0 })] if run.len() == 1),
            "{opened:?}"
        );
        screen.update(Msg::Key(Key::Down));
        assert!(screen.hint().contains("记录 88"), "{}", screen.hint());
        assert!(
            matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Say(_)]),
            "a mark without a case"
        );
        screen.update(Msg::Key(Key::Down));
        assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Open(Place::Case(_))]));
    }
}
