//! When things happened in practice: so many working days before today, and never later than now, on whatever day it is
//! opened.

use crate::base::calendar::Calendar;
use crate::base::day::{Day, Stamp};

/// The times of a working day, as hours and minutes.
const TIMES: [(u32, u32); 8] = [(8, 20), (8, 50), (9, 30), (10, 20), (11, 10), (14, 0), (15, 10), (16, 30)];
/// The same places in today: so many minutes ago.
const AGO: [i64; 8] = [290, 240, 190, 150, 100, 60, 30, 8];

/// Days nearer than this many working days have all their moments.
const FINE: u32 = 2;

/// Moments of practice.
pub(super) struct Days {
    now: Stamp,
    calendar: Calendar,
}

impl Days {
    /// Around `now`.
    pub(super) fn around(now: Stamp) -> Days {
        Days { now, calendar: Calendar::embedded() }
    }

    /// Today.
    pub(super) fn today(&self) -> Day {
        self.now.day()
    }

    /// The n-th working day before today; 0 is today itself, whatever day it is.
    pub(super) fn back(&self, n: u32) -> Day {
        let mut day = self.today();
        let mut left = n;
        while left > 0 {
            day = day.plus(-1);
            if self.calendar.is_working(day) {
                left -= 1;
            }
        }
        day
    }

    /// A moment of that day, from 0 to 7 in order. Days further back have a morning and an afternoon only: everything of
    /// one moment shares a turn, and each turn costs a slow disk a dozen waits.
    pub(super) fn at(&self, n: u32, slot: usize) -> Stamp {
        let last = TIMES.len() - 1;
        if n == 0 {
            return self.now.plus_minutes(-AGO.get(slot.min(last)).copied().unwrap_or(0));
        }
        let slot = match slot {
            _ if n < FINE => slot,
            0..=3 => 2,
            _ => 6,
        };
        let (hour, minute) = TIMES.get(slot.min(last)).copied().unwrap_or((9, 0));
        Stamp::at(self.back(n), hour, minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_in_order_and_never_after_now_on_any_day() {
        let days = [
            (2026, 1, 1),
            (2026, 3, 1),
            (2026, 2, 17),
            (2026, 10, 5),
            (2027, 1, 1),
            (2028, 2, 29),
            (2024, 1, 2),
        ];
        for (year, month, day) in days {
            for (hour, minute) in [(0, 0), (0, 10), (3, 0), (12, 0), (23, 59)] {
                let now = Stamp::at(Day::new(year, month, day).unwrap(), hour, minute);
                let days = Days::around(now);
                let mut before = Stamp(0);
                for n in (0..30).rev() {
                    for slot in 0..8 {
                        let at = days.at(n, slot);
                        assert!(before <= at && at <= now, "{year}-{month}-{day} {hour}:{minute} {n} {slot}");
                        before = at;
                    }
                }
            }
        }
    }
}
