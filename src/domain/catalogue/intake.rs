//! The commands of intake: leads, people, households, matters, acceptance.

use super::verbs::{AUTHOR, LINES, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage;
use crate::domain::office::Role;

const HANDLER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler],
    place: "本乡镇，县局可办各乡镇",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: true,
    private: &[],
    undone: Undone::Never(""),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "lead",
        zh: "登记线索",
        who: &[Role::Handler, Role::Approver],
        facts: &["lead-registered"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Unknown, Code::Duplicate, Code::DateOrder, Code::HolidayTable, Code::State],
        ],
        private: &["said", "caller"],
        undone: Undone::By("end-lead"),
        ..HANDLER
    },
    Verb {
        name: "answer-lead",
        zh: "到场",
        who: &[Role::Handler, Role::Approver],
        facts: &["lead-answered"],
        codes: &[
            AUTHOR,
            &[Code::Unknown, Code::Scope, Code::Recusal, Code::State, Code::Duplicate, Code::DateOrder],
        ],
        undone: Undone::Never("到场是发生过的事"),
        ..HANDLER
    },
    Verb {
        name: "end-lead",
        zh: "了结线索",
        who: &[Role::Handler, Role::Approver],
        facts: &["lead-ended"],
        codes: &[AUTHOR, &[Code::Unknown, Code::Scope, Code::Recusal, Code::State, Code::ReasonRequired]],
        private: &["reason"],
        undone: Undone::Never("了结有误的重新登记线索"),
        ..HANDLER
    },
    Verb {
        name: "note-person",
        zh: "登记人员",
        who: &[Role::Handler, Role::Approver, Role::Finance, Role::Administrator],
        facts: &["person-noted", "person-died"],
        codes: &[
            AUTHOR,
            &[
                Code::ReasonRequired,
                Code::Recusal,
                Code::DateOrder,
                Code::IdCheck,
                Code::IdDate,
                Code::IdSex,
                Code::IdArea,
                Code::IdNameClash,
            ],
        ],
        private: &["people", "reason"],
        undone: Undone::By("note-person"),
        ..HANDLER
    },
    Verb {
        name: "form-household",
        zh: "登记家庭",
        facts: &["household-formed", "member-left", "member-joined", "household-counted"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::DateOrder, Code::Duplicate, Code::State]],
        undone: Undone::By("change-household"),
        ..HANDLER
    },
    Verb {
        name: "change-household",
        zh: "家庭变更",
        facts: &["member-left", "member-joined", "household-counted"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Recusal, Code::Unknown, Code::DateOrder, Code::Duplicate, Code::State],
        ],
        undone: Undone::By("change-household"),
        ..HANDLER
    },
    Verb {
        name: "open-matter",
        zh: "登记事项",
        facts: &["matter-opened"],
        codes: &[
            AUTHOR,
            &[
                Code::Scope,
                Code::Recusal,
                Code::Unknown,
                Code::DateOrder,
                Code::Duplicate,
                Code::MatterDup,
                Code::ReasonRequired,
            ],
        ],
        private: &["override"],
        undone: Undone::Never("没有办件的事项不生效力，留作记录"),
        ..HANDLER
    },
    Verb {
        name: "open-case",
        zh: "受理",
        steps: Steps { before: &[], after: &[Stage::Open] },
        facts: &["case-opened", "lines-asked", "lead-ended", "home-to-ask"],
        codes: &[
            AUTHOR,
            LINES,
            &[
                Code::Scope,
                Code::Recusal,
                Code::Unknown,
                Code::SodSame,
                Code::State,
                Code::DateOrder,
                Code::ReasonRequired,
                Code::EligHardship,
                Code::KinName,
                Code::PathCategory,
                Code::RepeatMatter,
                Code::RepeatLikely,
                Code::Residence,
            ],
        ],
        private: &["reason", "override"],
        undone: Undone::By("withdraw"),
        ..HANDLER
    },
];
