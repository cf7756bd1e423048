//! The sweep (总检): the program set against itself. Layers that kill real processes at seeded moments, that change a
//! log in every way somebody with the share in his hands could, and that work over two real mounts of one folder. Each says what it did and what did not hold; a layer that
//! finds nothing wrong has counted something.
//!
//! It must never touch an office: everything happens in a folder of its own that is removed afterwards.

mod acts;
mod books;
mod claims;
mod crew;
mod ground;
mod kills;
mod mounts;
mod rng;
pub mod station;
mod tamper;

use crate::office::random;
use crate::store::fault::Fault;
use std::path::PathBuf;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Two real processes on one shared folder, killed at seeded moments.
    Kills,
    /// A log changed byte by byte, and by scripted attacks.
    Tamper,
    /// Two real processes, each with a mount of its own of one shared folder.
    Mounts,
}

impl Layer {
    /// All of them.
    pub const ALL: [Layer; 3] = [Layer::Kills, Layer::Tamper, Layer::Mounts];

    /// As it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Kills => "kills",
            Layer::Tamper => "tamper",
            Layer::Mounts => "mounts",
        }
    }
}

/// What a layer found.
#[derive(Debug, Default)]
pub struct Report {
    /// Counts and rates.
    pub lines: Vec<String>,
    /// What did not hold; empty is a pass.
    pub broken: Vec<String>,
    /// Why nothing was done, where nothing was.
    pub skipped: Option<String>,
}

impl Report {
    /// Notes what has to hold.
    fn hold(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
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
    /// The mounts of the layer that needs two.
    pub mounts: Option<Mounts>,
    /// The program itself, which the layer of kills starts as its desks.
    pub program: PathBuf,
    /// Hears how far it is.
    pub told: &'a mut dyn FnMut(&str),
}

/// A seed from the machine, for who gives none.
///
/// # Errors
/// No random source.
pub fn seed() -> Result<u64, Fault> {
    Ok(u64::from_le_bytes(random::bytes()?))
}

/// Runs a layer.
///
/// # Errors
/// The machine's. What does not hold is in the report.
pub fn run(layer: Layer, order: Order<'_>) -> Result<Report, Fault> {
    let name = format!("jiuji-sweep-{}-{}", layer.name(), hex::encode(random::bytes::<8>()?));
    let folder = Folder(std::env::temp_dir().join(name));
    std::fs::create_dir_all(&folder.0).map_err(|error| Fault::of_io("建立总检文件夹", error))?;
    match layer {
        Layer::Kills => kills::run(&folder.0, order),
        Layer::Tamper => tamper::run(&folder.0, order),
        Layer::Mounts => mounts::run(&folder.0, order),
    }
}

/// A folder that is removed with its owner.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder and is removed there one day.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
