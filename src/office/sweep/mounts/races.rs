//! Races for a name over both mounts: of two desks that create it at the same moment exactly one must succeed. Everything
//! rests on this one step of the server.

use super::Report;
use crate::store::fault::Fault;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Barrier;

/// How many names are raced for.
const RACES: u32 = 100;

/// Runs the races in a folder of the share, given as both reach it; it is removed afterwards.
///
/// # Errors
/// The drive's.
pub(super) fn run(folders: [PathBuf; 2], report: &mut Report) -> Result<(), Fault> {
    let [first, second] = folders;
    let kept = first.clone();
    std::fs::create_dir(&first).map_err(failed)?;
    let barrier = Barrier::new(2);
    let (ours, theirs) = std::thread::scope(|scope| {
        let runner = |folder: PathBuf| {
            let barrier = &barrier;
            scope.spawn(move || race(&folder, barrier))
        };
        let (one, two) = (runner(first), runner(second));
        (one.join(), two.join())
    });
    let dead = |_| Fault::bug("总检的线程停了");
    let (ours, theirs) = (ours.map_err(dead)??, theirs.map_err(dead)??);
    let (mut won, mut odd) = ([0, 0], 0);
    for pair in ours.into_iter().zip(theirs) {
        match pair {
            (true, false) => won[0] += 1,
            (false, true) => won[1] += 1,
            _ => odd += 1,
        }
    }
    // What cannot be removed decides nothing; its name says whose it is.
    let _ = std::fs::remove_dir_all(kept);
    report.hold(odd == 0, || format!("同时独占创建 {RACES} 次，{odd} 次不是恰好一方成功：这样的盘不能用"));
    report.lines.push(format!("同时独占创建 {RACES} 次：甲得 {}，乙得 {}，各得其一", won[0], won[1]));
    Ok(())
}

/// Races for every name; which were won. A fault is kept until the end, so that the other one does not wait for ever.
fn race(folder: &Path, barrier: &Barrier) -> Result<Vec<bool>, Fault> {
    let mut won = Vec::new();
    let mut fault = None;
    for at in 0..RACES {
        barrier.wait();
        match OpenOptions::new().write(true).create_new(true).open(folder.join(format!("{at}"))) {
            Ok(_) => won.push(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => won.push(false),
            Err(error) => fault = Some(failed(error)),
        }
    }
    fault.map_or(Ok(won), Err)
}

fn failed(error: std::io::Error) -> Fault {
    Fault::of_io("同时独占创建", error)
}
