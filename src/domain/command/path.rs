//! Arguments of the steps of the expenditure path (支出型, 四（三）一): what forms F4 to F11 hold. Days and figures are public,
//! words about people stand in the private part. Each step says when it happened; when it was entered, the entry says.
//! Facts of the same name carry them on.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::ids::{CaseId, OfficerNo, PersonId, Text};
use crate::domain::nouns::path::{
    Absence, Delivery, MeansResult, MeansScope, SchoolStage, Structure, SurveyVerdict, Tenure,
};
use crate::domain::nouns::{LineKind, Path, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 登记申请 (F1): the paper with its promise (承诺) and authorisation (授权), as signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The case.
    pub case: CaseId,
    /// The day on the paper.
    pub on: Day,
    /// Whether promise and authorisation are signed.
    pub promise: bool,
    /// Why it is entered late from paper (补录): asked where the paper is of an earlier day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Text>,
    /// The agent (委托代理人), his relation and letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Text>,
}

/// 一次性告知 (F9): everything that is missing, at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnceNotice {
    /// The case.
    pub case: CaseId,
    /// The day on which the applicant was told.
    pub on: Day,
    /// Until when he brings it.
    pub until: Day,
    /// 已收材料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Text>,
    /// 缺少材料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Text>,
    /// How he was told.
    pub delivery: Delivery,
    /// What proves it (回执).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// 补正收齐: what was missing is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The case.
    pub case: CaseId,
    /// The day on which it came.
    pub on: Day,
    /// What came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// 准予受理 (F10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The case.
    pub case: CaseId,
    /// The day of acceptance, from which the township's clock runs.
    pub on: Day,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// How the notice of it reached the applicant on that day; none where nobody said so, as no entry did before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// What proves it: who took it, the number of the letter, who answered the telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Text>,
}

/// 不予受理 (F10): only with a reason, which the notice states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// The case.
    pub case: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 住房.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Housing {
    /// 产权.
    pub tenure: Tenure,
    /// 结构.
    pub structure: Structure,
    /// 面积, square metres.
    pub area: u32,
}

/// 收入 of the last 12 months, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Income {
    /// 工资性.
    #[serde(rename = "wages_fen")]
    pub wages: Money,
    /// 经营性.
    #[serde(rename = "business_fen")]
    pub business: Money,
    /// 财产性.
    #[serde(rename = "property_fen")]
    pub property: Money,
    /// 转移性.
    #[serde(rename = "transfer_fen")]
    pub transfer: Money,
}

/// 刚性支出 of the last 12 months, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spending {
    /// 医疗.
    #[serde(rename = "medical_fen")]
    pub medical: Money,
    /// 教育.
    #[serde(rename = "schooling_fen")]
    pub schooling: Money,
    /// 护理.
    #[serde(rename = "care_fen")]
    pub care: Money,
    /// 住房.
    #[serde(rename = "housing_fen")]
    pub housing: Money,
}

/// 财产 and 债务.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assets {
    /// 存款, fen.
    #[serde(rename = "deposits_fen")]
    pub deposits: Money,
    /// 证券, fen.
    #[serde(rename = "securities_fen")]
    pub securities: Money,
    /// 车辆.
    pub vehicles: u16,
    /// 农机.
    pub machines: u16,
    /// 债务, fen.
    #[serde(rename = "debt_fen")]
    pub debt: Money,
}

/// 入户调查 (F4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// The case.
    pub case: CaseId,
    /// 时间.
    pub at: Stamp,
    /// 地点.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// Surveyors with an account.
    pub surveyors: Vec<OfficerNo>,
    /// How many surveyors have none.
    pub others: u16,
    /// Their names and telephones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_named: Option<Text>,
    /// 被调查人及关系.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<Text>,
    /// 家庭基本情况.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Text>,
    /// 住房.
    pub housing: Housing,
    /// 收入. The three groups of figures lie apart, or every command would be as large as this one.
    pub income: Box<Income>,
    /// 刚性支出.
    pub spending: Box<Spending>,
    /// 财产, 债务.
    pub assets: Box<Assets>,
    /// 急难情况核实.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Text>,
    /// 与申请一致.
    pub matches: bool,
    /// Where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<Text>,
    /// 享受政策清单.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub policies: BTreeSet<Status>,
    /// 调查结论.
    pub verdict: SurveyVerdict,
    /// 建议方式.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub means: BTreeSet<LineKind>,
    /// 建议金额, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// How many photographs.
    pub photos: u16,
    /// 照片目录.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_list: Option<Text>,
    /// 双方签字.
    pub signed: bool,
    /// Why a signature is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<Text>,
}

