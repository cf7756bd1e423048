//! The tiers beyond one approver and what stands beside a case, in memory.

use super::Memory;
use crate::base::day::Day;
use crate::base::division;
use crate::domain::answers::Household;
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, IncidentId, MatterId, ReferralId};
use crate::domain::office::Tier;
use crate::domain::tiers::{Incident, Referral, RosterRow, TierAnswers, TierFile};

/// 迁移: a case and the home of its household stand in another village from now on.
pub(super) fn move_to(village: Option<u64>, township: &mut u16, home: Option<&mut Household>) {
    let Some(place) = village.and_then(division::village) else { return };
    *township = place.township;
    if let Some(home) = home {
        (home.township, home.village) = (place.township, place.code);
    }
}

impl Memory {
    pub(super) fn tiers(&mut self, fact: &Fact) {
        let cases = &self.cases;
        self.tiers.apply(fact, |case| cases.contains_key(&case));
        let Some(case) = fact.case().and_then(|id| self.cases.get_mut(&id)) else { return };
        match fact {
            Fact::ApplicantChanged(changed) => case.person = changed.to,
            Fact::CaseRebased(rebased) => case.pack.clone_from(&rebased.pack),
            _ => {}
        }
    }
}

impl TierAnswers for Memory {
    fn tier_file(&self, case: CaseId) -> TierFile {
        self.tiers.file(case)
    }

    fn referral(&self, id: ReferralId) -> Option<Referral> {
        self.tiers.referral(id)
    }

    fn incident(&self, id: IncidentId) -> Option<Incident> {
        self.tiers.incident(id)
    }

    fn incident_of(&self, matter: MatterId) -> Option<Incident> {
        self.tiers.incident_of(matter)
    }

    fn archived_as(&self, number: &str) -> Option<CaseId> {
        self.tiers.archived_as(number)
    }

    fn unfiled(&self, township: u16, from: Day, to: Day) -> Vec<RosterRow> {
        let own = self.grants.iter().filter_map(|(id, granted)| {
            let case = self.cases.get(id).filter(|case| case.township == township && !case.provisional)?;
            let decided = granted.tier == Tier::Township && from <= granted.on && granted.on <= to;
            decided.then(|| RosterRow { case: *id, on: granted.on, amount: total(&case.granted) })
        });
        own.filter(|row| self.tiers.file(row.case).filed.is_none_or(|filed| filed.on != row.on)).collect()
    }

    fn decided(&self, township: Option<u16>, from: Day, to: Day) -> Vec<CaseId> {
        let of = |id: &CaseId| {
            self.cases.get(id).is_some_and(|case| township.is_none_or(|own| own == case.township))
        };
        let all = self.grants.iter().filter(|(id, granted)| from <= granted.on && granted.on <= to && of(id));
        all.map(|(id, _)| *id).collect()
    }

    fn rosters(&self, township: u16, year: i32, month: u32) -> u32 {
        self.tiers.rosters(township, year, month)
    }
}
