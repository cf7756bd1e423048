//! The floor `ledger`.
