//! The drill (演练): a backup that has not been restored does not count. It looks at every file, restores the entries into
//! a temporary file on this PC, verifies and replays them from there, and compares entries and tables with this PC's own.

use super::{Plan, key_book};
use crate::base::day::{Day, Stamp};
use crate::domain::ids::OfficerNo;
use crate::ledger::{Head, Row};
use crate::office::desk::verify::{Verified, verify_into};
use crate::office::keybook::KeyBook;
use crate::office::random;
use crate::office::session::{self, Session};
use crate::store::backup::{Bad, Rows};
use crate::store::desk::backups::{Backups, Event, What};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Replica;
use std::path::{Path, PathBuf};

/// How many rows are restored at once.
const PAGE: usize = 500;

/// What a drill found.
#[derive(Debug)]
pub struct Drilled {
    /// The folder.
    pub folder: PathBuf,
    /// How many files hold entries, and the day of the last.
    pub files: (usize, Option<Day>),
    /// The last entry that the names promise.
    pub promised: u64,
    /// Files that are not what they must be.
    pub bad: Vec<Bad>,
    /// Ranges that no file holds.
    pub missing: Vec<(u64, u64)>,
    /// The last entry that was restored, and why not more: file and entry.
    pub restored: Head,
    /// Why the rest could not be restored.
    pub stopped: Option<String>,
    /// What verifying the restored entries found.
    pub verified: Verified,
    /// In which file the first entry stands that does not hold.
    pub broken_file: Option<String>,
    /// The last entry of this PC.
    pub own: Head,
    /// What is wrong with this PC's own entries.
    pub own_broken: Option<String>,
    /// The first entry that is not this PC's, of those compared.
    pub differs: Option<u64>,
    /// Up to which entry both were compared.
    pub compared: u64,
    /// The digests of the tables, restored and own; none where one of them could not be replayed so far.
    pub digests: Option<(String, String)>,
    /// Whether the private parts that the officer's keys open were in the tables.
    pub with_private: bool,
}

impl Drilled {
    /// Whether the backup passed.
    pub fn passed(&self) -> bool {
        self.bad.iter().all(|bad| bad.harmless)
            && self.missing.is_empty()
            && self.stopped.is_none()
            && self.verified.broken.is_none()
            && self.restored.n == self.promised
            && self.own_broken.is_none()
            && self.differs.is_none()
            && self.digests.as_ref().is_some_and(|(restored, own)| restored == own)
    }

    /// What did not pass, a sentence each without a full stop.
    pub fn failures(&self) -> Vec<String> {
        let mut out: Vec<String> = self
            .bad
            .iter()
            .filter(|bad| !bad.harmless)
            .map(|bad| format!("{}（第 {} 条起）：{}", bad.file, bad.n, bad.why))
            .collect();
        out.extend(self.missing.iter().map(|(first, last)| format!("缺第 {first} 至 {last} 条")));
        out.extend(self.stopped.iter().map(|why| format!("只能恢复到第 {} 条：{why}", self.restored.n)));
        if let Some(broken) = &self.verified.broken {
            let file = self.broken_file.as_deref().unwrap_or("备份");
            out.push(format!("{file}：第 {} 条不成立：{}", broken.n, broken.why));
        }
        out.extend(self.own_broken.clone());
        out.extend(self.differs.map(|n| format!("第 {n} 条与本机保存的不同")));
        if let Some((restored, own)) = &self.digests
            && restored != own
        {
            out.push("重放出的表与本机的不同".to_owned());
        }
        out
    }
}

/// Signs an officer in for a drill, with the keys that this PC's entries give; the drive is not needed.
///
/// # Errors
/// No entries here; an unknown officer, a wrong password.
pub fn sign_in(plan: &Plan, officer: &OfficerNo, password: &str) -> Result<(Session, KeyBook), Fault> {
    let entries = plan.entries()?;
    let book = key_book(&entries, entries.head()?.n)?;
    Ok((session::sign_in(plan.county, &book, officer, password)?, book))
}

/// Tries the backup in a folder, and remembers how it went. `told` hears how far which part is.
///
/// # Errors
/// A folder without a backup, or of another county; the folder is gone; this PC's disk or files. A backup that does not
/// pass is an answer, no error.
pub fn drill(
    plan: &Plan,
    folder: &Path,
    session: Option<&Session>,
    now: Stamp,
    told: &mut dyn FnMut(&str, u64),
) -> Result<Drilled, Fault> {
    let own = plan.entries()?;
    let workshop = Workshop::new(plan)?;
    let mut rows = super::rows(folder, &workshop.0)?;
    if rows.county() != plan.county {
        return Err(Fault::new(
            FaultKind::NotOurs,
            format!("{} 是另一个县（或另一次建库）的备份", folder.display()),
            "请写明本县的备份文件夹",
        ));
    }
    let drilled = run(plan, folder, session, (&own, &mut rows, &workshop.0), told)?;
    let words = drilled.failures().first().cloned().unwrap_or_default();
    let event = Event {
        folder: folder.display().to_string(),
        at_ms: now.0,
        n: drilled.restored.n,
        good: drilled.passed(),
        words,
    };
    Backups::open(&plan.desk)?.keep(What::Drill, &event)?;
    Ok(drilled)
}

