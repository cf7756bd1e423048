//! The commands about what is private.

use super::verbs::{AUTHOR, NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

/// The list.
pub const VERBS: &[Verb] = &[Verb {
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
}];
