//! The key book (密钥簿): whose keys stand at which place of the log, built from every verified entry, also from those
//! whose private part nobody could open yet. Signing in and judging signatures need nothing else.

use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::domain::powers::{self, Proposal, Seat, Seats, Standing};
use crate::ledger::{Body, KeyId, KeyState, Keyring, PublicKey, Row, chain};
use crate::store::fault::Fault;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which shape of the book and which reading of facts a desk's file keeps. Whoever changes what the book holds, or what
/// [`KeyBook::apply`] makes of a fact, counts it up: books kept before are then read anew from the entries.
pub const SHAPE: u32 = 3;

/// An officer as far as the key book knows him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The office.
    pub office: Office,
    /// The roles; empty once his work has ended.
    pub roles: BTreeSet<Role>,
    /// Suspended: his roles stay noted, but he cannot sign in.
    pub suspended: bool,
    /// The key that stands now.
    pub key: Option<(KeyId, NewKey)>,
}

impl Known {
    fn of(office: Office) -> Known {
        Known { office, roles: BTreeSet::new(), suspended: false, key: None }
    }

    /// Whether he may work: he has a role and is not suspended.
    pub fn is_active(&self) -> bool {
        !self.roles.is_empty() && !self.suspended
    }

    /// Whether he is an administrator who may work.
    pub fn is_administrator(&self) -> bool {
        !self.suspended && self.roles.contains(&Role::Administrator)
    }
}

/// The key book. Plain data: what a desk keeps of it between two starts is this and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyBook {
    officers: BTreeMap<OfficerNo, Known>,
    keys: BTreeMap<KeyId, KeyState>,
    /// Grants that an administrator proposed.
    proposals: BTreeMap<ProposalId, Proposal>,
    /// Data keys by period: sealed (hex) by the id of the officer's key.
    data: BTreeMap<Period, BTreeMap<String, String>>,
    practice: bool,
    /// The last entry taken over.
    n: u64,
    /// Spans of entries whose private part an administrator destroyed, both ends counted.
    erased: Vec<(u64, u64)>,
    /// Entries that were read without a private part that their text commits to, and that nothing destroyed so far.
    owed: BTreeSet<u64>,
    /// How many facts took effect on officers, keys and data keys.
    moves: u64,
}

impl Seats for KeyBook {
    fn seat(&self, officer: &OfficerNo) -> Seat {
        self.officers
            .get(officer)
            .map_or_else(Seat::default, |known| Seat::of(known.office, &known.roles, known.suspended))
    }

    fn administrators(&self) -> usize {
        self.officers.values().filter(|known| known.is_administrator()).count()
    }

    fn proposed(&self, id: ProposalId) -> Option<Proposal> {
        self.proposals.get(&id).cloned()
    }

    fn was_given(&self, key: &str) -> bool {
        KeyId::from_hex(key).is_some_and(|id| self.keys.contains_key(&id))
    }

    fn living_key(&self, officer: &OfficerNo) -> Option<String> {
        Some(self.officers.get(officer)?.key.as_ref()?.0.to_string())
    }

    fn is_sealed(&self, period: Period) -> bool {
        self.data.contains_key(&period)
    }
}

impl KeyBook {
    /// Takes over a row that was verified before.
    ///
    /// # Errors
    /// Its text cannot be read.
    pub fn take_row(&mut self, row: &Row) -> Result<(), Fault> {
        let body = Body::from_text(&row.body)
            .map_err(|_| Fault::damaged(format!("本机保存的第 {} 条记录读不懂", row.n)))?;
        let meaning = super::desk::Meaning::of(&body)?;
        self.column(row, &body);
        self.apply(row.n, (&meaning.author, &meaning.key()), &meaning.facts);
        Ok(())
    }

    /// Notes a row whose private column is empty although its text commits to one: an entry behind it has to have
    /// destroyed it.
    pub fn column(&mut self, row: &Row, body: &Body) {
        if chain::is_emptied(row, body) && !self.is_erased(row.n) {
            self.owed.insert(row.n);
        }
    }

    /// A row that was noted so has its private part again.
    pub fn column_came(&mut self, n: u64) {
        self.owed.remove(&n);
    }

    /// Whether an administrator destroyed the private part of the entry at `n`.
    pub fn is_erased(&self, n: u64) -> bool {
        self.erased.iter().any(|(first, last)| (*first..=*last).contains(&n))
    }

    /// The entries without a private part that nothing destroyed, in order. At the end of a log there may be none.
    pub fn owed(&self) -> impl Iterator<Item = u64> {
        self.owed.iter().copied()
    }

