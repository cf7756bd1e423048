//! Arguments of goods in store (物资出入库) and of numbered pads (空白单).

use crate::base::money::Money;
use crate::domain::ids::{OfficerNo, Text, TransferId};
use crate::domain::office::Office;
use crate::domain::stock::Origin;
use serde::{Deserialize, Serialize};

/// 物资出入库.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "move", rename_all = "kebab-case")]
pub enum Stock {
    /// 入库.
    Receive {
        /// Whose store.
        store: Office,
        /// 品名.
        item: String,
        /// 规格.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        spec: String,
        /// 单位.
        unit: String,
        /// In thousandths of the unit.
        quantity_milli: i64,
        /// The unit's value, fen.
        #[serde(rename = "price_fen")]
        price: Money,
        /// Bought or donated.
        origin: Origin,
        /// From whom, on which paper: slot `document`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Text>,
    },
    /// 盘点, by two.
    Count {
        /// Whose store.
        store: Office,
        /// 品名.
        item: String,
        /// 单位.
        unit: String,
        /// What is there, in thousandths of the unit.
        counted_milli: i64,
        /// Who counted along.
        second: OfficerNo,
        /// Why it is not what the book says: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// 调出, from the county's store to a township's.
    Send {
        /// The new sending.
        transfer: TransferId,
        /// Whereto.
        to: u16,
        /// 品名.
        item: String,
        /// 单位.
        unit: String,
        /// In thousandths of the unit.
        quantity_milli: i64,
        /// 调拨单: slot `document`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Text>,
    },
    /// 调入: the township has it.
    Arrive {
        /// Which sending.
        transfer: TransferId,
        /// How much arrived, in thousandths of the unit.
        quantity_milli: i64,
        /// Why it is less: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
}

/// 空白单领用: gives a pad its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuePad {
    /// The township.
    pub township: u16,
    /// How many sheets.
    pub count: u32,
}

/// 空白单作废.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidBlank {
    /// The number.
    pub blank: String,
    /// Why: slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
