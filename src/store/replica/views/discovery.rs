//! 主动发现 (四（一）二): who finds hardship in each village, the register of what was heard (F21), and how long it took from
//! hearing to somebody there, and to a decision.

use crate::base::day::{Day, Stamp};
use crate::domain::ids::{CaseId, DiscovererId, LeadId, OfficerNo};
use crate::domain::nouns::{Channel, Circumstance, LeadEnd, Severity};
use crate::domain::registers::DiscovererKind;
use crate::store::replica::answers::many;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;
use std::collections::BTreeMap;

/// Somebody of the team.
#[derive(Clone, PartialEq, Eq)]
pub struct DiscovererRow {
    /// Who.
    pub id: DiscovererId,
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// What he is.
    pub kind: DiscovererKind,
    /// Since when.
    pub since: Day,
    /// His last day, where he left.
    pub until: Option<Day>,
    /// His name; empty where this desk cannot read it.
    pub name: String,
    /// His telephone; likewise.
    pub phone: String,
    /// Why he left.
    pub reason: String,
    /// How many leads name him.
    pub leads: u32,
}

impl std::fmt::Debug for DiscovererRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DiscovererRow({})", self.id)
    }
}

/// A line of the register of what was heard.
#[derive(Clone, PartialEq, Eq)]
pub struct HeardRow {
    /// The lead.
    pub lead: LeadId,
    /// 编号.
    pub number: String,
    /// When it was heard.
    pub at: Stamp,
    /// 发现渠道.
    pub channel: Channel,
    /// The township.
    pub township: u16,
    /// The village, where known.
    pub village: Option<u64>,
    /// Who called or told.
    pub caller: String,
    /// His telephone.
    pub caller_phone: String,
    /// Who of the team found it, or whose name was typed.
    pub found_by: String,
    /// Who is in need.
    pub name: String,
    /// Where.
    pub place: String,
    /// 情形 as told.
    pub circumstance: Circumstance,
    /// 急难程度 as told.
    pub severity: Severity,
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
    pub case: Option<(CaseId, String)>,
    /// When that was decided.
    pub decided: Option<Day>,
}

impl std::fmt::Debug for HeardRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeardRow({})", self.number)
    }
}

impl HeardRow {
    /// Hours from hearing to somebody there, begun ones counted.
    pub fn hours(&self) -> Option<u32> {
        let minutes = self.at.minutes_until(self.answered?).max(0);
        u32::try_from(minutes.saturating_add(59) / 60).ok()
    }

    /// Days from hearing to the decision.
    pub fn days(&self) -> Option<u32> {
        u32::try_from(self.at.day().until(self.decided?).max(0)).ok()
    }
}

/// How long something took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// How often it came to that.
    pub count: u32,
    /// The median; of an even number the longer one of the middle.
    pub median: u32,
    /// The longest.
    pub longest: u32,
}

impl Took {
    fn of(mut all: Vec<u32>) -> Took {
        all.sort_unstable();
        Took {
            count: u32::try_from(all.len()).unwrap_or(u32::MAX),
            median: all.get(all.len() / 2).copied().unwrap_or_default(),
            longest: all.last().copied().unwrap_or_default(),
        }
    }
}

/// What was heard of a village, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many leads.
    pub leads: u32,
    /// By channel, in the order of [`Channel::ALL`].
    pub by_channel: Vec<u32>,
    /// Hours until somebody was there.
    pub visited: Took,
    /// Days until it was decided.
    pub decided: Took,
}

/// A township, and a village of it where that is known.
pub type Where = (u16, Option<u64>);

/// What was heard of the villages, in the order of their codes.
pub fn by_village(rows: &[HeardRow]) -> Vec<(Where, Figures)> {
    let mut villages: BTreeMap<Where, Vec<&HeardRow>> = BTreeMap::new();
    for row in rows {
        villages.entry((row.township, row.village)).or_default().push(row);
    }
    villages.into_iter().map(|(place, rows)| (place, figures(rows))).collect()
}

/// What was heard in all.
pub fn in_all(rows: &[HeardRow]) -> Figures {
    figures(rows.iter().collect())
}

fn figures(rows: Vec<&HeardRow>) -> Figures {
    let count = |of: &dyn Fn(&HeardRow) -> bool| {
        u32::try_from(rows.iter().filter(|row| of(row)).count()).unwrap_or(u32::MAX)
    };
    Figures {
        leads: count(&|_| true),
        by_channel: Channel::ALL.iter().map(|channel| count(&|row| row.channel == *channel)).collect(),
        visited: Took::of(rows.iter().filter_map(|row| row.hours()).collect()),
        decided: Took::of(rows.iter().filter_map(|row| row.days()).collect()),
    }
}

