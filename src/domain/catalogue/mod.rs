//! The catalogue (目录): every command, fact, stage and forbidden pair of the whole product, as far as its rules reach, with
//! what is real in this version marked as such. Help pages, scenes, tests and the manual read it; it decides nothing.

pub mod approval;
pub mod archive;
pub mod authority;
pub mod duties;
pub mod emergency;
pub mod facts;
pub mod funds;
pub mod help;
pub mod intake;
pub mod kernel;
pub mod later;
pub mod monthly;
pub mod officers;
pub mod pairs;
pub mod partners;
pub mod path;
pub mod payout;
pub mod people;
pub mod privacy;
pub mod registers;
pub mod stages;
pub mod stock;
pub mod tiers;
pub mod trust;
pub mod verbs;
