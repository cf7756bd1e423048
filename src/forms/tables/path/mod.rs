//! The forms of the single steps of the expenditure path (支出型), F4 to F11: which there are, and the verb each becomes.

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
}

impl PathForm {
    /// All, in the order in which they are filled.
    pub const ALL: [PathForm; 19] = [
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
        }
    }
}
