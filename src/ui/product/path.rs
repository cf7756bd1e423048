//! The screens of the expenditure path (支出型), what they ask and what comes back.

use crate::domain::ids::CaseId;
use crate::forms::tables::path::PathForm;
use crate::office::front::path::StepView;

/// A screen of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPlace {
    /// 支出型申请登记, new or from a draft; 0 for none.
    Apply(u64),
    /// 办理步骤 of a case.
    Work(CaseId),
    /// 支出型待办: a list of cases by what waits.
    Todo(PathList),
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
    /// 待审批.
    Approval,
    /// 异议.
    Objection,
}

/// What a screen of the path asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathAsk {
    /// What the form of a step begins with. [`PathReply::Step`].
    Step(CaseId),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum PathReply {
    /// What the form of a step begins with; none where the case is not there.
    Step(Option<Box<StepView>>),
}
