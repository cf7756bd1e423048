//! Requests of officers on the share, as this desk reads and answers them.

use super::Desk;
use crate::office::request::{Asked, DAYS, Request};
use crate::store::fault::Fault;

impl Desk {
    /// Leaves a request where the administrator's PC finds it.
    ///
    /// # Errors
    /// The share cannot be written now.
    pub fn leave_request(&mut self, request: &Request) -> Result<(), Fault> {
        let name = request.key.id().ok_or_else(|| Fault::bug("公钥不成形"))?;
        self.log.leave_request(&name, &request.text()?)
    }

    /// The requests that wait. Those that were answered or are too old are taken away.
    ///
    /// # Errors
    /// The share cannot be read now.
    pub fn requests(&mut self) -> Result<Vec<Asked>, Fault> {
        let now = (self.clock)();
        let mut waiting = Vec::new();
        for (name, text) in self.log.requests()? {
            let Some(request) = Request::read(self.county, &text) else { continue };
            let old = request.made().plus_hours(24 * DAYS) < now;
            let answered = request.key.id().is_some_and(|id| self.keys.knows(&id));
            if old || answered {
                // Somebody else may take it away at the same moment, or nobody can: it is passed over all the same.
                let _ = self.log.drop_request(&name);
                continue;
            }
            // One that waits for a second administrator stays until then, and is not shown again.
            if self.keys.proposals().any(|(_, known)| known.grant.key() == Some(&request.key)) {
                continue;
            }
            let digits = request.digits(self.county)?;
            waiting.push(Asked { name, request, digits });
        }
        waiting.sort_by(|a, b| (&a.request.officer, a.request.at).cmp(&(&b.request.officer, b.request.at)));
        Ok(waiting)
    }

    /// Takes a request away.
    ///
    /// # Errors
    /// The share cannot be written now.
    pub fn drop_request(&mut self, name: &str) -> Result<(), Fault> {
        self.log.drop_request(name)
    }
}
