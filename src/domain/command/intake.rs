//! Arguments of intake: leads, people, households, matters, acceptance.

use crate::base::day::{Day, Stamp};
use crate::domain::code::Code;
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, DiscovererId, HouseholdId, LeadId, MatterId, OfficerNo, PersonId, Text};
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, LeadEnd, Need, Path, Schemes, Severity, Status,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 登记线索 (S19 to S22). Who called and what was said stand in the private part as `caller` and `said`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadArgs {
    /// The new lead.
    pub lead: LeadId,
    /// The channel.
    pub channel: Channel,
    /// The township it is in.
    pub township: u16,
    /// The village, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<u64>,
    /// The circumstance as told.
    pub circumstance: Circumstance,
    /// The severity as told; the response clocks follow it.
    pub severity: Severity,
    /// When it was heard.
    pub at: Stamp,
    /// The person, where it is known who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Text>,
    /// Who of the team found it, where he is in its register; whoever is not stands in the private part as `discoverer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discoverer: Option<DiscovererId>,
}

/// 到场: somebody stood at the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLead {
    /// The lead.
    pub lead: LeadId,
    /// When.
    pub at: Stamp,
}

/// 了结线索 without a case: only with a reason (S4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndLead {
    /// The lead.
    pub lead: LeadId,
    /// How; [`LeadEnd::Case`] is refused here, opening a case does that.
    pub how: LeadEnd,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// 登记人员, and its correction. Details stand in the private part under the person's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePerson {
    /// The person; an id already known makes it a correction.
    pub person: PersonId,
    /// Whether the household registration (户籍) is in this county (S9).
    pub resident: bool,
    /// Whether the person has no identity papers; then why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_papers: Option<Text>,
    /// The day of death, where the person has died.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<Day>,
    /// Why it is corrected; asked for a person already known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// A member of a household being formed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMember {
    /// The person.
    pub person: PersonId,
    /// The relation to the head, GB/T 4761, for example `02`.
    pub relation: String,
}

/// 登记家庭.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormHousehold {
    /// The new household.
    pub household: HouseholdId,
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// The status.
    pub status: Status,
    /// From which day.
    pub since: Day,
    /// The members. Whoever is in another household leaves it on that day.
    pub members: Vec<NewMember>,
    /// How many people live in it, where more than are listed.
    pub size: u16,
}

/// 家庭变更 from a day on: grants follow people both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHousehold {
    /// The household.
    pub household: HouseholdId,
    /// From which day.
    pub since: Day,
    /// Who joins; he leaves his household before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<NewMember>,
    /// Who leaves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<PersonId>,
    /// The new status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The new count of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u16>,
}

/// 登记急难事项 (F3, S6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenMatter {
    /// The new matter.
    pub matter: MatterId,
    /// The township that numbers it.
    pub township: u16,
    /// The circumstance.
    pub circumstance: Circumstance,
    /// The day on which it happened (发生日期).
    pub on: Day,
    /// Where (急难发生地), by village; none where it was elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u64>,
    /// Whether many households share it (群体性, S15): then nobody's sums are added across them.
    pub shared: bool,
    /// The household or, for a lone person, the person it belongs to; a shared matter belongs to none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}

/// 受理: opens a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCase {
    /// The new case.
    pub case: CaseId,
    /// The lead it comes from; the lead ends with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// The matter.
    pub matter: MatterId,
    /// The applicant.
    pub person: PersonId,
    /// His household; none for a lone person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// Whether the household or the person applies.
    pub applicant: Applicant,
    /// How many are helped (受助人数).
    pub helped: u16,
    /// The township that sees to it.
    pub township: u16,
    /// Where he lives now.
    pub village: u64,
    /// The circumstance.
    pub circumstance: Circumstance,
    /// The severity.
    pub severity: Severity,
    /// The path.
    pub path: Path,
    /// Which of 突发、紧迫、临时.
    pub need: Need,
    /// What other schemes do.
    pub schemes: Schemes,
    /// What is asked for.
    pub lines: Vec<Line>,
    /// Whether the handler marks it for case by case (一事一议); circumstance 8 is so by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_meeting: bool,
    /// The reason of the hardship (事由): slot `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The number of the blank F13 sheet it was written on during a power cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<String>,
    /// Whether money was already handed over and the case is opened to register it: then an earlier grant of the same
    /// matter is noted and does not stand in the way of the register. What is granted is judged all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paid_before: bool,
    /// Another officer who sees to it from here on, where it is not the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<OfficerNo>,
    /// Warnings overridden.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overrides: BTreeSet<Code>,
    /// Why they are overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Text>,
}
