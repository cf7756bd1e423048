//! The floor `store`.

pub mod export;
pub mod import;
pub mod sheet;
