//! Whose relatives some people may be, in memory.

use super::Memory;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::kin::{Kin, KinBy};
use std::collections::BTreeSet;

impl Memory {
    pub(super) fn kin_of(&self, people: &BTreeSet<PersonId>, township: u16) -> Vec<Kin> {
        let mut all = BTreeSet::new();
        for (officer, filed) in &self.relatives {
            for other in filed {
                for own in people.iter().filter(|own| *own != other) {
                    let ways = KinBy::ALL
                        .into_iter()
                        .filter(|by| self.alike(*by, *own, (officer, *other), township));
                    all.extend(ways.map(|by| Kin { officer: officer.clone(), by }));
                }
            }
        }
        all.into_iter().collect()
    }

    fn alike(
        &self,
        by: KinBy,
        own: PersonId,
        (officer, other): (&OfficerNo, PersonId),
        township: u16,
    ) -> bool {
        let lives = |person: PersonId| {
            self.households.values().filter(move |home| home.members.iter().any(|one| one.person == person))
        };
        let same = |of: &dyn Fn(PersonId) -> Option<String>| {
            of(own).is_some_and(|text| !text.is_empty() && Some(text) == of(other))
        };
        match by {
            KinBy::Household => lives(own).any(|home| home.members.iter().any(|one| one.person == other)),
            KinBy::Account => same(&|person| self.accounts.get(&person).cloned()),
            KinBy::Name => {
                let said = self.kin_places.get(&(officer.clone(), other));
                let nowhere = said.is_none() && lives(other).next().is_none();
                let there =
                    nowhere || said == Some(&township) || lives(other).any(|home| home.township == township);
                there && same(&|person| self.holders.get(&person).map(|(_, name)| name.clone()))
            }
        }
    }
}
