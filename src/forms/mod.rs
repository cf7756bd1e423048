//! The floor `forms`: forms and their lists of values as tables, with one engine for all of them.
//!
//! A table declares fields ([`field`]); a [`form::Form`] fills it key by key; the same table is laid out for a screen
//! ([`layout`]), printed ([`paper`]) and read aloud ([`plain`]). This floor is pure: it never reads a clock, a file, the
//! environment or a random source, draws nothing and decides nothing about the notice; what the rules say comes in as
//! verdicts. The product's own forms, with the keys that their answers use, are in [`tables`].

pub mod answers;
pub mod checks;
pub mod choices;
pub mod draft;
mod edits;
pub mod field;
pub mod form;
mod judge;
pub mod keys;
pub mod kind;
pub mod layout;
pub mod moves;
pub mod paper;
mod picks;
pub mod plain;
pub mod problem;
pub mod rows;
pub mod tables;

pub use answers::{Answer, Answers, Source};
pub use field::{Choice, Context, Field, Kind, Need, Offer, Place, Table};
pub use form::{Form, Outcome, Spot};
pub use keys::FormKey;
pub use problem::{Level, Problem};

#[cfg(test)]
mod tests;
