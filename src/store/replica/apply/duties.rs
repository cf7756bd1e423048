//! Who stands in, who is on duty, who handles what from here on.

use super::Page;
use crate::base::division;
use crate::domain::fact::Fact;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::{ReplicaFault, Result};

impl Page<'_> {
    pub(super) fn duties(&self, fact: &Fact) -> Result<()> {
        let lent = matches!(fact, Fact::DelegationGiven { .. } | Fact::DelegationEnded { .. });
        if lent && !self.takes_effect(fact)? {
            return Ok(());
        }
        match fact {
            Fact::DelegationGiven { from, to, since, until, by, reason } => {
                self.run(
                    "INSERT OR REPLACE INTO delegation(to_, since, from_, until, by, reason, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (to, since, from, until, by, self.words(reason), self.n),
                )?;
            }
            Fact::DelegationEnded { from, to, since } => {
                self.run(
                    "UPDATE delegation SET ended_n = ?4, ended_on = ?5
                     WHERE to_ = ?1 AND since = ?2 AND from_ = ?3 AND ended_n IS NULL",
                    (to, since, from, self.n, self.now().day()),
                )?;
                self.end_sheets(fact)?;
            }
            Fact::DutySet { office, day, officers, phone } => {
                self.run(
                    "INSERT OR REPLACE INTO duty(day, office, officers, phone) VALUES (?1, ?2, ?3, ?4)",
                    (day, office, json(officers)?, self.words(phone)),
                )?;
            }
            Fact::HandlerChanged { case, to, moved, village, .. } => {
                if let Some(place) = village.and_then(division::village) {
                    let to = (case, place.township, Village(place.code));
                    self.run("UPDATE cases SET township = ?2, village = ?3 WHERE id = ?1", to)?;
                    let home = "UPDATE household SET township = ?2, village = ?3
                       WHERE id = (SELECT household FROM cases WHERE id = ?1)";
                    self.run(home, to)?;
                }
                self.run(
                    "INSERT OR IGNORE INTO handled(case_id, officer) SELECT id, handler FROM cases WHERE id = ?1",
                    [case],
                )?;
                self.run("UPDATE cases SET handler = ?2 WHERE id = ?1", (case, to))?;
                for kind in moved {
                    let sql = "UPDATE item SET handler = ?3 WHERE case_id = ?1 AND kind = ?2
                       AND EXISTS (SELECT 1 FROM cases WHERE id = ?1)";
                    self.run(sql, (case, kind, to))?;
                }
            }
            Fact::HandedOver { from, to, witness, on, cases, late, cash, book, blanks, note } => {
                self.run(
                    "INSERT OR REPLACE INTO handed_over(n, from_, to_, witness, on_day, cases, late, cash, book, blanks, note)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    (self.n, from, to, witness, on, cases, late, cash, book, json(blanks)?, self.words(note)),
                )?;
                self.end_sheets(fact)?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| ReplicaFault::Unreadable)
}
