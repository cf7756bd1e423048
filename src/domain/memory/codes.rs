//! Sheets of spoken codes in memory.

use super::Memory;
use crate::base::day::Stamp;
use crate::domain::code_sheet::{CodeSheet, ended_by};
use crate::domain::fact::Fact;

impl Memory {
    /// A sheet is issued, read from, or told wrong. A code that was spent stays spent, whatever a later entry says.
    pub(super) fn code_sheets(&mut self, at: Stamp, fact: &Fact) {
        match fact {
            Fact::CodesIssued { officer, salt, cost, digests, from, until } => {
                let sheet = CodeSheet {
                    salt: salt.clone(),
                    cost: *cost,
                    digests: digests.clone(),
                    next: 0,
                    issued: at,
                    from: from.clone(),
                    until: *until,
                    ended: None,
                    missed: 0,
                };
                self.sheets.insert(officer.clone(), sheet);
            }
            Fact::CodeSpent { officer, next } => {
                if let Some(sheet) = self.sheets.get_mut(officer) {
                    sheet.next = sheet.next.max(*next);
                }
            }
            Fact::CodeMissed { officer } => {
                if let Some(sheet) = self.sheets.get_mut(officer) {
                    sheet.missed = sheet.missed.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    /// Ends the sheets that a fact ends. What ended once keeps its reason.
    pub(super) fn end_sheets(&mut self, fact: &Fact) {
        let Some(ending) = ended_by(fact) else { return };
        for (holder, sheet) in &mut self.sheets {
            if sheet.ended.is_none() && ending.ends(holder, sheet.from.as_ref()) {
                sheet.ended = Some(ending.by);
            }
        }
    }
}
