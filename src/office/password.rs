//! The rule for passwords (密码规定): what a new password must be. One function, asked by the command line and the screens.

use crate::domain::ids::OfficerNo;

/// The least letters of a password.
const SHORT: usize = 8;

/// Why a password is not taken; the sentence says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Too short.
    #[error("密码太短，至少{SHORT}位，请再想一个")]
    Short,
    /// Digits only: a hundred million of them are tried in a day.
    #[error("密码不能只有数字，太容易猜，请加上字母")]
    Digits,
    /// It holds the officer's own number or name.
    #[error("密码里不能有自己的操作员号或姓名，请另想一个")]
    Own,
}

/// Checks a new password of an officer.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, number: &OfficerNo, name: &str) -> Result<(), Problem> {
    if password.chars().count() < SHORT {
        return Err(Problem::Short);
    }
    if password.chars().all(|c| c.is_ascii_digit()) {
        return Err(Problem::Digits);
    }
    // A short number is part of too many words to be told apart from them.
    let holds_number = number.0.len() >= 3 && password.contains(&number.0);
    if holds_number || (!name.is_empty() && password.contains(name)) {
        return Err(Problem::Own);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_plain_and_own_ones_are_refused() {
        let check = |password: &str| check(password, &"1203".into(), "李桂芳");
        assert_eq!(check("liu-shu"), Err(Problem::Short));
        assert_eq!(check("20261128"), Err(Problem::Digits));
        assert_eq!(check("jiuji-1203"), Err(Problem::Own));
        assert_eq!(check("我是李桂芳很好记吗"), Err(Problem::Own));
        assert_eq!(check("liu-shu-tun"), Ok(()));
        assert_eq!(check("柳树屯的老井边有棵树"), Ok(()));
    }
}
