//! The change of one's own password at the front (改密码): the key is made on a thread of its own, the order goes the way of
//! all orders, and the session is another one from the entry on that gives the key.

use super::Front;
use crate::domain::answers::Answers as _;
use crate::office::attempts;
use crate::office::change;
use crate::office::session;
use crate::office::setup::MadeKey;
use crate::office::worker::Job;
use crate::store::desk::OutState;
use crate::store::fault::{Fault, FaultKind};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The two passwords of a change.
pub struct Passwords {
    /// The one that opens the key now.
    pub old: Zeroizing<String>,
    /// The one that opens the new key.
    pub new: Zeroizing<String>,
}

impl Front {
    /// Proves the old password and makes a key under the new one, on a thread of its own; `say` hears how it went.
    ///
    /// # Errors
    /// Nobody is signed in; a password that the rule does not take; orders that wait; a second window.
    pub fn begin_change(
        &self,
        passwords: Passwords,
        say: impl FnOnce(Result<MadeKey, Fault>) + Send + 'static,
    ) -> Result<(), Fault> {
        self.writable()?;
        if let Some(fault) = self.superseded() {
            return Err(fault);
        }
        self.nothing_waits()?;
        let session = self.session()?;
        let name = self.reader()?.officer(&session.officer).map(|officer| officer.name).unwrap_or_default();
        change::check(&session, &passwords.new, &name)?;
        if *passwords.old == *passwords.new {
            let what = "新密码和原来的一样";
            return Err(Fault::new(FaultKind::User, what, "请另换一个"));
        }
        let (county, keys, keeper) = (self.county, self.keys.clone(), self.keeper.clone());
        let (practice, now) = (self.is_practice(), self.now());
        let work = move || {
            let prove = || session::sign_in(county, &keys, &session.officer, &passwords.old);
            let made = attempts::guarded(&keeper, &session.officer, now, prove)
                .and_then(|_| change::make(county, &session, (&passwords.new, &name), practice));
            say(made);
        };
        let begun = std::thread::Builder::new().name("password".into()).spawn(work);
        begun.map(drop).map_err(|error| Fault::of_io("启动后台线程", error))
    }

    /// Gives the order of the change. Answers the group's number.
    ///
    /// # Errors
    /// Orders that wait; the disk of this PC.
    pub fn give_change(&mut self, made: MadeKey) -> Result<u64, Fault> {
        self.nothing_waits()?;
        let change = change::prepare(self.county, &*self.session()?, made)?;
        let next = Arc::new(change.next);
        // The worker must know it before it carries: with the old key it could write nothing behind this entry.
        if !self.worker.give(Job::Expect(next.clone())) {
            return Err(Fault::busy("共享盘没有应答"));
        }
        self.next = Some(next);
        let given = self.give(change.drafts, 0);
        if given.is_err() {
            self.next = None;
        }
        given
    }

    /// What waits was signed with the old key, and would be refused behind the change.
    fn nothing_waits(&self) -> Result<(), Fault> {
        let waits = |state: &OutState| !matches!(state, OutState::Refused(_));
        match self.outbox()?.iter().filter(|group| waits(&group.state)).count() {
            0 => Ok(()),
            waiting => Err(Fault::new(
                FaultKind::User,
                format!("还有 {waiting} 笔待传，是用现在的密钥签的"),
                "请等它们送出以后再改密码，见工作台「待传」",
            )),
        }
    }

    /// The session gives way to the one under the new key, once that stands. What is sealed on this PC stays open: it is
    /// sealed under the data keys, and both sessions hold them.
    pub(super) fn switch_session(&mut self) {
        let stands = |next: &Arc<_>| change::superseded(next, &self.keys).is_none();
        if let Some(next) = self.next.take_if(|next| stands(next)) {
            self.session = Some(next);
        }
    }

    /// The change was refused.
    pub fn drop_change(&mut self) {
        self.next = None;
    }

    /// Why the session signs no more: the password was changed at another desk, or the key was taken away.
    pub fn superseded(&self) -> Option<Fault> {
        change::superseded(self.session.as_ref()?, &self.keys)
    }
}
