//! The baton (接力棒): every desk has a thread of its own, and only the one that holds the baton moves. At each operation on a
//! disk the baton may pass on, as a seed says, so that desks meet between any two operations and yet a course repeats
//! exactly.

use crate::base::seeded::Rng;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The seat of the conductor, who holds the baton between two rounds.
pub(super) const CONDUCTOR: usize = 0;

thread_local! {
    static SEAT: Cell<usize> = const { Cell::new(CONDUCTOR) };
}

/// Something for a desk to do, with what it keeps.
pub(super) type Job<S, A> = Box<dyn FnOnce(&mut S) -> A + Send>;

/// What a desk's thread is about.
struct Seat<S, A> {
    job: Option<Job<S, A>>,
    answer: Option<Result<A, String>>,
    busy: bool,
    asleep: bool,
    /// After so many of its operations it falls asleep.
    sleeps_after: Option<u64>,
}

struct State<S, A> {
    holder: usize,
    seats: Vec<Seat<S, A>>,
    rng: Rng,
    over: bool,
}

/// The baton.
pub(super) struct Baton<S, A> {
    state: Mutex<State<S, A>>,
    /// One for each seat: nobody but who gets the baton is woken.
    moved: Vec<Condvar>,
}

impl<S, A> Baton<S, A> {
    /// For so many desks, in seats from 1.
    pub(super) fn new(desks: usize, seed: u64) -> Baton<S, A> {
        let seat = |_| Seat { job: None, answer: None, busy: false, asleep: false, sleeps_after: None };
        let seats = (0..=desks).map(seat).collect();
        let moved = (0..=desks).map(|_| Condvar::new()).collect();
        let state = State { holder: CONDUCTOR, seats, rng: Rng::new(seed), over: false };
        Baton { state: Mutex::new(state), moved }
    }

