//! The commands about cases that are over: the archive, and what the supervisor draws by lot.

use super::verbs::{AUTHOR, CASE, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::*;
use crate::domain::office::Role;

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "archive",
        zh: "归档",
        who: &[Role::Handler],
        place: "经办单位",
        steps: Steps { before: &[Refused, Withdrawn, Terminated, Closed, Declined], after: &[] },
        facts: &["archived"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::SodSame,
                Code::State,
                Code::StepOrder,
                Code::Duplicate,
                Code::DateOrder,
                Code::ReasonRequired,
            ],
        ],
        offline: false,
        private: &[],
        undone: Undone::By("archive"),
        real: true,
    },
    Verb {
        name: "draw-sample",
        zh: "抽查",
        who: &[Role::Supervisor],
        place: "县局",
        steps: NO_CASE,
        facts: &["sample-drawn"],
        codes: &[AUTHOR, &[Code::Unknown, Code::DateOrder, Code::State]],
        offline: false,
        private: &[],
        undone: Undone::Never("登记的是发生过的事，抽错了的再抽一次"),
        real: true,
    },
];
