//! The drive (共享盘) under the protocol: the few operations on files that it is built from, besides SQLite's own. A trait,
//! so that the same protocol runs on a real folder and on a simulated disk that fails as it is told; whatever touches a
//! file of the share, or of the workshop on this PC, comes through here.
//!
//! It must never ask whether a name exists, and never rename: on network drives neither tells the truth.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::time::SystemTime;

/// A large file is copied and compared in pieces of so many bytes.
const CHUNK: usize = 256 * 1024;

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// Its size in bytes.
    pub len: u64,
    /// When it was last written, by the server's clock.
    pub modified: SystemTime,
}

/// Operations on files. Every error is the system's.
pub trait Drive: Send + Sync {
    /// Creates a name that must be new, as an empty file. Decided by the server, for all PCs.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if the name is taken.
    fn create(&self, path: &Path) -> io::Result<()>;

    /// Writes into a file that is there and empty, and has it written through.
    ///
    /// # Errors
    /// The system's.
    fn fill(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file of this desk's own this content, made if it is not there; nobody else may write to it.
    ///
    /// # Errors
    /// The system's.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file that is there and empty the content of another, and has it written through.
    ///
    /// # Errors
    /// The system's.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.fill(to, &self.read(from)?)
    }

    /// Whether two files have the same content.
    ///
    /// # Errors
    /// The system's.
    fn same(&self, one: &Path, other: &Path) -> io::Result<bool> {
        Ok(self.read(one)? == self.read(other)?)
    }

    /// The whole content, through a handle of its own.
    ///
    /// # Errors
    /// The system's.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The first bytes, at most so many, through a handle of its own.
    ///
    /// # Errors
    /// The system's.
    fn read_start(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// The names in a folder that are text.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Size and time.
    ///
    /// # Errors
    /// The system's.
    fn meta(&self, path: &Path) -> io::Result<Meta>;

    /// Makes a folder and those above it, where they are not there.
    ///
    /// # Errors
    /// The system's.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The real file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDrive;

impl Drive for RealDrive {
    fn create(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(path).map(drop)
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (mut from, mut to) = (File::open(from)?, OpenOptions::new().write(true).open(to)?);
        io::copy(&mut from, &mut to)?;
        to.sync_all()
    }

    fn same(&self, one: &Path, other: &Path) -> io::Result<bool> {
        let mut one = io::BufReader::with_capacity(CHUNK, File::open(one)?);
        let mut other = io::BufReader::with_capacity(CHUNK, File::open(other)?);
        loop {
            let (a, b) = (one.fill_buf()?, other.fill_buf()?);
            let common = a.len().min(b.len());
            if common == 0 {
                return Ok(a.len() == b.len());
            }
            if a.get(..common) != b.get(..common) {
                return Ok(false);
            }
            one.consume(common);
            other.consume(common);
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_start(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(most);
        File::open(path)?.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        let meta = fs::metadata(path)?;
        Ok(Meta { len: meta.len(), modified: meta.modified()? })
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_once_and_a_start_is_no_more_than_asked() {
        let dir = tempfile::tempdir().unwrap();
        let (drive, path) = (RealDrive, dir.path().join("a"));
        drive.create(&path).unwrap();
        assert_eq!(drive.create(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        drive.fill(&path, b"abcdef").unwrap();
        assert_eq!(drive.read_start(&path, 4).unwrap(), b"abcd");
        assert_eq!(drive.read_start(&path, 40).unwrap(), b"abcdef");
        drive.replace(&path, b"x").unwrap();
        assert_eq!((drive.read(&path).unwrap(), drive.meta(&path).unwrap().len), (b"x".to_vec(), 1));
        assert_eq!(drive.list(dir.path()).unwrap(), ["a"]);
        let other = dir.path().join("b");
        drive.create(&other).unwrap();
        assert!(!drive.same(&path, &other).unwrap());
        drive.copy(&path, &other).unwrap();
        assert!(drive.same(&path, &other).unwrap());
        drive.remove(&path).unwrap();
        assert_eq!(drive.read(&path).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
