//! The forms of the single steps of the expenditure path (支出型), F4 to F11, and of what follows a decision: which there are,
//! and the verb each becomes.
//!
//! Every form but 不予受理, 不宜公示 and 改变救助类型 begins with the day on which it happened, filled with today; an earlier one is
//! entered late from paper (补录). What is filled is skipped by Enter and reached by Up.
//!
//! | form | keys |
//! |---|---|
//! | [`accept`] 一次性告知 | `on` `until` `delivery` `received` `missing` `override_reason` |
//! | 补正收齐, 准予受理 | `on` `note` |
//! | 不予受理 | `reason` |
//! | [`survey`] 入户调查 | `at` `time` `place` `respondent` `surveyors` `second` `others_named` `others` `situation` `tenure` `structure` `area` `wages` `business` `property` `transfer` `medical` `schooling` `care` `housing` `deposits` `securities` `debt` `vehicles` `machines` `verified` `matches` `differs` `policies` `verdict` `means` `amount` `photos` `photo_list` `signed` `unsigned` |
//! | 就学情况 | `on` `pupil` `stage` `years` `at_home` `regular` `tuition` `aid` `school` |
//! | [`means`] 核对授权 | `on` `guardians` `later`; rows `members`: `person` `how` `by` `why` |
//! | 委托核对 | `on` `scope` `to` |
//! | 核对报告 | `on` `report` `result` `items` `explained` |
//! | [`review`] 民主评议 | `on` `place` `chair` `recorder` `village_named` `village` `delegates_named` `delegates` `township_named` `township` `officers` `officers_too` `aside_named` `aside` `said` `yes` `no` `abstained` `invited` |
//! | 乡镇审核 | `on` `agrees` `amount` `opinion` |
//! | [`notice`] 张贴公示 | `from` `place` `posted_by` `phone` `summary` `photos` |
//! | 公示期满 | `on` `result` `void` |
//! | 不宜公示 | `reason` |
//! | 登记异议 | `on` `said` |
//! | 处理异议 | `on` `number` `upheld` `finding` |
//! | [`after`] 改变救助类型 | `path` `reason` |
//! | 结果送达 | `on` `delivery` `receipt` |
//! | 回访 | `on` `way` `respondent` `received` `state` `found` |
//! | [`hardship`] 困难详情 | `on` `kind` `sort` `loss` `own_cost` `diagnosis` `icd` `hospital` `admitted` `discharged` `total_cost` `reimbursed` `prepaid` `property_loss` `lost_on` `trade` `trade_loss` `pupil_name` `stage` `school` `years` `tuition` `school_aid` `proved_on` `proofs`; some of [`paper`]; rows of [`members`] |

pub mod accept;
pub mod after;
pub mod agent;
mod choices;
pub mod common;
pub mod hardship;
pub mod means;
pub mod members;
pub mod notice;
pub mod paper;
mod phrases;
pub mod review;
pub mod survey;

use crate::forms::field::Table;

pub mod apply;

/// A form of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathForm {
    /// 一次性告知, F9.
    OnceNotice,
    /// 补正收齐.
    Corrected,
    /// 准予受理, F10.
    Accept,
    /// 不予受理, F10.
    Decline,
    /// 入户调查, F4.
    Survey,
    /// 核对授权, F6.
    Authorise,
    /// 委托核对, F7.
    MeansAsk,
    /// 核对报告, F7.
    MeansCheck,
    /// 就学情况.
    School,
    /// 民主评议, F5.
    Review,
    /// 乡镇审核.
    Examine,
    /// 张贴公示, F8.
    PostNotice,
    /// 公示期满, or taken down early.
    EndNotice,
    /// 不宜公示.
    Exempt,
    /// 登记异议.
    Object,
    /// 处理异议.
    Settle,
    /// 改变救助类型.
    ChangePath,
    /// 结果送达, F11.
    Deliver,
    /// 回访.
    FollowUp,
    /// 困难详情, F3.
    Hardship,
}

