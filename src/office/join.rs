//! Joining (加入): this PC becomes a desk of a county that is there already. What makes it that county and no other is the root
//! fingerprint on paper: until it is compared, nothing on the share is believed and nothing is written anywhere.

use super::order::command_of;
use super::place::{self, Place, Settings};
use super::setup;
use crate::base::fold;
use crate::domain::command::Command;
use crate::ledger::chain::{self, NoKeys};
use crate::ledger::{CountyId, Hash, Head};
use crate::store::entries::{self, Entries};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::trial::state;
use std::path::Path;

/// Groups of a fingerprint on paper.
const GROUPS: usize = 8;
/// Characters of a group.
const GROUP: usize = 8;

/// A county as the first entry of its log shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose log.
    pub county: CountyId,
    /// The hash of the first entry.
    first: Hash,
    /// The fingerprint that the first entry has.
    print: String,
}

/// Reads the first entry of the log in a folder, and what fingerprint it has. Writes nothing.
///
/// # Errors
/// There is no log, or it cannot be read, is not ours, newer, damaged, or a practice office's.
pub fn show(share: &Path) -> Result<Shown, Fault> {
    let (county, row) = state::first_row(share)?;
    let unfinished = || {
        let next = "建库可能中断了；请建库的人换一个空文件夹重新建库";
        Fault::new(FaultKind::Damaged, "这个文件夹里的日志还没有第一条记录", next)
    };
    let row = row.ok_or_else(unfinished)?;
    let body = chain::check(&row, &Head::genesis(county), county, &NoKeys)
        .map_err(|broken| super::desk::not_an_entry(&row, &broken))?;
    let damaged = || Fault::damaged("第 1 条记录不是建库的记录");
    let Command::Found(found) = command_of(&body.command)? else { return Err(damaged()) };
    // The entry is signed with the one, the fingerprint is of the other.
    if found.founder_key != found.key.sign {
        return Err(damaged());
    }
    if found.practice {
        let next = "试用请运行 jiuji practice --share 文件夹";
        return Err(Fault::new(FaultKind::User, "这是练习的文件夹，不是本县的", next));
    }
    let print = setup::root_fingerprint(county, &found.founder, &found.key);
    Ok(Shown { county, first: row.hash, print })
}

impl Shown {
    /// Holds what was typed from paper against the fingerprint.
    ///
    /// # Errors
    /// What was typed is no fingerprint, or another one; with the groups that differ.
    pub fn compare(&self, typed: &str) -> Result<(), Fault> {
        let typed = typed_groups(typed)?;
        let shown: Vec<&str> = self.print.split(' ').collect();
        let differ: Vec<String> = (0..GROUPS)
            .filter(|at| typed.get(*at).map(String::as_str) != shown.get(*at).copied())
            .map(|at| (at + 1).to_string())
            .collect();
        if differ.is_empty() {
            return Ok(());
        }
        let next = if differ.len() <= 2 {
            "没有写入任何内容；多半是抄错或打错了，请对着纸重新打这几组"
        } else {
            "没有写入任何内容；这多半不是你们县的文件夹，请核对路径，不要用它，并报告县局管理员"
        };
        let what = format!("根指纹不符：8 组里第 {} 组不同", differ.join("、"));
        Err(Fault::new(FaultKind::User, what, next))
    }
}

