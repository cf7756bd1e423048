//! A telephone number: a mobile, or a fixed line with or without its area code.
//!
//! It must never print itself through `Debug`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fold;

/// The digits of a number: eleven of a mobile, seven to twelve of a fixed line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a typed number is not read. `Display` is the sentence beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// A mobile without eleven digits.
    Mobile {
        /// How many were typed.
        got: usize,
    },
    /// A fixed line without seven to twelve digits.
    Length {
        /// How many were typed.
        got: usize,
    },
    /// A character that is no digit; places count from 1, spaces, dashes and brackets apart.
    Letter {
        /// Where it stands.
        at: usize,
    },
}

impl fmt::Display for PhoneProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PhoneProblem::Mobile { got } => write!(f, "手机号应为11位，现为{got}位，请核对后补改。"),
            PhoneProblem::Length { got: 0 } => f.write_str("电话未填，请输入手机号或座机号。"),
            PhoneProblem::Length { got } => {
                write!(f, "座机号应为7至12位（含区号，如0421-1234567），现为{got}位，请核对后补改。")
            }
            PhoneProblem::Letter { at } => write!(f, "电话第{at}位不是数字，请只输入数字。"),
        }
    }
}

impl std::error::Error for PhoneProblem {}

impl Phone {
    /// Reads a number as typed: full-width digits are folded; spaces, dashes, brackets and +86 are dropped.
    ///
    /// # Errors
    /// [`PhoneProblem`].
    pub fn parse(typed: &str) -> Result<Phone, PhoneProblem> {
        let text: String = fold::compact(typed).chars().filter(|c| !matches!(c, '(' | ')')).collect();
        let text = text.strip_prefix("+86").unwrap_or(&text);
        if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(PhoneProblem::Letter { at: at + 1 });
        }
        let got = text.len();
        if text.starts_with('1') {
            return if got == 11 { Ok(Phone(text.to_owned())) } else { Err(PhoneProblem::Mobile { got }) };
        }
        if (7..=12).contains(&got) { Ok(Phone(text.to_owned())) } else { Err(PhoneProblem::Length { got }) }
    }

    /// All digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `138****0012`; of a shorter number only the last two digits.
    pub fn masked(&self) -> String {
        let len = self.0.len();
        let (head, tail) = if len >= 11 { (3, 4) } else { (0, 2) };
        let part = |range: std::ops::Range<usize>| self.0.get(range).unwrap_or("");
        format!("{}{}{}", part(0..head), "*".repeat(len - head - tail), part(len - tail..len))
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(********)")
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Phone, D::Error> {
        let text = String::deserialize(deserializer)?;
        Phone::parse(&text).map_err(|_| serde::de::Error::custom("not a telephone number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_and_fixed_lines() {
        for (typed, digits, masked) in [
            ("138 0000 0012", "13800000012", "138****0012"),
            ("+86 13800000012", "13800000012", "138****0012"),
            ("０４２１－２６００１２３", "04212600123", "042****0123"),
            ("（0421）2600123", "04212600123", "042****0123"),
            ("2600123", "2600123", "*****23"),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!((phone.as_str(), phone.masked().as_str()), (digits, masked));
            assert!(!format!("{phone:?}").contains("12"));
        }
        for (typed, problem) in [
            ("", PhoneProblem::Length { got: 0 }),
            ("1380000001", PhoneProblem::Mobile { got: 10 }),
            ("138000000123", PhoneProblem::Mobile { got: 12 }),
            ("260012", PhoneProblem::Length { got: 6 }),
            ("26001x3", PhoneProblem::Letter { at: 6 }),
        ] {
            assert_eq!(Phone::parse(typed), Err(problem), "{typed}");
        }
    }
}
