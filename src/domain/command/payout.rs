//! Arguments of paying out by bank: accounts, batches, returns; and of the county's sources, the year's end, the count of
//! cash.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::fund::Purpose;
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo, PersonId, Text};
use crate::domain::nouns::{AccountKind, Fund, Payee, ReturnReason, SourceWay};
use crate::domain::payout::FundSum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 登记账户: where the money of a case goes. Replaces the account noted before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAccount {
    /// The new account's id.
    pub account: AccountId,
    /// The case.
    pub case: CaseId,
    /// Who takes the money.
    pub payee: Payee,
    /// The person whose account it is, where the office knows him; for the person himself it goes without saying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// What kind of account.
    pub kind: AccountKind,
    /// The keyed hash of the number, 32 hexadecimal digits.
    pub mark: String,
    /// Whether the last digit is the check on the others (Luhn), as the author's desk reckoned.
    pub check_digit: bool,
    /// The number: slot `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// 户名: slot `holder`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Text>,
    /// 开户行: slot `bank`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<Text>,
    /// 委托书 or the letter of the elder: slot `letter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Text>,
    /// The relation of the account's holder to the person, GB/T 4761.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Warnings that were seen.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why it goes on all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// A line that is put into a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToPay {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
}

/// 建立批次.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenBatch {
    /// The new batch's id.
    pub batch: BatchId,
    /// The paying bank, by its name: one a batch.
    pub bank: String,
    /// The source.
    pub fund: Fund,
    /// The lines, in the order of the file.
    pub lines: Vec<ToPay>,
}

/// 复核批次: what another officer added up himself from the papers; he is shown neither sum nor count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckBatch {
    /// The batch.
    pub batch: BatchId,
    /// His sum, fen.
    #[serde(rename = "total_fen")]
    pub total: Money,
    /// His count.
    pub count: u32,
}

/// 提交银行.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendBatch {
    /// The batch.
    pub batch: BatchId,
    /// SHA-256 of the exported file, hex.
    pub file: String,
}

/// 撤销批次.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropBatch {
    /// The batch.
    pub batch: BatchId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// A row of a return file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRow {
    /// The file's row, from 1, for sentences.
    pub row: u32,
    /// 序号 in the batch, from 1.
    pub seq: u32,
    /// The amount in the file, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Why it came back; none where it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<ReturnReason>,
}

/// 读入回盘.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadReturn {
    /// The batch.
    pub batch: BatchId,
    /// SHA-256 of the file, hex.
    pub file: String,
    /// Its rows.
    pub rows: Vec<ReturnRow>,
}

/// 主动退回.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveBack {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// The day the money was there.
    pub on: Day,
    /// 收据号 and who gave it back: slot `receipt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// 资金来源: money of a source arrives, or goes back up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveSource {
    /// The source.
    pub fund: Fund,
    /// Which way.
    pub way: SourceWay,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// What the money is for (五（三）).
    pub purpose: Purpose,
    /// 文号 or 凭证: slot `note`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// 年终结转: what goes back up; the rest is carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseYear {
    /// The year.
    pub year: i32,
    /// What goes back to 财政, by source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub send_up: Vec<FundSum>,
}

/// 监盘: somebody else than the keeper counts the cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountCash {
    /// The township.
    pub township: u16,
    /// Who keeps the cash.
    pub keeper: OfficerNo,
    /// What was counted, fen.
    #[serde(rename = "counted_fen")]
    pub counted: Money,
    /// Where the difference comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
