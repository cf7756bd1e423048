//! Application and acceptance, and changing the path.

use super::Filled;
use crate::domain::command::Command;
use crate::domain::command::path::{Accept, ChangePath, Corrected, Decline, OnceNotice};
use crate::domain::nouns::Path;
use crate::domain::nouns::path::Delivery;
use crate::domain::private::Private;
use crate::office::compose::Gap;

impl Filled<'_> {
    pub(super) fn once_notice(&self, private: &mut Private) -> Result<Command, Gap> {
        let overridden = !self.overrides.is_empty();
        Ok(Command::OnceNotice(OnceNotice {
            case: self.case,
            on: self.day("on")?,
            until: self.day("until")?,
            received: private.put("received", self.text("received")),
            missing: private.put("missing", self.text("missing")),
            delivery: self.word("delivery", Delivery::from_digit)?,
            receipt: private.put("receipt", self.text("receipt")),
            overrides: self.overrides.clone(),
            override_reason: overridden
                .then(|| private.put("override", self.text("override_reason")))
                .flatten(),
        }))
    }

    pub(super) fn corrected(&self, private: &mut Private) -> Result<Command, Gap> {
        let note = private.put("note", self.text("note"));
        Ok(Command::Corrected(Corrected { case: self.case, on: self.day("on")?, note }))
    }

    pub(super) fn accept(&self, private: &mut Private) -> Result<Command, Gap> {
        let note = private.put("note", self.text("note"));
        let delivery = Some(self.word("delivery", Delivery::from_digit)?);
        let receipt = private.put("receipt", self.text("receipt"));
        Ok(Command::Accept(Accept { case: self.case, on: self.day("on")?, note, delivery, receipt }))
    }

    pub(super) fn decline(&self, private: &mut Private) -> Command {
        Command::Decline(Decline { case: self.case, reason: private.put("reason", self.text("reason")) })
    }

    pub(super) fn change(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::ChangePath(ChangePath {
            case: self.case,
            path: self.word("path", Path::from_digit)?,
            reason: private.put("reason", self.text("reason")),
        }))
    }
}
