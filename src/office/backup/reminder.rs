//! The reminder (提醒): one line, on the home screen and on the command line, where backups or drills are overdue. A
//! backup that was never read back does not count.

use crate::base::day::Stamp;
use crate::store::desk::backups::{Event, Remembered};

/// A backup older than this is overdue, in hours.
const COPY_HOURS: i64 = 48;
/// A drill older than this is overdue, in hours.
const DRILL_HOURS: i64 = 7 * 24;

/// The line, if there is anything to remind of. `set` is whether a folder is set in this workstation's settings;
/// where none is, only an administrator is told.
pub fn line(known: &Remembered, set: bool, administrator: bool, now: Stamp) -> Option<String> {
    if !set {
        let words = "没有设备份文件夹，请运行 jiuji backup 文件夹 --daily";
        return administrator.then(|| words.to_owned());
    }
    let mut parts = Vec::new();
    let copied = match &known.copy {
        None => Some("还没有做过备份".to_owned()),
        Some(copy) => overdue(copy, COPY_HOURS, now).map(|days| format!("备份已{days}天没有做成")),
    };
    let copy_late = copied.is_some();
    parts.extend(copied);
    match &known.drill {
        // Nothing is there to be tried yet.
        None if known.copy.is_none() => {}
        None => parts.push("备份还没有演练过".to_owned()),
        Some(drill) if !drill.good => parts.push("上次备份演练没有通过".to_owned()),
        Some(drill) => {
            parts.extend(overdue(drill, DRILL_HOURS, now).map(|days| format!("演练已{days}天没有做")))
        }
    }
    if parts.is_empty() {
        return None;
    }
    let verb = if copy_late { "jiuji backup" } else { "jiuji drill" };
    // Why it failed last comes last: it may be long, and a narrow window cuts it.
    let why = known.trouble.as_ref().filter(|_| copy_late);
    let why = why.map_or_else(String::new, |trouble| format!("({})", trouble.words));
    Some(format!("{}，请运行 {verb}{why}", parts.join("，")))
}

/// The whole days since, where they are too many.
fn overdue(event: &Event, hours: i64, now: Stamp) -> Option<i64> {
    let minutes = Stamp(event.at_ms).minutes_until(now);
    (minutes >= hours * 60).then_some(minutes / (24 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(hours_ago: i64, good: bool, now: Stamp) -> Option<Event> {
        Some(Event {
            folder: "/mnt/usb".into(),
            at_ms: now.plus_hours(-hours_ago).0,
            n: 5,
            good,
            words: if good { String::new() } else { "备份盘已满".into() },
        })
    }

    #[test]
    fn one_line_says_what_is_overdue_and_what_to_do() {
        let now = Stamp(1_790_000_000_000);
        let known = |copy: Option<i64>, drill: Option<(i64, bool)>, trouble: bool| Remembered {
            copy: copy.and_then(|hours| event(hours, true, now)),
            drill: drill.and_then(|(hours, good)| event(hours, good, now)),
            trouble: trouble.then(|| event(1, false, now)).flatten(),
        };
        let table = [
            (known(None, None, false), "还没有做过备份，请运行 jiuji backup"),
            (known(None, None, true), "还没有做过备份，请运行 jiuji backup(备份盘已满)"),
            (known(Some(1), None, false), "备份还没有演练过，请运行 jiuji drill"),
            (known(Some(1), Some((24, true)), false), ""),
            (known(Some(47), Some((167, true)), true), ""),
            (known(Some(48), Some((1, true)), false), "备份已2天没有做成，请运行 jiuji backup"),
            (
                known(Some(80), Some((200, true)), true),
                "备份已3天没有做成，演练已8天没有做，请运行 jiuji backup(备份盘已满)",
            ),
            (known(Some(1), Some((168, true)), false), "演练已7天没有做，请运行 jiuji drill"),
            (known(Some(1), Some((1, false)), false), "上次备份演练没有通过，请运行 jiuji drill"),
            (known(Some(-500), Some((-500, true)), false), ""),
        ];
        for (known, words) in table {
            assert_eq!(line(&known, true, false, now).unwrap_or_default(), words, "{known:?}");
        }
        assert_eq!(line(&Remembered::default(), false, false, now), None);
        assert!(line(&Remembered::default(), false, true, now).unwrap().contains("--daily"));
    }
}
