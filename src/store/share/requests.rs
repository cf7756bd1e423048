//! Requests of officers (申请) on the notice board `desks/`: a small file each, left by a PC where somebody made a key, taken
//! away once it was answered. What it says is judged by who reads it; here it is only text.

use super::Share;
use super::slip;
use crate::store::fault::Fault;
use std::path::PathBuf;

const DOING: &str = "操作员的申请";

/// Their names begin so; the rest is random.
const PREFIX: &str = "request.";

/// A request is no longer than this, in bytes.
const MOST: usize = 4 * 1024;

/// More are not read: whoever can write here could lay thousands.
const MANY: usize = 200;

impl Share {
    fn desk_folder(&self) -> PathBuf {
        self.set.folder.join("desks")
    }

    pub(super) fn write_request(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        let io = |error| Fault::of_io(DOING, error);
        let path = self.desk_folder().join(format!("{PREFIX}{name}"));
        self.drive().make_folder(&self.desk_folder()).map_err(io)?;
        self.drive().replace(&path, text.as_bytes()).map_err(io)
    }

    pub(super) fn read_requests(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let mut requests = Vec::new();
        let names = slip::list(self.drive(), &self.desk_folder(), DOING)?;
        for file in names.iter().filter(|name| name.starts_with(PREFIX)).take(MANY) {
            // One that cannot be read now is read the next time.
            let Ok(bytes) = self.drive().read_start(&self.desk_folder().join(file), MOST) else { continue };
            let name = file.strip_prefix(PREFIX).unwrap_or_default();
            if let Ok(text) = String::from_utf8(bytes) {
                requests.push((name.to_owned(), text));
            }
        }
        requests.sort();
        Ok(requests)
    }

    pub(super) fn remove_request(&mut self, name: &str) -> Result<(), Fault> {
        // A name comes from a list of this folder; anything else could lead out of it.
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(());
        }
        let path = self.desk_folder().join(format!("{PREFIX}{name}"));
        match self.drive().remove(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::of_io(DOING, error)),
            _ => Ok(()),
        }
    }
}
