//! Signing in and out at the front. The derivation of the key takes a large part of a second, so it is done on a thread of
//! its own and handed back; it needs the key book only, so it works with the drive away.

use super::{Front, replica_of};
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::office::attempts;
use crate::office::session::{self, Session};
use crate::office::worker::Job;
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Under this the desk keeps the office that signed in last; no officer's number stands before it.
const OFFICE: &str = "office";

/// An officer as the sign-in screen lists him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// 操作员号.
    pub no: OfficerNo,
    /// The name, where this desk knows it.
    pub name: String,
    /// The office.
    pub office: Office,
    /// The roles.
    pub roles: BTreeSet<Role>,
}

impl Front {
    /// The officers of the key book, with the names that this desk knows, or knew when somebody last signed in here. First those of the office that signed
    /// in last on this PC; in practice, where nobody did yet, those of the first handler's.
    pub fn listed(&self) -> Vec<Listed> {
        let mut listed = self.in_order();
        let last = self.keeper.own().place(OFFICE).ok().flatten().unwrap_or_default();
        let known = listed.iter().map(|one| one.office).find(|office| office.to_string() == last);
        let usual = || listed.iter().find(|one| one.roles.contains(&Role::Handler)).map(|one| one.office);
        let here = known.or_else(|| if self.is_practice() { usual() } else { None });
        listed.sort_by_key(|one| Some(one.office) != here);
        listed
    }

    /// Remembers whose office this PC stands in. That it cannot be written is no reason to keep anybody from signing in.
    pub fn remember_office(&self, office: Office) {
        if self.keeper.own().set_place(OFFICE, &office.to_string()).is_err() {
            tracing::warn!("the office of this PC is not remembered");
        }
    }

    fn in_order(&self) -> Vec<Listed> {
        let names = self.keeper.names();
        self.keys
            .officers()
            .map(|(no, known)| Listed {
                no: no.clone(),
                name: self.name_now(no).or_else(|| names.get(no).cloned()).unwrap_or_default(),
                office: known.office,
                roles: known.roles.clone(),
            })
            .collect()
    }

    /// His name in the replica, while somebody is signed in.
    fn name_now(&self, no: &OfficerNo) -> Option<String> {
        let known = crate::domain::answers::Answers::officer(self.reader.as_ref()?, no)?;
        Some(known.name).filter(|name| !name.is_empty())
    }

    /// Opens an officer's key on a thread of its own and says how it went.
    pub fn begin_sign_in(
        &self,
        officer: &str,
        password: zeroize::Zeroizing<String>,
        say: impl FnOnce(Result<Session, Fault>) + Send + 'static,
    ) {
        let (county, keys, officer) = (self.county, self.keys.clone(), OfficerNo(officer.trim().to_owned()));
        let (keeper, now) = (self.keeper.clone(), self.now());
        let work = move || {
            let open = || session::sign_in(county, &keys, &officer, &password);
            say(attempts::guarded(&keeper, &officer, now, open));
        };
        // Where the system gives no thread the person waits half a second instead.
        if std::thread::Builder::new().name("sign-in".into()).spawn(work).is_err() {
            tracing::warn!("no thread for signing in");
        }
    }

    /// Takes the session: the worker lets the replica follow, and says when it is ready.
    pub fn signed_in(&mut self, session: Session) {
        let session = Arc::new(session);
        if let Err(fault) = self.keeper.unlock(self.county, &session) {
            // Drafts and orders go on; what is plain in the file stays plain until the next signing in.
            tracing::warn!("the desk's own file is not sealed: {}", fault.what);
        }
        self.session = Some(session.clone());
        self.worker.give(Job::SignIn(session));
    }

    /// The replica is ready to be read.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open_reader(&mut self) -> Result<(), Fault> {
        let keys = self.session()?.replica_keys(self.county);
        let reader = Reader::open_sealed(&replica_of(&self.folder), &keys).map_err(Fault::from)?;
        self.reader = Some(reader);
        self.remember_names()
    }

    /// Keeps the officers' names as they are now: also those who were enrolled while somebody was signed in.
    fn remember_names(&self) -> Result<(), Fault> {
        let Some(reader) = &self.reader else { return Ok(()) };
        let known = reader.officers()?.into_iter().map(|officer| (officer.no, officer.name));
        self.keeper.remember_names(known.collect());
        Ok(())
    }

    /// Signs out: keys and connection are let go.
    pub fn sign_out(&mut self) {
        if let Err(fault) = self.remember_names() {
            // The list at sign-in shows a number where a name is missing.
            tracing::warn!(%fault, "the officers' names were not kept");
        }
        (self.session, self.next, self.asleep) = (None, None, None);
        self.reader = None;
        self.keeper.lock_up();
        self.worker.give(Job::SignOut);
    }
}
