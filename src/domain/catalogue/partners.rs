//! The command of the register of 协作单位.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

/// The list.
pub const VERBS: &[Verb] = &[Verb {
    name: "note-partner",
    zh: "协作单位登记",
    who: &[Role::Handler, Role::Approver],
    place: "县局",
    steps: NO_CASE,
    facts: &["partner-noted"],
    codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::DateOrder, Code::State, Code::ReasonRequired]],
    offline: false,
    private: &["name", "contact", "helps", "reason"],
    undone: Undone::By("note-partner"),
    real: true,
}];
