//! The keeper (本机保管): the desk's own file behind one lock. Drafts and orders are durable here before anything is said to
//! be saved. The lock is held for a local write only, never across a look at the share.

use super::order::Signed;
use super::session::Session;
use crate::domain::ids::OfficerNo;
use crate::domain::private::Private;
use crate::ledger::{Cid, CountyId};
use crate::store::desk::{Desk as Own, DraftOf, OutRow, OutState, Secret};
use crate::store::fault::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the key of the desk's own file is drawn for.
const FILE_KEY: &str = "desk-file/1";
/// Where the officers' names stand.
const NAMES: &str = "names";

/// The desk's own file, shared by the thread that keeps drafts and the one that carries orders.
#[derive(Clone)]
pub struct Keeper(Arc<Mutex<Own>>);

impl Keeper {
    /// Keeps an opened file.
    pub fn new(own: Own) -> Keeper {
        Keeper(Arc::new(Mutex::new(own)))
    }

    /// The file, for one short use.
    pub fn own(&self) -> MutexGuard<'_, Own> {
        // A thread that died in here left a file that SQLite itself rolls back; the lock's own mark says nothing.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives this desk another id: somebody else works under the old one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn renew_id(&self, id: crate::ledger::DeskId) -> Result<(), Fault> {
        self.own().renew_id(id)
    }

    /// Puts a group of orders into the outbox, durably. The draft that they come from goes in the same step.
    ///
    /// # Errors
    /// The file cannot be written: nothing was kept.
    pub fn put(
        &self,
        group: u64,
        orders: &[Signed],
        made_ms: i64,
        draft: Option<DraftOf<'_>>,
    ) -> Result<(), Fault> {
        let rows =
            orders.iter().map(|signed| out_row(group, signed, made_ms)).collect::<Result<Vec<_>, _>>()?;
        self.own().put_out(&rows, draft).map(drop)
    }

    /// The officers' names as this desk knew them last, for the list at sign-in: the replica opens only after it. They are the
    /// names of officials, which stand plainly in the file as on the plates of their doors.
    pub fn names(&self) -> BTreeMap<OfficerNo, String> {
        let kept = self.own().place(NAMES).ok().flatten();
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps them. That it cannot be written is no reason to keep anybody from working: numbers stand in the list then.
    pub fn remember_names(&self, names: BTreeMap<OfficerNo, String>) {
        let known: BTreeMap<_, _> = names.into_iter().filter(|(_, name)| !name.is_empty()).collect();
        if known == self.names() {
            return;
        }
        let kept = serde_json::to_string(&known).is_ok_and(|text| self.own().set_place(NAMES, &text).is_ok());
        if !kept {
            tracing::warn!("the officers' names are not kept for the list at sign-in");
        }
    }

    /// Opens what is sealed in the file for whoever signed in.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn unlock(&self, county: CountyId, session: &Session) -> Result<(), Fault> {
        self.own().unlock(session.data.iter().map(|key| key.derive(county, FILE_KEY)).collect())
    }

    /// Forgets the keys at signing out.
    pub fn lock_up(&self) {
        self.own().lock_up();
    }

    /// The groups that wait or whose outcome is unknown, by number and commands: known before anybody signs in.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn given(&self) -> Result<Vec<(u64, Vec<Cid>)>, Fault> {
        let mut groups: Vec<(u64, Vec<Cid>)> = Vec::new();
        for row in self.own().outbox()? {
            match groups.last_mut() {
                _ if matches!(row.state, OutState::Refused(_)) => {}
                Some((number, cids)) if *number == row.group => cids.push(row.order.cid),
                _ => groups.push((row.group, vec![row.order.cid])),
            }
        }
        Ok(groups)
    }

    /// The groups that wait or whose outcome is unknown, in the order in which they were given, each with whether it was
    /// offered before. Those that whoever is signed in cannot open wait on until somebody can.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn waiting(&self) -> Result<Vec<Group>, Fault> {
        let rows = self.own().outbox()?;
        let mut groups: Vec<Group> = Vec::new();
        let locked: BTreeSet<u64> = rows.iter().filter(|row| row.is_locked()).map(|row| row.group).collect();
        for row in rows {
            if matches!(row.state, OutState::Refused(_)) || locked.contains(&row.group) {
                continue;
            }
            let unknown = row.state == OutState::Unknown;
            let made_ms = row.made_ms;
            let number = row.group;
            let signed = signed_of(row)?;
            match groups.last_mut() {
                Some(group) if group.number == number => {
                    group.unknown |= unknown;
                    group.orders.push(signed);
                }
                _ => groups.push(Group { number, made_ms, unknown, orders: vec![signed] }),
            }
        }
        Ok(groups)
    }

    /// Lets a group go: it stands in the log, or its author has the words back.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn let_go(&self, orders: &[Signed]) -> Result<(), Fault> {
        let cids: Vec<Cid> = orders.iter().map(|signed| signed.order.cid).collect();
        self.own().let_go(&cids)
    }

    /// Sets the state of a whole group.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn set_state(&self, orders: &[Signed], state: &OutState) -> Result<(), Fault> {
        let mut own = self.own();
        orders.iter().try_for_each(|signed| own.set_out_state(signed.order.cid, state))
    }
}

/// A group of orders on its way.
#[derive(Debug)]
pub struct Group {
    /// Its number on this desk.
    pub number: u64,
    /// When it was given, by the desk's clock.
    pub made_ms: i64,
    /// Whether nobody knows if it stands in the log.
    pub unknown: bool,
    /// The orders.
    pub orders: Vec<Signed>,
}

fn out_row(group: u64, signed: &Signed, made_ms: i64) -> Result<OutRow, Fault> {
    let (private, salt) = if signed.private.is_empty() {
        (None, None)
    } else {
        let mut salt = [0u8; 32];
        hex::decode_to_slice(&signed.salt, &mut salt).map_err(|_| Fault::bug("不公开部分没有盐值"))?;
        (Some(Secret(super::order::plaintext(&signed.private)?.to_vec())), Some(salt))
    };
    Ok(OutRow {
        id: 0,
        group,
        order: signed.order.clone(),
        order_sig: signed.sig,
        private,
        salt,
        state: OutState::Waiting,
        made_ms,
    })
}

fn signed_of(row: OutRow) -> Result<Signed, Fault> {
    let private = match &row.private {
        Some(secret) => super::order::read_plaintext(&secret.0)?,
        None => Private::default(),
    };
    Ok(Signed {
        order: row.order,
        sig: row.order_sig,
        salt: row.salt.map(hex::encode).unwrap_or_default(),
        private,
    })
}
