//! 退汇、缺账户: what was approved and cannot be paid because its account is wrong or missing, for the township's handler and
//! for finance.

use super::waiting::{COLUMNS, Waiting};
use crate::store::replica::views::money::PayLine;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Held;
use crate::ui::screens::words;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号/尾号",
    columns: COLUMNS,
    options: &[RowOption { digit: '6', label: "更正账户" }, RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有退汇，也没有缺账户的",
};

/// The screen.
#[derive(Debug)]
pub struct ReturnedScreen {
    list: List<Held<Waiting>>,
}

impl Default for ReturnedScreen {
    fn default() -> ReturnedScreen {
        ReturnedScreen::new()
    }
}

impl ReturnedScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> ReturnedScreen {
        ReturnedScreen { list: List::new(TABLE, Held::empty()) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Waiting))]
    }

    fn selected(&self) -> Option<&Waiting> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    fn happened(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => {
                let Some((id, digit)) = chosen.first() else { return Vec::new() };
                let Some(row) = self.list.rows().of(id) else { return Vec::new() };
                let case = row.line.case;
                vec![Intent::Open(match digit {
                    '5' => Place::Case(case),
                    _ => Place::Money(MoneyPlace::Account(case)),
                })]
            }
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }
}

impl Screen for ReturnedScreen {
    fn name(&self) -> &'static str {
        "退汇、缺账户"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, self.list.first_option()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ]
    }

    fn hint(&self) -> String {
        self.selected().map(Waiting::told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "银行退回的和没有登记账户的，更正账户后由县局财务装进下一批次。四（三）三".to_owned(),
                "账号、户名对着卡折登记；是别人的账户，须选领款人，并有委托书或老人说明。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.list.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return Self::ask(),
            Msg::Reply(Reply::Money(reply)) => {
                if let MoneyReply::Waiting(view) = *reply {
                    let now = crate::base::day::Stamp::at(view.today, 0, 0);
                    let wrong = view.rows.into_iter().filter(PayLine::wants_account);
                    let items = wrong.map(|line| Waiting::of(line, &view.me)).collect();
                    self.list.replace(Held { items, now });
                }
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
