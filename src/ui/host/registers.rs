//! Answers to what the screens of the team that finds hardship ask.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::registers::{RegisterAsk, RegisterReply};

impl Host {
    /// Answers one question.
    pub(super) fn registers(&self, ask: RegisterAsk) -> Result<RegisterReply, Fault> {
        Ok(match ask {
            RegisterAsk::Team => RegisterReply::Team(self.front.team()?),
            RegisterAsk::Discovery(year) => RegisterReply::Discovery(Box::new(self.front.discovery(year)?)),
        })
    }
}
