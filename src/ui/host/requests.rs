//! Requests of new officers at the host: left by the sign-in screen, read for an administrator. The worker reads them, so
//! they come later; home asks only now and then, because each costs a derivation.

use super::{Host, Inward};
use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::domain::office::Office;
use crate::office::request::Asked;
use crate::store::fault::Fault;
use crate::ui::product::{AdministratorHome, Reply};
use crate::ui::stack::ScreenId;
use zeroize::Zeroizing;

/// Home reads the requests again after so many minutes.
const AGAIN_MINUTES: i64 = 2;

/// What is known of requests.
#[derive(Default)]
pub(super) struct Requests {
    waiting: Vec<Asked>,
    /// When they were read last.
    read: Option<Stamp>,
    /// The screens that wait for them.
    readers: Vec<ScreenId>,
    /// The screen whose request is on its way.
    applying: Option<ScreenId>,
}

impl Host {
    /// Somebody applies at the sign-in screen.
    pub(super) fn apply_for(
        &mut self,
        from: ScreenId,
        officer: &str,
        office: Office,
        password: Zeroizing<String>,
    ) {
        let voice = self.voice();
        let officer = OfficerNo(officer.trim().to_owned());
        let begun = self.front.begin_request(officer, office, password, move |made| {
            voice.tell(Inward::Made(Box::new(made)));
        });
        match begun {
            Ok(()) => self.requests.applying = Some(from),
            Err(fault) => self.send(Some(from), Reply::Failed(fault.to_string())),
        }
    }

    /// The key is made: the worker leaves the request.
    pub(super) fn made(&mut self, made: Result<crate::office::request::Request, Fault>) {
        match made {
            Ok(request) => {
                if !self.front.leave_request(request) {
                    self.requested(Err(Fault::busy("共享盘没有应答")));
                }
            }
            Err(fault) => self.requested(Err(fault)),
        }
    }

    /// The request lies there, or not.
    pub(super) fn requested(&mut self, left: Result<String, Fault>) {
        let Some(from) = self.requests.applying.take() else { return };
        let reply = match left {
            Ok(digits) => Reply::Requested(digits),
            Err(fault) => Reply::Failed(fault.to_string()),
        };
        self.send(Some(from), reply);
    }

    /// What a screen is told at once; the list follows when it is read.
    pub(super) fn requests(&mut self, from: ScreenId) -> Result<Reply, Fault> {
        self.requests.readers.push(from);
        self.front.read_requests();
        self.requests_reply(true)
    }

    /// Those of the last reading that were not answered since.
    fn waiting(&self) -> impl Iterator<Item = &Asked> {
        self.requests.waiting.iter().filter(|asked| !self.front.is_answered(&asked.request.key))
    }

    fn requests_reply(&self, reading: bool) -> Result<Reply, Fault> {
        let officers = self.front.reader()?.officers()?;
        Ok(Reply::Requests {
            waiting: self.waiting().cloned().collect(),
            reading,
            known: officers.into_iter().map(|officer| (officer.no, officer.name)).collect(),
        })
    }

    /// Home of an administrator wants to know how many wait.
    pub(super) fn read_requests_now_and_then(&self) {
        let now = self.front.now();
        let due = self.requests.read.is_none_or(|read| read.minutes_until(now) >= AGAIN_MINUTES);
        if due {
            self.front.read_requests();
        }
    }

    /// The worker read them.
    pub(super) fn requests_read(&mut self, read: Result<Vec<Asked>, Fault>) {
        self.requests.read = Some(self.front.now());
        let readers = std::mem::take(&mut self.requests.readers);
        let reply = match read {
            Ok(waiting) => {
                let changed = self.requests.waiting != waiting;
                self.requests.waiting = waiting;
                if changed && self.officer.is_some() {
                    self.send(None, Reply::News);
                }
                self.requests_reply(false)
            }
            Err(fault) => Err(fault),
        };
        for from in readers {
            let told = match &reply {
                Ok(reply) => reply.clone(),
                Err(fault) => Reply::Failed(fault.to_string()),
            };
            self.send(Some(from), told);
        }
    }

    /// What waits for the administrator in session.
    pub(super) fn administrator_home(&self) -> Result<AdministratorHome, Fault> {
        let keys = self.front.keys_view()?;
        Ok(AdministratorHome {
            requests: self.waiting().count(),
            proposals: keys.waiting.iter().filter(|grant| grant.proposal.by != keys.me).count(),
            without_key: keys.without_key,
            wants_data_key: keys.wants,
        })
    }
}
