//! County, packs, tables, data keys, codes and relatives; officers and their keys in [`super::officers`].

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::period::Period;
use crate::store::replica::fault::{ReplicaFault, Result};

impl Page<'_> {
    pub(super) fn kernel(&self, fact: &Fact) -> Result<()> {
        let n = self.n;
        if !self.takes_effect(fact)? {
            return Ok(());
        }
        match fact {
            Fact::CountyFounded { division, practice } => self.run(
                "INSERT OR REPLACE INTO county(one, division, practice, n) VALUES (1, ?1, ?2, ?3)",
                (division, practice, n),
            )?,
            Fact::OfficerEnrolled { .. }
            | Fact::RolesGiven { .. }
            | Fact::KeyGiven { .. }
            | Fact::KeyRevoked { .. }
            | Fact::OfficerSuspended { .. }
            | Fact::GrantProposed { .. }
            | Fact::GrantSeconded { .. }
            | Fact::GrantWithdrawn { .. } => self.officers(fact)?,
            Fact::PackAdopted { id, toml } => {
                self.run("INSERT OR REPLACE INTO pack(id, toml, n) VALUES (?1, ?2, ?3)", (id, toml, n))?
            }
            Fact::YearSet { table } => self.run(
                "INSERT OR REPLACE INTO year_table(year, body) VALUES (?1, ?2)",
                (table.year, json(table)?),
            )?,
            Fact::DataKeySealed { year, generation, sealed } => {
                let period = Period { year: *year, generation: *generation };
                for (key, sealed) in sealed {
                    self.seal(period, key, sealed)?;
                }
                0
            }
            Fact::CodesIssued { .. }
            | Fact::CodeSpent { .. }
            | Fact::CodesVoided { .. }
            | Fact::CodeMissed { .. } => self.codes(fact)?,
            Fact::RelativeFiled { officer, person, relation, born, township } => self.run(
                "INSERT OR IGNORE INTO relative(officer, person, relation, born, township, n)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (officer, person, self.words(relation), self.words(born), township, self.n),
            )?,
            _ => 0,
        };
        Ok(())
    }
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| ReplicaFault::Unreadable)
}
