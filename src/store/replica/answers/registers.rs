//! The registers.

use super::{Ask, kept, one};
use crate::domain::ids::DiscovererId;
use crate::domain::registers::{Discoverer, RegisterAnswers};
use crate::store::replica::bind::Village;
use rusqlite::{Connection, Result};

fn discoverer(db: &Connection, id: DiscovererId) -> Result<Option<Discoverer>> {
    let sql = "SELECT township, village, kind, since, until FROM discoverer WHERE id = ?1";
    one(db, sql, [id], |row| {
        Ok(Discoverer {
            township: row.get(0)?,
            village: row.get::<_, Village>(1)?.0,
            kind: row.get(2)?,
            since: row.get(3)?,
            until: row.get(4)?,
        })
    })
}

impl<A: Ask> RegisterAnswers for A {
    fn discoverer(&self, id: DiscovererId) -> Option<Discoverer> {
        kept(self, discoverer(self.db(), id))
    }
}
