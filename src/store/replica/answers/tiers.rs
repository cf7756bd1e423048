//! The tiers beyond one approver and what stands beside a case.

use super::{Ask, kept, many, one};
use crate::base::day::Day;
use crate::domain::ids::{CaseId, IncidentId, MatterId, ReferralId};
use crate::domain::tiers::{
    CityFile, CityReply, Examined, Filed, Incident, PayeeNote, Referral, RosterRow, TierAnswers, TierFile,
};
use rusqlite::{Connection, Result, Row};

fn file(db: &Connection, case: CaseId) -> Result<TierFile> {
    let sql = "SELECT EXISTS (SELECT 1 FROM raised WHERE case_id = ?1 AND lowered_n IS NULL),
         home_to_ask = 1 OR EXISTS (SELECT 1 FROM home_reply WHERE case_id = ?1),
         (SELECT helped FROM home_reply WHERE case_id = ?1),
         (SELECT due FROM called_back WHERE case_id = ?1)
       FROM cases WHERE id = ?1";
    let found = one(db, sql, [case], |row| {
        Ok(TierFile {
            raised: row.get(0)?,
            home_asked: row.get(1)?,
            home_helped: row.get(2)?,
            called_back: row.get(3)?,
            ..TierFile::default()
        })
    })?;
    let Some(mut file) = found else { return Ok(TierFile::default()) };
    let sql = "SELECT by, on_day, agrees, amount FROM examination WHERE case_id = ?1 AND live = 1";
    file.examined = one(db, sql, [case], |row| {
        Ok(Examined { by: row.get(0)?, on: row.get(1)?, agrees: row.get(2)?, amount: row.get(3)? })
    })?;
    file.city = one(
        db,
        "SELECT on_day, amount, document, reply_on, answer, reply_amount, reply_by, checked_n IS NOT NULL
         FROM city WHERE case_id = ?1",
        [case],
        city,
    )?;
    file.filed = one(db, "SELECT number, on_day FROM filed WHERE case_id = ?1", [case], |row| {
        Ok(Filed { number: row.get(0)?, on: row.get(1)? })
    })?;
    file.payee = one(db, "SELECT payee, person FROM payee_note WHERE case_id = ?1", [case], |row| {
        Ok(PayeeNote { payee: row.get(0)?, person: row.get(1)? })
    })?;
    Ok(file)
}

fn city(row: &Row<'_>) -> Result<CityFile> {
    let document: Option<String> = row.get(2)?;
    let reply = match document {
        Some(document) => Some(CityReply {
            document,
            on: row.get(3)?,
            answer: row.get(4)?,
            amount: row.get(5)?,
            by: row.get(6)?,
        }),
        None => None,
    };
    Ok(CityFile { on: row.get(0)?, amount: row.get(1)?, reply, checked: row.get(7)? })
}

fn referral(db: &Connection, id: ReferralId) -> Result<Option<Referral>> {
    one(db, "SELECT case_id, to_, on_day, due, outcome FROM referral WHERE id = ?1", [id], |row| {
        Ok(Referral {
            id,
            case: row.get(0)?,
            to: row.get(1)?,
            on: row.get(2)?,
            due: row.get(3)?,
            outcome: row.get(4)?,
        })
    })
}

fn read_incident(row: &Row<'_>) -> Result<Incident> {
    Ok(Incident { id: row.get(0)?, matter: row.get(1)?, township: row.get(2)?, closed: row.get(3)? })
}

fn incident(db: &Connection, id: IncidentId) -> Result<Option<Incident>> {
    let sql = "SELECT id, matter, township, closed_n IS NOT NULL FROM incident WHERE id = ?1";
    one(db, sql, [id], read_incident)
}

fn incident_of(db: &Connection, matter: MatterId) -> Result<Option<Incident>> {
    let sql = "SELECT id, matter, township, closed_n IS NOT NULL FROM incident WHERE matter = ?1 ORDER BY id LIMIT 1";
    one(db, sql, [matter], read_incident)
}

/// The final decisions of a township's own tier that stand and are on no roster.
pub(crate) fn unfiled(db: &Connection, township: u16, from: Day, to: Day) -> Result<Vec<RosterRow>> {
    let sql = "SELECT cases.id, cases.decided_on, cases.granted
       FROM cases INDEXED BY cases_by_decision LEFT JOIN filed ON filed.case_id = cases.id
       WHERE cases.decided_on BETWEEN ?2 AND ?3 AND cases.township = ?1 AND cases.decided_tier = 1
         AND cases.provisional = 0 AND (filed.on_day IS NULL OR filed.on_day <> cases.decided_on)
       ORDER BY cases.id";
    many(db, sql, (township, from, to), |row| {
        Ok(RosterRow { case: row.get(0)?, on: row.get(1)?, amount: row.get(2)? })
    })
}

fn archived_as(db: &Connection, number: &str) -> Result<Option<CaseId>> {
    one(db, "SELECT case_id FROM archived WHERE number = ?1 ORDER BY case_id", [number], |row| row.get(0))
}

fn decided(db: &Connection, township: Option<u16>, from: Day, to: Day) -> Result<Vec<CaseId>> {
    let sql = "SELECT id FROM cases INDEXED BY cases_by_decision
       WHERE decided_on BETWEEN ?2 AND ?3 AND (?1 IS NULL OR township = ?1) ORDER BY id";
    many(db, sql, (township, from, to), |row| row.get(0))
}

fn rosters(db: &Connection, township: u16, year: i32, month: u32) -> Result<u32> {
    let sql = "SELECT count(*) FROM roster WHERE township = ?1 AND year = ?2 AND month = ?3";
    Ok(one(db, sql, (township, year, month), |row| row.get(0))?.unwrap_or(0))
}

impl<A: Ask> TierAnswers for A {
    fn tier_file(&self, case: CaseId) -> TierFile {
        kept(self, file(self.db(), case))
    }

    fn referral(&self, id: ReferralId) -> Option<Referral> {
        kept(self, referral(self.db(), id))
    }

    fn incident(&self, id: IncidentId) -> Option<Incident> {
        kept(self, incident(self.db(), id))
    }

    fn incident_of(&self, matter: MatterId) -> Option<Incident> {
        kept(self, incident_of(self.db(), matter))
    }

    fn archived_as(&self, number: &str) -> Option<CaseId> {
        kept(self, archived_as(self.db(), number))
    }

    fn unfiled(&self, township: u16, from: Day, to: Day) -> Vec<RosterRow> {
        kept(self, unfiled(self.db(), township, from, to))
    }

    fn decided(&self, township: Option<u16>, from: Day, to: Day) -> Vec<CaseId> {
        kept(self, decided(self.db(), township, from, to))
    }

    fn rosters(&self, township: u16, year: i32, month: u32) -> u32 {
        kept(self, rosters(self.db(), township, year, month))
    }
}
