//! County, officers, keys, packs, tables, codes and relatives.

use super::Page;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::store::replica::fault::{ReplicaFault, Result};
use std::collections::BTreeSet;

impl Page<'_> {
    pub(super) fn kernel(&self, fact: &Fact) -> Result<()> {
        let n = self.n;
        if !fact.takes_effect(self.entry.n, self.entry.author, self.by_administrator()?) {
            return Ok(());
        }
        match fact {
            Fact::CountyFounded { division, practice } => self.run(
                "INSERT OR REPLACE INTO county(one, division, practice, n) VALUES (1, ?1, ?2, ?3)",
                (division, practice, n),
            )?,
            Fact::OfficerEnrolled { officer, office, roles } => self.enrol(officer, *office, roles)?,
            Fact::RolesGiven { officer, office, roles } => self.give(officer, *office, roles)?,
            Fact::KeyGiven { officer, id, key } => self.key(officer, id, key)?,
            Fact::KeyRevoked { officer, id } => {
                self.run(
                    "UPDATE officer_key SET dead_n = ?3 WHERE officer = ?1 AND id = ?2 AND dead_n IS NULL",
                    (officer, id, n),
                )?;
                self.run("UPDATE officer SET key = NULL WHERE no = ?1 AND key = ?2", (officer, id))?
            }
            Fact::PackAdopted { id, toml } => {
                self.run("INSERT OR REPLACE INTO pack(id, toml, n) VALUES (?1, ?2, ?3)", (id, toml, n))?
            }
            Fact::YearSet { table } => self.run(
                "INSERT OR REPLACE INTO year_table(year, body) VALUES (?1, ?2)",
                (table.year, json(table)?),
            )?,
            Fact::DataKeySealed { year, sealed } => {
                for (key, sealed) in sealed {
                    self.run(
                        "INSERT OR REPLACE INTO data_key(year, key, sealed) VALUES (?1, ?2, ?3)",
                        (year, key, sealed),
                    )?;
                }
                0
            }
            Fact::CodesIssued { officer, salt, cost, digests } => self.run(
                "INSERT OR REPLACE INTO code_sheet(officer, salt, cost, digests, next) VALUES (?1, ?2, ?3, ?4, 0)",
                (officer, salt, cost, json(digests)?),
            )?,
            Fact::CodeSpent { officer, next } => {
                self.run("UPDATE code_sheet SET next = ?2 WHERE officer = ?1", (officer, next))?
            }
            Fact::RelativeFiled { officer, person } => {
                self.run("INSERT OR IGNORE INTO relative(officer, person) VALUES (?1, ?2)", (officer, person))?
            }
            _ => 0,
        };
        Ok(())
    }

    /// Whether the entry's author is an administrator as of the facts before this one.
    fn by_administrator(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM role WHERE officer = ?1 AND role = ?2";
        Ok(self.db.prepare_cached(sql)?.exists((self.entry.author, Role::Administrator))?)
    }

    fn enrol(&self, officer: &OfficerNo, office: Office, roles: &BTreeSet<Role>) -> Result<usize> {
        self.run(
            "INSERT INTO officer(no, office, key, since, ended) VALUES (?1, ?2, NULL, ?3, 0)
             ON CONFLICT (no) DO UPDATE SET since = excluded.since",
            (officer, office, self.now()),
        )?;
        if let Some(name) = self.entry.private.and_then(|private| private.officers.get(officer)) {
            self.run(
                "INSERT OR REPLACE INTO officer_private(no, name) VALUES (?1, ?2)",
                (officer, name.trim()),
            )?;
        }
        self.give(officer, office, roles)
    }

    /// The whole set of roles from here on; an empty one ends his work.
    fn give(&self, officer: &OfficerNo, office: Office, roles: &BTreeSet<Role>) -> Result<usize> {
        let known = self.run(
            "UPDATE officer SET office = ?2, ended = ?3 WHERE no = ?1",
            (officer, office, roles.is_empty()),
        )?;
        if known == 0 {
            return Ok(0);
        }
        self.run("DELETE FROM role WHERE officer = ?1", [officer])?;
        for role in roles {
            self.run("INSERT INTO role(officer, role) VALUES (?1, ?2)", (officer, role))?;
        }
        Ok(known)
    }

    /// A new key; those before it are dead from here on.
    fn key(&self, officer: &OfficerNo, id: &str, key: &NewKey) -> Result<usize> {
        let n = self.n;
        self.run("UPDATE officer_key SET dead_n = ?2 WHERE officer = ?1 AND dead_n IS NULL", (officer, n))?;
        self.run(
            "INSERT OR REPLACE INTO officer_key(officer, id, sign, seal, wrap, since_n, dead_n)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)",
            (officer, id, &key.sign, &key.seal, &key.wrap, n),
        )?;
        self.run("UPDATE officer SET key = ?2 WHERE no = ?1", (officer, id))
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| ReplicaFault::Unreadable)
}
