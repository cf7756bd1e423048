//! A moment: milliseconds since 1970 in UTC, shown in the time of China (UTC+8, no summer time).
//!
//! It must never read a clock; whoever has one hands the moment in.

use serde::{Deserialize, Serialize};

use super::day::Day;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// China keeps one time all year.
const ZONE: i64 = 8 * HOUR;

/// A moment in milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub i64);

impl Stamp {
    fn local(self) -> i64 {
        self.0.saturating_add(ZONE)
    }

    /// The day in China at this moment.
    pub fn day(self) -> Day {
        epoch().plus(self.local().div_euclid(DAY))
    }

    /// The time of day in China, `09:15`.
    pub fn clock(self) -> String {
        let minutes = self.local().rem_euclid(DAY) / MINUTE;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The moment of this day in China at hour and minute; beyond 23:59 it runs into the next day.
    pub fn at(day: Day, h: u32, m: u32) -> Stamp {
        Stamp(epoch().until(day) * DAY + i64::from(h) * HOUR + i64::from(m) * MINUTE - ZONE)
    }

    /// So many minutes later, earlier where negative.
    pub fn plus_minutes(self, minutes: i64) -> Stamp {
        Stamp(self.0.saturating_add(minutes.saturating_mul(MINUTE)))
    }

    /// So many hours later, earlier where negative.
    pub fn plus_hours(self, hours: i64) -> Stamp {
        Stamp(self.0.saturating_add(hours.saturating_mul(HOUR)))
    }

    /// Whole minutes from here to `later`, negative where `later` is earlier; a begun minute does not count.
    pub fn minutes_until(self, later: Stamp) -> i64 {
        later.0.saturating_sub(self.0) / MINUTE
    }

    /// `2026-03-02 09:15`, in the time of China.
    pub fn text(self) -> String {
        format!("{} {}", self.day(), self.clock())
    }
}

fn epoch() -> Day {
    Day::EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_shown_in_the_time_of_china() {
        assert_eq!(Stamp(0).text(), "1970-01-01 08:00");
        assert_eq!(Stamp(-1).text(), "1970-01-01 07:59");
        let s = Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 15);
        assert_eq!(s.text(), "2026-03-02 09:15");
        assert_eq!(s.0, 1_772_414_100_000);
        assert_eq!(s.plus_hours(15).text(), "2026-03-03 00:15");
        assert_eq!(s.minutes_until(s.plus_minutes(-31)), -31);
        assert_eq!(serde_json::to_string(&s).unwrap(), "1772414100000");
        assert_eq!(Stamp(i64::MAX).day().to_string(), "9999-12-31");
    }

    proptest! {
        #[test]
        fn day_and_clock_give_the_moment_back(ms in -2_000_000_000_000i64..5_000_000_000_000) {
            let s = Stamp(ms.div_euclid(MINUTE) * MINUTE);
            let clock = s.clock();
            let (h, m) = clock.split_once(':').unwrap();
            prop_assert_eq!(Stamp::at(s.day(), h.parse().unwrap(), m.parse().unwrap()), s);
        }
    }
}
