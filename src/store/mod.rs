//! What is kept: the shared log, the desk's own files, and what comes in and goes out as spreadsheets. The only floor
//! that says SQL. It decides nothing: no rule of the notice, no policy, no screen.

pub mod apart;
pub mod backup;
pub mod desk;
pub mod entries;
pub mod export;
pub mod fault;
pub mod files;
pub mod import;
pub mod log;
pub mod replica;
pub mod sealed;
pub mod share;
pub mod sheet;
pub mod simulated;
pub(crate) mod sql;

pub use fault::{Fault, FaultKind};
pub use log::{Log, Probe, Rebuilding, Turn, Written};
