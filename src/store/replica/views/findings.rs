//! Findings of the supervisor, for him, the county and the office concerned.

use crate::base::day::{Day, Stamp};
use crate::domain::command::trust::About;
use crate::domain::ids::{FindingId, OfficerNo};
use crate::domain::nouns::{Discipline, FindingState};
use crate::domain::office::Office;
use crate::store::replica::answers::{many, trust};
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A finding with its words.
#[derive(Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// The id.
    pub id: FindingId,
    /// 编号.
    pub number: String,
    /// When it was raised.
    pub at: Stamp,
    /// By whom.
    pub by: OfficerNo,
    /// What it is about.
    pub about: About,
    /// The case's 编号, empty where it is about none.
    pub case_number: String,
    /// Whose it is to put right.
    pub office: Office,
    /// The entry it was seen at.
    pub entry: Option<u64>,
    /// Until when.
    pub due: Day,
    /// What is wrong.
    pub text: String,
    /// How it stands.
    pub state: FindingState,
    /// What the office did, empty before it answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<OfficerNo>,
    /// What the supervisor saw when he looked.
    pub looked: String,
    /// To whom it was handed on.
    pub moved_to: Option<Discipline>,
    /// The document's number.
    pub document: String,
}

impl std::fmt::Debug for FindingRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FindingRow({} {})", self.number, self.state.zh())
    }
}

impl FindingRow {
    /// Whether the office is late with it.
    pub fn late(&self, today: Day) -> bool {
        self.state == FindingState::Raised && self.due < today
    }
}

impl Reader {
    /// Findings, those that wait first and by their due day, then the ended ones, latest first. `township` keeps those of
    /// one office.
    ///
    /// # Errors
    /// SQLite's.
    pub fn findings(&self, township: Option<u16>) -> Result<Vec<FindingRow>> {
        let office = township.map(Office::Township);
        let sql = "SELECT finding.id, finding.number, finding.at, finding.by, finding.case_id, finding.township,
             finding.officer, coalesce(cases.number, ''), finding.office, finding.entry, finding.due,
             coalesce(finding.text, ''), finding.state, coalesce(answer, ''), answered_by, coalesce(looked, ''),
             moved_to, coalesce(document, '')
           FROM finding LEFT JOIN cases ON cases.id = finding.case_id
           WHERE ?1 IS NULL OR finding.office = ?1
           ORDER BY finding.state = 3, CASE WHEN finding.state = 3 THEN -finding.n ELSE 0 END, finding.due, finding.n";
        Ok(many(self.db(), sql, [office], |row| {
            Ok(FindingRow {
                id: row.get(0)?,
                number: row.get(1)?,
                at: row.get(2)?,
                by: row.get(3)?,
                about: trust::about(row, 4)?,
                case_number: row.get(7)?,
                office: row.get(8)?,
                entry: row.get::<_, Option<i64>>(9)?.map(i64::unsigned_abs),
                due: row.get(10)?,
                text: row.get(11)?,
                state: row.get(12)?,
                answer: row.get(13)?,
                answered_by: row.get(14)?,
                looked: row.get(15)?,
                moved_to: row.get(16)?,
                document: row.get(17)?,
            })
        })?)
    }
}