impl PathForm {
    /// All, in the order in which they are filled.
    pub const ALL: [PathForm; 20] = [
        PathForm::OnceNotice,
        PathForm::Corrected,
        PathForm::Accept,
        PathForm::Decline,
        PathForm::Survey,
        PathForm::Authorise,
        PathForm::MeansAsk,
        PathForm::MeansCheck,
        PathForm::School,
        PathForm::Review,
        PathForm::Examine,
        PathForm::PostNotice,
        PathForm::EndNotice,
        PathForm::Exempt,
        PathForm::Object,
        PathForm::Settle,
        PathForm::ChangePath,
        PathForm::Deliver,
        PathForm::FollowUp,
        PathForm::Hardship,
    ];

    /// The name on screens.
    pub fn zh(self) -> &'static str {
        match self {
            PathForm::OnceNotice => "一次性告知",
            PathForm::Corrected => "补正收齐",
            PathForm::Accept => "准予受理",
            PathForm::Decline => "不予受理",
            PathForm::Survey => "入户调查",
            PathForm::Authorise => "核对授权",
            PathForm::MeansAsk => "委托核对",
            PathForm::MeansCheck => "核对报告",
            PathForm::School => "就学情况",
            PathForm::Review => "民主评议",
            PathForm::Examine => "乡镇审核",
            PathForm::PostNotice => "张贴公示",
            PathForm::EndNotice => "公示期满",
            PathForm::Exempt => "不宜公示",
            PathForm::Object => "登记异议",
            PathForm::Settle => "处理异议",
            PathForm::ChangePath => "改变救助类型",
            PathForm::Deliver => "结果送达",
            PathForm::FollowUp => "回访",
            PathForm::Hardship => "困难详情",
        }
    }

    /// The verb of the catalogue that it becomes.
    pub fn verb(self) -> &'static str {
        match self {
            PathForm::OnceNotice => "once-notice",
            PathForm::Corrected => "corrected",
            PathForm::Accept => "accept",
            PathForm::Decline => "decline",
            PathForm::Survey => "survey",
            PathForm::Authorise => "means-authorise",
            PathForm::MeansAsk => "means-ask",
            PathForm::MeansCheck => "means-check",
            PathForm::School => "school",
            PathForm::Review => "review",
            PathForm::Examine => "examine",
            PathForm::PostNotice => "post-notice",
            PathForm::EndNotice => "end-notice",
            PathForm::Exempt => "exempt-notice",
            PathForm::Object => "object",
            PathForm::Settle => "settle-objection",
            PathForm::ChangePath => "change-path",
            PathForm::Deliver => "deliver",
            PathForm::FollowUp => "follow-up",
            PathForm::Hardship => "hardship",
        }
    }

    /// The form as a table.
    pub fn table(self) -> &'static Table {
        match self {
            PathForm::OnceNotice => &accept::ONCE_NOTICE,
            PathForm::Corrected => &accept::CORRECTED,
            PathForm::Accept => &accept::ACCEPT,
            PathForm::Decline => &accept::DECLINE,
            PathForm::Survey => &survey::SURVEY,
            PathForm::Authorise => &means::AUTHORISE,
            PathForm::MeansAsk => &means::ASK,
            PathForm::MeansCheck => &means::CHECK,
            PathForm::School => &survey::SCHOOL,
            PathForm::Review => &review::REVIEW,
            PathForm::Examine => &review::EXAMINE,
            PathForm::PostNotice => &notice::POST,
            PathForm::EndNotice => &notice::END,
            PathForm::Exempt => &notice::EXEMPT,
            PathForm::Object => &notice::OBJECT,
            PathForm::Settle => &notice::SETTLE,
            PathForm::ChangePath => &after::CHANGE,
            PathForm::Deliver => &after::DELIVER,
            PathForm::FollowUp => &after::FOLLOW_UP,
            PathForm::Hardship => &hardship::TABLE,
        }
    }

    /// The form of a table's name, as drafts keep it.
    pub fn named(name: &str) -> Option<PathForm> {
        PathForm::ALL.into_iter().find(|form| form.table().name == name)
    }
}

/// The tables of all of them.
pub fn all() -> impl Iterator<Item = &'static Table> {
    PathForm::ALL.into_iter().map(PathForm::table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::verbs;

    #[test]
    fn every_form_becomes_a_command_and_is_found_by_its_name() {
        for form in PathForm::ALL {
            let verb = verbs::find(form.verb()).unwrap();
            assert!(verb.real, "{}", form.verb());
            assert_eq!(PathForm::named(form.table().name), Some(form));
            assert_eq!(form.table().title, form.zh());
        }
    }
}
