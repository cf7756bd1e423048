//! The simulated disk held against the real one, and its faults against what was ordered.

mod contract;
mod faults;
mod modes;
