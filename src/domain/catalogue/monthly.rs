//! The commands of reconciling with 财政.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const MONTH: Verb = Verb {
    name: "reconcile",
    zh: "与财政对账",
    who: &[Role::Finance],
    place: "县局",
    steps: NO_CASE,
    facts: &["source-reconciled"],
    codes: &[AUTHOR, &[Code::Scope, Code::DateOrder, Code::Amount, Code::Duplicate, Code::ReasonRequired]],
    offline: false,
    private: &["explained"],
    undone: Undone::By("confirm-reconciled"),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    MONTH,
    Verb {
        name: "confirm-reconciled",
        zh: "确认对账",
        who: &[Role::Finance, Role::Approver],
        facts: &["reconciliation-answered"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Unknown, Code::SodSame, Code::Duplicate, Code::State, Code::ReasonRequired],
        ],
        private: &["note"],
        undone: Undone::Never("确认的是当月的账，以后查出的差错在下月对账里说明"),
        ..MONTH
    },
];
