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
    /// 分期: so many months after the decision it may be paid; nothing for what is paid at once.
    #[serde(default, skip_serializing_if = "at_once")]
    pub after: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn at_once(months: &u8) -> bool {
    *months == 0
}

impl Line {
    /// What counts toward limits and sums: money and goods.
    pub fn counts(&self) -> Money {
        match self.kind {
            LineKind::Money | LineKind::Goods => self.amount,
            LineKind::Referral | LineKind::Service => Money::ZERO,
        }
    }

    /// The first day on which it may be paid, of a grant decided on a day.
    pub fn due(&self, decided: Day) -> Day {
        decided.plus_months(u32::from(self.after))
    }
}

/// The most instalments (期) of a grant: they end within the year of the decision's powers.
pub const INSTALMENTS: u8 = 12;

/// A sum in so many equal instalments, in whole yuan; what does not come out even stands in the first. One where the sum
/// is too small for more.
pub fn instalments(sum: Money, count: u8) -> Vec<(u8, Money)> {
    let count = count.clamp(1, INSTALMENTS);
    let each = sum.fen() / i64::from(count) / 100 * 100;
    if each == 0 {
        return vec![(0, sum)];
    }
    let first = sum.fen() - each * i64::from(count - 1);
    (0..count).map(|no| (no, Money::from_fen(if no == 0 { first } else { each }))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instalments_are_whole_yuan_and_come_to_the_sum() {
        let of = |fen, count| {
            let all = instalments(Money::from_fen(fen), count);
            assert_eq!(all.iter().map(|(_, part)| *part).sum::<Money>().fen(), fen);
            all.iter().map(|(after, part)| (*after, part.fen())).collect::<Vec<_>>()
        };
        assert_eq!(of(100_000, 3), [(0, 33_400), (1, 33_300), (2, 33_300)]);
        assert_eq!(of(90_001, 3), [(0, 30_001), (1, 30_000), (2, 30_000)]);
        assert_eq!(of(250, 3), [(0, 250)], "too little to part");
        assert_eq!(of(100_000, 0), [(0, 100_000)]);
        assert_eq!(of(120_000, 99).len(), usize::from(INSTALMENTS));
    }

    #[test]
    fn an_instalment_is_due_on_the_day_of_the_decision_or_the_last_of_a_shorter_month() {
        let line = |after| Line {
            line: LineId([1; 16]),
            kind: LineKind::Money,
            amount: Money::from_fen(100),
            goods: None,
            pay_by: PayBy::Bank,
            payee: Payee::Self_,
            after,
        };
        let decided = Day::new(2026, 1, 31).unwrap();
        assert_eq!(line(0).due(decided), decided);
        assert_eq!(line(1).due(decided), Day::new(2026, 2, 28).unwrap());
        assert_eq!(line(2).due(decided), Day::new(2026, 3, 31).unwrap());
        assert_eq!(line(11).due(decided), Day::new(2026, 12, 31).unwrap());
        let text = serde_json::to_string(&line(0)).unwrap();
        assert!(!text.contains("after") && serde_json::from_str::<Line>(&text).unwrap() == line(0));
    }
}
