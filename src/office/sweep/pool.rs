//! Many small runs on all cores, for a time or until all are done; what a run finds does not depend on which core took it.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

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
    fn every_item_is_done_once_and_in_order_or_the_time_is_over() {
        let items: Vec<u64> = (0..500).collect();
        let done = run(&items, Duration::from_secs(60), &mut |_| (), || 1, |one, item| item + *one);
        assert_eq!(done.answers, (1..=500).collect::<Vec<u64>>());
        let none = run(&items, Duration::ZERO, &mut |_| (), || (), |(), item| *item);
        assert!(none.answers.is_empty());
    }
}
