//! The commands about two records of one person.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const BASE: Verb = Verb {
    name: "merge-people",
    zh: "人员合并",
    who: &[Role::Handler, Role::Approver],
    place: "任一份记录所在乡镇或县局，由两人先后办",
    steps: NO_CASE,
    facts: &["people-linked"],
    codes: &[
        AUTHOR,
        &[
            Code::Unknown,
            Code::Scope,
            Code::Recusal,
            Code::SodSame,
            Code::State,
            Code::Duplicate,
            Code::ReasonRequired,
        ],
    ],
    offline: false,
    private: &["reason"],
    undone: Undone::By("part-people"),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    BASE,
    Verb {
        name: "part-people",
        zh: "人员拆分",
        codes: &[
            AUTHOR,
            &[Code::Unknown, Code::Scope, Code::Recusal, Code::SodSame, Code::State, Code::ReasonRequired],
        ],
        undone: Undone::By("merge-people"),
        ..BASE
    },
];
