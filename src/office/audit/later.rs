//! What a longer log knows of an old file (后来的记录): the county destroys private parts in every file it finds, also in
//! those that end before the entry that says so.

use super::place::Place;
use crate::ledger::{CountyId, Head};
use crate::office::desk::verify::verify;
use crate::office::keybook::KeyBook;
use crate::store::fault::Fault;

/// What is said where no longer log was found.
pub(super) const ASK: &str = "缺密封部分的条目，可能是后来按规定销毁的：请把较新的 log 文件放在同一个文件夹里，\
                              或加 --beside 写明另一台电脑的数据文件夹，再核验一次";

/// The key book of the first of `others` that goes on behind `head`, with what it is. Only entries of it that hold are
/// taken into the book.
///
/// # Errors
/// The tables for judging could not be made. One that cannot be read is passed over.
pub(super) fn book<'a>(
    county: CountyId,
    head: Head,
    others: impl Iterator<Item = &'a mut Place>,
) -> Result<Option<(KeyBook, String)>, Fault> {
    for other in others.filter(|other| other.county == county) {
        let Ok(found) = verify(county, &mut |after, limit| other.after(after, limit), &mut |_| {}) else {
            continue;
        };
        if found.head.n <= head.n {
            continue;
        }
        if let Some(book) = read(other, head, found.head.n)? {
            return Ok(Some((book, other.what.clone())));
        }
    }
    Ok(None)
}

/// Its book up to the entry at `end`, if it holds `head`.
fn read(other: &mut Place, head: Head, end: u64) -> Result<Option<KeyBook>, Fault> {
    let mut keys = KeyBook::default();
    while keys.n() < end {
        for row in other.after(keys.n(), 500)?.iter().filter(|row| row.n <= end) {
            if row.n == head.n && row.hash != head.hash {
                return Ok(None);
            }
            keys.take_row(row)?;
        }
    }
    Ok(Some(keys))
}
