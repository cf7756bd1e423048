//! What a trial does to a folder, as a small trait: the tests play drives that break their word.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::SystemTime;

/// A drive under trial. Every call opens anew and closes again, as the log does.
pub trait Ground: Send + Sync {
    /// The names in a folder.
    ///
    /// # Errors
    /// The drive's.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes a folder with those above it; one that is there is as good.
    ///
    /// # Errors
    /// The drive's.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Creates a name that must be new, empty; whether it is ours.
    ///
    /// # Errors
    /// The drive's; a name that somebody has is none.
    fn create(&self, path: &Path) -> io::Result<bool>;
    /// Writes into a file that is there, from this place on, down to the disk.
    ///
    /// # Errors
    /// The drive's.
    fn write(&self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// The whole content.
    ///
    /// # Errors
    /// The drive's.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// At most so many bytes from a place.
    ///
    /// # Errors
    /// The drive's.
    fn read_at(&self, path: &Path, at: u64, len: usize) -> io::Result<Vec<u8>>;
    /// The size that an opened file tells.
    ///
    /// # Errors
    /// The drive's.
    fn size(&self, path: &Path) -> io::Result<u64>;
    /// Cuts a file to a size.
    ///
    /// # Errors
    /// The drive's.
    fn cut(&self, path: &Path, size: u64) -> io::Result<()>;
    /// Renames a file to a name that nobody has.
    ///
    /// # Errors
    /// The drive's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name, which must be new; whether it is ours.
    ///
    /// # Errors
    /// The drive's; many drives cannot do it at all.
    fn link(&self, from: &Path, to: &Path) -> io::Result<bool>;
    /// When the server last changed a file.
    ///
    /// # Errors
    /// The drive's.
    fn modified(&self, path: &Path) -> io::Result<SystemTime>;
    /// Removes a file.
    ///
    /// # Errors
    /// The drive's.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    ///
    /// # Errors
    /// The drive's.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// This PC's clock.
    fn clock(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// The file system as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

/// Of a creation: a name that somebody has is an answer. Windows refuses a name whose deletion is pending.
fn taken(error: io::Error) -> io::Result<bool> {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Ok(false),
        io::ErrorKind::PermissionDenied if cfg!(windows) => Ok(false),
        _ => Err(error),
    }
}

impl Ground for Disk {
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn create(&self, path: &Path) -> io::Result<bool> {
        OpenOptions::new().write(true).create_new(true).open(path).map(|_| true).or_else(taken)
    }

    fn write(&self, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_at(&self, path: &Path, at: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::with_capacity(len);
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        Ok(File::open(path)?.metadata()?.len())
    }

    fn cut(&self, path: &Path, size: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(size)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<bool> {
        match fs::hard_link(from, to) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        fs::metadata(path)?.modified()
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }
}
