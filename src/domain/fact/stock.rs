//! Facts of goods in store and of numbered pads.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, LineId, OfficerNo, Text, TransferId};
use crate::domain::office::Office;
use crate::domain::pad::SHEETS;
use crate::domain::stock::{Origin, StockKey, StockWhy};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// An item of a store is more or less by so much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockMoved {
    /// Whose store.
    pub store: Office,
    /// Why.
    pub why: StockWhy,
    /// 品名.
    pub item: String,
    /// 规格.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spec: String,
    /// 单位.
    pub unit: String,
    /// What is added, in thousandths of the unit; less than zero takes away.
    pub quantity_milli: i64,
    /// The unit's value, fen.
    #[serde(rename = "price_fen")]
    pub price: Money,
    /// Where it comes from.
    pub origin: Origin,
    /// When.
    pub on: Day,
    /// Who wrote it.
    pub by: OfficerNo,
    /// The case it was handed out with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The line of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
    /// The sending it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferId>,
    /// The other store of a sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Office>,
    /// Who counted along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<OfficerNo>,
    /// 凭证: supplier or donor, invoice, list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// Why a count or an arrival is not what the book says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

impl StockMoved {
    /// Which item of which store.
    pub fn key(&self) -> StockKey {
        StockKey { store: self.store, item: self.item.clone(), unit: self.unit.clone() }
    }
}

/// A pad of numbered blank sheets was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PadIssued {
    /// The township.
    pub township: u16,
    /// The year of the numbers.
    pub year: i32,
    /// The first serial.
    pub first: u32,
    /// How many sheets.
    pub count: u32,
    /// When.
    pub on: Day,
    /// Who issued it.
    pub by: OfficerNo,
}

impl PadIssued {
    /// Its serials; no pad has more than [`SHEETS`], whatever an entry says.
    pub fn serials(&self) -> RangeInclusive<u32> {
        let count = self.count.clamp(1, SHEETS);
        self.first..=self.first.saturating_add(count - 1)
    }
}

/// A numbered blank sheet is void.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlankVoided {
    /// Its number.
    pub blank: String,
    /// When.
    pub on: Day,
    /// Who said so.
    pub by: OfficerNo,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
