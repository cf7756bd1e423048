//! The public notice and objections, and what follows a decision.

use super::Filled;
use crate::domain::command::Command;
use crate::domain::command::after::{Deliver, FollowUp};
use crate::domain::command::path::{EndNotice, ExemptNotice, Objection, PostNotice, SettleObjection};
use crate::domain::nouns::path::{Delivery, FollowState, FollowWay};
use crate::domain::private::Private;
use crate::office::compose::Gap;

impl Filled<'_> {
    pub(super) fn post(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::PostNotice(PostNotice {
            case: self.case,
            from: self.day("from")?,
            place: private.put("place", self.text("place")),
            posted_by: private.put("posted_by", self.text("posted_by")),
            summary: private.put("summary", self.text("summary")),
            phone: private.put("phone", self.text("phone")),
            photos: self.count("photos"),
        }))
    }

    pub(super) fn end(&self, private: &mut Private) -> Result<Command, Gap> {
        let void =
            self.answers.is("result", "void").then(|| private.put("void", self.text("void"))).flatten();
        if self.answers.is("result", "void") && void.is_none() {
            return Err(Gap::new("void", "提前作废须写明原因，按F4选常用语"));
        }
        Ok(Command::EndNotice(EndNotice { case: self.case, on: self.day("on")?, void }))
    }

    pub(super) fn exempt(&self, private: &mut Private) -> Command {
        Command::ExemptNotice(ExemptNotice {
            case: self.case,
            reason: private.put("reason", self.text("reason")),
        })
    }

    pub(super) fn object(&self, private: &mut Private) -> Result<Command, Gap> {
        let known = self.desk.state.course(self.case).objections.len();
        Ok(Command::Object(Objection {
            case: self.case,
            number: u16::try_from(known).unwrap_or(u16::MAX).saturating_add(1),
            on: self.day("on")?,
            said: private.put("said", self.text("said")),
        }))
    }

    pub(super) fn settle(&self, private: &mut Private) -> Result<Command, Gap> {
        let number = self.text("number").parse().ok();
        Ok(Command::SettleObjection(SettleObjection {
            case: self.case,
            number: number.ok_or_else(|| Gap::new("number", "没有选哪一条异议，请按F4选"))?,
            on: self.day("on")?,
            upheld: self.yes("upheld"),
            finding: private.put("finding", self.text("finding")),
        }))
    }

    pub(super) fn deliver(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::Deliver(Deliver {
            case: self.case,
            on: self.day("on")?,
            delivery: self.word("delivery", Delivery::from_digit)?,
            receipt: private.put("receipt", self.text("receipt")),
        }))
    }

    pub(super) fn follow_up(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::FollowUp(FollowUp {
            case: self.case,
            on: self.day("on")?,
            way: self.word("way", FollowWay::from_digit)?,
            received: self.yes("received"),
            state: self.word("state", FollowState::from_digit)?,
            respondent: private.put("respondent", self.text("respondent")),
            found: private.put("found", self.text("found")),
        }))
    }
}
