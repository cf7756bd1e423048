//! What SQLite asks of a file system, in its own numbers: the safe side of the VFS.

use rusqlite::ffi;
use std::cell::RefCell;

use super::plan::Fail;
use super::shm::Mapped;
use super::world::Trouble;
use super::{Disk, Pc, route};

/// An open simulated file under SQLite.
pub(super) struct File {
    disk: Disk,
    pc: Pc,
    handle: u64,
    writable: bool,
    /// Memory shared with the PC's other connections, once it was asked for.
    memory: RefCell<Option<Mapped>>,
}

/// The code of a trouble; `otherwise` is this operation's own kind of I/O error.
fn code(trouble: Trouble, otherwise: i32) -> i32 {
    match trouble {
        Trouble::Fail(Fail::Full) => ffi::SQLITE_FULL,
        Trouble::Fail(Fail::ReadOnly) => ffi::SQLITE_READONLY,
        Trouble::Fail(Fail::CannotOpen) => ffi::SQLITE_CANTOPEN,
        Trouble::Fail(Fail::Lock) => ffi::SQLITE_BUSY,
        _ => otherwise,
    }
}

/// Whether a path is on a simulated disk.
pub(super) fn is_simulated(path: &str) -> bool {
    route(path).is_some()
}

/// Opens a path; nothing if it is on no simulated disk.
pub(super) fn open(path: &str, flags: i32) -> Option<Result<File, i32>> {
    let (disk, inside) = route(path)?;
    let Some(disk) = disk else { return Some(Err(ffi::SQLITE_CANTOPEN)) };
    let pc = disk.actor();
    disk.turn(pc);
    let make = flags & ffi::SQLITE_OPEN_CREATE != 0;
    let forget = flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0;
    let opened = disk.world().open(pc, &inside, make, forget);
    Some(match opened {
        Ok(handle) => {
            let writable = flags & ffi::SQLITE_OPEN_READWRITE != 0;
            Ok(File { disk, pc, handle, writable, memory: RefCell::default() })
        }
        Err(trouble) => Err(code(trouble, ffi::SQLITE_CANTOPEN)),
    })
}

/// Removes a path; nothing if it is on no simulated disk.
pub(super) fn delete(path: &str, sync_folder: bool) -> Option<i32> {
    let (disk, inside) = route(path)?;
    let Some(disk) = disk else { return Some(ffi::SQLITE_IOERR_DELETE) };
    let pc = disk.actor();
    disk.turn(pc);
    let removed = disk.world().remove(pc, &inside, sync_folder);
    Some(match removed {
        Ok(()) => ffi::SQLITE_OK,
        Err(Trouble::NotFound) => ffi::SQLITE_IOERR_DELETE_NOENT,
        Err(trouble) => code(trouble, ffi::SQLITE_IOERR_DELETE),
    })
}

/// Whether a path is there; nothing if it is on no simulated disk. An empty file counts as missing, as on every system.
pub(super) fn access(path: &str, flags: i32) -> Option<Result<bool, i32>> {
    let (disk, inside) = route(path)?;
    let Some(disk) = disk else { return Some(Ok(false)) };
    let pc = disk.actor();
    disk.turn(pc);
    let looked = disk.world().meta(pc, &inside);
    Some(match looked {
        Ok((len, _)) => Ok(len > 0 || flags != ffi::SQLITE_ACCESS_EXISTS),
        Err(Trouble::NotFound) => Ok(false),
        Err(trouble) => Err(code(trouble, ffi::SQLITE_IOERR_ACCESS)),
    })
}

/// Waits in the world's time; whether a world acts on this thread.
pub(super) fn sleep(microseconds: i32) -> bool {
    let Some(disk) = Disk::here() else { return false };
    disk.pass(std::time::Duration::from_micros(u64::from(microseconds.unsigned_abs())));
    disk.turn(disk.actor());
    true
}

impl File {
    fn ask<T>(
        &self,
        otherwise: i32,
        work: impl FnOnce(&mut super::World, u64) -> Result<T, Trouble>,
    ) -> Result<T, i32> {
        self.disk.turn(self.pc);
        work(&mut self.disk.world(), self.handle).map_err(|trouble| code(trouble, otherwise))
    }

