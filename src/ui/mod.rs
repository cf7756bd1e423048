//! The floor `ui`.
