//! The key book (密钥簿): whose keys stand at which place of the log, built from every verified entry, also from those
//! whose private part nobody could open yet. Signing in and judging signatures need nothing else.

use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::ledger::{Body, KeyId, KeyState, Keyring, PublicKey, Row};
use crate::store::fault::Fault;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which shape of the book and which reading of facts a desk's file keeps. Whoever changes what the book holds, or what
/// [`KeyBook::apply`] makes of a fact, counts it up: books kept before are then read anew from the entries.
pub const SHAPE: u32 = 1;

/// An officer as far as the key book knows him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The office.
    pub office: Office,
    /// The roles; empty once his work has ended.
    pub roles: BTreeSet<Role>,
    /// The key that stands now.
    pub key: Option<(KeyId, NewKey)>,
}

/// The key book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyBook {
    officers: BTreeMap<OfficerNo, Known>,
    keys: BTreeMap<KeyId, KeyState>,
    /// Data keys by year: sealed (hex) by the id of the officer's key.
    data: BTreeMap<i32, BTreeMap<String, String>>,
    practice: bool,
    /// The last entry taken over.
    n: u64,
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
        self.apply(row.n, &meaning.author, &meaning.facts);
        Ok(())
    }

    /// The last entry taken over.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Whether everything up to the entry at `n` was taken over.
    pub fn reaches(&self, n: u64) -> bool {
        self.n >= n
    }

    /// Takes over what an entry at place `n`, on its author's command, made true of officers and keys.
    pub fn apply(&mut self, n: u64, author: &OfficerNo, facts: &[Fact]) {
        self.n = self.n.max(n);
        for fact in facts {
            let administrator =
                self.officers.get(author).is_some_and(|known| known.roles.contains(&Role::Administrator));
            if !fact.takes_effect(n, author, administrator) {
                continue;
            }
            match fact {
                Fact::CountyFounded { practice, .. } => self.practice = *practice,
                Fact::OfficerEnrolled { officer, office, roles }
                | Fact::RolesGiven { officer, office, roles } => {
                    let known = self.officers.entry(officer.clone()).or_insert_with(|| Known {
                        office: *office,
                        roles: BTreeSet::new(),
                        key: None,
                    });
                    known.office = *office;
                    known.roles = roles.clone();
                }
                Fact::KeyGiven { officer, key, .. } => self.give(n, officer, key),
                Fact::KeyRevoked { id, officer } => self.revoke(n, officer, id),
                Fact::DataKeySealed { year, sealed } => {
                    self.data.entry(*year).or_default().extend(sealed.clone());
                }
                _ => {}
            }
        }
    }

    fn give(&mut self, n: u64, officer: &OfficerNo, key: &NewKey) {
        let Some(public) = PublicKey::from_hex(&key.sign) else { return };
        let id = public.id();
        if let Some(known) = self.officers.get_mut(officer) {
            // A new password is a new key: from the next entry on the one before signs no more.
            if let Some((before, _)) = known.key.replace((id, key.clone()))
                && let Some(state) = self.keys.get_mut(&before)
            {
                state.revoked_from.get_or_insert(n.saturating_add(1));
            }
        }
        // The first entry certifies itself, so its key counts from its own place.
        let from = if n == 1 { 1 } else { n.saturating_add(1) };
        self.keys.insert(id, KeyState { public, officer: officer.0.clone(), from, revoked_from: None });
    }

    fn revoke(&mut self, n: u64, officer: &OfficerNo, id: &str) {
        let Some(id) = KeyId::from_hex(id) else { return };
        if let Some(state) = self.keys.get_mut(&id) {
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

    /// Every officer whose work goes on, with his number.
    pub fn officers(&self) -> impl Iterator<Item = (&OfficerNo, &Known)> {
        self.officers.iter().filter(|(_, known)| !known.roles.is_empty())
    }

    /// The data keys that are sealed to a key, by year.
    pub fn data_for(&self, key: &KeyId) -> Vec<(i32, String)> {
        let key = key.to_string();
        self.data.iter().filter_map(|(year, sealed)| Some((*year, sealed.get(&key)?.clone()))).collect()
    }

    /// Whether the county is a practice office (练习).
    pub fn is_practice(&self) -> bool {
        self.practice
    }
}

impl Keyring for KeyBook {
    fn key_at(&self, key: &KeyId) -> Option<KeyState> {
        self.keys.get(key).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::setup;

    #[test]
    fn only_the_administrator_decides_whose_word_counts() {
        let county = crate::ledger::CountyId([7; 16]);
        let (admin, clerk): (OfficerNo, OfficerNo) = ("9000".into(), "1021".into());
        let keys: Vec<_> = (0..3).map(|_| setup::make_key(county, None).unwrap().public).collect();
        let given = |officer: &OfficerNo, at: usize| Fact::KeyGiven {
            officer: officer.clone(),
            id: keys[at].id().unwrap(),
            key: keys[at].clone(),
        };
        let enrolled = |officer: &OfficerNo, role: Role| Fact::OfficerEnrolled {
            officer: officer.clone(),
            office: Office::County,
            roles: BTreeSet::from([role]),
        };
        let mut book = KeyBook::default();
        book.apply(1, &admin, &[enrolled(&admin, Role::Administrator), given(&admin, 0)]);
        book.apply(2, &admin, &[enrolled(&clerk, Role::Handler), given(&clerk, 1)]);
        let before = (book.officer(&admin).cloned(), book.officer(&clerk).cloned());
        let revoked = Fact::KeyRevoked { officer: admin.clone(), id: keys[0].id().unwrap() };
        let promoted = enrolled(&clerk, Role::Administrator);
        book.apply(
            3,
            &clerk,
            &[given(&admin, 2), revoked, promoted, enrolled(&"1099".into(), Role::Approver)],
        );
        assert_eq!((book.officer(&admin).cloned(), book.officer(&clerk).cloned()), before);
        assert_eq!(book.officers().count(), 2);
        book.apply(4, &clerk, &[given(&clerk, 2)]);
        assert_eq!(
            book.officer(&clerk).unwrap().key.as_ref().unwrap().1,
            keys[2],
            "his own key he may change"
        );
        book.apply(
            5,
            &admin,
            &[Fact::RolesGiven { officer: clerk.clone(), office: Office::County, roles: BTreeSet::new() }],
        );
        assert_eq!(book.officers().count(), 1);
    }
}
