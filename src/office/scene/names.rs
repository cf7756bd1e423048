//! The names (名字) that a story gives to people, households, matters, leads and cases, and the ids behind them. Ids are
//! counted, so that a story comes out the same every time.

use crate::base::day::Day;
use crate::domain::ids::{
    AccountId, BatchId, CaseId, DiscovererId, FindingId, HouseholdId, ImportId, IncidentId, LeadId, LineId,
    MatterId, MergeId, PersonId, ReferralId,
};
use crate::domain::nouns::{Circumstance, Severity, Status};
use crate::domain::private::PersonDetails;
use std::collections::BTreeMap;

/// A person of the story.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The id.
    pub id: PersonId,
    /// The township he is registered in for the story.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// A status waiting for his household to be formed at his first case.
    pub status: Option<Status>,
    /// Since when he is known.
    pub since: Day,
    /// Whether his 户籍 is in the county.
    pub resident: bool,
    /// What is private of him, as last noted.
    pub details: PersonDetails,
}

/// A lead of the story.
#[derive(Clone, Debug)]
pub struct Told {
    /// The id.
    pub id: LeadId,
    /// The person's name in the story, where known.
    pub person: Option<String>,
    /// The circumstance as told.
    pub circumstance: Circumstance,
    /// The severity, where the line said one.
    pub severity: Option<Severity>,
    /// The township.
    pub township: u16,
    /// What was said.
    pub said: String,
}

/// Every name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// People.
    pub people: BTreeMap<String, Somebody>,
    /// Households.
    pub households: BTreeMap<String, HouseholdId>,
    /// Matters.
    pub matters: BTreeMap<String, MatterId>,
    /// Leads.
    pub leads: BTreeMap<String, Told>,
    /// Cases; a case opened from a lead without a name of its own bears the lead's.
    pub cases: BTreeMap<String, CaseId>,
    /// Batches of payments.
    pub batches: BTreeMap<String, BatchId>,
    /// Referrals.
    pub referrals: BTreeMap<String, ReferralId>,
    /// The team that finds hardship.
    pub discoverers: BTreeMap<String, DiscovererId>,
    /// Incidents.
    pub incidents: BTreeMap<String, IncidentId>,
    /// Findings.
    pub findings: BTreeMap<String, FindingId>,
    drawn: u64,
}

impl Names {
    fn draw(&mut self) -> [u8; 16] {
        self.drawn += 1;
        let mut bytes = [0; 16];
        bytes[..5].copy_from_slice(b"scene");
        bytes[8..].copy_from_slice(&self.drawn.to_be_bytes());
        bytes
    }

    /// A new person's id.
    pub fn person_id(&mut self) -> PersonId {
        PersonId(self.draw())
    }

    /// A referral by its name, new where the story has none.
    pub fn referral_of(&mut self, name: &str) -> ReferralId {
        let id = ReferralId(self.draw());
        *self.referrals.entry(name.to_owned()).or_insert(id)
    }

    /// An incident by its name, new where the story has none.
    pub fn incident_of(&mut self, name: &str) -> IncidentId {
        let id = IncidentId(self.draw());
        *self.incidents.entry(name.to_owned()).or_insert(id)
    }

    /// The id of somebody of the team; he is born with his first mention.
    pub fn discoverer(&mut self, name: &str) -> DiscovererId {
        let id = DiscovererId(self.draw());
        *self.discoverers.entry(name.to_owned()).or_insert(id)
    }

    /// A new link's id.
    pub fn merge_id(&mut self) -> MergeId {
        MergeId(self.draw())
    }

    /// A new finding's id.
    pub fn finding_id(&mut self) -> FindingId {
        FindingId(self.draw())
    }

    /// A new household's id.
    pub fn household_id(&mut self) -> HouseholdId {
        HouseholdId(self.draw())
    }

    /// A new matter's id.
    pub fn matter_id(&mut self) -> MatterId {
        MatterId(self.draw())
    }

    /// A new lead's id.
    pub fn lead_id(&mut self) -> LeadId {
        LeadId(self.draw())
    }

    /// A new case's id.
    pub fn case_id(&mut self) -> CaseId {
        CaseId(self.draw())
    }

    /// A new line's id.
    pub fn line_id(&mut self) -> LineId {
        LineId(self.draw())
    }

    /// A new authorisation's id.
    pub fn authority_id(&mut self) -> crate::domain::ids::AuthorityId {
        crate::domain::ids::AuthorityId(self.draw())
    }

    /// A new account's id.
    pub fn account_id(&mut self) -> AccountId {
        AccountId(self.draw())
    }

    /// A new batch's id.
    pub fn batch_id(&mut self) -> BatchId {
        BatchId(self.draw())
    }

    /// A new import's id.
    pub fn import_id(&mut self) -> ImportId {
        ImportId(self.draw())
    }

    /// The hexadecimal id behind a name, whatever it names.
    pub fn id_text(&self, name: &str) -> Option<String> {
        let case = self.cases.get(name).map(ToString::to_string);
        case.or_else(|| self.people.get(name).map(|person| person.id.to_string()))
            .or_else(|| self.households.get(name).map(ToString::to_string))
            .or_else(|| self.matters.get(name).map(ToString::to_string))
            .or_else(|| self.batches.get(name).map(ToString::to_string))
            .or_else(|| self.leads.get(name).map(|lead| lead.id.to_string()))
            .or_else(|| self.discoverers.get(name).map(ToString::to_string))
    }

    /// Every id that a name stands for: a lead and its case may share one.
    pub fn ids_text(&self, name: &str) -> Vec<String> {
        let lead = self.leads.get(name).map(|lead| lead.id.to_string());
        self.id_text(name).into_iter().chain(lead).collect()
    }

    /// The name of a person, for what a story prints.
    pub fn person_name(&self, id: PersonId) -> Option<&str> {
        self.people.iter().find(|(_, person)| person.id == id).map(|(name, _)| name.as_str())
    }
}
