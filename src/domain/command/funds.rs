//! Arguments of money: paying approved lines, the reserve, repayment, imported ledgers.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fund::{Purpose, Till};
use crate::domain::ids::{CaseId, ImportId, LineId, PersonId, Text};
use crate::domain::nouns::{Circumstance, Fund, PayBy};
use crate::domain::office::Tier;
use serde::{Deserialize, Serialize};

/// 发放 one approved line out of the township's reserve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How.
    pub pay_by: PayBy,
    /// The day on which it was handed over or transferred.
    pub on: Day,
    /// Why cash (四（三）三).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_reason: Option<Text>,
    /// Who took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
    /// Who stood by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Text>,
}

/// 拨入: the county's finance allots money to a township's reserve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allot {
    /// The township.
    pub township: u16,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Into which till.
    pub till: Till,
    /// The source (资金来源) that puts it in; entries from before sources were named have none: 县级专户.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<Fund>,
    /// What the money is for; the special fund serves temporary assistance only (五（三）).
    pub purpose: Purpose,
    /// The voucher: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Which way the reserve moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReserveMove {
    /// 提现: bank to hand.
    Withdraw,
    /// 存入: hand to bank.
    Deposit,
    /// 退回县财政 from the bank.
    GiveBack,
}

/// 备用金提存.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveReserve {
    /// The township.
    pub township: u16,
    /// Which way.
    pub way: ReserveMove,
    /// 退回: the source that gets it back; none: 县级专户, for what was put in before sources were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<Fund>,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// 归垫: repays what was paid out of pocket for a case, once the receipt is in. No second grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repay {
    /// The case.
    pub case: CaseId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Out of which till.
    pub till: Till,
    /// The receipt: slot `receipt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// One row of an imported ledger: earlier help to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The keyed hash of the row, hex: the same row read again is the same.
    pub hash: String,
    /// The person; his details stand in the private part where he is new.
    pub person: PersonId,
    /// The township.
    pub township: u16,
    /// The village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<u64>,
    /// The day of the decision.
    pub on: Day,
    /// The amount, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// The circumstance, where the ledger says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstance: Option<Circumstance>,
    /// The tier, where the ledger says or the sum shows it.
    pub tier: Tier,
    /// The reason as written: a slot of its own for the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 导入往年台账: at most 500 rows an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPart {
    /// The reading it belongs to.
    pub import: ImportId,
    /// SHA-256 of the file, hex.
    pub file: String,
    /// Which part, from 1.
    pub part: u32,
    /// The rows.
    pub rows: Vec<ImportRow>,
}
