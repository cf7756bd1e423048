//! The commands of the tiers beyond one approver and of what stands beside a case.

use super::verbs::{AUTHOR, CASE, LINES, NO_CASE, Steps, Undone, Verb};
use crate::domain::code::Code;
use crate::domain::nouns::Stage::{self, *};
use crate::domain::office::Role;

const BASE: Verb = Verb {
    name: "",
    zh: "",
    who: &[Role::Handler],
    place: "经办单位",
    steps: NO_CASE,
    facts: &[],
    codes: &[],
    offline: false,
    private: &["reason"],
    undone: Undone::Never(""),
    real: true,
};

const COUNTY: Verb = Verb { who: &[Role::Approver], place: "县局", ..BASE };

const ANY: &[Stage] = Stage::ALL;
const LIVE: &[Stage] = &[Open, Submitted, Returned, Approved, Paid, AwaitingRatification, AtCity];
const HAPPENED: Undone = Undone::Never("登记的是发生过的事，有误的另记更正");

const fn at(before: &'static [Stage], after: &'static [Stage]) -> Steps {
    Steps { before, after }
}

/// The list.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "county-examine",
        zh: "股室审核",
        who: &[Role::Handler, Role::Approver],
        steps: at(&[Submitted], &[]),
        facts: &["county-examined"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::SodSame, Code::DateOrder, Code::Amount, Code::ReasonRequired],
        ],
        private: &["opinion"],
        undone: Undone::By("county-examine"),
        ..COUNTY
    },
    Verb {
        name: "raise-tier",
        zh: "提级审批",
        who: &[Role::Handler, Role::Approver],
        place: "经办单位或县局",
        steps: at(&[Open, Returned, Submitted], &[Submitted]),
        facts: &["tier-raised", "stage-set", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::SodSame,
                Code::State,
                Code::StepOrder,
                Code::Duplicate,
                Code::ReasonRequired,
                Code::HolidayTable,
            ],
        ],
        undone: Undone::By("hand-down"),
        ..BASE
    },
    Verb {
        name: "hand-down",
        zh: "退回乡镇审批",
        steps: at(&[Submitted], &[Submitted]),
        facts: &["tier-lowered", "stage-set", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::TierAuth, Code::SplitTier, Code::ReasonRequired, Code::HolidayTable],
        ],
        undone: Undone::By("pass-up"),
        ..COUNTY
    },
    Verb {
        name: "to-city",
        zh: "报市级审批",
        steps: at(&[Submitted], &[AtCity]),
        facts: &["city-asked", "stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::State,
                Code::SodSame,
                Code::SodPay,
                Code::NotFinal,
                Code::Amount,
                Code::ReasonRequired,
                Code::StepOrder,
                Code::AuthMembers,
                Code::ReviewQuorum,
                Code::NoticeOpen,
                Code::ObjectionOpen,
                Code::MeetingRequired,
                Code::MeetingQuorum,
                Code::MeetingAmount,
            ],
        ],
        undone: Undone::By("check-city"),
        ..COUNTY
    },
    Verb {
        name: "city-reply",
        zh: "市级批复",
        who: &[Role::Handler, Role::Approver],
        steps: at(&[AtCity], &[]),
        facts: &["city-replied"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::DateOrder, Code::Amount, Code::ReasonRequired]],
        private: &["text"],
        undone: Undone::By("city-reply"),
        ..COUNTY
    },
    Verb {
        name: "check-city",
        zh: "复核市级批复",
        steps: at(&[AtCity], &[Approved, Paid, Refused, Submitted]),
        facts: &["city-checked", "grant-set", "stage-set", "clock-set"],
        codes: &[
            AUTHOR,
            CASE,
            LINES,
            &[Code::State, Code::SodSame, Code::SodPay, Code::NotFinal, Code::HolidayTable],
            &[Code::StepOrder, Code::AuthMembers, Code::ReviewQuorum, Code::NoticeOpen, Code::ObjectionOpen],
        ],
        private: &[],
        undone: Undone::By("reverse"),
        ..COUNTY
    },
    Verb {
        name: "file-roster",
        zh: "备案",
        who: &[Role::Handler, Role::Approver],
        place: "乡镇，或由县局代办",
        facts: &["roster-filed"],
        codes: &[AUTHOR, &[Code::Scope, Code::DateOrder, Code::Duplicate]],
        private: &[],
        undone: Undone::By("call-back"),
        ..BASE
    },
    Verb {
        name: "call-back",
        zh: "备案退回",
        steps: at(&[Approved, Paid, Closed], &[Returned]),
        facts: &["called-back", "grant-cancelled", "item-done", "stage-set"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::State, Code::InBatch, Code::Duplicate, Code::ReasonRequired, Code::HolidayTable],
        ],
        undone: Undone::By("settle-call-back"),
        ..COUNTY
    },
    Verb {
        name: "settle-call-back",
        zh: "备案退回办结",
        steps: at(ANY, &[]),
        facts: &["call-back-settled"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::ReasonRequired]],
        undone: Undone::By("call-back"),
        ..COUNTY
    },
    Verb {
        name: "refer",
        zh: "转介",
        steps: at(ANY, &[]),
        facts: &["referral-made"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::State, Code::Duplicate, Code::DateOrder, Code::ReasonRequired],
        ],
        offline: true,
        private: &["body", "what"],
        undone: Undone::By("refer-reply"),
        ..BASE
    },
    Verb {
        name: "refer-reply",
        zh: "转介回执",
        steps: at(ANY, &[]),
        facts: &["referral-answered"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::SodSame,
                Code::State,
                Code::Duplicate,
                Code::DateOrder,
                Code::ReasonRequired,
                Code::Amount,
            ],
        ],
        offline: true,
        private: &["text"],
        undone: HAPPENED,
        ..BASE
    },
    Verb {
        name: "serve",
        zh: "服务记录",
        steps: at(ANY, &[]),
        facts: &["service-given"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::State, Code::DateOrder, Code::ReasonRequired]],
        offline: true,
        private: &["provider", "result"],
        undone: HAPPENED,
        ..BASE
    },
    Verb {
        name: "note-other-help",
        zh: "其他救助",
        steps: at(ANY, &[]),
        facts: &["other-help-noted"],
        codes: &[AUTHOR, CASE, &[Code::SodSame, Code::Amount, Code::DateOrder, Code::ReasonRequired]],
        offline: true,
        private: &["text"],
        undone: HAPPENED,
        ..BASE
    },
    Verb {
        name: "home-reply",
        zh: "户籍地答复",
        steps: at(ANY, &[]),
        facts: &["home-replied"],
        codes: &[
            AUTHOR,
            CASE,
            &[
                Code::SodSame,
                Code::State,
                Code::Duplicate,
                Code::Amount,
                Code::DateOrder,
                Code::ReasonRequired,
            ],
        ],
        offline: true,
        private: &["text"],
        undone: HAPPENED,
        ..BASE
    },
    Verb {
        name: "change-applicant",
        zh: "变更申请人",
        steps: at(&[Open, Returned, Submitted, AtCity], &[]),
        facts: &["applicant-changed"],
        codes: &[
            AUTHOR,
            CASE,
            &[Code::SodSame, Code::State, Code::Duplicate, Code::DateOrder, Code::ReasonRequired],
        ],
        undone: Undone::By("change-applicant"),
        ..BASE
    },
    Verb {
        name: "hold-payee",
        zh: "改发何人",
        steps: at(&[Approved], &[]),
        facts: &["payee-noted", "grant-set"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::InBatch, Code::PayeeDead, Code::ReasonRequired]],
        undone: Undone::By("hold-payee"),
        ..COUNTY
    },
    Verb {
        name: "rebase-pack",
        zh: "改用政策包",
        steps: at(LIVE, &[]),
        facts: &["case-rebased"],
        codes: &[AUTHOR, CASE, &[Code::State, Code::Duplicate, Code::ReasonRequired]],
        undone: Undone::By("rebase-pack"),
        ..COUNTY
    },
    Verb {
        name: "open-incident",
        zh: "群体性事项",
        who: &[Role::Handler, Role::Approver],
        facts: &["matter-opened", "incident-opened"],
        codes: &[
            AUTHOR,
            &[Code::Scope, Code::Unknown, Code::DateOrder, Code::Duplicate, Code::ReasonRequired],
        ],
        private: &["name"],
        undone: Undone::By("close-incident"),
        ..BASE
    },
    Verb {
        name: "close-incident",
        zh: "群体性事项结束",
        who: &[Role::Handler, Role::Approver],
        facts: &["incident-closed"],
        codes: &[AUTHOR, &[Code::Scope, Code::Unknown, Code::State, Code::ReasonRequired]],
        undone: Undone::Never("是一次结论，漏报的另登记事项"),
        ..BASE
    },
];