    /// Waits for the baton to be passed to a seat.
    fn wait<'a>(&self, seat: usize, state: MutexGuard<'a, State<S, A>>) -> MutexGuard<'a, State<S, A>> {
        match self.moved.get(seat) {
            Some(moved) => moved.wait(state).unwrap_or_else(PoisonError::into_inner),
            None => state,
        }
    }

    fn state(&self) -> MutexGuard<'_, State<S, A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The life of a desk's thread: does its jobs when the baton comes, until all is over.
    pub(super) fn sit(&self, seat: usize, mut keeps: S) {
        SEAT.set(seat);
        loop {
            let mut state = self.state();
            let job = loop {
                if state.over {
                    return;
                }
                if state.holder == seat
                    && let Some(job) = state.seats.get_mut(seat).and_then(|seat| seat.job.take())
                {
                    break job;
                }
                state = self.wait(seat, state);
            };
            drop(state);
            let answer = catch_unwind(AssertUnwindSafe(|| job(&mut keeps))).map_err(|panic| {
                let text = panic.downcast_ref::<String>().cloned();
                text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                    .unwrap_or_default()
            });
            let mut state = self.state();
            if let Some(own) = state.seats.get_mut(seat) {
                own.answer = Some(answer);
                own.busy = false;
                own.sleeps_after = None;
            }
            self.pass(&mut state);
        }
    }

    /// Gives the baton to one of those that can move, or back to the conductor.
    fn pass(&self, state: &mut State<S, A>) {
        let can: Vec<usize> = (1..state.seats.len())
            .filter(|at| state.seats.get(*at).is_some_and(|seat| seat.busy && !seat.asleep))
            .collect();
        let at = usize::try_from(state.rng.below(can.len() as u64)).unwrap_or(0);
        state.holder = can.get(at).copied().unwrap_or(CONDUCTOR);
        if let Some(moved) = self.moved.get(state.holder) {
            moved.notify_one();
        }
    }

    /// A desk is about to do an operation: perhaps another one moves first. `always` hands the baton on at once.
    pub(super) fn turn(&self, always: bool) {
        let seat = SEAT.get();
        let mut state = self.state();
        if seat == CONDUCTOR || state.holder != seat {
            return;
        }
        let mut falls_asleep = false;
        if let Some(own) = state.seats.get_mut(seat)
            && let Some(left) = own.sleeps_after
        {
            falls_asleep = left == 0;
            own.sleeps_after = left.checked_sub(1);
            own.asleep |= falls_asleep;
        }
        if !falls_asleep && !always && state.rng.below(6) > 0 {
            return;
        }
        self.pass(&mut state);
        while state.holder != seat && !state.over {
            state = self.wait(seat, state);
        }
    }

    /// Whether a desk has nothing to do.
    pub(super) fn is_idle(&self, seat: usize) -> bool {
        self.state().seats.get(seat).is_some_and(|seat| !seat.busy)
    }

    /// Whether a desk sleeps in the middle of something.
    pub(super) fn is_asleep(&self, seat: usize) -> bool {
        self.state().seats.get(seat).is_some_and(|seat| seat.asleep)
    }

    /// A desk falls asleep after so many operations of its next job.
    pub(super) fn sleep_after(&self, seat: usize, operations: u64) {
        if let Some(seat) = self.state().seats.get_mut(seat) {
            seat.sleeps_after = Some(operations);
        }
    }

    /// A sleeping desk goes on in the next round.
    pub(super) fn wake(&self, seat: usize) {
        if let Some(seat) = self.state().seats.get_mut(seat) {
            seat.asleep = false;
        }
    }

    /// Gives jobs and lets all desks that can move, move until each is done or asleep. The answers of those done, in the
    /// order of their seats; a panic is its text.
    pub(super) fn round(&self, jobs: Vec<(usize, Job<S, A>)>) -> Vec<(usize, Result<A, String>)> {
        let mut state = self.state();
        for (at, job) in jobs {
            if let Some(seat) = state.seats.get_mut(at) {
                seat.job = Some(job);
                seat.busy = true;
            }
        }
        self.pass(&mut state);
        while state.holder != CONDUCTOR {
            state = self.wait(CONDUCTOR, state);
        }
        let seats = state.seats.iter_mut().enumerate();
        seats.filter_map(|(at, seat)| Some((at, seat.answer.take()?))).collect()
    }

    /// Lets all threads end, in the middle of whatever they do.
    pub(super) fn end(&self) {
        self.state().over = true;
        self.moved.iter().for_each(Condvar::notify_all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn course(seed: u64) -> Vec<usize> {
        let baton: Arc<Baton<(), ()>> = Arc::new(Baton::new(3, seed));
        let moves = Arc::new(Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for seat in 1..=3 {
                let baton = baton.clone();
                scope.spawn(move || baton.sit(seat, ()));
            }
            let job = |seat: usize| -> (usize, Job<(), ()>) {
                let (baton, moves) = (baton.clone(), moves.clone());
                let work = move |(): &mut ()| {
                    for _ in 0..20 {
                        baton.turn(false);
                        moves.lock().unwrap().push(seat);
                    }
                };
                (seat, Box::new(work))
            };
            baton.sleep_after(2, 5);
            let done: Vec<usize> =
                baton.round(vec![job(1), job(2), job(3)]).iter().map(|(at, _)| *at).collect();
            assert_eq!(done, [1, 3]);
            assert!(baton.is_asleep(2) && !baton.is_idle(2));
            assert_eq!(moves.lock().unwrap().iter().filter(|seat| **seat == 2).count(), 5);
            baton.wake(2);
            assert_eq!(baton.round(Vec::new()).len(), 1);
            baton.end();
        });
        let moves = moves.lock().unwrap();
        moves.clone()
    }

    #[test]
    fn a_seed_gives_the_same_course_and_desks_meet_in_the_middle() {
        assert_eq!(course(1), course(1));
        assert_ne!(course(1), course(2));
        let switches = course(1).windows(2).filter(|two| two[0] != two[1]).count();
        assert!(switches > 2, "{switches}");
        assert_eq!(course(1).len(), 60);
    }
}
