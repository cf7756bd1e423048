//! The id number (公民身份号码, GB 11643): eighteen characters, the last a check on the others.
//!
//! It must never print itself through `Debug`, and never be kept in the old form of fifteen digits.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use super::sex::Sex;

use super::day::Day;
use super::{division, fold};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Nobody older is registered; a number that says so is mistyped.
const OLDEST: i32 = 120;

/// A valid id number of eighteen characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNo {
    text: String,
    birth: Day,
}

/// Whose document a number of this form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A citizen's id card.
    Citizen,
    /// The residence permit of people from Hong Kong, Macao and Taiwan (港澳台居民居住证): 81, 82, 83.
    Permit,
    /// The permanent residence card of foreigners (外国人永久居留身份证): begins with 9.
    Foreigner,
}

/// Why a typed number is no id number. `Display` is the sentence beside the field; `Debug` shows no digits of the
/// number.
#[derive(Clone, PartialEq, Eq)]
pub enum IdProblem {
    /// Not eighteen characters.
    Length {
        /// How many were typed, spaces and dashes apart.
        got: usize,
    },
    /// A character that cannot stand there; places count from 1.
    Letter {
        /// Where it stands.
        at: usize,
    },
    /// Places 7 to 14 are no day of the calendar.
    Date,
    /// Born after today.
    Future,
    /// Older than 120 years.
    TooOld,
    /// The last character does not fit the seventeen before it.
    Check {
        /// What it should be.
        expected: char,
        /// What was typed.
        got: char,
    },
    /// The old form, otherwise right; it is never kept, its conversion is offered.
    FifteenDigits {
        /// The same number with eighteen characters.
        as_eighteen: String,
    },
}

impl fmt::Display for IdProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IdProblem::Length { got: 0 } => f.write_str("身份证号未填，请输入18位号码。"),
            IdProblem::Length { got } => write!(f, "身份证号应为18位，现为{got}位，请核对后补改。"),
            IdProblem::Letter { at } => {
                write!(f, "身份证号第{at}位不对，前17位只能是数字，末位是数字或X，请改正。")
            }
            IdProblem::Date => f.write_str("身份证号第7至14位不是有效的出生日期，请对照证件改正。"),
            IdProblem::Future => f.write_str("身份证号里的出生日期晚于今天，请对照证件改正第7至14位。"),
            IdProblem::TooOld => write!(f, "按身份证号年龄已超过{OLDEST}岁，请对照证件改正第7至14位。"),
            IdProblem::Check { expected, got } => {
                write!(f, "身份证号校验不符：末位应为{expected}，现为{got}，请逐位对照证件改正。")
            }
            IdProblem::FifteenDigits { as_eighteen } => {
                write!(f, "这是15位旧号，换成18位为{}，按F4采用。", mask(as_eighteen))
            }
        }
    }
}

impl fmt::Debug for IdProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IdProblem::Length { got } => write!(f, "Length {{ got: {got} }}"),
            IdProblem::Letter { at } => write!(f, "Letter {{ at: {at} }}"),
            IdProblem::Date => f.write_str("Date"),
            IdProblem::Future => f.write_str("Future"),
            IdProblem::TooOld => f.write_str("TooOld"),
            IdProblem::Check { .. } => f.write_str("Check"),
            IdProblem::FifteenDigits { .. } => f.write_str("FifteenDigits"),
        }
    }
}

impl std::error::Error for IdProblem {}

/// The check digit of seventeen digits (GB 11643); `None` where they are not seventeen digits.
pub fn complete(first17: &str) -> Option<char> {
    if first17.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in first17.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    CHECKS.get(usize::try_from(sum % 11).ok()?).copied()
}

fn birth_of(text: &str) -> Option<Day> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    Day::new(i32::try_from(part(6..10)?).ok()?, part(10..12)?, part(12..14)?)
}

fn age(birth: Day, on: Day) -> i32 {
    let before = (on.month(), on.day_of_month()) < (birth.month(), birth.day_of_month());
    on.year() - birth.year() - i32::from(before)
}

fn mask(text: &str) -> String {
    format!("{}********{}", text.get(..6).unwrap_or(""), text.get(14..).unwrap_or(""))
}

