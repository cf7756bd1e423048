//! From answers to commands (成文): what a filled form asks of the log, as one group of commands that stands or falls
//! together. It looks things up in the replica and draws ids; it decides nothing, the rules do.

pub mod correction;
pub mod county;
pub mod deferred;
pub mod emergency;
pub mod lead;
pub mod path;
pub mod people;
pub mod words;

use crate::base::day::Stamp;
use crate::domain::answers::Answers as State;
use crate::domain::command::Command;
use crate::domain::ids::PersonId;
use crate::domain::office::Officer;
use crate::domain::private::{PersonDetails, Private};
use crate::office::import::RowKey;
use crate::office::random;
use crate::store::fault::Fault;

/// A command with what is private in it, not signed yet.
pub type Draft = (Command, Private);

/// What composing looks at.
pub struct Desk<'a> {
    /// The state to look things up in.
    pub state: &'a dyn State,
    /// The details of a person on this desk's replica.
    pub details: &'a dyn Fn(PersonId) -> Option<PersonDetails>,
    /// The key under which accounts are marked, drawn when one is noted.
    pub key: &'a dyn Fn() -> Result<RowKey, Fault>,
    /// Who composes.
    pub officer: &'a Officer,
    /// Now, by the office's clock.
    pub now: Stamp,
}

/// A field that cannot be made into a command, with its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The field's key.
    pub field: &'static str,
    /// What is missing and what to do.
    pub sentence: String,
}

impl Gap {
    fn new(field: &'static str, sentence: impl Into<String>) -> Gap {
        Gap { field, sentence: sentence.into() }
    }
}

/// Why composing ended early.
#[derive(Debug)]
pub enum Halt {
    /// Fields to be mended.
    Gaps(Vec<Gap>),
    /// The machine.
    Fault(Fault),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        Halt::Fault(fault)
    }
}

impl From<Gap> for Halt {
    fn from(gap: Gap) -> Halt {
        Halt::Gaps(vec![gap])
    }
}

/// A new id.
fn fresh() -> Result<[u8; 16], Fault> {
    random::bytes()
}
