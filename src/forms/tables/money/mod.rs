//! Forms about money.

pub mod account;
