//! The floor `base`.
