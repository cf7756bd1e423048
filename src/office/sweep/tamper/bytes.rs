//! Every byte of every column of every entry, changed: the desk that reads it next says which entry, and as far as its text
//! can still be read whose and when.

use super::ward::{Scene, Yard};
use crate::base::day::Stamp;
use crate::ledger::{Body, Row};
use crate::office::desk::Desk;
use crate::office::sweep::rng::Rng;
use crate::office::sweep::{Report, Size};
use crate::store::fault::Fault;
use crate::store::share::wound::{Column, Wounded};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// The small sweep changes one byte of so many.
const SMALL_STEP: usize = 37;

/// What the changes came to.
#[derive(Default)]
struct Count {
    changed: u64,
    missed: Vec<String>,
}

/// Runs it, on as many threads as there are processors.
///
/// # Errors
/// The machine's.
pub(super) fn run(
    ward: &Yard,
    size: Size,
    seed: u64,
    told: &mut dyn FnMut(&str),
    report: &mut Report,
) -> Result<(), Fault> {
    let step = if size == Size::Small { SMALL_STEP } else { 1 };
    told("逐字节篡改");
    let counts = Mutex::new(Count::default());
    let next = AtomicU64::new(1);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let work = || -> Result<(), Fault> {
        loop {
            let n = next.fetch_add(1, Ordering::SeqCst);
            let at = usize::try_from(n - 1).unwrap_or(usize::MAX);
            let (Some(row), Some(body)) = (ward.rows.get(at), ward.bodies.get(at)) else { return Ok(()) };
            let count = entry(ward, row, body, step, &mut Rng::new(seed ^ n))?;
            if let Ok(mut all) = counts.lock() {
                all.changed += count.changed;
                all.missed.extend(count.missed);
            }
        }
    };
    let results: Vec<Result<(), Fault>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(Fault::bug("总检的线程中断"))))
            .collect()
    });
    results.into_iter().collect::<Result<(), Fault>>()?;
    let count = counts.into_inner().unwrap_or_default();
    report.hold(count.changed > 500, || "几乎没有改动：这次总检说明不了什么".to_owned());
    report.lines.push(format!(
        "改动 {} 个字节，发现 {} 个",
        count.changed,
        count.changed - count.missed.len() as u64
    ));
    report.broken.extend(count.missed.into_iter().take(20));
    Ok(())
}

/// One entry, on a copy of its own, before a desk that has seen everything before it.
fn entry(ward: &Yard, row: &Row, body: &Body, step: usize, rng: &mut Rng) -> Result<Count, Fault> {
    let scene = ward.scene(&format!("bytes-{}", row.n))?;
    let knife = Wounded::open(&scene.file)?;
    let mut desk = ward.desk(&scene, row.n - 1)?;
    let mut count = Count::default();
    let columns = [
        (Column::Body, row.body.as_bytes()),
        (Column::Private, row.private.as_deref().unwrap_or_default()),
        (Column::Hash, row.hash.0.as_slice()),
        (Column::Sig, row.sig.as_slice()),
        (Column::Cid, row.cid.0.as_slice()),
    ];
    let who = format!("操作员 {}，时间 {}", body.carrier.officer, Stamp(body.share_ms).text());
    for (column, whole) in columns {
        let first = usize::try_from(rng.below(step.min(whole.len().max(1)) as u64)).unwrap_or(0);
        for at in (first..whole.len()).step_by(step) {
            let mut changed = whole.to_vec();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= u8::try_from(rng.between(1, 255)).unwrap_or(1);
            }
            knife.write(row.n, column, &changed)?;
            count.changed += 1;
            let needle = if column == Column::Body { "" } else { who.as_str() };
            if let Some(missed) = missed(&mut desk, row.n, needle) {
                count.missed.push(format!("第 {} 条 {column:?} 的第 {at} 个字节：{missed}", row.n));
            }
        }
        knife.write_or_none(row.n, column, whole, column == Column::Private && row.private.is_none())?;
    }
    numbers(ward, &scene, &knife, row.n, &mut desk, &mut count)?;
    // What was put back is whole: the desk finds nothing wrong any more.
    if let Err(fault) = desk.pull() {
        count.missed.push(format!("第 {} 条复原之后仍报：{}", row.n, fault.what));
    }
    Ok(count)
}

/// What is wrong with the answer of a desk that has to find entry `n` changed; none if it is right.
fn missed(desk: &mut Desk, n: u64, needle: &str) -> Option<String> {
    match desk.pull() {
        Ok(_) => Some("没有发现".to_owned()),
        Err(fault) if fault.what.contains(&format!("第 {n} 条")) && fault.what.contains(needle) => None,
        Err(fault) => Some(format!("没有指出是哪一条、谁、何时：{}", fault.what)),
    }
}

/// Every byte of the number: the row goes elsewhere, and its place is empty.
fn numbers(
    ward: &Yard,
    scene: &Scene,
    knife: &Wounded,
    n: u64,
    desk: &mut Desk,
    count: &mut Count,
) -> Result<(), Fault> {
    let own = i64::try_from(n).unwrap_or(0);
    for byte in 0..8 {
        // The highest bit of a byte that leads to a free place.
        for bit in (0..8).rev() {
            let to = own ^ (1_i64 << (byte * 8 + bit));
            if !knife.renumber(own, to)? {
                continue;
            }
            count.changed += 1;
            let named = |fault: &Fault| {
                fault.what.contains(&format!("第 {n} 条")) || fault.what.contains(&format!("第 {to} 条"))
            };
            let found = match desk.pull() {
                Err(fault) => named(&fault),
                // The last row went below all others: only who has seen it can tell.
                Ok(_) => ward.desk(scene, ward.last())?.pull().is_err_and(|fault| named(&fault)),
            };
            if !found {
                count.missed.push(format!("第 {n} 条改号为 {to} 没有发现"));
            }
            knife.renumber(to, own)?;
            break;
        }
    }
    Ok(())
}
