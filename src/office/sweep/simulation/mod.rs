//! The simulation (模拟): several real desks and one share, in one process, on simulated disks, with a virtual clock. Drives go
//! and come back, PCs die in the middle of a commit or sleep through it, the server loses its power, replicas are deleted,
//! clocks jump, a PC is cloned, a program is patched; last week's copy is put back, the log is cut, the folder is emptied, and
//! a desk rebuilds the log and all go on. All of it from a seed, and a seed repeats exactly: the trace of all operations is
//! compared.
//!
//! `books` has the table of the invariants and where each is held.

mod bank;
mod baton;
mod books;
mod course;
mod deeds;
mod open;
mod secrets;
mod station;
mod totals;
mod worst;

use super::pool;
use super::{Order, Report, Size};
use crate::store::fault::Fault;
use course::{Came, Wish};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// How many desks.
const DESKS: usize = 8;

/// Runs the layer: many seeds, each of so many commands.
///
/// # Errors
/// None of the machine's; a course that cannot begin is in the report.
pub(super) fn run(_folder: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let (seeds, commands, seconds, twice) = match order.size {
        Size::Small => (120, 60, 30, 8),
        Size::Full => (2_000, 500, 3_600, 50),
        Size::Release => (200_000, 500, 7 * 24 * 3_600, 50),
    };
    // Paying by bank is in the longer courses.
    let bank = order.size != Size::Small;
    let twice = if order.doublecheck { 1 } else { twice };
    let wishes: Vec<Wish> = (0..seeds)
        .map(|no: u64| Wish { seed: order.seed.wrapping_add(no), desks: DESKS, commands, bank })
        .collect();
    let told = order.told;
    let done = pool::run(
        &wishes,
        Duration::from_secs(seconds),
        &mut |done| told(&format!("模拟 {done}/{seeds}")),
        || (),
        |(), wish| course(*wish, wish.seed.is_multiple_of(twice)),
    );
    let mut report = Report::default();
    let (mut given, mut acknowledged, mut refused, mut entries, mut operations) = (0, 0, 0, 0, 0);
    let mut events: BTreeMap<&'static str, u64> = BTreeMap::new();
    let courses = done.answers.len();
    for came in done.answers {
        given += came.given;
        acknowledged += came.done;
        refused += came.refused;
        entries += came.entries;
        operations += came.operations;
        for (event, times) in came.events {
            *events.entry(event).or_default() += times;
        }
        report.broken.extend(came.broken);
    }
    report.hold(acknowledged > 0, || "没有一条指令办成：这次总检说明不了什么".to_owned());
    let sent = events.get("批次提交").copied().unwrap_or(0);
    report.hold(!bank || sent > 0, || "没有一个批次提交：I20 没有核对过".to_owned());
    report.lines.push(format!(
        "种子 {}起 {courses} 个，每个 {DESKS} 台办公桌；指令 {given} 条，确认 {acknowledged}，不予办理 {refused}；记录 {entries} 条；磁盘操作 {operations} 次；每秒 {:.0} 条指令",
        order.seed,
        given as f64 / done.took.as_secs_f64().max(0.001)
    ));
    let events: Vec<String> = events.iter().map(|(event, times)| format!("{event} {times}")).collect();
    report.lines.push(events.join("，"));
    Ok(report)
}

/// One seed, twice where wanted: then both courses must be the same.
fn course(wish: Wish, twice: bool) -> Came {
    let run = || {
        course::run(wish).unwrap_or_else(|fault| Came {
            broken: vec![format!("种子 {}：不能开始：{}", wish.seed, fault.what)],
            ..Came::default()
        })
    };
    let mut came = run();
    if twice {
        let again = run();
        if (again.trace, again.operations) != (came.trace, came.operations) {
            came.broken.push(format!(
                "种子 {} 两次不同：操作 {} 与 {} 次",
                wish.seed, came.operations, again.operations
            ));
        }
        *came.events.entry("走了两次").or_default() += 1;
    }
    came
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seeds that once failed, and what they showed.
    const SEEDS: &str = include_str!("../../../../tests/seeds");

    /// The same of other seeds, in the words of that file with `;` between them, where this is set.
    const OTHERS: &str = "JIUJI_SEEDS";

    #[test]
    fn seeds_that_once_failed_hold() {
        let others = std::env::var(OTHERS).map(|seeds| seeds.replace(';', "\n"));
        let seeds = others.as_deref().unwrap_or(SEEDS).lines();
        for line in seeds.filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let mut words = line.split_whitespace();
            let mut number = || words.next().and_then(|word| word.parse::<u64>().ok()).unwrap();
            let (seed, desks, commands) = (number(), number(), number());
            let bank = words.next() == Some("bank");
            let desks = usize::try_from(desks).unwrap();
            let came = course(Wish { seed, desks, commands, bank }, false);
            assert_eq!(came.broken, Vec::<String>::new(), "seed {seed}");
        }
    }

    #[test]
    fn a_course_holds_and_repeats_exactly() {
        for seed in [1, 2] {
            let came = course(Wish { seed, desks: 4, commands: 16, bank: true }, true);
            assert_eq!(came.broken, Vec::<String>::new(), "seed {seed}");
            assert!(came.done > 3, "{came:?}");
        }
    }
}
