//! The floor `forms`.
