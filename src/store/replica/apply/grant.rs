//! What a case grants, and what of it was handed over.

use super::Page;
use super::case::Part;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::grant::{Line, Source, total};
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::Way;
use crate::domain::office::Tier;
use crate::store::replica::answers::grants::source_blob;
use crate::store::replica::bind::people_blob;
use crate::store::replica::fault::Result;

/// A grant as its fact sets it.
struct Set<'a> {
    case: CaseId,
    lines: &'a [Line],
    people: &'a [PersonId],
    on: Day,
    tier: Tier,
    way: Way,
    provisional: bool,
    by: &'a OfficerNo,
}

impl Page<'_> {
    pub(super) fn grant(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::GrantSet { case, lines, people, on, tier, way, provisional, by } => self.set_grant(&Set {
                case: *case,
                lines,
                people,
                on: *on,
                tier: *tier,
                way: *way,
                provisional: *provisional,
                by,
            }),
            Fact::GrantCancelled { case } => self.cancel(*case),
            Fact::LinePaid { case, line, amount, pay_by, at, by, receipt, witness, cash_reason, payer } => {
                self.run(
                    "INSERT OR REPLACE INTO line_paid(case_id, line, amount, pay_by, at, by, by_another, receipt,
                       witness, cash_reason, payer, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                    (
                        case,
                        line,
                        amount,
                        pay_by,
                        at,
                        by,
                        payer.is_some(),
                        self.words(receipt),
                        self.words(witness),
                        self.words(cash_reason),
                        self.words(payer),
                        self.n,
                    ),
                )?;
                self.paid(*case)
            }
            Fact::LineUnpaid { case, line } => {
                self.run("DELETE FROM line_paid WHERE case_id = ?1 AND line = ?2", (case, line))?;
                self.run("DELETE FROM given_back WHERE case_id = ?1 AND line = ?2", (case, line))?;
                self.paid(*case)
            }
            _ => Ok(()),
        }
    }

    fn set_grant(&self, grant: &Set<'_>) -> Result<()> {
        let case = grant.case;
        if !self.has_case(case)? {
            return Ok(());
        }
        self.forget(case)?;
        self.lines(case, Part::Granted, grant.lines, Some(grant.on))?;
        let amount = total(grant.lines);
        self.run(
            "UPDATE cases SET way = ?2, provisional = ?3, decided_by = ?4, decided_on = ?5, decided_tier = ?6,
               granted = ?7 WHERE id = ?1",
            (case, grant.way, grant.provisional, grant.by, grant.on, grant.tier, amount),
        )?;
        let src = source_blob(Source::Case(case));
        self.run(
            "INSERT INTO grant_(src, number, matter, circumstance, people, household, township, village, tier, way,
               amount, on_day, provisional, paid, reason)
             SELECT ?2, number, matter, circumstance, ?3, household, township, village, ?4, ?5, ?6, ?7, ?8, 0, NULL
             FROM cases WHERE id = ?1",
            (
                case,
                &src,
                people_blob(grant.people),
                grant.tier,
                grant.way,
                amount,
                grant.on,
                grant.provisional,
            ),
        )?;
        for person in grant.people {
            self.helped(*person, grant.on, &src, amount)?;
        }
        self.paid(case)
    }

    /// One person that a grant helped.
    pub(super) fn helped(&self, person: PersonId, on: Day, src: &[u8], amount: Money) -> Result<()> {
        self.run(
            "INSERT OR IGNORE INTO grant_person(person, on_day, src, amount) VALUES (?1, ?2, ?3, ?4)",
            (person, on, src, amount),
        )?;
        Ok(())
    }

    fn cancel(&self, case: CaseId) -> Result<()> {
        self.forget(case)?;
        self.run("DELETE FROM line WHERE case_id = ?1 AND part = 2", [case])?;
        self.run(
            "UPDATE cases SET way = NULL, provisional = 0, decided_by = NULL, decided_on = NULL, decided_tier = NULL,
               granted = 0 WHERE id = ?1",
            [case],
        )?;
        // Nothing is left to be ratified.
        self.run(
            "UPDATE ratification SET done_n = ?2 WHERE case_id = ?1 AND done_n IS NULL",
            (case, self.n),
        )?;
        Ok(())
    }

    /// Takes the grant of a case out of what rules and lookups see.
    fn forget(&self, case: CaseId) -> Result<()> {
        let src = source_blob(Source::Case(case));
        let mut before = self.db.prepare_cached("SELECT people, on_day FROM grant_ WHERE src = ?1")?;
        let mut rows = before.query([&src])?;
        if let Some(row) = rows.next()? {
            let people: Vec<u8> = row.get(0)?;
            let on: Day = row.get(1)?;
            for person in crate::store::replica::bind::people_of(&people) {
                self.run(
                    "DELETE FROM grant_person WHERE person = ?1 AND on_day = ?2 AND src = ?3",
                    (person, on, &src),
                )?;
            }
        }
        self.run("DELETE FROM grant_ WHERE src = ?1", [&src])?;
        Ok(())
    }

    /// Whether all money and goods that were granted are handed over.
    fn paid(&self, case: CaseId) -> Result<()> {
        self.run(
            "UPDATE grant_ SET paid = NOT EXISTS (
               SELECT 1 FROM line WHERE line.case_id = ?1 AND part = 2 AND kind IN (1, 2) AND amount <> 0 AND line NOT IN (
                 SELECT line FROM line_paid WHERE line_paid.case_id = ?1))
             WHERE src = ?2",
            (case, source_blob(Source::Case(case))),
        )?;
        Ok(())
    }
}
