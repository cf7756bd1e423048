//! A log file on the drive under trial, made, written twice and read back by the same code as the real one. Its rows are no
//! entries and its county is nobody's; it lies in the trial's folder and goes with it.

use crate::store::share::drive::RealDrive;
use std::path::Path;
use std::time::Duration;

use super::{Check, Finding};
use crate::ledger::{Cid, CountyId, Hash, Head, Row};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::file::{self, Born, Why};
use crate::store::share::found;
use crate::store::share::host::Host;
use crate::store::sql;

/// Is called with the file and the number of the step just done; a test spoils the file there.
pub(super) type Between<'a> = &'a mut dyn FnMut(&Path, u64);

/// So many commits.
const COMMITS: u64 = 2;
/// Tries of one read, more than a second together: a client's cache may be as old.
const TRIES: usize = 4;
const WAIT: Duration = Duration::from_millis(400);

/// The finding of it.
pub(super) fn check(folder: &Path, workshop: &Path, host: &mut dyn Host, between: Between<'_>) -> Finding {
    let new = !workshop.exists();
    let tried = write_and_read(folder, workshop, host, between);
    if new {
        // Only litter of this PC.
        let _ = std::fs::remove_dir_all(workshop);
    }
    match tried {
        Ok(()) => Finding::pass(Check::ScratchLog, format!("按程序的办法写了 {COMMITS} 次，都读得回来")),
        Err(fault) => {
            let advice = match fault.kind {
                FaultKind::Full => "请清理盘上不用的文件，再查一次",
                FaultKind::ReadOnly => "请管理员给每台电脑开通读写权限",
                _ => Check::ScratchLog.advice(),
            };
            // What was being done matters to whoever reads the program's log, not on the telephone.
            let said = fault.what.split_once('：').map_or(fault.what.as_str(), |(_, what)| what);
            Finding { next: advice.into(), ..Finding::fail(Check::ScratchLog, said) }
        }
    }
}

fn write_and_read(
    folder: &Path,
    workshop: &Path,
    host: &mut dyn Host,
    between: Between<'_>,
) -> Result<(), Fault> {
    std::fs::create_dir_all(workshop).map_err(|error| Fault::of_io("准备本机文件夹", error))?;
    let mut bytes = [0u8; 16];
    host.random(&mut bytes)?;
    let county = CountyId(bytes);
    let genesis = Head::genesis(county);
    let born = Born {
        county,
        file: 1,
        why: Why::Founded,
        first: 1,
        before: genesis.hash,
        follows: 0,
        supersedes: 0,
        head_n: 0,
        head_hash: genesis.hash,
        by: None,
    };
    let publication = found::place(&RealDrive, folder, workshop, &born, &mut |_, _| Ok(Vec::new()), host)?;
    let path = folder.join(&publication.name);
    between(&path, 0);
    let mut rows: Vec<Row> = Vec::new();
    let mut counter = patiently(host, &mut || file::header(&RealDrive, &path))?.counter;
    for n in 1..=COMMITS {
        let row = row(n);
        commit(&path, &row)?;
        rows.push(row);
        between(&path, n);
        let now = patiently(host, &mut || file::header(&RealDrive, &path))?.counter;
        if now == counter {
            return Err(Fault::damaged("写入以后，文件里的计数没有变"));
        }
        counter = now;
        // A reader beside the writer: read-only, immutable, opened anew.
        let read = patiently(host, &mut || {
            file::read_once(&RealDrive, &path, None, &mut |db| sql::rows_after(db, 0, 10))
        })?;
        if read != rows {
            return Err(Fault::damaged("读回的记录与写入的不同"));
        }
    }
    let record = patiently(host, &mut || file::read_once(&RealDrive, &path, None, &mut file::born))?;
    file::judge_born(&record, &publication.hash, 1, county).map(drop)
}

/// One transaction of a fresh connection, as in a turn.
fn commit(path: &Path, row: &Row) -> Result<(), Fault> {
    let fault = |error| Fault::of_sql("试写", error);
    let db = file::open_writing(&RealDrive, path)?;
    db.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    sql::insert(&db, row).map_err(fault)?;
    db.execute_batch("COMMIT").map_err(fault)?;
    db.close().map_err(|(_, error)| fault(error))
}

fn row(n: u64) -> Row {
    let byte = u8::try_from(n).unwrap_or(0);
    Row {
        n,
        cid: Cid([byte; 16]),
        // Longer than a page, so that pages beyond the first are asked for as well.
        body: format!("{{\"trial\":{n},\"text\":\"{}\"}}", "救急".repeat(1000)),
        private: Some(vec![byte; 600]),
        hash: Hash([byte; 32]),
        sig: [byte; 64],
    }
}

fn patiently<T>(host: &mut dyn Host, read: &mut dyn FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
    for _ in 1..TRIES {
        match read() {
            Err(fault) if fault.is_perhaps_stale() => host.sleep(WAIT),
            other => return other,
        }
    }
    read()
}
