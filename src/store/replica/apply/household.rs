//! Households and their members over time.

use super::Page;
use crate::base::day::Day;
use crate::domain::fact::Fact;
use crate::domain::ids::{HouseholdId, PersonId};
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn household(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::HouseholdFormed { household, township, village, since } => {
                self.run(
                    "INSERT INTO household(id, township, village, since, status, size) VALUES (?1, ?2, ?3, ?4, 0, 0)
                     ON CONFLICT (id) DO UPDATE
                     SET township = excluded.township, village = excluded.village, since = excluded.since",
                    (household, township, Village(*village), since),
                )?;
            }
            Fact::MemberJoined { household, person, relation, since } => {
                self.join(*household, *person, relation, *since)?;
            }
            Fact::MemberLeft { household, person, since } => {
                self.run(
                    "UPDATE membership SET until = ?3
                     WHERE household = ?1 AND person = ?2 AND (until IS NULL OR until > ?3)",
                    (household, person, since),
                )?;
            }
            Fact::HouseholdCounted { household, status, size, since } => {
                let known = self.run(
                    "UPDATE household SET status = ?2, size = ?3 WHERE id = ?1",
                    (household, status, size),
                )?;
                if known > 0 {
                    self.add(
                        "INSERT INTO household_state(household, since, status, size) VALUES (?1, ?2, ?3, ?4)",
                        (household, since, status, size),
                    )?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whoever joins is a member of no other household from that day on.
    fn join(&self, household: HouseholdId, person: PersonId, relation: &str, since: Day) -> Result<()> {
        let mut known = self.db.prepare_cached("SELECT 1 FROM household WHERE id = ?1")?;
        if !known.exists([household])? {
            return Ok(());
        }
        self.run(
            "UPDATE membership SET until = ?2 WHERE person = ?1 AND (until IS NULL OR until > ?2)",
            (person, since),
        )?;
        self.add(
            "INSERT INTO membership(household, person, relation, since) VALUES (?1, ?2, ?3, ?4)",
            (household, person, relation, since),
        )?;
        Ok(())
    }
}
