//! The codes of refusals and warnings, as POLICY names them: stable, each with its kind and group. A code is added,
//! never used again for something else. The sentences stand with the rules that speak them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// What a code does to a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The command is refused (不能办理).
    Refuses,
    /// The command goes through once a reason is given (填原因后可继续); listed for the supervisor.
    AsksReason,
    /// The command goes through; the note is kept with it (提示).
    Notes,
}

/// The group of POLICY section 7 that a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Sums as typed.
    Amount,
    /// Tiers of approval.
    Tier,
    /// Splitting one need.
    Split,
    /// Once a year.
    OnceAYear,
    /// Paying first and its papers.
    Emergency,
    /// Meetings, case by case.
    Meeting,
    /// Steps of the expenditure path.
    Steps,
    /// Means check and correction notices.
    Means,
    /// Who may be helped.
    Eligibility,
    /// Separation of duties, roles, scope.
    Duties,
    /// Funds.
    Funds,
    /// Payout.
    Payout,
    /// Identity.
    Identity,
    /// Dates and clocks.
    Dates,
    /// Goods.
    Goods,
    /// What the state of the log forbids.
    State,
    /// The record itself.
    Record,
}

macro_rules! codes {
    ($($variant:ident $text:literal $weight:ident $group:ident $clause:literal $when:literal;)*) => {
        /// A refusal or warning by its code.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $when] $variant),* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// As written, for example `E-TIER-AUTH`.
            pub fn text(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }

            /// What it does to a command.
            pub fn weight(self) -> Weight {
                match self { $(Code::$variant => Weight::$weight),* }
            }

            /// Its group.
            pub fn group(self) -> Group {
                match self { $(Code::$variant => Group::$group),* }
            }

            /// The clause it stands on, short, empty where it is our own.
            pub fn clause(self) -> &'static str {
                match self { $(Code::$variant => $clause),* }
            }

            /// When it fires, in a sentence for the help pages.
            pub fn when(self) -> &'static str {
                match self { $(Code::$variant => $when),* }
            }
        }

        impl std::str::FromStr for Code {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($text => Ok(Code::$variant),)* _ => Err(format!("没有代码 {text}")) }
            }
        }
    };
}

