//! The register of partners.

use super::{Ask, kept, one};
use crate::domain::ids::PartnerId;
use crate::domain::partners::{Partner, PartnerAnswers};
use rusqlite::{Connection, Result};

fn partner(db: &Connection, id: PartnerId) -> Result<Option<Partner>> {
    one(db, "SELECT since, until FROM partner WHERE id = ?1", [id], |row| {
        Ok(Partner { since: row.get(0)?, until: row.get(1)? })
    })
}

impl<A: Ask> PartnerAnswers for A {
    fn partner(&self, id: PartnerId) -> Option<Partner> {
        kept(self, partner(self.db(), id))
    }
}
