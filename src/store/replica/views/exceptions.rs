//! For the county and the supervisor: exceptions, overridden warnings and notes, marks, ratifications.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;

/// An exception (例外): what was paid although a rule said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionRow {
    /// The entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who.
    pub by: OfficerNo,
    /// The case.
    pub case: CaseId,
    /// Its 编号.
    pub number: String,
    /// Its township.
    pub township: Option<u16>,
    /// The code.
    pub code: Code,
    /// Whether the county has settled it.
    pub settled: bool,
}

/// A warning overridden with a reason, or a note.
#[derive(Clone, PartialEq, Eq)]
pub struct NotedRow {
    /// The entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who.
    pub by: OfficerNo,
    /// Whether a warning was overridden; else it is a note.
    pub overridden: bool,
    /// The code.
    pub code: Code,
    /// The case.
    pub case: Option<CaseId>,
    /// Its 编号.
    pub number: String,
    /// The reason given.
    pub reason: String,
}

impl std::fmt::Debug for NotedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NotedRow({} {})", self.n, self.code)
    }
}

/// A mark: what this program's checks found in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRow {
    /// The entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who wrote it.
    pub by: OfficerNo,
    /// The code.
    pub code: Code,
    /// The sentence.
    pub sentence: String,
    /// The clause.
    pub clause: String,
    /// The case.
    pub case: Option<CaseId>,
    /// Its 编号.
    pub number: String,
    /// Whether the county has settled it.
    pub settled: bool,
}

/// A ratification that waits.
#[derive(Clone, PartialEq, Eq)]
pub struct RatificationRow {
    /// The case.
    pub case: CaseId,
    /// Its 编号.
    pub number: String,
    /// The applicant's name.
    pub name: String,
    /// Its township.
    pub township: u16,
    /// What was paid.
    pub granted: Money,
    /// Until when the county answers.
    pub due: Day,
    /// The codes of what it broke.
    pub codes: Vec<Code>,
}

impl std::fmt::Debug for RatificationRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RatificationRow({})", self.number)
    }
}

/// The number of an entry in a column.
fn n(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

pub(super) fn read_exception(row: &Row<'_>) -> rusqlite::Result<ExceptionRow> {
    Ok(ExceptionRow {
        n: n(row, 0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        case: row.get(3)?,
        number: row.get(4)?,
        township: row.get(5)?,
        code: row.get(6)?,
        settled: row.get(7)?,
    })
}

pub(super) fn read_noted(row: &Row<'_>) -> rusqlite::Result<NotedRow> {
    Ok(NotedRow {
        n: n(row, 0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        overridden: row.get::<_, i64>(3)? == 1,
        code: row.get(4)?,
        case: row.get(5)?,
        number: row.get(6)?,
        reason: row.get(7)?,
    })
}

pub(super) fn read_mark(row: &Row<'_>) -> rusqlite::Result<MarkRow> {
    Ok(MarkRow {
        n: n(row, 0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        code: row.get(3)?,
        sentence: row.get(4)?,
        clause: row.get(5)?,
        case: row.get(6)?,
        number: row.get(7)?,
        settled: row.get(8)?,
    })
}

fn most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

impl Reader {
    /// The exceptions that wait, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_exceptions(&self, township: Option<u16>) -> Result<Vec<ExceptionRow>> {
        let sql =
            "SELECT exception.n, at, by, case_id, coalesce(number, ''), township, code, settled_n IS NOT NULL
           FROM exception INDEXED BY exception_open LEFT JOIN cases ON cases.id = case_id
           WHERE settled_n IS NULL AND (?1 IS NULL OR township = ?1) ORDER BY exception.n DESC, seq";
        Ok(many(self.db(), sql, [township], read_exception)?)
    }

    /// Overridden warnings and notes, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn noted(&self, township: Option<u16>, offset: usize, limit: usize) -> Result<Vec<NotedRow>> {
        let sql =
            "SELECT noted.n, at, by, kind, code, case_id, coalesce(number, ''), coalesce(noted.reason, '')
           FROM noted LEFT JOIN cases ON cases.id = case_id
           WHERE ?1 IS NULL OR township = ?1 ORDER BY seq DESC LIMIT ?2 OFFSET ?3";
        Ok(many(self.db(), sql, (township, most(limit), most(offset)), read_noted)?)
    }

    /// The marks that nobody settled, newest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_marks(&self) -> Result<Vec<MarkRow>> {
        let sql = "SELECT mark.n, at, by, code, sentence, clause, case_id, coalesce(number, ''), settled_n IS NOT NULL
           FROM mark INDEXED BY mark_open LEFT JOIN cases ON cases.id = case_id
           WHERE settled_n IS NULL ORDER BY mark.n DESC, seq";
        Ok(many(self.db(), sql, [], read_mark)?)
    }

    /// The ratifications that wait, the earliest due first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ratifications(&self, township: Option<u16>) -> Result<Vec<RatificationRow>> {
        let sql = "SELECT cases.id, cases.number, coalesce(private.name, ''), cases.township, cases.granted,
             ratification.due,
             (SELECT group_concat(code) FROM (SELECT DISTINCT code FROM exception
               WHERE exception.case_id = cases.id AND settled_n IS NULL ORDER BY code))
           FROM ratification INDEXED BY ratification_open CROSS JOIN cases ON cases.id = ratification.case_id
           LEFT JOIN person_private AS private ON private.person = cases.person
           WHERE ratification.done_n IS NULL AND (?1 IS NULL OR cases.township = ?1)
           ORDER BY ratification.due, cases.number";
        Ok(many(self.db(), sql, [township], |row| {
            let codes: Option<String> = row.get(6)?;
            let codes =
                codes.iter().flat_map(|all| all.split(',')).filter_map(|code| code.parse().ok()).collect();
            Ok(RatificationRow {
                case: row.get(0)?,
                number: row.get(1)?,
                name: row.get(2)?,
                township: row.get(3)?,
                granted: row.get(4)?,
                due: row.get(5)?,
                codes,
            })
        })?)
    }
}