fn run(
    plan: &Plan,
    folder: &Path,
    session: Option<&Session>,
    (own, rows, workshop): (&Entries, &mut Rows, &Path),
    told: &mut dyn FnMut(&str, u64),
) -> Result<Drilled, Fault> {
    let own_head = own.head()?;
    let bad = rows.inspect(&mut |n, limit| own.after(n, limit), &mut |n| told("检查文件", n))?;
    let (restored, stopped) = restore(plan, rows, &workshop.join("restored.db"), told)?;
    let head = restored.head()?;

    let mut tables = Replica::in_memory()?;
    let mut source = |n: u64, limit: usize| restored.after(n, limit);
    let mut heard = |n: u64| told("核验并重放备份", n);
    let verified = verify_into(plan.county, &mut source, &mut heard, &mut tables, session)?;
    let broken_file = verified.broken.as_ref().and_then(|broken| rows.file_of(broken.n));

    // Both are compared as of the same entry: what this PC has on top is simply newer than the backup.
    let compared = head.n.min(own_head.n);
    let differs = first_difference(&restored, own, compared)?;
    let mut own_broken = None;
    let mut digests = None;
    if verified.broken.is_none() {
        let of_restored = if compared == head.n {
            tables.digest()?
        } else {
            // The backup goes on beyond this PC: replayed once more, as far as this PC goes.
            tables = Replica::in_memory()?;
            replay(plan, &restored, compared, &mut tables, session, &mut |n| told("重放备份", n))?;
            tables.digest()?
        };
        drop(tables);
        let mut tables = Replica::in_memory()?;
        let mut heard = |n: u64| told("核验并重放本机", n);
        let checked = replay(plan, own, compared, &mut tables, session, &mut heard)?;
        match checked.broken {
            None => digests = Some((hex::encode(of_restored), hex::encode(tables.digest()?))),
            Some(broken) => own_broken = Some(format!("本机保存的第 {} 条不成立：{}", broken.n, broken.why)),
        }
    }
    Ok(Drilled {
        folder: folder.to_owned(),
        files: rows.files(),
        promised: rows.end(),
        bad,
        missing: rows.missing(),
        restored: head,
        stopped,
        verified,
        broken_file,
        own: own_head,
        own_broken,
        differs,
        compared,
        digests,
        with_private: session.is_some(),
    })
}

/// Takes the entries out of the backup into a file of this PC, as a rebuild would. Why it ended before the end.
fn restore(
    plan: &Plan,
    rows: &mut Rows,
    file: &Path,
    told: &mut dyn FnMut(&str, u64),
) -> Result<(Entries, Option<String>), Fault> {
    let mut restored = Entries::open(file, plan.county)?;
    let mut page = PAGE;
    loop {
        let n = restored.head()?.n;
        match rows.after(n, page) {
            Ok(taken) if taken.is_empty() => return Ok((restored, None)),
            Ok(taken) => match restored.append(&taken) {
                Ok(()) => told("恢复", restored.head()?.n),
                Err(fault) if fault.kind == FaultKind::Damaged && page > 1 => page = 1,
                Err(fault) if fault.kind == FaultKind::Damaged => {
                    let file = rows.file_of(n.saturating_add(1)).unwrap_or_default();
                    return Ok((restored, Some(format!("{file}：{}", fault.what))));
                }
                Err(fault) => return Err(fault),
            },
            Err(fault) if fault.kind == FaultKind::Damaged && page > 1 => page = 1,
            Err(fault) if fault.kind == FaultKind::Damaged => return Ok((restored, Some(fault.what))),
            Err(fault) => return Err(fault),
        }
    }
}

/// Verifies and replays entries up to one.
fn replay(
    plan: &Plan,
    entries: &Entries,
    up_to: u64,
    tables: &mut Replica,
    session: Option<&Session>,
    told: &mut dyn FnMut(u64),
) -> Result<Verified, Fault> {
    let mut source = |n: u64, limit: usize| -> Result<Vec<Row>, Fault> {
        let mut rows = entries.after(n, limit)?;
        rows.retain(|row| row.n <= up_to);
        Ok(rows)
    };
    verify_into(plan.county, &mut source, told, tables, session)
}

/// The first of the entries up to `up_to` that is not the same byte by byte in both. A sealed part that was erased for
/// good after the backup was made is no difference.
fn first_difference(restored: &Entries, own: &Entries, up_to: u64) -> Result<Option<u64>, Fault> {
    let mut n = 0;
    while n < up_to {
        let (there, here) = (restored.after(n, PAGE)?, own.after(n, PAGE)?);
        for (at, (there, here)) in (n.saturating_add(1)..=up_to).zip(there.iter().zip(&here)) {
            if !crate::store::backup::same(there, here) {
                return Ok(Some(at));
            }
            n = at;
        }
        if there.is_empty() || here.is_empty() {
            return Ok(Some(n.saturating_add(1)));
        }
    }
    Ok(None)
}

/// A folder of this PC for the restored file; gone with its owner. What lies in it is sealed as on the share.
struct Workshop(PathBuf);

impl Workshop {
    fn new(plan: &Plan) -> Result<Workshop, Fault> {
        forget_old(&plan.workshop());
        let name = format!("drill-{}", hex::encode(random::bytes::<8>()?));
        let folder = plan.workshop().join(name);
        std::fs::create_dir_all(&folder).map_err(|error| Fault::of_io("准备演练的临时文件夹", error))?;
        Ok(Workshop(folder))
    }
}

/// Removes what drills and copies left here whose program died long ago.
fn forget_old(workshop: &Path) {
    const OLD: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
    let Ok(entries) = std::fs::read_dir(workshop) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = ["drill-", "segment-"].iter().any(|begins| name.to_string_lossy().starts_with(begins));
        let old = entry.metadata().and_then(|data| data.modified()).ok();
        if ours && old.and_then(|made| made.elapsed().ok()).is_some_and(|age| age > OLD) {
            // Copies; whether they go decides nothing.
            let _ = std::fs::remove_dir_all(entry.path()).or_else(|_| std::fs::remove_file(entry.path()));
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // A copy of what is elsewhere; whether it goes decides nothing.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
