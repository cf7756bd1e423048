//! 操作员: who is who.

use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::Officer;
use crate::store::replica::answers::kernel::{OFFICER, read_officer};
use crate::store::replica::answers::{many, one};
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use std::collections::BTreeMap;

impl Reader {
    /// All officers by number, also those whose work has ended.
    ///
    /// # Errors
    /// SQLite's.
    pub fn officers(&self) -> Result<Vec<Officer>> {
        let mut sql = OFFICER.to_owned();
        sql.push_str(" ORDER BY officer.no");
        Ok(many(self.db(), &sql, [], read_officer)?)
    }

    /// The name of an officer; empty where it is not known.
    ///
    /// # Errors
    /// SQLite's.
    pub fn officer_name(&self, no: &OfficerNo) -> Result<String> {
        let found = one(self.db(), "SELECT name FROM officer_private WHERE no = ?1", [no], |row| row.get(0))?;
        Ok(found.unwrap_or_default())
    }

    /// The name of whom a proposal would enrol; empty where this desk cannot read it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn proposed_name(&self, id: ProposalId) -> Result<String> {
        let found =
            one(self.db(), "SELECT name FROM proposal_private WHERE id = ?1", [id], |row| row.get(0))?;
        Ok(found.unwrap_or_default())
    }

    /// The sealed data keys of the years, by the id of the officer's key that opens them: the newest of each year.
    ///
    /// # Errors
    /// SQLite's.
    pub fn data_keys(&self, key: &str) -> Result<BTreeMap<i32, String>> {
        let sql = "SELECT year, sealed FROM data_key WHERE key = ?1 ORDER BY year, generation";
        let all = many(self.db(), sql, [key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(all.into_iter().collect())
    }
}
