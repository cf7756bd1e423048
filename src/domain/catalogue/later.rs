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

const COUNTY: Verb = Verb { who: &[Role::Approver], place: "县局", ..LATER };
const ADMIN: Verb = Verb { who: &[Role::Administrator], place: "县局", ..LATER };
const MONEY: Verb = Verb { who: &[Role::Finance], place: "县局", ..LATER };
const WATCH: Verb = Verb { who: &[Role::Supervisor], place: "县局", ..LATER };

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

const HAPPENED: Undone = Undone::Never("登记的是发生过的事，有误的另记更正");
const SETTLED: Undone = Undone::Never("是一次结论，不服的另行提出");

later! {
    LATER "survey" "入户调查" [SurveyPeople DateOrder] HAPPENED;
    LATER "review" "民主评议" [ReviewQuorum StepOrder] HAPPENED;
    LATER "post-notice" "张贴公示" [StepOrder NoticeOpen] Undone::By("end-notice");
    LATER "end-notice" "公示期满" [NoticeOpen ObjectionOpen] HAPPENED;
    COUNTY "exempt-notice" "不宜公示" [ReasonRequired] SETTLED;
    LATER "object" "登记异议" [State] Undone::By("settle-objection");
    LATER "settle-objection" "处理异议" [ObjectionOpen ReasonRequired] SETTLED;
    LATER "once-notice" "一次性告知" [OnceNotice] HAPPENED;
    LATER "means-authorise" "核对授权" [AuthMembers Guardian AuthExpired] Undone::Never("到期自止，成员变化另签");
    LATER "means-check" "经济状况核对" [AuthExpired] HAPPENED;
    LATER "school" "就学情况" [EligSchool] HAPPENED;
    LATER "change-path" "改变救助类型" [PathLocked ReasonRequired] Undone::By("change-path");
    LATER "raise-tier" "提级审批" [ReasonRequired] Undone::By("hand-down");
    COUNTY "hand-down" "退回乡镇审批" [ReasonRequired TierAuth] Undone::By("pass-up");
    COUNTY "to-city" "报市级审批" [ReasonRequired NotFinal] Undone::By("city-reply");
    COUNTY "city-reply" "市级批复" [NotFinal] HAPPENED;
    COUNTY "rebase-pack" "改用政策包" [ReasonRequired] Undone::By("rebase-pack");
    COUNTY "file-roster" "备案" [State] Undone::By("call-back");
    COUNTY "call-back" "备案退回" [ReasonRequired] SETTLED;
    LATER "refer" "转介" [State] Undone::By("refer-reply");
    LATER "refer-reply" "转介回执" [State] HAPPENED;
    LATER "serve" "服务记录" [State] HAPPENED;
    LATER "note-other-help" "其他救助" [State] HAPPENED;
    LATER "home-reply" "户籍地答复" [State] HAPPENED;
    LATER "open-incident" "群体性事项" [Duplicate] Undone::By("close-incident");
    LATER "close-incident" "群体性事项结束" [State] SETTLED;
    LATER "change-applicant" "变更申请人" [State DateOrder] Undone::By("change-applicant");
    COUNTY "hold-payee" "改发何人" [PayeeDead ReasonRequired] Undone::By("hold-payee");
    COUNTY "recover" "追缴" [ReasonRequired] HAPPENED;
    MONEY "stock" "物资出入库" [Stock ValueRequired] Undone::By("stock");
    LATER "void-blank" "空白单作废" [Duplicate] SETTLED;
    LATER "merge-people" "人员合并" [SodSame] Undone::By("part-people");
    LATER "part-people" "人员拆分" [SodSame] Undone::By("merge-people");
    WATCH "draw-sample" "抽查" [State] HAPPENED;
    LATER "archive" "归档" [State] HAPPENED;
    ADMIN "join" "加入" [SigKey] Undone::By("key-revoke");
    ADMIN "rescue" "找回记录" [Chain] Undone::Never("原样找回的记录就是原来的记录");
}
