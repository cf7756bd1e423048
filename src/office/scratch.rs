//! A scratch office (试验用的办公室): a county in a folder of its own that is gone with it, on the real engine: real log, real
//! keys, real turns, with a clock that is given. Scenes run in it.

use super::desk::{Clock, Desk, Parts};
use super::order::{self, Signed};
use super::outcome::{Outcome, Receipt};
use super::random;
use super::reach::{Holdings, Reach};
use super::session::Session;
use super::setup::{self, NewOfficer};
use crate::base::day::Stamp;
use crate::domain::command::Command;
use crate::domain::ids::OfficerNo;
use crate::domain::pack::CY_2021_15;
use crate::domain::powers::RECOVERY;
use crate::domain::private::Private;
use crate::ledger::wrap::{Keys, Strength};
use crate::ledger::{CountyId, DeskId};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::drive::RealDrive;
use crate::store::share::host::{Host, RealHost};
use crate::store::share::{self, SEGMENT, Setting, Share, ShareTime};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that stands where it is set, ms since 1970.
#[derive(Clone, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// Sets it.
    pub fn set(&self, now: Stamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Reads it.
    pub fn now(&self) -> Stamp {
        Stamp(self.0.load(Ordering::SeqCst))
    }

    /// As a desk's clock, off by so many ms.
    pub fn clock(&self, off: Hands) -> Clock {
        let own = self.clone();
        Arc::new(move || Stamp(own.now().0 + off.now().0))
    }
}

/// A command of an officer, with what is private in it.
pub type Act = (OfficerNo, Command, Private);

/// The scratch office.
pub struct Scratch {
    desk: Desk,
    sessions: BTreeMap<OfficerNo, Arc<Session>>,
    share: Hands,
    off: Hands,
    folder: Folder,
}

