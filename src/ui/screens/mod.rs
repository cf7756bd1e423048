//! The screens of the product, one file each, found by name. They take what the desk answers and say what they want;
//! [`super::product`] lists what may be asked and which screens there are.
//!
//! Must never open a connection, call another screen or decide a rule.

pub mod approval;
pub mod case;
pub mod case_card;
pub mod case_deeds;
pub mod deferred;
pub mod held;
pub mod home;
pub mod leads;
pub mod lookup;
pub mod officers;
pub mod options;
pub mod outbox;
pub mod prompt;
pub mod queue;
pub mod ratifications;
pub mod reserve;
pub mod signing;
pub mod steps;
pub mod words;

#[cfg(test)]
pub mod fixtures;
