//! The layer of tampering: a small county's log, changed byte by byte and by scripted attacks. Every change has to be found
//! by the next desk that reads, in a sentence that says where and what.

mod attacks;
mod authority;
mod batched;
mod bytes;
mod court;
mod insider;
mod lent;
mod patched;
mod recovery;
mod skipped;
mod ward;

use super::{Order, Report};
use crate::store::fault::Fault;
use std::path::Path;

pub(super) use ward::{Scene, Ward, Yard, copy, hurried, reach, setting};

/// Runs the layer in a folder.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let mut report = Report::default();
    let ward = Ward::found(root)?;
    report.lines.push(format!("日志 {} 条", ward.rows.len()));
    attacks::run(&ward, &mut report)?;
    authority::run(&root.join("court"), &mut report)?;
    bytes::run(&ward.yard, order.size, order.seed, order.told, &mut report)?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wound_and_every_patched_program_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let report = run(folder.path(), Order::small(&mut |_| {})).unwrap();
        assert!(report.broken.is_empty(), "{:#?}", report.broken);
        assert!(report.lines.len() > authority::count() + 2, "{:#?}", report.lines);
    }
}
