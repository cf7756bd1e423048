//! What the worker and other threads say, taken in on the thread that draws.

use super::{Host, Inward, Opens, Pending, RUN_MINUTES};
use crate::domain::answers::Answers as _;
use crate::domain::fact::Fact;
use crate::office::outcome::{Outcome, Receipt};
use crate::office::session::Session;
use crate::office::worker::{News, Standing};
use crate::store::fault::{Fault, FaultKind};
use crate::ui::product::Reply;
use crate::ui::stack::ScreenId;

impl Host {
    /// Takes in everything that was said.
    pub(super) fn listen(&mut self) {
        while let Ok(inward) = self.inward.1.try_recv() {
            match inward {
                Inward::News(news) => self.hear(news),
                Inward::Printed { from, file } => {
                    let reply = match file {
                        Ok(file) => Reply::Printed(file.display().to_string()),
                        Err(fault) => Reply::Failed(fault.to_string()),
                    };
                    self.send(Some(from), reply);
                }
                Inward::Changed { from, made } => self.changed(from, *made),
                Inward::Made(made) => self.made(*made),
                Inward::Sheet { from, made } => self.sheet_made(from, *made),
                Inward::Opened { from, what, result } => self.opened(from, what, *result),
            }
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Drive(drive, n) => {
                let before = std::mem::replace(&mut self.drive, drive);
                self.n = n;
                self.count_waiting();
                self.send(None, Reply::Link(self.link()));
                if self.drive == Standing::hangs() {
                    self.say_held();
                }
                if self.drive.drive.is_wrong() {
                    self.send(None, Reply::Told { sentence: self.drive.sentence(), wrong: true });
                } else if before.drive.is_wrong() {
                    self.send(None, Reply::Told { sentence: self.drive.sentence(), wrong: false });
                }
            }
            News::Waits(who) => {
                self.waits = who.map(|who| self.with_name(&who));
                let sentence = match &self.waits {
                    Some(who) => format!("{who}，轮到后自动接着办，可以先做别的"),
                    None => String::new(),
                };
                self.send(None, Reply::Told { sentence, wrong: false });
                self.send(None, Reply::Link(self.link()));
            }
            News::Requested(left) => self.requested(left),
            News::Requests(read) => self.requests_read(read),
            News::Keys(keys) => {
                self.front.learn_keys(keys);
                self.tell_superseded();
                // Whoever signs in here first is known only now.
                self.send(None, Reply::News);
            }
            News::Pulled(n) => {
                self.n = n;
                self.front.learn_share_time(None);
            }
            News::Ready => self.arrive(),
            News::Settled { group, outcome, waited } => {
                self.settled(group, outcome, waited);
                self.count_waiting();
                self.let_keys_go();
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

    /// The call that carries orders hangs: their forms need not wait for it. What became of them is told when it returns.
    pub(super) fn say_held(&mut self) {
        let said = "共享盘没有应答。已签名保存在本机，恢复后自动送出，再告诉您结果，不要重办";
        let waiting = self.pending.values_mut().filter(|pending| !pending.held);
        let told: Vec<ScreenId> = waiting
            .map(|pending| {
                pending.held = true;
                pending.from
            })
            .collect();
        for from in told {
            self.send(Some(from), Reply::Held(said.to_owned()));
        }
    }

    /// Adds the name of the officer whose number stands in the sentence of who writes, where this PC knows it.
    fn with_name(&self, who: &str) -> String {
        let number = who.strip_prefix("正在由 ").and_then(|rest| rest.strip_suffix(" 写入"));
        let name = number.and_then(|number| {
            let known = self.front.reader().ok()?.officer(&number.into())?;
            Some(known.name).filter(|name| !name.is_empty())
        });
        match (number, name) {
            (Some(number), Some(name)) => format!("正在由 {name}({number}) 写入"),
            _ => who.to_owned(),
        }
    }

    fn opened(&mut self, from: ScreenId, what: Opens, result: Result<Session, Fault>) {
        match result {
            Err(fault) => self.send(Some(from), Reply::NotSignedIn(fault.to_string())),
            Ok(session) if what == Opens::Screen => {
                // Signed out meanwhile: the screen is gone.
                if !self.locked {
                    return;
                }
                self.front.wake(session);
                (self.locked, self.superseded) = (false, false);
                self.send(Some(from), Reply::Unlocked);
            }
            Ok(_) if what == Opens::Run => {
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
            self.remind_of_codes();
        }
    }

    fn settled(&mut self, group: u64, outcome: Outcome, waited: bool) {
        let pending = match &outcome {
            Outcome::Done(_) | Outcome::Refused(_) => self.pending.remove(&group),
            Outcome::Waiting(_) | Outcome::Unknown(_) => {
                self.pending.get_mut(&group).filter(|pending| !pending.held).map(|pending| {
                    pending.held = true;
                    Pending { held: true, ..Pending::of(pending.from, pending.said.clone()) }
                })
            }
        };
        let Some(pending) = pending else { return };
        let late = pending.held && pending.deed && matches!(outcome, Outcome::Done(_) | Outcome::Refused(_));
        let to = Some(if late { ScreenId::NOBODY } else { pending.from });
        match outcome {
            Outcome::Done(receipts) => {
                if !waited {
                    self.front.learn_share_time(receipts.last().map(|receipt| receipt.n));
                }
                let (mut sentence, case) = told(&pending.said, &receipts);
                if let Some(next) = pending.next_of.and_then(|case| self.front.next_of(case)) {
                    sentence = format!("{}。{next}", sentence.trim_end_matches('。'));
                }
                let notes = receipts.into_iter().flat_map(|receipt| receipt.notes).collect();
                self.send(to, Reply::Done { sentence, case, notes });
                self.send(None, Reply::News);
                if let Some(sheet) = pending.sheet {
                    self.print_sheet(pending.from, &sheet);
                }
                self.code_refused(pending.code_of.as_ref(), Vec::new());
            }
            Outcome::Refused(refusals) => {
                self.front.drop_change();
                // Refused at once: the words are the form's again. Refused on return: they stand in the outbox.
                if !waited {
                    self.give_back(to, group, pending.draft);
                }
                let refusals = self.code_refused(pending.code_of.as_ref(), refusals);
                self.send(to, Reply::Refused(refusals));
            }
            Outcome::Waiting(fault) | Outcome::Unknown(fault) => {
                let when = match fault.kind {
                    FaultKind::Busy => "轮到后",
                    FaultKind::ReadOnly | FaultKind::Full | FaultKind::Clock => "能写后",
                    _ => "恢复联机后",
                };
                let sentence = format!("{}。已签名保存在本机待传，{when}自动送出并裁定", fault.what);
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
