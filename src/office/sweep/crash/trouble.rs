//! One fault at one operation of a story: what the desk says of it, and that it is true.

use super::after::{Hit, check};
use super::bench::Said;
use super::stories::Story;
use super::{Benches, Side};
use crate::store::fault::Fault;
use crate::store::simulated::{Plan, What};

/// How many operations a story has on a sound disk.
///
/// # Errors
/// It does not succeed there.
pub(in crate::office::sweep) fn length(story: Story) -> Result<u64, Fault> {
    super::length(story)
}

/// Lets it happen. How the desk's own write ended.
///
/// # Errors
/// What does not hold.
pub(in crate::office::sweep) fn meet(
    benches: &mut Benches,
    story: Story,
    at: u64,
    what: What,
) -> Result<&'static str, String> {
    let bench = benches.entry((story, 4_096)).or_insert_with(|| story.prepare(4_096).ok());
    let Some((bench, ready)) = bench else { return Err("准备不成".to_owned()) };
    let mut desks = bench.again(ready);
    let [one, two] = desks.as_mut_slice() else { return Err("没有办公桌".to_owned()) };
    one.pull().map_err(|fault| fault.what)?;
    bench.disk.lay(Plan { pc: 1, side: Side::Both, at, what });
    let said = story.act(bench, one);
    let hit = bench.disk.clear();
    let end = match said.last() {
        _ if !hit => "没有碰上",
        Some(Said::Done) => "写成",
        Some(Said::NotDone(..)) => "没有写成",
        Some(Said::Unknown) | None => "不明",
    };
    let groups = story.groups();
    check(bench, Hit { desk: one, groups: &groups, said: &said, died: false, first: false }, two)?;
    Ok(end)
}
