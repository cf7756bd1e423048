//! What has to hold after a fault: another desk goes on, the first comes back and offers its commands again, and the log
//! says of each exactly what its desk was told.

use super::bench::{Bench, COUNTY, Cmd, Desk, Said, places};
use crate::ledger::{Head, Row, chain};

/// The state of the story's desk after the fault.
pub(super) struct Hit<'d, 'b> {
    pub(super) desk: &'d mut Desk<'b>,
    pub(super) groups: &'d [Vec<Cmd>],
    /// What it was told of each group; shorter where it died.
    pub(super) said: &'d [Said],
    /// Whether it died: then nobody heard what it said last, but for a yes.
    pub(super) died: bool,
    /// Whether it comes back before another desk goes on.
    pub(super) first: bool,
}

/// Lets the world go on and holds it against what was told.
///
/// # Errors
/// What does not hold.
pub(super) fn check(bench: &Bench, hit: Hit<'_, '_>, other: &mut Desk<'_>) -> Result<(), String> {
    let (next, fresh) = (Cmd::new(201, 40), Cmd::new(202, 40));
    let acknowledged = hit.desk.rows();
    if hit.first {
        hit.desk.pull_patiently()?;
    }
    other.insist(&[next]).map_err(|what| format!("另一台不能继续：{what}"))?;
    let between = other.rows();
    for (at, group) in hit.groups.iter().enumerate() {
        let there = group.iter().filter(|cmd| between.iter().any(|row| row.cid == cmd.cid)).count();
        let said = hit.said.get(at);
        if there != 0 && there != group.len() {
            return Err(format!("第 {} 组只有一部分在日志中", at + 1));
        }
        if said == Some(&Said::Done) && there == 0 {
            return Err(format!("第 {} 组已经确认，却不在日志中", at + 1));
        }
        if matches!(said, Some(Said::NotDone(..))) && !hit.died && there != 0 {
            return Err(format!("第 {} 组说没有写入，却在日志中", at + 1));
        }
    }
    for group in hit.groups {
        hit.desk.insist(group).map_err(|what| format!("回来的一台不能继续：{what}"))?;
    }
    let mut third = bench.desk(4);
    third.insist(&[fresh]).map_err(|what| format!("新的一台不能继续：{what}"))?;
    let rows = third.rows();
    whole(&rows)?;
    for seen in [&between, &acknowledged, &hit.desk.rows()] {
        if places(&rows).get(..seen.len()) != Some(places(seen).as_slice()) {
            return Err("一台电脑核对过的记录后来变了".to_owned());
        }
    }
    for cmd in hit.groups.iter().flatten().chain([&next, &fresh]) {
        let times = rows.iter().filter(|row| row.cid == cmd.cid).count();
        if times != 1 {
            return Err(format!("指令 {} 在日志中 {times} 次", cmd.cid));
        }
    }
    Ok(())
}

/// The chain from the first entry, n without gap.
fn whole(rows: &[Row]) -> Result<(), String> {
    let mut head = Head::genesis(COUNTY);
    for row in rows {
        chain::check_shape(row, &head, COUNTY)
            .map_err(|broken| format!("第 {} 条不成立：{broken}", row.n))?;
        head = Head::of(row);
    }
    Ok(())
}
