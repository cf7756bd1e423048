//! 物资 and 空白单: what their screens ask, what comes back, and the screens.

use crate::base::day::Day;
use crate::domain::office::Office;
use crate::domain::stock::StockKey;
use crate::office::front::goods::StoreView;
use crate::store::replica::views::goods::{BlankRow, StockMoveRow};

/// What a screen may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoodsAsk {
    /// A store; none: the own one. [`GoodsReply::Store`].
    Store(Option<Office>),
    /// The ledger of an item. [`GoodsReply::Ledger`].
    Ledger(StockKey),
    /// The numbered sheets. [`GoodsReply::Blanks`].
    Blanks,
    /// Prints the sheets of the pad that an entry issued which are not used yet. [`crate::ui::product::Reply::Printed`].
    PrintPad(u16, u64),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoodsReply {
    /// A store.
    Store(Box<StoreView>),
    /// An item's ledger.
    Ledger(Vec<StockMoveRow>),
    /// The sheets, as of a day.
    Blanks(Vec<BlankRow>, Day),
}

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoodsPlace {
    /// 物资.
    Store(Option<Office>),
    /// 物资明细账.
    Ledger(StockKey),
    /// 空白单.
    Blanks,
}
