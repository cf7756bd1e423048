//! The front of the office (柜台): what the thread that draws may do. It reads the replica, composes and signs, keeps drafts
//! and orders on this PC, and hands the rest to the worker. Nothing here waits for the drive.

pub mod change;
pub mod clock;
pub mod codes;
pub mod county;
pub mod deed;
pub mod drafts;
pub mod duty;
pub mod goods;
pub mod history;
pub mod imagine;
pub mod lock;
pub mod merging;
pub mod money;
pub mod officers;
pub mod outbox;
pub mod paper_deeds;
pub mod papers;
pub mod partners;
pub mod path;
pub mod people;
pub mod privacy;
pub mod registers;
pub mod sign;
pub mod trust;
pub mod weigh;

use super::backup;
use super::compose;
use super::desk::{Clock, replica_path};
use super::import::RowKey;
use super::keeper::Keeper;
use super::keybook::KeyBook;
use super::order;
use super::session::Session;
use super::worker::{Job, Worker};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::privacy::Subject;
use crate::domain::delegation;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::office::{Officer, Role};
use crate::domain::pack::Pack;
use crate::domain::private::PersonDetails;
use crate::ledger::CountyId;
use crate::store::desk::DraftOf;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What the front is opened with.
pub struct Parts {
    /// Whose log.
    pub county: CountyId,
    /// The folder of the desk's own files.
    pub folder: PathBuf,
    /// The desk's own file.
    pub keeper: Keeper,
    /// The worker.
    pub worker: Worker,
    /// The key book as the desk was opened.
    pub keys: Arc<KeyBook>,
    /// The office's clock as far as this desk can tell.
    pub clock: Clock,
}

/// The front.
pub struct Front {
    county: CountyId,
    folder: PathBuf,
    keeper: Keeper,
    worker: Worker,
    keys: Arc<KeyBook>,
    clock: Clock,
    session: Option<Arc<Session>>,
    /// The session under a new key, from the moment its order is given until it stands.
    next: Option<Arc<Session>>,
    /// Whose screen is blanked, once his keys were let go.
    asleep: Option<OfficerNo>,
    reader: Option<Reader>,
    group: u64,
    /// How far the share's clock is ahead of this PC's, ms, as far as entries told.
    share_ahead: Option<i64>,
    /// Whether a folder for backups is set here; none where nobody is reminded of backups, as in practice.
    backup_set: Option<bool>,
    /// Whose details were looked at in full, by whom and on which day: asked for once a day.
    unmasked: BTreeSet<(OfficerNo, Subject, Day)>,
}

impl Front {
    /// Opens the front.
    pub fn new(parts: Parts) -> Front {
        let group = u64::try_from((parts.clock)().0).unwrap_or(0);
        Front {
            county: parts.county,
            folder: parts.folder,
            keeper: parts.keeper,
            worker: parts.worker,
            keys: parts.keys,
            clock: parts.clock,
            session: None,
            next: None,
            asleep: None,
            reader: None,
            group,
            share_ahead: None,
            backup_set: None,
            unmasked: BTreeSet::new(),
        }
    }

    /// Whether this is a practice office (练习).
    pub fn is_practice(&self) -> bool {
        self.keys.is_practice()
    }

    /// From here on officers are reminded of backups; `set` is whether a folder for them is set on this PC.
    pub fn remind_of_backups(&mut self, set: bool) {
        self.backup_set = Some(set);
    }

    /// The line that reminds of overdue backups, for an officer; none where all is well.
    ///
    /// # Errors
    /// The desk's own file cannot be read.
    pub fn backup_reminder(&self, officer: &Officer) -> Result<Option<String>, Fault> {
        let Some(set) = self.backup_set else { return Ok(None) };
        let known = self.keeper.own().backups()?;
        let administrator = officer.roles.contains(&Role::Administrator);
        Ok(backup::reminder::line(&known, set, administrator, self.now()))
    }

    /// Now, by this desk's clock.
    pub fn now(&self) -> Stamp {
        (self.clock)()
    }