/// A folder that is removed with its owner.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder and is removed there one day.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    /// Founds an office with these officers at a time; the first is its administrator. With `passwords` they can sign in
    /// with `jiuji-` and their number.
    ///
    /// # Errors
    /// The machine's.
    pub fn found(officers: &[NewOfficer], now: Stamp, passwords: bool) -> Result<Scratch, Fault> {
        let name = format!("jiuji-scratch-{}", hex::encode(random::bytes::<8>()?));
        Scratch::found_in(&std::env::temp_dir().join(name), officers, now, passwords)
    }

    fn found_in(
        folder: &Path,
        officers: &[NewOfficer],
        now: Stamp,
        passwords: bool,
    ) -> Result<Scratch, Fault> {
        let county = CountyId(random::bytes()?);
        let (share, off) = (Hands::default(), Hands::default());
        share.set(now);
        let (shared, own) = (folder.join("share"), folder.join("desk"));
        share::found(&shared, county, &own.join("workshop"), &mut RealHost::default())?;
        let desk_id = DeskId(random::bytes()?);
        let desk = Desk::open(Parts {
            log: Box::new(reach(&shared, &own, county, desk_id, share.clone())),
            county,
            desk: desk_id,
            folder: own,
            clock: share.clock(off.clone()),
        })?;
        let mut scratch =
            Scratch { desk, sessions: BTreeMap::new(), share, off, folder: Folder(folder.to_owned()) };
        scratch.enrol(officers, now, passwords)?;
        Ok(scratch)
    }

    fn enrol(&mut self, officers: &[NewOfficer], now: Stamp, passwords: bool) -> Result<(), Fault> {
        let Some((founder, others)) = officers.split_first() else {
            return Err(Fault::new(FaultKind::User, "没有操作员", "至少要有一名管理员"));
        };
        let county = self.desk.county();
        let key = |officer: &NewOfficer| {
            let password = format!("jiuji-{}", officer.no);
            setup::make_key(county, passwords.then_some((password.as_str(), Strength::Practice)))
        };
        let year = now.day().year();
        let seed = setup::make_key(county, None)?;
        let keys = (key(founder)?, Some(&seed.public));
        let admin = setup::found_with(&mut self.desk, "211321", true, founder, keys, CY_2021_15, year)?;
        let recovery = OfficerNo(RECOVERY.to_owned());
        self.sessions.insert(recovery.clone(), Arc::new(setup::session_of(&recovery, seed.keys)));
        self.sessions.insert(founder.no.clone(), admin.clone());
        let mut enrolled = Vec::new();
        for officer in others {
            let made = key(officer)?;
            enrolled.push((officer.clone(), made.public.clone()));
            let session = setup::session_of(&officer.no, made.keys);
            self.sessions.insert(officer.no.clone(), Arc::new(session));
        }
        setup::enrol(&mut self.desk, &admin, &enrolled)?;
        for session in self.sessions.values_mut() {
            if let Some(own) = Arc::get_mut(session) {
                own.learn(county, self.desk.keys());
            }
        }
        Ok(())
    }

    /// Moves the office's clock.
    pub fn at(&mut self, now: Stamp) {
        self.share.set(now);
    }

    /// The office's clock.
    pub fn now(&self) -> Stamp {
        self.share.now()
    }

    /// Sets the desk's own clock off by so many minutes.
    pub fn desk_off_by(&mut self, minutes: i64) {
        self.off.set(Stamp(0).plus_minutes(minutes));
    }

    /// The engine, for reading.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The engine, for what is no order.
    pub fn engine(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// The folder of the scratch share, as long as the office stands.
    pub fn share_folder(&self) -> PathBuf {
        self.folder.0.join("share")
    }

    /// The folder of the desk's own files.
    pub fn desk_folder(&self) -> PathBuf {
        self.folder.0.join("desk")
    }

    /// The session of an officer.
    ///
    /// # Errors
    /// Nobody of that number.
    pub fn session(&self, officer: &OfficerNo) -> Result<Arc<Session>, Fault> {
        self.sessions
            .get(officer)
            .cloned()
            .ok_or_else(|| Fault::new(FaultKind::User, format!("没有操作员 {officer}"), "请先登记这个操作员"))
    }

    /// The office's clock, for another desk on the same share.
    pub fn hands(&self) -> Hands {
        self.share.clone()
    }

    /// Keeps an officer's new keys: from here on he signs with them.
    pub fn keep(&mut self, officer: &OfficerNo, keys: Keys) {
        self.desk.let_session_go();
        self.sessions.insert(officer.clone(), Arc::new(setup::session_of(officer, keys)));
        self.learn();
    }

    /// Opens the data keys that were sealed to officers since.
    pub fn learn(&mut self) {
        self.desk.let_session_go();
        let county = self.desk.county();
        for session in self.sessions.values_mut() {
            if let Some(own) = Arc::get_mut(session) {
                own.learn(county, self.desk.keys());
            }
        }
    }

    /// Pulls what other desks wrote, in the session of `officer`.
    ///
    /// # Errors
    /// Nobody of that number; what stands on the share is no entry.
    pub fn pull(&mut self, officer: &OfficerNo) -> Result<(), Fault> {
        let session = self.session(officer)?;
        self.desk.sign_in(session)?;
        self.desk.pull().map(drop)
    }

    /// Signs commands now, to be carried later, as a desk does whose drive is away.
    ///
    /// # Errors
    /// Nobody of that number; the machine's.
    pub fn sign(&self, acts: Vec<Act>) -> Result<Vec<Signed>, Fault> {
        let seen = self.desk.head_n()?;
        acts.into_iter()
            .map(|(officer, command, private)| {
                order::sign(&*self.session(&officer)?, self.desk.county(), seen, &command, private)
            })
            .collect()
    }

    /// Carries signed orders as one group, in the session of `officer`.
    ///
    /// # Errors
    /// Nobody of that number; the machine's. A refusal is an outcome.
    pub fn carry(&mut self, officer: &OfficerNo, group: Vec<Signed>) -> Result<Outcome, Fault> {
        let session = self.session(officer)?;
        self.desk.sign_in(session)?;
        self.desk.carry(&[group]).pop().ok_or_else(|| Fault::bug("没有结果"))
    }

    /// Signs and carries commands as one group; the session is the last author's.
    ///
    /// # Errors
    /// As [`Scratch::carry`].
    pub fn act(&mut self, acts: Vec<Act>) -> Result<Outcome, Fault> {
        let Some((officer, ..)) = acts.last() else { return Ok(Outcome::Done(Vec::<Receipt>::new())) };
        let officer = officer.clone();
        let group = self.sign(acts)?;
        self.carry(&officer, group)
    }
}

#[cfg(test)]
mod tests;

/// The share of a local folder as a desk reaches it, with a clock that is given.
pub fn reach(shared: &Path, own: &Path, county: CountyId, desk: DeskId, hands: Hands) -> Reach {
    let (shared, own) = (shared.to_owned(), own.to_owned());
    Reach::new(Box::new(move || {
        Share::open(setting(&shared, &own, county, desk, hands.clone(), Box::new(RealHost::default())))
    }))
}

/// How a desk on such a PC reaches the share of a local folder, with a clock that is given.
pub(super) fn setting(
    shared: &Path,
    own: &Path,
    county: CountyId,
    desk: DeskId,
    hands: Hands,
    host: Box<dyn Host>,
) -> Setting {
    Setting {
        folder: shared.to_owned(),
        county,
        desk,
        officer: String::new(),
        workshop: own.join("workshop"),
        may_write: true,
        time: ShareTime::Given(Box::new(move || hands.now())),
        drive: Arc::new(RealDrive),
        host,
        witness: Box::new(Holdings::new(own.to_owned(), county)),
        segment: SEGMENT,
    }
}
