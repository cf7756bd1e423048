//! Working days: the State Council's yearly tables of holidays and of weekend days worked in exchange (调休).
//!
//! It must never guess a year it has no table for: it counts Monday to Friday there and says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::day::Day;

/// The table of one year. A table may also name days of the neighbouring years: 1 January is at times joined to the
/// last days of December.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearTable {
    /// The year it is made for.
    pub year: i32,
    /// Days off (放假).
    pub off: Vec<Day>,
    /// Weekend days that are worked (调休上班).
    pub work: Vec<Day>,
}

/// What is wrong with a year's table before it enters the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearTableProblem {
    /// No day off at all: no year is without holidays.
    Empty,
    /// The day lies outside the year and the week before or after it.
    OutsideYear(Day),
    /// The day is both off and worked.
    Both(Day),
    /// A day to be worked in exchange is no Saturday or Sunday.
    NotWeekend(Day),
}

impl fmt::Display for YearTableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            YearTableProblem::Empty => f.write_str("放假表里没有放假日，请按国务院办公厅通知填写。"),
            YearTableProblem::OutsideYear(day) => write!(f, "{day}不在该年度，请核对年份。"),
            YearTableProblem::Both(day) => write!(f, "{day}既放假又上班，请删去一处。"),
            YearTableProblem::NotWeekend(day) => {
                write!(f, "{day}是{}，调休上班只能是周六周日，请核对。", day.weekday_zh())
            }
        }
    }
}

impl std::error::Error for YearTableProblem {}

impl YearTable {
    /// Whether the table can be believed.
    ///
    /// # Errors
    /// The first [`YearTableProblem`] met.
    pub fn check(&self) -> Result<(), YearTableProblem> {
        let year = self.year;
        let near = |d: Day| (year == d.year()) || (year == d.plus(7).year()) || (year == d.plus(-7).year());
        if self.off.is_empty() {
            return Err(YearTableProblem::Empty);
        }
        for day in self.off.iter().chain(&self.work) {
            if !near(*day) {
                return Err(YearTableProblem::OutsideYear(*day));
            }
        }
        for day in &self.work {
            if self.off.contains(day) {
                return Err(YearTableProblem::Both(*day));
            }
            if !day.is_weekend() {
                return Err(YearTableProblem::NotWeekend(*day));
            }
        }
        Ok(())
    }
}

/// A day reached by counting working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoned {
    /// The day itself.
    pub day: Day,
    /// Years counted through without a table, ascending; from these comes W-HOLIDAY-TABLE.
    pub unknown_years: Vec<i32>,
}

/// The tables known. A year given later replaces the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, YearTable>,
}

#[derive(Deserialize)]
struct Tables {
    year: Vec<YearTable>,
}

impl Calendar {
    /// The tables of 2024 to 2026 that the program carries.
    pub fn embedded() -> Calendar {
        static EMBEDDED: OnceLock<Calendar> = OnceLock::new();
        EMBEDDED
            .get_or_init(|| Calendar::read(include_str!("data/holidays.toml")).unwrap_or_default())
            .clone()
    }

    /// Reads tables from TOML, each a `[[year]]` with `year`, `off` and `work`.
    ///
    /// # Errors
    /// What the TOML reader says of it.
    pub fn read(toml: &str) -> Result<Calendar, toml::de::Error> {
        let tables: Tables = toml::from_str(toml)?;
        Ok(tables.year.into_iter().fold(Calendar::empty(), Calendar::with_year))
    }

    /// No tables: Monday to Friday.
    pub fn empty() -> Calendar {
        Calendar::default()
    }

    /// The same with this year's table, which replaces one for the same year.
    #[must_use]
    pub fn with_year(mut self, table: YearTable) -> Calendar {
        self.years.insert(table.year, table);
        self
    }

    /// Whether there is a table of this year.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether offices work on this day. The table of a later year speaks first where two name the day.
    pub fn is_working(&self, day: Day) -> bool {
        let near = self.years.range(day.year() - 1..=day.year() + 1).rev();
        for (_, table) in near {
            if table.work.contains(&day) {
                return true;
            }
            if table.off.contains(&day) {
                return false;
            }
        }
        !day.is_weekend()
    }

