//! Memory that the connections of one PC to one file share (共享内存): the index of a write-ahead log, as the product's replica
//! uses one. It lives as long as somebody has it mapped and dies with the program, as on a real PC; nothing of it is on any
//! disk, and nothing of it reaches another PC.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use super::lock;

/// SQLite's lock slots of a write-ahead log.
const SLOTS: usize = 8;

/// The memory of one file on one PC, in one life of it.
#[derive(Default)]
pub(super) struct Shared {
    regions: Mutex<Vec<Box<[AtomicU64]>>>,
    /// How many hold each slot; -1 is one alone.
    held: Mutex<[i32; SLOTS]>,
}

/// One connection's hold on it.
pub(super) struct Mapped {
    shared: Arc<Shared>,
    shares: u32,
    alone: u32,
}

impl Mapped {
    pub(super) fn new(shared: Arc<Shared>) -> Mapped {
        Mapped { shared, shares: 0, alone: 0 }
    }

    /// A region, made of zeroes where it is not there and `make` says so. It stays where it is until all holds are gone.
    pub(super) fn region(&self, no: usize, bytes: usize, make: bool) -> Option<*mut u64> {
        let mut regions = lock(&self.shared.regions);
        while make && regions.len() <= no {
            regions.push((0..bytes.div_ceil(8)).map(|_| AtomicU64::new(0)).collect());
        }
        regions.get(no).and_then(|region| region.first()).map(AtomicU64::as_ptr)
    }

    /// Takes slots, alone or with others; whether it got all of them. Each is taken for itself or not at all.
    pub(super) fn take(&mut self, first: usize, count: usize, alone: bool) -> bool {
        let mut held = lock(&self.shared.held);
        let Some(slots) = held.get_mut(first..first + count) else { return false };
        let (shares, owns) = (self.shares, self.alone);
        let bit = |at: usize| 1_u32 << (first + at);
        let free = |(at, slot): (usize, &i32)| {
            let mine = owns & bit(at) != 0 || (!alone && shares & bit(at) != 0);
            mine || if alone { *slot == 0 } else { *slot >= 0 }
        };
        if !slots.iter().enumerate().all(free) {
            return false;
        }
        for (at, slot) in slots.iter_mut().enumerate() {
            if (owns | shares) & bit(at) != 0 {
                continue;
            }
            if alone {
                *slot = -1;
                self.alone |= bit(at);
            } else {
                *slot += 1;
                self.shares |= bit(at);
            }
        }
        true
    }

    /// Gives slots back.
    pub(super) fn give_back(&mut self, first: usize, count: usize) {
        let mut held = lock(&self.shared.held);
        for at in first..(first + count).min(SLOTS) {
            let bit = 1_u32 << at;
            let Some(slot) = held.get_mut(at) else { continue };
            if self.alone & bit != 0 {
                *slot = 0;
            } else if self.shares & bit != 0 {
                *slot -= 1;
            }
            self.alone &= !bit;
            self.shares &= !bit;
        }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        self.give_back(0, SLOTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_shared_or_held_alone() {
        let shared = Arc::<Shared>::default();
        let (mut one, mut two) = (Mapped::new(shared.clone()), Mapped::new(shared));
        assert!(one.take(3, 1, false) && two.take(3, 1, false) && one.take(3, 1, false));
        assert!(!one.take(3, 1, true), "another one reads");
        two.give_back(3, 1);
        assert!(two.take(0, 3, true) && !one.take(2, 1, false) && !one.take(1, 5, true));
        drop(two);
        assert!(one.take(0, 3, true));
        assert!(one.region(1, 16, false).is_none());
        let region = one.region(1, 16, true);
        assert!(region.is_some() && one.region(1, 16, false) == region && one.region(0, 16, false) != region);
    }
}
