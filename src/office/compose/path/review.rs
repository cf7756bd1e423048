//! The appraisal meeting and the township's opinion.

use super::Filled;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::path::{Examine, Review};
use crate::domain::private::Private;
use crate::office::compose::Gap;

impl Filled<'_> {
    pub(super) fn review(&self, private: &mut Private) -> Result<Command, Gap> {
        let groups =
            [("村两委", "village_named"), ("村民代表", "delegates_named"), ("乡镇", "township_named")];
        let named = groups.iter().filter(|(_, key)| self.answers.has(key));
        let attendees: Vec<String> =
            named.map(|(whose, key)| format!("{whose}：{}", self.text(key))).collect();
        let chair = format!("主持人{}，记录人{}", self.text("chair"), self.text("recorder"));
        let chair = if self.answers.has("chair") { chair } else { String::new() };
        Ok(Command::Review(Review {
            case: self.case,
            on: self.day("on")?,
            place: private.put("place", self.text("place")),
            chair: private.put("chair", &chair),
            invited: self.count("invited"),
            village: self.count("village"),
            delegates: self.count("delegates"),
            township: self.count("township"),
            officers: self.officers(&["officers", "officers_too"]),
            attendees: private.put("attendees", &attendees.join("；")),
            aside: self.count("aside"),
            aside_named: private.put("aside", self.text("aside_named")),
            yes: self.count("yes"),
            no: self.count("no"),
            abstained: self.count("abstained"),
            said: private.put("said", self.text("said")),
        }))
    }

    pub(super) fn examine(&self, private: &mut Private) -> Result<Command, Gap> {
        let agrees = self.yes("agrees");
        Ok(Command::Examine(Examine {
            case: self.case,
            on: self.day("on")?,
            agrees,
            amount: if agrees { self.sum("amount") } else { Money::ZERO },
            opinion: private.put("opinion", self.text("opinion")),
        }))
    }
}
