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
//!
//! # What it costs
//!
//! Both ways in one program (`cargo bench --bench lookup`, with `JIUJI_BENCH_PLAIN` set for the plain way): 100,000 grants of
//! 50,000 people, 47 MiB, medians of three runs on a busy PC. It costs where a page is fetched that a connection does not hold:
//! 3 to 4 us each, against 1 us for a copy out of the system's memory. What is held is plain memory.
//!
//! | | plain | sealed |
//! |---|---|---|
//! | start up to the question for the password: the replica is not touched | 194 us | 203 us |
//! | opened for reading, with its head | 417 us | 487 us |
//! | signed in where nothing is new (fastest) | 1.16 ms | 1.26 ms |
//! | first lookup of an id number on a new connection | 19.7 us | 36.8 us |
//! | id number; phone | 3.2 us; 3.1 us | 3.2 us; 3.2 us |
//! | six last digits; account | 10.7 us; 9.9 us | 10.9 us; 10.1 us |
//! | initials; pinyin; any substring, first twenty | 7.9 us; 8.7 us; 8.9 us | 8.0 us; 9.0 us; 9.0 us |
//! | twenty rows on the screen | 151 us | 154 us |
//! | household's three years, another one each time | 17.6 us | 47.9 us |
//! | family card, another one each time | 86 us | 180 us |
//! | an entry made, decided and applied, processor time (without making it some 80 us) | 100 us | 106 us |
//! | the same size on the disk | 47.5 MiB | 47.9 MiB |
//!
//! So it is sealed: every key pressed answers within the same frame, start and looking up are where they were, and joining
//! stays above 8,000 entries a second. Sealing single columns instead would leave who got what when, how often and where in
//! the open, and would need keyed hashes in place of each index.

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
