//! Marks with what was done, for the supervisor and the county.

use super::exceptions::MarkRow;
use crate::base::day::Stamp;
use crate::domain::catalogue::verbs;
use crate::domain::ids::OfficerNo;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A mark with the entry it is on.
#[derive(Clone, PartialEq, Eq)]
pub struct MarkedRow {
    /// The mark.
    pub mark: MarkRow,
    /// The author's name, where this desk can read it.
    pub name: String,
    /// The desk that wrote the entry, hex.
    pub desk: String,
    /// The verb as written.
    pub verb: String,
    /// What it was about besides a case.
    pub subject: String,
    /// The facts in words: what was changed, sums.
    pub facts: String,
    /// The township of the case.
    pub township: Option<u16>,
    /// Who settled it, and when.
    pub settled_by: Option<(OfficerNo, Stamp)>,
}

impl std::fmt::Debug for MarkedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MarkedRow({:?})", self.mark)
    }
}

impl MarkedRow {
    /// The verb in Chinese.
    pub fn zh(&self) -> &str {
        verbs::find(&self.verb).map_or(&self.verb, |verb| verb.zh)
    }
}

impl Reader {
    /// The marks: those that nobody settled, newest first, then at most `settled` settled ones.
    ///
    /// # Errors
    /// SQLite's.
    pub fn marks(&self, settled: usize) -> Result<Vec<MarkedRow>> {
        let settled = i64::try_from(settled).unwrap_or(i64::MAX);
        let sql = "SELECT mark.n, mark.at, mark.by, mark.code, mark.sentence, mark.clause, mark.case_id,
             coalesce(cases.number, ''), mark.settled_n IS NOT NULL, coalesce(officer_private.name, ''),
             hex(history.desk), history.verb, history.subject,
             trim(coalesce(step.detail, '') || ' ' || history.changed), cases.township, settling.who, settling.at
           FROM mark JOIN history ON history.n = mark.n
           LEFT JOIN cases ON cases.id = mark.case_id
           LEFT JOIN step ON step.case_id = mark.case_id AND step.n = mark.n
           LEFT JOIN officer_private ON officer_private.no = mark.by
           LEFT JOIN history AS settling ON settling.n = mark.settled_n
           ORDER BY mark.settled_n IS NOT NULL, mark.n DESC, mark.seq
           LIMIT (SELECT count(*) FROM mark WHERE settled_n IS NULL) + ?1";
        Ok(many(self.db(), sql, [settled], |row| {
            let by: Option<OfficerNo> = row.get(15)?;
            let at: Option<Stamp> = row.get(16)?;
            Ok(MarkedRow {
                mark: super::exceptions::read_mark(row)?,
                name: row.get(9)?,
                desk: row.get::<_, String>(10)?.to_lowercase(),
                verb: row.get(11)?,
                subject: row.get(12)?,
                facts: row.get(13)?,
                township: row.get(14)?,
                settled_by: by.zip(at),
            })
        })?)
    }
}
