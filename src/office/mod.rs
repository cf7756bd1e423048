//! The floor `office`: the desk at work. Sign-in, keys, orders, the engine and its threads, papers, practice. It may use
//! threads and files; it says no SQL and draws nothing.

pub mod attempts;
pub mod audit;
pub mod backup;
pub mod change;
pub mod code_sheet;
pub mod compose;
pub mod desk;
pub mod doctor;
pub mod erasing;
pub mod evidence;
pub mod front;
pub mod import;
pub mod join;
pub mod keeper;
pub mod keybook;
pub mod officers;
pub mod order;
pub mod outcome;
pub mod password;
pub mod payout;
pub mod place;
pub mod practice;
pub mod print;
pub mod random;
pub mod reach;
pub mod rebuild;
pub mod request;
pub mod scene;
pub mod scratch;
pub mod seed;
pub mod seen;
pub mod session;
pub mod setup;
pub mod sweep;
pub mod worker;
