//! Signatures of a page of rows, checked on a second thread while the first reads on. Each is checked strictly and alone,
//! never in a batch; the first bad one in the log's order is the one that is told, as if they had been checked in turn.

use crate::ledger::chain::{Break, Sigs};
use crate::store::fault::Fault;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, ScopedJoinHandle, scope};

/// So few rows are not worth a thread.
const FEW: usize = 16;
/// Of so many rows the thread that reads checks one itself: reading takes less than checking.
const OWN: usize = 4;

/// The row of a page, by its place there, and what is wrong with it.
pub(super) type Bad = (usize, Break);

/// Takes signatures to be checked.
pub(super) struct Checker {
    beside: Option<Sender<(usize, Sigs)>>,
}

impl Checker {
    /// Has the signatures of the row at this place of the page checked; those before were given before.
    ///
    /// # Errors
    /// They are bad, where that is known at once.
    pub(super) fn give(&mut self, at: usize, sigs: Sigs) -> Result<(), Bad> {
        let own = self.beside.is_none() || at % OWN == OWN - 1;
        if own {
            return sigs.check().map_err(|broken| (at, broken));
        }
        // Nobody takes them where a bad one was found already: that one is told when all is done.
        if let Some(beside) = &self.beside {
            let _ = beside.send((at, sigs));
        }
        Ok(())
    }
}

/// Does `work` on a page of so many rows while their signatures are checked. Gives what it gave, and the first bad row
/// that the second thread found.
///
/// # Errors
/// The second thread died: nothing is known then.
pub(super) fn beside<T>(
    rows: usize,
    work: impl FnOnce(&mut Checker) -> T,
) -> Result<(T, Option<Bad>), Fault> {
    if rows < FEW {
        return Ok((work(&mut Checker { beside: None }), None));
    }
    scope(|threads| {
        let (give, take) = channel();
        let second = Builder::new().name("signatures".into()).spawn_scoped(threads, move || check_all(&take));
        // A machine that gives no thread checks them in turn.
        let (mut checker, second) = match second {
            Ok(second) => (Checker { beside: Some(give) }, Some(second)),
            Err(_) => (Checker { beside: None }, None),
        };
        let done = work(&mut checker);
        drop(checker);
        match second.map(ScopedJoinHandle::join) {
            None => Ok((done, None)),
            Some(Ok(bad)) => Ok((done, bad)),
            Some(Err(_)) => Err(Fault::bug("核对签名的线程中断")),
        }
    })
}

fn check_all(take: &Receiver<(usize, Sigs)>) -> Option<Bad> {
    take.iter().find_map(|(at, sigs)| sigs.check().err().map(|broken| (at, broken)))
}
