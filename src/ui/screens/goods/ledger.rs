//! 物资明细账: how an item of a store came to what there is of it.
//!
//! Must never change anything.

use crate::base::day::Stamp;
use crate::domain::stock::{StockKey, quantity_zh};
use crate::store::replica::views::goods::StockMoveRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::goods::{GoodsAsk, GoodsReply};
use crate::ui::product::{Ask, Place, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "编号/凭证",
    columns: &[
        Column::left("日期", 10),
        Column::left("摘要", 4),
        Column::right("入", 8),
        Column::right("出", 8),
        Column::right("结存", 8),
        Column::left("办件/凭证", 20).grow(),
        Column::left("经办", 5).rank(1),
    ],
    options: &[RowOption { digit: '5', label: "看办件" }],
    ticks: false,
    empty: "没有出入库",
};

impl Shown for StockMoveRow {
    fn id(&self) -> String {
        format!("{} {} {}", self.n, self.balance_milli, self.text)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let came = self.quantity_milli > 0;
        let sum = quantity_zh(self.quantity_milli.abs());
        let what = match (&self.case, self.other) {
            (Some((_, number)), _) => number.clone(),
            (None, Some(other)) => format!("{} {}", office_name(other), self.text),
            (None, None) => self.text.clone(),
        };
        vec![
            self.on.to_string(),
            self.why.zh().to_owned(),
            if came { sum.clone() } else { String::new() },
            if came || self.quantity_milli == 0 { String::new() } else { sum },
            quantity_zh(self.balance_milli),
            what.trim().to_owned(),
            self.by.to_string(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        None
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.text, self.case.iter().map(|(_, number)| number.as_str()).collect())
    }
}

/// The screen.
#[derive(Debug)]
pub struct LedgerScreen {
    key: StockKey,
    with: Prompted<StockMoveRow, ()>,
}

impl LedgerScreen {
    /// The ledger of an item.
    pub fn new(key: StockKey) -> LedgerScreen {
        LedgerScreen { key, with: Prompted::new(TABLE) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Goods(GoodsAsk::Ledger(self.key.clone())))]
    }

    fn chosen(&self, chosen: Vec<(String, char)>) -> Option<Intent> {
        let (id, _) = chosen.into_iter().next()?;
        Some(match &self.with.list.rows().of(&id)?.case {
            Some((case, _)) => Intent::Open(Place::Case(*case)),
            None => Intent::Say("这一笔不是随办件发放的".to_owned()),
        })
    }

    fn told(&self) -> String {
        let Some(row) = self.with.selected() else { return String::new() };
        let second = row.second.as_ref().map_or(String::new(), |no| format!("，同盘 {no}"));
        format!("单价{}元，{}{second}", row.price.grouped(), row.text)
    }
}

impl Screen for LedgerScreen {
    fn name(&self) -> &'static str {
        "物资明细账"
    }

    fn subject(&self) -> String {
        format!("{} {}({})", office_name(self.key.store), self.key.item, self.key.unit)
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
        self.told()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec!["结存由各笔出入库加出来，任何时候不为负。四（二）一".to_owned()],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return self.ask(),
            Msg::Reply(Reply::Goods(GoodsReply::Ledger(rows))) => self.with.replace(rows),
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
