//! The commands of the registers.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const REGISTER: Verb = Verb {
    name: "note-discoverer",
    zh: "发现人登记",
    who: &[Role::Handler],
    place: "本乡镇，县局可办各乡镇",
    steps: NO_CASE,
    facts: &["discoverer-noted"],
    codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::DateOrder, Code::State, Code::ReasonRequired]],
    offline: false,
    private: &["name", "phone"],
    undone: Undone::By("end-discoverer"),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    REGISTER,
    Verb {
        name: "end-discoverer",
        zh: "发现人离队",
        facts: &["discoverer-ended"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Unknown, Code::DateOrder, Code::Duplicate, Code::ReasonRequired],
        ],
        private: &["reason"],
        undone: Undone::Never("离过队的又回来，另登记一次"),
        ..REGISTER
    },
];
