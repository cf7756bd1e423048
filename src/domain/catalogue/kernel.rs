//! The kernel's commands: county, officers, keys, packs, tables.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

pub(super) const ADMIN: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Administrator],
    place: "县局",
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
        name: "found",
        zh: "建立",
        facts: &["county-founded", "officer-enrolled", "key-given"],
        codes: &[&[Code::Duplicate, Code::Role, Code::Unknown, Code::Clock, Code::SigKey]],
        private: &["officers"],
        undone: Undone::Never("记录的第一条，其余都建立在它之上"),
        ..ADMIN
    },
    Verb {
        name: "key-set",
        zh: "设定密钥",
        who: &Role::ALL,
        place: "本人",
        facts: &["key-given"],
        codes: &[&[
            Code::KeyRevoked,
            Code::Role,
            Code::Clock,
            Code::Duplicate,
            Code::SigKey,
            Code::Unknown,
            Code::State,
        ]],
        undone: Undone::By("key-revoke"),
        ..ADMIN
    },
    Verb {
        name: "adopt-pack",
        zh: "采用政策包",
        facts: &["pack-adopted"],
        codes: &[AUTHOR, &[Code::Duplicate, Code::Unknown]],
        undone: Undone::By("adopt-pack"),
        ..ADMIN
    },
    Verb {
        name: "set-year",
        zh: "补充节假日表",
        facts: &["year-set"],
        codes: &[AUTHOR, &[Code::DateOrder]],
        undone: Undone::By("set-year"),
        ..ADMIN
    },
    Verb {
        name: "data-key",
        zh: "分发数据密钥",
        facts: &["data-key-sealed"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State]],
        undone: Undone::Never("已经交出的密钥收不回，另发一把新的"),
        ..ADMIN
    },
    Verb {
        name: "issue-codes",
        zh: "印发授权码单",
        who: &[Role::Approver],
        facts: &["codes-issued"],
        codes: &[AUTHOR, &[Code::Scope, Code::AuthCode]],
        undone: Undone::By("void-codes"),
        place: "县局，本人的",
        ..ADMIN
    },
    Verb {
        name: "void-codes",
        zh: "作废授权码单",
        who: &Role::ALL,
        place: "本人的；别人的由管理员",
        facts: &["codes-voided"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State]],
        undone: Undone::By("issue-codes"),
        ..ADMIN
    },
    Verb {
        name: "note-code",
        zh: "授权码报错登记",
        who: &Role::ALL,
        place: "听到错码的电脑",
        facts: &["code-missed"],
        codes: &[AUTHOR, &[Code::Unknown]],
        offline: true,
        undone: Undone::Never("只作提醒，不影响办件"),
        ..ADMIN
    },
    Verb {
        name: "file-relative",
        zh: "近亲属备案",
        who: &[Role::Administrator, Role::Handler, Role::Approver, Role::Finance, Role::Supervisor],
        place: "管理员，或本人备案自己的",
        facts: &["relative-filed"],
        codes: &[AUTHOR, &[Code::Unknown, Code::Duplicate]],
        private: &["relation", "born"],
        undone: Undone::Never("备案只增不减，误备的由县局在督导中说明"),
        ..ADMIN
    },
];
