//! The floor `store`.

pub mod replica;
