//! The stage (台) on which a story is played: an office with a given clock, in which named officers sign commands. The
//! runner knows an office only through this trait, so the same story runs on the map of the domain and on the real
//! engine with its log and keys. A stage decides nothing itself.

use crate::base::stamp::Stamp;
use crate::domain::answers::Answers;
use crate::domain::command::Command;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::period::Period;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use std::collections::BTreeMap;

/// What a group of commands made true.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The facts of all of them, in order.
    pub facts: Vec<Fact>,
    /// Notes and overridden warnings.
    pub notes: Vec<Refusal>,
}

/// Why a group of commands did not go through.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// The rules refuse; nothing was written.
    Refused(Vec<Refusal>),
    /// The engine failed, which no story expects.
    Fault(String),
}

/// Orders that were signed and wait to be sent, by their place in the stage's own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(pub usize);

/// An office in which a story is played.
pub trait Stage {
    /// Sets the office's clock. It never goes back.
    fn set_clock(&mut self, now: Stamp);

    /// Sets how far an officer's desk is off the office's clock, in minutes.
    fn set_desk_off(&mut self, officer: &OfficerNo, minutes: i64);

    /// The state after the last entry.
    fn answers(&self) -> &dyn Answers;

    /// Signs commands with the key the officer has now and what he sees now; they stand or fall together.
    ///
    /// # Errors
    /// If the officer has no desk here.
    fn sign(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Ticket, Stopped>;

    /// Sends what was signed.
    ///
    /// # Errors
    /// The refusals, or a failure of the engine.
    fn send(&mut self, ticket: Ticket) -> Result<Done, Stopped>;

    /// Makes a key for an officer at his desk; it signs once an entry has taken it up.
    ///
    /// # Errors
    /// A failure of the engine.
    fn fresh_key(&mut self, officer: &OfficerNo) -> Result<NewKey, Stopped>;

    /// A data key, made where it is not there yet, sealed to keys: hex by the id of the key.
    ///
    /// # Errors
    /// A failure of the engine, or a key that is none.
    fn sealed_data_key(&mut self, period: Period, to: &[NewKey])
    -> Result<BTreeMap<String, String>, Stopped>;

    /// Signs and writes commands from a desk whose program was changed to hold `officer` for an officer with every
    /// power: the office must take the facts and mark the cases.
    ///
    /// # Errors
    /// The refusals that stand even then, or a failure of the engine.
    fn forge(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Done, Stopped>;
}

/// Builds a founded office as of a moment: county, pack and the officers of [`super::cast`].
pub type Build<'a> = dyn Fn(Stamp) -> Result<Box<dyn Stage>, String> + Sync + 'a;
