//! The commands of trust: marks and findings.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const SUPERVISOR: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Supervisor],
    place: "县局",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: false,
    private: &["reason"],
    undone: Undone::Never(""),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "settle-mark",
        zh: "处理违规标记",
        who: &[Role::Approver],
        place: "县局；本人经办、付款、决定或写下的由其他人处理",
        facts: &["mark-settled"],
        codes: &[
            AUTHOR,
            &[
                Code::Unknown,
                Code::Recusal,
                Code::Stale,
                Code::ReasonRequired,
                Code::SodSame,
                Code::SodPay,
                Code::State,
            ],
        ],
        undone: Undone::Never("是一次结论；要撤销当时所办的，用冲正"),
        ..SUPERVISOR
    },
    Verb {
        name: "finding",
        zh: "提出问题",
        facts: &["finding-raised"],
        codes: &[AUTHOR, &[Code::ReasonRequired, Code::Duplicate, Code::Unknown, Code::DateOrder]],
        private: &["finding"],
        undone: Undone::By("settle-finding"),
        ..SUPERVISOR
    },
    Verb {
        name: "answer-finding",
        zh: "整改",
        who: &[Role::Handler, Role::Approver, Role::Finance],
        place: "所提单位或县局",
        facts: &["finding-answered"],
        codes: &[AUTHOR, &[Code::ReasonRequired, Code::Unknown, Code::Scope, Code::State]],
        private: &["answer"],
        undone: Undone::Never("整改不实的，督导核实时退回"),
        ..SUPERVISOR
    },
    Verb {
        name: "settle-finding",
        zh: "销号",
        facts: &["finding-settled"],
        codes: &[AUTHOR, &[Code::ReasonRequired, Code::Unknown, Code::State, Code::DateOrder]],
        undone: Undone::Never("销号后又有问题的，另提"),
        ..SUPERVISOR
    },
    Verb {
        name: "transfer",
        zh: "移交",
        facts: &["finding-transferred"],
        codes: &[AUTHOR, &[Code::ReasonRequired, Code::Unknown, Code::Duplicate]],
        private: &["document", "reason"],
        undone: Undone::Never("移交的是线索，结果由受移交机关定"),
        ..SUPERVISOR
    },
];
