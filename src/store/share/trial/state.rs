//! What stands in the folder already: the log's state in one line, and its first entry for who joins. Only reads, and takes
//! no turn, so that whoever has not yet decided to trust the folder changes nothing in it. Verifies nothing: the first
//! entry is judged by its reader, with the fingerprint on paper.

use crate::store::share::drive::RealDrive;
use std::path::Path;
use std::time::Duration;

use crate::ledger::{CountyId, Row, chain};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::file::{self, Born};
use crate::store::share::no_log;
use crate::store::share::slip::{self, Publication};
use crate::store::sql;

const DOING: &str = "读取共享日志";
/// Three of them are longer than a client's cache is old.
const WAIT: Duration = Duration::from_millis(400);

/// A log as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogState {
    /// Whose.
    pub county: CountyId,
    /// The number of its current file.
    pub file: u32,
    /// Its last entry; none while somebody is writing.
    pub last: Option<u64>,
    /// The share's time of its last entry, milliseconds.
    pub last_ms: Option<i64>,
}

/// The log in a folder; none where there is none.
///
/// # Errors
/// The folder cannot be read; what is there is not ours, newer or damaged.
pub fn log_in(folder: &Path) -> Result<Option<LogState>, Fault> {
    let Some(publication) = newest(folder)? else { return Ok(None) };
    let path = folder.join(&publication.name);
    let born = born(folder, &publication)?;
    let mut state = LogState { county: born.county, file: publication.file, last: None, last_ms: None };
    match patiently(&mut || file::read_once(&RealDrive, &path, None, &mut sql::last_row)) {
        Ok(row) => {
            state.last = Some(row.as_ref().map_or(born.first.saturating_sub(1), |row| row.n));
            state.last_ms = row.and_then(|row| chain::glimpse(&row).share_ms);
        }
        Err(fault) if fault.kind == FaultKind::Busy => {}
        Err(fault) => return Err(fault),
    }
    Ok(Some(state))
}

/// The first entry of the log in a folder, unjudged, and whose the log says it is. No entry while its founder is still
/// at it.
///
/// # Errors
/// There is no log, or it cannot be read, is not ours, newer or damaged.
pub fn first_row(folder: &Path) -> Result<(CountyId, Option<Row>), Fault> {
    let mut publication = newest(folder)?.ok_or_else(|| no_log(folder))?;
    loop {
        let born = born(folder, &publication)?;
        if born.first > 1 {
            let before = born.follows;
            if before == 0 || before >= publication.file {
                return Err(Fault::damaged("日志文件的出生记录损坏"));
            }
            publication = read(folder, before)?
                .ok_or_else(|| Fault::damaged(format!("找不到较早的日志文件 {before:04}")))?;
            continue;
        }
        let path = folder.join(&publication.name);
        let mut rows = |db: &rusqlite::Connection| sql::rows_after(db, 0, 1);
        let rows = match patiently(&mut || file::read_once(&RealDrive, &path, None, &mut rows)) {
            // A dead writer's journal touches the last pages, hardly the first entry; who reads it judges it anyway.
            Err(fault) if fault.kind == FaultKind::Busy => file::read_as_is(&RealDrive, &path, &mut rows)?,
            other => other?,
        };
        return Ok((born.county, rows.into_iter().next()));
    }
}

/// The highest complete publication.
fn newest(folder: &Path) -> Result<Option<Publication>, Fault> {
    let mut files: Vec<u32> =
        slip::list(&RealDrive, folder, DOING)?.iter().filter_map(|name| slip::parse_log(name)).collect();
    files.sort_unstable();
    for number in files.iter().rev() {
        if let Some(publication) = read(folder, *number)? {
            return Ok(Some(publication));
        }
    }
    if files.is_empty() {
        return Ok(None);
    }
    Err(Fault::damaged("日志的公布文件是空的或读不懂"))
}

fn read(folder: &Path, number: u32) -> Result<Option<Publication>, Fault> {
    Ok(Publication::read(number, &slip::read(&RealDrive, &folder.join(slip::log_name(number)), DOING)?))
}

fn born(folder: &Path, publication: &Publication) -> Result<Born, Fault> {
    let path = folder.join(&publication.name);
    let record = patiently(&mut || file::read_as_is(&RealDrive, &path, &mut file::born))?;
    let born: Born = serde_json::from_str(&record).map_err(|_| Fault::damaged("日志文件的出生记录损坏"))?;
    // The county is what the record says: whoever asks does not know it yet.
    file::judge_born(&record, &publication.hash, publication.file, born.county)
}

fn patiently<T>(read: &mut dyn FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
    for _ in 0..3 {
        match read() {
            Err(fault) if fault.is_perhaps_stale() => std::thread::sleep(WAIT),
            other => return other,
        }
    }
    read()
}
