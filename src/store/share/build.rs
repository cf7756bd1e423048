//! The next log file after a dead one: read what it holds, build, publish. Many desks may build; the first to publish
//! wins, and the others use its file. It must never take a row into a new file that does not verify, nor publish when
//! rows that it saw would be missing.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::drive::Drive;
use super::file::{self, Born, Why};
use super::found::place;
use super::slip::{self, Created, Publication};
use super::step::Step;
use super::turns::Looked;
use super::{PULL_FIRST, Share};
use crate::ledger::{Head, Row, chain};
use crate::store::fault::Fault;
use crate::store::sql;

const BUILD: &str = "制作新的日志文件";

/// Longer than any attribute cache of a network drive.
const SETTLE: Duration = Duration::from_millis(1_100);

/// What a dead file holds.
#[derive(PartialEq, Eq)]
pub(super) struct Dead {
    /// Its birth record, which stands on the share too, but perhaps cannot be read there: the first page may tell of pages
    /// that the dead writer did not live to write.
    record: Option<String>,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// Whether all of them could be read.
    whole: bool,
}

impl Share {
    /// Builds and publishes the file after a dead one; `closed` says that its last holder found it full.
    pub(super) fn build_next(&mut self, dead: &Publication, closed: bool) -> Result<Looked, Fault> {
        self.step(Step::Build)?;
        let mut number = dead.file.saturating_add(1);
        if let Some(looked) = self.look_at_publication(&mut number)? {
            return Ok(looked);
        }
        let (mut born, rows) = if closed { self.follow(dead)? } else { self.supersede(dead)? };
        loop {
            born.file = number;
            let set = &mut self.set;
            let publication = place(
                set.drive.as_ref(),
                &set.folder,
                &set.workshop,
                &born,
                &mut of(&rows),
                set.host.as_mut(),
            )?;
            self.step(Step::Publish)?;
            let path = self.set.folder.join(slip::log_name(number));
            if slip::create(self.drive(), &path, BUILD)? == Created::Ours {
                self.step(Step::PublishWrite)?;
                slip::fill(self.drive(), &path, &publication.text(), BUILD)?;
                return Ok(Looked::Again);
            }
            // Another desk was first; what we placed was never published, so it is litter of ours.
            let _ = self.drive().remove(&self.path(&publication));
            if let Some(looked) = self.look_at_publication(&mut number)? {
                return Ok(looked);
            }
        }
    }

    /// Looks whether `number` is free to publish, and goes past publications that stayed empty: their turn 0 is taken
    /// first, so that nobody can write to a file that comes alive late.
    pub(super) fn look_at_publication(&mut self, number: &mut u32) -> Result<Option<Looked>, Fault> {
        loop {
            let name = slip::log_name(*number);
            if !slip::list(self.drive(), &self.set.folder, BUILD)?.contains(&name) {
                return Ok(None);
            }
            let path = self.set.folder.join(&name);
            let bytes = slip::read(self.drive(), &path, BUILD)?;
            if Publication::read(*number, &bytes).is_some() {
                return Ok(Some(Looked::Again));
            }
            if !self.stood_still(&name, &bytes) {
                return Ok(Some(Looked::Wait("另一台电脑正在换新的日志文件".into())));
            }
            self.step(Step::Skip)?;
            self.block_turn(*number, 0)?;
            // A writer there would have seen the publication whole before it began: then we see it now.
            if Publication::read(*number, &slip::read(self.drive(), &path, BUILD)?).is_some() {
                return Ok(Some(Looked::Again));
            }
            *number = number.saturating_add(1);
        }
    }

    /// The file after a full one: empty, and following it.
    fn follow(&mut self, dead: &Publication) -> Result<(Born, Vec<Row>), Fault> {
        let born = self.born_of(dead)?;
        let last = self.last_that_proves_itself(dead)?;
        let head = Head::of(&last);
        let born = Born {
            county: self.set.county,
            file: 0,
            why: Why::Full,
            first: head.n.saturating_add(1),
            before: head.hash,
            follows: dead.file,
            supersedes: 0,
            head_n: head.n,
            head_hash: head.hash,
            by: born.by,
        };
        Ok((born, Vec::new()))
    }

    /// The last row of a full file. The next file is born upon its hash, for all desks and for good, so it must prove
    /// itself: a read that came back short is no end of a log.
    fn last_that_proves_itself(&mut self, dead: &Publication) -> Result<Row, Fault> {
        for _ in 0..3 {
            let last = self.read_patiently(dead, &mut sql::last_row)?;
            if let Some(row) = last.filter(|row| chain::stands(row, self.set.county)) {
                return Ok(row);
            }
            self.set.host.sleep(SETTLE);
        }
        Err(Fault::damaged(format!("日志文件 {:04} 的最后一条记录不成立", dead.file)))
    }

