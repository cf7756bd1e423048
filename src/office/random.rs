//! The one source of randomness: the machine's. Everything below takes what is drawn here as an argument.
//!
//! The sweep's simulation alone draws from a seed instead, on the threads that it says, so that a course repeats exactly.

use crate::base::seeded::Rng;
use crate::store::fault::{Fault, FaultKind};
use std::cell::RefCell;

thread_local! {
    static SEEDED: RefCell<Option<Rng>> = const { RefCell::new(None) };
}

/// What is drawn on this thread comes from a seed from now on, or from the machine again. Keys made meanwhile are no
/// secret: for simulated counties only.
pub(super) fn seed_this_thread(seed: Option<u64>) {
    SEEDED.set(seed.map(Rng::new));
}

/// So many random bytes.
///
/// # Errors
/// If the machine has no random source: nothing may be signed or sealed then.
pub fn bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut out = [0; N];
    let seeded = SEEDED.with_borrow_mut(|rng| rng.as_mut().map(|rng| rng.fill(&mut out)));
    if seeded.is_some() {
        return Ok(out);
    }
    getrandom::fill(&mut out).map_err(|error| {
        Fault::new(FaultKind::Bug, "本机不能产生随机数，不能签名", "请重新启动电脑；仍不行请联系技术人员")
            .because(error)
    })?;
    Ok(out)
}

/// A whole number below `limit`, evenly; 0 for a limit of 0.
///
/// # Errors
/// As [`bytes`].
pub fn below(limit: u64) -> Result<u64, Fault> {
    if limit == 0 {
        return Ok(0);
    }
    // Draws above the largest multiple of the limit are thrown away, so that no value is likelier than another.
    let fair = u64::MAX - u64::MAX % limit;
    loop {
        let drawn = u64::from_le_bytes(bytes::<8>()?);
        if drawn < fair {
            return Ok(drawn % limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_below_their_limit() {
        for limit in [1, 2, 7, 1_000_000] {
            for _ in 0..200 {
                assert!(below(limit).unwrap() < limit);
            }
        }
        assert_eq!(below(0).unwrap(), 0);
    }

    #[test]
    fn a_seeded_thread_repeats_and_no_other_is_touched() {
        let draw = |seed| {
            let drawn = move || {
                seed_this_thread(seed);
                bytes::<16>().unwrap()
            };
            std::thread::spawn(drawn).join().unwrap()
        };
        assert_eq!(draw(Some(7)), draw(Some(7)));
        assert_ne!(draw(Some(7)), draw(Some(8)));
        assert_ne!(draw(None), draw(None));
    }
}
