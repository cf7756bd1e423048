//! Rosters that were filed with the county (备案), with the decisions on each as its paper lists them.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;

/// A roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledRoster {
    /// Its number.
    pub number: String,
    /// The township.
    pub township: u16,
    /// Year and month.
    pub month: (i32, u32),
    /// When it was filed.
    pub at: Stamp,
    /// Who filed it.
    pub by: OfficerNo,
    /// How many decisions.
    pub cases: u32,
    /// Their sum.
    pub amount: Money,
    /// How many of them the county called back and nobody settled.
    pub called_back: u32,
}

/// A decision on a roster.
#[derive(Clone, PartialEq, Eq)]
pub struct FiledDecision {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The applicant.
    pub person: PersonId,
    /// 姓名, where this desk can read it.
    pub name: String,
    /// The circumstance.
    pub circumstance: Circumstance,
    /// The path.
    pub path: Path,
    /// Where the case stands.
    pub stage: Stage,
    /// The day of the decision.
    pub on: Day,
    /// Its sum.
    pub amount: Money,
    /// Until when the township answers what was called back.
    pub back_due: Option<Day>,
    /// Whether it was called back at some time.
    pub back: bool,
}

impl std::fmt::Debug for FiledDecision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FiledDecision({})", self.number)
    }
}

const ROSTERS: &str = "SELECT number, township, year, month, at, by, cases, amount,
     (SELECT count(*) FROM filed CROSS JOIN called_back ON called_back.case_id = filed.case_id
        WHERE filed.number = roster.number AND called_back.due IS NOT NULL)
   FROM roster WHERE (?1 IS NULL OR township = ?1) AND (?2 IS NULL OR number = ?2)
   ORDER BY year DESC, month DESC, township, number DESC LIMIT ?3";

fn roster(row: &Row<'_>) -> rusqlite::Result<FiledRoster> {
    Ok(FiledRoster {
        number: row.get(0)?,
        township: row.get(1)?,
        month: (row.get(2)?, row.get(3)?),
        at: row.get(4)?,
        by: row.get(5)?,
        cases: row.get(6)?,
        amount: row.get(7)?,
        called_back: row.get(8)?,
    })
}

impl Reader {
    /// The packs that were adopted, each id with its title; the latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn packs_adopted(&self) -> Result<Vec<(String, String)>> {
        let ids = many(self.db(), "SELECT id FROM pack ORDER BY n DESC, id DESC", [], |row| row.get(0))?;
        let title = |id: String| {
            let title = self.pack(&id).map(|pack| pack.title).unwrap_or_default();
            (id, title)
        };
        Ok(ids.into_iter().map(title).collect())
    }

    /// The rosters of one township or all, the latest month first, at most so many.
    ///
    /// # Errors
    /// SQLite's.
    pub fn rosters_filed(&self, township: Option<u16>, limit: usize) -> Result<Vec<FiledRoster>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(many(self.db(), ROSTERS, (township, Option::<String>::None, limit), roster)?)
    }

    /// A roster by its number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn roster_filed(&self, number: &str) -> Result<Option<FiledRoster>> {
        let found = many(self.db(), ROSTERS, (Option::<u16>::None, Some(number), 1_i64), roster)?;
        Ok(found.into_iter().next())
    }

    /// The decisions of a roster.
    ///
    /// # Errors
    /// SQLite's.
    pub fn filed_decisions(&self, number: &str) -> Result<Vec<FiledDecision>> {
        let sql = "SELECT filed.case_id, cases.number, cases.person, coalesce(private.name, ''), cases.circumstance,
             cases.path, cases.stage, filed.on_day, filed.amount, called_back.due, called_back.case_id IS NOT NULL
           FROM filed CROSS JOIN cases ON cases.id = filed.case_id
             LEFT JOIN person_private AS private ON private.person = cases.person
             LEFT JOIN called_back ON called_back.case_id = filed.case_id
           WHERE filed.number = ?1 ORDER BY cases.number";
        Ok(many(self.db(), sql, [number], |row| {
            Ok(FiledDecision {
                case: row.get(0)?,
                number: row.get(1)?,
                person: row.get(2)?,
                name: row.get(3)?,
                circumstance: row.get(4)?,
                path: row.get(5)?,
                stage: row.get(6)?,
                on: row.get(7)?,
                amount: row.get(8)?,
                back_due: row.get(9)?,
                back: row.get(10)?,
            })
        })?)
    }
}