fn discoverer(row: &Row<'_>) -> rusqlite::Result<DiscovererRow> {
    Ok(DiscovererRow {
        id: row.get(0)?,
        township: row.get(1)?,
        village: row.get::<_, Village>(2)?.0,
        kind: row.get(3)?,
        since: row.get(4)?,
        until: row.get(5)?,
        name: row.get(6)?,
        phone: row.get(7)?,
        reason: row.get(8)?,
        leads: row.get(9)?,
    })
}

fn heard(row: &Row<'_>) -> rusqlite::Result<HeardRow> {
    let case: Option<CaseId> = row.get(18)?;
    let number: String = row.get(19)?;
    Ok(HeardRow {
        lead: row.get(0)?,
        number: row.get(1)?,
        at: row.get(2)?,
        channel: row.get(3)?,
        township: row.get(4)?,
        village: row.get::<_, Option<Village>>(5)?.map(|village| village.0),
        caller: row.get(6)?,
        caller_phone: row.get(7)?,
        found_by: row.get(8)?,
        name: row.get(9)?,
        place: row.get(10)?,
        circumstance: row.get(11)?,
        severity: row.get(12)?,
        said: row.get(13)?,
        by: row.get(14)?,
        answered: row.get(15)?,
        ended: row.get(16)?,
        reason: row.get(17)?,
        case: case.map(|case| (case, number)),
        decided: row.get(20)?,
    })
}

impl Reader {
    /// The team of a township, or of all: who serves before who left, by village.
    ///
    /// # Errors
    /// SQLite's.
    pub fn discoverers(&self, township: Option<u16>) -> Result<Vec<DiscovererRow>> {
        let sql = "SELECT d.id, d.township, d.village, d.kind, d.since, d.until, coalesce(d.name, ''),
             coalesce(d.phone, ''), coalesce(d.reason, ''),
             (SELECT count(*) FROM lead AS l INDEXED BY lead_by_discoverer WHERE l.discoverer = d.id)
           FROM discoverer AS d WHERE ?1 IS NULL OR d.township = ?1
           ORDER BY d.until IS NOT NULL, d.village, d.since, d.id";
        Ok(many(self.db(), sql, [township], discoverer)?)
    }

    /// What was heard from a moment on and before another, of a township or of all, the oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn heard(&self, township: Option<u16>, from: Stamp, before: Stamp) -> Result<Vec<HeardRow>> {
        let sql = "SELECT l.id, l.number, l.at, l.channel, l.township, l.village, coalesce(l.caller, ''),
             coalesce(l.caller_phone, ''), coalesce(d.name, l.found_by, ''), coalesce(p.name, l.who, ''),
             coalesce(l.place, ''), l.circumstance, l.severity, coalesce(l.said, ''), l.by, l.answered, l.ended,
             coalesce(l.reason, ''), l.case_id, coalesce(c.number, ''), c.decided_on
           FROM lead AS l INDEXED BY lead_by_time LEFT JOIN discoverer AS d ON d.id = l.discoverer
           LEFT JOIN person_private AS p ON p.person = l.person LEFT JOIN cases AS c ON c.id = l.case_id
           WHERE l.at >= ?2 AND l.at < ?3 AND (?1 IS NULL OR l.township = ?1) ORDER BY l.at, l.id";
        Ok(many(self.db(), sql, (township, from, before), heard)?)
    }

    /// The same of a year, or of all of them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn heard_in(&self, township: Option<u16>, year: Option<i32>) -> Result<Vec<HeardRow>> {
        let first = |year: i32| Day::new(year, 1, 1).map(|day| Stamp::at(day, 0, 0));
        let span = year.and_then(|year| first(year).zip(first(year + 1)));
        let (from, before) = span.unwrap_or((Stamp(i64::MIN), Stamp(i64::MAX)));
        self.heard(township, from, before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_the_middle_and_the_longest() {
        let took = |all: &[u32]| Took::of(all.to_vec());
        assert_eq!(took(&[]), Took::default());
        assert_eq!(took(&[9, 1, 2]), Took { count: 3, median: 2, longest: 9 });
        assert_eq!(took(&[4, 1]), Took { count: 2, median: 4, longest: 4 });
    }
}
