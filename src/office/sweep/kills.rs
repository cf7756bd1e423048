//! The layer of kills: a county on a local folder, two desks as real processes, `kill -9` at seeded moments, each desk
//! started again at once; then every promise that a desk was given is compared with what is there.

use super::books::Books;
use super::crew::{Crew, DESKS, PATIENCE, Task};
use super::ground;
use super::rng::Rng;
use super::{Order, Report, Size};
use crate::store::fault::Fault;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs the layer in a folder.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let kills = order.kills.unwrap_or(match order.size {
        Size::Small => 20,
        Size::Full => 200,
        Size::Release => 10_000,
    });
    let share = root.join("share");
    ground::found(root, [&share, &share])?;
    let mut crew = Crew::new(root, order.program, order.seed);
    let began = Instant::now();
    let early = kill(&mut crew, kills, Rng::new(order.seed), order.told)?;
    let took = began.elapsed();
    (order.told)("送出待发的指令");
    for desk in DESKS {
        crew.start(desk, Task::Drain)?;
    }
    crew.await_drained(PATIENCE)?;
    let mut report = Report::default();
    report
        .lines
        .push(format!("强杀 {kills} 次，用时 {:.1} 秒；其中 {early} 次在开机过程中", took.as_secs_f64()));
    Books::open(root)?.check(&crew.claims, took, &mut report)?;
    Ok(report)
}

/// Kills so many times. Answers how many fell before the desk was ready.
fn kill(crew: &mut Crew, kills: u32, mut rng: Rng, told: &mut dyn FnMut(&str)) -> Result<u32, Fault> {
    for desk in DESKS {
        crew.start(desk, Task::Work)?;
    }
    let mut early = 0;
    for at in 0..kills {
        let desk = usize::try_from(rng.below(2)).unwrap_or(0);
        // A third of them while it starts, the others while it works.
        if rng.below(3) > 0 {
            crew.listen(PATIENCE, |crew| crew.is_ready(desk))?;
            if !crew.is_ready(desk) {
                return Err(Fault::busy("总检的办公桌没有打开"));
            }
        }
        let moment = Duration::from_millis(rng.between(20, 300));
        crew.listen(moment, |_| false)?;
        early += u32::from(!crew.is_ready(desk));
        crew.strike(desk)?;
        crew.start(desk, Task::Work)?;
        told(&format!("强杀 {}/{kills}", at + 1));
    }
    for desk in DESKS {
        crew.strike(desk)?;
    }
    Ok(early)
}
