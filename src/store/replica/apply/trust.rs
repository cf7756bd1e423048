//! Findings of the supervisor.

use super::Page;
use crate::domain::command::trust::About;
use crate::domain::fact::Fact;
use crate::domain::nouns::FindingState;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn finding(&self, fact: &Fact) -> Result<()> {
        if !self.takes_effect(fact)? {
            return Ok(());
        }
        let (now, by) = (self.now(), self.entry.author);
        if let Fact::FindingRaised { finding, .. }
        | Fact::FindingAnswered { finding, .. }
        | Fact::FindingSettled { finding, .. }
        | Fact::FindingTransferred { finding, .. } = fact
        {
            self.run("INSERT OR IGNORE INTO finding_entry(finding, n) VALUES (?1, ?2)", (finding, self.n))?;
        }
        match fact {
            Fact::FindingRaised { finding, number, about, office, entry, due, text } => {
                let (word, case, township, officer) = match about {
                    About::Case { case } => ("case", Some(case), None, None),
                    About::Township { township } => ("township", None, Some(township), None),
                    About::Officer { officer } => ("officer", None, None, Some(officer)),
                };
                let entry = entry.and_then(|n| i64::try_from(n).ok());
                self.run(
                    "INSERT OR REPLACE INTO finding(id, number, n, at, by, about, case_id, township, officer, office,
                       entry, due, text, state)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                    rusqlite::params![
                        finding,
                        number,
                        self.n,
                        now,
                        by,
                        word,
                        case,
                        township,
                        officer,
                        office,
                        entry,
                        due,
                        self.words(text),
                        FindingState::Raised
                    ],
                )?;
                self.numbered_finding(number)?;
            }
            Fact::FindingAnswered { finding, text } => {
                self.run(
                    "UPDATE finding SET state = ?2, answer = ?3, answered_by = ?4, answered = ?5 WHERE id = ?1",
                    (finding, FindingState::Answered, self.words(text), by, now),
                )?;
            }
            Fact::FindingSettled { finding, again: Some(due), text } => {
                self.run(
                    "UPDATE finding SET state = ?2, due = ?3, looked = ?4 WHERE id = ?1",
                    (finding, FindingState::Raised, due, self.words(text)),
                )?;
            }
            Fact::FindingSettled { finding, again: None, text } => {
                self.run(
                    "UPDATE finding SET state = ?2, looked = ?3, settled_by = ?4, settled = ?5 WHERE id = ?1",
                    (finding, FindingState::Settled, self.words(text), by, now),
                )?;
            }
            Fact::FindingTransferred { finding, to, document, reason } => {
                self.run(
                    "UPDATE finding SET moved_to = ?2, document = ?3, moved_reason = ?4, moved = ?5 WHERE id = ?1",
                    (finding, to, self.words(document), self.words(reason), now),
                )?;
            }
            _ => {}
        }
        Ok(())
    }
}
