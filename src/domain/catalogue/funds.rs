//! The commands of money.

use super::verbs::{AUTHOR, CASE, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::*;
use crate::domain::office::Role;

const MONEY: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler, Role::Finance, Role::Approver],
    place: "本乡镇，县局可办各乡镇",
    steps: NO_CASE,
    facts: &["money-moved"],
    codes: &[],
    offline: false,
    private: &["note"],
    undone: Undone::Never(""),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "pay",
        zh: "发放",
        who: &[Role::Handler, Role::Finance],
        steps: Steps { before: &[Approved], after: &[Paid] },
        facts: &["line-paid", "money-moved", "stock-moved", "stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::NotFinal,
                Code::Duplicate,
                Code::State,
                Code::SodPay,
                Code::DateOrder,
                Code::CashReason,
                Code::AccountOwner,
                Code::PayeeDead,
                Code::InBatch,
                Code::FundShort,
                Code::Stock,
            ],
        ],
        private: &["recipient", "witness", "cash_reason"],
        undone: Undone::By("reverse"),
        ..MONEY
    },
    Verb {
        name: "allot",
        zh: "拨入备用金",
        who: &[Role::Finance],
        place: "县局",
        codes: &[
            AUTHOR,
            &[
                Code::Scope,
                Code::Unknown,
                Code::Amount,
                Code::ReasonRequired,
                Code::DeferredDebt,
                Code::FundShort,
                Code::FundPurpose,
            ],
        ],
        undone: Undone::By("move-reserve"),
        ..MONEY
    },
    Verb {
        name: "set-ceiling",
        zh: "核定备用金",
        who: &[Role::Finance],
        place: "县局",
        facts: &["ceiling-set"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::Amount, Code::ReasonRequired]],
        undone: Undone::By("set-ceiling"),
        ..MONEY
    },
    Verb {
        name: "ask-replenish",
        zh: "申请补足",
        facts: &["replenish-asked"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::State, Code::Amount, Code::DeferredDebt]],
        undone: Undone::By("ask-replenish"),
        ..MONEY
    },
    Verb {
        name: "move-reserve",
        zh: "备用金提存",
        codes: &[AUTHOR, &[Code::Scope, Code::Amount, Code::ReasonRequired, Code::FundShort]],
        undone: Undone::By("move-reserve"),
        ..MONEY
    },
    Verb {
        name: "repay",
        zh: "归垫",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification, Terminated],
            after: &[],
        },
        codes: &[AUTHOR, CASE, &[Code::Amount, Code::ReasonRequired, Code::SodPay, Code::FundShort]],
        private: &["receipt"],
        undone: Undone::By("reverse"),
        ..MONEY
    },
    Verb {
        name: "import-part",
        zh: "导入往年台账",
        who: &[Role::Handler, Role::Finance],
        facts: &["person-noted", "ledger-imported"],
        codes: &[AUTHOR, &[Code::State, Code::Duplicate, Code::Amount, Code::DateOrder, Code::Scope]],
        private: &["people", "row"],
        undone: Undone::Never("导入的是往年事实，改后的行另作一行导入"),
        ..MONEY
    },
];
