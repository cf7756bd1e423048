//! `jiuji` (救急): the desk of temporary assistance (临时救助).
pub mod base;
pub mod cli;
pub mod domain;
pub mod forms;
pub mod ledger;
pub mod office;
pub mod store;
pub mod ui;
