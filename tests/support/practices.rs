//! Practice offices that are built already: most stories begin in one, and building it takes longer than many a story. The
//! real program builds it once for each first day; a story gets a copy.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What builds one in a data folder and tells what it said.
pub type Build<'a, E> = &'a mut dyn FnMut(&Path) -> Result<String, E>;

/// Those of one test run; they go with it.
pub struct Practices {
    folder: tempfile::TempDir,
    /// What the program said when it built the one that begins so many days after today.
    said: Mutex<BTreeMap<u16, String>>,
}

impl Practices {
    /// None yet.
    pub fn new() -> io::Result<Practices> {
        Ok(Practices { folder: tempfile::tempdir()?, said: Mutex::default() })
    }

    /// Puts a copy of the office that begins so many days after today into a data folder, and tells what its builder said.
    pub fn give<E: From<io::Error>>(&self, later: u16, to: &Path, build: Build<'_, E>) -> Result<String, E> {
        let from = self.folder.path().join(later.to_string());
        // Others wait here while one is built.
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let words = match said.get(&later) {
            Some(words) => words.clone(),
            None => {
                fs::create_dir_all(&from)?;
                let words = build(&from)?;
                said.entry(later).or_insert(words).clone()
            }
        };
        drop(said);
        let inside = |folder: &Path| -> PathBuf { folder.join("practice") };
        if inside(to).exists() {
            fs::remove_dir_all(inside(to))?;
        }
        copy(&inside(&from), &inside(to))?;
        Ok(words)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
