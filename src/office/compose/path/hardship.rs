//! 困难详情 (F3, F1, F2): every word goes into a slot of its own, sealed; the command names the slots.

use super::Filled;
use crate::domain::command::Command;
use crate::domain::command::after::Hardship;
use crate::domain::ids::{PersonId, Text};
use crate::domain::private::Private;
use crate::forms::tables::path::{hardship, members};
use crate::office::compose::Gap;
use std::collections::BTreeSet;

/// The slot of a member's text.
pub(in crate::office) fn slot(person: PersonId) -> String {
    format!("member-{person}")
}

impl Filled<'_> {
    pub(super) fn hardship(&self, private: &mut Private) -> Result<Command, Gap> {
        let mut texts: BTreeSet<Text> = BTreeSet::new();
        for (slot, text) in hardship::told(self.answers) {
            texts.extend(private.put(slot, &text));
        }
        for (person, (name, said)) in members::told(self.answers) {
            let person: PersonId = person
                .parse()
                .map_err(|_| Gap::new("members", "有一行没有选成员，请按F4选，或按Ctrl-D删去"))?;
            texts.extend(private.put(&slot(person), &members::written(&name, &said)));
        }
        if texts.is_empty() {
            return Err(Gap::new("kind", "困难详情一项也没有填，请至少填一项"));
        }
        Ok(Command::Hardship(Hardship { case: self.case, on: self.day("on")?, texts }))
    }
}
