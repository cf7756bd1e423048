//! What became of orders: done with their places in the log, refused with sentences, waiting, or unknown for now.

use crate::domain::fact::Fact;
use crate::domain::refusal::Refusal;
use crate::store::fault::Fault;

/// An order that stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its place.
    pub n: u64,
    /// What it made true.
    pub facts: Vec<Fact>,
    /// Notes and overridden warnings.
    pub notes: Vec<Refusal>,
}

/// What became of a group of orders, which stand or fall together.
#[derive(Debug)]
pub enum Outcome {
    /// They stand in the log.
    Done(Vec<Receipt>),
    /// The rules refuse; nothing was written.
    Refused(Vec<Refusal>),
    /// The drive or the disk did not let us; nothing was written, they can be offered again.
    Waiting(Fault),
    /// Nobody knows yet: the same orders must be offered again before anything else on the case.
    Unknown(Fault),
}
