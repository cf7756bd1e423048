//! Arguments of the tiers beyond one approver and of what stands beside a case: the county's chain, the city, filing,
//! referral, services, the home township, who applies and who is paid, incidents.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, IncidentId, LineId, MatterId, PartnerId, PersonId, ReferralId, Text};
use crate::domain::nouns::{Circumstance, Payee};
use crate::domain::tiers::{CityAnswer, HelpKind, ReferOutcome, ReferTo, ServiceKind};
use serde::{Deserialize, Serialize};

macro_rules! args {
    ($($(#[$doc:meta])* $name:ident { $($(#[$at:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $($(#[$at])* pub $field: $kind),* }
    )*};
}

args! {
    /// 股室审核: the county's section looks at what was submitted, before the approver decides.
    CountyExamine {
        /// The case.
        case: CaseId,
        /// The day of the examination.
        on: Day,
        /// Whether the section agrees.
        agrees: bool,
        /// Up to what sum, fen.
        #[serde(rename = "amount_fen")]
        amount: Money,
        /// The opinion: slot `opinion`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<Text>,
    }
    /// 提级审批: whatever its sum, the county decides.
    RaiseTier {
        /// The case.
        case: CaseId,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 退回乡镇审批: the county hands a case down that is within the township's powers.
    HandDown {
        /// The case.
        case: CaseId,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 报市级审批 (F15): the county proposes.
    ToCity {
        /// The case.
        case: CaseId,
        /// What it proposes, fen.
        #[serde(rename = "amount_fen")]
        amount: Money,
        /// 请示文号.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        /// Why the city: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 市级批复, as one officer enters it.
    CityReplyArgs {
        /// The case.
        case: CaseId,
        /// 批复文号.
        document: String,
        /// 批复日期.
        on: Day,
        /// What it says.
        answer: CityAnswer,
        /// What it approves, fen; nothing where it does not.
        #[serde(rename = "amount_fen")]
        amount: Money,
        /// Its words: slot `text`; asked where it does not agree.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// 复核市级批复: another officer types number, day and sum again, from the paper; what agrees is the decision.
    CheckCity {
        /// The case.
        case: CaseId,
        /// 批复文号.
        document: String,
        /// 批复日期.
        on: Day,
        /// What it approves, fen.
        #[serde(rename = "amount_fen")]
        amount: Money,
        /// The lines of that sum, where it is approved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<Line>,
    }
    /// 备案: a township's decisions of a month that is over.
    FileRoster {
        /// The township.
        township: u16,
        /// The year.
        year: i32,
        /// The month, 1 to 12.
        month: u32,
    }
    /// 备案退回: the county calls a filed decision back.
    CallBack {
        /// The case.
        case: CaseId,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 备案退回办结: how it was put right.
    SettleCallBack {
        /// The case.
        case: CaseId,
        /// How: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 转介 (F20).
    Refer {
        /// The new referral.
        referral: ReferralId,
        /// The case.
        case: CaseId,
        /// The line of the grant it carries out, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<LineId>,
        /// To whom.
        to: ReferTo,
        /// The day it is handed over.
        on: Day,
        /// The body and who takes it: slot `body`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Text>,
        /// What is asked: slot `what`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<Text>,
        /// The body of the register to which it goes: the words of `body` stand beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<PartnerId>,
    }
    /// 转介回执.
    ReferReply {
        /// The referral.
        referral: ReferralId,
        /// What became of it.
        outcome: ReferOutcome,
        /// The day of the answer.
        on: Day,
        /// Its words: slot `text`; asked where it is declined or done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        /// What it gave, in fen, goods by their worth: no money of this fund.
        #[serde(rename = "given_fen", default, skip_serializing_if = "Option::is_none")]
        given: Option<Money>,
    }
    /// 服务记录 (S28).
    Serve {
        /// The case.
        case: CaseId,
        /// Which service.
        kind: ServiceKind,
        /// The day, the last of several.
        on: Day,
        /// How many times.
        sessions: u16,
        /// By whom: slot `provider`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<Text>,
        /// With what result: slot `result`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<Text>,
    }
    /// 其他救助 (S7, S27).
    NoteOtherHelp {
        /// The case.
        case: CaseId,
        /// Of what kind.
        kind: HelpKind,
        /// The day.
        on: Day,
        /// How much, fen; none for help without a sum.
        #[serde(rename = "amount_fen", default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// By whom and what: slot `text`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// 户籍地答复.
    HomeReply {
        /// The case.
        case: CaseId,
        /// The day of the answer.
        on: Day,
        /// Whether the home township helped in this matter already.
        helped: bool,
        /// With how much, fen.
        #[serde(rename = "amount_fen", default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// Who answered and what: slot `text`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// 变更申请人: the household's case goes on under another member.
    ChangeApplicant {
        /// The case.
        case: CaseId,
        /// The member who applies from here on.
        person: PersonId,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 改发何人: after approval the county notes who takes the money of an applicant who died.
    HoldPayee {
        /// The case.
        case: CaseId,
        /// As what.
        payee: Payee,
        /// Whom, where he is known here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 改用政策包: a case keeps its pack until the county does this.
    RebasePack {
        /// The case.
        case: CaseId,
        /// The pack's id.
        pack: String,
        /// Why: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// 群体性事项: one matter that many households share (S15).
    OpenIncident {
        /// The new incident.
        incident: IncidentId,
        /// Its new matter.
        matter: MatterId,
        /// The township that numbers the matter.
        township: u16,
        /// The circumstance.
        circumstance: Circumstance,
        /// 发生日期.
        on: Day,
        /// Where, by village; none where it was elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<u64>,
        /// What people call it: slot `name`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text>,
    }
    /// 群体性事项结束: no household more is accepted for it.
    CloseIncident {
        /// The incident.
        incident: IncidentId,
        /// Why now: slot `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
}