impl IdNo {
    /// Reads a number as typed or scanned: full-width characters are folded, spaces and dashes dropped, `x` is `X`.
    /// The area is not checked: codes of abolished counties live on for life, so an unknown one is only a warning.
    ///
    /// # Errors
    /// [`IdProblem`]; the old form of fifteen digits comes with its conversion.
    pub fn parse(typed: &str, today: Day) -> Result<IdNo, IdProblem> {
        let text = fold::compact(typed).to_ascii_uppercase();
        let got = text.chars().count();
        if got == 15 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdNo::convert(&text, today));
        }
        if got != 18 {
            return Err(IdProblem::Length { got });
        }
        let wrong = |(i, c): (usize, char)| !(c.is_ascii_digit() || (i == 17 && c == 'X'));
        if let Some(at) = text.chars().enumerate().position(wrong) {
            return Err(IdProblem::Letter { at: at + 1 });
        }
        let birth = birth_of(&text).ok_or(IdProblem::Date)?;
        if birth > today {
            return Err(IdProblem::Future);
        }
        if age(birth, today) > OLDEST {
            return Err(IdProblem::TooOld);
        }
        let expected = text.get(..17).and_then(complete).ok_or(IdProblem::Length { got })?;
        match text.chars().next_back() {
            Some(last) if last != expected => Err(IdProblem::Check { expected, got: last }),
            _ => Ok(IdNo { text, birth }),
        }
    }

    /// Reads a number back from the record: exactly as it was written, without asking what day it is today.
    pub fn stored(text: &str) -> Option<IdNo> {
        let birth = birth_of(text)?;
        let check = complete(text.get(..17)?)?;
        let exact = text.len() == 18 && text.ends_with(check);
        exact.then(|| IdNo { text: text.to_owned(), birth })
    }

    /// The old form lacks the century and the check; only people born in the 1900s have one.
    fn convert(fifteen: &str, today: Day) -> IdProblem {
        let (area, rest) = fifteen.split_at_checked(6).unwrap_or((fifteen, ""));
        let first17 = format!("{area}19{rest}");
        let Some(check) = complete(&first17) else { return IdProblem::Length { got: 15 } };
        match IdNo::parse(&format!("{first17}{check}"), today) {
            Ok(id) => IdProblem::FifteenDigits { as_eighteen: id.text },
            Err(problem) => problem,
        }
    }

    /// The eighteen characters. For storing and printing; screens use [`IdNo::masked`].
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day of birth.
    pub fn birth(&self) -> Day {
        self.birth
    }

    /// The sex: the seventeenth digit is odd for men.
    pub fn sex(&self) -> Sex {
        let odd = self.text.as_bytes().get(16).is_some_and(|b| b % 2 == 1);
        if odd { Sex::Male } else { Sex::Female }
    }

    /// Full years of age on a day. Who is born on 29 February completes a year on 1 March of common years.
    pub fn age_on(&self, day: Day) -> i32 {
        age(self.birth, day)
    }

    /// The six digits of the area of first registration.
    pub fn area(&self) -> &str {
        self.text.get(..6).unwrap_or("")
    }

    /// The name of the area as far as known: the county within the city, elsewhere the province. `None` is worth the
    /// warning W-ID-AREA for a citizen; a foreigner's number has no such area.
    pub fn area_name(&self) -> Option<&'static str> {
        match self.holder() {
            Holder::Foreigner => None,
            _ => division::area_name(self.area()).or_else(|| division::province_name(self.area())),
        }
    }

    /// Whose document it is, by its first digits.
    pub fn holder(&self) -> Holder {
        if self.text.starts_with('9') {
            Holder::Foreigner
        } else if ["81", "82", "83"].iter().any(|p| self.text.starts_with(p)) {
            Holder::Permit
        } else {
            Holder::Citizen
        }
    }

    /// `211321********011X`.
    pub fn masked(&self) -> String {
        mask(&self.text)
    }

    /// The last four characters, which people read out on the phone.
    pub fn tail(&self) -> &str {
        self.text.get(14..).unwrap_or("")
    }
}

impl fmt::Debug for IdNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNo(******************)")
    }
}

