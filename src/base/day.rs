//! A calendar day without a clock, and how a clerk types one.
//!
//! It must never ask what today is: today is always an argument.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use super::stamp::Stamp;

use super::fold;

/// A day of the Gregorian calendar, of the years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// Why a typed day is not read. `Display` is the sentence beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// Not one of the ways to type a day.
    Form,
    /// Typed rightly, but the calendar has no such day, as 30 February.
    NoSuchDay,
}

impl fmt::Display for DayProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DayProblem::Form => {
                "日期看不懂：直接回车为今天，-为昨天，-3为三天前，0303为今年3月3日，或8位如20260303。"
            }
            DayProblem::NoSuchDay => "没有这一天，请核对月和日后重新输入，如0303或20260303。",
        })
    }
}

impl std::error::Error for DayProblem {}

impl Day {
    /// 1970-01-01, from which [`Stamp`] counts.
    pub const EPOCH: Day = match NaiveDate::from_ymd_opt(1970, 1, 1) {
        Some(day) => Day(day),
        None => Day(NaiveDate::MIN),
    };

    /// The day of this year, month (1 to 12) and day of the month; `None` where the calendar has none.
    pub fn new(y: i32, m: u32, d: u32) -> Option<Day> {
        if !(1..=9999).contains(&y) {
            return None;
        }
        NaiveDate::from_ymd_opt(y, m, d).map(Day)
    }

    /// Reads `2026-03-02`, and nothing else.
    pub fn parse(text: &str) -> Option<Day> {
        let shape = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
        Day::new(i32::try_from(part(0..4)?).ok()?, part(5..7)?, part(8..10)?)
    }

    /// The same day so many months later; the last of the month where that one is shorter.
    pub fn plus_months(self, months: u32) -> Day {
        self.0.checked_add_months(chrono::Months::new(months)).map_or(self, Day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// So many days later, earlier where negative. At the ends of the calendar it stays there.
    pub fn plus(self, days: i64) -> Day {
        let span = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(span) } else { self.0.checked_add_days(span) };
        match moved.filter(|d| (1..=9999).contains(&d.year())) {
            Some(day) => Day(day),
            None if days < 0 => Day::new(1, 1, 1).unwrap_or(self),
            None => Day::new(9999, 12, 31).unwrap_or(self),
        }
    }

    /// Days from here to `later`; negative where `later` is earlier.
    pub fn until(self, later: Day) -> i64 {
        (later.0 - self.0).num_days()
    }

    /// 星期一 to 星期日.
    pub fn weekday_zh(self) -> &'static str {
        use chrono::Weekday::*;
        match self.0.weekday() {
            Mon => "星期一",
            Tue => "星期二",
            Wed => "星期三",
            Thu => "星期四",
            Fri => "星期五",
            Sat => "星期六",
            Sun => "星期日",
        }
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        self.0.weekday().number_from_monday() > 5
    }

    /// `3月4日`.
    pub fn short_zh(self) -> String {
        format!("{}月{}日", self.month(), self.day_of_month())
    }

    /// `2026年3月4日`, as papers write it.
    pub fn long_zh(self) -> String {
        format!("{}年{}", self.year(), self.short_zh())
    }

    /// `03-04`.
    pub fn month_day(self) -> String {
        format!("{:02}-{:02}", self.month(), self.day_of_month())
    }

    /// Reads a day as a clerk types it: nothing is today, `-` yesterday, `-3` three days ago, four digits a day of
    /// this year, eight digits a day in full. `2026-03-03` and its like with points or slashes are read too, since
    /// people paste them.
    ///
    /// # Errors
    /// [`DayProblem`], whose text says what can be typed.
    pub fn typed(input: &str, today: Day) -> Result<Day, DayProblem> {
        let folded = fold::digits(input);
        let text = folded.trim();
        if text.is_empty() {
            return Ok(today);
        }
        if let Some(back) = text.strip_prefix('-') {
            let back = if back.is_empty() { "1" } else { back };
            if back.len() > 5 || !back.bytes().all(|b| b.is_ascii_digit()) {
                return Err(DayProblem::Form);
            }
            return back.parse::<i64>().map(|n| today.plus(-n)).map_err(|_| DayProblem::Form);
        }
        let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
        let (y, m, d) = match parts.as_slice() {
            [one] if one.len() == 4 => (None, one.get(..2), one.get(2..)),
            [one] if one.len() == 8 => (one.get(..4), one.get(4..6), one.get(6..)),
            [y, m, d] if y.len() == 4 => (Some(*y), Some(*m), Some(*d)),
            _ => return Err(DayProblem::Form),
        };
        let number = |part: Option<&str>| -> Result<u32, DayProblem> {
            let digits = part.filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
            digits.and_then(|p| p.parse().ok()).ok_or(DayProblem::Form)
        };
        let year = match y {
            None => today.year(),
            Some(_) => i32::try_from(number(y)?).map_err(|_| DayProblem::Form)?,
        };
        Day::new(year, number(m)?, number(d)?).ok_or(DayProblem::NoSuchDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month()))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day of the form 2026-03-02"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_clerk_types_a_day_in_five_ways() {
        let today = day("2026-03-02");
        for (typed, is) in [
            ("", "2026-03-02"),
            ("-", "2026-03-01"),
            ("－", "2026-03-01"),
            ("—", "2026-03-01"),
            ("-3", "2026-02-27"),
            ("－３", "2026-02-27"),
            ("0303", "2026-03-03"),
            ("20251231", "2025-12-31"),
            ("２０２６０３０３", "2026-03-03"),
            ("2026-3-3", "2026-03-03"),
            ("2026。3。3", "2026-03-03"),
            ("2026/03/03", "2026-03-03"),
        ] {
            assert_eq!(Day::typed(typed, today), Ok(day(is)), "{typed}");
        }
        for (typed, problem) in [
            ("0230", DayProblem::NoSuchDay),
            ("20250229", DayProblem::NoSuchDay),
            ("00000101", DayProblem::NoSuchDay),
            ("303", DayProblem::Form),
            ("昨天", DayProblem::Form),
            ("--3", DayProblem::Form),
            ("+303", DayProblem::Form),
            ("3-3", DayProblem::Form),
            ("-999999", DayProblem::Form),
        ] {
            assert_eq!(Day::typed(typed, today), Err(problem), "{typed}");
        }
    }

    #[test]
    fn a_day_names_itself() {
        let d = day("2026-03-02");
        assert_eq!(
            (d.weekday_zh(), d.short_zh().as_str(), d.month_day().as_str()),
            ("星期一", "3月2日", "03-02")
        );
        assert_eq!(d.long_zh(), "2026年3月2日");
        assert_eq!(serde_json::to_string(&d).unwrap(), "\"2026-03-02\"");
        assert!(serde_json::from_str::<Day>("\"2026-02-30\"").is_err());
        for wrong in ["2026-3-2", "2026-03-02 ", "+026-03-02", "2026/03/02", "二〇二六"] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert_eq!(d.plus(i64::MAX), day("9999-12-31"));
        assert_eq!(d.plus(i64::MIN), day("0001-01-01"));
    }

    proptest! {
        #[test]
        fn days_add_up(y in 1900i32..2200, n in -40_000i64..40_000) {
            let from = Day::new(y, 2, 28).unwrap();
            let to = from.plus(n);
            prop_assert_eq!(from.until(to), n);
            prop_assert_eq!(to.plus(-n), from);
            prop_assert_eq!(Day::parse(&to.to_string()), Some(to));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,12}") {
            let _ = Day::typed(&text, Day::new(2026, 3, 2).unwrap());
        }
    }
}
