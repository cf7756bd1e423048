//! Seeded choices of the sweep: those of [`crate::base::seeded`], under a short name.

pub use crate::base::seeded::Rng;
