//! A sealed database (加密的本机库): SQLite's own engine over files of which every page is sealed, so that a stolen PC gives
//! away nothing of what stands in them.
//!
//! - [`open`] opens a database under keys of whoever is signed in; `vfs` is the file system that it goes through, a thin one
//!   over the system's (or the simulated disk's)
//! - every page, the frames of the write-ahead log, journals and what SQLite puts aside for a moment are sealed by
//!   XChaCha20-Poly1305, each part bound to its file's kind and its place (`layout`, `file`); the nonces are 16 random bytes
//!   of the opening and a count
//! - the file's own random key stands sealed in its head (`head`), under the newest key at hand
//!
//! What remains to be seen: how long the files are, which pages were written when, and the index of the write-ahead log
//! (`-shm`): page numbers, no content. Whoever may write to the disk can put an old page in place of a new one; the replica
//! is only a derived file, and who reads it without trust builds it again.

mod file;
mod head;
mod layout;
#[cfg(test)]
mod tests;
mod vfs;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use rusqlite::{Connection, OpenFlags};

pub use super::desk::sealed::FileKey;

thread_local! {
    /// Under what the database that this thread opens now is sealed.
    static KEYS: RefCell<Option<Rc<[FileKey]>>> = const { RefCell::new(None) };
}

/// Opens a sealed database, or makes one where the file is not there or empty and `flags` allow it. `keys` are those of
/// whoever is signed in, oldest first: any of them opens, and from then on the newest does.
///
/// # Errors
/// SQLite's. `NotADatabase` where none of the keys opens the file, or it is not sealed at all.
pub fn open(path: &Path, flags: OpenFlags, keys: &[FileKey]) -> rusqlite::Result<Connection> {
    vfs::register();
    let _told = Told::tell(keys);
    let db = Connection::open_with_flags_and_vfs(path, flags, vfs::NAME)?;
    // What a statement sorts or keeps aside stays in memory; what does not is sealed under a key that nobody keeps.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(db)
}

/// Holds the keys as long as a database is being opened.
struct Told;

impl Told {
    fn tell(keys: &[FileKey]) -> Told {
        KEYS.with(|told| *told.borrow_mut() = Some(keys.into()));
        Told
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        KEYS.with(|told| *told.borrow_mut() = None);
    }
}

/// The keys under which a database is being opened on this thread.
fn told() -> Option<Rc<[FileKey]>> {
    KEYS.with(|told| told.borrow().clone())
}
