//! What the roster of an incident starts with: which of its rows are cases by now, and rows read from a spreadsheet.

use crate::domain::ids::{CaseId, IncidentId};
use crate::domain::privacy::Audience;
use crate::domain::tiers::TierAnswers as _;
use crate::office::front::Front;
use crate::office::{random, seen};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::incident::StruckLine;
use crate::store::replica::views::tiers::IncidentLine;
use crate::store::sheet;
use std::path::Path;

/// The most rows that are read from a file: more households than an incident strikes.
const ROWS: usize = 2_000;

/// What the roster starts with.
#[derive(Clone, PartialEq, Eq)]
pub struct GridView {
    /// The incident.
    pub incident: IncidentLine,
    /// What the ids of a new roster's cases are made from.
    pub seed: [u8; 16],
    /// The cases of the incident by now.
    pub known: Vec<KnownCase>,
}

/// A household of the incident that is a case by now.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownCase {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// Its applicant's 身份证号: the same household is not submitted again under another row.
    pub id_no: String,
}

impl std::fmt::Debug for GridView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GridView({:?} {} cases)", self.incident, self.known.len())
    }
}

impl Front {
    /// What the roster of an incident starts with; none where there is no such one.
    ///
    /// # Errors
    /// Another township's; the replica cannot be read.
    pub fn incident_grid(&self, id: IncidentId) -> Result<Option<GridView>, Fault> {
        let reader = self.reader()?;
        let Some(known) = reader.incident(id) else { return Ok(None) };
        seen::may_open(Audience::of(&self.officer()?, Some(known.township)))?;
        let lines = reader.incidents(Some(known.township))?;
        let Some(incident) = lines.into_iter().find(|line| line.id == id) else { return Ok(None) };
        let line = |row: StruckLine| KnownCase { case: row.case, number: row.number, id_no: row.id_no };
        let known = reader.struck(known.matter)?.into_iter().map(line).collect();
        Ok(Some(GridView { incident, seed: random::bytes()?, known }))
    }

    /// The rows of a spreadsheet on this PC (xlsx, xls, csv), as a person reads its cells.
    ///
    /// # Errors
    /// No such file; not a table; too many rows.
    pub fn read_table(&self, path: &str) -> Result<Vec<Vec<String>>, Fault> {
        self.may_look()?;
        let path = path.trim().trim_matches('"');
        let sheet = sheet::read(Path::new(path))
            .map_err(|error| Fault::new(FaultKind::User, error.what(), error.next()))?;
        if sheet.rows.len() > ROWS {
            let what = format!("表格有 {} 行，一次最多读入 {ROWS} 行", sheet.rows.len());
            return Err(Fault::new(FaultKind::User, what, "请分成几个文件"));
        }
        let row = |cells: &Vec<sheet::Cell>| cells.iter().map(sheet::Cell::text).collect();
        Ok(sheet.rows.iter().map(row).collect())
    }
}
