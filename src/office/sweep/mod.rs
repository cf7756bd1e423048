//! The sweep (总检): the program set against itself. Each layer is a file or folder here, runs in a folder of its own that
//! is removed afterwards, says what it did, and has something that can fail: a layer that found nothing to do has failed.
//!
//! | layer | what is done | what has to hold |
//! |---|---|---|
//! | [`histories`] | random commands on the state in memory | money, duties, papers, stages after every entry |
//! | [`kills`] | several real desks on one folder, `kill -9` at seeded moments | every promise that a desk was given |
//! | [`calls`] | the real program killed, or refused, at each system call of one commit | the order is in the log once, or not at all |
//! | [`mounts`] | two desks, each over a mount of its own of one folder, whose server may be stopped | the same promises |
//! | [`crash`] | the log store on a simulated disk, cut off at every operation | what was acknowledged is there, whole |
//! | [`faults`] | the log store on a simulated disk that fails at every operation | saved, clearly not saved, or looked up |
//! | [`simulation`] | several desks and a share on simulated disks, from seeds | the laws, after every step |
//! | [`year`] | a year of a county, ten officers at once | money conserved, every desk alike, months are the sums of cases |
//! | [`tamper`] | every column of every entry changed; scripted attacks | found, with the place and the rule |
//! | [`rot`] | bits and pages of the log file changed, files cut | found, or the entries are what they were |
//! | [`mod@rebuild`] | a damaged and an emptied share, published anew by one desk | a fresh desk reads every entry, word for word |
//! | [`sheets`] | spoilt spreadsheets by the hundred thousand | no panic, no more rows and memory than allowed |
//! | `keys` | random keys on every screen (above this floor: `ui::monkey`) | no panic, always a way out |
//!
//! A layer that lives on a higher floor is put beside these by whoever is above both: a [`Layer`] is a name and a
//! function. It must never touch an office.

pub(crate) mod acts;
mod batches;
pub mod big;
mod books;
pub mod calls;
mod claims;
pub mod crash;
mod crew;
#[cfg(test)]
mod erasing;
pub mod faults;
mod ground;
pub mod histories;
pub mod kills;
pub mod mounts;
mod pool;
pub mod rebuild;
pub mod rng;
pub mod rot;
mod serial;
pub mod sheets;
pub mod simulation;
pub mod station;
pub mod tamper;
pub mod year;

use crate::office::random;
use crate::store::fault::Fault;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How much is swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A seeded part, before every change.
    Small,
    /// The whole.
    Full,
    /// Before a release.
    Release,
}

/// What can be swept.
#[derive(Clone, Copy, Debug)]
pub struct Layer {
    /// As it is called on the command line.
    pub name: &'static str,
    /// Runs it in a folder of its own.
    pub run: fn(&Path, Order<'_>) -> Result<Report, Fault>,
}

/// The layers of this floor.
pub const LAYERS: [Layer; 12] = [
    Layer { name: "histories", run: histories::run },
    Layer { name: "kills", run: kills::run },
    Layer { name: "mounts", run: mounts::run },
    Layer { name: "calls", run: calls::run },
    Layer { name: "crash", run: crash::run },
    Layer { name: "faults", run: faults::run },
    Layer { name: "simulation", run: simulation::run },
    Layer { name: "year", run: year::run },
    Layer { name: "tamper", run: tamper::run },
    Layer { name: "rot", run: rot::run },
    Layer { name: "rebuild", run: rebuild::run },
    Layer { name: "sheets", run: sheets::run },
];

/// What a layer found.
#[derive(Debug, Default)]
pub struct Report {
    /// Counts and rates.
    pub lines: Vec<String>,
    /// What did not hold; empty is a pass, unless the layer was not run.
    pub broken: Vec<String>,
    /// Why the layer was not run: something that it needs is not on this machine. It is no pass.
    pub undone: Option<String>,
}

impl Report {
    /// Notes what has to hold.
    pub fn hold(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.broken.push(otherwise());
        }
    }
}

/// Two mounts of one shared folder.
#[derive(Clone, Debug)]
pub struct Mounts {
    /// The folder, as each desk reaches it.
    pub shares: [PathBuf; 2],
    /// How long both desks write.
    pub time: Duration,
    /// Whether desks are killed meanwhile.
    pub kill: bool,
    /// A file in which the mount counts its requests.
    pub counter: Option<PathBuf>,
}

/// What a layer is run with.
pub struct Order<'a> {
    /// How much.
    pub size: Size,
    /// Where the moments and choices come from.
    pub seed: u64,
    /// How many kills instead of those of the size.
    pub kills: Option<u32>,
    /// How many desks instead of those of the size.
    pub desks: Option<u8>,
    /// Whether every seed of the simulation is run twice and both traces compared, and not some of them only.
    pub doublecheck: bool,
    /// The mounts of the layer that needs two.
    pub mounts: Option<Mounts>,
    /// The program itself, which some layers start as their desks.
    pub program: PathBuf,
    /// Hears how far it is.
    pub told: &'a mut dyn FnMut(&str),
}

#[cfg(test)]
impl<'a> Order<'a> {
    /// A small one, for the tests of layers that start no program.
    fn small(told: &'a mut dyn FnMut(&str)) -> Order<'a> {
        Order {
            size: Size::Small,
            seed: 7,
            kills: None,
            desks: None,
            doublecheck: false,
            mounts: None,
            program: PathBuf::new(),
            told,
        }
    }
}

/// A seed from the machine, for who gives none.
///
/// # Errors
/// No random source.
pub fn seed() -> Result<u64, Fault> {
    Ok(u64::from_le_bytes(random::bytes()?))
}

/// Runs a layer in a folder of its own.
///
/// # Errors
/// The machine's. What does not hold is in the report.
pub fn run(layer: &Layer, order: Order<'_>) -> Result<Report, Fault> {
    let name = format!("jiuji-sweep-{}-{}", layer.name, hex::encode(random::bytes::<8>()?));
    let folder = Folder(std::env::temp_dir().join(name));
    std::fs::create_dir_all(&folder.0).map_err(|error| Fault::of_io("建立总检文件夹", error))?;
    (layer.run)(&folder.0, order)
}

/// A folder that is removed with its owner.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder and is removed there one day.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
