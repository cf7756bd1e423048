//! The commands about what is private.

use super::kernel::ADMIN;
use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "unmask",
        zh: "查看完整信息",
        who: &[Role::Handler, Role::Approver, Role::Finance, Role::Supervisor],
        place: "各单位；外乡镇的只看身份",
        steps: NO_CASE,
        facts: &["unmasked"],
        codes: &[AUTHOR, &[Code::Unknown, Code::ReasonRequired]],
        offline: true,
        private: &["purpose"],
        undone: Undone::Never("登记的是发生过的事，看过就是看过"),
        real: true,
    },
    Verb {
        name: "erase",
        zh: "到期销毁",
        facts: &["erased"],
        codes: &[AUTHOR, &[Code::Unknown, Code::State, Code::Marked, Code::Duplicate, Code::Retention]],
        undone: Undone::Never("销毁的是不公开部分，不能恢复，也不应恢复"),
        ..ADMIN
    },
];
