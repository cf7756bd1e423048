//! The commands about who does the work: standing in, handing on and over, the duty list.

use super::verbs::{AUTHOR, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::{Approved, AtCity, AwaitingRatification, Open, Paid, Returned, Submitted};
use crate::domain::office::Role;

const APPROVER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Approver],
    place: "本单位或县局",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: false,
    private: &[],
    undone: Undone::Never(""),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "delegate",
        zh: "委托代批",
        place: "审批人本人，或由县局审批人代为安排",
        facts: &["delegation-given"],
        codes: &[
            AUTHOR,
            &[
                Code::Unknown,
                Code::Scope,
                Code::SodSame,
                Code::Duplicate,
                Code::DateOrder,
                Code::ReasonRequired,
            ],
        ],
        private: &["reason"],
        undone: Undone::By("end-delegation"),
        ..APPROVER
    },
    Verb {
        name: "end-delegation",
        zh: "终止委托",
        place: "委托人、代批人或县局审批人",
        facts: &["delegation-ended"],
        codes: &[AUTHOR, &[Code::Scope, Code::State]],
        undone: Undone::By("delegate"),
        ..APPROVER
    },
    Verb {
        name: "duty-list",
        zh: "值班表",
        facts: &["duty-set"],
        codes: &[AUTHOR, &[Code::Unknown, Code::Scope, Code::Duplicate, Code::DateOrder]],
        private: &["phone"],
        undone: Undone::By("duty-list"),
        ..APPROVER
    },
    Verb {
        name: "hand-on-case",
        zh: "转办",
        who: &[Role::Handler, Role::Approver],
        place: "经办人本人、本单位审批人或县局",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification, AtCity],
            after: &[],
        },
        facts: &["handler-changed"],
        codes: &[
            AUTHOR,
            &[
                Code::Unknown,
                Code::Scope,
                Code::Recusal,
                Code::Marked,
                Code::Stale,
                Code::State,
                Code::NotFinal,
                Code::SodSame,
                Code::Duplicate,
                Code::ReasonRequired,
            ],
        ],
        private: &["reason"],
        undone: Undone::By("hand-on-case"),
        ..APPROVER
    },
    Verb {
        name: "hand-over",
        zh: "工作交接",
        place: "监交的审批人",
        facts: &["handler-changed", "handed-over"],
        codes: &[
            AUTHOR,
            &[
                Code::Unknown,
                Code::Scope,
                Code::Recusal,
                Code::SodSame,
                Code::Amount,
                Code::Duplicate,
                Code::State,
                Code::ReasonRequired,
            ],
        ],
        private: &["note"],
        undone: Undone::Never("登记的是发生过的事，有误的另办一次交接"),
        ..APPROVER
    },
];
