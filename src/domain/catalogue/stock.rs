//! The commands of goods in store and of numbered pads.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const GOODS: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler, Role::Finance, Role::Approver],
    place: "本单位；县局可办各乡镇；收货由收货乡镇",
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
        name: "stock",
        zh: "物资出入库",
        facts: &["stock-moved"],
        codes: &[
            AUTHOR,
            &[
                Code::Scope,
                Code::Unknown,
                Code::ValueRequired,
                Code::Stock,
                Code::Amount,
                Code::ReasonRequired,
                Code::State,
                Code::Duplicate,
                Code::SodSame,
            ],
        ],
        private: &["document", "reason"],
        undone: Undone::By("stock"),
        ..GOODS
    },
    Verb {
        name: "issue-pad",
        zh: "空白单领用",
        who: &[Role::Handler, Role::Approver],
        place: "本乡镇，县局可办各乡镇",
        facts: &["pad-issued"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::Amount]],
        undone: Undone::By("void-blank"),
        ..GOODS
    },
    Verb {
        name: "void-blank",
        zh: "空白单作废",
        who: &[Role::Handler, Role::Approver],
        place: "本乡镇，县局可办各乡镇",
        facts: &["blank-voided"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::Duplicate, Code::ReasonRequired]],
        private: &["reason"],
        undone: Undone::Never("作废的号不再用，另用一张"),
        ..GOODS
    },
];
