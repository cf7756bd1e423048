//! Many small runs on all cores, for a time or until all are done; what a run finds does not depend on which core took it.

use crate::store::fault::Fault;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// So many threads at the most, however many cores there are.
const HANDS: usize = 8;

/// Does something with each number below a count, on all cores. Each has a state and a tally of its own, which are put
/// together at the end; one that answers that it is enough takes no more.
///
/// # Errors
/// The first one's; a thread that ended in a panic.
pub(super) fn tally<S, C: Default + Send>(
    count: u64,
    begin: impl Fn() -> Result<S, Fault> + Sync,
    work: impl Fn(&mut S, u64, &mut C) -> Result<Enough, Fault> + Sync,
    add: impl Fn(&mut C, C),
) -> Result<C, Fault> {
    let next = AtomicU64::new(0);
    let toil = || -> Result<C, Fault> {
        let (mut state, mut own) = (begin()?, C::default());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count || work(&mut state, at, &mut own)?.0 {
                return Ok(own);
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(2, usize::from).min(HANDS);
    let mut all = C::default();
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..cores).map(|_| scope.spawn(toil)).collect();
        // All are waited for, also where one has failed.
        let tallies: Vec<Result<C, Fault>> = hands
            .into_iter()
            .map(|hand| hand.join().unwrap_or_else(|_| Err(Fault::bug("总检的线程中断"))))
            .collect();
        tallies.into_iter().try_for_each(|tally| tally.map(|tally| add(&mut all, tally)))
    })?;
    Ok(all)
}

/// Whether a thread has seen enough.
pub(super) struct Enough(pub(super) bool);

/// What the runs came to.
pub(super) struct Done<R> {
    /// The answers, in the order of their items; fewer than items where the time was over.
    pub(super) answers: Vec<R>,
    /// How long it took.
    pub(super) took: Duration,
}

/// Runs `work` on items until all are done or the time is over. Each core has a state of its own, made by `begin`.
pub(super) fn run<T: Sync, S, R: Send>(
    items: &[T],
    time: Duration,
    told: &mut dyn FnMut(usize),
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Done<R> {
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let toil = || {
            let mut state = begin();
            while began.elapsed() < time {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else { return };
                let answer = work(&mut state, item);
                answers.lock().unwrap_or_else(PoisonError::into_inner).push((at, answer));
            }
        };
        let hands: Vec<_> = (0..cores).map(|_| scope.spawn(toil)).collect();
        while !hands.iter().all(std::thread::ScopedJoinHandle::is_finished) {
            std::thread::sleep(Duration::from_millis(50));
            told(next.load(Ordering::Relaxed).min(items.len()));
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(at, _)| *at);
    Done { answers: answers.into_iter().map(|(_, answer)| answer).collect(), took: began.elapsed() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_counted_once_until_it_is_enough() {
        let sum = |enough_at: u64| {
            let work = |(): &mut (), at, own: &mut u64| {
                *own += at + 1;
                Ok(Enough(at + 1 >= enough_at))
            };
            tally(100, || Ok(()), work, |all: &mut u64, own| *all += own)
        };
        assert_eq!(sum(1_000).unwrap(), 5_050);
        assert!(sum(1).unwrap() < 5_050);
        let fails = |(): &mut (), at: u64, _: &mut u64| {
            if at == 7 { Err(Fault::bug("7")) } else { Ok(Enough(false)) }
        };
        assert!(tally(100, || Ok(()), fails, |all: &mut u64, own| *all += own).is_err());
    }

    #[test]
    fn every_item_is_done_once_and_in_order_or_the_time_is_over() {
        let items: Vec<u64> = (0..500).collect();
        let done = run(&items, Duration::from_secs(60), &mut |_| (), || 1, |one, item| item + *one);
        assert_eq!(done.answers, (1..=500).collect::<Vec<u64>>());
        let none = run(&items, Duration::ZERO, &mut |_| (), || (), |(), item| *item);
        assert!(none.answers.is_empty());
    }
}
