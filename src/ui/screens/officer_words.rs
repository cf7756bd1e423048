//! Words that the administrator's screens share: roles as digits, an office as its code, an own limit, and back.

use crate::base::division;
use crate::base::money::Money;
use crate::domain::office::{Office, Role};
use std::collections::BTreeSet;

/// What stands beside a line of roles.
pub const ROLES: &str = "岗位按数字，可几个连打：1经办人 2审批人 3财务 4督导 5管理员";
/// The same where room is scarce.
pub const ROLES_SHORT: &str = "岗位 1经办 2审批 3财务 4督导 5管理，可连打如12";
/// What stands beside a line of an office.
pub const OFFICE: &str = "单位打乡镇三位代码，县局打 0";

/// Roles as they are typed: `12` is 经办人 and 审批人.
///
/// # Errors
/// A digit that is no role; none at all.
pub fn roles_of(text: &str) -> Result<BTreeSet<Role>, String> {
    let mut roles = BTreeSet::new();
    for c in text.chars() {
        let at = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        let role = at.and_then(|at| Role::ALL.get(at)).ok_or_else(|| format!("没有岗位 {c}。{ROLES}"))?;
        roles.insert(*role);
    }
    if roles.is_empty() { Err(format!("岗位没有填。{ROLES}")) } else { Ok(roles) }
}

/// Roles as digits, to begin a line with.
pub fn digits_of(roles: &BTreeSet<Role>) -> String {
    (1..).zip(Role::ALL).filter(|(_, role)| roles.contains(role)).map(|(at, _)| at.to_string()).collect()
}

/// An office as it is typed.
///
/// # Errors
/// There is none of that code.
pub fn office_of(text: &str) -> Result<Office, String> {
    match text.parse::<u16>() {
        Ok(0) => Ok(Office::County),
        Ok(code) if division::township(code).is_some() => Ok(Office::Township(code)),
        _ => Err(format!("没有单位「{text}」。{OFFICE}")),
    }
}

/// An office as it is typed, to begin a line with.
pub fn code_of(office: Office) -> String {
    office.township().map_or_else(|| "0".to_owned(), |code| format!("{code:03}"))
}

/// An own limit: none where the line is empty.
///
/// # Errors
/// It is no sum.
pub fn limit_of(text: &str) -> Result<Option<Money>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    Money::parse(text).map(Some).map_err(|problem| format!("个人限额：{problem}"))
}

/// Roles in words.
pub fn words_of(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_offices_and_limits_come_back_as_they_were_typed() {
        assert_eq!(digits_of(&roles_of("21").unwrap()), "12");
        assert!(roles_of("").is_err() && roles_of("6").is_err() && roles_of("0").is_err());
        for text in ["0", "103"] {
            assert_eq!(code_of(office_of(text).unwrap()), text);
        }
        assert!(office_of("999").is_err() && office_of("").is_err());
        assert_eq!(limit_of("").unwrap(), None);
        assert_eq!(limit_of("300").unwrap(), Some(Money::from_fen(30_000)));
        assert!(limit_of("300.005").is_err());
    }
}
