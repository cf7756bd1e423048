//! What the forms of the county's desk ask of the log.

pub mod household;
