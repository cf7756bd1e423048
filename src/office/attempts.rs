//! Wrong passwords (密码连错): five in a row lock an officer's number on this PC for fifteen minutes, over restarts too. Wrong
//! spoken codes (授权码连错) are counted for the PC, whoever types them. It slows down whoever tries at the counter; it is no
//! defence against somebody who copies the files (the README says so).

use super::keeper::Keeper;
use super::session::Session;
use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::ledger::wrap::WrapFault;
use crate::store::fault::{Fault, FaultKind};
use std::error::Error;

/// Wrong passwords in a row before the pause.
pub const TRIES: u32 = 5;
/// The pause (锁定), minutes.
pub const PAUSE: i64 = 15;
/// From so many left on it is said how many are left.
const WARN: u32 = 2;

/// What the desk remembers of an officer's number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Missed {
    /// Wrong ones in a row.
    count: u32,
    /// Until when it is paused; 0 where it is not.
    until: i64,
}

/// Tries a password, unless the number is paused, and counts how it went. `now` is this PC's clock, `open` the try.
///
/// # Errors
/// Paused; what `open` says, with how many tries are left.
pub fn guarded(
    keeper: &Keeper,
    officer: &OfficerNo,
    now: Stamp,
    open: impl FnOnce() -> Result<Session, Fault>,
) -> Result<Session, Fault> {
    if let Some(minutes) = paused(keeper, officer, now) {
        return Err(Fault::new(
            FaultKind::User,
            format!("操作员 {officer} 密码连错 {TRIES} 次，这台电脑上还要等 {minutes} 分钟"),
            "到时再登录；忘了密码请找管理员重设",
        ));
    }
    let opened = open();
    match &opened {
        Ok(_) => note(keeper, officer, Missed::default()),
        Err(fault) if is_wrong(fault) => return Err(missed(keeper, officer, now)),
        Err(_) => {}
    }
    opened
}

/// Under this the PC's wrong spoken codes are kept; no officer's number stands before it.
const CODES: &str = "missed-codes";

/// Whether spoken codes are taken on this PC now.
///
/// # Errors
/// Paused after wrong ones, with how long and what to do meanwhile.
pub fn codes_paused(keeper: &Keeper, now: Stamp) -> Result<(), Fault> {
    let Some(minutes) = paused_at(keeper, CODES, now) else { return Ok(()) };
    Err(Fault::new(
        FaultKind::User,
        format!("授权码连错 {TRIES} 次，这台电脑上还要等 {minutes} 分钟再收授权码"),
        "急用的在「授权方式」按3县局未验码，次一工作日内由县局追认",
    ))
}

/// Counts a wrong code. Answers what is to be said: how many are left, or that it pauses.
pub fn code_missed(keeper: &Keeper, now: Stamp) -> Option<String> {
    match one_more(keeper, CODES, now) {
        0 => Some(format!(
            "授权码连错 {TRIES} 次，这台电脑 {PAUSE} 分钟内不收授权码；急用的在「授权方式」按3县局未验码"
        )),
        left if left <= WARN => Some(format!("授权码再错 {left} 次，这台电脑 {PAUSE} 分钟内不收授权码")),
        _ => None,
    }
}

/// A right code begins the count anew.
pub fn code_right(keeper: &Keeper) {
    note_at(keeper, CODES, Missed::default());
}

/// How many minutes begun the number is still paused.
fn paused(keeper: &Keeper, officer: &OfficerNo, now: Stamp) -> Option<i64> {
    paused_at(keeper, &place(officer), now)
}

/// A clock that was put back never makes it longer than the pause.
fn paused_at(keeper: &Keeper, place: &str, now: Stamp) -> Option<i64> {
    let left = known_at(keeper, place).until.saturating_sub(now.0);
    (left > 0).then(|| ((left + 59_999) / 60_000).min(PAUSE))
}

/// One wrong one more: how many are left before the pause, 0 where it begins.
fn one_more(keeper: &Keeper, place: &str, now: Stamp) -> u32 {
    let count = known_at(keeper, place).count + 1;
    let left = TRIES.saturating_sub(count);
    let missed = if left == 0 {
        Missed { count: 0, until: now.plus_minutes(PAUSE).0 }
    } else {
        Missed { count, until: 0 }
    };
    note_at(keeper, place, missed);
    left
}

fn missed(keeper: &Keeper, officer: &OfficerNo, now: Stamp) -> Fault {
    let left = one_more(keeper, &place(officer), now);
    if left == 0 {
        return Fault::new(
            FaultKind::User,
            format!("密码不对，已连错 {TRIES} 次，锁定 {PAUSE} 分钟"),
            "到时再登录；忘了密码请找管理员重设",
        );
    }
    let more =
        if left <= WARN { format!("，再错 {left} 次锁定 {PAUSE} 分钟") } else { String::new() };
    Fault::new(FaultKind::User, format!("密码不对{more}"), "请重新输入密码；全角字母、数字会自动转为半角")
}

