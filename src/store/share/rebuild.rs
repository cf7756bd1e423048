//! Rebuilding (重建): an officer has a new file made from the entries that his PC verified, because the one on the share is
//! damaged, cut, old or gone. The file that is there is retired first: its next turn is taken and never released, so nobody
//! can write to it any more; whoever was writing finds out and offers his command again in the new file.
//!
//! It must never publish before the old file is dead, and never take a row that the caller did not verify.

use std::time::Duration;

use super::file::{self, Born, Rows, Why};
use super::found::place;
use super::slip::{self, Created, Ending, Publication};
use super::step::Step;
use super::turns::Looked;
use super::{Setting, Share};
use crate::ledger::{Head, Row, Sig, TurnNo};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Rebuilding;
use crate::store::sql;

const DOING: &str = "重建共享日志";

/// A closed file of the log that can stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// Its number.
    pub file: u32,
    /// Its last entry.
    pub head: Head,
}

/// What is to be published.
pub struct Plan<'a> {
    /// The file behind which the new one begins; none where it holds the whole log.
    pub behind: Option<Sound>,
    /// The last entry.
    pub head: Head,
    /// The file that was retired before; 0 where no log was published. Nothing may have been published since.
    pub retired: u32,
    /// The new file gets a number above this one, also where all names are gone: above the file in which the last entry was
    /// written, and above whatever files others may hold rows of that nobody here ever saw.
    pub above: u32,
    /// The officer's number.
    pub officer: String,
    /// His key.
    pub key: crate::ledger::KeyId,
    /// Signs the statement.
    pub sign: &'a dyn Fn(&str) -> Sig,
    /// The rows.
    pub rows: Rows<'a>,
}

impl Share {
    /// Reaches a share that may be in any state; nothing of it is judged yet.
    ///
    /// # Errors
    /// This PC's own folder cannot be made.
    pub fn reach(set: Setting) -> Result<Share, Fault> {
        set.drive.make_folder(&set.workshop).map_err(|e| Fault::of_io("准备本机文件夹", e))?;
        Ok(Share::new(set))
    }

    /// The numbers of the files whose last turn was closed by its holder: full, whole, and never written again.
    ///
    /// # Errors
    /// The folder cannot be listed.
    pub fn closed_files(&mut self) -> Result<Vec<u32>, Fault> {
        let mut closed = Vec::new();
        for file in self.published()? {
            let Some((k, true)) = self.turns_of(file)?.last().copied() else { continue };
            let bytes = slip::read(self.drive(), &self.slip_path(&slip::end_name(file, k)), DOING)?;
            if matches!(Ending::read(&bytes), Some((Ending::Closed, _))) {
                closed.push(file);
            }
        }
        Ok(closed)
    }

    /// The numbers of all publications, complete or not, in order.
    fn published(&self) -> Result<Vec<u32>, Fault> {
        let names = slip::list(self.drive(), &self.set.folder, DOING)?;
        let mut files: Vec<u32> = names.iter().filter_map(|name| slip::parse_log(name)).collect();
        files.sort_unstable();
        Ok(files)
    }

    /// The first n of a file, by its birth record.
    ///
    /// # Errors
    /// The file or its birth record cannot be read.
    pub fn first_of(&mut self, file: u32) -> Result<u64, Fault> {
        let publication = self.publication(file)?;
        Ok(self.born_of(&publication)?.first)
    }