/// The eight groups of a fingerprint as typed: blanks, dashes and case do not matter, nor whether a figure was taken for
/// the letter that looks like it.
fn typed_groups(typed: &str) -> Result<Vec<String>, Fault> {
    let wrong = |what: String| {
        let next = "请对着纸重新打：8 组，每组 8 个，只有数字 0 到 9 和字母 a 到 f";
        Fault::new(FaultKind::User, what, next)
    };
    let mut plain = String::new();
    for c in fold::digits(typed).chars().filter(|c| !is_between(*c)) {
        // Letters of full width stand at a fixed distance from those of ASCII.
        let half = match u32::from(c) {
            wide @ 0xFF21..=0xFF5A => char::from_u32(wide - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        match half.to_ascii_lowercase() {
            hex @ ('0'..='9' | 'a'..='f') => plain.push(hex),
            'o' => plain.push('0'),
            'l' | 'i' => plain.push('1'),
            _ => return Err(wrong(format!("根指纹里不会有「{c}」"))),
        }
    }
    if plain.len() != GROUPS * GROUP {
        let (whole, rest) = (plain.len() / GROUP, plain.len() % GROUP);
        let odd = if rest == 0 { String::new() } else { format!("又 {rest} 个") };
        return Err(wrong(format!("根指纹应有 64 个字符，打了 {} 个（{whole} 组{odd}）", plain.len())));
    }
    Ok((0..GROUPS).filter_map(|at| plain.get(at * GROUP..(at + 1) * GROUP)).map(str::to_owned).collect())
}

/// What people put between groups.
fn is_between(c: char) -> bool {
    // The last two are the long dash and the wide one of a Chinese keyboard.
    c.is_whitespace() || "-_,.，。、".contains(c) || [0x2014, 0xff0d].contains(&u32::from(c))
}

/// Whether this PC may join the county in this folder.
///
/// # Errors
/// It belongs to a county already, this one or another.
pub fn may_join(place: &Place, share: &Path, county: CountyId) -> Result<(), Fault> {
    let no = |what: &str, next: String| Err(Fault::new(FaultKind::User, what, next));
    if let Some(settings) = place.settings()? {
        if settings.county_id()? != county {
            let next = "没有写入任何内容；要加入这个县，请用 JIUJI_DATA 指定另一个数据文件夹";
            return no("本机已经属于另一个县", next.into());
        }
        if settings.share == share {
            return no("本机已经加入本县，不用再加入", "请直接运行 jiuji 登录".into());
        }
        let next = format!("文件夹若确实搬到了这里，请把 {} 里的 share 改成这个路径", place.config.display());
        return no("本机已经加入本县，但设置的是另一个文件夹", next);
    }
    // The settings may have been lost: what this PC holds of this county is then its memory, and stays.
    let held = place.desk().join("entries.db");
    if held.exists() && entries::county_of(&held)? != county {
        let next = "没有写入任何内容；请用 JIUJI_DATA 指定另一个数据文件夹";
        return no("本机保存着另一个县的记录", next.into());
    }
    Ok(())
}

/// Makes this PC a desk of the county: verifies and takes over the whole log, then writes the settings. `told` hears up
/// to which entry it is done. Gives the place of the last entry.
///
/// # Errors
/// The log does not hold, is older than what this PC knows, or changed since its first entry was compared; a file of this
/// PC. A desk that was new is removed again then.
pub fn join(
    place: &Place,
    share: &Path,
    shown: &Shown,
    name: &str,
    told: &mut dyn FnMut(u64),
) -> Result<u64, Fault> {
    let folder = place.desk();
    let new = !folder.exists();
    let n = take_over(&folder, share, shown, told);
    if n.is_err() && new {
        // Whatever was taken over was not finished; the next try begins anew.
        let _ = std::fs::remove_dir_all(&folder);
    }
    let n = n?;
    place.keep(&Settings {
        share: share.to_owned(),
        county: shown.county.to_string(),
        desk: name.to_owned(),
        theme: place.theme(),
        lock_minutes: None,
        backup: None,
    })?;
    Ok(n)
}

fn take_over(folder: &Path, share: &Path, shown: &Shown, told: &mut dyn FnMut(u64)) -> Result<u64, Fault> {
    let mut opened = place::open_desk(folder, share, shown.county)?;
    if let Some(second) = opened.read_only {
        return Err(Fault::new(FaultKind::SecondWindow, second, "请先关闭它，再重新加入"));
    }
    let pulled = opened.desk.pull_told(told)?;
    drop(opened);
    let first = Entries::open(&folder.join("entries.db"), shown.county)?.after(0, 1)?;
    if first.first().map(|row| row.hash) != Some(shown.first) {
        return Err(Fault::damaged("核对根指纹以后，共享日志又变了"));
    }
    Ok(pulled.n)
}

#[cfg(test)]
mod tests;
