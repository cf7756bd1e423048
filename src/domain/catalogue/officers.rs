//! The commands about officers: who is granted an office, a key or roles, who loses them, and with whose word.

use super::kernel::ADMIN;
use super::verbs::{AUTHOR, Undone, Verb};
use crate::domain::code::Code;

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "enrol",
        zh: "登记操作员",
        facts: &["officer-enrolled", "key-given", "grant-proposed"],
        codes: &[AUTHOR, &[Code::Unknown, Code::Duplicate, Code::SigKey, Code::Amount, Code::State]],
        private: &["officers"],
        undone: Undone::By("roles"),
        ..ADMIN
    },
    Verb {
        name: "key-revoke",
        zh: "停用密钥",
        facts: &["key-revoked"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::DateOrder]],
        undone: Undone::Never("停用的密钥不再启用，本人重新设定一把"),
        ..ADMIN
    },
    Verb {
        name: "rekey",
        zh: "重设密码",
        facts: &["key-given", "grant-proposed"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::Duplicate, Code::SigKey]],
        undone: Undone::By("key-revoke"),
        ..ADMIN
    },
    Verb {
        name: "suspend",
        zh: "停用操作员",
        facts: &["officer-suspended"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::Duplicate]],
        undone: Undone::By("roles"),
        ..ADMIN
    },
    Verb {
        name: "second-grant",
        zh: "第二管理员同意",
        facts: &["grant-seconded"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::SodSame, Code::Duplicate]],
        undone: Undone::By("roles"),
        ..ADMIN
    },
    Verb {
        name: "withdraw-grant",
        zh: "撤销授予",
        facts: &["grant-withdrawn"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State]],
        undone: Undone::Never("要授予的重新提出"),
        ..ADMIN
    },
    Verb {
        name: "recover-admin",
        zh: "恢复管理员",
        who: &[],
        place: "持恢复种子的人",
        facts: &["officer-enrolled", "roles-given", "key-given", "data-key-sealed"],
        codes: &[&[Code::Role, Code::KeyRevoked, Code::Clock, Code::Unknown, Code::Duplicate, Code::SigKey]],
        private: &["officers"],
        undone: Undone::By("suspend"),
        ..ADMIN
    },
    Verb {
        name: "roles",
        zh: "授予岗位",
        facts: &["roles-given", "grant-proposed"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::Amount, Code::Duplicate]],
        undone: Undone::By("roles"),
        ..ADMIN
    },
];
