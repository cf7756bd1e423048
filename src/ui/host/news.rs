//! What the worker and other threads say, taken in on the thread that draws.

use super::{Host, Inward, Pending, RUN_MINUTES};
use crate::domain::fact::Fact;
use crate::office::outcome::{Outcome, Receipt};
use crate::office::session::Session;
use crate::office::worker::News;
use crate::store::fault::Fault;
use crate::ui::product::Reply;
use crate::ui::stack::ScreenId;

impl Host {
    /// Takes in everything that was said.
    pub(super) fn listen(&mut self) {
        while let Ok(inward) = self.inward.1.try_recv() {
            match inward {
                Inward::News(news) => self.hear(news),
                Inward::Opened { from, run, result } => self.opened(from, run, *result),
            }
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Drive(drive, n) => {
                (self.drive, self.n) = (drive, n);
                self.count_waiting();
                self.send(None, Reply::Link(self.link()));
            }
            News::Keys(keys) => {
                self.front.learn_keys(keys);
                // Whoever signs in here first is known only now.
                self.send(None, Reply::News);
            }
            News::Pulled(n) => self.n = n,
            News::Ready => self.arrive(),
            News::Settled { group, outcome, waited } => {
                self.settled(group, outcome, waited);
                self.count_waiting();
            }
            News::Backup(None) => self.send(None, Reply::News),
            News::Backup(Some(fault)) => {
                self.send(Some(ScreenId::NOBODY), Reply::Failed(fault.to_string()));
            }
            News::Trouble(fault) => {
                tracing::error!("trouble on this PC: {}", fault.what);
                if let Some(from) = self.arriving.take() {
                    self.send(Some(from), Reply::NotSignedIn(fault.to_string()));
                } else {
                    self.send(None, Reply::Failed(fault.to_string()));
                }
            }
        }
    }

    fn opened(&mut self, from: ScreenId, run: bool, result: Result<Session, Fault>) {
        match result {
            Err(fault) => self.send(Some(from), Reply::NotSignedIn(fault.to_string())),
            Ok(_) if run => {
                let now = self.front.now();
                let until = now.plus_minutes(RUN_MINUTES);
                (self.run_until, self.run_opened) = (Some(until), Some(now));
                self.send(Some(from), Reply::RunOpened(until));
            }
            Ok(session) => {
                self.arriving = Some(from);
                self.front.signed_in(session);
                // With the drive away the worker may hang for minutes: what this PC holds already is enough to begin.
                self.arrive();
            }
        }
    }

    /// Opens the replica, where it knows the officer already.
    fn arrive(&mut self) {
        let Some(from) = self.arriving else { return };
        if self.front.open_reader().is_err() {
            return;
        }
        if let Ok(officer) = self.front.officer() {
            self.arriving = None;
            self.officer = Some(officer.clone());
            self.front.remember_office(officer.office);
            self.send(Some(from), Reply::SignedIn(officer));
        }
    }

    fn settled(&mut self, group: u64, outcome: Outcome, waited: bool) {
        let pending = match &outcome {
            Outcome::Done(_) | Outcome::Refused(_) => self.pending.remove(&group),
            Outcome::Waiting(_) | Outcome::Unknown(_) => self
                .pending
                .get_mut(&group)
                .map(|pending| Pending { from: pending.from, draft: None, said: pending.said.clone() }),
        };
        let Some(pending) = pending else { return };
        let to = Some(pending.from);
        match outcome {
            Outcome::Done(receipts) => {
                let (sentence, case) = told(&pending.said, &receipts);
                let notes = receipts.into_iter().flat_map(|receipt| receipt.notes).collect();
                self.send(to, Reply::Done { sentence, case, notes });
                self.send(None, Reply::News);
            }
            Outcome::Refused(refusals) => {
                // Refused at once: the words are the form's again. Refused on return: they stand in the outbox.
                if !waited {
                    self.give_back(to, group, pending.draft);
                }
                self.send(to, Reply::Refused(refusals));
            }
            Outcome::Waiting(fault) | Outcome::Unknown(fault) => {
                let sentence = format!("{}。已签名保存在本机待传，恢复联机后自动送出并裁定", fault.what);
                self.send(to, Reply::Held(sentence));
            }
        }
    }

    fn give_back(&mut self, to: Option<ScreenId>, group: u64, draft: Option<crate::store::desk::Draft>) {
        match self.front.take_back(group, draft.as_ref()) {
            Ok(Some(id)) => self.send(to, Reply::Kept(id, self.front.now())),
            Ok(None) => {}
            Err(fault) => self.send(to, Reply::Failed(fault.to_string())),
        }
    }
}

/// The sentence of a deed that is done, with the number of the case where one was given out.
fn told(said: &str, receipts: &[Receipt]) -> (String, Option<crate::domain::ids::CaseId>) {
    let facts = || receipts.iter().flat_map(|receipt| &receipt.facts);
    let case = facts().find_map(Fact::case);
    let number = facts().find_map(|fact| match fact {
        Fact::CaseOpened { number, .. } | Fact::LeadRegistered { number, .. } => Some(number.as_str()),
        _ => None,
    });
    let overridden = receipts.iter().flat_map(|receipt| &receipt.notes).count();
    let notes =
        if overridden == 0 { String::new() } else { format!("（{overridden} 条提示已记入经过）") };
    match number {
        Some(number) => (format!("{number} {said}{notes}"), case),
        None => (format!("{said}{notes}"), case),
    }
}
