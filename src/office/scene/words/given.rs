//! Day, time, who acts, whose drive is away and whose clock is off.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, need, stamp};
use super::{Word, acting};
use crate::base::stamp::Stamp;

const fn telling(name: &'static str, zh: &'static str, run: super::Carry) -> Word {
    Word { acts: false, ..acting(name, zh, &[], run) }
}

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "2026-03-02 [09:10]",
        says: "日期和时间，不写时间为 09:00；时间只能往前走，at= 写了当天更晚的时间，时间随之走到",
        ..telling("today", "日期", today)
    },
    Word { form: "09:30", says: "当天走到这个时间", ..telling("at", "时间", at) },
    Word { form: "w1", says: "由谁办理，管到下一个 as", ..telling("as", "办理人", by) },
    Word {
        form: "w1 +11m",
        says: "这台电脑的时钟快（+）或慢（-）多少分钟",
        ..telling("clock", "时钟", clock)
    },
    Word {
        form: "w1",
        says: "共享盘断开：他此后签的先留在本机，到 back 时按先后裁定，结果用 outcome 看",
        ..telling("away", "断开", away)
    },
    Word { form: "w1", says: "共享盘恢复", ..telling("back", "恢复", back) },
];

fn today(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let on = day(need(line, 0, "日期，如 2026-03-02")?)?;
    let now = match line.name(1) {
        Some(clock) => stamp(clock, on)?,
        None => Stamp::at(on, 9, 0),
    };
    r.set_now(now)
}

fn at(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    r.stage()?;
    let now = stamp(need(line, 0, "时间，如 09:30")?, r.today())?;
    r.set_now(now)
}

fn by(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号，如 w1")?)?;
    r.set_me(officer);
    Ok(())
}

fn clock(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号，如 w1")?)?;
    let text = need(line, 1, "分钟，如 +11m")?;
    let minutes: i64 = text
        .trim_end_matches('m')
        .trim_start_matches('+')
        .parse()
        .map_err(|_| Stop::wrong(format!("「{text}」请写成 +11m 或 -11m")))?;
    r.stage()?.set_desk_off(&officer, minutes);
    Ok(())
}

fn away(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号，如 w1")?)?;
    r.go_away(officer);
    Ok(())
}

fn back(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号，如 w1")?)?;
    r.come_back(&officer)
}