/// How a member signed the authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how", deny_unknown_fields)]
pub enum Signing {
    /// 本人签字.
    Own {},
    /// 监护人代签: the guardian, where he is known here; else he is named in the private part.
    Guardian {
        /// The guardian.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// Signs later, for a reason.
    Later {
        /// Which.
        why: Absence,
    },
}

/// A member of the household on the authorisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Who.
    pub person: PersonId,
    /// Under age on the day.
    pub minor: bool,
    /// How he signed.
    pub signing: Signing,
}

/// 核对授权 (F6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeansAuthorise {
    /// The case.
    pub case: CaseId,
    /// 签署日.
    pub on: Day,
    /// Every member.
    pub members: Vec<Signer>,
    /// Guardians who are not known here: name, relation, telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardians: Option<Text>,
    /// Why somebody signs later, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Text>,
}

/// 委托核对 (F7): it goes to the office that looks into means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeansAsk {
    /// The case.
    pub case: CaseId,
    /// 委托日: from here on the clock stands still.
    pub on: Day,
    /// How much is looked into.
    pub scope: MeansScope,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Text>,
}

/// 核对报告 (F7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeansCheck {
    /// The case.
    pub case: CaseId,
    /// 报告日期.
    pub on: Day,
    /// 结论.
    pub result: MeansResult,
    /// 报告编号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Text>,
    /// 逐项结果.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Text>,
    /// What explains a difference (信息不一致的核实情况).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Text>,
}

/// 就学情况, for circumstance 4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The case.
    pub case: CaseId,
    /// The day of the certificate.
    pub on: Day,
    /// Who goes to school.
    pub pupil: PersonId,
    /// 就学阶段.
    pub stage: SchoolStage,
    /// 国内.
    pub at_home: bool,
    /// 正常就学: enrolled, full-time.
    pub regular: bool,
    /// 学制, years.
    pub years: u8,
    /// 学费 of a year, fen.
    #[serde(rename = "tuition_fen")]
    pub tuition: Money,
    /// 已获资助, fen.
    #[serde(rename = "aid_fen")]
    pub aid: Money,
    /// 学校.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<Text>,
}

/// 民主评议 (F5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// 地点.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// 主持人, 记录人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<Text>,
    /// 应到.
    pub invited: u16,
    /// 实到 of the village committee (村两委).
    pub village: u16,
    /// 实到 of the villagers' delegates (村民代表).
    pub delegates: u16,
    /// 实到 of the township.
    pub township: u16,
    /// Those of them with an account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<OfficerNo>,
    /// 参会人员名单: names, whose, telephones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Text>,
    /// How many of those present stood aside (回避).
    pub aside: u16,
    /// Who, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside_named: Option<Text>,
    /// 同意.
    pub yes: u16,
    /// 不同意.
    pub no: u16,
    /// 弃权.
    pub abstained: u16,
    /// 情况介绍, 各方意见.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Text>,
}

impl Review {
    /// 实到.
    pub fn present(&self) -> u16 {
        self.village.saturating_add(self.delegates).saturating_add(self.township)
    }

    /// Those who took part: present, without those who stood aside.
    pub fn voters(&self) -> u16 {
        self.present().saturating_sub(self.aside)
    }

    /// Whether more than half of those who took part are in favour.
    pub fn carried(&self) -> bool {
        u32::from(self.yes) * 2 > u32::from(self.voters())
    }
}

/// 乡镇审核: the township's opinion where the county decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examine {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// Whether the township agrees.
    pub agrees: bool,
    /// 建议金额, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// 审核意见.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Text>,
}

/// 张贴公示 (F8). How long it hangs, the pack says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostNotice {
    /// The case.
    pub case: CaseId,
    /// The day on which it was put up: day 1.
    pub from: Day,
    /// 张贴地点.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// 张贴人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_by: Option<Text>,
    /// 困难摘要, without names of diseases, codes, costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// 异议电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// How many photographs of it.
    pub photos: u16,
}

/// 公示结果; or, with a reason, it was taken down before its end (作废) and has to be put up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndNotice {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// Why it was taken down early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Text>,
}

/// 不宜公示: the county signs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptNotice {
    /// The case.
    pub case: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 登记异议.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The case.
    pub case: CaseId,
    /// Which of the case, from 1.
    pub number: u16,
    /// The day on which it came.
    pub on: Day,
    /// Who objects and what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Text>,
}

/// 处理异议.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleObjection {
    /// The case.
    pub case: CaseId,
    /// Which.
    pub number: u16,
    /// The day.
    pub on: Day,
    /// Whether it is right: then survey, appraisal and notice are taken again.
    pub upheld: bool,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Text>,
}

/// 改变救助类型.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePath {
    /// The case.
    pub case: CaseId,
    /// The path from here on.
    pub path: Path,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
