//! The commands of paying first and of its papers.

use super::verbs::{AUTHOR, CASE, LINES, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::*;
use crate::domain::office::Role;

const HANDLER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler],
    place: "经办单位",
    steps: Steps { before: &[Open, Returned], after: &[] },
    facts: &[],
    codes: &[],
    offline: false,
    private: &["reason"],
    undone: Undone::Never(""),
    real: true,
};

const FIRST: &[Code] = &[
    Code::DateOrder,
    Code::State,
    Code::StepOrder,
    Code::SodSame,
    Code::CashReason,
    Code::AccountOwner,
    Code::EmergCap,
    Code::TierAuth,
    Code::AuthCode,
    Code::DeferredDebt,
    Code::FundShort,
    Code::Stock,
    Code::RepeatMatter,
    Code::YearEdge,
    Code::SplitTierFirst,
    Code::HolidayTable,
    Code::ReasonRequired,
];

const HANDED: &[&str] = &[
    "authority-given",
    "authority-used",
    "code-spent",
    "lines-asked",
    "grant-set",
    "line-paid",
    "money-moved",
    "stock-moved",
    "blank-used",
    "item-due",
    "exception-noted",
    "ratification-due",
    "stage-set",
    "brake-used",
];

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "authorise",
        zh: "先行授权",
        who: &[Role::Approver],
        place: "本乡镇；超限额和农场由县局",
        facts: &["authority-given"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::State,
                Code::SodSame,
                Code::SodPay,
                Code::Amount,
                Code::Duplicate,
                Code::EmergCap,
                Code::TierAuth,
            ],
        ],
        private: &[],
        undone: Undone::Never("没有用掉的授权不产生付款"),
        ..HANDLER
    },
    Verb {
        name: "direct",
        zh: "直接救助",
        steps: Steps { before: &[Open, Returned, Submitted], after: &[Paid, AwaitingRatification] },
        facts: HANDED,
        codes: &[AUTHOR, CASE, LINES, FIRST],
        offline: true,
        private: &["recipient", "witness", "cash_reason", "telephone", "override"],
        undone: Undone::By("reverse"),
        ..HANDLER
    },
    Verb {
        name: "advance",
        zh: "预支",
        facts: HANDED,
        codes: &[AUTHOR, CASE, LINES, FIRST],
        offline: true,
        private: &["recipient", "witness", "cash_reason", "telephone", "override"],
        undone: Undone::By("reverse"),
        ..HANDLER
    },
    Verb {
        name: "record-paid",
        zh: "已付补记",
        steps: Steps { before: &[Open, Returned, Submitted], after: &[Paid, AwaitingRatification] },
        facts: &[
            "authority-given",
            "authority-used",
            "code-spent",
            "lines-asked",
            "grant-set",
            "line-paid",
            "money-moved",
            "stock-moved",
            "item-due",
            "exception-noted",
            "ratification-due",
            "stage-set",
            "brake-used",
            "blank-used",
        ],
        codes: &[
            AUTHOR,
            LINES,
            &[
                Code::Unknown,
                Code::Scope,
                Code::DateOrder,
                Code::State,
                Code::ReasonRequired,
                Code::HolidayTable,
            ],
        ],
        offline: true,
        private: &["payer", "recipient", "witness", "telephone"],
        undone: Undone::By("reverse"),
        ..HANDLER
    },
    Verb {
        name: "lift-brake",
        zh: "急需先办",
        who: &[Role::Approver, Role::Handler],
        place: "本单位审批人或县局；电话准许由经办人登记",
        steps: NO_CASE,
        facts: &["brake-lifted"],
        codes: &[
            AUTHOR,
            &[Code::ReasonRequired, Code::Unknown, Code::Scope, Code::SodSame, Code::State, Code::Duplicate],
        ],
        undone: Undone::Never("只用一次，用过即止"),
        ..HANDLER
    },
    Verb {
        name: "complete-item",
        zh: "补手续",
        who: &[Role::Handler, Role::Approver],
        place: "经办单位；审批人补签由其本人",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification, Terminated],
            after: &[],
        },
        facts: &["item-done"],
        codes: &[AUTHOR, CASE, &[Code::Duplicate, Code::SodSame, Code::MeetingRequired, Code::DateOrder]],
        private: &[],
        undone: Undone::By("reverse"),
        ..HANDLER
    },
    Verb {
        name: "still-urgent",
        zh: "急难未缓解",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification],
            after: &[],
        },
        facts: &["items-moved"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::ReasonRequired, Code::DateOrder]],
        undone: Undone::By("still-urgent"),
        ..HANDLER
    },
    Verb {
        name: "close",
        zh: "办结",
        steps: Steps { before: &[Paid], after: &[Closed] },
        facts: &["stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::DeferredMissing, Code::State, Code::NotFinal],
            &[Code::StepOrder, Code::AuthMembers],
        ],
        private: &[],
        undone: Undone::By("reverse"),
        ..HANDLER
    },
    Verb {
        name: "reverse",
        zh: "冲正",
        who: &[Role::Approver, Role::Finance, Role::Handler],
        place: "付款：乡镇审批人或县局财务；决定：原一级或县局；已办结的由县局",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification, Closed],
            after: &[Approved, Terminated, Paid],
        },
        facts: &[
            "line-unpaid",
            "money-moved",
            "stock-moved",
            "stage-set",
            "grant-cancelled",
            "grant-set",
            "item-done",
            "item-reopened",
        ],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::InBatch, Code::ReasonRequired, Code::SodPay, Code::SodSame, Code::TierAuth],
        ],
        undone: Undone::Never("冲正后按原来的办法重新办理"),
        ..HANDLER
    },
];
