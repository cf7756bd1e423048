//! The commands of the ordinary way.

use super::verbs::{AUTHOR, CASE, LINES, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::*;
use crate::domain::office::Role;

const APPROVER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Approver],
    place: "待批所在的一级",
    steps: Steps { before: &[Submitted], after: &[] },
    facts: &["stage-set"],
    codes: &[],
    offline: false,
    private: &["reason"],
    undone: Undone::Never(""),
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "submit",
        zh: "报批",
        who: &[Role::Handler],
        place: "经办单位",
        steps: Steps { before: &[Open, Returned], after: &[Submitted] },
        facts: &["lines-asked", "stage-set", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            LINES,
            &[
                Code::SodSame,
                Code::State,
                Code::StepOrder,
                Code::AuthMembers,
                Code::TierAuth,
                Code::HolidayTable,
                Code::ReasonRequired,
            ],
        ],
        private: &["note", "override"],
        undone: Undone::By("return"),
        offline: true,
        ..APPROVER
    },
    Verb {
        name: "approve",
        zh: "审批同意",
        steps: Steps { before: &[Submitted], after: &[Approved, Paid] },
        facts: &["grant-set", "stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            LINES,
            &[
                Code::StepOrder,
                Code::AuthMembers,
                Code::ReviewQuorum,
                Code::NoticeOpen,
                Code::ObjectionOpen,
                Code::State,
                Code::TierAuth,
                Code::SodSame,
                Code::SodPay,
                Code::NotFinal,
                Code::ReasonRequired,
                Code::SplitTier,
                Code::Severity,
                Code::Standard,
                Code::MeetingRequired,
                Code::MeetingQuorum,
                Code::MeetingAmount,
                Code::KinName,
                Code::RepeatMatter,
                Code::YearEdge,
                Code::StepOrder,
                Code::Residence,
            ],
        ],
        private: &["note", "second", "override"],
        undone: Undone::By("reverse"),
        ..APPROVER
    },
    Verb {
        name: "refuse",
        zh: "不予救助",
        steps: Steps { before: &[Submitted], after: &[Refused] },
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::TierAuth, Code::SodSame, Code::StepOrder, Code::ReasonRequired],
        ],
        undone: Undone::Never("申请人可以重新申请、复议或诉讼"),
        ..APPROVER
    },
    Verb {
        name: "return",
        zh: "退回补正",
        steps: Steps { before: &[Submitted], after: &[Returned] },
        facts: &["stage-set", "clock-set"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::TierAuth, Code::ReasonRequired, Code::HolidayTable]],
        undone: Undone::By("submit"),
        ..APPROVER
    },
    Verb {
        name: "pass-up",
        zh: "报县局",
        who: &[Role::Approver, Role::Handler],
        place: "乡镇",
        steps: Steps { before: &[Submitted], after: &[Submitted] },
        facts: &["stage-set", "clock-set"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::StepOrder, Code::ReasonRequired, Code::HolidayTable]],
        undone: Undone::By("return"),
        ..APPROVER
    },
    Verb {
        name: "withdraw",
        zh: "撤回",
        who: &[Role::Handler],
        place: "经办单位",
        steps: Steps { before: &[Open, Returned, Submitted], after: &[Withdrawn] },
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::ReasonRequired]],
        undone: Undone::Never("本人可以重新申请"),
        ..APPROVER
    },
    Verb {
        name: "terminate",
        zh: "终止",
        who: &[Role::Handler, Role::Approver],
        place: "经办单位；批准后由审批人，县局批的和付款后由县局审批人",
        steps: Steps { before: &[Open, Returned, Submitted, AtCity, Approved, Paid], after: &[Terminated] },
        facts: &["stage-set", "grant-cancelled", "grant-set", "item-done"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::State, Code::NotFinal, Code::InBatch, Code::ReasonRequired],
        ],
        undone: Undone::Never("仍有困难的重新受理"),
        ..APPROVER
    },
    Verb {
        name: "hold-meeting",
        zh: "会议纪要",
        who: &[Role::Handler, Role::Approver],
        place: "开会的一级",
        steps: Steps {
            before: &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification],
            after: &[],
        },
        facts: &["meeting-held"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::Amount, Code::DateOrder, Code::Duplicate, Code::ReasonRequired],
        ],
        private: &["minutes", "place", "chair", "attendees", "topic", "opinions"],
        undone: Undone::By("hold-meeting"),
        ..APPROVER
    },
    Verb {
        name: "ratify",
        zh: "追认",
        place: "县局",
        steps: Steps { before: &[AwaitingRatification, Open, Returned, Submitted], after: &[Paid, Approved] },
        facts: &["ratified", "grant-set", "stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::SodPay, Code::State, Code::TierAuth, Code::Amount, Code::ReasonRequired],
        ],
        undone: Undone::By("reverse"),
        ..APPROVER
    },
];
