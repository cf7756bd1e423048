//! The backup (备份) of a log in a second folder or on a stick: files of verified entries, each a SQLite file of its own
//! in the format of `entries.db`, written once and never changed. Entries prove themselves, so a backup needs no key and
//! no trust in its folder.
//!
//! # What lies in the folder
//!
//! - `jiuji-COUNTY-FIRST-LAST-DAY-HASH.db`: the entries FIRST to LAST (nine digits or more), written on DAY (`20261127`).
//!   COUNTY is the first 8 hex digits of the county's id, HASH the first 16 of the SHA-256 of the file's bytes: the name
//!   says what the file must be, so that every changed byte shows, also between the entries. Tables `entry` and
//!   `county` as in `entries.db`, and `segment(id, made)`, canonical JSON of when and by which desk it was made.
//! - `….db.DESK.part`: one that is being written, or was when the stick was pulled. Never read; its desk removes it.
//! - `jiuji-backup.txt`: the list for people. Nothing depends on it; it is written again whenever it differs.
//! - `jiuji-drill-….txt`: what an officer signed after a drill.
//!
//! A file takes its name by exclusive creation, empty; the finished copy, synced and read back, is then moved onto it.
//! A file of no bytes is therefore an unfinished one and counts as nothing. Nothing that has bytes is ever replaced or
//! removed; foreign files are left alone. Files may overlap, as where two PCs wrote: whoever reads takes one that is
//! whole. Where a range is missing the next copy writes it.

mod copy;
mod index;
mod name;
mod rows;
mod segment;
mod target;
#[cfg(test)]
mod tests;

pub use copy::{Copied, Copying, SEGMENT, copy};
pub use name::SegmentName;
pub use rows::{Bad, Rows, holds_backup, names, same};
pub use target::{Folder, Target, keep_text, read_texts};

/// How much of a desk's id stands in the names of its unfinished files.
const DESK_DIGITS: usize = 16;
