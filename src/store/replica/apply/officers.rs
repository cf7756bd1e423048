//! Officers, their keys and roles, and the proposals of administrators: what of it takes effect decides
//! [`crate::domain::powers`], and what did is kept for the month sheet.

use super::Page;
use super::kernel::json;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::domain::powers::{self, Proposal, Seat, Seats, Standing};
use crate::store::replica::answers::kernel as answers;
use crate::store::replica::fault::{ReplicaFault, Result};
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The tables as the kernel asks them. A failure must not look like a no: the first is kept and taken after.
struct Tables<'a> {
    db: &'a Connection,
    fault: RefCell<Option<rusqlite::Error>>,
}

impl<'a> Tables<'a> {
    fn of(db: &'a Connection) -> Tables<'a> {
        Tables { db, fault: RefCell::new(None) }
    }

    fn kept<T: Default>(&self, answer: rusqlite::Result<T>) -> T {
        answer.unwrap_or_else(|error| {
            self.fault.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    /// The answer that was made of the tables, unless one of them failed.
    fn hold<T>(self, answer: T) -> Result<T> {
        match self.fault.into_inner() {
            Some(error) => Err(ReplicaFault::Sqlite(error)),
            None => Ok(answer),
        }
    }
}

impl Seats for Tables<'_> {
    fn seat(&self, officer: &OfficerNo) -> Seat {
        let known = self.kept(answers::officer(self.db, officer));
        known.map_or_else(Seat::default, |known| Seat::of(known.office, &known.roles, known.is_suspended()))
    }

    fn administrators(&self) -> usize {
        self.kept(answers::administrators(self.db))
    }

    fn proposed(&self, id: ProposalId) -> Option<Proposal> {
        self.kept(answers::proposal(self.db, id))
    }

    fn was_given(&self, key: &str) -> bool {
        self.kept(answers::key_given(self.db, key))
    }

    fn living_key(&self, officer: &OfficerNo) -> Option<String> {
        self.kept(answers::officer(self.db, officer))?.key
    }

    fn is_sealed(&self, period: Period) -> bool {
        self.kept(answers::is_sealed(self.db, period))
    }
}

/// What is kept of a deed for the month sheet, beside its kind.
#[derive(Default)]
struct Told<'a> {
    second: Option<&'a OfficerNo>,
    office: Option<Office>,
    roles: Option<&'a BTreeSet<Role>>,
    limit: Option<Money>,
    since: Option<Day>,
}

impl Page<'_> {
    /// Whether a fact takes effect on the tables as they stand.
    pub(super) fn takes_effect(&self, fact: &Fact) -> Result<bool> {
        let tables = Tables::of(self.db);
        // Asked at the first such fact of an entry: no other kind changes it.
        let standing =
            *self.standing.get_or_init(|| Standing::of(self.entry.author, self.entry.key, &tables));
        let effect = fact.takes_effect(self.entry.n, self.entry.author, standing, &tables);
        tables.hold(effect)
    }

    /// A fact about officers that takes effect.
    pub(super) fn officers(&self, fact: &Fact) -> Result<usize> {
        match fact {
            Fact::GrantProposed { proposal, by, grant } => {
                let name = self.entry.private.and_then(|private| private.officers.get(grant.officer()));
                if let Some(name) = name {
                    self.run(
                        "INSERT OR REPLACE INTO proposal_private(id, name) VALUES (?1, ?2)",
                        (proposal, name.trim()),
                    )?;
                }
                self.run(
                    "INSERT INTO proposal(id, by, body, at, n, state) VALUES (?1, ?2, ?3, ?4, ?5, 1)",
                    (proposal, by, json(grant)?, self.now(), self.n),
                )
            }
            Fact::GrantSeconded { proposal } => self.second(*proposal),
            Fact::GrantWithdrawn { proposal } => self.close_proposal(*proposal, 3),
            _ => self.one_officer(fact, self.entry.author, None),
        }
    }

    /// The stored grant of another administrator takes effect.
    fn second(&self, id: ProposalId) -> Result<usize> {
        let tables = Tables::of(self.db);
        let known = tables.proposed(id);
        let facts = powers::seconded(id, self.entry.author, &tables);
        let (Some(known), Some(facts)) = tables.hold((known, facts))? else { return Ok(0) };
        for fact in &facts {
            self.one_officer(fact, &known.by, Some(self.entry.author))?;
        }
        self.run(
            "INSERT OR REPLACE INTO officer_private(no, name)
             SELECT ?2, name FROM proposal_private WHERE id = ?1",
            (id, known.grant.officer()),
        )?;
        self.close_proposal(id, 2)
    }

    fn close_proposal(&self, id: ProposalId, state: i64) -> Result<usize> {
        self.run(
            "UPDATE proposal SET state = ?2, settled_by = ?3, settled_at = ?4 WHERE id = ?1",
            (id, state, self.entry.author, self.now()),
        )
    }

    /// One officer changes, by the word of `by`, and of `second` where two were needed.
    fn one_officer(&self, fact: &Fact, by: &OfficerNo, second: Option<&OfficerNo>) -> Result<usize> {
        let n = self.n;
        let told = Told { second, ..Told::default() };
        self.end_sheets(fact)?;
        match fact {
            Fact::OfficerEnrolled { officer, office, roles, limit } => {
                let told = Told { office: Some(*office), roles: Some(roles), limit: *limit, ..told };
                self.tell(1, officer, by, &told)?;
                self.enrol(officer, *office, roles, *limit)
            }
            Fact::RolesGiven { officer, office, roles, limit } => {
                let told = Told { office: Some(*office), roles: Some(roles), limit: *limit, ..told };
                self.tell(2, officer, by, &told)?;
                self.give(officer, *office, roles, *limit)
            }
            Fact::KeyGiven { officer, id, key, data } => {
                self.tell(3, officer, by, &told)?;
                self.carried(id, data)?;
                self.key(officer, id, key)
            }
            Fact::KeyRevoked { officer, id, since } => {
                self.tell(4, officer, by, &Told { since: *since, ..told })?;
                self.run(
                    "UPDATE officer_key SET dead_n = coalesce(dead_n, ?3), stolen = coalesce(?4, stolen)
                     WHERE officer = ?1 AND id = ?2",
                    (officer, id, n, since),
                )?;
                self.run("UPDATE officer SET key = NULL WHERE no = ?1 AND key = ?2", (officer, id))
            }
            Fact::OfficerSuspended { officer } => {
                self.tell(5, officer, by, &told)?;
                self.run("UPDATE officer SET ended = 1 WHERE no = ?1", [officer])
            }
            _ => Ok(0),
        }
    }

    fn tell(&self, kind: i64, officer: &OfficerNo, by: &OfficerNo, told: &Told<'_>) -> Result<i64> {
        let roles = told.roles.map(|roles| roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、"));
        self.add(
            "INSERT INTO officer_deed(n, at, by, second, kind, officer, office, roles, limit_fen, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (self.n, self.now(), by, told.second, kind, officer, told.office, roles, told.limit, told.since),
        )
    }

    fn enrol(
        &self,
        officer: &OfficerNo,
        office: Office,
        roles: &BTreeSet<Role>,
        limit: Option<Money>,
    ) -> Result<usize> {
        self.run(
            "INSERT INTO officer(no, office, key, since, ended)
             VALUES (?1, ?2, NULL, ?3, 0)
             ON CONFLICT (no) DO UPDATE SET since = excluded.since",
            (officer, office, self.now()),
        )?;
        if let Some(name) = self.entry.private.and_then(|private| private.officers.get(officer)) {
            self.run(
                "INSERT OR REPLACE INTO officer_private(no, name) VALUES (?1, ?2)",
                (officer, name.trim()),
            )?;
        }
        self.give(officer, office, roles, limit)
    }

    /// The whole set of roles from here on; an empty one ends his work.
    fn give(
        &self,
        officer: &OfficerNo,
        office: Office,
        roles: &BTreeSet<Role>,
        limit: Option<Money>,
    ) -> Result<usize> {
        let known = self.run(
            "UPDATE officer SET office = ?2, ended = ?3, limit_fen = ?4 WHERE no = ?1",
            (officer, office, roles.is_empty(), limit),
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

    /// The data keys that an officer sealed to his own new key.
    fn carried(&self, id: &str, data: &BTreeMap<Period, String>) -> Result<()> {
        let tables = Tables::of(self.db);
        let carried = powers::carried(data, &tables);
        for (period, sealed) in tables.hold(carried)? {
            self.seal(period, id, sealed)?;
        }
        Ok(())
    }

    /// A data key is sealed to a key.
    pub(super) fn seal(&self, period: Period, key: &str, sealed: &str) -> Result<usize> {
        self.run(
            "INSERT OR REPLACE INTO data_key(year, generation, key, sealed) VALUES (?1, ?2, ?3, ?4)",
            (period.year, period.generation, key, sealed),
        )
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
