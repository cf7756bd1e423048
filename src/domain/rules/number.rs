//! Numbers (编号): year, township, serial, without gaps; given by the rule and kept as a fact (I9).

use crate::base::day::Day;
use crate::domain::answers::Series;
use crate::domain::decide::Ctx;

fn year(day: Day) -> i32 {
    day.year().rem_euclid(100)
}

/// The next case of a township: `26-103-0117`.
pub(super) fn case(cx: &Ctx<'_>, township: u16, day: Day) -> String {
    let next = cx.answers.last_serial(Series::Case(township, day.year())).saturating_add(1);
    format!("{:02}-{township:03}-{next:04}", year(day))
}

/// The next matter of a township: `S26-103-031`.
pub(super) fn matter(cx: &Ctx<'_>, township: u16, day: Day) -> String {
    let next = cx.answers.last_serial(Series::Matter(township, day.year())).saturating_add(1);
    format!("S{:02}-{township:03}-{next:03}", year(day))
}

/// The next lead of a township: `X26-103-009`.
pub(super) fn lead(cx: &Ctx<'_>, township: u16, day: Day) -> String {
    let next = cx.answers.last_serial(Series::Lead(township, day.year())).saturating_add(1);
    format!("X{:02}-{township:03}-{next:03}", year(day))
}

/// The next finding: `D26-003`.
pub(super) fn finding(cx: &Ctx<'_>, day: Day) -> String {
    let next = cx.answers.last_serial(Series::Finding(day.year())).saturating_add(1);
    format!("D{:02}-{next:03}", year(day))
}

/// The next batch of payments: `P26-007`.
pub(super) fn batch(cx: &Ctx<'_>, day: Day) -> String {
    let next = cx.answers.last_serial(Series::Batch(day.year())).saturating_add(1);
    format!("P{:02}-{next:03}", year(day))
}

/// The vouchers of a township's reserve that one command writes, in a row: `B03-01`, `B03-02`.
pub(super) struct Vouchers {
    month: u32,
    last: u32,
}

impl Vouchers {
    /// From the month's last one on.
    pub(super) fn new(cx: &Ctx<'_>, township: u16, day: Day) -> Vouchers {
        let month = day.month();
        Vouchers { month, last: cx.answers.last_serial(Series::Voucher(township, day.year(), month)) }
    }

    /// The next one.
    pub(super) fn next(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        format!("B{:02}-{:02}", self.month, self.last)
    }
}