    /// The `n`th working day after `from`, which itself is not counted; `from` where `n` is 0.
    pub fn plus_working(&self, from: Day, n: u32) -> Reckoned {
        let mut day = from;
        let mut unknown = BTreeSet::new();
        let mut left = n;
        while left > 0 {
            let next = day.plus(1);
            if next == day {
                break; // the end of the calendar
            }
            day = next;
            if !self.knows(day.year()) {
                unknown.insert(day.year());
            }
            if self.is_working(day) {
                left -= 1;
            }
        }
        Reckoned { day, unknown_years: unknown.into_iter().collect() }
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
    fn the_tables_carried_are_whole() {
        let calendar = Calendar::read(include_str!("data/holidays.toml")).unwrap();
        assert_eq!(calendar, Calendar::embedded());
        for (year, off, work) in [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)] {
            let table = calendar.years.get(&year).unwrap();
            assert_eq!(table.check(), Ok(()));
            assert_eq!((table.off.len(), table.work.len()), (off, work), "{year}");
        }
        assert!(calendar.knows(2026) && !calendar.knows(2027));
    }

    #[test]
    fn holidays_and_exchanged_days() {
        let c = Calendar::embedded();
        for (text, works) in [
            ("2026-03-02", true),
            ("2026-03-07", false),
            ("2026-02-14", true),
            ("2026-02-16", false),
            ("2026-02-23", false),
            ("2026-02-24", true),
            ("2026-05-09", true),
            ("2026-04-06", false),
            ("2025-01-28", false),
            ("2025-01-26", true),
            ("2024-02-09", true),
            ("2024-06-10", false),
            ("2027-01-01", true),
        ] {
            assert_eq!(c.is_working(day(text)), works, "{text}");
        }
    }

    #[test]
    fn ten_working_days_after_a_payment() {
        let c = Calendar::embedded();
        assert_eq!(
            c.plus_working(day("2026-03-02"), 10),
            Reckoned { day: day("2026-03-16"), unknown_years: vec![] }
        );
        assert_eq!(
            c.plus_working(day("2026-02-12"), 3).day,
            day("2026-02-24"),
            "over 春节: 13, 14 (worked), 24"
        );
        assert_eq!(c.plus_working(day("2026-03-07"), 0).day, day("2026-03-07"));
        let over = c.plus_working(day("2026-12-30"), 3);
        assert_eq!(over, Reckoned { day: day("2027-01-04"), unknown_years: vec![2027] });
    }

    #[test]
    fn a_year_can_be_added_and_is_checked() {
        let table = YearTable { year: 2027, off: vec![day("2027-01-01")], work: vec![day("2026-12-27")] };
        assert_eq!(table.check(), Ok(()));
        let c = Calendar::embedded().with_year(table.clone());
        assert!(!c.is_working(day("2027-01-01")) && c.is_working(day("2026-12-27")));
        assert_eq!(c.plus_working(day("2026-12-30"), 2).unknown_years, Vec::<i32>::new());
        let json = serde_json::to_string(&table).unwrap();
        assert_eq!(serde_json::from_str::<YearTable>(&json).unwrap(), table);
        let wrong = |off: &str, work: &str| {
            YearTable { year: 2027, off: vec![day(off)], work: vec![day(work)] }.check()
        };
        assert_eq!(wrong("2026-10-01", "2027-01-03"), Err(YearTableProblem::OutsideYear(day("2026-10-01"))));
        assert_eq!(wrong("2027-01-03", "2027-01-03"), Err(YearTableProblem::Both(day("2027-01-03"))));
        assert_eq!(wrong("2027-01-01", "2027-01-05"), Err(YearTableProblem::NotWeekend(day("2027-01-05"))));
    }

    proptest! {
        #[test]
        fn the_day_reached_has_so_many_working_days_behind_it(start in 0i64..1500, n in 0u32..60) {
            let c = Calendar::embedded();
            let from = day("2023-12-01").plus(start);
            let to = c.plus_working(from, n).day;
            let counted = (1..=from.until(to)).filter(|i| c.is_working(from.plus(*i))).count();
            prop_assert_eq!(counted, n as usize);
            prop_assert!(n == 0 || c.is_working(to));
        }
    }
}
