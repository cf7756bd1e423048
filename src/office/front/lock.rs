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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;
    use crate::domain::fund::Till;
    use crate::ledger::seal::DataKey;
    use crate::ledger::{CountyId, DeskId};
    use crate::office::front::Parts;
    use crate::office::keeper::Keeper;
    use crate::office::keybook::KeyBook;
    use crate::office::sweep::acts;
    use crate::office::worker::Worker;
    use crate::office::{order, setup};
    use crate::store::desk::{Desk as Own, Draft};
    use std::sync::Arc;

    const COUNTY: CountyId = CountyId([7; 16]);

    /// A session of the same officer, with the same data key, as two sign-ins give it.
    fn session() -> Session {
        let made = setup::make_key(COUNTY, None).unwrap();
        let mut session = setup::session_of(&"1021".into(), made.keys);
        session.periods.push(crate::domain::period::Period::of(2026));
        session.data.push(DataKey::new([3; 32]));
        session
    }

    #[test]
    fn keys_leave_memory_once_nothing_waits_and_come_back_with_the_password() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::new(Own::open(folder.path(), DeskId([1; 8])).unwrap());
        let mut front = Front::new(Parts {
            county: COUNTY,
            folder: folder.path().to_owned(),
            keeper: keeper.clone(),
            worker: Worker::none(),
            keys: Arc::new(KeyBook::default()),
            clock: Arc::new(|| Stamp(1_800_000_000_000)),
        });
        assert!(front.sleeper().is_err(), "nobody is here");
        front.signed_in(session());
        let draft = Draft {
            id: 0,
            officer: "1021".into(),
            form: "emergency".into(),
            title: "急难登记".into(),
            answers: serde_json::json!({"name": "林知夏"}),
            field: "name".into(),
            saved_ms: 5,
        };
        keeper.own().save_draft(&draft).unwrap();
        let (command, private) = acts::allot(1_000, Till::Bank);
        let order = order::sign(&session(), COUNTY, 1, &command, private).unwrap();
        keeper.put(1, std::slice::from_ref(&order), 0, None).unwrap();
        assert!(!front.lock_up(), "an order waits: it is carried with these keys");
        assert!(front.session().is_ok() && keeper.own().drafts("1021").is_ok());
        keeper.let_go(&[order]).unwrap();
        assert!(front.lock_up());
        assert!(front.session().is_err() && keeper.own().drafts("1021").is_err(), "nothing opens now");
        assert_eq!(
            front.sleeper().unwrap(),
            "1021".into(),
            "but it is known whose password opens the screen"
        );
        assert!(front.lock_up(), "asked again, it stays so");
        front.wake(session());
        assert_eq!(keeper.own().drafts("1021").unwrap().len(), 1);
        front.sign_out();
        assert!(front.sleeper().is_err());
    }
}