fn is_wrong(fault: &Fault) -> bool {
    let Some(source) = fault.source.as_deref() else { return false };
    let source: &(dyn Error + 'static) = source;
    source.downcast_ref() == Some(&WrapFault::Password)
}

fn place(officer: &OfficerNo) -> String {
    format!("missed:{officer}")
}

fn known_at(keeper: &Keeper, place: &str) -> Missed {
    let text = keeper.own().place(place).ok().flatten().unwrap_or_default();
    let mut parts = text.split(' ');
    Missed {
        count: parts.next().and_then(|count| count.parse().ok()).unwrap_or(0),
        until: parts.next().and_then(|until| until.parse().ok()).unwrap_or(0),
    }
}

fn note(keeper: &Keeper, officer: &OfficerNo, missed: Missed) {
    note_at(keeper, &place(officer), missed);
}

/// That it cannot be written is no reason to keep anybody from his work.
fn note_at(keeper: &Keeper, place: &str, missed: Missed) {
    if known_at(keeper, place) == missed {
        return;
    }
    let text = format!("{} {}", missed.count, missed.until);
    if keeper.own().set_place(place, &text).is_err() {
        tracing::warn!("wrong passwords or codes are not counted: the desk's file cannot be written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::setup;
    use crate::store::desk::Desk as Own;

    fn keeper(folder: &std::path::Path) -> Keeper {
        Keeper::new(Own::open(folder, crate::ledger::DeskId([1; 8])).unwrap())
    }

    fn wrong() -> Result<Session, Fault> {
        Err(Fault {
            source: Some(Box::new(WrapFault::Password)),
            ..Fault::new(FaultKind::User, "密码不对", "请重打")
        })
    }

    fn right() -> Result<Session, Fault> {
        let made = setup::make_key(crate::ledger::CountyId([1; 16]), None)?;
        Ok(setup::session_of(&"1203".into(), made.keys))
    }

    #[test]
    fn five_wrong_ones_pause_for_a_quarter_of_an_hour_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let (officer, other): (OfficerNo, OfficerNo) = ("1203".into(), "1204".into());
        let start = Stamp(1_000_000);
        let said: Vec<String> = {
            let keeper = keeper(folder.path());
            (0..5).map(|_| guarded(&keeper, &officer, start, wrong).unwrap_err().what).collect()
        };
        assert_eq!(
            said,
            [
                "密码不对",
                "密码不对",
                "密码不对，再错 2 次锁定 15 分钟",
                "密码不对，再错 1 次锁定 15 分钟",
                "密码不对，已连错 5 次，锁定 15 分钟"
            ]
        );
        let keeper = keeper(folder.path());
        let still = guarded(&keeper, &officer, start.plus_minutes(1), right).unwrap_err();
        assert!(still.what.contains("还要等 14 分钟"), "{}", still.what);
        assert!(guarded(&keeper, &other, start, right).is_ok(), "another officer is not locked");
        let back = guarded(&keeper, &officer, Stamp(0), right).unwrap_err();
        assert!(back.what.contains("还要等 15 分钟"), "a clock put back makes it no longer: {}", back.what);
        assert!(guarded(&keeper, &officer, start.plus_minutes(15), right).is_ok());
    }

    #[test]
    fn the_right_one_begins_the_count_anew_and_other_faults_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = keeper(folder.path());
        let officer: OfficerNo = "1203".into();
        for _ in 0..4 {
            guarded(&keeper, &officer, Stamp(9), wrong).unwrap_err();
        }
        let memory = || Err(Fault::new(FaultKind::Config, "内存不足", "请关闭其他程序"));
        assert_eq!(guarded(&keeper, &officer, Stamp(9), memory).unwrap_err().what, "内存不足");
        assert!(guarded(&keeper, &officer, Stamp(9), right).is_ok());
        assert_eq!(guarded(&keeper, &officer, Stamp(9), wrong).unwrap_err().what, "密码不对");
    }

    #[test]
    fn five_wrong_codes_pause_the_pc_whoever_types_them_and_a_right_one_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let start = Stamp(1_000_000);
        {
            let keeper = keeper(folder.path());
            for _ in 0..4 {
                code_missed(&keeper, start);
            }
            code_right(&keeper);
            let said: Vec<_> = (0..5).map(|_| code_missed(&keeper, start).unwrap_or_default()).collect();
            assert_eq!((said[0].as_str(), said[1].as_str()), ("", ""));
            assert!(said[2].contains("再错 2 次") && said[3].contains("再错 1 次"), "{said:?}");
            assert!(said[4].contains("15 分钟内不收授权码"), "{said:?}");
        }
        let keeper = keeper(folder.path());
        let fault = codes_paused(&keeper, start.plus_minutes(1)).unwrap_err();
        assert!(fault.what.contains("14 分钟") && fault.next.contains("未验码"), "{fault}");
        assert!(guarded(&keeper, &"1203".into(), start, right).is_ok(), "signing in is another count");
        assert!(codes_paused(&keeper, start.plus_minutes(15)).is_ok());
    }
}
