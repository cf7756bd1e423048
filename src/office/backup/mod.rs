//! Backups (备份) of what this PC holds: making one, trying one (演练), and reminding of both. Everything here reads the
//! desk's own files and a second folder; the share is never touched, so it works with the drive away.

pub mod daily;
pub mod drill;
mod outdated;
pub mod reminder;
pub mod signed;
mod target;

use super::keybook::KeyBook;
use super::place::{Place, Settings};
use super::practice;
use super::reach::Holdings;
use crate::base::day::Stamp;
use crate::ledger::CountyId;
use crate::store::backup::{self, Copied, Copying, Folder, Rows, SEGMENT};
use crate::store::desk::backups::{Backups, Event, What};
use crate::store::entries::{self, Entries};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::Witness as _;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// What backups are made of, and where they go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose entries.
    pub county: CountyId,
    /// The folder of the desk's own files.
    pub desk: PathBuf,
    /// The program's data folder on this PC.
    pub data: PathBuf,
    /// The shared folder.
    pub share: PathBuf,
    /// The folder for backups in this workstation's settings, if one is set.
    pub target: Option<PathBuf>,
}

/// The folder that a backup goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen<'a> {
    /// Named by a person now: made if it is not there, and may be a new stick.
    Named(&'a Path),
    /// The one in the settings. It must be there, and hold what it held before: where the stick is not plugged in, its
    /// folder may be an empty one on this PC's own disk.
    Set,
}

impl Plan {
    /// Of this workstation's county.
    ///
    /// # Errors
    /// Settings whose county cannot be read.
    pub fn of(place: &Place, settings: &Settings) -> Result<Plan, Fault> {
        Ok(Plan {
            county: settings.county_id()?,
            desk: place.desk(),
            data: place.data.clone(),
            share: settings.share.clone(),
            target: settings.backup.clone(),
        })
    }

    /// Of the practice office (练习) that was built here.
    ///
    /// # Errors
    /// None was built yet.
    pub fn of_practice(place: &Place) -> Result<Plan, Fault> {
        let desk = practice::desk_folder(place);
        let file = desk.join("entries.db");
        if !file.exists() {
            return Err(Fault::new(FaultKind::Config, "还没有练习", "请先运行 jiuji practice"));
        }
        Ok(Plan {
            county: entries::county_of(&file)?,
            desk,
            data: place.data.clone(),
            share: practice::share_folder(place),
            target: None,
        })
    }

    /// The line that reminds of backups that are overdue; none where all is well or nothing can be read.
    pub fn reminder(&self, administrator: bool, now: Stamp) -> Option<String> {
        let known = Backups::open(&self.desk).and_then(|memory| memory.remembered()).ok()?;
        reminder::line(&known, self.target.is_some(), administrator, now)
    }

    /// The folder meant.
    ///
    /// # Errors
    /// None is set.
    pub fn folder(&self, chosen: Chosen<'_>) -> Result<PathBuf, Fault> {
        match (chosen, self.target.as_deref()) {
            (Chosen::Named(path), _) | (Chosen::Set, Some(path)) => Ok(target::absolute(path)),
            (Chosen::Set, None) => Err(Fault::new(
                FaultKind::Config,
                "本机还没有设定备份文件夹",
                "请写明文件夹：jiuji backup 文件夹；加 --daily 则以后每天自动备份到那里",
            )),
        }
    }

    fn entries(&self) -> Result<Entries, Fault> {
        let file = self.desk.join("entries.db");
        let entries = if file.exists() { Some(Entries::open(&file, self.county)?) } else { None };
        match entries {
            Some(entries) if entries.head()?.n > 0 => Ok(entries),
            _ => Err(Fault::new(
                FaultKind::Config,
                "本机还没有保存任何记录",
                "请先打开 jiuji 联机一次，再备份",
            )),
        }
    }

    fn workshop(&self) -> PathBuf {
        self.desk.join("workshop")
    }
}

