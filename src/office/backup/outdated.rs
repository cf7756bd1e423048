//! Backups that still hold what was destroyed (到期销毁). A backup is only ever added to, so its files from before a
//! destruction keep the private parts for good: a new backup has to begin in an empty folder, and the old one be destroyed.

use crate::domain::fact::Fact;
use crate::ledger::Body;
use crate::office::desk::Meaning;
use crate::store::backup::SegmentName;
use crate::store::entries::Entries;
use crate::store::fault::Fault;

/// How many of these files were written before a destruction that this PC carried out, and hold entries whose private part
/// it destroyed.
///
/// # Errors
/// This PC's own entries cannot be read.
pub fn outdated(entries: &Entries, files: &[SegmentName]) -> Result<usize, Fault> {
    let mut old = vec![false; files.len()];
    for n in entries.emptied()? {
        let row = entries.after(n.saturating_sub(1), 1)?.pop().filter(|row| row.n == n);
        let Some(row) = row else { continue };
        let body = Body::from_text(&row.body)
            .map_err(|_| Fault::damaged(format!("本机保存的第 {n} 条记录读不懂")))?;
        let spans: Vec<(u64, u64)> = Meaning::of(&body)?
            .facts
            .into_iter()
            .flat_map(|fact| match fact {
                Fact::Erased { rows, .. } => rows,
                _ => Vec::new(),
            })
            .collect();
        for (file, old) in files.iter().zip(&mut old) {
            // A file that ends before the destruction was written before it, or later by a PC that had carried it out: those
            // are younger than the day of the destruction.
            let before = file.last < n && file.day <= crate::base::stamp::Stamp(body.share_ms).day();
            *old |= before && spans.iter().any(|(first, last)| *first <= file.last && file.first <= *last);
        }
    }
    Ok(old.into_iter().filter(|old| *old).count())
}
