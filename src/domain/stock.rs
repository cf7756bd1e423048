//! Stores of goods (物资库): what a township, or the county, has of each item, and what the rules ask of it. An item of a store
//! is known by its name and unit; other sizes are other names. Quantities are thousandths of the unit.

use super::fact::Fact;
use super::fact::stock::StockMoved;
use super::ids::{CaseId, LineId, OfficerNo, TransferId};
use super::office::Office;
use super::pad::{Blank, PadBook};
use crate::base::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where goods of a store come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// 购买.
    #[default]
    Bought,
    /// 捐赠: what is handed out of it is no government expenditure.
    Donated,
}

impl Origin {
    /// The word on screens and papers.
    pub fn zh(self) -> &'static str {
        match self {
            Origin::Bought => "购买",
            Origin::Donated => "捐赠",
        }
    }
}

/// Why goods moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StockWhy {
    /// 入库.
    Received,
    /// 发放 with a line of a case.
    Issued,
    /// 退库: what was handed out is turned round.
    Returned,
    /// 盘点.
    Counted,
    /// 调出.
    Sent,
    /// 调入.
    Arrived,
}

impl StockWhy {
    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            StockWhy::Received => "入库",
            StockWhy::Issued => "发放",
            StockWhy::Returned => "退库",
            StockWhy::Counted => "盘点",
            StockWhy::Sent => "调出",
            StockWhy::Arrived => "调入",
        }
    }
}

/// Which item of which store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockKey {
    /// Whose store.
    pub store: Office,
    /// 品名.
    pub item: String,
    /// 单位.
    pub unit: String,
}

/// What a store has of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// 规格, as last received.
    pub spec: String,
    /// The unit's value, fen, as last received.
    pub price: Money,
    /// Where it comes from: as first received.
    pub origin: Origin,
    /// 结存.
    pub on_hand: i64,
    /// 累计入库, what was sent here counted.
    pub received: i64,
    /// 累计发放, less what came back.
    pub issued: i64,
}

/// What a line of a case took out of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Out of what.
    pub key: StockKey,
    /// How much.
    pub quantity_milli: i64,
    /// The unit's value, fen.
    pub price: Money,
}

/// Goods on their way from the county to a township (调拨).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Out of what.
    pub key: StockKey,
    /// Whereto.
    pub to: Office,
    /// 规格.
    pub spec: String,
    /// The unit's value, fen.
    pub price: Money,
    /// Where it comes from.
    pub origin: Origin,
    /// How much.
    pub quantity_milli: i64,
    /// Who sent it.
    pub by: OfficerNo,
    /// Whether it arrived.
    pub arrived: bool,
}

/// What the rules may ask of goods and of numbered pads.
pub trait GoodsAnswers {
    /// What a store has of an item; none where it never received any.
    fn shelf(&self, key: &StockKey) -> Option<Shelf>;
    /// What a line took out of a store and did not bring back.
    fn taken(&self, case: CaseId, line: LineId) -> Option<Taken>;
    /// Goods that were sent, also those that arrived.
    fn sending(&self, id: TransferId) -> Option<Sending>;
    /// A numbered blank sheet of a pad that was issued.
    fn blank(&self, number: &str) -> Option<Blank>;
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct StockBook {
    shelves: BTreeMap<StockKey, Shelf>,
    taken: BTreeMap<(CaseId, LineId), Taken>,
    sendings: BTreeMap<TransferId, Sending>,
    /// Numbered pads.
    pub pads: PadBook,
}

impl StockBook {
    /// Applies a fact; others are none of its business.
    pub fn apply(&mut self, fact: &Fact) {
        self.pads.apply(fact);
        let Fact::StockMoved(moved) = fact else { return };
        let key = moved.key();
        let shelf = self
            .shelves
            .entry(key.clone())
            .or_insert_with(|| Shelf { origin: moved.origin, ..Shelf::default() });
        shelf.take(moved);
        match (moved.why, moved.case, moved.line, moved.transfer) {
            (StockWhy::Issued, Some(case), Some(line), _) => {
                let quantity_milli = -moved.quantity_milli;
                self.taken.insert((case, line), Taken { key, quantity_milli, price: moved.price });
            }
            (StockWhy::Returned, Some(case), Some(line), _) => {
                self.taken.remove(&(case, line));
            }
            (StockWhy::Sent, _, _, Some(id)) => {
                self.sendings.insert(id, sending(moved));
            }
            (StockWhy::Arrived, _, _, Some(id)) => {
                if let Some(known) = self.sendings.get_mut(&id) {
                    known.arrived = true;
                }
            }
            _ => {}
        }
    }

    /// What a store has of an item.
    pub fn shelf(&self, key: &StockKey) -> Option<Shelf> {
        self.shelves.get(key).cloned()
    }

    /// Every item of every store.
    pub fn shelves(&self) -> impl Iterator<Item = (&StockKey, &Shelf)> {
        self.shelves.iter()
    }

    /// What a line took.
    pub fn taken(&self, case: CaseId, line: LineId) -> Option<Taken> {
        self.taken.get(&(case, line)).cloned()
    }

    /// Goods that were sent.
    pub fn sending(&self, id: TransferId) -> Option<Sending> {
        self.sendings.get(&id).cloned()
    }

    /// Goods under way, with their ids.
    pub fn under_way(&self) -> impl Iterator<Item = (&TransferId, &Sending)> {
        self.sendings.iter().filter(|(_, sending)| !sending.arrived)
    }
}

fn sending(moved: &StockMoved) -> Sending {
    Sending {
        key: moved.key(),
        to: moved.other.unwrap_or(moved.store),
        spec: moved.spec.clone(),
        price: moved.price,
        origin: moved.origin,
        quantity_milli: -moved.quantity_milli,
        by: moved.by.clone(),
        arrived: false,
    }
}

impl Shelf {
    fn take(&mut self, moved: &StockMoved) {
        self.on_hand = self.on_hand.saturating_add(moved.quantity_milli);
        match moved.why {
            StockWhy::Received | StockWhy::Arrived => {
                self.received = self.received.saturating_add(moved.quantity_milli);
                self.spec.clone_from(&moved.spec);
                self.price = moved.price;
            }
            StockWhy::Issued | StockWhy::Returned => {
                self.issued = self.issued.saturating_sub(moved.quantity_milli);
            }
            StockWhy::Counted | StockWhy::Sent => {}
        }
    }
}

/// A quantity as sentences, screens and papers have it: 2.5, without zeros at the end.
pub fn quantity_zh(milli: i64) -> String {
    let (whole, rest) = (milli.unsigned_abs() / 1_000, milli.unsigned_abs() % 1_000);
    let sign = if milli < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::quantity_zh;

    #[test]
    fn quantities_have_no_zeros_at_the_end() {
        for (milli, text) in [(5_000, "5"), (2_500, "2.5"), (1, "0.001"), (-1_250, "-1.25"), (0, "0")] {
            assert_eq!(quantity_zh(milli), text);
        }
    }
}
