//! 操作经历: who did, changed or looked at what, latest first, page by page.

use crate::base::day::{Day, Stamp};
use crate::domain::catalogue::verbs;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::store::replica::answers::{many, one};
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// What is looked for. Everything that is said has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryOf {
    /// Only what this officer did.
    pub who: Option<OfficerNo>,
    /// Only what concerns one of these people; empty for all.
    pub people: Vec<PersonId>,
    /// Only what concerns this case.
    pub case: Option<CaseId>,
    /// From this day on.
    pub from: Option<Day>,
    /// Until this day, it counted.
    pub to: Option<Day>,
    /// Only cases of this township.
    pub township: Option<u16>,
    /// What comes behind this line: its time and n.
    pub after: Option<(Stamp, u64)>,
}

/// A line of the history.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// The entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who.
    pub who: OfficerNo,
    /// His name, where this desk can read it.
    pub name: String,
    /// The desk that wrote it, hex.
    pub desk: String,
    /// The verb as written.
    pub verb: String,
    /// The case.
    pub case: Option<CaseId>,
    /// Its 编号, or what else it was about.
    pub subject: String,
    /// The applicant of the case.
    pub person: String,
    /// From what to what, where something known was changed.
    pub changed: String,
    /// Whether checks marked it and nobody settled that.
    pub marked: bool,
}

impl std::fmt::Debug for HistoryRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HistoryRow({} {} {})", self.n, self.who, self.verb)
    }
}

impl HistoryRow {
    /// The verb in Chinese.
    pub fn zh(&self) -> &str {
        verbs::find(&self.verb).map_or(&self.verb, |verb| verb.zh)
    }
}

macro_rules! lines {
    ($where:literal) => {
        concat!(
            "SELECT history.n, history.at, history.who, coalesce(officer_private.name, ''), hex(history.desk),
               history.verb, history.case_id, coalesce(cases.number, history.subject), coalesce(private.name, ''),
               history.changed, EXISTS (SELECT 1 FROM mark WHERE mark.n = history.n AND settled_n IS NULL),
               cases.township
             FROM history ",
            $where
        )
    };
}

fn read(row: &Row<'_>) -> rusqlite::Result<(HistoryRow, Option<u16>)> {
    let line = HistoryRow {
        n: row.get::<_, i64>(0)?.unsigned_abs(),
        at: row.get(1)?,
        who: row.get(2)?,
        name: row.get(3)?,
        desk: row.get::<_, String>(4)?.to_lowercase(),
        verb: row.get(5)?,
        case: row.get(6)?,
        subject: row.get(7)?,
        person: row.get(8)?,
        changed: row.get(9)?,
        marked: row.get(10)?,
    };
    Ok((line, row.get(11)?))
}

const BY_WHO: &str = lines!(
    "INDEXED BY history_by_who LEFT JOIN cases ON cases.id = history.case_id
     LEFT JOIN person_private AS private ON private.person = cases.person
     LEFT JOIN officer_private ON officer_private.no = history.who
     WHERE history.who = ?1 AND (history.at, history.n) < (?2, ?3) AND history.at >= ?4
       AND (?5 IS NULL OR cases.township = ?5)
     ORDER BY history.at DESC, history.n DESC LIMIT ?6"
);
const ALL: &str = lines!(
    "INDEXED BY history_by_at LEFT JOIN cases ON cases.id = history.case_id
     LEFT JOIN person_private AS private ON private.person = cases.person
     LEFT JOIN officer_private ON officer_private.no = history.who
     WHERE ?1 IS NULL AND (history.at, history.n) < (?2, ?3) AND history.at >= ?4
       AND (?5 IS NULL OR cases.township = ?5)
     ORDER BY history.at DESC, history.n DESC LIMIT ?6"
);
const ONE: &str = lines!(
    "LEFT JOIN cases ON cases.id = history.case_id
     LEFT JOIN person_private AS private ON private.person = cases.person
     LEFT JOIN officer_private ON officer_private.no = history.who WHERE history.n = ?1"
);

/// The entries of people: those that name them and those of their cases.
fn entries(db: &Connection, of: &HistoryOf) -> rusqlite::Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    let mut cases: BTreeSet<CaseId> = of.case.into_iter().collect();
    for person in &of.people {
        found.extend(many(db, "SELECT n FROM history_person WHERE person = ?1", [person], |row| {
            row.get::<_, i64>(0)
        })?);
        cases.extend(many(db, "SELECT id FROM cases WHERE person = ?1", [person], |row| {
            row.get::<_, CaseId>(0)
        })?);
    }
    for case in cases {
        found.extend(many(db, "SELECT n FROM step WHERE case_id = ?1", [case], |row| row.get::<_, i64>(0))?);
        // Looking at a case is no step of it, and belongs to its history all the same.
        found.extend(many(db, "SELECT n FROM unmasked WHERE case_id = ?1", [case], |row| {
            row.get::<_, i64>(0)
        })?);
    }
    Ok(found)
}

impl Reader {
    /// At most `limit` lines, latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn history(&self, of: &HistoryOf, limit: usize) -> Result<Vec<HistoryRow>> {
        let db = self.db();
        let end = of.to.map_or(i64::MAX, |day| Stamp::at(day.plus(1), 0, 0).0);
        let (before, n) = match of.after {
            Some((at, n)) if at.0 < end => (at.0, i64::try_from(n).unwrap_or(i64::MAX)),
            _ => (end, 0),
        };
        let from = of.from.map_or(i64::MIN, |day| Stamp::at(day, 0, 0).0);
        if of.people.is_empty() && of.case.is_none() {
            let sql = if of.who.is_some() { BY_WHO } else { ALL };
            let most = i64::try_from(limit).unwrap_or(i64::MAX);
            let lines = many(db, sql, (&of.who, before, n, from, of.township, most), read)?;
            return Ok(lines.into_iter().map(|(line, _)| line).collect());
        }
        let mut lines = Vec::new();
        for entry in entries(db, of)? {
            let Some((line, township)) = one(db, ONE, [entry], read)? else { continue };
            let fits = of.who.as_ref().is_none_or(|who| *who == line.who)
                && of.township.is_none_or(|own| township == Some(own))
                && line.at.0 >= from
                && (line.at.0, entry) < (before, n);
            if fits {
                lines.push(line);
            }
        }
        lines.sort_by_key(|line| std::cmp::Reverse((line.at, line.n)));
        lines.truncate(limit);
        Ok(lines)
    }
}
