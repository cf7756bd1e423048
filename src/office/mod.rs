//! The floor `office`.

pub mod print;
