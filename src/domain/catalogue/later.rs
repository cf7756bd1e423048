//! The commands that later versions carry out: named now, so that what exists is built toward them.

use super::verbs::{NO_CASE, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::office::Role;

const LATER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler],
    place: "经办单位",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: false,
    private: &[],
    undone: Undone::Never(""),
    real: false,
};

const ADMIN: Verb = Verb { who: &[Role::Administrator], place: "县局", ..LATER };

macro_rules! later {
    ($($base:ident $name:literal $zh:literal [$($code:ident)*] $undone:expr;)*) => {
        /// The list.
        pub const VERBS: &[Verb] = &[$(Verb {
            name: $name,
            zh: $zh,
            codes: &[&[$(Code::$code),*]],
            undone: $undone,
            ..$base
        }),*];
    };
}

later! {
    ADMIN "join" "加入" [SigKey] Undone::By("key-revoke");
    ADMIN "rescue" "找回记录" [Chain] Undone::Never("原样找回的记录就是原来的记录");
}