impl Serialize for IdNo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for IdNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IdNo, D::Error> {
        let text = String::deserialize(deserializer)?;
        IdNo::stored(&text).ok_or_else(|| serde::de::Error::custom("not an id number of GB 11643"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Day {
        Day::new(2026, 3, 2).unwrap()
    }

    fn parse(text: &str) -> Result<IdNo, IdProblem> {
        IdNo::parse(text, today())
    }

    #[test]
    fn valid_numbers_tell_birth_sex_age_and_area() {
        for (text, birth, sex, age, area) in [
            ("211321196804120012", "1968-04-12", Sex::Male, 57, Some("朝阳县")),
            ("21132119751103078X", "1975-11-03", Sex::Female, 50, Some("朝阳县")),
            ("211321201508200011", "2015-08-20", Sex::Male, 10, Some("朝阳县")),
            ("211321200002290027", "2000-02-29", Sex::Female, 26, Some("朝阳县")),
            ("220382199001010132", "1990-01-01", Sex::Male, 36, Some("吉林省")),
            ("211382198212120248", "1982-12-12", Sex::Female, 43, Some("凌源市")),
            ("211321194001010013", "1940-01-01", Sex::Male, 86, Some("朝阳县")),
            ("11010519491231002X", "1949-12-31", Sex::Female, 76, Some("北京市")),
        ] {
            let id = parse(text).unwrap();
            assert_eq!(id.as_str(), text);
            assert_eq!(
                (id.birth(), id.sex(), id.age_on(today())),
                (Day::parse(birth).unwrap(), sex, age),
                "{birth}"
            );
            assert_eq!(id.area_name(), area);
            assert_eq!(id.holder(), Holder::Citizen);
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let fail = |text: &str| parse(text).unwrap_err();
        assert!(fail("211321196804120013") == IdProblem::Check { expected: '2', got: '3' });
        assert!(fail("211321196804120013").to_string().contains("末位应为2"));
        assert!(fail("211321199902290019") == IdProblem::Date);
        assert!(fail("") == IdProblem::Length { got: 0 });
        assert!(fail("21132119680412001") == IdProblem::Length { got: 17 });
        assert!(fail("2113211968041200X2") == IdProblem::Letter { at: 17 });
        assert!(fail("21132119680412001A") == IdProblem::Letter { at: 18 });
        assert!(fail("211321203004120010") == IdProblem::Future);
        assert!(fail("211321190004120010") == IdProblem::TooOld);
        let old = fail("211321680412001");
        assert!(old == IdProblem::FifteenDigits { as_eighteen: "211321196804120012".into() });
        assert!(old.to_string().contains("211321********0012"));
        assert!(!format!("{old:?}").contains("2113"), "Debug shows no digits");
        assert!(fail("211321680230001") == IdProblem::Date);
    }

    #[test]
    fn scanners_and_input_methods_are_understood() {
        for text in [
            "21132119751103078x",
            "２１１３２１１９７５１１０３０７８ｘ",
            " 211321 19751103 078Ｘ ",
            "211321-19751103-078X",
        ] {
            assert_eq!(parse(text).unwrap().as_str(), "21132119751103078X");
        }
    }

    #[test]
    fn permits_and_foreigners_have_the_same_form() {
        for (first17, holder, area) in [
            ("81000019800101001", Holder::Permit, Some("香港特别行政区")),
            ("83000019800101001", Holder::Permit, Some("台湾居民居住证")),
            ("93115619800101001", Holder::Foreigner, None),
        ] {
            let id = parse(&format!("{first17}{}", complete(first17).unwrap())).unwrap();
            assert_eq!((id.holder(), id.area_name()), (holder, area));
        }
        assert_eq!(complete("1101051949123100"), None);
        assert_eq!(complete("1101051949123100X"), None);
    }

    #[test]
    fn the_age_of_one_hundred_and_twenty_is_the_last() {
        let born = |day: &str| {
            let first17 = format!("211321{day}001");
            parse(&format!("{first17}{}", complete(&first17).unwrap()))
        };
        assert!(born("19060302").is_ok(), "120 today");
        assert!(born("19050303").is_ok(), "121 tomorrow");
        assert!(born("19050302") == Err(IdProblem::TooOld), "121 today");
        assert!(born("20260302").is_ok(), "born today");
        assert!(born("20260303") == Err(IdProblem::Future), "born tomorrow");
        let leap = parse("211321200002290027").unwrap();
        assert_eq!(leap.age_on(Day::parse("2026-02-28").unwrap()), 25);
        assert_eq!(leap.age_on(Day::parse("2026-03-01").unwrap()), 26);
    }

    #[test]
    fn it_hides_itself() {
        let id = parse("21132119751103078X").unwrap();
        assert_eq!((id.masked().as_str(), id.tail()), ("211321********078X", "078X"));
        assert_eq!(format!("{id:?}"), "IdNo(******************)");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<IdNo>(&json).unwrap(), id);
        assert!(serde_json::from_str::<IdNo>("\"211321197511030781\"").is_err());
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_found(days in 0i64..36_000, seq in 0u32..1000, at in 0usize..17, add in 1u32..10) {
            let birth = Day::new(1927, 1, 1).unwrap().plus(days).to_string().replace('-', "");
            let first17 = format!("211321{birth}{seq:03}");
            let text = format!("{first17}{}", complete(&first17).unwrap());
            let id = parse(&text).unwrap();
            prop_assert_eq!(id.as_str(), &text);
            let wrong: String = text.chars().enumerate().map(|(i, c)| match c.to_digit(10) {
                Some(d) if i == at => char::from_digit((d + add) % 10, 10).unwrap(),
                _ => c,
            }).collect();
            prop_assert!(parse(&wrong).is_err());
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}") {
            let _ = parse(&text);
            prop_assert!(IdNo::stored(&text).is_none());
        }
    }
}
