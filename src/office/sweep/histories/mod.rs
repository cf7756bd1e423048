//! The layer of histories: random commands on the state in memory, as quick as the rules themselves. After every entry the
//! laws of money, duties, papers and stages have to hold, whatever anybody asked for.

mod banking;
mod commands;
mod laws;
mod path;
mod people;
mod step;
#[cfg(test)]
mod sums;
mod tiers;
mod world;

pub use laws::{Broken, Held, Law};
pub use step::{EDGES, Step, VERBS};
pub use world::World;

use super::pool::{self, Enough};
use super::rng::Rng;
use super::{Order, Report, Size};
use crate::domain::nouns::Stage;
use crate::store::fault::Fault;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

/// The most steps of one history.
const STEPS: u64 = 60;

/// What the histories came to.
#[derive(Default)]
struct Count {
    steps: u64,
    done: u64,
    held: Held,
    stages: BTreeSet<Stage>,
    broken: Vec<String>,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.steps += other.steps;
        self.done += other.done;
        self.held.add(&other.held);
        self.stages.extend(other.stages);
        self.broken.extend(other.broken);
    }
}

/// Runs the layer.
///
/// # Errors
/// The machine's.
pub(super) fn run(_root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let histories = match order.size {
        Size::Small => 20_000,
        Size::Full => 200_000,
        Size::Release => 10_000_000,
    };
    (order.told)("随机的办理经过");
    let began = Instant::now();
    let count = all(histories, order.seed)?;
    let seconds = began.elapsed().as_secs_f64().max(0.001);
    let mut report = Report::default();
    report.lines.push(format!(
        "办理经过 {histories} 个，每秒 {:.0} 个；指令 {} 条，办成 {} 条",
        histories as f64 / seconds,
        count.steps,
        count.done
    ));
    let checks: u64 = Law::ALL.iter().map(|law| count.held.of(*law)).sum();
    report.lines.push(format!(
        "不变式 {} 条，核对 {checks} 次，办到的环节 {} 种",
        Law::ALL.len(),
        count.stages.len()
    ));
    for law in Law::ALL {
        report.hold(count.held.of(law) > 0, || format!("{law:?} 一次也没有用上：这次总检说明不了什么"));
    }
    report.hold(count.stages.len() >= 9, || format!("只办到 {:?}", count.stages));
    report.broken.extend(count.broken);
    Ok(report)
}

/// So many histories, on all processors. Each has a seed of its own, which is said where it breaks a law.
fn all(histories: u64, seed: u64) -> Result<Count, Fault> {
    let fresh = World::new().map_err(|broken| Fault::bug(broken.to_string()))?;
    let work = |(): &mut (), at: u64, own: &mut Count| {
        let own_seed = Rng::new(seed ^ at.wrapping_mul(0x9E37_79B9)).draw();
        own.add(one(fresh.clone(), own_seed));
        Ok(Enough(own.broken.len() >= 5))
    };
    pool::tally(histories, || Ok(()), work, Count::add)
}

/// One history.
fn one(mut world: World, seed: u64) -> Count {
    let mut rng = Rng::new(seed);
    let mut count = Count::default();
    let steps = rng.between(1, STEPS);
    let mut ran = world.fill();
    for at in 0..steps {
        if ran.is_err() {
            break;
        }
        let step = Step::drawn(&mut rng);
        count.steps += 1;
        ran = world
            .go(&step)
            .map_err(|broken| Broken { what: format!("{}（第 {at} 步）", broken.what), ..broken });
        count.stages.extend(world.stages());
    }
    if let Err(broken) = ran {
        count.broken.push(format!("{broken}（办理经过的种子 {seed}）"));
    }
    count.done = world.done();
    count.held = world.held().clone();
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;
    use crate::domain::fact::Fact;

    /// The first law that histories of a broken program break.
    fn found(wound: fn(&mut Vec<Fact>)) -> Option<Law> {
        let mut world = World::new().unwrap();
        world.wound = Some(wound);
        (0..400).find_map(|seed| {
            let mut world = world.clone();
            let mut rng = Rng::new(seed);
            let mut ran = world.fill();
            for _ in 0..60 {
                ran = ran.and_then(|()| world.go(&Step::drawn(&mut rng)));
            }
            ran.err().map(|broken| broken.law)
        })
    }

    #[test]
    fn a_program_that_loses_a_fen_is_found() {
        let wound = |facts: &mut Vec<Fact>| {
            for fact in facts {
                if let Fact::MoneyMoved { postings, .. } = fact
                    && let Some(posting) = postings.first_mut()
                {
                    posting.amount += Money::from_fen(1);
                }
            }
        };
        assert_eq!(found(wound), Some(Law::Balanced));
    }

    #[test]
    fn a_program_that_pays_twice_is_found() {
        let wound = |facts: &mut Vec<Fact>| {
            let paid: Vec<Fact> =
                facts.iter().filter(|fact| matches!(fact, Fact::LinePaid { .. })).cloned().collect();
            facts.extend(paid);
        };
        assert_eq!(found(wound), Some(Law::PaidOnce));
    }

    #[test]
    fn a_program_that_grants_more_than_was_asked_is_found() {
        let wound = |facts: &mut Vec<Fact>| {
            for fact in facts {
                if let Fact::GrantSet { lines, .. } = fact {
                    lines.iter_mut().for_each(|line| line.amount += Money::from_fen(900_000));
                }
            }
        };
        assert_eq!(found(wound), Some(Law::Asked));
    }

    #[test]
    fn a_program_that_forgets_the_papers_is_found() {
        let wound = |facts: &mut Vec<Fact>| facts.retain(|fact| !matches!(fact, Fact::ItemDue { .. }));
        assert_eq!(found(wound), Some(Law::Papers));
    }

    #[test]
    fn a_sound_program_is_found_sound_and_every_law_is_used() {
        let count = all(5_000, 7).unwrap();
        assert_eq!(count.broken, Vec::<String>::new());
        let idle: Vec<Law> = Law::ALL.into_iter().filter(|law| count.held.of(*law) == 0).collect();
        // Closing takes the papers of one case in a row, and the city's answer three officers: which few histories bring. The
        // layer's 20,000 bring both.
        let rare = [Law::ClosedWhole, Law::EnteredAndChecked];
        assert!(idle.iter().all(|law| rare.contains(law)), "{idle:?}");
    }
}
