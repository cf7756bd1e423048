//! The practice office (练习): a county of invented people, built from the sample data through the real engine (real log, real
//! keys, real turns), with live cases at every stage around today. It lies in a folder of its own and never meets the
//! county's own log.

mod build;
mod days;
mod later;
mod officers;
mod people;
mod script;
mod stories;

pub use later::{later, put_forward};
pub use officers::{PracticeOfficer, officers, spoken_codes};

use super::desk::Desk;
use super::keeper::Keeper;
use super::place::{self, Place};
use super::session::{self, Session};
use super::worker::Watch;
use crate::base::day::Stamp;
use crate::ledger::CountyId;
use crate::store::fault::{Fault, FaultKind};
use crate::store::{desk::Desk as Own, share};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Written last into the folder: what stands there was built whole. The number goes up when what is built changes.
const BUILT: (&str, &str) = ("built", "jiuji practice 7\n");

/// An opened practice office.
pub struct Opened {
    /// The engine.
    pub desk: Desk,
    /// Its own file.
    pub keeper: Keeper,
    /// The watch over the way to the share, for the worker.
    pub watch: Watch,
    /// The sentence of a second window; none for the first.
    pub read_only: Option<String>,
    /// The county.
    pub county: CountyId,
    /// The shared folder.
    pub share: PathBuf,
    /// Whether it was built just now.
    pub built: bool,
}

impl Opened {
    /// Signs a practice officer in with his listed password.
    ///
    /// # Errors
    /// Nobody of that number among the practice officers; the machine's.
    pub fn sign_in(&mut self, number: &str) -> Result<Arc<Session>, Fault> {
        let known = officers()?.into_iter().find(|officer| officer.no.0 == number).ok_or_else(|| {
            Fault::new(
                FaultKind::User,
                format!("练习中没有操作员 {number}"),
                "jiuji practice --list 列出练习操作员",
            )
        })?;
        self.desk.pull()?;
        let session = Arc::new(session::sign_in(self.county, self.desk.keys(), &known.no, &known.password)?);
        self.desk.sign_in(session.clone())?;
        Ok(session)
    }
}

/// Where the practice office's share lies in a place.
pub fn share_folder(place: &Place) -> PathBuf {
    place.practice().join("share")
}

/// Where the practice desk's own files lie.
pub fn desk_folder(place: &Place) -> PathBuf {
    place.practice().join("desk")
}

/// Where the files of a desk lie that joins the practice office of another PC.
pub fn second_folder(place: &Place) -> PathBuf {
    place.data.join("practice-second")
}

/// Opens the practice office, and builds it first where there is none or `fresh` asks for a new one. One made on an
/// earlier day is kept: what somebody practised on is still there.
///
/// # Errors
/// A folder that cannot be written; a practice window that is still open while a new one is asked for.
pub fn open(place: &Place, now: Stamp, fresh: bool) -> Result<Opened, Fault> {
    open_on(place, now, fresh, 0)
}

/// The same; one that is built now is put forward first, so that so many days after `now` is its first day. One that is kept
/// stays as far forward as it was.
///
/// # Errors
/// As [`open`]; too far.
pub fn open_on(place: &Place, now: Stamp, fresh: bool, later: u16) -> Result<Opened, Fault> {
    let folder = place.practice();
    let built = fresh || !is_whole(&folder);
    if built {
        let beside = place.data.join("practice.new");
        clear(&beside)?;
        if later > 0 {
            put_forward(&beside.join("desk"), later)?;
        }
        clear(&folder)?;
        build::build(&beside, now.plus_minutes(i64::from(later) * 24 * 60))?;
        let io = |error| Fault::of_io("建立练习", error);
        std::fs::write(beside.join(BUILT.0), BUILT.1).map_err(io)?;
        std::fs::rename(&beside, &folder).map_err(io)?;
    }
    let share = share_folder(place);
    let county = county_here(&folder.join("desk"), &share)?;
    let later = later::later(&folder.join("desk"));
    let open = place::open_desk_later(&folder.join("desk"), &share, county, later)?;
    if built {
        // Nobody signed in here yet, and everybody is to be found in the list.
        open.keeper.remember_names(officers()?.into_iter().map(|known| (known.no, known.name)).collect());
    }
    Ok(Opened {
        desk: open.desk,
        keeper: open.keeper,
        watch: open.watch,
        read_only: open.read_only,
        county,
        share,
        built,
    })
}

/// The county of a practice desk: as its own files say, so that a share which does not answer keeps nobody from starting;
/// before there are any, as the share says.
///
/// # Errors
/// The share's, where it has to be asked.
pub fn county_here(desk: &Path, share: &Path) -> Result<CountyId, Fault> {
    let own = desk.join("entries.db");
    match own.exists().then(|| crate::store::entries::county_of(&own)) {
        Some(Ok(county)) => Ok(county),
        _ => share::county_of(share),
    }
}

fn is_whole(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(BUILT.0)).is_ok_and(|text| text == BUILT.1)
}

/// Removes a practice folder, but never one in which a window is at work.
fn clear(folder: &Path) -> Result<(), Fault> {
    if !folder.exists() {
        return Ok(());
    }
    let desk = folder.join("desk");
    if desk.join("desk.db").exists() {
        // What cannot be opened any more is in nobody's hands and may go.
        if let Ok(own) = Own::open(&desk, crate::ledger::DeskId([0; 8])) {
            own.writable()
                .map_err(|fault| Fault {
                    next: "请先关闭已打开的练习窗口，再重建练习".into(), ..fault
                })?;
        }
    }
    std::fs::remove_dir_all(folder).map_err(|error| Fault::of_io("清空旧的练习", error))
}

#[cfg(test)]
mod tests;
