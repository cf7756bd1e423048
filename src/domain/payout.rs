//! What the rules know of paying out by bank (打卡发放): the account a case's money goes to, a batch with its lines, and
//! sums by source. Numbers and names of accounts are not here: they stand in the private part.

use super::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo, PersonId};
use super::nouns::{AccountKind, BatchState, Fund, Payee, ReturnReason};
use crate::base::day::Day;
use crate::base::money::Money;
use serde::{Deserialize, Serialize};

/// The account of a case, as last noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeAccount {
    /// The id.
    pub id: AccountId,
    /// Who takes the money.
    pub payee: Payee,
    /// The person it belongs to, where the office knows him.
    pub owner: Option<PersonId>,
    /// What kind.
    pub kind: AccountKind,
    /// The keyed hash of its number, hex.
    pub mark: String,
    /// Why the bank sent money back from it and it has to be put right.
    pub refused: Option<ReturnReason>,
}

/// What the bank did with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// Paid.
    Paid,
    /// Sent back.
    Returned(ReturnReason),
}

/// A line of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// The account as it was when the batch was built.
    pub account: AccountId,
    /// How much, fen.
    pub amount: Money,
    /// What the bank did, once it answered.
    pub end: Option<LineEnd>,
}

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The id.
    pub id: BatchId,
    /// 批次号, for example `P26-007`.
    pub number: String,
    /// The paying bank.
    pub bank: String,
    /// The source it is paid from.
    pub fund: Fund,
    /// How far it is.
    pub state: BatchState,
    /// The day it was built.
    pub opened: Day,
    /// Who built it.
    pub by: OfficerNo,
    /// Who counted it.
    pub checked_by: Option<OfficerNo>,
    /// Who sent it.
    pub sent_by: Option<OfficerNo>,
    /// The day it was sent.
    pub sent: Option<Day>,
    /// SHA-256 of the file that was sent, hex.
    pub file: Option<String>,
    /// Its lines, in the order of the file.
    pub lines: Vec<BatchLine>,
}

impl Batch {
    /// The sum of its lines.
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// How many lines.
    pub fn count(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    /// What the bank still has.
    pub fn under_way(&self) -> Money {
        match self.state {
            BatchState::Sent => {
                self.lines.iter().filter(|line| line.end.is_none()).map(|line| line.amount).sum()
            }
            _ => Money::ZERO,
        }
    }
}

/// A sum of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundSum {
    /// The source.
    pub fund: Fund,
    /// How much, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
}
