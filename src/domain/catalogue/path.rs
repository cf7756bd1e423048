//! The commands of the expenditure path (支出型), in the order of its steps, and what follows a decision on both paths.

use super::verbs::{AUTHOR, CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::{
    Approved, AtCity, AwaitingRatification, Closed, Declined, Open, Paid, Refused, Returned, Submitted,
};
use crate::domain::office::Role;

/// What every step asks of its handler, its case and its day.
const STEP: &[Code] = &[Code::SodSame, Code::State, Code::StepOrder, Code::DateOrder, Code::ReasonRequired];
const AT_WORK: Steps = Steps { before: &[Open, Returned], after: &[] };
const UNDECIDED: Steps = Steps { before: &[Open, Returned, Submitted], after: &[] };
const HAPPENED: Undone = Undone::Never("登记的是发生过的事，有误的重新登记");
const SETTLED: Undone = Undone::Never("是一次结论，不服的另行提出");

const HANDLER: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler],
    place: "经办单位",
    steps: AT_WORK,
    facts: &[],
    codes: &[AUTHOR, CASE, STEP],
    offline: true,
    private: &[],
    undone: HAPPENED,
    real: true,
};

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "apply",
        zh: "登记申请",
        facts: &["application-noted"],
        private: &[
            "late",
            "agent",
            "agent-id",
            "agent-relation",
            "agent-letter",
            "nation",
            "marriage",
            "health",
            "occupation",
            "account-kind",
            "permit",
            "employer",
            "labour",
            "disability",
            "income-source",
            "spending-use",
            "supporters",
        ],
        ..HANDLER
    },
    Verb {
        name: "once-notice",
        zh: "一次性告知",
        facts: &["once-noticed", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable, Code::OnceNotice, Code::Duplicate]],
        private: &["received", "missing", "receipt", "override"],
        undone: Undone::By("corrected"),
        ..HANDLER
    },
    Verb {
        name: "corrected",
        zh: "补正收齐",
        facts: &["corrected", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable]],
        private: &["note"],
        ..HANDLER
    },
    Verb {
        name: "accept",
        zh: "准予受理",
        facts: &["case-accepted", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable, Code::Duplicate]],
        private: &["note", "receipt"],
        ..HANDLER
    },
    Verb {
        name: "decline",
        zh: "不予受理",
        steps: Steps { before: &[Open], after: &[Declined] },
        facts: &["stage-set"],
        private: &["reason"],
        undone: SETTLED,
        offline: false,
        ..HANDLER
    },
    Verb {
        name: "survey",
        zh: "入户调查",
        facts: &["surveyed"],
        codes: &[AUTHOR, CASE, STEP, &[Code::SurveyPeople, Code::Duplicate, Code::Amount]],
        private: &[
            "place",
            "surveyors",
            "respondent",
            "situation",
            "verified",
            "differs",
            "photos",
            "unsigned",
        ],
        ..HANDLER
    },
    Verb {
        name: "means-authorise",
        zh: "核对授权",
        steps: Steps { before: &[Open, Returned, Submitted, AtCity, Approved, Paid], after: &[] },
        facts: &["means-authorised"],
        codes: &[
            AUTHOR,
            CASE,
            STEP,
            &[Code::AuthMembers, Code::Guardian, Code::AuthExpired, Code::Duplicate],
        ],
        private: &["guardians", "later"],
        undone: Undone::Never("到期自止，成员变化另签"),
        ..HANDLER
    },
    Verb {
        name: "means-ask",
        zh: "委托核对",
        facts: &["means-asked", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            STEP,
            &[Code::HolidayTable, Code::AuthMembers, Code::AuthExpired, Code::Duplicate],
        ],
        private: &["to"],
        undone: Undone::By("means-check"),
        ..HANDLER
    },
    Verb {
        name: "means-check",
        zh: "经济状况核对",
        facts: &["means-checked", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable, Code::AuthExpired]],
        private: &["report", "items", "explained"],
        ..HANDLER
    },
    Verb {
        name: "school",
        zh: "就学情况",
        facts: &["school-noted"],
        codes: &[AUTHOR, CASE, STEP, &[Code::EligSchool, Code::Amount]],
        private: &["school"],
        ..HANDLER
    },
    Verb {
        name: "review",
        zh: "民主评议",
        facts: &["reviewed"],
        codes: &[AUTHOR, CASE, STEP, &[Code::ReviewQuorum]],
        private: &["place", "chair", "attendees", "aside", "said"],
        ..HANDLER
    },
    Verb {
        name: "examine",
        zh: "乡镇审核",
        who: &[Role::Approver],
        place: "本乡镇，没有他人的由县局",
        steps: UNDECIDED,
        facts: &["examined"],
        codes: &[AUTHOR, CASE, STEP, &[Code::Amount]],
        private: &["opinion"],
        offline: false,
        ..HANDLER
    },
    Verb {
        name: "post-notice",
        zh: "张贴公示",
        facts: &["notice-posted", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable, Code::NoticeOpen, Code::ReviewQuorum]],
        private: &["place", "posted_by", "summary", "phone"],
        undone: Undone::By("end-notice"),
        ..HANDLER
    },
    Verb {
        name: "end-notice",
        zh: "公示期满",
        steps: UNDECIDED,
        facts: &["notice-ended", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            STEP,
            &[Code::HolidayTable, Code::NoticeOpen, Code::ObjectionOpen, Code::Duplicate],
        ],
        private: &["void"],
        ..HANDLER
    },
    Verb {
        name: "exempt-notice",
        zh: "不宜公示",
        who: &[Role::Approver],
        place: "县局",
        steps: UNDECIDED,
        facts: &["notice-exempted"],
        codes: &[AUTHOR, CASE, STEP, &[Code::NoticeOpen, Code::Duplicate]],
        private: &["reason"],
        undone: SETTLED,
        offline: false,
        ..HANDLER
    },
    Verb {
        name: "object",
        zh: "登记异议",
        steps: UNDECIDED,
        facts: &["objection-made"],
        codes: &[AUTHOR, CASE, STEP, &[Code::Duplicate]],
        private: &["said"],
        undone: Undone::By("settle-objection"),
        ..HANDLER
    },
    Verb {
        name: "settle-objection",
        zh: "处理异议",
        who: &[Role::Handler, Role::Approver],
        steps: UNDECIDED,
        facts: &["objection-settled", "clock-set"],
        codes: &[AUTHOR, CASE, STEP, &[Code::HolidayTable, Code::Duplicate]],
        private: &["finding"],
        undone: SETTLED,
        ..HANDLER
    },
    Verb {
        name: "change-path",
        zh: "改变救助类型",
        who: &[Role::Handler, Role::Approver],
        place: "经办单位，办了步骤以后由县局",
        facts: &["path-changed"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::State, Code::PathLocked, Code::Duplicate, Code::ReasonRequired],
        ],
        private: &["reason"],
        undone: Undone::By("change-path"),
        offline: false,
        ..HANDLER
    },
    Verb {
        name: "deliver",
        zh: "结果送达",
        steps: Steps { before: &[Approved, Paid, Closed, Refused, Declined], after: &[] },
        facts: &["result-delivered"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::DateOrder, Code::ReasonRequired]],
        private: &["receipt"],
        ..HANDLER
    },
    Verb {
        name: "follow-up",
        zh: "回访",
        steps: Steps { before: &[Approved, Paid, Closed], after: &[] },
        facts: &["followed-up"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::DateOrder, Code::ReasonRequired]],
        private: &["respondent", "found"],
        ..HANDLER
    },
    Verb {
        name: "hardship",
        zh: "困难详情",
        steps: Steps {
            before: &[Open, Returned, Submitted, AtCity, Approved, Paid, AwaitingRatification, Closed],
            after: &[],
        },
        facts: &["hardship-noted"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::DateOrder, Code::ReasonRequired]],
        private: &[
            "kind",
            "loss",
            "own-cost",
            "proofs",
            "diagnosis",
            "icd",
            "hospital",
            "admitted",
            "discharged",
            "total-cost",
            "reimbursed",
            "prepaid",
            "property-loss",
            "lost-on",
            "trade",
            "trade-loss",
            "pupil",
            "proved-on",
            "stage",
            "school",
            "years",
            "tuition",
            "school-aid",
            "member-<人>",
        ],
        ..HANDLER
    },
];
