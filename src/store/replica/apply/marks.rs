//! Marks: what this program's checks found in an entry. A marked case cannot move until the county settles it.

use super::Page;
use crate::domain::code::Code;
use crate::domain::command::trust::MarkOf;
use crate::domain::fact::Fact;
use crate::domain::ids::{BatchId, CaseId};
use crate::domain::nouns::Stage;
use crate::domain::office::Office;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use std::collections::BTreeSet;

impl Page<'_> {
    pub(super) fn marks(&self) -> Result<()> {
        let entry = self.entry;
        if entry.marks.is_empty() {
            return self.settle();
        }
        let mut about: BTreeSet<CaseId> = entry.facts.iter().filter_map(Fact::case).collect();
        let batches: BTreeSet<BatchId> = entry.facts.iter().filter_map(Fact::batch).collect();
        for batch in batches {
            let sql = "SELECT case_id FROM batch_line WHERE batch = ?1";
            about.extend(many(self.db, sql, [batch], |row| row.get::<_, CaseId>(0))?);
        }
        let mut cases: Vec<Option<CaseId>> = about.into_iter().map(Some).collect();
        if cases.is_empty() {
            cases.push(None);
        }
        for mark in entry.marks {
            // What concerns the record itself, and not what was done, holds no case up.
            let cases: &[Option<CaseId>] = if mark.code == Code::Chain { &[None] } else { &cases };
            for case in cases {
                self.add(
                    "INSERT INTO mark(n, at, by, code, sentence, clause, case_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (self.n, self.now(), entry.author, mark.code, &mark.sentence, mark.clause, case),
                )?;
            }
        }
        Ok(())
    }

    /// An unmarked entry of the county that ratifies, reverses or ends settles what was marked before it; never what its own
    /// author wrote.
    fn settle(&self) -> Result<()> {
        let settled: BTreeSet<CaseId> = self
            .entry
            .facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Ratified { case, .. } | Fact::GrantCancelled { case } => Some(*case),
                Fact::MarkSettled { of: MarkOf::Case { case }, .. } => Some(*case),
                Fact::StageSet { case, stage: Stage::Refused | Stage::Terminated, .. } => Some(*case),
                _ => None,
            })
            .collect();
        let mut entries = self.entry.facts.iter().filter_map(|fact| match fact {
            Fact::MarkSettled { of: MarkOf::Entry { n }, .. } => i64::try_from(*n).ok(),
            _ => None,
        });
        let entry = entries.next();
        if settled.is_empty() && entry.is_none() {
            return Ok(());
        }
        let mut office = self.db.prepare_cached("SELECT 1 FROM officer WHERE no = ?1 AND office = ?2")?;
        if office.exists((self.entry.author, Office::County))? {
            if let Some(entry) = entry {
                self.run(
                    "UPDATE mark SET settled_n = ?2 WHERE n = ?1 AND case_id IS NULL AND settled_n IS NULL AND by <> ?3",
                    (entry, self.n, self.entry.author),
                )?;
            }
            for case in settled {
                self.run(
                    "UPDATE mark SET settled_n = ?2 WHERE case_id = ?1 AND settled_n IS NULL AND by <> ?3",
                    (case, self.n, self.entry.author),
                )?;
            }
        }
        Ok(())
    }
}
