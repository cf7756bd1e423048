//! A bank account as typed from a card or a passbook (折).
//!
//! It must never refuse an account for its check digit: passbooks have none, so Luhn is only a warning. It never
//! prints itself through `Debug`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fold;

/// The digits of an account, 8 to 32.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(String);

/// Why a typed account is not read. `Display` is the sentence beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountProblem {
    /// Not 8 to 32 digits.
    Length {
        /// How many were typed, spaces and dashes apart.
        got: usize,
    },
    /// A character that is no digit; places count from 1, spaces and dashes apart.
    Letter {
        /// Where it stands.
        at: usize,
    },
}

impl fmt::Display for AccountProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccountProblem::Length { got: 0 } => f.write_str("账号未填，请输入卡号或存折账号。"),
            AccountProblem::Length { got } => write!(f, "账号应为8至32位数字，现为{got}位，请核对后补改。"),
            AccountProblem::Letter { at } => write!(f, "账号第{at}位不是数字，请只输入数字。"),
        }
    }
}

impl std::error::Error for AccountProblem {}

impl Account {
    /// Reads an account as typed; full-width digits are folded, spaces and dashes dropped.
    ///
    /// # Errors
    /// [`AccountProblem`].
    pub fn parse(typed: &str) -> Result<Account, AccountProblem> {
        let text = fold::compact(typed);
        if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(AccountProblem::Letter { at: at + 1 });
        }
        match text.len() {
            8..=32 => Ok(Account(text)),
            got => Err(AccountProblem::Length { got }),
        }
    }

    /// All digits. For storing and for the bank's list; screens use [`Account::masked`].
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is the check (Luhn) on the others, as on cards.
    pub fn luhn_ok(&self) -> bool {
        let doubled = |d: u32| if d > 4 { d * 2 - 9 } else { d * 2 };
        let digits = self.0.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
        let sum: u32 = digits.map(|(i, d)| if i % 2 == 1 { doubled(d) } else { d }).sum();
        sum.is_multiple_of(10)
    }

    /// The last eight digits, by which clerk and approver compare an account.
    pub fn tail8(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(8)..).unwrap_or("")
    }

    /// Stars, and the last four digits.
    pub fn masked(&self) -> String {
        let hidden = self.0.len().saturating_sub(4);
        format!("{}{}", "*".repeat(hidden), self.0.get(hidden..).unwrap_or(""))
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(********)")
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Account, D::Error> {
        let text = String::deserialize(deserializer)?;
        Account::parse(&text).map_err(|_| serde::de::Error::custom("not a bank account"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_and_passbooks() {
        for card in ["6228480000000000018", "6217000000000000020", "6230650000000000034"] {
            assert!(Account::parse(card).unwrap().luhn_ok(), "{card}");
        }
        let book = Account::parse("0512 3456-7890").unwrap();
        assert_eq!((book.as_str(), book.tail8(), book.luhn_ok()), ("051234567890", "34567890", false));
        assert_eq!(Account::parse("６２２８４８００００００００００００１８").unwrap().tail8(), "00000018");
        assert!(Account::parse(&"1".repeat(8)).is_ok() && Account::parse(&"1".repeat(32)).is_ok());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (typed, problem) in [
            ("", AccountProblem::Length { got: 0 }),
            ("1234567", AccountProblem::Length { got: 7 }),
            (&"1".repeat(33), AccountProblem::Length { got: 33 }),
            ("62284800O00", AccountProblem::Letter { at: 9 }),
            ("账号12345678", AccountProblem::Letter { at: 1 }),
        ] {
            assert_eq!(Account::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn it_hides_itself() {
        let account = Account::parse("6228480000000000018").unwrap();
        assert_eq!(account.masked(), "***************0018");
        assert!(!format!("{account:?}").contains('8'));
        let json = serde_json::to_string(&account).unwrap();
        assert_eq!(serde_json::from_str::<Account>(&json).unwrap(), account);
    }
}