    fn told(result: Result<(), i32>) -> i32 {
        result.err().unwrap_or(ffi::SQLITE_OK)
    }

    /// A short read fills the rest with zeroes: SQLite counts on it.
    pub(super) fn read(&self, to: &mut [u8], at: i64) -> i32 {
        let read =
            self.ask(ffi::SQLITE_IOERR_READ, |world, handle| world.read(handle, at.unsigned_abs(), to));
        match read {
            Ok(got) if got == to.len() => ffi::SQLITE_OK,
            Ok(got) => {
                if let Some(rest) = to.get_mut(got..) {
                    rest.fill(0);
                }
                ffi::SQLITE_IOERR_SHORT_READ
            }
            Err(code) => code,
        }
    }

    pub(super) fn write(&self, bytes: &[u8], at: i64) -> i32 {
        if !self.writable {
            return ffi::SQLITE_READONLY;
        }
        Self::told(
            self.ask(ffi::SQLITE_IOERR_WRITE, |world, handle| world.write(handle, at.unsigned_abs(), bytes)),
        )
    }

    pub(super) fn truncate(&self, len: i64) -> i32 {
        let len = len.unsigned_abs();
        Self::told(self.ask(ffi::SQLITE_IOERR_TRUNCATE, |world, handle| world.truncate(handle, len)))
    }

    pub(super) fn sync(&self) -> i32 {
        Self::told(self.ask(ffi::SQLITE_IOERR_FSYNC, |world, handle| world.sync(handle)))
    }

    pub(super) fn size(&self) -> Result<i64, i32> {
        let size = self.ask(ffi::SQLITE_IOERR_FSTAT, |world, handle| world.size(handle))?;
        Ok(i64::try_from(size).unwrap_or(i64::MAX))
    }

    pub(super) fn lock(&self, level: i32) -> i32 {
        match self.ask(ffi::SQLITE_IOERR_LOCK, |world, handle| world.lock(handle, level)) {
            Ok(true) => ffi::SQLITE_OK,
            Ok(false) => ffi::SQLITE_BUSY,
            Err(code) => code,
        }
    }

    pub(super) fn unlock(&self, level: i32) {
        self.disk.world().unlock(self.handle, level);
    }

    pub(super) fn is_reserved(&self) -> bool {
        self.disk.world().is_reserved(self.handle)
    }

    /// A region of shared memory; nothing where it is not there and is not to be made.
    pub(super) fn region(&self, no: i32, bytes: i32, make: bool) -> Result<Option<*mut u64>, i32> {
        let mut memory = self.memory.borrow_mut();
        if memory.is_none() {
            *memory = self.disk.memory(self.handle);
        }
        let Some(mapped) = memory.as_ref() else { return Err(ffi::SQLITE_IOERR_SHMOPEN) };
        let (Ok(no), Ok(bytes)) = (usize::try_from(no), usize::try_from(bytes)) else {
            return Err(ffi::SQLITE_IOERR_SHMSIZE);
        };
        Ok(mapped.region(no, bytes, make))
    }

    /// Takes or gives back slots of the shared memory.
    pub(super) fn slots(&self, first: i32, count: i32, flags: i32) -> i32 {
        let mut memory = self.memory.borrow_mut();
        let Some(mapped) = memory.as_mut() else { return ffi::SQLITE_IOERR_SHMLOCK };
        let (Ok(first), Ok(count)) = (usize::try_from(first), usize::try_from(count)) else {
            return ffi::SQLITE_IOERR_SHMLOCK;
        };
        if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
            mapped.give_back(first, count);
        } else if !mapped.take(first, count, flags & ffi::SQLITE_SHM_EXCLUSIVE != 0) {
            return ffi::SQLITE_BUSY;
        }
        ffi::SQLITE_OK
    }

    /// Lets the shared memory go.
    pub(super) fn unmap(&self) {
        self.memory.take();
    }

    pub(super) fn sector_size(&self) -> i32 {
        i32::try_from(self.disk.world().sector).unwrap_or(4_096)
    }

    pub(super) fn claims(&self) -> i32 {
        self.disk.world().claims
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.disk.world().close(self.handle);
    }
}
