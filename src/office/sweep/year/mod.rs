//! A year of a county (一年): its twenty-eight townships, and ten officers at work at the same moment on ten desks over one share.
//! Cases come in, are approved, paid first, paid by bank, sent back by the bank and paid again; reserves are filled, cash is
//! counted. What each desk decides is decided on its own replica, while the others write.
//!
//! | part | what it is |
//! |---|---|
//! | [`county`] | its officers, and the desks they sit at |
//! | [`seat`] | a desk with whoever signs in at it: orders given, and what came of them |
//! | [`township`], [`bureau`] | a day's work of handlers and approvers, and of the county |
//! | [`accounts`] | what has to hold at the end: money, numbers, batches, and that the month's figures are the sum of the cases |

mod accounts;
mod bureau;
mod county;
mod seat;
mod township;

use super::{Order, Report, Size};
use crate::base::day::{Day, Stamp};
use crate::store::fault::Fault;
use county::County;
use seat::Tally;
use std::path::Path;

/// How much of a year.
#[derive(Clone, Copy)]
struct Extent {
    /// How many cases come in.
    cases: u64,
    /// On how many days, spread over the year.
    days: u64,
}

/// Runs the layer.
///
/// # Errors
/// The machine's. What does not hold is in the report.
pub(super) fn run(folder: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let extent = match order.size {
        Size::Small => Extent { cases: 112, days: 14 },
        Size::Full => Extent { cases: 5_000, days: 250 },
        Size::Release => Extent { cases: 20_000, days: 250 },
    };
    let begun = std::time::Instant::now();
    let first = Day::new(2026, 1, 5).ok_or_else(|| Fault::bug("没有这一天"))?;
    let mut county = County::found(folder, Stamp::at(first, 8, 0), order.seed)?;
    let mut left = extent.cases;
    for nth in 0..extent.days {
        // From the fifth of January to the end of December.
        let today = first.plus(i64::try_from(nth * 360 / extent.days).unwrap_or(0));
        let quota = left / (extent.days - nth);
        left -= quota;
        county.day(today, quota)?;
        if nth % 10 == 9 {
            (order.told)(&format!("一年 {today} 收到 {} 件", extent.cases - left));
        }
    }
    // What is under way comes to its end before the books are closed.
    let last = first.plus(360);
    for _ in 0..4 {
        county.day(last, 0)?;
    }
    let took = begun.elapsed();
    let mut report = Report::default();
    let tally = county.tally();
    say(&mut report, &tally, extent, took);
    accounts::hold(&mut county, &tally, &mut report)?;
    Ok(report)
}

fn say(report: &mut Report, tally: &Tally, extent: Extent, took: std::time::Duration) {
    let seconds = took.as_secs_f64().max(0.001);
    report.lines.push(format!(
        "28个乡镇、{} 天、{} 台办公桌同时办理：收 {} 件，指令 {} 条，办成 {}，不予办理 {}，等过轮次 {} 次；{seconds:.0} 秒，每秒 {:.0} 条",
        extent.days,
        county::SEATS,
        extent.cases,
        tally.given.len(),
        tally.done.len(),
        tally.refused.values().map(|(times, _)| times).sum::<u64>(),
        tally.waited,
        tally.done.len() as f64 / seconds,
    ));
    let counted = |(what, times): (&&'static str, &u64)| format!("{what} {times}");
    report.lines.push(tally.work.iter().map(counted).collect::<Vec<_>>().join("，"));
    if !tally.refused.is_empty() {
        let refused =
            tally.refused.iter().map(|(code, (times, said))| format!("{code} {times} 次，如{said}"));
        report.lines.push(format!("不予办理：{}", refused.collect::<Vec<_>>().join("，")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_days_of_a_county_come_out_even() {
        let folder = tempfile::tempdir().unwrap();
        let report = run(folder.path(), Order::small(&mut |_| {})).unwrap();
        assert_eq!(report.broken, Vec::<String>::new(), "{:#?}", report.lines);
    }
}