    /// Rows of one file after n, at most so many, as they stand there.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn rows_of(&mut self, file: u32, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        let publication = self.publication(file)?;
        self.read_patiently(&publication, &mut |db| sql::rows_after(db, n, limit))
    }

    /// Makes sure that nobody can write to the current file any more. Answers its number and the rows that can still be read
    /// in it; none where no log is published.
    ///
    /// # Errors
    /// Somebody is writing and does not end before the deadline; the drive is away.
    pub fn retire(&mut self, deadline: Duration) -> Result<Option<(u32, Vec<Row>)>, Fault> {
        let until = self.set.host.now().saturating_add(deadline);
        self.drive()
            .make_folder(&self.set.folder.join("turns"))
            .map_err(|error| Fault::of_io(DOING, error))?;
        loop {
            let publication = match self.look_for_current() {
                Err(fault) if fault.kind == FaultKind::NotOurs => return Ok(None),
                found => found?,
            };
            match self.retire_once(&publication)? {
                None => {
                    // What cannot be read at all gives no rows: this PC's own are what is left.
                    let rows = self.rows_of_dead(&publication).map(|dead| dead.rows).unwrap_or_default();
                    return Ok(Some((publication.file, rows)));
                }
                Some(waited) if self.set.host.now() >= until => return Err(Fault::busy(waited)),
                Some(_) => self.pause()?,
            }
        }
    }

    /// One try: none once the file is dead, else what it waits for.
    fn retire_once(&mut self, publication: &Publication) -> Result<Option<String>, Fault> {
        let file = publication.file;
        let turns = self.turns_of(file)?;
        let Some((k, ended)) = turns.last().copied() else {
            return self.retire_at(publication, 0);
        };
        if !ended {
            return match self.wait_for_turn(file, k)? {
                Looked::Wait(who) => Ok(Some(who)),
                _ => Ok(Some("另一台电脑正在写入".into())),
            };
        }
        let name = slip::end_name(file, k);
        let bytes = slip::read(self.drive(), &self.slip_path(&name), DOING)?;
        match Ending::read(&bytes) {
            Some((Ending::Released | Ending::Empty, _)) => self.retire_at(publication, k.saturating_add(1)),
            Some((Ending::Closed | Ending::Taken, _)) => Ok(None),
            // Its maker may still fill it: the next turn is taken, then it does not matter.
            None if self.stood_still(&name, &bytes) => self.retire_at(publication, k.saturating_add(1)),
            None => Ok(Some("另一台电脑正在结束写入".into())),
        }
    }

    fn retire_at(&mut self, publication: &Publication, k: u64) -> Result<Option<String>, Fault> {
        let file = publication.file;
        // Where the turns were swept away by somebody, the log itself tells how far they had come.
        let written = file::read_once(self.drive(), &self.path(publication), None, &mut sql::last_row);
        let past = written.ok().flatten().map(|row| turn_of(&row)).filter(|turn| turn.file == file);
        let k = past.map_or(k, |turn| k.max(turn.k.saturating_add(1)));
        self.step(Step::Retire)?;
        if self.block_turn(file, k)? { Ok(None) } else { Ok(Some("另一台电脑正在写入".into())) }
    }

    /// Publishes the new file. Answers its number.
    ///
    /// # Errors
    /// Another desk published first: look again; the drive is away or full; nothing is published then.
    pub fn publish(&mut self, plan: Plan<'_>) -> Result<u32, Fault> {
        let newer = || Fault::busy("另一台电脑已经换了新的日志文件");
        // What stands above the retired file: publications that were never filled, which are skipped for good, or a new
        // file that another desk published meanwhile, which lives.
        let (mut skipped, mut number) = (Vec::new(), plan.retired.saturating_add(1));
        for above in self.published()?.into_iter().filter(|file| *file > plan.retired) {
            let mut beyond = above;
            match self.look_at_publication(&mut beyond)? {
                Some(Looked::Wait(who)) => return Err(Fault::busy(who)),
                Some(_) => return Err(newer()),
                None => skipped.push(above),
            }
            number = number.max(beyond);
        }
        number = number.max(plan.above.saturating_add(1));
        let start = match plan.behind {
            Some(sound) => sound.head,
            None => Head::genesis(self.set.county),
        };
        loop {
            if let Some(looked) = self.look_at_publication(&mut number)? {
                return Err(match looked {
                    Looked::Wait(who) => Fault::busy(who),
                    _ => newer(),
                });
            }
            let words = Rebuilding::words(number, plan.head.n, &plan.head.hash);
            let born = Born {
                county: self.set.county,
                file: number,
                why: Why::Rebuilt,
                first: start.n.saturating_add(1),
                before: start.hash,
                follows: plan.behind.map_or(0, |sound| sound.file),
                supersedes: skipped.last().copied().unwrap_or(plan.retired),
                head_n: plan.head.n,
                head_hash: plan.head.hash,
                by: Some(Rebuilding {
                    officer: plan.officer.clone(),
                    key: plan.key,
                    file: number,
                    n: plan.head.n,
                    hash: plan.head.hash,
                    sig: (plan.sign)(&words),
                }),
            };
            let set = &mut self.set;
            let placed = place(
                set.drive.as_ref(),
                &set.folder,
                &set.workshop,
                &born,
                &mut *plan.rows,
                set.host.as_mut(),
            )?;
            self.step(Step::Publish)?;
            let path = self.set.folder.join(slip::log_name(number));
            if slip::create(self.drive(), &path, DOING)? == Created::Ours {
                // Another desk may rebuild at this moment under another number. Each makes its name before it looks, so the
                // later one sees the earlier and lets go; a name that is never filled is skipped by all.
                let another = |file: &u32| *file > plan.retired && *file != number && !skipped.contains(file);
                if self.published()?.iter().any(another) {
                    let _ = self.drive().remove(&self.path(&placed));
                    return Err(Fault::busy("另一台电脑同时在重建"));
                }
                self.step(Step::PublishWrite)?;
                slip::fill(self.drive(), &path, &placed.text(), DOING)?;
                self.current = None;
                return Ok(number);
            }
            // What was placed and never published is litter of ours.
            let _ = self.drive().remove(&self.path(&placed));
        }
    }
}

fn turn_of(row: &Row) -> TurnNo {
    crate::ledger::Body::from_text(&row.body).map_or(TurnNo { file: 0, k: 0 }, |body| body.turn)
}
