//! What the backup asks of its folder, as a small trait, so that a test can let each of these steps fail, and the folder
//! itself. Nothing that has bytes is ever replaced here: a name is taken by exclusive creation.

use crate::store::fault::{Fault, FaultKind};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The steps that a folder of backups takes. Names are plain file names in it.
pub trait Target {
    /// The names in the folder with their sizes in bytes, in no order.
    ///
    /// # Errors
    /// The system's.
    fn list(&mut self) -> io::Result<Vec<(String, u64)>>;
    /// The bytes of a file.
    ///
    /// # Errors
    /// The system's.
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>>;
    /// Makes a new empty file.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` where the name is taken.
    fn create(&mut self, name: &str) -> io::Result<()>;
    /// Adds bytes to the end of a file.
    ///
    /// # Errors
    /// The system's.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
    /// Brings a file to the disk.
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self, name: &str) -> io::Result<()>;
    /// Moves a file onto a name that the caller holds.
    ///
    /// # Errors
    /// The system's.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&mut self, name: &str) -> io::Result<()>;
    /// Brings the folder's names to the disk, where the system can.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&mut self) -> io::Result<()>;
}

/// A folder of the file system.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at a path, which must be there.
    pub fn at(path: &Path) -> Folder {
        Folder(path.to_owned())
    }
}

impl Target for Folder {
    fn list(&mut self) -> io::Result<Vec<(String, u64)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            // Names that are no text, and what is no file, are none of ours.
            if let Ok(name) = entry.file_name().into_string()
                && let Ok(data) = entry.metadata()
                && data.is_file()
            {
                names.push((name, data.len()));
            }
        }
        Ok(names)
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(name))
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name)).map(drop)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).open(self.0.join(name))?.write_all(bytes)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.0.join(name))?.sync_all()
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    #[cfg(unix)]
    fn sync_folder(&mut self) -> io::Result<()> {
        match File::open(&self.0)?.sync_all() {
            // Some file systems have no such step for folders.
            Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    /// The system has no such step for folders.
    #[cfg(not(unix))]
    fn sync_folder(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What an error of the backup folder means.
pub(super) fn fault(doing: &str, error: io::Error) -> Fault {
    use io::ErrorKind as E;
    let (kind, what, next) = match error.kind() {
        E::StorageFull | E::QuotaExceeded => {
            (FaultKind::Full, "备份盘已满", "以前的备份没有动；请清理备份盘或换一个盘，再运行 jiuji backup")
        }
        E::ReadOnlyFilesystem | E::PermissionDenied => {
            (FaultKind::ReadOnly, "备份文件夹不能写", "请关掉U盘的写保护或换一个文件夹，再运行 jiuji backup")
        }
        E::NotFound | E::NotADirectory => (
            FaultKind::DriveAway,
            "找不到备份文件夹或其中的文件",
            "请插好备份盘、核对路径，再运行 jiuji backup",
        ),
        E::AlreadyExists => {
            (FaultKind::Busy, "备份文件夹里已有同名文件", "没有覆盖；请稍后再运行 jiuji backup")
        }
        _ => (
            FaultKind::DriveAway,
            "备份盘没有应答或读写中断",
            "以前的备份没有动；请插好备份盘，再运行 jiuji backup",
        ),
    };
    Fault::new(kind, format!("{doing}：{what}"), next).because(error)
}

/// How much is written at once.
const CHUNK: usize = 1 << 20;

/// Writes a whole file under an unfinished name, brings it to the disk, reads it back, and moves it onto `name`. With
/// `replace` a file of that name may go: only for the list, on which nothing depends.
pub(super) fn put(
    target: &mut dyn Target,
    name: &str,
    part: &str,
    bytes: &[u8],
    replace: bool,
) -> Result<(), Fault> {
    const DOING: &str = "写备份";
    let io = |error| fault(DOING, error);
    let mut write = || -> Result<(), Fault> {
        target.create(part).map_err(io)?;
        for chunk in bytes.chunks(CHUNK) {
            target.append(part, chunk).map_err(io)?;
        }
        target.sync(part).map_err(io)?;
        if target.read(part).map_err(io)? != bytes {
            return Err(Fault::new(
                FaultKind::Damaged,
                "写备份：从备份盘读回的内容与写入的不同",
                "这个盘可能坏了，以前的备份没有动；请换一个盘，再运行 jiuji backup",
            ));
        }
        if !replace {
            take(target, name).map_err(io)?;
        }
        target.rename(part, name).map_err(io)?;
        target.sync_folder().map_err(io)
    };
    let written = write();
    if written.is_err() {
        // An unfinished file is never read; where it cannot be removed now the next copy removes it.
        let _ = target.remove(part);
    }
    written
}

/// Takes a name. One that is there without bytes was taken by a copy that was cut off before it could move its file: as
/// the name tells the bytes, whoever finishes it writes the same.
fn take(target: &mut dyn Target, name: &str) -> io::Result<()> {
    match target.create(name) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if target.list()?.iter().any(|(other, size)| other == name && *size == 0) {
                Ok(())
            } else {
                Err(error)
            }
        }
        done => done,
    }
}

/// Writes a small text under a new name, durably: what an officer signed.
///
/// # Errors
/// The folder's, as a sentence; the name is taken.
pub fn keep_text(target: &mut dyn Target, name: &str, text: &str) -> Result<(), Fault> {
    let io = |error| fault("写演练记录", error);
    target.create(name).map_err(io)?;
    let written = target
        .append(name, text.as_bytes())
        .and_then(|()| target.sync(name))
        .and_then(|()| target.sync_folder());
    written.map_err(io)
}

/// The texts whose names begin so, by name; what is no text is passed over.
///
/// # Errors
/// The folder's, as a sentence.
pub fn read_texts(target: &mut dyn Target, begins: &str) -> Result<Vec<(String, String)>, Fault> {
    let io = |error| fault("读演练记录", error);
    let mut names: Vec<String> = target.list().map_err(io)?.into_iter().map(|(name, _)| name).collect();
    names.retain(|name| name.starts_with(begins) && name.ends_with(".txt"));
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        if let Ok(text) = String::from_utf8(target.read(&name).map_err(io)?) {
            texts.push((name, text));
        }
    }
    Ok(texts)
}
