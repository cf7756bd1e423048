//! Money: an amount in yuan with exactly two places, an integer of fen wherever it is stored or hashed.
//!
//! It must never round: what does not fit two places is refused. It must never become a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::capitals;
use super::fold;

/// An amount in yuan with two places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// The largest amount that can be typed: 9,999,999,999.99 yuan, ten digits before the point as in the paper ledgers.
const MAX_FEN: i64 = 999_999_999_999;

/// Why a typed amount is not read. `Display` is the sentence beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyProblem {
    /// Nothing was typed.
    Empty,
    /// Not a plain number: letters, an exponent, two points.
    NotNumber,
    /// A minus sign; amounts are never negative when typed.
    Negative,
    /// A comma that does not part thousands, as in `1,50`.
    Comma,
    /// Zero, or less than one fen.
    TooSmall,
    /// More than two places after the point.
    TooManyPlaces,
    /// Above 9,999,999,999.99 yuan.
    TooLarge,
}

impl fmt::Display for MoneyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyProblem::Empty => "金额未填，请输入数字，如500或500.50。",
            MoneyProblem::NotNumber => "金额不是数字，请只输入数字和小数点，如1234.50。",
            MoneyProblem::Negative => "金额不能带负号，请输入大于零的数字，如500。",
            MoneyProblem::Comma => "逗号位置不对，请去掉逗号，或按千位分节，如1,234.50。",
            MoneyProblem::TooSmall => "金额至少0.01元，请重新输入。",
            MoneyProblem::TooManyPlaces => "金额最多两位小数（到分），请改为如500.01。",
            MoneyProblem::TooLarge => "金额过大，最多9999999999.99元，请核对位数。",
        })
    }
}

impl std::error::Error for MoneyProblem {}

impl Money {
    /// Nothing: 0.00 yuan.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// The amount of so many fen; may be negative.
    pub fn from_fen(fen: i64) -> Money {
        if fen == 0 { Money::ZERO } else { Money(Decimal::new(fen, 2)) }
    }

    /// The amount in fen. Sums beyond what an `i64` holds stop at its ends.
    pub fn fen(self) -> i64 {
        let mut two = self.0;
        two.rescale(2);
        let fen = two.mantissa();
        i64::try_from(fen).unwrap_or(if fen < 0 { i64::MIN } else { i64::MAX })
    }

    /// Reads an amount as a clerk types it: full-width digits and punctuation are folded, commas that part
    /// thousands, a trailing point or comma, the sign ¥ and the word 元 are dropped.
    ///
    /// # Errors
    /// [`MoneyProblem`], whose text says what to type instead. Nothing is ever rounded.
    pub fn parse(typed: &str) -> Result<Money, MoneyProblem> {
        let folded = fold::digits(typed);
        let text = folded.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
        let text = text.trim_end_matches(',');
        if text.is_empty() {
            return Err(MoneyProblem::Empty);
        }
        if let Some(rest) = text.strip_prefix('-') {
            let number = rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
            return Err(if number { MoneyProblem::Negative } else { MoneyProblem::NotNumber });
        }
        let (yuan, places) = text.split_once('.').unwrap_or((text, ""));
        let yuan = without_commas(yuan)?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(&yuan) || !digits(places) || (yuan.is_empty() && places.is_empty()) {
            return Err(MoneyProblem::NotNumber);
        }
        let nothing = |s: &str| s.bytes().all(|b| b == b'0');
        if nothing(&yuan) && nothing(places.get(..2).unwrap_or(places)) {
            return Err(MoneyProblem::TooSmall);
        }
        if places.len() > 2 {
            return Err(MoneyProblem::TooManyPlaces);
        }
        let fen = format!("{yuan}{places:0<2}").parse::<i64>().map_err(|_| MoneyProblem::TooLarge)?;
        if fen > MAX_FEN { Err(MoneyProblem::TooLarge) } else { Ok(Money::from_fen(fen)) }
    }

    /// Two places, no grouping: `1234.50`.
    pub fn plain(self) -> String {
        let fen = self.fen();
        let sign = if fen < 0 { "-" } else { "" };
        let fen = fen.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }

    /// Two places, thousands parted by commas: `1,234.50`.
    pub fn grouped(self) -> String {
        let fen = self.fen();
        let whole = (fen.unsigned_abs() / 100).to_string();
        let mut out = String::from(if fen < 0 { "-" } else { "" });
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out.push_str(&format!(".{:02}", fen.unsigned_abs() % 100));
        out
    }

    /// The amount in words (大写) as papers carry it, without 人民币 before it: 壹仟贰佰元伍角整.
    pub fn capitals(self) -> String {
        capitals::write(self.fen())
    }

