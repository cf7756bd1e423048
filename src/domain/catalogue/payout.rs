//! The commands of paying out by bank, of sources, the year's end and the count of cash.

use super::verbs::{AUTHOR, CASE, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::*;
use crate::domain::office::Role;

const FINANCE: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Finance],
    place: "县局",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: false,
    private: &[],
    undone: Undone::Never(""),
    real: true,
};

const LINES: &[Code] = &[
    Code::Scope,
    Code::Unknown,
    Code::Marked,
    Code::State,
    Code::NotFinal,
    Code::SodPay,
    Code::Duplicate,
    Code::AccountOwner,
    Code::PayeeDead,
    Code::DateOrder,
];

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "note-account",
        zh: "登记账户",
        who: &[Role::Handler, Role::Finance, Role::Approver],
        place: "本乡镇，县局可办各乡镇；子女账户由审批人",
        steps: Steps { before: &[Open, Returned, Submitted, Approved, AwaitingRatification], after: &[] },
        facts: &["account-noted"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::State,
                Code::InBatch,
                Code::AccountOwner,
                Code::AccountShared,
                Code::Luhn,
                Code::PayeeDead,
                Code::ReasonRequired,
            ],
        ],
        offline: true,
        private: &["account", "holder", "bank", "letter", "override"],
        undone: Undone::By("note-account"),
        ..FINANCE
    },
    Verb {
        name: "open-batch",
        zh: "建立批次",
        facts: &["batch-opened", "line-batched"],
        codes: &[AUTHOR, LINES, &[Code::Recusal, Code::Stale, Code::InBatch]],
        undone: Undone::By("drop-batch"),
        ..FINANCE
    },
    Verb {
        name: "check-batch",
        zh: "复核批次",
        facts: &["batch-checked"],
        codes: &[AUTHOR, LINES, &[Code::SodSame, Code::Amount]],
        undone: Undone::By("drop-batch"),
        ..FINANCE
    },
    Verb {
        name: "send-batch",
        zh: "提交银行",
        facts: &["batch-sent", "money-moved"],
        codes: &[AUTHOR, LINES, &[Code::SodSame, Code::FundShort]],
        undone: Undone::Never("提交后以银行回盘为准，退汇的自动退回原资金"),
        ..FINANCE
    },
    Verb {
        name: "drop-batch",
        zh: "撤销批次",
        facts: &["batch-dropped"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::State, Code::ReasonRequired]],
        private: &["reason"],
        undone: Undone::By("open-batch"),
        ..FINANCE
    },
    Verb {
        name: "read-return",
        zh: "读入回盘",
        steps: Steps { before: &[Approved, Paid, Closed], after: &[Paid, Approved] },
        facts: &["return-read", "line-paid", "line-unpaid", "line-returned", "money-moved", "stage-set"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::State, Code::ReturnDup, Code::ReturnMismatch]],
        undone: Undone::Never("回盘是银行的答复，事后退汇的再读入后来的回盘"),
        ..FINANCE
    },
    Verb {
        name: "give-back",
        zh: "主动退回",
        who: &[Role::Handler, Role::Finance],
        place: "经办单位或县局",
        facts: &["line-given-back", "money-moved"],
        codes: &[AUTHOR, CASE, &[Code::Amount, Code::State, Code::DateOrder, Code::ReasonRequired]],
        private: &["receipt"],
        undone: Undone::Never("登记的是收到的款，有误的另记更正"),
        ..FINANCE
    },
    Verb {
        name: "recover",
        zh: "追缴",
        who: &[Role::Approver],
        place: "县局；只用于虚报、隐瞒骗取的",
        facts: &["recovery-ordered"],
        codes: &[AUTHOR, CASE, &[Code::Amount, Code::Duplicate, Code::DateOrder, Code::ReasonRequired]],
        private: &["reason"],
        undone: Undone::Never("是县局的一次决定，不服的可申请行政复议"),
        ..FINANCE
    },
    Verb {
        name: "take-back",
        zh: "追缴到款",
        who: &[Role::Handler, Role::Finance],
        place: "经办单位或县局",
        facts: &["line-given-back", "money-moved", "recovery-paid"],
        codes: &[AUTHOR, CASE, &[Code::Amount, Code::State, Code::DateOrder, Code::ReasonRequired]],
        private: &["receipt"],
        undone: Undone::Never("登记的是收到的款，有误的另记更正"),
        ..FINANCE
    },
    Verb {
        name: "source",
        zh: "资金来源",
        facts: &["money-moved"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Amount, Code::FundPurpose, Code::FundShort, Code::ReasonRequired],
        ],
        private: &["note"],
        undone: Undone::By("source"),
        ..FINANCE
    },
    Verb {
        name: "close-year",
        zh: "年终结转",
        facts: &["money-moved", "year-closed"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::DateOrder, Code::Duplicate, Code::State, Code::Amount, Code::FundShort],
        ],
        undone: Undone::Never("结转是一年的结论，差错在新年度更正"),
        ..FINANCE
    },
    Verb {
        name: "count-cash",
        zh: "监盘",
        who: &[Role::Approver, Role::Finance],
        place: "本乡镇审批人或县局财务",
        facts: &["cash-counted"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::SodSame, Code::Amount, Code::ReasonRequired]],
        private: &["reason"],
        undone: Undone::Never("登记的是点过的数，再点一次另记"),
        ..FINANCE
    },
];
