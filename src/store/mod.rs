//! What is kept: the shared log, the desk's own files. The only floor that says SQL.
//! It decides nothing: no rule of the notice, no policy, no screen.

pub mod desk;
pub mod entries;
pub mod fault;
pub mod log;
pub mod share;
pub(crate) mod sql;

pub use fault::{Fault, FaultKind};
pub use log::{Log, Probe, Turn, Written};
