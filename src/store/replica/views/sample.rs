//! 抽查: the cases that a supervisor drew by lot, the latest draw first. No names: whoever looks opens the case.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A case of a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRow {
    /// The entry of the draw.
    pub n: u64,
    /// When it was drawn.
    pub at: Stamp,
    /// By whom.
    pub by: OfficerNo,
    /// Decided from this day to that.
    pub span: (Day, Day),
    /// The seed.
    pub seed: String,
    /// Out of how many.
    pub of: u32,
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// When it was decided; none where the decision was cancelled since.
    pub decided: Option<Day>,
    /// What was granted.
    pub granted: Money,
    /// Findings raised about it since.
    pub findings: u32,
}

impl Reader {
    /// The cases of the latest draws, at most so many.
    ///
    /// # Errors
    /// SQLite's.
    pub fn samples(&self, limit: usize) -> Result<Vec<SampleRow>> {
        let sql =
            "SELECT sample.n, sample.at, sample.by, from_, to_, seed, of_, cases.id, number, cases.township,
             decided_on, granted,
             (SELECT count(*) FROM finding WHERE finding.case_id = cases.id AND finding.at >= sample.at)
           FROM sample CROSS JOIN sample_case ON sample_case.n = sample.n
             CROSS JOIN cases ON cases.id = sample_case.case_id
           ORDER BY sample.n DESC, pos LIMIT ?1";
        Ok(many(self.db(), sql, [i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
            Ok(SampleRow {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                at: row.get(1)?,
                by: row.get(2)?,
                span: (row.get(3)?, row.get(4)?),
                seed: row.get(5)?,
                of: row.get(6)?,
                case: row.get(7)?,
                number: row.get(8)?,
                township: row.get(9)?,
                decided: row.get(10)?,
                granted: row.get(11)?,
                findings: row.get(12)?,
            })
        })?)
    }
}
