//! The blanked screen at the front (锁屏): while nobody sits here the keys leave memory.
//!
//! Orders that were signed before still have to go out, and each is sealed on this PC and in its entry under keys of the
//! officer who carries it. So the keys are let go only once nothing waits; until then the worker goes on with them behind the
//! blank screen, and whoever calls here asks again when an order is settled. With the drive away that may be long: then what
//! was signed is worth more than what a thief of a running, blanked PC could read out of its memory.
//!
//! It must never let go of the keys of the desk's own file while something is still to be written to it: what is written
//! there without a key would stand in plain text.

use super::Front;
use crate::domain::ids::OfficerNo;
use crate::office::session::Session;
use crate::office::worker::Job;
use crate::store::desk::OutState;
use crate::store::fault::{Fault, FaultKind};

impl Front {
    /// Lets the keys go, of this thread, of the worker and of the desk's own file. False while orders wait: they are needed.
    pub fn lock_up(&mut self) -> bool {
        let Some(session) = &self.session else { return true };
        let waits = |state: &OutState| !matches!(state, OutState::Refused(_));
        // A file that cannot be read may hold orders.
        let idle = self.outbox().is_ok_and(|groups| !groups.iter().any(|group| waits(&group.state)));
        if !idle {
            return false;
        }
        self.asleep = Some(session.officer.clone());
        (self.session, self.next) = (None, None);
        self.keeper.lock_up();
        self.worker.give(Job::SignOut);
        true
    }

    /// Whose password opens the blanked screen.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn sleeper(&self) -> Result<OfficerNo, Fault> {
        let here = self.session.as_ref().map(|session| session.officer.clone());
        let none = || Fault::new(FaultKind::User, "还没有登录", "请先登录");
        self.asleep.clone().or(here).ok_or_else(none)
    }

    /// The officer is back: what his password opened takes the place of what was let go. It is the key that stands now, also
    /// where he changed his password at another desk meanwhile.
    pub fn wake(&mut self, session: Session) {
        self.asleep = None;
        self.signed_in(session);
    }
}
