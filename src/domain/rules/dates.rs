//! Dates (日期): what cannot be, working days, moments told by a desk whose clock may be off.

use crate::base::day::{Day, Stamp};
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};

/// A day that cannot lie in the future.
pub(super) fn not_later(out: &mut Collect, field: &'static str, day: Day, today: Day, what: &str) {
    if day > today {
        out.say(
            Code::DateOrder,
            field,
            format!("{what}{}晚于今天{}，请改正日期。", day.short_zh(), today.short_zh()),
        );
    }
}

/// A day that cannot lie before another.
pub(super) fn not_before(
    out: &mut Collect,
    field: &'static str,
    day: Day,
    first: Day,
    what: &str,
    than: &str,
) {
    if day < first {
        out.say(
            Code::DateOrder,
            field,
            format!("{what}{}早于{than}{}，请改正日期。", day.short_zh(), first.short_zh()),
        );
    }
}

/// A moment told by the author. Later than both clocks it cannot be; later than the share's alone, the desk's clock is
/// off: then the share's time stands and the note says so.
pub(super) fn moment(cx: &Ctx<'_>, out: &mut Collect, field: &'static str, at: Stamp, what: &str) -> Stamp {
    if at <= cx.now {
        return at;
    }
    if at > cx.desk_now {
        out.say(Code::DateOrder, field, format!("{what}{}还没有到，请改正时间。", at.text()));
    } else {
        out.say(Code::Clock, field, format!("{what}{}晚于共享盘时间，已按共享盘时间登记。", at.text()));
    }
    cx.now
}

/// The n-th working day after `from`. A year without a table is reckoned Monday to Friday and noted, never a stop.
pub(super) fn plus_working(cx: &Ctx<'_>, out: &mut Collect, from: Day, n: u32) -> Day {
    let reckoned = cx.answers.calendar().plus_working(from, n);
    for year in &reckoned.unknown_years {
        out.say(
            Code::HolidayTable,
            "",
            format!("没有{year}年节假日表，期限按周一至周五算到{}，请管理员补充。", reckoned.day.short_zh()),
        );
    }
    reckoned.day
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;

    #[test]
    fn a_moment_is_past_both_clocks_or_corrected() {
        let desk = Desk::new();
        for (minutes, desk_off, code) in [
            (0, 0, None),
            (1, 0, Some(Code::DateOrder)),
            (5, 5, Some(Code::Clock)),
            (6, 5, Some(Code::DateOrder)),
        ] {
            let mut ask = desk.ask("1001");
            ask.desk_off = desk_off;
            let told = ask.with(|cx| {
                let mut out = Collect::default();
                moment(cx, &mut out, "at", cx.now.plus_minutes(minutes), "时间");
                out.verdicts.first().map(|verdict| verdict.code)
            });
            assert_eq!(told, code, "{minutes} {desk_off}");
        }
    }

    #[test]
    fn ten_working_days_from_a_monday_end_on_a_monday() {
        let desk = Desk::new();
        desk.ask("1001").with(|cx| {
            let mut out = Collect::default();
            let day = plus_working(cx, &mut out, Day::new(2026, 3, 2).unwrap(), 10);
            assert_eq!(day, Day::new(2026, 3, 16).unwrap());
            assert!(out.verdicts.is_empty());
            plus_working(cx, &mut out, Day::new(2031, 3, 3).unwrap(), 10);
            assert_eq!(out.verdicts.first().map(|v| v.code), Some(Code::HolidayTable));
        });
    }
}
