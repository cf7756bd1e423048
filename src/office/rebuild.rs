//! Rebuilding the log (重建) from any desk: finds out whether that is needed, brings together what this PC holds and what can
//! still be read on the share, retires the old file and publishes a new one. Every entry is judged on the way in; nothing is
//! taken on trust, and nothing that somebody was told is dropped: a branch that is not taken is set aside and comes back in
//! rescued entries.
//!
//! It must never write to a share that is sound, or to another county's.

use super::desk::Desk;
use super::desk::heads::Seen;
use super::session::Session;
use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::domain::office::Role;
use crate::ledger::{Body, CountyId, Head, Row};
use crate::store::fault::{Fault, FaultKind};
use crate::store::files;
use crate::store::log::Rebuilding;
use crate::store::share::{self, Plan, Share, Sound};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How many rows are compared at once.
const PAGE: usize = 1_000;
/// How long somebody who is writing is waited for, longer than a dead turn stands.
const PATIENCE: Duration = Duration::from_secs(120);

/// Which branch goes on where the share and this PC say different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What this PC holds.
    Own,
    /// What stands on the share.
    Share,
}

/// What is asked.
pub struct Asked<'a> {
    /// The shared folder.
    pub share: &'a Path,
    /// Who has it rebuilt.
    pub session: Arc<Session>,
    /// What this desk is called.
    pub name: &'a str,
    /// Go on although other PCs have seen more: what only they hold comes back when they are next opened.
    pub without_others: bool,
    /// Which branch, where there are two.
    pub keep: Option<Keep>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rebuilt {
    /// The share says what this PC holds: nothing was written.
    Sound {
        /// How many entries were compared.
        entries: u64,
    },
    /// A new file is published.
    Published {
        /// Its number.
        file: u32,
        /// The first entry in it.
        first: u64,
        /// The last entry of the log.
        head: Head,
        /// How many entries only the share had held.
        taken: u64,
        /// How many lost ones came back in rescued entries.
        back: usize,
    },
}

/// Rebuilds the log of a county. `told` hears how far it is.
///
/// # Errors
/// Another county's share; somebody who writes and does not end; two branches and no word which; other PCs that have seen
/// more; a drive that cannot be written. Nothing is published then.
pub fn rebuild(
    desk: &mut Desk,
    mut share: Share,
    asked: &Asked<'_>,
    told: &mut dyn FnMut(&str),
) -> Result<Rebuilt, Fault> {
    let county = desk.county();
    is_ours(asked.share, county)?;
    told("正在读取共享盘上还能读到的记录");
    // Whatever verifies behind our head is taken in; what does not is why we are here.
    let pulled = desk.pull();
    if let Err(fault) = &pulled
        && matches!(fault.kind, FaultKind::Newer | FaultKind::ReadOnly | FaultKind::Full)
    {
        return Err(Fault::new(fault.kind, fault.what.clone(), fault.next.clone()));
    }
    told("正在逐条核对");
    if pulled.is_ok()
        && let Some(entries) = same_as_own(desk, &mut share)
        && share.is_whole()?
    {
        return Ok(Rebuilt::Sound { entries });
    }
    let before = desk.entries().head()?;
    let others = more_elsewhere(desk, &before)?;
    if !others.is_empty() && !asked.without_others {
        return Err(ask_others(&before, &others));
    }
    told("正在停用旧的日志文件");
    let (retired, found) = share.retire(PATIENCE)?.unwrap_or_default();
    let taken = merge(desk, found, asked)?;
    let head = desk.entries().head()?;
    if head.n == 0 {
        return Err(Fault::new(FaultKind::User, "本机没有任何记录，不能重建", "请在有记录的电脑上重建"));
    }
    let behind = sound_files(desk, &mut share)?;
    told("正在制作新的日志文件");
    let session = asked.session.clone();
    let minute = minute_of(desk.now());
    let file = {
        let entries = desk.entries();
        share.publish(Plan {
            behind,
            head,
            retired,
            above: written_in(&entries.after(head.n.saturating_sub(1), 1)?).max(minute),
            officer: session.officer.0.clone(),
            key: session.signing.id(),
            sign: &|words| session.signing.sign_text(Rebuilding::PURPOSE, county, words),
            rows: &mut |after, limit| entries.after(after, limit),
        })?
    };
    told("正在取回共享日志并带回丢失的记录");
    desk.read_again()?;
    desk.pull()?;
    desk.sign_in(asked.session.clone())?;
    let back = desk.bring_back()?;
    desk.show_head(asked.name)?;
    Ok(Rebuilt::Published { file, first: behind.map_or(1, |sound| sound.head.n + 1), head, taken, back })
}

/// The file in which the last of these rows was written.
fn written_in(rows: &[Row]) -> u32 {
    rows.last().and_then(|row| Body::from_text(&row.body).ok()).map_or(0, |body| body.turn.file)
}

/// The minutes since 2020: a number for a rebuilt file above those of all files that went before, also of those that only
/// other PCs have seen. By it they know that the file came after what they hold.
fn minute_of(now: Stamp) -> u32 {
    const EPOCH_MINUTES: i64 = 26_297_280;
    u32::try_from((now.0 / 60_000).saturating_sub(EPOCH_MINUTES)).unwrap_or(0)
}

/// A share of another county is not ours to rebuild. One that cannot be read at all may be.
fn is_ours(folder: &Path, county: CountyId) -> Result<(), Fault> {
    if !files::is_folder(folder) {
        return Err(Fault::new(
            FaultKind::DriveAway,
            format!("找不到共享文件夹 {}", folder.display()),
            "请先连接网络盘；若文件夹被删，请先建一个同名的空文件夹",
        ));
    }
    match share::county_of(folder) {
        Ok(other) if other != county => Err(Fault::new(
            FaultKind::NotOurs,
            "共享文件夹里是另一个县的日志，不能在上面重建",
            "没有写入任何内容；请检查设置里的路径",
        )),
        _ => Ok(()),
    }
}

