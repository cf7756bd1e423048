//! A grant (救助) and its lines (明细): what is given, and how it reaches the person.

use super::ids::{CaseId, HouseholdId, LineId, MatterId, PersonId};
use super::nouns::{Circumstance, LineKind, PayBy, Payee, Way};
use super::office::Tier;
use crate::base::day::Day;
use crate::base::money::Money;
use serde::{Deserialize, Serialize};

/// Goods of a line (实物), S24.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// 品名.
    pub item: String,
    /// 单位.
    pub unit: String,
    /// 数量, in thousandths of the unit.
    pub quantity_milli: i64,
    /// 单价, fen.
    #[serde(rename = "price_fen")]
    pub price: Money,
}

impl Goods {
    /// Quantity times price, to the fen; none where it does not come out even or overflows.
    pub fn value(&self) -> Option<Money> {
        self.price.times(self.quantity_milli)
    }
}

/// One line of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id; it is paid once.
    pub line: LineId,
    /// What it is.
    pub kind: LineKind,
    /// Its worth, fen: money given or goods at their value; nothing for referral and service.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// The goods, for a line of goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<Goods>,
    /// How it is paid, for money.
    pub pay_by: PayBy,
    /// Who takes it.
    pub payee: Payee,
}

impl Line {
    /// What counts toward limits and sums: money and goods.
    pub fn counts(&self) -> Money {
        match self.kind {
            LineKind::Money | LineKind::Goods => self.amount,
            LineKind::Referral | LineKind::Service => Money::ZERO,
        }
    }
}

/// The sum that counts of some lines.
pub fn total(lines: &[Line]) -> Money {
    lines.iter().map(Line::counts).sum()
}

/// Where a grant stands written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A case of this log.
    Case(CaseId),
    /// A row of an imported ledger, by its keyed hash.
    Imported([u8; 16]),
}

/// A grant as the rules and the lookup see it: earlier help to some people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Where it stands written.
    pub source: Source,
    /// 编号 on screens; empty for imported rows.
    pub number: String,
    /// The matter; none for imported rows.
    pub matter: Option<MatterId>,
    /// The circumstance; none where the ledger did not say.
    pub circumstance: Option<Circumstance>,
    /// Who was helped: the household's members at the decision, or one person.
    pub people: Vec<PersonId>,
    /// The household at the decision.
    pub household: Option<HouseholdId>,
    /// The township.
    pub township: u16,
    /// The tier that decided.
    pub tier: Tier,
    /// The way.
    pub way: Way,
    /// Money and goods, fen.
    pub amount: Money,
    /// The day of the decision; for paying first, of the payment.
    pub on: Day,
    /// Whether it is not the final decision yet (advance, waiting for ratification).
    pub provisional: bool,
    /// Whether all of it was handed over.
    pub paid: bool,
}
