//! The clocks of the ordinary way (办理期限): working days of the township from acceptance, of the county from the day on
//! which a case came up to it. They stand still for correction, means check and notice. A pure function of the days.

use crate::base::calendar::Calendar;
use crate::base::day::Day;
use crate::domain::nouns::path::Pause;
use std::collections::BTreeSet;

/// Days that do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Why.
    pub why: Pause,
    /// The first day that does not count.
    pub first: Day,
    /// The last; none while it is not known.
    pub last: Option<Day>,
}

impl Span {
    fn holds(&self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    /// A pause behind the day `after`, which itself counts.
    pub fn behind(why: Pause, after: Day) -> Span {
        Span { why, first: after.plus(1), last: None }
    }
}

/// Where a clock stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// The last day; none while the clock stands still and nobody knows until when.
    pub due: Option<Day>,
    /// How many working days are left behind `today`.
    pub left: u32,
    /// Why it stands still behind `today`.
    pub still: BTreeSet<Pause>,
    /// Years without a table that were counted Monday to Friday.
    pub unknown_years: BTreeSet<i32>,
}

/// Reckons `days` working days from `from`, which itself is not counted, without the days of `spans`.
pub fn reckon(calendar: &Calendar, from: Day, days: u32, spans: &[Span], today: Day) -> Reckoning {
    let mut out = Reckoning {
        left: days,
        still: spans.iter().filter(|span| span.holds(today.plus(1))).map(|span| span.why).collect(),
        ..Reckoning::default()
    };
    let (mut day, mut to_go) = (from, days);
    while to_go > 0 {
        let next = day.plus(1);
        let stands = |span: &Span| span.last.is_none() && span.first <= next;
        if next == day || spans.iter().any(stands) {
            return out;
        }
        day = next;
        if spans.iter().any(|span| span.holds(day)) {
            continue;
        }
        if !calendar.knows(day.year()) {
            out.unknown_years.insert(day.year());
        }
        if calendar.is_working(day) {
            to_go -= 1;
            if day <= today {
                out.left = to_go;
            }
        }
    }
    out.due = Some(day);
    out
}

/// The last day of a notice put up on `from`, which is day 1: `days` natural or working days, and always a working day.
/// Years without a table come with it.
pub fn notice_end(calendar: &Calendar, from: Day, days: u32, working: bool) -> (Day, BTreeSet<i32>) {
    let mut end = from;
    let mut unknown = BTreeSet::new();
    if working {
        let more = days.saturating_sub(u32::from(calendar.is_working(from)));
        let reckoned = calendar.plus_working(from, more);
        unknown.extend(reckoned.unknown_years);
        end = reckoned.day;
    } else {
        end = end.plus(i64::from(days.max(1)) - 1);
    }
    while !calendar.is_working(end) && end.plus(1) != end {
        end = end.plus(1);
    }
    if !calendar.knows(end.year()) {
        unknown.insert(end.year());
    }
    (end, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn span(why: Pause, first: &str, last: Option<&str>) -> Span {
        Span { why, first: day(first), last: last.map(day) }
    }

    #[test]
    fn ten_working_days_and_what_does_not_count() {
        let c = Calendar::embedded();
        let table: [(&[Span], Option<&str>); 6] = [
            (&[], Some("2026-03-16")),
            // three working days of notice
            (&[span(Pause::Notice, "2026-03-04", Some("2026-03-06"))], Some("2026-03-19")),
            // a weekend of notice takes nothing
            (&[span(Pause::Notice, "2026-03-07", Some("2026-03-08"))], Some("2026-03-16")),
            // two at once count once
            (
                &[
                    span(Pause::Notice, "2026-03-04", Some("2026-03-06")),
                    span(Pause::Correction, "2026-03-05", Some("2026-03-06")),
                ],
                Some("2026-03-19"),
            ),
            (&[span(Pause::Means, "2026-03-10", None)], None),
            // what begins behind the last day moves nothing
            (&[span(Pause::Means, "2026-03-17", None)], Some("2026-03-16")),
        ];
        for (spans, due) in table {
            let told = reckon(&c, day("2026-03-02"), 10, spans, day("2026-03-05"));
            assert_eq!(told.due, due.map(day), "{spans:?}");
        }
    }

    #[test]
    fn what_is_left_stands_still_with_the_clock() {
        let c = Calendar::embedded();
        let spans = [span(Pause::Means, "2026-03-05", None)];
        for (today, left, still) in [
            ("2026-03-02", 10, false),
            ("2026-03-04", 8, true),
            ("2026-03-05", 8, true),
            ("2026-04-20", 8, true),
        ] {
            let told = reckon(&c, day("2026-03-02"), 10, &spans, day(today));
            assert_eq!((told.left, told.still.contains(&Pause::Means)), (left, still), "{today}");
        }
    }

    #[test]
    fn a_notice_ends_on_a_working_day() {
        let c = Calendar::embedded();
        for (from, days, working, end) in [
            ("2026-03-02", 3, false, "2026-03-04"),
            // Thursday: the third day is a Saturday
            ("2026-03-05", 3, false, "2026-03-09"),
            ("2026-03-05", 3, true, "2026-03-09"),
            ("2026-03-02", 7, false, "2026-03-09"),
            ("2026-03-02", 5, true, "2026-03-06"),
            ("2026-03-07", 3, true, "2026-03-11"),
            // over 清明, which lasts until the 6th of April
            ("2026-04-03", 3, false, "2026-04-07"),
        ] {
            assert_eq!(notice_end(&c, day(from), days, working).0, day(end), "{from} {days} {working}");
        }
        assert!(notice_end(&c, day("2031-03-03"), 3, false).1.contains(&2031));
    }

    proptest! {
        #[test]
        fn a_clock_has_as_many_working_days_as_it_should(
            spans in prop::collection::vec((0i64..40, 0i64..12), 0..4), days in 1u32..15,
        ) {
            let c = Calendar::embedded();
            let from = day("2026-03-02");
            let spans: Vec<Span> = spans.into_iter().map(|(first, long)| Span {
                why: Pause::Correction,
                first: from.plus(first),
                last: Some(from.plus(first + long)),
            }).collect();
            let due = reckon(&c, from, days, &spans, from).due.unwrap();
            let counts = |d: &Day| c.is_working(*d) && !spans.iter().any(|span| span.holds(*d));
            let counted = (1..=from.until(due)).map(|i| from.plus(i)).filter(counts).count();
            prop_assert_eq!(counted, days as usize);
            prop_assert!(due >= c.plus_working(from, days).day);
        }
    }
}