    /// The file that replaces one whose writer was lost: the same entries, as far as they prove themselves.
    fn supersede(&mut self, dead: &Publication) -> Result<(Born, Vec<Row>), Fault> {
        let Dead { record, rows: found, whole } = self.rows_of_dead(dead)?;
        let born = match record {
            Some(record) => file::judge_born(&record, &dead.hash, dead.file, self.set.county)?,
            None => self.born_of(dead)?,
        };
        let start = Head { n: born.first.saturating_sub(1), hash: born.before };
        let mut head = start;
        let mut rows = Vec::with_capacity(found.len());
        let last_seen = found.last().map_or(start.n, |row| row.n);
        for row in found {
            if self.set.witness.sound(&row, &head, self.set.county).is_err() {
                break;
            }
            head = Head::of(&row);
            rows.push(row);
        }
        self.add_held(&mut rows, &mut head)?;
        if !whole || head.n < last_seen {
            return Err(Fault::damaged(format!(
                "日志文件 {:04} 在第 {} 条之后损坏，本机的记录补不上",
                dead.file, head.n
            )));
        }
        let born = Born {
            file: 0,
            why: Why::Taken,
            supersedes: dead.file,
            head_n: head.n,
            head_hash: head.hash,
            ..born
        };
        Ok((born, rows))
    }

    /// Appends the verified rows that this desk holds beyond those found.
    fn add_held(&mut self, rows: &mut Vec<Row>, head: &mut Head) -> Result<(), Fault> {
        let at_head = self.set.witness.held(head.n.saturating_sub(1), 1)?;
        if at_head.first().is_some_and(|row| row.n == head.n && row.hash != head.hash) {
            return Err(Fault::damaged(format!("共享日志第 {} 条与本机已核对的不同", head.n)));
        }
        loop {
            let held = self.set.witness.held(head.n, PULL_FIRST)?;
            if held.is_empty() {
                return Ok(());
            }
            for row in held {
                if self.set.witness.sound(&row, head, self.set.county).is_err() {
                    return Err(Fault::damaged(format!("第 {} 条与本机已核对的接不上", row.n)));
                }
                *head = Head::of(&row);
                rows.push(row);
            }
        }
    }

    /// What a copy of the dead file holds, rolled back on this PC. The file on the share is not touched: its writer may be
    /// asleep, not dead.
    pub(super) fn rows_of_dead(&mut self, dead: &Publication) -> Result<Dead, Fault> {
        let (database, journal) = self.still_bytes(&self.path(dead))?;
        // Twice, from two copies, each rolled back by itself: a read that came back short, also from this PC's own disk, gives
        // fewer rows and says nothing, and the new file must not begin without them.
        let mut before = None;
        for _ in 0..3 {
            let dead = self.with_copy(&database, journal.as_deref(), read_dead)?;
            if before.as_ref() == Some(&dead) {
                return Ok(dead);
            }
            before = Some(dead);
        }
        Err(Fault::busy("本机两次读出的旧日志文件不同"))
    }

    /// Something done with a copy of a log file on this PC, which is removed afterwards.
    pub(super) fn with_copy<T>(
        &mut self,
        database: &[u8],
        journal: Option<&[u8]>,
        work: impl FnOnce(&dyn Drive, &Path) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let nonce = self.nonce::<4>()?;
        let copy = self.set.workshop.join(format!("dead-{nonce}.db"));
        let drive = self.drive();
        let done = write_copy(drive, &copy, database, journal).and_then(|()| work(drive, &copy));
        for left in [file::journal(&copy), copy] {
            // Only litter of this PC; whether it goes decides nothing.
            let _ = drive.remove(&left);
        }
        done
    }

    /// File and journal as they stand still: read twice, more than a second apart, until both are the same.
    pub(super) fn still_bytes(&mut self, path: &Path) -> Result<(Vec<u8>, Option<Vec<u8>>), Fault> {
        let mut before = both(self.drive(), path)?;
        for _ in 0..4 {
            self.set.host.sleep(SETTLE);
            let now = both(self.drive(), path)?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
        Err(Fault::busy("上一台写入的电脑仍在动日志文件"))
    }
}

/// What a copy holds, once SQLite has rolled it back.
fn read_dead(drive: &dyn Drive, copy: &Path) -> Result<Dead, Fault> {
    let sql_fault = |e| Fault::of_sql(BUILD, e);
    let db = file::open_writing(drive, copy)?;
    let record = file::born(&db).ok();
    let mut statement =
        db.prepare(&["SELECT ", sql::COLUMNS, " FROM entry ORDER BY n"].concat()).map_err(sql_fault)?;
    let found = statement.query_map([], sql::row).map_err(sql_fault)?;
    let mut rows = Vec::new();
    for row in found {
        match row {
            Ok(row) => rows.push(row),
            Err(_) => return Ok(Dead { record, rows, whole: false }),
        }
    }
    Ok(Dead { record, rows, whole: true })
}

/// Rows at hand, as a source.
fn of(rows: &[Row]) -> impl FnMut(u64, usize) -> Result<Vec<Row>, Fault> {
    move |after, limit| {
        let start = rows.partition_point(|row| row.n <= after);
        Ok(rows.iter().skip(start).take(limit).cloned().collect())
    }
}

fn both(drive: &dyn Drive, path: &Path) -> Result<(Vec<u8>, Option<Vec<u8>>), Fault> {
    let io = |e| Fault::of_io(BUILD, e);
    let database = drive.read(path).map_err(io)?;
    match drive.read(&file::journal(path)) {
        Ok(journal) => Ok((database, Some(journal))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok((database, None)),
        Err(e) => Err(io(e)),
    }
}

fn write_copy(drive: &dyn Drive, copy: &Path, database: &[u8], journal: Option<&[u8]>) -> Result<(), Fault> {
    let io = |e| Fault::of_io(BUILD, e);
    drive.replace(copy, database).map_err(io)?;
    match journal {
        Some(journal) => drive.replace(&file::journal(copy), journal).map_err(io),
        None => Ok(()),
    }
}