    /// The last entry taken over.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Whether everything up to the entry at `n` was taken over.
    pub fn reaches(&self, n: u64) -> bool {
        self.n >= n
    }

    /// Takes over what an entry at place `n` made true of officers and keys; `by` are the author of its command and the key
    /// (hex of its id) that signed it.
    pub fn apply(&mut self, n: u64, by: (&OfficerNo, &str), facts: &[Fact]) {
        self.n = self.n.max(n);
        let (author, key) = by;
        let standing = Standing::of(author, key, self);
        for fact in facts {
            if fact.takes_effect(n, author, standing, self) {
                self.moves += u64::from(concerns(fact));
                self.take(n, author, fact);
            }
        }
    }

    /// How many facts took effect so far: another number is another book.
    pub fn moves(&self) -> u64 {
        self.moves
    }

    /// A fact that takes effect.
    fn take(&mut self, n: u64, author: &OfficerNo, fact: &Fact) {
        match fact {
            Fact::CountyFounded { practice, .. } => self.practice = *practice,
            Fact::OfficerEnrolled { officer, office, roles, .. } => {
                let known = self.officers.entry(officer.clone()).or_insert_with(|| Known::of(*office));
                (known.office, known.roles, known.suspended) = (*office, roles.clone(), false);
            }
            Fact::RolesGiven { officer, office, roles, .. } => {
                if let Some(known) = self.officers.get_mut(officer) {
                    (known.office, known.roles, known.suspended) = (*office, roles.clone(), false);
                }
            }
            Fact::KeyGiven { officer, id, key, data } => {
                self.give(n, officer, key);
                for (period, sealed) in powers::carried(data, self) {
                    self.data.entry(period).or_default().insert(id.clone(), sealed.to_owned());
                }
            }
            Fact::KeyRevoked { id, officer, .. } => self.revoke(n, officer, id),
            Fact::OfficerSuspended { officer } => {
                if let Some(known) = self.officers.get_mut(officer) {
                    known.suspended = true;
                }
            }
            Fact::GrantProposed { proposal, by, grant } => {
                let made = Proposal { by: by.clone(), grant: grant.clone(), open: true };
                self.proposals.insert(*proposal, made);
            }
            Fact::GrantSeconded { proposal } => {
                for fact in powers::seconded(*proposal, author, self).unwrap_or_default() {
                    self.take(n, author, &fact);
                }
                self.settle(*proposal);
            }
            Fact::GrantWithdrawn { proposal } => self.settle(*proposal),
            Fact::DataKeySealed { year, generation, sealed } if !sealed.is_empty() => {
                let period = Period { year: *year, generation: *generation };
                self.data.entry(period).or_default().extend(sealed.clone());
            }
            Fact::Erased { rows, .. } => {
                self.erased.extend(rows.iter().copied());
                let gone = |n: &u64| rows.iter().any(|(first, last)| (*first..=*last).contains(n));
                self.owed.retain(|n| !gone(n));
            }
            _ => {}
        }
    }

    fn settle(&mut self, id: ProposalId) {
        if let Some(proposal) = self.proposals.get_mut(&id) {
            proposal.open = false;
        }
    }

    fn give(&mut self, n: u64, officer: &OfficerNo, key: &NewKey) {
        let Some(public) = PublicKey::from_hex(&key.sign) else { return };
        let id = public.id();
        // A new password is a new key: from the next entry on those before sign no more.
        for state in self.keys.values_mut().filter(|state| state.officer == officer.0) {
            state.revoked_from.get_or_insert(n.saturating_add(1));
        }
        if let Some(known) = self.officers.get_mut(officer) {
            known.key = Some((id, key.clone()));
        }
        // The first entry certifies itself, so its key counts from its own place.
        let from = if n == 1 { 1 } else { n.saturating_add(1) };
        self.keys.insert(id, KeyState { public, officer: officer.0.clone(), from, revoked_from: None });
    }

    fn revoke(&mut self, n: u64, officer: &OfficerNo, id: &str) {
        let Some(id) = KeyId::from_hex(id) else { return };
        if let Some(state) = self.keys.get_mut(&id).filter(|state| state.officer == officer.0) {
            state.revoked_from.get_or_insert(n.saturating_add(1));
        }
        if let Some(known) = self.officers.get_mut(officer)
            && known.key.as_ref().is_some_and(|(own, _)| *own == id)
        {
            known.key = None;
        }
    }

    /// The officer of a number.
    pub fn officer(&self, no: &OfficerNo) -> Option<&Known> {
        self.officers.get(no)
    }

