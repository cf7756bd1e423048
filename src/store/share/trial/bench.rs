//! The trial's own folder on the share, `doctor/…`: made under a new name, removed when the trial ends, however it ends.
//! What a trial left that was cut off by a power cut is removed by a later one, a day old at least.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::ground::Ground;

/// The folder of all trials on a share.
const NAME: &str = "doctor";
/// Leftovers younger than this may be somebody at work.
const OLD: Duration = Duration::from_secs(24 * 3600);
/// A trial's folder holds folders, and those hold files.
const DEPTH: usize = 3;

/// A trial's folder; dropping it removes it.
pub struct Bench {
    ground: Arc<dyn Ground>,
    share: PathBuf,
    folder: PathBuf,
    /// The share's own folder was made for the trial.
    share_is_ours: bool,
}

impl Bench {
    /// Makes the folder `doctor/<name>`. A share that is not there is made too, and removed again.
    ///
    /// # Errors
    /// The drive's.
    pub fn make(ground: Arc<dyn Ground>, share: &Path, name: &str) -> io::Result<Bench> {
        let there = ground.list(share);
        let share_is_ours = matches!(&there, Err(error) if error.kind() == io::ErrorKind::NotFound);
        let folder = share.join(NAME).join(name);
        let bench = Bench { ground, share: share.to_owned(), folder, share_is_ours };
        bench.ground.make_folder(&bench.folder)?;
        Ok(bench)
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets go of the folder without removing it: another PC still uses it.
    pub fn leave(mut self) {
        self.folder = PathBuf::new();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if self.folder.as_os_str().is_empty() {
            return;
        }
        remove_tree(self.ground.as_ref(), &self.folder, DEPTH);
        // Fails while another trial is at work there, and should.
        let _ = self.ground.remove_folder(&self.share.join(NAME));
        if self.share_is_ours {
            let _ = self.ground.remove_folder(&self.share);
        }
    }
}

/// Removes a folder with what is in it, as far as the drive lets us: whoever comes a day later tries again.
fn remove_tree(ground: &dyn Ground, folder: &Path, depth: usize) {
    for name in ground.list(folder).unwrap_or_default() {
        let path = folder.join(name);
        if ground.remove(&path).is_err() && depth > 1 {
            remove_tree(ground, &path, depth - 1);
        }
    }
    let _ = ground.remove_folder(folder);
}

/// The trials in the folder, ours included.
pub(super) fn trials(ground: &dyn Ground, share: &Path) -> Vec<String> {
    ground.list(&share.join(NAME)).unwrap_or_default()
}

/// Removes what trials left a day ago or earlier, by the server's own clock. `fresh` is a file just made.
pub(super) fn sweep(ground: &dyn Ground, share: &Path, fresh: &Path) {
    let Ok(now) = ground.modified(fresh) else { return };
    for name in trials(ground, share) {
        let ours = name.starts_with("one.") || name.starts_with("two.");
        let path = share.join(NAME).join(&name);
        let age = ground.modified(&path).ok().and_then(|then| now.duration_since(then).ok());
        if ours && age.is_some_and(|age| age > OLD) {
            remove_tree(ground, &path, DEPTH);
        }
    }
}
