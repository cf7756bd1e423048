//! What a desk keeps in mind (记住): the key book and its own count as of an entry, in its own file beside the entries, so
//! that a start reads the few entries behind that one and not a whole log. It is derived: torn, of another program or of
//! another history, it is read anew from the entries.

use super::Desk;
use crate::ledger::{DeskId, Head};
use crate::office::keybook::{KeyBook, SHAPE};
use crate::store::fault::Fault;
use serde::{Deserialize, Serialize};

/// How many entries may be read again at a start: some milliseconds' worth.
const AGAIN: u64 = 256;

/// As it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept<B> {
    shape: u32,
    /// Another version may make something else of a fact.
    program: String,
    /// Whose count it is.
    desk: DeskId,
    written: u64,
    book: B,
}

impl Desk {
    /// Begins with what was kept, or with nothing.
    pub(super) fn recall(&mut self) -> Result<(), Fault> {
        (self.keys, self.kept) = (KeyBook::default(), 0);
        let Some((at, text)) = self.entries.kept()? else { return Ok(()) };
        let Ok(kept) = serde_json::from_str::<Kept<KeyBook>>(&text) else { return Ok(()) };
        let ours = kept.shape == SHAPE && kept.program == env!("CARGO_PKG_VERSION");
        if ours && kept.desk == self.desk && kept.book.n() == at.n {
            self.written = self.written.max(kept.written);
            (self.keys, self.kept) = (kept.book, at.n);
        }
        Ok(())
    }

    /// Keeps it again where many entries came since. That it cannot be kept costs the next start some time, no more.
    pub(super) fn keep_in_mind(&mut self) {
        if self.keys.n() < self.kept.saturating_add(AGAIN) {
            return;
        }
        if let Err(fault) = self.try_keep() {
            tracing::warn!(%fault, "the key book could not be kept");
        }
    }

    fn try_keep(&mut self) -> Result<(), Fault> {
        let n = self.keys.n();
        let Some(at) = self.entries.head_at(n)? else { return Ok(()) };
        let kept = Kept {
            shape: SHAPE,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            desk: self.desk,
            written: self.written,
            book: &self.keys,
        };
        let text = serde_json::to_string(&kept).map_err(|error| Fault::bug(error.to_string()))?;
        self.entries.keep(Head { n, hash: at.hash }, &text)?;
        self.kept = n;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;
    use crate::ledger::CountyId;
    use crate::office::desk::Parts;
    use crate::office::reach::Reach;
    use crate::office::sweep::big;
    use crate::store::fault::FaultKind;
    use std::path::Path;
    use std::sync::Arc;

    fn desk(folder: &Path, county: CountyId, id: u8) -> Desk {
        let away = || Err(Fault::new(FaultKind::DriveAway, "没有共享盘", "不必处理"));
        let log = Box::new(Reach::new(Box::new(away)));
        let clock = Arc::new(|| Stamp(1_800_000_000_000));
        let desk = DeskId([id; 8]);
        Desk::open(Parts { log, county, desk, folder: folder.to_owned(), clock }).unwrap()
    }

    #[test]
    fn a_start_reads_on_from_what_was_kept_and_anew_where_it_does_not_count() {
        let (big, rows) = big::log(AGAIN + 60).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let county = big.county();
        let mut first = desk(folder.path(), county, 8);
        first.expect(rows.iter().map(|row| row.cid));
        let (early, late) = rows.split_at(AGAIN as usize + 20);
        first.take_in(early).unwrap();
        first.keep_in_mind();
        let kept = first.kept;
        assert_eq!(kept, early.len() as u64);
        first.take_in(late).unwrap();
        first.keep_in_mind();
        assert_eq!(first.kept, kept, "too few are new");
        let (whole, written) = (first.keys.clone(), first.written);
        assert!(written > 0);
        drop(first);

        let again = desk(folder.path(), county, 8);
        assert!(again.keys == whole && again.kept == kept);
        assert_eq!(again.written, written);
        drop(again);
        // Another desk's count is another one; the keys are the same.
        let other = desk(folder.path(), county, 9);
        assert!(other.keys == whole && other.written == 0);
        drop(other);
        let mut own = desk(folder.path(), county, 8);
        assert!(
            own.keys == whole && own.written == written,
            "the other one kept its own, so it was read anew"
        );
        let at = own.entries.head().unwrap();
        own.entries.keep(at, "{}").unwrap();
        own.read_again().unwrap();
        assert!(own.keys == whole && own.written == written, "what cannot be read is read anew");
        own.entries.leave(early.len() as u64 - 1).unwrap();
        own.read_again().unwrap();
        assert_eq!(own.keys.n(), early.len() as u64 - 1);
    }
}
