//! 失窃密钥核对: what was signed with keys that are believed stolen, from the day on which each may have been in other hands.

use super::history::{HistoryOf, HistoryRow};
use crate::base::day::{Day, Stamp};
use crate::domain::ids::{CaseId, OfficerNo};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask as _, Reader};

/// An entry to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StolenRow {
    /// The entry.
    pub n: u64,
    /// Whose key signed it.
    pub officer: OfficerNo,
    /// His name, where this desk can read it.
    pub name: String,
    /// From which day his key is believed stolen.
    pub since: Day,
    /// When it was written.
    pub at: Stamp,
    /// The verb in Chinese.
    pub zh: String,
    /// The case.
    pub case: Option<CaseId>,
    /// Its 编号, or what else it was about. Never a person's name.
    pub subject: String,
    /// Whether checks marked it and nobody settled that.
    pub marked: bool,
}

impl Reader {
    /// What was signed with keys believed stolen, latest first, at most `limit` entries of each key. What the officer signed
    /// with the key after it is not in it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn signed_by_stolen(&self, limit: usize) -> Result<Vec<StolenRow>> {
        let sql = "SELECT officer, stolen, since_n, coalesce(dead_n, 9223372036854775807) FROM officer_key
                   WHERE stolen IS NOT NULL ORDER BY officer, since_n";
        let keys: Vec<(OfficerNo, Day, i64, i64)> =
            many(self.db(), sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut rows = Vec::new();
        for (officer, since, first, last) in keys {
            let of = HistoryOf { who: Some(officer), from: Some(since), ..HistoryOf::default() };
            let own = |line: &HistoryRow| i64::try_from(line.n).is_ok_and(|n| n > first && n <= last);
            rows.extend(self.history(&of, limit)?.into_iter().filter(own).map(|line| StolenRow {
                n: line.n,
                zh: line.zh().to_owned(),
                officer: line.who,
                name: line.name,
                since,
                at: line.at,
                case: line.case,
                subject: line.subject,
                marked: line.marked,
            }));
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.n)));
        Ok(rows)
    }
}