    /// Every officer who works, with his number.
    pub fn officers(&self) -> impl Iterator<Item = (&OfficerNo, &Known)> {
        self.officers.iter().filter(|(_, known)| known.is_active())
    }

    /// Whether a key was ever given to anybody.
    pub fn knows(&self, key: &str) -> bool {
        self.was_given(key)
    }

    /// How many administrators may work.
    pub fn administrators(&self) -> usize {
        Seats::administrators(self)
    }

    /// The grants that wait for a second administrator.
    pub fn proposals(&self) -> impl Iterator<Item = (ProposalId, &Proposal)> {
        self.proposals.iter().filter(|(_, proposal)| proposal.open).map(|(id, proposal)| (*id, proposal))
    }

    /// Whom a new data key is sealed to: every officer who works, and the recovery seed.
    pub fn sealed_to(&self) -> Vec<NewKey> {
        let wanted = |(no, known): &(&OfficerNo, &Known)| known.is_active() || powers::is_recovery(no);
        let known = self.officers.iter().filter(wanted);
        known.filter_map(|(_, known)| known.key.as_ref().map(|(_, key)| key.clone())).collect()
    }

    /// The newest data key that was sealed to anybody.
    pub fn newest_data(&self) -> Option<Period> {
        self.data.keys().next_back().copied()
    }

    /// The data keys that are sealed to a key, by period.
    pub fn data_for(&self, key: &KeyId) -> Vec<(Period, String)> {
        let key = key.to_string();
        self.data.iter().filter_map(|(period, sealed)| Some((*period, sealed.get(&key)?.clone()))).collect()
    }

    /// Whether the county is a practice office (练习).
    pub fn is_practice(&self) -> bool {
        self.practice
    }
}

/// Whether a fact is one that this book keeps.
fn concerns(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::CountyFounded { .. }
            | Fact::OfficerEnrolled { .. }
            | Fact::RolesGiven { .. }
            | Fact::KeyGiven { .. }
            | Fact::KeyRevoked { .. }
            | Fact::OfficerSuspended { .. }
            | Fact::GrantProposed { .. }
            | Fact::GrantSeconded { .. }
            | Fact::GrantWithdrawn { .. }
            | Fact::DataKeySealed { .. }
    )
}

impl Keyring for KeyBook {
    fn key_at(&self, key: &KeyId) -> Option<KeyState> {
        self.keys.get(key).cloned()
    }
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::setup;

    #[test]
    fn only_the_administrator_decides_whose_word_counts() {
        let county = crate::ledger::CountyId([7; 16]);
        let (admin, clerk): (OfficerNo, OfficerNo) = ("9000".into(), "1021".into());
        let keys: Vec<_> = (0..3).map(|_| setup::make_key(county, None).unwrap().public).collect();
        let sign = |at: usize| keys[at].id().unwrap();
        let given = |officer: &OfficerNo, at: usize| Fact::KeyGiven {
            officer: officer.clone(),
            id: keys[at].id().unwrap(),
            key: keys[at].clone(),
            data: BTreeMap::new(),
        };
        let enrolled = |officer: &OfficerNo, role: Role| Fact::OfficerEnrolled {
            officer: officer.clone(),
            office: Office::County,
            roles: BTreeSet::from([role]),
            limit: None,
        };
        let mut book = KeyBook::default();
        book.apply(1, (&admin, &sign(0)), &[enrolled(&admin, Role::Administrator), given(&admin, 0)]);
        book.apply(2, (&admin, &sign(0)), &[enrolled(&clerk, Role::Handler), given(&clerk, 1)]);
        let before = (book.officer(&admin).cloned(), book.officer(&clerk).cloned());
        let revoked = Fact::KeyRevoked { officer: admin.clone(), id: keys[0].id().unwrap(), since: None };
        let promoted = enrolled(&clerk, Role::Administrator);
        book.apply(
            3,
            (&clerk, &sign(1)),
            &[given(&admin, 2), revoked, promoted, enrolled(&"1099".into(), Role::Approver)],
        );
        assert_eq!((book.officer(&admin).cloned(), book.officer(&clerk).cloned()), before);
        assert_eq!(book.officers().count(), 2);
        book.apply(4, (&clerk, &sign(1)), &[given(&clerk, 2)]);
        assert_eq!(
            book.officer(&clerk).unwrap().key.as_ref().unwrap().1,
            keys[2],
            "his own key he may change"
        );
        book.apply(
            5,
            (&admin, &sign(0)),
            &[Fact::RolesGiven {
                officer: clerk.clone(),
                office: Office::County,
                roles: BTreeSet::new(),
                limit: None,
            }],
        );
        assert_eq!(book.officers().count(), 1);
    }
}
