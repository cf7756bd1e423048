//! The simulated drive under the protocol, as one PC sees it. What a system does in several calls is done in several
//! operations here: a PC can die between creating, writing and syncing.

use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::plan::Fail;
use super::world::{Trouble, World};
use super::{Disk, Pc};
use crate::store::share::drive::{Drive, Meta};

/// What one write of the system takes at most.
const CHUNK: usize = 64 * 1024;

/// A PC's way to its own disk and to the share.
#[derive(Clone)]
pub struct SimulatedDrive {
    pub(super) disk: Disk,
    pub(super) pc: Pc,
}

/// The system's error.
pub(super) fn io_error(trouble: Trouble) -> io::Error {
    use io::ErrorKind as E;
    io::Error::from(match trouble {
        Trouble::NotFound => E::NotFound,
        Trouble::Exists => E::AlreadyExists,
        Trouble::Fail(Fail::Away) => E::NotConnected,
        Trouble::Fail(Fail::Full) => E::StorageFull,
        Trouble::Fail(Fail::ReadOnly) => E::ReadOnlyFilesystem,
        Trouble::Fail(Fail::CannotOpen) => E::TooManyLinks,
        Trouble::Fail(Fail::Lock) => E::ResourceBusy,
        Trouble::Fail(Fail::Io | Fail::Sync | Fail::Short | Fail::Half) => E::Other,
    })
}

impl SimulatedDrive {
    fn with<T>(
        &self,
        path: &Path,
        work: impl FnOnce(&mut World, Pc, &str) -> Result<T, Trouble>,
    ) -> io::Result<T> {
        let inside = self.disk.inside(path).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.disk.turn(self.pc);
        work(&mut self.disk.world(), self.pc, &inside).map_err(io_error)
    }

    /// An open file for the time of some operations.
    fn through<T>(&self, path: &Path, make: bool, work: impl FnOnce(u64) -> io::Result<T>) -> io::Result<T> {
        let handle = self.with(path, |world, pc, path| world.open(pc, path, make, false))?;
        let done = work(handle);
        self.disk.world().close(handle);
        done
    }

    /// Gives a file another name, over what is there; a PC's own disk alone is ever asked this.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let to = self.disk.inside(to).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.with(from, |world, pc, from| world.rename(pc, from, &to))
    }

    fn step<T>(&self, work: impl FnOnce(&mut World) -> Result<T, Trouble>) -> io::Result<T> {
        self.disk.turn(self.pc);
        work(&mut self.disk.world()).map_err(io_error)
    }

    fn write_all(&self, handle: u64, bytes: &[u8]) -> io::Result<()> {
        let mut at = 0;
        for chunk in bytes.chunks(CHUNK) {
            self.step(|world| world.write(handle, at, chunk))?;
            at += chunk.len() as u64;
        }
        self.step(|world| world.sync(handle))
    }
}

impl Drive for SimulatedDrive {
    fn create(&self, path: &Path) -> io::Result<()> {
        self.with(path, |world, pc, path| world.create(pc, path))
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.through(path, false, |handle| self.write_all(handle, bytes))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.through(path, true, |handle| {
            self.step(|world| world.truncate(handle, 0))?;
            self.write_all(handle, bytes)
        })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.through(path, false, |handle| {
            let len = self.step(|world| world.size(handle))?;
            let mut bytes = vec![0; usize::try_from(len).unwrap_or(usize::MAX)];
            let got = self.step(|world| world.read_whole(handle, 0, &mut bytes))?;
            bytes.truncate(got);
            Ok(bytes)
        })
    }

    fn read_start(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        self.through(path, false, |handle| {
            let mut bytes = vec![0; most];
            let got = self.step(|world| world.read_whole(handle, 0, &mut bytes))?;
            bytes.truncate(got);
            Ok(bytes)
        })
    }

    fn read_pieces(&self, path: &Path, len: usize, places: &[u64]) -> io::Result<Vec<Vec<u8>>> {
        self.through(path, false, |handle| {
            let piece = |at: &u64| {
                let mut bytes = vec![0; len];
                let got = self.step(|world| world.read_whole(handle, *at, &mut bytes))?;
                bytes.truncate(got);
                Ok(bytes)
            };
            places.iter().map(piece).collect()
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.with(folder, |world, pc, folder| world.list(pc, folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.with(path, |world, pc, path| world.remove(pc, path, false))
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        let (len, modified) = self.with(path, |world, pc, path| world.meta(pc, path))?;
        Ok(Meta { len, modified: UNIX_EPOCH + Duration::from_millis(modified) })
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.with(folder, |world, pc, folder| world.make_folder(pc, folder))
    }
}
