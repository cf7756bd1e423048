//! 委托、值班、交接、近亲属: who stands in for whom, who is on duty, what was handed over, whose relatives are on file.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::delegation::Delegation;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::office::Office;
use crate::store::replica::answers::many;
use crate::store::replica::fault::{ReplicaFault, Result};
use crate::store::replica::{Ask, Reader};

/// An officer by number and name; the name is empty where this desk cannot read it.
pub type Named = (OfficerNo, String);

/// A delegation as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationRow {
    /// Who stands in for whom, and when.
    pub delegation: Delegation,
    /// The name of the approver.
    pub from_name: String,
    /// The name of who stands in.
    pub to_name: String,
    /// Why.
    pub reason: String,
    /// The day on which it ended early.
    pub ended: Option<Day>,
}

/// A day of the duty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyDay {
    /// The day.
    pub day: Day,
    /// Whose list.
    pub office: Office,
    /// Who is on duty.
    pub officers: Vec<Named>,
    /// The telephone, empty where this desk cannot read it.
    pub phone: String,
}

/// A hand-over (工作交接).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedRow {
    /// The entry.
    pub n: u64,
    /// 移交人.
    pub from: Named,
    /// 接收人.
    pub to: Named,
    /// 监交人.
    pub witness: Named,
    /// The day.
    pub on: Day,
    /// Cases that went along.
    pub cases: u32,
    /// Late papers that stayed.
    pub late: u32,
    /// Cash as counted.
    pub cash: Option<Money>,
    /// Cash by the books.
    pub book: Option<Money>,
    /// Blank sheets by number.
    pub blanks: Vec<String>,
    /// What else, and why cash and books differ.
    pub note: String,
}

/// A near relative on file.
#[derive(Clone, PartialEq, Eq)]
pub struct RelativeRow {
    /// Whose.
    pub officer: Named,
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// What he is to the officer; empty where nobody said.
    pub relation: String,
    /// When he was born, as far as known; likewise.
    pub born: String,
}

impl std::fmt::Debug for RelativeRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelativeRow({})", self.officer.0)
    }
}

/// Everything of an office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Delegations, the latest first day first.
    pub delegations: Vec<DelegationRow>,
    /// Duty from today on.
    pub duties: Vec<DutyDay>,
    /// Hand-overs, the latest first.
    pub handed: Vec<HandedRow>,
    /// Near relatives by officer.
    pub relatives: Vec<RelativeRow>,
}

impl Reader {
    /// What stands for an office, or for all of them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn standing(&self, office: Option<Office>, today: Day) -> Result<Standing> {
        Ok(Standing {
            delegations: self.delegation_rows(office)?,
            duties: self.duties(office, today, None)?,
            handed: self.handed(office)?,
            relatives: self.relative_rows(office)?,
        })
    }

    fn delegation_rows(&self, office: Option<Office>) -> Result<Vec<DelegationRow>> {
        let sql = "SELECT d.since, d.from_, d.to_, d.until, coalesce(p.name, ''), coalesce(q.name, ''),
             coalesce(d.reason, ''), d.ended_on
           FROM delegation AS d LEFT JOIN officer AS giver ON giver.no = d.from_
           LEFT JOIN officer_private AS p ON p.no = d.from_ LEFT JOIN officer_private AS q ON q.no = d.to_
           WHERE ?1 IS NULL OR giver.office = ?1 ORDER BY d.since DESC, d.n DESC";
        Ok(many(self.db(), sql, [office], |row| {
            let (since, from, to, until) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(DelegationRow {
                delegation: Delegation { since, from, to, until },
                from_name: row.get(4)?,
                to_name: row.get(5)?,
                reason: row.get(6)?,
                ended: row.get(7)?,
            })
        })?)
    }

    /// The duty lists of an office or of all, from a day to a day.
    ///
    /// # Errors
    /// SQLite's.
    pub fn duties(&self, office: Option<Office>, from: Day, until: Option<Day>) -> Result<Vec<DutyDay>> {
        let sql = "SELECT day, office, officers, coalesce(phone, '') FROM duty
           WHERE day >= ?2 AND (?3 IS NULL OR day <= ?3) AND (?1 IS NULL OR office = ?1) ORDER BY day, office";
        let rows = many(self.db(), sql, (office, from, until), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?))
        })?;
        let mut duties = Vec::new();
        for (day, office, officers, phone) in rows {
            let mut named = Vec::new();
            for no in read::<Vec<OfficerNo>>(&officers)? {
                let name = self.officer_name(&no)?;
                named.push((no, name));
            }
            duties.push(DutyDay { day, office, officers: named, phone });
        }
        Ok(duties)
    }

    /// Hand-overs of an office or of all, the latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn handed(&self, office: Option<Office>) -> Result<Vec<HandedRow>> {
        let sql = "SELECT h.n, h.from_, coalesce(p.name, ''), h.to_, coalesce(q.name, ''), h.witness,
             coalesce(w.name, ''), h.on_day, h.cases, h.late, h.cash, h.book, coalesce(h.note, ''), h.blanks
           FROM handed_over AS h LEFT JOIN officer AS leaver ON leaver.no = h.from_
           LEFT JOIN officer_private AS p ON p.no = h.from_ LEFT JOIN officer_private AS q ON q.no = h.to_
           LEFT JOIN officer_private AS w ON w.no = h.witness
           WHERE ?1 IS NULL OR leaver.office = ?1 ORDER BY h.n DESC";
        let rows = many(self.db(), sql, [office], |row| {
            let made = HandedRow {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                from: (row.get(1)?, row.get(2)?),
                to: (row.get(3)?, row.get(4)?),
                witness: (row.get(5)?, row.get(6)?),
                on: row.get(7)?,
                cases: row.get(8)?,
                late: row.get(9)?,
                cash: row.get(10)?,
                book: row.get(11)?,
                note: row.get(12)?,
                blanks: Vec::new(),
            };
            Ok((made, row.get::<_, String>(13)?))
        })?;
        rows.into_iter().map(|(row, blanks)| Ok(HandedRow { blanks: read(&blanks)?, ..row })).collect()
    }

    fn relative_rows(&self, office: Option<Office>) -> Result<Vec<RelativeRow>> {
        let sql = "SELECT r.officer, coalesce(p.name, ''), r.person, coalesce(q.name, ''),
             coalesce(r.relation, ''), coalesce(r.born, '')
           FROM relative AS r LEFT JOIN officer ON officer.no = r.officer
           LEFT JOIN officer_private AS p ON p.no = r.officer LEFT JOIN person_private AS q ON q.person = r.person
           WHERE ?1 IS NULL OR officer.office = ?1 ORDER BY r.officer, r.person";
        Ok(many(self.db(), sql, [office], |row| {
            Ok(RelativeRow {
                officer: (row.get(0)?, row.get(1)?),
                person: row.get(2)?,
                name: row.get(3)?,
                relation: row.get(4)?,
                born: row.get(5)?,
            })
        })?)
    }

    /// For whom an officer stood in on a day: what a sheet shows beside a signature (代). A delegation that ended that day
    /// still counts for it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stood_in_for(&self, no: &OfficerNo, day: Day) -> Result<Option<Named>> {
        let sql = "SELECT from_, coalesce(name, '') FROM delegation LEFT JOIN officer_private ON no = from_
           WHERE to_ = ?1 AND since <= ?2 AND ?2 <= until AND (ended_on IS NULL OR ?2 <= ended_on)
           ORDER BY n DESC LIMIT 1";
        let found = many(self.db(), sql, (no, day), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.into_iter().next())
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| ReplicaFault::Unreadable)
}
