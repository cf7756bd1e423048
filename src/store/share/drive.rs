//! The drive (共享盘) under the protocol: the few operations on files that it is built from, besides SQLite's own. A trait,
//! so that the same protocol runs on a real folder and on a simulated disk that fails as it is told; whatever touches a
//! file of the share, or of the workshop on this PC, comes through here.
//!
//! It must never ask whether a name exists, and never rename: on network drives neither tells the truth.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, Read as _, Seek as _, Write as _};
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

/// Writes into a file that was just created, through the handle that created it, and has it written through.
pub type Filling<'a> = Box<dyn FnOnce(&[u8]) -> io::Result<()> + 'a>;

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

    /// As [`Drive::create`]; what comes back fills the new file once, as [`Drive::fill`] does, without opening it again.
    ///
    /// # Errors
    /// As [`Drive::create`].
    fn create_to_fill<'a>(&'a self, path: &'a Path) -> io::Result<Filling<'a>> {
        self.create(path)?;
        Ok(Box::new(move |bytes| self.fill(path, bytes)))
    }

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

    /// The first bytes by a single read, at most so many, perhaps fewer than there are: for texts that tell by their last
    /// line whether they are whole.
    ///
    /// # Errors
    /// The system's.
    fn read_slip(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        self.read_start(path, most)
    }

    /// Pieces of so many bytes at these places, all through one handle of its own; shorter where the file ends.
    ///
    /// # Errors
    /// The system's.
    fn read_pieces(&self, path: &Path, len: usize, places: &[u64]) -> io::Result<Vec<Vec<u8>>>;

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

    fn create_to_fill<'a>(&'a self, path: &'a Path) -> io::Result<Filling<'a>> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Box::new(move |bytes| file.write_all(bytes).and_then(|()| file.sync_all())))
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

    fn read_slip(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; most];
        let got = File::open(path)?.read(&mut bytes)?;
        bytes.truncate(got);
        Ok(bytes)
    }

    fn read_pieces(&self, path: &Path, len: usize, places: &[u64]) -> io::Result<Vec<Vec<u8>>> {
        let file = File::open(path)?;
        let piece = |at: &u64| {
            (&file).seek(io::SeekFrom::Start(*at))?;
            let mut bytes = Vec::with_capacity(len);
            (&file).take(u64::try_from(len).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        places.iter().map(piece).collect()
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
        assert_eq!(drive.read_slip(&path, 40).unwrap(), b"abcdef");
        assert_eq!(drive.read_pieces(&path, 3, &[3, 0, 5, 9]).unwrap(), [&b"def"[..], b"abc", b"f", b""]);
        let filled = dir.path().join("filled");
        drive.create_to_fill(&filled).unwrap()(b"at once").unwrap();
        let taken = drive.create_to_fill(&filled).err().map(|error| error.kind());
        assert_eq!(
            (taken, drive.read(&filled).unwrap()),
            (Some(io::ErrorKind::AlreadyExists), b"at once".to_vec())
        );
        drive.remove(&filled).unwrap();
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
