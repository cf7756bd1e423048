//! 到期销毁: what the private parts of destroyed cases had filled is emptied; numbers, days and amounts stay. A replica that
//! is built again from rows that are empty by then comes out alike: an entry without its private part fills nothing.

use super::Page;
use super::kernel::json;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, PersonId};
use crate::store::replica::fault::Result;
use crate::store::replica::keys;

/// The private words that stand with a case, each emptied by its id.
const OF_CASE: &[&str] = &[
    "UPDATE cases SET reason = NULL, meet_minutes = NULL WHERE id = ?1",
    "UPDATE line_paid SET receipt = NULL, witness = NULL, cash_reason = NULL, payer = NULL WHERE case_id = ?1",
    "UPDATE account SET number = NULL, holder = NULL, bank = NULL, letter = NULL WHERE case_id = ?1",
    "UPDATE given_back SET receipt = NULL WHERE case_id = ?1",
    "UPDATE recovery SET reason = NULL WHERE case_id = ?1",
    "UPDATE recovery_paid SET receipt = NULL WHERE case_id = ?1",
    "UPDATE step SET text = NULL WHERE case_id = ?1",
    "UPDATE item SET moved = NULL WHERE case_id = ?1",
    "UPDATE voucher SET text = NULL WHERE case_id = ?1",
    "UPDATE stock_move SET document = NULL, reason = NULL WHERE case_id = ?1",
    "UPDATE ratification SET reason = NULL WHERE case_id = ?1",
    "UPDATE noted SET reason = NULL WHERE case_id = ?1",
    "UPDATE unmasked SET text = NULL WHERE case_id = ?1",
    "UPDATE finding SET text = NULL, answer = NULL, looked = NULL, document = NULL, moved_reason = NULL
       WHERE case_id = ?1",
    "UPDATE lead SET said = NULL, reason = NULL, caller = NULL, caller_phone = NULL, who = NULL, place = NULL,
       found_by = NULL WHERE id = (SELECT lead FROM cases WHERE id = ?1)",
    "UPDATE meeting_held SET minutes = NULL, place = NULL, chair = NULL, attendees = NULL, topic = NULL, opinions = NULL
       WHERE case_id = ?1",
    "UPDATE examination SET opinion = NULL WHERE case_id = ?1",
    "UPDATE raised SET reason = NULL, lowered_reason = NULL WHERE case_id = ?1",
    "UPDATE city SET reason = NULL, reply_text = NULL WHERE case_id = ?1",
    "UPDATE called_back SET reason = NULL, settled = NULL WHERE case_id = ?1",
    "UPDATE referral SET body = NULL, what = NULL, answer = NULL WHERE case_id = ?1",
    "UPDATE service SET provider = NULL, result = NULL WHERE case_id = ?1",
    "UPDATE other_help SET text = NULL WHERE case_id = ?1",
    "UPDATE home_reply SET text = NULL WHERE case_id = ?1",
    "DELETE FROM path_text WHERE case_id = ?1",
    "UPDATE payee_note SET reason = NULL WHERE case_id = ?1",
    "UPDATE grant_ SET reason = NULL WHERE src = x'43' || ?1",
];

impl Page<'_> {
    /// Empties what the destroyed parts had filled, where the kernel lets the fact take effect.
    pub(super) fn erase(&self, fact: &Fact) -> Result<()> {
        let Fact::Erased { cases, people, rows } = fact else { return Ok(()) };
        if !self.takes_effect(fact)? {
            return Ok(());
        }
        for case in cases {
            for sql in OF_CASE {
                self.run(sql, [case])?;
            }
            self.erased_case(*case)?;
        }
        for person in people {
            self.erased_person(*person)?;
        }
        let mut entries: i64 = 0;
        for (first, last) in rows {
            let span = (i64::try_from(*first).unwrap_or(i64::MAX), i64::try_from(*last).unwrap_or(i64::MAX));
            entries = entries.saturating_add(span.1.saturating_sub(span.0)).saturating_add(1);
            self.words_of_entries(span)?;
        }
        let count = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
        self.run(
            "INSERT OR REPLACE INTO erasure(n, at, by, cases, people, entries, spans)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (
                self.n,
                self.now(),
                self.entry.author,
                count(cases.len()),
                count(people.len()),
                entries,
                json(rows)?,
            ),
        )?;
        Ok(())
    }

    fn erased_case(&self, case: CaseId) -> Result<usize> {
        self.run("INSERT OR IGNORE INTO erased_case(case_id, n) VALUES (?1, ?2)", (case, self.n))
    }

    fn erased_person(&self, person: PersonId) -> Result<usize> {
        if let Some(before) = self.details_before(person)? {
            for (kind, key) in keys::of(&before) {
                self.run(
                    "DELETE FROM search_key WHERE kind = ?1 AND key = ?2 AND person = ?3",
                    (kind, key, person),
                )?;
            }
        }
        self.run("DELETE FROM person_private WHERE person = ?1", [person])?;
        self.run("INSERT OR REPLACE INTO erased_person(person, n) VALUES (?1, ?2)", (person, self.n))
    }

    /// Words that stand with an entry and with no case.
    fn words_of_entries(&self, span: (i64, i64)) -> Result<()> {
        for sql in [
            "UPDATE unmasked SET text = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE noted SET reason = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE voucher SET text = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE stock_move SET document = NULL, reason = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE lead SET said = NULL, caller = NULL, caller_phone = NULL, who = NULL, place = NULL, found_by = NULL
             WHERE n BETWEEN ?1 AND ?2",
            "UPDATE lead SET reason = NULL WHERE ended_n BETWEEN ?1 AND ?2",
            "UPDATE person_link SET reason = NULL WHERE reason_n BETWEEN ?1 AND ?2",
            "UPDATE relative SET relation = NULL, born = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE replenish SET note = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE incident SET name = NULL WHERE n BETWEEN ?1 AND ?2",
            "UPDATE incident SET closed = NULL WHERE closed_n BETWEEN ?1 AND ?2",
        ] {
            self.run(sql, span)?;
        }
        // Which private field a correction changed is read from the private part itself.
        let sql = "SELECT n, changed FROM history WHERE n BETWEEN ?1 AND ?2 AND instr(changed, '改') > 0";
        let told: Vec<(i64, String)> = self
            .db
            .prepare_cached(sql)?
            .query_map(span, |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (n, changed) in told {
            let left: Vec<&str> = changed.split('；').filter(|part| !part.starts_with('改')).collect();
            self.run("UPDATE history SET changed = ?2 WHERE n = ?1", (n, left.join("；")))?;
        }
        Ok(())
    }
}
