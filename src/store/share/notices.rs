//! The notice board `desks/`: a file per desk, written by that desk alone and read by all; and the removal of files that
//! nobody needs any more, which goes by what the notices say.
//!
//! What a notice says is judged by who reads it; here it is only text. Nothing of the log itself is ever removed, only
//! copies of it that newer files replace.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use super::Share;
use super::slip;
use crate::store::fault::Fault;

const DOING: &str = "各台电脑的情况";

/// A superseded file stays so long at least, by the server's clock.
const KEEP: Duration = Duration::from_secs(30 * 24 * 3600);

/// A notice is no longer than this, in bytes; what is longer is none of ours.
const MOST: usize = 4 * 1024;

impl Share {
    fn board(&self) -> PathBuf {
        self.set.folder.join("desks")
    }

    pub(super) fn hang_notice(&mut self, notice: &str) -> Result<(), Fault> {
        let io = |error| Fault::of_io(DOING, error);
        self.drive().make_folder(&self.board()).map_err(io)?;
        self.drive().replace(&self.board().join(self.set.desk.to_string()), notice.as_bytes()).map_err(io)
    }

    pub(super) fn read_notices(&mut self) -> Result<Vec<String>, Fault> {
        let mut notices = Vec::new();
        for name in slip::list(self.drive(), &self.board(), DOING)? {
            // One that cannot be read now is read the next time.
            let Ok(bytes) = self.drive().read_start(&self.board().join(name), MOST) else { continue };
            if let Ok(text) = String::from_utf8(bytes) {
                notices.push(text);
            }
        }
        Ok(notices)
    }

    /// Removes the database files that were superseded or placed and never published, once they are old enough and lie
    /// below `past`. Their publications and turns stay: a name is taken once.
    pub(super) fn remove_superseded(&mut self, past: u32) -> Result<usize, Fault> {
        let current = self.look_for_current()?;
        let needed: BTreeSet<String> = self.segments(1)?.into_iter().map(|file| file.name).collect();
        let now = self.drive().meta(&self.board().join(self.set.desk.to_string()));
        let Ok(now) = now else { return Ok(0) };
        let mut removed = 0;
        for name in slip::list(self.drive(), &self.set.folder, DOING)? {
            let Some(number) = number_of(&name) else { continue };
            if needed.contains(&name) || number >= current.file || number >= past {
                continue;
            }
            // Counted from when the file after it was published.
            let next = self.set.folder.join(slip::log_name(number.saturating_add(1)));
            let age = self.drive().meta(&next).ok();
            let age = age.and_then(|then| now.modified.duration_since(then.modified).ok());
            if age.is_none_or(|age| age < KEEP) {
                continue;
            }
            let path = self.set.folder.join(&name);
            // A journal beside it goes first: without its file nobody could make sense of it.
            let _ = self.drive().remove(&super::file::journal(&path));
            removed += usize::from(self.drive().remove(&path).is_ok());
        }
        Ok(removed)
    }
}

/// The file number of a database file's name, `log.0002.c41e….db`.
fn number_of(name: &str) -> Option<u32> {
    let stem = name.strip_prefix("log.")?.strip_suffix(".db")?;
    let (number, random) = stem.split_once('.')?;
    let plain = !random.is_empty() && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    number.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_database_files_of_the_log_have_a_number() {
        assert_eq!(number_of("log.0002.c41e0a12.db"), Some(2));
        for name in ["log.0002", "log.0002.c41e.db-journal", "log.x.c41e.db", "说明.txt", "log.0002..db"] {
            assert_eq!(number_of(name), None, "{name}");
        }
    }
}
