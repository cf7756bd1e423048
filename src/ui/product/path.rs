//! The screens of the expenditure path (支出型), what they ask and what comes back.

use crate::base::day::Stamp;
use crate::domain::ids::{CaseId, LeadId};
use crate::forms::tables::path::PathForm;
use crate::office::front::path::StepView;
use crate::store::replica::views::after::{AfterList, AfterRow};
use crate::store::replica::views::home::Pile;
use crate::store::replica::views::path::PathRow;

/// A screen of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPlace {
    /// 支出型申请登记, new or from a draft; 0 for none.
    Apply(u64),
    /// 支出型申请登记 of a lead; a draft of it is gone on with.
    FromLead(LeadId),
    /// 办理步骤 of a case.
    Work(CaseId),
    /// 支出型待办: a list of cases by what waits.
    Todo(PathList),
    /// 决定待送达 or 待回访.
    After(AfterList),
    /// The form of a step of a case.
    Step(CaseId, PathForm),
}

/// What waits for somebody on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathList {
    /// Everything that is open.
    All,
    /// 待受理.
    Acceptance,
    /// 待补正.
    Correction,
    /// 待调查.
    Survey,
    /// 核对未回.
    Means,
    /// 待评议.
    Review,
    /// 待审核.
    Examination,
    /// 公示中.
    Notice,
    /// 公示期满.
    NoticeEnd,
    /// 待报批.
    Submission,
    /// 待审批.
    Approval,
    /// 异议.
    Objection,
    /// 待评议、公示: from the survey to the notice's result, as home counts it.
    Meeting,
}

impl PathList {
    /// All, in the order in which F4 goes through them.
    pub const ALL: [PathList; 13] = [
        PathList::All,
        PathList::Acceptance,
        PathList::Correction,
        PathList::Survey,
        PathList::Means,
        PathList::Review,
        PathList::Examination,
        PathList::Notice,
        PathList::NoticeEnd,
        PathList::Meeting,
        PathList::Objection,
        PathList::Submission,
        PathList::Approval,
    ];
}

/// How many cases of the path wait, as home counts them; the days are last days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PathHome {
    /// Everything that is open.
    pub all: Waiting,
    /// 待调查核实.
    pub survey: Waiting,
    /// 待评议、公示.
    pub meeting: Waiting,
    /// 待审核: the township approver's opinion.
    pub examination: Waiting,
    /// 决定待送达.
    pub deliver: Waiting,
    /// 待回访.
    pub follow_up: Waiting,
}

/// A pile and how many of it are late or want somebody at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many, and the first last day.
    pub pile: Pile,
    /// Those past their last day, with an objection, or whose notice is over.
    pub late: u32,
}

/// What a screen of the path asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathAsk {
    /// What the form of a step begins with. [`PathReply::Step`].
    Step(CaseId),
    /// The open cases that the officer sees: a handler his own, an approver those of his office. [`PathReply::Todo`].
    Todo,
    /// Those of them that wait to be followed up. [`PathReply::After`].
    After(AfterList),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum PathReply {
    /// What the form of a step begins with; none where the case is not there.
    Step(Option<Box<StepView>>),
    /// Open cases, due first, and now.
    Todo(Vec<PathRow>, Stamp),
    /// What waits to be delivered or asked about, due first, and now.
    After(Vec<AfterRow>, Stamp),
}