    /// Reads 大写 back; `None` for anything that is no proper 大写. 圆 and 正 are read as 元 and 整, 人民币 may
    /// stand before it, and 零 may stand where the rules leave it free.
    pub fn from_capitals(words: &str) -> Option<Money> {
        capitals::read(words).map(Money::from_fen)
    }

    /// Whether it is 0.00.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below 0.00.
    pub fn is_negative(self) -> bool {
        self.fen() < 0
    }

    /// The value of goods: this unit price times a quantity in thousandths (2.5 kg is 2500). `None` where the
    /// product is no whole number of fen or too large: it is never rounded, so the value must then be typed.
    pub fn times(self, qty_thousandths: i64) -> Option<Money> {
        let product = i128::from(self.fen()) * i128::from(qty_thousandths);
        if product % 1000 != 0 {
            return None;
        }
        i64::try_from(product / 1000).ok().map(Money::from_fen)
    }
}

/// Drops commas that part thousands; any other comma could be a mistyped point, which would pay a hundredfold.
fn without_commas(yuan: &str) -> Result<String, MoneyProblem> {
    let mut groups = yuan.split(',');
    let first = groups.next().unwrap_or("");
    let mut out = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(MoneyProblem::Comma);
        }
        out.push_str(group);
    }
    Ok(out)
}

impl Default for Money {
    fn default() -> Money {
        Money::ZERO
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.plain())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({})", self.plain())
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money::from_fen(self.fen().saturating_add(other.fen()))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money::from_fen(self.fen().saturating_sub(other.fen()))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money::from_fen(self.fen().saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Money>>(amounts: I) -> Money {
        amounts.copied().sum()
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.fen())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        i64::deserialize(deserializer).map(Money::from_fen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_clerk_types_is_read_as_meant() {
        for (typed, fen) in [
            ("500", 50_000),
            ("500.", 50_000),
            ("500.5", 50_050),
            ("500。01", 50_001),
            ("1,234.50", 123_450),
            ("１，２３４．５０", 123_450),
            (" ￥０５００ ", 50_000),
            ("500元", 50_000),
            (".5", 50),
            ("0.01", 1),
            ("9999999999.99", 999_999_999_999),
        ] {
            assert_eq!(Money::parse(typed), Ok(Money::from_fen(fen)), "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_by_its_own_reason() {
        use MoneyProblem::*;
        for (typed, problem) in [
            ("", Empty),
            ("　", Empty),
            ("500.005", TooManyPlaces),
            ("500.000", TooManyPlaces),
            ("1e9", NotNumber),
            ("-0", Negative),
            ("－5", Negative),
            ("-", Negative),
            ("-x", NotNumber),
            ("0", TooSmall),
            ("0.00", TooSmall),
            ("0.001", TooSmall),
            (".", NotNumber),
            ("1.2.3", NotNumber),
            ("五百", NotNumber),
            ("1,50", Comma),
            ("1234,500", Comma),
            (",500", Comma),
            ("10000000000", TooLarge),
            ("99999999999999999999999999999999", TooLarge),
        ] {
            assert_eq!(Money::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn arithmetic_is_exact_in_fen() {
        let a = Money::from_fen(10);
        let b = Money::from_fen(20);
        assert_eq!(a + b, Money::from_fen(30));
        assert_eq!(a - b, -Money::from_fen(10));
        assert_eq!([a, b].iter().sum::<Money>().plain(), "0.30");
        assert!((a - b).is_negative());
        assert!(!(-Money::ZERO).is_negative());
        assert_eq!(-Money::ZERO, Money::default());
        assert_eq!((-Money::from_fen(123_456)).grouped(), "-1,234.56");
        assert_eq!(Money::from_fen(100_000_000).grouped(), "1,000,000.00");
        assert_eq!(format!("{:>8}", Money::from_fen(5)), "    0.05");
    }

    #[test]
    fn goods_are_priced_without_rounding() {
        assert_eq!(Money::from_fen(4001).times(5000), Some(Money::from_fen(20_005)));
        assert_eq!(Money::from_fen(133).times(2500), None);
        assert_eq!(Money::from_fen(i64::MAX).times(2000), None);
    }

    proptest! {
        #[test]
        fn text_and_json_round_trip(fen in 1i64..=MAX_FEN) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(money.fen(), fen);
            prop_assert_eq!(Money::parse(&money.plain()), Ok(money));
            prop_assert_eq!(Money::parse(&money.grouped()), Ok(money));
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(&json, &fen.to_string());
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}") {
            if let Ok(money) = Money::parse(&text) {
                prop_assert!(money.fen() >= 1);
            }
        }
    }
}
