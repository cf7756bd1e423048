//! Authorisations to pay first, and the brake of whoever is late with papers.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn emergency(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::AuthorityGiven { authority, case, by, tier, at, verified, amount } => self.run(
                "INSERT OR REPLACE INTO authority(id, case_id, by, tier, at, verified, amount, used)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
                (authority, case, by, tier, at, verified, amount),
            )?,
            Fact::AuthorityUsed { authority } => {
                self.run("UPDATE authority SET used = 1 WHERE id = ?1", [authority])?
            }
            Fact::BrakeLifted { handler, by, telephone, reason } => self.run(
                "INSERT OR REPLACE INTO brake(handler, by, telephone, reason, at, n, used)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                (handler, by, telephone, self.words(reason), self.now(), self.n),
            )?,
            Fact::BrakeUsed { handler } => {
                self.run("UPDATE brake SET used = 1 WHERE handler = ?1", [handler])?
            }
            _ => 0,
        };
        Ok(())
    }
}
