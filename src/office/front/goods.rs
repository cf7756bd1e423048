//! Goods in store (物资) and numbered pads (空白单) at the front: what is done, and what the screens look at.

use super::Front;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::stock::{IssuePad, Stock, VoidBlank};
use crate::domain::ids::{OfficerNo, TransferId};
use crate::domain::office::Office;
use crate::domain::pad::Fate;
use crate::domain::private::Private;
use crate::domain::stock::{Origin, StockKey};
use crate::office::compose::{Draft, Halt};
use crate::office::print::gather::{self, Occasion};
use crate::office::print::{blank_first_aid, write_pad};
use crate::office::random;
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::goods::{BlankRow, SentRow, ShelfRow, StockMoveRow};
use std::path::PathBuf;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoodsDeed {
    /// 入库.
    Receive {
        /// Which item of which store.
        key: StockKey,
        /// 规格.
        spec: String,
        /// In thousandths.
        quantity_milli: i64,
        /// The unit's value.
        price: Money,
        /// Bought or donated.
        origin: Origin,
        /// From whom, on which paper.
        document: String,
    },
    /// 盘点.
    Count {
        /// Which item of which store.
        key: StockKey,
        /// In thousandths.
        counted_milli: i64,
        /// Who counted along.
        second: OfficerNo,
        /// Why it differs.
        reason: String,
    },
    /// 调出.
    Send {
        /// Which item of the county's store.
        key: StockKey,
        /// Whereto.
        to: u16,
        /// In thousandths.
        quantity_milli: i64,
        /// 调拨单.
        document: String,
    },
    /// 收货.
    Arrive {
        /// Which sending.
        transfer: TransferId,
        /// In thousandths.
        quantity_milli: i64,
        /// Why it is less.
        reason: String,
    },
    /// 空白单领用.
    IssuePad {
        /// The township.
        township: u16,
        /// How many sheets.
        count: u32,
    },
    /// 空白单作废.
    VoidBlank {
        /// The number.
        blank: String,
        /// Why.
        reason: String,
    },
}

impl GoodsDeed {
    /// The command.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self.clone() {
            GoodsDeed::Receive { key, spec, quantity_milli, price, origin, document } => {
                let StockKey { store, item, unit } = key;
                let document = private.put("document", &document);
                Command::Stock(Stock::Receive {
                    store,
                    item,
                    spec,
                    unit,
                    quantity_milli,
                    price,
                    origin,
                    document,
                })
            }
            GoodsDeed::Count { key, counted_milli, second, reason } => {
                let StockKey { store, item, unit } = key;
                let reason = private.put("reason", &reason);
                Command::Stock(Stock::Count { store, item, unit, counted_milli, second, reason })
            }
            GoodsDeed::Send { key, to, quantity_milli, document } => {
                let (item, unit) = (key.item, key.unit);
                let (transfer, document) = (TransferId(random::bytes()?), private.put("document", &document));
                Command::Stock(Stock::Send { transfer, to, item, unit, quantity_milli, document })
            }
            GoodsDeed::Arrive { transfer, quantity_milli, reason } => {
                let reason = private.put("reason", &reason);
                Command::Stock(Stock::Arrive { transfer, quantity_milli, reason })
            }
            GoodsDeed::IssuePad { township, count } => Command::IssuePad(IssuePad { township, count }),
            GoodsDeed::VoidBlank { blank, reason } => {
                let reason = private.put("reason", &reason);
                Command::VoidBlank(VoidBlank { blank, reason })
            }
        };
        Ok((command, private))
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            GoodsDeed::Receive { .. } => "已入库",
            GoodsDeed::Count { .. } => "盘点已登记",
            GoodsDeed::Send { .. } => "已调出，等乡镇收货",
            GoodsDeed::Arrive { .. } => "已收货入库",
            GoodsDeed::IssuePad { .. } => "空白单已领用，选这一本按7打印",
            GoodsDeed::VoidBlank { .. } => "已作废",
        }
    }
}

/// A store as its screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreView {
    /// Whose.
    pub store: Office,
    /// What is there.
    pub shelves: Vec<ShelfRow>,
    /// What is under way to it; at the county everything under way.
    pub under_way: Vec<SentRow>,
}

impl Front {
    /// A store; none: the own one. A township sees its own, the county any.
    ///
    /// # Errors
    /// Another township's; the replica cannot be read.
    pub fn store_view(&self, store: Option<Office>) -> Result<StoreView, Fault> {
        let store = self.store_of(store)?;
        let reader = self.reader()?;
        let under_way = reader.stock_under_way(store)?;
        Ok(StoreView { store, shelves: reader.shelves(store)?, under_way })
    }

    /// The ledger of an item.
    ///
    /// # Errors
    /// Another township's; the replica cannot be read.
    pub fn stock_ledger(&self, key: &StockKey) -> Result<Vec<StockMoveRow>, Fault> {
        self.store_of(Some(key.store))?;
        Ok(self.reader()?.stock_moves(key)?)
    }

    fn store_of(&self, store: Option<Office>) -> Result<Office, Fault> {
        let officer = self.officer()?;
        seen::may_look(&officer)?;
        let store = store.unwrap_or(officer.office);
        if officer.office != Office::County && officer.office != store {
            let what = "这不是本单位的物资库";
            return Err(Fault::new(FaultKind::User, what, "请看本单位的，或请县局查看"));
        }
        Ok(store)
    }

    /// The numbered sheets of a township with what became of each; none: the own one, of the county those of all that
    /// have pads.
    ///
    /// # Errors
    /// Another township's; the replica cannot be read.
    pub fn blanks_view(&self) -> Result<(Vec<BlankRow>, Day), Fault> {
        let officer = self.officer()?;
        seen::may_look(&officer)?;
        let reader = self.reader()?;
        let mut rows = Vec::new();
        match officer.office {
            Office::Township(own) => rows = reader.blanks(own)?,
            Office::County => {
                for township in crate::base::division::townships() {
                    rows.extend(reader.blanks(township.code)?);
                }
            }
        }
        Ok((rows, self.now().day()))
    }

    /// Prints what is left of a pad: its sheets that are neither used nor void, as one file of many pages.
    ///
    /// # Errors
    /// Another township's; nothing is left of it; the disk of this PC.
    pub fn print_pad(&self, township: u16, pad: u64) -> Result<PathBuf, Fault> {
        let officer = self.officer()?;
        seen::may_look(&officer)?;
        self.store_of(Some(Office::Township(township)))?;
        let reader = self.reader()?;
        let occasion = Occasion { by: &officer.no, on: self.now().day(), practice: self.is_practice() };
        let printing = gather::printing(reader, &occasion)?;
        let left = reader
            .blanks(township)?
            .into_iter()
            .filter(|row| row.pad == pad && matches!(row.fate, Fate::Unused | Fate::Missing(_)));
        let sheets: Vec<_> = left.map(|row| blank_first_aid(township, &row.blank, &printing)).collect();
        write_pad(&sheets, &self.folder().join("papers"))
    }

    /// The sheets that have been missing for more than a week.
    ///
    /// # Errors
    /// The replica cannot be read.
    pub fn blanks_missing(&self) -> Result<Vec<BlankRow>, Fault> {
        let (mut rows, today) = self.blanks_view()?;
        rows.retain(|row| row.is_long_missing(today));
        Ok(rows)
    }
}
