//! The floor `office`.
