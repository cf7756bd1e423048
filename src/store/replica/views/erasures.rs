//! What was destroyed after its time (到期销毁), and what is due.

use crate::base::day::{Day, Stamp};
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::nouns::Stage;
use crate::store::replica::answers::Ask;
use crate::store::replica::fault::{ReplicaFault, Result};
use crate::store::replica::{Reader, Replica};

/// One destruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The entry that ordered it.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// The administrator.
    pub by: OfficerNo,
    /// How many cases.
    pub cases: u64,
    /// How many people.
    pub people: u64,
    /// How many entries.
    pub entries: u64,
}

/// A destruction as desks carry it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The entry that ordered it.
    pub n: u64,
    /// The entries whose private part goes, as spans with both ends.
    pub spans: Vec<(u64, u64)>,
}

/// A case by its number, without anybody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// The township.
    pub township: u16,
    /// When it came to its end.
    pub closed: Day,
}

impl Replica {
    /// Which destructions desks carry out, the oldest first. One that a check marked never.
    ///
    /// # Errors
    /// SQLite's.
    pub fn erasures(&self) -> Result<Vec<Ordered>> {
        let sql = "SELECT n, spans FROM erasure
           WHERE NOT EXISTS (SELECT 1 FROM mark WHERE mark.n = erasure.n) ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let (n, spans) = row?;
            let spans = serde_json::from_str(&spans).map_err(|_| ReplicaFault::Unreadable)?;
            all.push(Ordered { n: n.unsigned_abs(), spans });
        }
        Ok(all)
    }

    /// Lets go of every byte that was deleted: the file is written anew, and the write-ahead file cut off.
    ///
    /// # Errors
    /// SQLite's; somebody reads at this moment.
    pub fn scrub(&mut self) -> Result<()> {
        self.db.execute_batch("VACUUM")?;
        if !self.path.as_os_str().is_empty() {
            let busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy != 0 {
                return Err(ReplicaFault::Unreadable);
            }
        }
        Ok(())
    }
}

impl Reader {
    /// Every destruction, the latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        let sql = "SELECT n, at, by, cases, people, entries FROM erasure ORDER BY n DESC";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Erasure {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                at: row.get(1)?,
                by: row.get(2)?,
                cases: row.get::<_, i64>(3)?.unsigned_abs(),
                people: row.get::<_, i64>(4)?.unsigned_abs(),
                entries: row.get::<_, i64>(5)?.unsigned_abs(),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The cases that came to their end by a day and were not destroyed, the oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ended_by(&self, day: Day) -> Result<Vec<Ended>> {
        let sql = "SELECT id, number, township, stage, stage_since FROM cases
           WHERE id NOT IN (SELECT case_id FROM erased_case) ORDER BY stage_since, number";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let stage: Stage = row.get(3)?;
            let ended = Ended {
                id: row.get(0)?,
                number: row.get(1)?,
                township: row.get(2)?,
                closed: row.get::<_, Stamp>(4)?.day(),
            };
            Ok((stage, ended))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (stage, ended) = row?;
            if stage.is_final() && ended.closed <= day {
                all.push(ended);
            }
        }
        Ok(all)
    }

    /// The cases that an entry destroyed, by number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn erased_by(&self, n: u64) -> Result<Vec<Ended>> {
        let sql = "SELECT id, number, township, stage_since FROM erased_case
           CROSS JOIN cases ON cases.id = erased_case.case_id WHERE erased_case.n = ?1 ORDER BY number";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map([i64::try_from(n).unwrap_or(i64::MAX)], |row| {
            Ok(Ended {
                id: row.get(0)?,
                number: row.get(1)?,
                township: row.get(2)?,
                closed: row.get::<_, Stamp>(3)?.day(),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
