//! The crash explorer (崩溃): the product's own log store on a simulated disk. A desk is stopped at every single operation of
//! its write, by its own death, its power or the server's, and whatever part of the unsynced changes survives; then another
//! desk goes on, the first comes back, and everything that was acknowledged must be there, once.
//!
//! Before that, the harness is held against the journal modes that are known to fail: where those pass, nothing is proved.

mod after;
mod bench;
mod own;
pub(super) mod stories;
pub(super) mod trouble;

use super::pool;
use super::{Order, Report, Size};
use crate::base::seeded::Rng;
use crate::store::fault::Fault;
use crate::store::simulated::modes::{MODES, trial};
use crate::store::simulated::{Chance, Plan, Side, What};
use bench::{Bench, Ready, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;
use stories::Story;

/// How much of it.
struct Scale {
    /// Power cuts of each kind at each operation.
    cuts: u64,
    /// Time for the stories.
    time: Duration,
    /// Power cuts at each operation of each mode.
    modes: u64,
    /// Power cuts at an operation on a desk's own files, and every how many of the operations.
    own: u64,
    own_every: usize,
}

impl Scale {
    fn of(size: Size) -> Scale {
        let (cuts, seconds, modes, own, own_every) = match size {
            Size::Small => (12, 20, 5, 2, 7),
            Size::Full => (100, 1_200, 100, 20, 1),
            Size::Release => (4_000, 8 * 3_600, 400, 400, 1),
        };
        Scale { cuts, time: Duration::from_secs(seconds), modes, own, own_every }
    }
}

/// One operation of one story.
#[derive(Clone, Copy)]
struct Item {
    story: Story,
    sector: u64,
    at: u64,
    cuts: u64,
}

/// What came of an item.
#[derive(Default)]
struct Count {
    kills: u64,
    cuts: u64,
    outcomes: u64,
    broken: Vec<String>,
}

/// Runs the layer.
///
/// # Errors
/// A story that does not succeed on a sound disk.
pub(super) fn run(_folder: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let scale = Scale::of(order.size);
    let mut report = Report::default();
    harness(&scale, order.seed, &mut report)?;
    own::run(order.seed, scale.own, scale.own_every, &mut report)?;
    let mut items = Vec::new();
    let mut operations = Vec::new();
    for story in Story::ALL {
        let count = length(story)?;
        operations.push(format!("{} {count}", story.name()));
        // All operations once with few cuts before any with many: where the time is short, none is left out.
        let rounds = scale.cuts.div_ceil(12);
        let every = if order.size == Size::Small { story.weight() } else { 1 };
        for round in 0..rounds {
            for at in (0..=count).filter(|at| at % every == (order.seed + round) % every) {
                let sector = if (at + round).is_multiple_of(2) { 512 } else { 4_096 };
                items.push((round, Item { story, sector, at, cuts: scale.cuts.min(12) }));
            }
        }
    }
    // In any order: where the time is short, every part of every story has been somewhere.
    let seed = order.seed;
    items.sort_by_key(|(round, item)| (*round, Rng::new(seed ^ item.at << 8 ^ item.story as u64).draw()));
    let told = order.told;
    let all = items.len();
    let done = pool::run(
        &items,
        scale.time,
        &mut |done| told(&format!("崩溃点 {done}/{all}")),
        BTreeMap::new,
        |benches, (round, item)| one(benches, *item, seed ^ round.wrapping_mul(0x1234_5678_9ABC)),
    );
    let mut sum = Count::default();
    let reached = done.answers.len();
    for answer in done.answers {
        sum.kills += answer.kills;
        sum.cuts += answer.cuts;
        sum.outcomes += answer.outcomes;
        report.broken.extend(answer.broken);
    }
    let runs = sum.kills + sum.cuts;
    report.hold(sum.kills > 0 && sum.cuts > 0, || "没有一次崩溃：这次总检说明不了什么".to_owned());
    report.lines.push(format!("每种写入的操作数：{}", operations.join("，")));
    report.lines.push(format!(
        "崩溃点 {reached}/{all}；停机 {} 次，断电 {} 次（其中结果各不相同、逐一走完的 {} 次）；每秒 {:.0} 次",
        sum.kills,
        sum.cuts,
        sum.outcomes,
        runs as f64 / done.took.as_secs_f64().max(0.001)
    ));
    Ok(report)
}

/// The journal modes: those that must fail do.
fn harness(scale: &Scale, seed: u64, report: &mut Report) -> Result<(), Fault> {
    for mode in MODES {
        let mut line = String::new();
        for sector in [512, 4_096] {
            let tally = trial(mode, sector, seed, scale.modes)?;
            line.push_str(&format!(
                "  扇区{sector}：断电 {}，损坏 {}，半截 {}，确认而丢失 {}",
                tally.runs, tally.corrupt, tally.half, tally.lost
            ));
            report.hold(tally.is_clean() == mode.is_safe, || {
                let word =
                    if mode.is_safe { "应当不出错" } else { "应当出错，否则检验本身无效" };
                format!("日志方式 {}（扇区 {sector}）{word}：{tally:?}", mode.name)
            });
        }
        report.lines.push(format!("{}{line}", mode.name));
    }
    Ok(())
}

/// How many operations a story has on a sound disk.
fn length(story: Story) -> Result<u64, Fault> {
    let (bench, ready) = story.prepare(4_096)?;
    let mut desks = bench.again(&ready);
    let Some(one) = desks.first_mut() else { return Err(Fault::bug("没有办公桌")) };
    one.pull()?;
    let before = bench.disk.operations();
    let said = story.act(&bench, one);
    if said.iter().any(|said| *said != Said::Done) {
        return Err(Fault::bug(format!("{}：没有故障也没有写成：{said:?}", story.name())));
    }
    Ok(bench.disk.operations() - before)
}

/// The benches of one core, each prepared once.
pub(super) type Benches = BTreeMap<(Story, u64), Option<(Bench, Ready)>>;

/// Everything that can happen at one operation.
fn one(benches: &mut Benches, item: Item, seed: u64) -> Count {
    let bench =
        benches.entry((item.story, item.sector)).or_insert_with(|| item.story.prepare(item.sector).ok());
    let mut count = Count::default();
    let Some((bench, ready)) = bench else {
        count.broken.push(format!("{}：准备不成", item.story.name()));
        return count;
    };
    let mut say = |how: &str, told: Result<(), String>| {
        if let Err(what) = told {
            let Item { story, sector, at, .. } = item;
            count.broken.push(format!("{} 扇区{sector} 第{at}步 {how}：{what}", story.name()));
        }
    };
    for first in [false, true] {
        say(if first { "停机，先回来" } else { "停机" }, stopped(bench, ready, item, first));
    }
    let seeds: Vec<u64> =
        (0..item.cuts).map(|no| seed ^ (item.at << 20) ^ no.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
    let mut outcomes = 2;
    for (whose, how) in [(What::ServerPower, "服务器断电"), (What::Kill, "电脑断电")] {
        let (distinct, told) = powerless(bench, ready, item, whose, &seeds);
        outcomes += distinct;
        for (seed, what) in told {
            say(&format!("{how}，种子 {seed}"), Err(what));
        }
    }
    for seed in &seeds {
        outcomes += 1;
        say(&format!("服务器重启，种子 {seed}"), blinked(bench, ready, item, *seed));
    }
    count.kills = 2;
    count.cuts = item.cuts * 3;
    count.outcomes = outcomes - 2;
    count
}

/// The PC dies and comes back.
fn stopped(bench: &Bench, ready: &Ready, item: Item, first: bool) -> Result<(), String> {
    let mut desks = bench.again(ready);
    let [one, two] = desks.as_mut_slice() else { return Err("没有办公桌".to_owned()) };
    one.pull().map_err(|fault| fault.what)?;
    bench.disk.lay(Plan { pc: 1, side: Side::Both, at: item.at, what: What::Kill });
    let said = item.story.act(bench, one);
    bench.disk.clear();
    one.restart();
    let groups = item.story.groups();
    after::check(bench, after::Hit { desk: one, groups: &groups, said: &said, died: true, first }, two)
}

/// The server, or the PC, loses its power: all its outcomes that differ. How many those are, and what does not hold.
fn powerless(
    bench: &Bench,
    ready: &Ready,
    item: Item,
    what: What,
    seeds: &[u64],
) -> (u64, Vec<(u64, String)>) {
    let mut broken = Vec::new();
    let mut desks = bench.again(ready);
    let [one, two] = desks.as_mut_slice() else { return (0, broken) };
    if let Err(fault) = one.pull() {
        return (0, vec![(0, fault.what)]);
    }
    bench.disk.lay(Plan { pc: 1, side: Side::Both, at: item.at, what });
    let said = item.story.act(bench, one);
    bench.disk.clear();
    let died = bench.disk.is_dead(1);
    let crashed = Ready::at(bench.disk.snapshot(), &[one, two]);
    drop(desks);
    let groups = item.story.groups();
    let mut seen = BTreeSet::new();
    for seed in seeds {
        let mut desks = bench.again(&crashed);
        let [one, two] = desks.as_mut_slice() else { continue };
        let mut chance = Chance::new(*seed);
        let outcome = match what {
            What::ServerPower => bench.disk.power_back(&mut || chance.keeps()),
            _ => bench.disk.power_off(1, &mut || chance.keeps()),
        };
        if !seen.insert(outcome) {
            continue;
        }
        one.restart();
        let first = seed & 1 == 1;
        let hit = after::Hit { desk: one, groups: &groups, said: &said, died, first };
        if let Err(what) = after::check(bench, hit, two) {
            broken.push((*seed, what));
        }
    }
    (seen.len() as u64, broken)
}

/// The server goes down and up again while the desk goes on.
fn blinked(bench: &Bench, ready: &Ready, item: Item, seed: u64) -> Result<(), String> {
    let mut desks = bench.again(ready);
    let [one, two] = desks.as_mut_slice() else { return Err("没有办公桌".to_owned()) };
    one.pull().map_err(|fault| fault.what)?;
    bench.disk.lay(Plan { pc: 1, side: Side::Both, at: item.at, what: What::ServerBlink(seed) });
    let said = item.story.act(bench, one);
    bench.disk.clear();
    let groups = item.story.groups();
    let hit = after::Hit { desk: one, groups: &groups, said: &said, died: false, first: false };
    after::check(bench, hit, two)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few operations of each story, in full.
    #[test]
    fn a_desk_stopped_anywhere_loses_and_doubles_nothing() {
        for story in [Story::OnePage, Story::Overflow, Story::Takeover, Story::Closing] {
            let mut benches = Benches::new();
            let count = length(story).unwrap();
            for at in (0..=count).step_by(if story == Story::Takeover { 97 } else { 17 }) {
                let done = one(&mut benches, Item { story, sector: 512, at, cuts: 2 }, at);
                assert_eq!(done.broken, Vec::<String>::new(), "{} at {at}", story.name());
            }
        }
    }
}
