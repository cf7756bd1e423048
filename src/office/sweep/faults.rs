//! The fault sweep (故障): every operation of a desk's write fails, in every way it can, before or after it was done, once,
//! for some operations, or for good. Each time the desk must end in saved, in clearly not saved, or in unknown and then
//! looked up; and when the fault has passed, the same commands stand in the log once.

use super::crash::stories::Story;
use super::crash::trouble;
use super::pool;
use super::{Order, Report, Size};
use crate::base::seeded::Rng;
use crate::store::fault::Fault;
use crate::store::simulated::{Fail, Lasts, What};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// One fault at one operation of one story.
#[derive(Clone, Copy)]
struct Item {
    story: Story,
    at: u64,
    what: What,
}

/// Runs the layer.
///
/// # Errors
/// A story that does not succeed on a sound disk.
pub(super) fn run(_folder: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let (every, seconds) = match order.size {
        Size::Small => (6, 20),
        Size::Full => (1, 1_200),
        Size::Release => (1, 4 * 3_600),
    };
    let mut items = Vec::new();
    for story in Story::ALL {
        let count = trouble::length(story)?;
        let every = every * if order.size == Size::Release { 1 } else { story.weight() };
        for at in 0..=count {
            for (no, what) in faults(order.size).into_iter().enumerate() {
                if (at + no as u64 + order.seed).is_multiple_of(every) {
                    items.push(Item { story, at, what });
                }
            }
        }
    }
    let told = order.told;
    let all = items.len();
    // In any order: where the time is short, every part of every story has been somewhere.
    let seed = order.seed;
    items.sort_by_cached_key(|item| Rng::new(seed ^ item.at << 8 ^ item.story as u64).draw());
    let done = pool::run(
        &items,
        Duration::from_secs(seconds),
        &mut |done| told(&format!("故障 {done}/{all}")),
        BTreeMap::new,
        |benches, item| trouble::meet(benches, item.story, item.at, item.what),
    );
    let mut report = Report::default();
    let mut ends: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (item, answer) in items.iter().zip(&done.answers) {
        match answer {
            Ok(end) => *ends.entry(end).or_default() += 1,
            Err(what) => {
                report.broken.push(format!("{} 第{}步 {:?}：{what}", item.story.name(), item.at, item.what));
            }
        }
    }
    let runs = done.answers.len();
    let ends: Vec<String> = ends.iter().map(|(end, times)| format!("{end} {times}")).collect();
    report.hold(runs > 0, || "没有一次故障：这次总检说明不了什么".to_owned());
    report.lines.push(format!(
        "故障 {runs}/{all} 次：{}；每秒 {:.0} 次",
        ends.join("，"),
        runs as f64 / done.took.as_secs_f64().max(0.001)
    ));
    Ok(report)
}

/// What can go wrong at an operation.
fn faults(size: Size) -> Vec<What> {
    let mut out = Vec::new();
    let lasting: &[Lasts] = match size {
        Size::Small | Size::Full => &[Lasts::Once, Lasts::Times(3), Lasts::Times(12), Lasts::ForGood],
        Size::Release => &[
            Lasts::Once,
            Lasts::Times(2),
            Lasts::Times(3),
            Lasts::Times(5),
            Lasts::Times(8),
            Lasts::Times(12),
            Lasts::Times(20),
            Lasts::Times(40),
            Lasts::ForGood,
        ],
    };
    for fail in Fail::ALL {
        for lasts in lasting {
            out.push(What::Fail(fail, *lasts));
            // What fails after it was done: but a short read is short.
            if !fail.is_short() {
                out.push(What::FailAfter(fail, *lasts));
            }
        }
    }
    out
}
