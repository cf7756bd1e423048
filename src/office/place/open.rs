//! Opening a desk at its place: its own file, the engine, and the way to the share, which is opened when it is needed.

use crate::base::day::Stamp;
use crate::ledger::{CountyId, DeskId};
use crate::office::desk::{Clock, Desk, Parts};
use crate::office::keeper::Keeper;
use crate::office::random;
use crate::office::reach::{Guard, Holdings, Reach};
use crate::office::worker::Watch;
use crate::store::desk::Desk as Own;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::drive::RealDrive;
use crate::store::share::host::RealHost;
use crate::store::share::{SEGMENT, Setting, Share, ShareTime};
use std::path::Path;
use std::sync::Arc;

/// A day, ms.
const DAY_MS: i64 = 86_400_000;

/// An opened desk.
pub struct Open {
    /// The engine.
    pub desk: Desk,
    /// Its own file: drafts and orders on their way.
    pub keeper: Keeper,
    /// The watch over the way to the share, for the worker.
    pub watch: Watch,
    /// The sentence of a second window, which can only look; none for the first.
    pub read_only: Option<String>,
}

/// Opens the desk in `folder` on the log in `share`. The share is not touched yet.
/// A folder that is new becomes a new desk.
///
/// # Errors
/// A file of the desk that cannot be opened, is not ours, newer, damaged, or another county's.
pub fn open_desk(folder: &Path, share: &Path, county: CountyId) -> Result<Open, Fault> {
    open_desk_later(folder, share, county, 0)
}

/// The same with every clock so many days later, the share's too: a practice office that was put forward.
///
/// # Errors
/// As [`open_desk`].
pub fn open_desk_later(folder: &Path, share: &Path, county: CountyId, days: u16) -> Result<Open, Fault> {
    let own = Own::open(folder, DeskId(random::bytes()?))?;
    let read_only = match own.writable() {
        Ok(()) => None,
        Err(fault) if fault.kind == FaultKind::SecondWindow => Some(fault.to_string()),
        Err(fault) => return Err(fault),
    };
    let id = own.id();
    let watch = Watch::default();
    let desk = Desk::open(Parts {
        log: Box::new(reach(folder, share, county, id, (watch.clone(), read_only.is_none(), days))),
        county,
        desk: id,
        folder: folder.to_owned(),
        clock: later_clock(days),
    })?;
    Ok(Open { desk, keeper: Keeper::new(own), watch, read_only })
}

/// The machine's clock.
pub fn machine_clock() -> Clock {
    later_clock(0)
}

/// The machine's clock, so many days later.
pub fn later_clock(days: u16) -> Clock {
    let later = i64::from(days) * DAY_MS;
    Arc::new(move || Stamp(chrono::Utc::now().timestamp_millis().saturating_add(later)))
}

fn reach(
    folder: &Path,
    share: &Path,
    county: CountyId,
    desk: DeskId,
    (watch, may_write, days): (Watch, bool, u16),
) -> Reach {
    let (own, share) = (folder.to_owned(), share.to_owned());
    let guard = Guard { watch, folder: share.clone(), county, own: own.clone(), clock: later_clock(days) };
    let time = move || match days {
        0 => ShareTime::TurnFile,
        days => ShareTime::TurnFileLater(i64::from(days) * DAY_MS),
    };
    let open =
        move || Share::open(Setting { may_write, time: time(), ..setting(&own, &share, county, desk) });
    Reach::guarded(Box::new(open), guard)
}

/// The share as a desk in `folder` reaches it.
pub(crate) fn setting(folder: &Path, share: &Path, county: CountyId, desk: DeskId) -> Setting {
    Setting {
        folder: share.to_owned(),
        county,
        desk,
        officer: String::new(),
        workshop: super::workshop(folder),
        may_write: true,
        time: ShareTime::TurnFile,
        drive: Arc::new(RealDrive),
        host: Box::new(RealHost::default()),
        witness: Box::new(Holdings::new(folder.to_owned(), county)),
        segment: SEGMENT,
    }
}
