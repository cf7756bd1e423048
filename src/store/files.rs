//! Files of this PC that are not SQLite's affair: the folder of a desk, its lock, the replica beside which a new one is
//! built. On the real file system, or on a simulated disk where the path lies on one.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::simulated;
use crate::store::share::drive::Drive as _;

/// Whether a name is there. Never asked of the share, where the answer may be a second old.
pub(crate) fn exists(path: &Path) -> bool {
    match simulated::drive_of(path) {
        Some(drive) => drive.meta(path).is_ok(),
        None => path.exists(),
    }
}

/// Whether a folder can be looked into.
pub(crate) fn is_folder(path: &Path) -> bool {
    match simulated::drive_of(path) {
        Some(drive) => drive.list(path).is_ok(),
        None => path.is_dir(),
    }
}

/// Removes a file; it may be gone already.
///
/// # Errors
/// The system's.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    let removed = match simulated::drive_of(path) {
        Some(drive) => drive.remove(path),
        None => fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Overwrites a plain database and its write-ahead log with zeroes before they are removed. What cannot be overwritten is
/// only removed: that is no reason to keep anybody from working.
pub(crate) fn wipe_plain(path: &Path, log: &Path) {
    if simulated::drive_of(path).is_some() {
        return;
    }
    let mut first = [0; 16];
    let read = File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut first));
    if read.is_err() || &first != b"SQLite format 3\0" {
        return;
    }
    for path in [path, log] {
        if let Err(error) = wipe(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!("a plain file of an older version was not overwritten before it was removed");
        }
    }
}

fn wipe(path: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeroes = [0; 65_536];
    while left > 0 {
        let part = usize::try_from(left).unwrap_or(usize::MAX).min(zeroes.len());
        io::Write::write_all(&mut file, zeroes.get(..part).unwrap_or_default())?;
        left -= part as u64;
    }
    file.sync_all()
}

/// Gives a file another name, over what is there.
///
/// # Errors
/// The system's.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match simulated::drive_of(from) {
        Some(drive) => drive.rename(from, to),
        None => fs::rename(from, to),
    }
}

/// Creates an empty file that its user alone can read.
///
/// # Errors
/// The system's; it is there already.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    if let Some(drive) = simulated::drive_of(path) {
        return drive.create(path);
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Makes a folder and those above it, where they are not there.
///
/// # Errors
/// The system's.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    match simulated::drive_of(folder) {
        Some(drive) => drive.make_folder(folder),
        None => fs::create_dir_all(folder),
    }
}

/// Makes a folder that its user alone can look into, where the system has such a notion for a folder's mode: on Windows
/// the user's own folder is already his alone.
///
/// # Errors
/// The system's.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    make_folder(folder)?;
    #[cfg(unix)]
    if simulated::drive_of(folder).is_none() {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A lock that one window of a PC holds.
pub(crate) enum Held {
    /// On a real file, which is locked as long as it is open.
    Real {
        /// The file.
        _file: File,
    },
    /// On a simulated PC, which has one window.
    Simulated,
}

/// Takes the lock of a file, made if it is not there; nothing if somebody has it.
///
/// # Errors
/// The system's.
pub(crate) fn take_lock(path: &Path) -> io::Result<Option<Held>> {
    if simulated::drive_of(path).is_some() {
        return Ok(Some(Held::Simulated));
    }
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held::Real { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