/// Brings a backup up to the last entry that this PC holds, and remembers what came of it. `told` hears up to which
/// entry. One at a time on this PC, whoever makes it.
///
/// # Errors
/// A folder that must not hold a backup, cannot be written, or holds another county's, entries that this PC has not or
/// other ones: nothing is written then. Another backup is being made.
pub fn make(
    plan: &Plan,
    chosen: Chosen<'_>,
    now: Stamp,
    told: &mut dyn FnMut(u64),
) -> Result<(PathBuf, Copied), Fault> {
    let folder = plan.folder(chosen)?;
    let entries = plan.entries()?;
    let _one = one_at_a_time(&plan.desk)?;
    let made = copy(plan, &entries, &folder, chosen, now, told);
    let event = |n, words: &str| Event {
        folder: folder.display().to_string(),
        at_ms: now.0,
        n,
        good: words.is_empty(),
        words: words.to_owned(),
    };
    let mut memory = Backups::open(&plan.desk)?;
    match made {
        Ok(copied) => {
            memory.keep(What::Copy, &event(copied.head.n, ""))?;
            Ok((folder, copied))
        }
        Err(fault) => {
            // The fault itself matters more than a memory of it that cannot be kept.
            let _ = memory.keep(What::Trouble, &event(0, &fault.what));
            Err(fault)
        }
    }
}

fn copy(
    plan: &Plan,
    entries: &Entries,
    folder: &Path,
    chosen: Chosen<'_>,
    now: Stamp,
    told: &mut dyn FnMut(u64),
) -> Result<Copied, Fault> {
    target::may_hold(plan, folder)?;
    match chosen {
        Chosen::Named(_) => target::prepare(folder)?,
        Chosen::Set => {
            target::must_be_there(folder)?;
            let before = Backups::open(&plan.desk)?.of_folder(What::Copy, &folder.display().to_string())?;
            if before.is_some() && !backup::holds_backup(folder) {
                return Err(Fault::new(
                    FaultKind::DriveAway,
                    format!("备份文件夹 {} 里没有以前的备份，可能没插备份盘或换了盘", folder.display()),
                    "没有写入任何内容；请插好原来的盘，换了新盘请运行一次 jiuji backup 文件夹",
                ));
            }
        }
    }
    let desk = Backups::open(&plan.desk)?.desk()?;
    let county = plan.county;
    let mut holdings = Holdings::new(plan.desk.clone(), county);
    let mut told = |n: u64| told(n);
    backup::copy(
        &mut Folder::at(folder),
        entries,
        Copying {
            county,
            desk,
            now,
            workshop: &plan.workshop(),
            segment: SEGMENT,
            sound: &mut |row, before| holdings.sound(row, before, county),
            told: &mut told,
        },
    )
}

/// Held while a backup is made; whoever finds it held does not wait.
fn one_at_a_time(desk: &Path) -> Result<File, Fault> {
    let io = |error| Fault::of_io("准备备份", error);
    let file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(desk.join("backup.lock"))
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::new(
            FaultKind::Busy,
            "本机正在做另一次备份",
            "请等它做完；若备份盘没有应答，拔掉重插后再运行 jiuji backup",
        )),
        Err(TryLockError::Error(error)) => Err(io(error)),
    }
}

/// How many files of a backup folder still hold what was destroyed since they were written (到期销毁).
///
/// # Errors
/// The folder or this PC's entries cannot be read.
pub fn outdated(plan: &Plan, folder: &Path) -> Result<usize, Fault> {
    outdated::outdated(&plan.entries()?, &backup::names(folder)?)
}

/// The entries of a backup folder, for whoever rebuilds a log or verifies one: those after n, in order, each to be
/// verified by the caller. Copies of its files lie in `workshop` on this PC while they are read.
///
/// # Errors
/// A folder that cannot be read, holds no backup, or those of several counties.
pub fn rows(folder: &Path, workshop: &Path) -> Result<Rows, Fault> {
    Rows::open(Box::new(Folder::at(folder)), workshop)
}

/// The key book as of an entry that this PC holds.
fn key_book(entries: &Entries, up_to: u64) -> Result<KeyBook, Fault> {
    let mut book = KeyBook::default();
    loop {
        let rows = entries.after(book.n(), 1_000)?;
        let mut moved = false;
        for row in rows.iter().filter(|row| row.n <= up_to) {
            book.take_row(row)?;
            moved = true;
        }
        if !moved {
            return Ok(book);
        }
    }
}

#[cfg(test)]
mod tests;
