//! Words that several screens share: places, days that are left, verdicts as one sentence, what became of a deed.
//!
//! Must never decide anything: what stands here is only how a thing is said.

use crate::base::codes;
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::id_no::Sex;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::{Path, Status};
use crate::domain::refusal::Refusal;
use crate::ui::product::Reply;
use crate::ui::screen::Intent;

/// The short name of a village; empty where it is not known.
pub fn village(code: u64) -> &'static str {
    division::village(code).map_or("", |village| village.short)
}

/// The name of a township, or its code.
pub fn township(code: u16) -> String {
    division::township(code).map_or_else(|| format!("{code:03}"), |township| township.name.to_owned())
}

/// How long somebody waits: `今天`, `6天`.
pub fn waiting(days: i64) -> String {
    if days <= 0 { "今天".to_owned() } else { format!("{days}天") }
}

/// How many days are left: `今天到期`, `还剩2天`, `过期3天`.
pub fn left(due: Day, today: Day) -> String {
    match today.until(due) {
        0 => "今天到期".to_owned(),
        days if days > 0 => format!("还剩{days}天"),
        days => format!("过期{}天", -days),
    }
}

/// How much of a clock is left: `还剩2时05分`, `超时3时10分`, in days from two on.
pub fn clock(due: Stamp, now: Stamp) -> String {
    let minutes = now.minutes_until(due);
    let word = if minutes >= 0 { "还剩" } else { "超时" };
    let minutes = minutes.abs();
    if minutes >= 2 * 24 * 60 {
        format!("{word}{}天", minutes / (24 * 60))
    } else {
        format!("{word}{}时{:02}分", minutes / 60, minutes % 60)
    }
}

/// An officer by name and number.
pub fn officer(name: &str, no: &OfficerNo) -> String {
    if name.is_empty() { no.to_string() } else { format!("{name}({no})") }
}

/// Verdicts as one sentence for the message line, each with its clause.
pub fn verdicts(all: &[Refusal]) -> String {
    all.iter().map(Refusal::full).collect::<Vec<_>>().join(" ")
}

/// The status of a household in at most four hanzi, for narrow columns.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::UrbanAllowance | Status::RuralAllowance => "低保",
        Status::DestituteAtHome | Status::DestituteInHome => "特困",
        Status::NearAllowance => "边缘",
        Status::HeavySpending => "支出",
        Status::Monitored => "监测",
        Status::Orphan => "孤儿",
        Status::Honoured => "优抚",
        Status::Unlisted => "",
    }
}

/// The path in one word.
pub fn path(path: Path) -> &'static str {
    path.zh()
}

/// A relation by its code, as the family says it: 妻 rather than 配偶 where the sex is known.
pub fn relation(code: &str, sex: Option<Sex>) -> String {
    let code = sex.map_or(code, |sex| codes::relation_of(code, sex));
    codes::name_of(codes::relation(), code).unwrap_or_default().to_owned()
}

/// What became of a deed or a print, said in the message line; none for an answer about something else.
pub fn outcome(reply: &Reply) -> Option<Intent> {
    Some(match reply {
        Reply::Done { sentence, notes, .. } if notes.is_empty() => Intent::Say(sentence.clone()),
        Reply::Done { sentence, notes, .. } => {
            Intent::Say(format!("{}。{}", sentence.trim_end_matches('。'), verdicts(notes)))
        }
        Reply::Refused(refusals) => Intent::Warn(verdicts(refusals)),
        Reply::Held(sentence) => Intent::Say(sentence.clone()),
        Reply::Failed(sentence) => Intent::Warn(sentence.clone()),
        Reply::Printed(file) => Intent::Say(format!("已写成打印文件：{file}")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_clocks_say_left_and_late() {
        let today = Day::new(2026, 11, 23).unwrap();
        assert_eq!(left(today, today), "今天到期");
        assert_eq!(left(today.plus(2), today), "还剩2天");
        assert_eq!(left(today.plus(-3), today), "过期3天");
        let now = Stamp::at(today, 9, 0);
        assert_eq!(clock(now.plus_minutes(125), now), "还剩2时05分");
        assert_eq!(clock(now.plus_minutes(-61), now), "超时1时01分");
        assert_eq!(clock(now.plus_hours(72), now), "还剩3天");
    }

    #[test]
    fn a_village_is_short_and_an_unknown_one_empty() {
        assert!(village(1).is_empty());
        assert_eq!(township(102), "波罗赤镇");
        assert_eq!(township(999), "999");
    }
}
