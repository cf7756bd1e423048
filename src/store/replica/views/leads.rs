//! 线索: what was heard, and its clocks.

use crate::base::day::Stamp;
use crate::domain::ids::{CaseId, LeadId, OfficerNo, PersonId};
use crate::domain::nouns::{Channel, Circumstance, LeadEnd, Severity};
use crate::store::replica::answers::many;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;

/// A lead as its list shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct LeadRow {
    /// The lead.
    pub lead: LeadId,
    /// 编号.
    pub number: String,
    /// 发现渠道.
    pub channel: Channel,
    /// The township.
    pub township: u16,
    /// The village, where known.
    pub village: Option<u64>,
    /// 情形 as told.
    pub circumstance: Circumstance,
    /// 急难程度 as told.
    pub severity: Severity,
    /// When it was heard.
    pub at: Stamp,
    /// By when somebody has to be at the person.
    pub due_visit: Stamp,
    /// By when the money has to be there.
    pub due_money: Stamp,
    /// The person, where known.
    pub person: Option<PersonId>,
    /// His name, where known.
    pub name: String,
    /// What was said.
    pub said: String,
    /// Who took it down.
    pub by: OfficerNo,
    /// When somebody stood at the person.
    pub answered: Option<Stamp>,
    /// How it ended.
    pub ended: Option<LeadEnd>,
    /// Why it ended.
    pub reason: String,
    /// The case it became.
    pub case: Option<CaseId>,
}

impl LeadRow {
    /// Whether the clock of the visit has run out with nobody there.
    pub fn late(&self, now: Stamp) -> bool {
        self.ended.is_none() && self.answered.is_none() && self.due_visit < now
    }
}

impl std::fmt::Debug for LeadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LeadRow({})", self.number)
    }
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<LeadRow> {
    Ok(LeadRow {
        lead: row.get(0)?,
        number: row.get(1)?,
        channel: row.get(2)?,
        township: row.get(3)?,
        village: row.get::<_, Option<Village>>(4)?.map(|village| village.0),
        circumstance: row.get(5)?,
        severity: row.get(6)?,
        at: row.get(7)?,
        due_visit: row.get(8)?,
        due_money: row.get(9)?,
        person: row.get(10)?,
        name: row.get(11)?,
        said: row.get(12)?,
        by: row.get(13)?,
        answered: row.get(14)?,
        ended: row.get(15)?,
        reason: row.get(16)?,
        case: row.get(17)?,
    })
}

impl Reader {
    /// The leads that are not ended, of one township or all, by the clock that runs out first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_leads(&self, township: Option<u16>) -> Result<Vec<LeadRow>> {
        let sql = "SELECT lead.id, lead.number, channel, lead.township, village, circumstance, severity, at, due_visit,
             due_money, lead.person, coalesce(private.name, ''), coalesce(said, ''), by, answered, ended,
             coalesce(reason, ''), case_id
           FROM lead INDEXED BY lead_open LEFT JOIN person_private AS private ON private.person = lead.person
           WHERE ended IS NULL AND (?1 IS NULL OR lead.township = ?1) ORDER BY due_visit, lead.id";
        Ok(many(self.db(), sql, [township], read)?)
    }

    /// One lead, ended or not.
    ///
    /// # Errors
    /// SQLite's.
    pub fn lead_row(&self, lead: LeadId) -> Result<Option<LeadRow>> {
        let sql = "SELECT lead.id, lead.number, channel, lead.township, village, circumstance, severity, at, due_visit,
             due_money, lead.person, coalesce(private.name, ''), coalesce(said, ''), by, answered, ended,
             coalesce(reason, ''), case_id
           FROM lead LEFT JOIN person_private AS private ON private.person = lead.person WHERE lead.id = ?1";
        Ok(many(self.db(), sql, [lead], read)?.into_iter().next())
    }
}
