//! Facts of the tiers beyond one approver and of what stands beside a case: see [`crate::domain::tiers`]. Fields are named
//! like the arguments they come from.
#![allow(missing_docs)]

use super::Fact;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{
    CaseId, IncidentId, LineId, MatterId, OfficerNo, PartnerId, PersonId, ReferralId, Text,
};
use crate::domain::nouns::Payee;
use crate::domain::tiers::{CityAnswer, HelpKind, ReferOutcome, ReferTo, RosterRow, ServiceKind};
use serde::{Deserialize, Serialize};

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$at:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$at])* pub $field: $kind),* }
    )*};
}

facts! {
    /// The county's section looked at what was submitted: agrees or not, up to what sum.
    CountyExamined {
        case: CaseId,
        by: OfficerNo,
        on: Day,
        agrees: bool,
        #[serde(rename = "amount_fen")]
        amount: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<Text>,
    }
    /// A case is the county's to decide, whatever its sum.
    TierRaised {
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// The county handed a case down to the township.
    TierLowered {
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// The county put a case before the city.
    CityAsked {
        case: CaseId,
        on: Day,
        #[serde(rename = "amount_fen")]
        amount: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// The city's answer was entered; nothing follows from it before it is checked.
    CityReplied {
        case: CaseId,
        document: String,
        on: Day,
        answer: CityAnswer,
        #[serde(rename = "amount_fen")]
        amount: Money,
        by: OfficerNo,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// Another officer checked the city's answer.
    CityChecked { case: CaseId, by: OfficerNo }
    /// A township's decisions of a month are on file with the county.
    RosterFiled {
        township: u16,
        year: i32,
        month: u32,
        number: String,
        #[serde(rename = "amount_fen")]
        amount: Money,
        rows: Vec<RosterRow>,
    }
    /// The county called a filed decision back; with a day, the township answers until then.
    CalledBack {
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// What was called back is settled.
    CallBackSettled {
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// Somebody was referred; `body` and `what` are private.
    ReferralMade {
        referral: ReferralId,
        case: CaseId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<LineId>,
        to: ReferTo,
        on: Day,
        due: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<PartnerId>,
    }
    /// What became of a referral.
    ReferralAnswered {
        referral: ReferralId,
        case: CaseId,
        outcome: ReferOutcome,
        on: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
        #[serde(rename = "given_fen", default, skip_serializing_if = "Option::is_none")]
        given: Option<Money>,
    }
    /// A service was given.
    ServiceGiven {
        case: CaseId,
        kind: ServiceKind,
        on: Day,
        sessions: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<Text>,
    }
    /// Somebody else helped.
    OtherHelpNoted {
        case: CaseId,
        kind: HelpKind,
        on: Day,
        #[serde(rename = "amount_fen", default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// The home township answered.
    HomeReplied {
        case: CaseId,
        on: Day,
        helped: bool,
        #[serde(rename = "amount_fen", default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
    /// A household's case goes on under another member.
    ApplicantChanged {
        case: CaseId,
        from: PersonId,
        to: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// Who takes the money of an applicant who died.
    PayeeNoted {
        case: CaseId,
        payee: Payee,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// A case lives under another pack from here on.
    CaseRebased {
        case: CaseId,
        from: String,
        pack: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
    /// An incident exists, with the matter that its households share; its name is private.
    IncidentOpened {
        incident: IncidentId,
        matter: MatterId,
        township: u16,
        on: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text>,
    }
    /// An incident takes no more households.
    IncidentClosed {
        incident: IncidentId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    }
}

/// The case that one of these facts is about. A roster is about a month: the cases on it are not touched.
pub(super) fn case_of(fact: &Fact) -> Option<CaseId> {
    match fact {
        Fact::CountyExamined(is) => Some(is.case),
        Fact::TierRaised(is) => Some(is.case),
        Fact::TierLowered(is) => Some(is.case),
        Fact::CityAsked(is) => Some(is.case),
        Fact::CityReplied(is) => Some(is.case),
        Fact::CityChecked(is) => Some(is.case),
        Fact::CalledBack(is) => Some(is.case),
        Fact::CallBackSettled(is) => Some(is.case),
        Fact::ReferralMade(is) => Some(is.case),
        Fact::ReferralAnswered(is) => Some(is.case),
        Fact::ServiceGiven(is) => Some(is.case),
        Fact::OtherHelpNoted(is) => Some(is.case),
        Fact::HomeReplied(is) => Some(is.case),
        Fact::ApplicantChanged(is) => Some(is.case),
        Fact::PayeeNoted(is) => Some(is.case),
        Fact::CaseRebased(is) => Some(is.case),
        _ => None,
    }
}

/// The people that one of these facts names.
pub(super) fn people_of(fact: &Fact) -> Vec<PersonId> {
    match fact {
        Fact::ApplicantChanged(is) => vec![is.from, is.to],
        Fact::PayeeNoted(is) => is.person.into_iter().collect(),
        _ => Vec::new(),
    }
}