/// How many entries the share holds, if it holds exactly ours.
fn same_as_own(desk: &mut Desk, share: &mut Share) -> Option<u64> {
    use crate::store::log::Log as _;
    let own = desk.entries().head().ok()?;
    let mut n = 0;
    loop {
        let there = share.after(n, PAGE).ok()?;
        let here = desk.entries().after(n, PAGE).ok()?;
        if there != here {
            return None;
        }
        match there.last() {
            Some(last) => n = last.n,
            None => return (n == own.n).then_some(n),
        }
    }
}

/// Desks that have seen entries which this one does not hold.
fn more_elsewhere(desk: &mut Desk, own: &Head) -> Result<Vec<Seen>, Fault> {
    // A board that cannot be read says nothing; it is part of what is rebuilt.
    let heads = desk.heads().unwrap_or_default();
    let mut more = Vec::new();
    for seen in heads {
        let here = desk.entries().head_at(seen.head.n)?;
        if seen.head.n > own.n || here.is_some_and(|here| here.hash != seen.head.hash) {
            more.push(seen);
        }
    }
    Ok(more)
}

fn ask_others(own: &Head, others: &[Seen]) -> Fault {
    let named: Vec<String> = others
        .iter()
        .map(|seen| format!("{}（{} 见到第 {} 条）", seen.called(), seen.at.text(), seen.head.n))
        .collect();
    Fault::new(
        FaultKind::User,
        format!("本机只有到第 {} 条，别的电脑见过更多：{}", own.n, named.join("、")),
        "请到记录最多的那台电脑上重建；它来不了时加 --without-others，它下次打开会把独有的记录带回来",
    )
}

/// Takes in what the retired file still held, or settles which of two branches goes on. Answers how many entries came from it.
fn merge(desk: &mut Desk, found: Vec<Row>, asked: &Asked<'_>) -> Result<u64, Fault> {
    let Some(first) = found.first().map(|row| row.n) else { return Ok(0) };
    let own = desk.entries().head()?;
    let mut same = None;
    for row in &found {
        match desk.entries().head_at(row.n)? {
            Some(head) if head.hash == row.hash => same = Some(row.n),
            _ => break,
        }
    }
    let common = same.unwrap_or(first.saturating_sub(1)).min(own.n);
    let mut more: Vec<Row> = found.into_iter().filter(|row| row.n > common).collect();
    if common == own.n {
        return Ok(take_sound(desk, &more));
    }
    // Rows that follow where this PC says something else: a branch if they are entries, else damage.
    more.truncate(desk.branch_behind(common, &more)?);
    match settle(desk, more.len(), own.n.saturating_sub(common), common, asked)? {
        Keep::Own => desk.entries().set_aside(&more)?,
        Keep::Share => {
            desk.entries().leave(common)?;
            desk.read_again()?;
            return Ok(take_sound(desk, &more));
        }
    }
    desk.read_again()?;
    Ok(0)
}

/// Takes in rows as far as they are entries.
fn take_sound(desk: &mut Desk, rows: &[Row]) -> u64 {
    let mut taken = 0;
    for row in rows {
        if desk.take_in(std::slice::from_ref(row)).is_err() {
            break;
        }
        taken += 1;
    }
    taken
}

fn settle(desk: &Desk, theirs: usize, ours: u64, common: u64, asked: &Asked<'_>) -> Result<Keep, Fault> {
    if theirs == 0 {
        return Ok(Keep::Own);
    }
    let officer: &OfficerNo = &asked.session.officer;
    let administrator =
        desk.keys().officer(officer).is_some_and(|known| known.roles.contains(&Role::Administrator));
    let both = format!("第 {common} 条之后有两种：本机 {ours} 条，共享盘 {theirs} 条，都有有效签名");
    match asked.keep {
        Some(keep) if administrator => Ok(keep),
        Some(_) => Err(Fault::new(FaultKind::User, both, "取哪一种须由管理员登录决定；没有写入任何内容")),
        None => Err(Fault::new(
            FaultKind::User,
            both,
            "请管理员加 --keep own（本机）或 --keep share（共享盘）再做，另一种会逐条找回，不会丢",
        )),
    }
}

/// The closed files, from the first on, that say exactly what this PC holds: they can stay.
fn sound_files(desk: &mut Desk, share: &mut Share) -> Result<Option<Sound>, Fault> {
    let closed = share.closed_files().unwrap_or_default();
    let mut sound: Option<Sound> = None;
    loop {
        let next = sound.map_or(1, |sound| sound.head.n.saturating_add(1));
        let mut found = None;
        for file in closed.iter().rev() {
            if share.first_of(*file).is_ok_and(|first| first == next)
                && let Some(head) = whole(desk, share, *file, next)
            {
                found = Some(Sound { file: *file, head });
                break;
            }
        }
        match found {
            Some(more) => sound = Some(more),
            None => return Ok(sound),
        }
    }
}

/// The last entry of a file, if all of it is what this PC holds.
fn whole(desk: &mut Desk, share: &mut Share, file: u32, first: u64) -> Option<Head> {
    let mut head = None;
    let mut n = first.saturating_sub(1);
    loop {
        let rows = share.rows_of(file, n, PAGE).ok()?;
        let Some(last) = rows.last() else { return head };
        let here = desk.entries().after(n, rows.len()).ok()?;
        if here != rows {
            return None;
        }
        (n, head) = (last.n, Some(Head::of(last)));
    }
}

#[cfg(test)]
mod tests;
