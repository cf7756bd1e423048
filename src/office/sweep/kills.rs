//! The layer of kills: a county on a local folder, several desks as real processes, `kill -9` at seeded moments, each desk
//! started again at once; then every promise that a desk was given is compared with what is there.

use super::books::Books;
use super::crew::{Crew, PATIENCE, Task};
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
    let (desks, kills) = match order.size {
        Size::Small => (3, 24),
        Size::Full => (8, 500),
        Size::Release => (8, 12_000),
    };
    let (desks, kills) = (order.desks.unwrap_or(desks), order.kills.unwrap_or(kills));
    ground::found(root, &[])?;
    let mut crew = Crew::new(root, desks, order.program, order.seed);
    let began = Instant::now();
    let early = kill(&mut crew, kills, Rng::new(order.seed), order.told)?;
    let took = began.elapsed();
    (order.told)("送出待发的指令");
    crew.start_all(Task::Drain)?;
    crew.await_drained(PATIENCE)?;
    let mut report = Report::default();
    report.lines.push(format!(
        "{desks} 台，强杀 {kills} 次，用时 {:.1} 秒；其中 {early} 次在开机过程中",
        took.as_secs_f64()
    ));
    Books::open(root, desks)?.check(&crew.claims, took, &mut report)?;
    Ok(report)
}

/// Kills so many times. Answers how many fell before the desk was ready.
fn kill(crew: &mut Crew, kills: u32, mut rng: Rng, told: &mut dyn FnMut(&str)) -> Result<u32, Fault> {
    crew.start_all(Task::Work)?;
    let mut early = 0;
    for at in 0..kills {
        let moment = Duration::from_millis(rng.between(50, 400));
        crew.listen(moment, |_| false)?;
        // A third of them whichever it is, the others one that works.
        let any = rng.below(3) == 0;
        if !any {
            crew.listen(PATIENCE, |crew| crew.desks().any(|desk| crew.is_ready(desk)))?;
        }
        let desks: Vec<usize> = crew.desks().filter(|desk| any || crew.is_ready(*desk)).collect();
        let place = usize::try_from(rng.below(desks.len() as u64)).unwrap_or(0);
        let Some(desk) = desks.get(place).copied() else {
            return Err(Fault::busy("总检的办公桌没有打开"));
        };
        early += u32::from(!crew.is_ready(desk));
        crew.strike(desk)?;
        crew.start(desk, Task::Work)?;
        told(&format!("强杀 {}/{kills}", at + 1));
    }
    crew.desks().try_for_each(|desk| crew.strike(desk))?;
    Ok(early)
}
