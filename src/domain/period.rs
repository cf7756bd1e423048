//! The period of a data key (数据密钥): a year, and which key of that year it is. A theft or a leaving makes another one.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

/// Which data key. The order is that of making: the last one seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The year whose private parts it opens.
    pub year: i32,
    /// Which key of the year, from 0.
    pub generation: u32,
}

impl Period {
    /// The first key of a year.
    pub fn of(year: i32) -> Period {
        Period { year, generation: 0 }
    }

    /// The key after this one in the same year.
    pub fn next(self) -> Period {
        Period { generation: self.generation.saturating_add(1), ..self }
    }
}

/// Also the purpose under which the key is sealed to officers: `2026`, `2026/1`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.generation {
            0 => write!(f, "{}", self.year),
            later => write!(f, "{}/{later}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("{text} 不是数据密钥的年份");
        let (year, generation) = text.split_once('/').unwrap_or((text, "0"));
        let period = Period {
            year: year.parse().map_err(|_| bad())?,
            generation: generation.parse().map_err(|_| bad())?,
        };
        // One period has one name.
        if period.to_string() == text { Ok(period) } else { Err(bad()) }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_one_name_and_the_later_key_is_greater() {
        let renewed = Period::of(2026).next();
        assert_eq!((Period::of(2026).to_string(), renewed.to_string()), ("2026".into(), "2026/1".into()));
        assert_eq!("2026/1".parse::<Period>().unwrap(), renewed);
        assert!("2026/0".parse::<Period>().is_err() && "2026/01".parse::<Period>().is_err());
        assert!(Period::of(2026) < renewed && renewed < Period::of(2027));
    }
}
