//! Leads.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::ids::Text;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn lead(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::LeadRegistered {
                lead,
                number,
                channel,
                township,
                village,
                circumstance,
                severity,
                at,
                due_visit,
                due_money,
                person,
                said,
                discoverer,
            } => {
                // What no rule asks for stands in the private part alone.
                let told = |slot: &str| self.words(&Some(Text::from(slot)));
                self.run(
                    "INSERT OR REPLACE INTO lead(id, number, channel, township, village, circumstance, severity, at,
                       due_visit, due_money, person, said, by, n, discoverer, caller, caller_phone, who, place,
                       found_by)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
                    rusqlite::params![
                        lead,
                        number,
                        channel,
                        township,
                        village.map(Village),
                        circumstance,
                        severity,
                        at,
                        due_visit,
                        due_money,
                        person,
                        self.words(said),
                        self.entry.author,
                        self.n,
                        discoverer,
                        told("caller"),
                        told("caller-phone"),
                        told("who"),
                        told("place"),
                        told("discoverer")
                    ],
                )?;
                self.numbered_lead(number, *township)?;
            }
            Fact::LeadAnswered { lead, at } => {
                self.run("UPDATE lead SET answered = ?2 WHERE id = ?1", (lead, at))?;
            }
            Fact::LeadEnded { lead, how, case, reason } => {
                self.run(
                    "UPDATE lead SET ended = ?2, ended_n = ?3, case_id = ?4, reason = ?5 WHERE id = ?1",
                    (lead, how, self.n, case, self.words(reason)),
                )?;
            }
            _ => {}
        }
        Ok(())
    }
}
