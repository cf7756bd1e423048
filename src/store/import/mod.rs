//! Reading earlier aid (历年救助) from the ledgers of an office: headings, rows, a plan of what would be taken over.
//!
//! Everything here is a dry run: it turns a [`crate::store::sheet::Sheet`] into a [`plan::Plan`] and reports what is
//! wrong by row and column. It must never write to the log, never guess at an amount, a day or a number, and never
//! show a whole id number, name or account.

pub mod headings;
pub mod place;
pub mod plan;
pub mod report;
mod row_reader;
pub mod rows;
pub mod values;
mod words;

#[cfg(test)]
mod tests;
