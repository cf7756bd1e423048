//! 人员合并: the links between two records of one person, what waits for a second officer first.

use crate::base::day::Day;
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::same::Link;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::lookup::Hit;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;

/// A link with both records as the lookup shows each.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The link.
    pub link: Link,
    /// When it came to where it is.
    pub on: Day,
    /// The name of who brought it there; empty where this desk does not know it.
    pub by_name: String,
    /// Why, as last said.
    pub reason: String,
    /// 保留.
    pub stays: Hit,
    /// 并入.
    pub joined: Hit,
}

impl LinkRow {
    /// Whether one of the two lives in a township, or neither in any.
    pub fn is_of(&self, township: u16) -> bool {
        let places = [self.stays.township, self.joined.township];
        places.contains(&Some(township)) || places == [None, None]
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for LinkRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LinkRow({})", self.link.id)
    }
}

struct Read {
    link: Link,
    on: Day,
    reason: String,
    by_name: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Read> {
    Ok(Read {
        link: Link {
            id: row.get(0)?,
            stays: row.get(1)?,
            joined: row.get(2)?,
            state: row.get(3)?,
            by: row.get(4)?,
        },
        on: row.get(5)?,
        reason: row.get(6)?,
        by_name: row.get(7)?,
    })
}

impl Reader {
    /// Every link, what waits first, then the latest.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links(&self, today: Day) -> Result<Vec<LinkRow>> {
        let sql = "SELECT link.id, stays, joined, state, link.by, on_day, coalesce(reason, ''),
             coalesce(officer_private.name, '')
           FROM person_link AS link LEFT JOIN officer_private ON officer_private.no = link.by
           ORDER BY state NOT IN (1, 3), on_day DESC, link.id";
        self.shown(many(self.db(), sql, [], read)?, today)
    }

    /// The links that wait for a second officer, the oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links_waiting(&self, today: Day) -> Result<Vec<LinkRow>> {
        let sql = "SELECT link.id, stays, joined, state, link.by, on_day, coalesce(reason, ''),
             coalesce(officer_private.name, '')
           FROM person_link AS link LEFT JOIN officer_private ON officer_private.no = link.by
           WHERE state IN (1, 3) ORDER BY on_day, link.id";
        self.shown(many(self.db(), sql, [], read)?, today)
    }

    /// One link.
    ///
    /// # Errors
    /// SQLite's.
    pub fn link_row(&self, id: MergeId, today: Day) -> Result<Option<LinkRow>> {
        let sql = "SELECT link.id, stays, joined, state, link.by, on_day, coalesce(reason, ''),
             coalesce(officer_private.name, '')
           FROM person_link AS link LEFT JOIN officer_private ON officer_private.no = link.by
           WHERE link.id = ?1";
        Ok(self.shown(many(self.db(), sql, [id], read)?, today)?.pop())
    }

    fn shown(&self, links: Vec<Read>, today: Day) -> Result<Vec<LinkRow>> {
        let mut rows = Vec::new();
        let person = |id: PersonId| self.hit(id, today);
        for Read { link, on, reason, by_name } in links {
            if let (Some(stays), Some(joined)) = (person(link.stays)?, person(link.joined)?) {
                rows.push(LinkRow { link, on, by_name, reason, stays, joined });
            }
        }
        Ok(rows)
    }
}
