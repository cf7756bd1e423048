//! The team that finds hardship, in the script.

use super::{Script, When};
use crate::base::division;
use crate::domain::command::Command;
use crate::domain::command::registers::{EndDiscoverer, NoteDiscoverer};
use crate::domain::ids::DiscovererId;
use crate::domain::private::Private;
use crate::domain::registers::DiscovererKind;
use crate::office::random;
use crate::store::fault::Fault;

impl Script<'_> {
    /// 发现人登记 in a village.
    pub(in super::super) fn joins(
        &mut self,
        when: When,
        by: &'static str,
        village: u64,
        kind: DiscovererKind,
        (name, phone): (&str, &str),
    ) -> Result<DiscovererId, Fault> {
        let discoverer = DiscovererId(random::bytes()?);
        let mut private = Private::default();
        let note = NoteDiscoverer {
            discoverer,
            township: division::village(village).map_or(0, |known| known.township),
            village,
            kind,
            since: self.days.at(when.0, when.1).day(),
            name: private.put("name", name),
            phone: private.put("phone", phone),
        };
        self.say(when, by, vec![(Command::NoteDiscoverer(note), private)]);
        Ok(discoverer)
    }

    /// 发现人离队.
    pub(in super::super) fn leaves(&mut self, when: When, by: &'static str, who: DiscovererId, why: &str) {
        let mut private = Private::default();
        let until = self.days.at(when.0, when.1).day();
        let end = EndDiscoverer { discoverer: who, until, reason: private.put("reason", why) };
        self.say(when, by, vec![(Command::EndDiscoverer(end), private)]);
    }
}