codes! {
    Amount "E-AMOUNT" Refuses Amount "" "金额不是数字、小于0.01元或超过两位小数";
    Standard "W-STANDARD" AsksReason Amount "二（二）" "批准额在政策包的救助标准之外";
    TierAuth "E-TIER-AUTH" Refuses Tier "四（三）二" "累计金额超出审批人所在层级的权限";
    Severity "W-SEVERITY" AsksReason Tier "四（三）二" "急难程度与审批层级不相称";
    PathCategory "W-PATH-CATEGORY" AsksReason Tier "三" "救助类型与情形不相称";
    ReasonRequired "E-REASON-REQUIRED" Refuses Tier "" "须填原因的选择没有原因";
    NotFinal "E-NOT-FINAL" Refuses Tier "四（三）" "尚未最终批准（待报市、待会商、待追认）就发放";
    SplitTier "E-SPLIT-TIER" Refuses Split "四（三）二" "同一户三十天内几个事项合计超过乡镇权限";
    SplitTierFirst "W-SPLIT-TIER" AsksReason Split "四（三）二" "先行救助时同一户三十天内几个事项合计超过乡镇权限，须县局追认";
    MeetingRequired "E-MEETING-REQUIRED" Refuses Meeting "四（三）二" "一事一议的办件没有会议纪要";
    MeetingQuorum "E-MEETING-QUORUM" Refuses Meeting "四（三）二" "到会人数不足";
    MeetingAmount "E-MEETING-AMOUNT" Refuses Meeting "四（三）二" "批准额高于会议纪要";
    RepeatMatter "E-REPEAT-MATTER" Refuses OnceAYear "二" "同一急难事项本年已救助";
    RepeatLikely "W-REPEAT-LIKELY" AsksReason OnceAYear "二" "十二月受理，同一事项本年已救助，批准时若已跨年则不受限";
    YearEdge "W-YEAR-EDGE" AsksReason OnceAYear "二" "跨年后六十天内同一事项再次批准";
    MatterDup "W-MATTER-DUP" AsksReason OnceAYear "二" "同一户七天内登记了情形相同的另一事项";
    EmergCap "E-EMERG-CAP" Refuses Emergency "四（三）一" "先行救助超过限额而没有县局授权，或农场没有县局授权";
    AuthCode "E-AUTH-CODE" Refuses Emergency "四（一）三" "电话授权码不符";
    DeferredMissing "E-DEFERRED-MISSING" Refuses Emergency "四（三）一" "手续没有补齐就办结";
    DeferredDebt "E-DEFERRED-DEBT" Refuses Emergency "四（三）一" "经办人有逾期未补的手续又先行救助";
    PathLocked "E-PATH-LOCKED" Refuses Steps "四（三）一" "已有办理步骤后改变救助类型";
    StepOrder "E-STEP-ORDER" Refuses Steps "四（三）一" "前面的步骤没有办完";
    SurveyPeople "E-SURVEY-PEOPLE" Refuses Steps "四（三）一" "入户调查不足两人";
    ReviewQuorum "E-REVIEW-QUORUM" Refuses Steps "四（三）一" "民主评议人数或同意数不足";
    NoticeOpen "E-NOTICE-OPEN" Refuses Steps "二" "公示期未满";
    ObjectionOpen "E-OBJECTION-OPEN" Refuses Steps "二" "公示异议没有处理";
    AuthExpired "E-AUTH-EXPIRED" Refuses Means "" "核对授权已过期";
    AuthMembers "E-AUTH-MEMBERS" Refuses Means "" "核对授权没有全体家庭成员签字";
    Guardian "E-GUARDIAN" Refuses Means "" "未成年人没有监护人签字";
    OnceNotice "W-ONCE-NOTICE" AsksReason Means "" "补正应一次告知";
    EligHardship "E-ELIG-HARDSHIP" Refuses Eligibility "三（四）" "子女就学救助须是低保、低收入等困难家庭";
    EligSchool "E-ELIG-SCHOOL" Refuses Eligibility "三（四）" "不是国内正常就学";
    Residence "W-RESIDENCE" Notes Eligibility "三" "非本地户籍，须向户籍地核实是否已救助";
    SodSame "E-SOD-SAME" Refuses Duties "五（三）" "本人经办的办件由本人审批";
    SodPay "E-SOD-PAY" Refuses Duties "五（三）" "本人审批的办件由本人发放";
    ReadOnly "E-READONLY" Refuses Duties "五（三）" "督导只能查看和提出问题";
    Role "E-ROLE" Refuses Duties "" "没有办理这一项的岗位";
    Scope "E-SCOPE" Refuses Duties "" "不是本单位的办件";
    Recusal "E-RECUSAL" Refuses Duties "五（三）" "救助对象是本人或备案的近亲属";
    KinName "W-KIN-NAME" AsksReason Duties "五（三）" "救助对象与本人备案的近亲属同名、同乡镇，须写明不是同一人或已回避";
    KeyRevoked "E-KEY-REVOKED" Refuses Duties "" "签名密钥已停用";
    FundShort "E-FUND-SHORT" Refuses Funds "五（二）" "备用金不够支付";
    FundPurpose "E-FUND-PURPOSE" Refuses Funds "五（三）" "专项资金不得用于这一项";
    InBatch "E-IN-BATCH" Refuses Payout "" "已在另一发放批次中";
    ReturnDup "E-RETURN-DUP" Refuses Payout "" "回盘文件已读入";
    ReturnMismatch "E-RETURN-MISMATCH" Refuses Payout "" "回盘与批次不符";
    AccountOwner "E-ACCOUNT-OWNER" Refuses Payout "四（三）三" "账户户名不是领款人";
    AccountShared "W-ACCOUNT-SHARED" AsksReason Payout "四（三）三" "同一账户已用于三户以上";
    CashReason "E-CASH-REASON" Refuses Payout "四（三）三" "发放现金没有原因、领款签字或见证人";
    Luhn "W-LUHN" Notes Payout "" "卡号末位校验不符";
    PayeeDead "E-PAYEE-DEAD" Refuses Payout "" "领款人已死亡";
    IdCheck "E-ID-CHECK" Refuses Identity "" "身份证号长度或末位校验不符";
    IdDate "E-ID-DATE" Refuses Identity "" "身份证号中的出生日期不存在";
    IdSex "E-ID-SEX" Refuses Identity "" "性别与身份证号不符";
    IdArea "W-ID-AREA" Notes Identity "" "身份证号前六位不在现行区划表中";
    IdNameClash "E-ID-NAME-CLASH" Refuses Identity "" "同一身份证号已登记为另一姓名";
    DateOrder "E-DATE-ORDER" Refuses Dates "" "日期先后不合理";
    Clock "W-CLOCK" Notes Dates "" "本机时间与共享盘相差十分钟以上";
    HolidayTable "W-HOLIDAY-TABLE" Notes Dates "" "没有当年的节假日表，按周一至周五计算";
    Stock "E-STOCK" Refuses Goods "四（二）一" "库存不足";
    ValueRequired "E-VALUE-REQUIRED" Refuses Goods "四（二）一" "实物没有名称、数量或单价";
    Stale "E-STALE" Refuses State "" "别处刚办过这一件";
    Offline "E-OFFLINE" Refuses State "" "共享盘断开时不能办理这一项";
    State "E-STATE" Refuses State "" "办件现在的状态不能这样办";
    Marked "E-MARKED" Refuses State "五（三）" "办件有违规标记，县局处理之前不能再办";
    Retention "E-RETENTION" Refuses State "" "保管期限没有满，不公开部分还不能销毁";
    Unknown "E-UNKNOWN" Refuses State "" "找不到所指的办件、人员或事项";
    Duplicate "E-DUPLICATE" Refuses State "" "已经办过，不能重复";
    Effect "E-EFFECT" Refuses Record "" "记录的结果与按规则应有的结果不一致";
    Chain "E-CHAIN" Refuses Record "" "记录链断开";
    Sig "E-SIG" Refuses Record "" "签名不符";
    SigKey "E-SIG-KEY" Refuses Record "" "签名密钥不明或已停用";
    Void "E-VOID" Refuses Record "" "不是有效的记录";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