    /// The officer in session, an approver also while he stands in for one.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn officer(&self) -> Result<Officer, Fault> {
        let mut officer = self.enrolled()?;
        if delegation::stands_in_for(self.reader()?, &officer, self.now().day()).is_some() {
            officer.roles.insert(Role::Approver);
        }
        Ok(officer)
    }

    /// For whom the officer in session stands in today.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn stands_in_for(&self) -> Result<Option<Officer>, Fault> {
        Ok(delegation::stands_in_for(self.reader()?, &self.enrolled()?, self.now().day()))
    }

    /// The officer in session with the roles that he was given himself.
    ///
    /// # Errors
    /// Nobody is signed in.
    fn enrolled(&self) -> Result<Officer, Fault> {
        let session = self.session()?;
        self.reader()?.officer(&session.officer).ok_or_else(|| {
            Fault::new(
                FaultKind::User,
                format!("操作员 {} 的登记还没有取到本机", session.officer),
                "请稍候再按F5刷新",
            )
        })
    }

    /// The session.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn session(&self) -> Result<Arc<Session>, Fault> {
        self.session.clone().ok_or_else(|| Fault::new(FaultKind::User, "还没有登录", "请先登录"))
    }

    /// The replica, for reading.
    ///
    /// # Errors
    /// Nobody is signed in, or the file cannot be read.
    pub fn reader(&self) -> Result<&Reader, Fault> {
        self.reader.as_ref().ok_or_else(|| Fault::new(FaultKind::User, "还没有登录", "请先登录"))
    }

    /// The desk's own file.
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Where the desk's own files lie: papers and exports go beside them.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Whether this window may write, or another one has the desk.
    ///
    /// # Errors
    /// The sentence of a second window.
    pub fn writable(&self) -> Result<(), Fault> {
        self.keeper.own().writable()
    }

    /// Asks the worker to look at the share now.
    pub fn look(&self) {
        self.worker.give(Job::Look);
    }

    /// Lets the worker go: leaving never waits for the drive.
    pub fn leave(&self) {
        self.worker.give(Job::Stop);
    }

    /// The key book moved on.
    pub fn learn_keys(&mut self, keys: Arc<KeyBook>) {
        self.keys = keys;
        self.switch_session();
        let followed = self.session.as_ref().and_then(|own| own.followed(self.county, &self.keys));
        if let Some(session) = followed {
            self.session = Some(Arc::new(session));
        }
    }

    /// What composing looks at, for as long as `work` needs it.
    fn with_desk<T>(&self, work: impl FnOnce(&compose::Desk<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let officer = self.officer()?;
        let reader = self.reader()?;
        let details = |person: PersonId| -> Option<PersonDetails> { reader.details(person).ok().flatten() };
        let key = || RowKey::of(&*self.session()?, self.county);
        let desk =
            compose::Desk { state: reader, details: &details, key: &key, officer: &officer, now: self.now() };
        work(&desk)
    }

    /// The commands of a deed.
    ///
    /// # Errors
    /// Fields to be mended; the machine.
    pub fn compose(&self, deed: &deed::Deed) -> Result<Vec<compose::Draft>, compose::Halt> {
        if let deed::Deed::Officers(deed) = deed {
            return Ok(self.officer_drafts(deed)?);
        }
        if let deed::Deed::Money(deed) = deed {
            return self.money_drafts(deed);
        }
        if let deed::Deed::Trust(deed) = deed {
            let reader = self.reader()?;
            let found = deed.resolved(|number| reader.case_of_number(number).ok().flatten());
            return found.compose().map(|draft| vec![draft]);
        }
        self.with_desk(|desk| Ok(deed.compose(desk)))?
    }

    /// The pack in force.
    ///
    /// # Errors
    /// Nobody is signed in, or none is adopted.
    pub fn pack(&self) -> Result<Pack, Fault> {
        self.reader()?
            .pack_now()
            .ok_or_else(|| Fault::new(FaultKind::Config, "本县还没有采用政策包", "请管理员先采用政策包"))
    }

    /// Above which sum the password is given at each signature.
    pub fn password_above(&self) -> Money {
        self.pack().map_or(Money::ZERO, |pack| pack.approval.password_above)
    }

    /// Signs drafts and puts them into the outbox as one group, durably; then the worker is told. Answers the group's
    /// number: news of it come from the worker. The form's draft they come from (0 for none) goes in the same step.
    ///
    /// # Errors
    /// A second window; the disk of this PC.
    pub fn give(&mut self, drafts: Vec<compose::Draft>, draft: u64) -> Result<u64, Fault> {
        self.writable()?;
        if let Some(fault) = self.superseded() {
            return Err(fault);
        }
        let signed = self.sign(drafts)?;
        self.put(&signed, draft)
    }

    /// Signs drafts as of what this desk shows now.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn sign(&self, drafts: Vec<compose::Draft>) -> Result<Vec<order::Signed>, Fault> {
        let session = self.session()?;
        let seen = self.reader()?.head().map_err(Fault::from)?.n;
        let sign = |(command, private)| order::sign(&session, self.county, seen, &command, private);
        drafts.into_iter().map(sign).collect()
    }

    /// Puts signed orders into the outbox as one group, durably, and tells the worker. Answers the group's number.
    ///
    /// # Errors
    /// A second window; the disk of this PC.
    pub fn put(&mut self, signed: &[order::Signed], draft: u64) -> Result<u64, Fault> {
        self.group += 1;
        let officer = self.session()?.officer.clone();
        let draft = (draft != 0).then_some(DraftOf { officer: &officer.0, id: draft });
        self.keeper.put(self.group, signed, self.now().0, draft)?;
        self.worker.give(Job::Carry);
        Ok(self.group)
    }
}

/// Where the replica of this desk lies.
fn replica_of(folder: &std::path::Path) -> PathBuf {
    replica_path(folder)
}
