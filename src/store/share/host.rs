//! What the protocol needs of the PC: a clock that never goes back and counts sleep, waiting, randomness. A trait, so
//! that a test can be its own time; the real one reads the system.

use std::time::{Duration, Instant};

use super::step::Step;
use crate::store::fault::Fault;

/// The PC under a desk.
pub trait Host: Send {
    /// Time since any fixed point; never goes back, goes on while the PC sleeps where the system can tell.
    fn now(&mut self) -> Duration;

    /// Waits.
    fn sleep(&mut self, time: Duration);

    /// Fills with unpredictable bytes.
    ///
    /// # Errors
    /// If the system has none.
    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault>;

    /// Is told of each step before it is taken.
    ///
    /// # Errors
    /// An error stops the desk on the spot, as if the PC had died there: nothing is put in order. Only a simulation
    /// gives one.
    fn step(&mut self, step: Step) -> Result<(), Fault> {
        let _ = step;
        Ok(())
    }
}

/// The PC itself.
#[derive(Debug)]
pub struct RealHost {
    started: Instant,
}

impl Default for RealHost {
    fn default() -> RealHost {
        RealHost { started: Instant::now() }
    }
}

impl Host for RealHost {
    fn now(&mut self) -> Duration {
        // `Instant` stands still while a Linux PC sleeps; the uptime does not.
        let uptime = std::fs::read_to_string("/proc/uptime").ok();
        let seconds = uptime.as_deref().and_then(|text| text.split(' ').next()).and_then(|s| s.parse().ok());
        match seconds.map(Duration::try_from_secs_f64) {
            Some(Ok(since_boot)) => since_boot,
            _ => self.started.elapsed(),
        }
    }

    fn sleep(&mut self, time: Duration) {
        std::thread::sleep(time);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::bug("系统不提供随机数"))
    }
}
