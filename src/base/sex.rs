//! Sex as the id number states it.
//!
//! It must never be typed: it is derived, so that it cannot disagree with the number (E-ID-SEX).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Sex as the id number states it: never typed, never overridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// 男 or 女.
    pub fn zh(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }

    /// The code of GB/T 2261.1: 1 male, 2 female.
    pub fn code(self) -> &'static str {
        match self {
            Sex::Male => "1",
            Sex::Female => "2",
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.zh())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_a_character_and_a_code() {
        assert_eq!((Sex::Male.zh(), Sex::Male.code(), Sex::Female.to_string().as_str()), ("男", "1", "女"));
        assert_eq!(serde_json::to_string(&Sex::Female).unwrap(), "\"female\"");
    }
}
