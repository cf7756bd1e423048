//! Opening a desk at its place: its own file, the engine, and the way to the share, which is opened when it is needed.

use crate::base::day::Stamp;
use crate::ledger::{CountyId, DeskId};
use crate::office::desk::{Clock, Desk, Parts};
use crate::office::keeper::Keeper;
use crate::office::random;
use crate::office::reach::{Holdings, Reach};
use crate::store::desk::Desk as Own;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::drive::RealDrive;
use crate::store::share::host::RealHost;
use crate::store::share::{SEGMENT, Setting, Share, ShareTime};
use std::path::Path;
use std::sync::Arc;

/// An opened desk.
pub struct Open {
    /// The engine.
    pub desk: Desk,
    /// Its own file: drafts and orders on their way.
    pub keeper: Keeper,
    /// The sentence of a second window, which can only look; none for the first.
    pub read_only: Option<String>,
}

/// Opens the desk in `folder` on the log in `share`. The share is not touched yet.
/// A folder that is new becomes a new desk.
///
/// # Errors
/// A file of the desk that cannot be opened, is not ours, newer, damaged, or another county's.
pub fn open_desk(folder: &Path, share: &Path, county: CountyId) -> Result<Open, Fault> {
    let own = Own::open(folder, DeskId(random::bytes()?))?;
    let read_only = match own.writable() {
        Ok(()) => None,
        Err(fault) if fault.kind == FaultKind::SecondWindow => Some(fault.to_string()),
        Err(fault) => return Err(fault),
    };
    let id = own.id();
    let desk = Desk::open(Parts {
        log: Box::new(reach(folder, share, county, id, read_only.is_none())),
        county,
        desk: id,
        folder: folder.to_owned(),
        clock: machine_clock(),
    })?;
    Ok(Open { desk, keeper: Keeper::new(own), read_only })
}

/// The machine's clock.
pub fn machine_clock() -> Clock {
    Arc::new(|| Stamp(chrono::Utc::now().timestamp_millis()))
}

fn reach(folder: &Path, share: &Path, county: CountyId, desk: DeskId, may_write: bool) -> Reach {
    let (own, share) = (folder.to_owned(), share.to_owned());
    Reach::new(Box::new(move || Share::open(Setting { may_write, ..setting(&own, &share, county, desk) })))
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
