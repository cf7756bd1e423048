//! Writing by turns: look, begin, write, end; and what a desk does when another's turn stands still.
//!
//! Every step is an exclusive creation or a read. What is done here must never rest on timing: any turn may be taken
//! over at any moment, and whoever sleeps through it finds its end made by another, does not know the outcome, and
//! offers the same commands again in a turn of the newer file.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::Connection;

use super::drive::Drive;
use super::file;
use super::read::head_of;
use super::slip::{self, Created, Ending, Publication, TurnSlip};
use super::step::Step;
use super::{LOOK_EVERY, PULL_FIRST, Share, ShareTime, Turn, Written, note_path};
use crate::ledger::{Body, Head, Row, TurnNo, chain};
use crate::store::fault::{BEHIND, Fault, FaultKind, UNREAD, second_window};
use crate::store::log::Probe;
use crate::store::sql;

const TURN: &str = "轮到本机写入";
const WRITE: &str = "写入共享日志";

/// Ended turns are removed once so many later ones exist, and they are an hour old.
const KEEP_TURNS: u64 = 200;
const KEEP_TIME: Duration = Duration::from_secs(3600);
/// At most so many old turns are removed after one turn of ours.
const SWEEP: usize = 20;

/// How long a desk that comes back tries to end the turn it died in.
const OLD_TURN: Duration = Duration::from_secs(2);

/// Longer than any attribute cache of a network drive.
const STALE: Duration = Duration::from_millis(1_200);

/// What a look at the folder found.
pub(super) enum Looked {
    /// This turn of this file is next.
    Begin(Publication, u64),
    /// Something moved: look again.
    Again,
    /// Somebody is at it: this sentence says who.
    Wait(String),
}

/// How holding a turn ended.
enum Held {
    Done(Vec<Row>),
    NotDone(Fault),
    Unknown(Fault),
    /// The turn was ended by another desk.
    Lost,
    /// The turn was not ours after all: look again.
    Again,
}

/// What was found inside the turn, before the end of it.
pub(super) enum Inside {
    Written(Vec<Row>, Ending),
    Reborn,
    Unknown(Fault),
}

pub(super) type Build<'a> = &'a mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>;

impl Share {
    pub(super) fn write_by_turns(&mut self, from: &Head, deadline: Duration, build: Build<'_>) -> Written {
        self.take_turns(Some(from), deadline, build)
    }

    /// An empty turn: rolls back what a dead writer left, ends an own old turn.
    pub(super) fn settle(&mut self, deadline: Duration) -> Written {
        self.take_turns(None, deadline, &mut |_, _| Vec::new())
    }

    /// Where the turn in hand is this desk's from before it died: an empty turn. Whether there was one.
    pub(super) fn end_old_turn(&mut self) -> Result<bool, Fault> {
        let Some(own) = self.own_nonce.clone() else { return Ok(false) };
        let publication = self.look_for_current()?;
        let Some((k, false)) = self.turns_of(publication.file)?.pop() else { return Ok(false) };
        let name = slip::turn_name(publication.file, k);
        let bytes = slip::read(self.drive(), &self.slip_path(&name), TURN)?;
        if TurnSlip::read(&bytes).is_none_or(|slip| slip.nonce != own) {
            return Ok(false);
        }
        match self.settle(OLD_TURN) {
            Written::Done(_) => Ok(true),
            Written::NotDone(fault) | Written::Unknown(fault) => Err(fault),
        }
    }

    fn take_turns(&mut self, from: Option<&Head>, deadline: Duration, build: Build<'_>) -> Written {
        if !self.set.may_write {
            return Written::NotDone(second_window());
        }
        let until = self.set.host.now().saturating_add(deadline);
        let mut lost = false;
        let mut stale = false;
        self.wrote = None;
        let mut waited = String::from("共享日志正在写入");
        let end = |lost: bool, fault: Fault| {
            if lost { Written::Unknown(fault) } else { Written::NotDone(fault) }
        };
        loop {
            let held = match self.look() {
                Ok(Looked::Begin(publication, k)) => self.hold(&publication, k, from, build),
                Ok(Looked::Again) => Ok(Held::Again),
                Ok(Looked::Wait(who)) => {
                    waited = who;
                    Ok(Held::Again)
                }
                Err(fault) => Err(fault),
            };
            match held {
                Ok(Held::Done(rows)) => return Written::Done(rows),
                // A read that came back short looks like a log put back: once more, after a stale cache of this client has
                // passed, through another connection in another turn.
                Ok(Held::NotDone(fault)) if fault.kind == FaultKind::Older && !stale => {
                    stale = true;
                    self.set.host.sleep(STALE);
                    continue;
                }
                Ok(Held::NotDone(fault)) | Err(fault) => {
                    self.current = None;
                    return end(lost, fault);
                }
                Ok(Held::Unknown(fault)) => return Written::Unknown(fault),
                Ok(Held::Lost) => lost = true,
                Ok(Held::Again) => {}
            }
            if self.set.host.now() >= until {
                return end(lost, Fault::busy(waited));
            }
            if let Err(fault) = self.pause() {
                return end(lost, fault);
            }
        }
    }

    /// A short wait of random length, so that two desks do not keep meeting.
    pub(super) fn pause(&mut self) -> Result<(), Fault> {
        let mut jitter = [0u8; 1];
        self.set.host.random(&mut jitter)?;
        let millis = 10 + u64::from(jitter[0]) / 4;
        self.set.host.sleep(Duration::from_millis(millis));
        Ok(())
    }

    /// Takes note of a step, and of dying at it in a simulation.
    pub(super) fn step(&mut self, step: Step) -> Result<(), Fault> {
        let told = self.set.host.step(step);
        self.dead = told.is_err();
        told
    }

    /// Looks at the highest publication and its highest turn, and does what has to be done before a turn can begin.
    fn look(&mut self) -> Result<Looked, Fault> {
        self.step(Step::Look)?;
        self.fill_own_end()?;
        let publication = self.look_for_current()?;
        // An end that says released says it for good, and whoever came after it has taken the turn behind it: to begin that
        // one asks as much as to list them all. Which file it is must be looked for all the same.
        if let Some((of, k, seen)) = self.released.take()
            && of == publication
            && self.set.host.now().saturating_sub(seen) < LOOK_EVERY
        {
            return Ok(Looked::Begin(publication, k.saturating_add(1)));
        }
        let file = publication.file;
        let turns = self.turns_of(file)?;
        let Some((k, ended)) = turns.last() else {
            return Ok(Looked::Begin(publication, 0));
        };
        let k = *k;
        if !*ended {
            return self.wait_for_turn(file, k);
        }
        let name = slip::end_name(file, k);
        let bytes = slip::read(self.drive(), &self.slip_path(&name), TURN)?;
        match Ending::read(&bytes) {
            Some((Ending::Released | Ending::Empty, _)) => {
                Ok(Looked::Begin(publication, k.saturating_add(1)))
            }
            Some((Ending::Closed, _)) => self.build_next(&publication, true),
            Some((Ending::Taken, _)) => self.build_next(&publication, false),
            None if self.stood_still(&name, &bytes) => self.tomb(&publication, k.saturating_add(1)),
            None => Ok(Looked::Wait("另一台电脑正在结束写入".into())),
        }
    }

    /// The turns of a file in the folder, by number: whether each has an end.
    pub(super) fn turns_of(&self, file: u32) -> Result<Vec<(u64, bool)>, Fault> {
        let mut begun = BTreeSet::new();
        let mut ended = BTreeSet::new();
        for name in slip::list(self.drive(), &self.set.folder.join("turns"), TURN)? {
            match slip::parse_turn(&name) {
                Some((of, k, true)) if of == file => ended.insert(k),
                Some((of, k, false)) if of == file => begun.insert(k),
                _ => continue,
            };
        }
        Ok(begun.union(&ended).map(|k| (*k, ended.contains(k))).collect())
    }

    /// A turn without end: ours from before a crash, somebody's at work, or dead.
    pub(super) fn wait_for_turn(&mut self, file: u32, k: u64) -> Result<Looked, Fault> {
        let name = slip::turn_name(file, k);
        let bytes = slip::read(self.drive(), &self.slip_path(&name), TURN)?;
        let slip = TurnSlip::read(&bytes);
        if let Some(own) = self.own_nonce.clone()
            && slip.as_ref().map_or(self.begun == Some((file, k)), |slip| slip.nonce == own)
        {
            // Only a writer notes its nonce, and this handle holds no turn now: whoever wrote in it is gone. Where the drive
            // went away before the nonce was written, this handle still knows that it created the name; whoever's nonce
            // stands in it began it in a log that was put back.
            self.finish(file, k, Ending::Released, &own)?;
            return Ok(Looked::Again);
        }
        if self.stood_still(&name, &bytes) {
            self.take(file, k)?;
            return Ok(Looked::Again);
        }
        Ok(Looked::Wait(match slip {
            Some(slip) => format!("正在由 {} 写入", slip.officer),
            None => "另一台电脑正在写入".into(),
        }))
    }

    /// Ends another's turn. From then on the file is dead, for sleepers too.
    fn take(&mut self, file: u32, k: u64) -> Result<(), Fault> {
        let nonce = self.nonce::<16>()?;
        self.step(Step::Take)?;
        let path = self.slip_path(&slip::end_name(file, k));
        if slip::create(self.drive(), &path, TURN)? == Created::Ours {
            self.step(Step::TakeWrite)?;
            slip::fill(self.drive(), &path, &Ending::Taken.text(&nonce), TURN)?;
        }
        Ok(())
    }

    /// An end that stayed empty: its maker may still fill it with `released`. So the next turn is taken first, and only
    /// to build: nobody can begin it any more.
    fn tomb(&mut self, publication: &Publication, k: u64) -> Result<Looked, Fault> {
        self.step(Step::Tomb)?;
        if !self.block_turn(publication.file, k)? {
            return Ok(Looked::Again);
        }
        self.build_next(publication, false)
    }

    /// Takes a turn so that nobody can write in it; whether it was free, and the file's last. Its nonce is not noted: it
    /// is never released.
    pub(super) fn block_turn(&mut self, file: u32, k: u64) -> Result<bool, Fault> {
        let nonce = self.nonce::<16>()?;
        let path = self.slip_path(&slip::turn_name(file, k));
        if slip::create(self.drive(), &path, TURN)? == Created::Taken {
            return Ok(false);
        }
        slip::fill(self.drive(), &path, &self.turn_slip(nonce).text(), TURN)?;
        // A name from the past, removed while we slept: later turns are there, and the file lives.
        Ok(!self.turns_of(file)?.iter().any(|(other, _)| *other > k))
    }

    fn turn_slip(&self, nonce: String) -> TurnSlip {
        TurnSlip { nonce, desk: self.set.desk.to_string(), officer: self.set.officer.clone() }
    }

    /// Begins turn `k`, writes, ends it.
    fn hold(
        &mut self,
        publication: &Publication,
        k: u64,
        from: Option<&Head>,
        build: Build<'_>,
    ) -> Result<Held, Fault> {
        let file = publication.file;
        let nonce = self.nonce::<16>()?;
        let note = note_path(&self.set.workshop);
        self.drive().replace(&note, nonce.as_bytes()).map_err(|e| Fault::of_io("记下本机的轮次", e))?;
        self.own_nonce = Some(nonce.clone());
        self.step(Step::Begin)?;
        let path = self.slip_path(&slip::turn_name(file, k));
        let (drive, text) = (self.set.drive.clone(), self.turn_slip(nonce.clone()).text());
        let Some(fill) = slip::create_to_fill(drive.as_ref(), &path, TURN)? else {
            return Ok(Held::Again);
        };
        self.begun = Some((file, k));
        let inside = fill(text.as_bytes())
            .map_err(|e| Fault::of_io(TURN, e))
            .and_then(|()| self.inside(publication, k, &path, from, build));
        if self.dead {
            return Ok(Held::Unknown(Fault::busy("本机在轮次中停止")));
        }
        match inside {
            Ok(Inside::Written(rows, ending)) => match self.finish(file, k, ending, &nonce) {
                Ok(true) => {
                    // Of a turn with rows only: where somebody swept the turns away, the log still tells of it.
                    if ending == Ending::Released && !rows.is_empty() {
                        self.released = Some((publication.clone(), k, self.set.host.now()));
                    }
                    if k.is_multiple_of(SWEEP as u64 / 2) {
                        self.sweep(file, k, &path);
                    }
                    Ok(Held::Done(rows))
                }
                Ok(false) => Ok(Held::Lost),
                Err(fault) => Ok(Held::Unknown(fault)),
            },
            // A name from the past: below the present turn it holds up nobody. It gets no end, so it stays as litter.
            Ok(Inside::Reborn) => {
                self.begun = None;
                Ok(Held::Again)
            }
            Ok(Inside::Unknown(fault)) => Ok(Held::Unknown(fault)),
            Err(fault) => {
                // Nothing was committed, whether the end can be made now or not.
                let _ = self.finish(file, k, Ending::Empty, &nonce);
                // What one read says is no alarm: the next pull reads again, patiently, and tells.
                Ok(Held::NotDone(match fault.kind {
                    FaultKind::Damaged | FaultKind::NotOurs => Fault::busy(UNREAD),
                    _ => fault,
                }))
            }
        }
    }

    /// Ends an own turn; whether it was still ours to end.
    fn finish(&mut self, file: u32, k: u64, ending: Ending, nonce: &str) -> Result<bool, Fault> {
        self.step(Step::End)?;
        let path = self.slip_path(&slip::end_name(file, k));
        let text = ending.text(nonce);
        let drive = self.set.drive.clone();
        match self.again(|_| slip::create_to_fill(drive.as_ref(), &path, TURN))? {
            Some(fill) => {
                self.begun = None;
                self.step(Step::EndWrite)?;
                let mut filled = fill(text.as_bytes()).map_err(|e| Fault::of_io(TURN, e));
                if filled.is_err() {
                    filled = self.again(|share| slip::fill(share.drive(), &path, &text, TURN));
                }
                if filled.is_err() {
                    // The name is ours for good: as long as this program lives it goes on trying, else the file would die.
                    self.unfilled = Some((path.clone(), text));
                }
                filled.map(|()| true)
            }
            // An earlier try of ours may have come through although it reported an error.
            None => {
                self.begun = None;
                let bytes = self.again(|share| slip::read(share.drive(), &path, TURN));
                bytes.map(|bytes| bytes == text.as_bytes())
            }
        }
    }

    /// One operation, tried again a little later while it fails.
    fn again<T>(&mut self, mut operation: impl FnMut(&Share) -> Result<T, Fault>) -> Result<T, Fault> {
        for _ in 0..3 {
            match operation(self) {
                Err(_) => self.set.host.sleep(Duration::from_millis(100)),
                done => return done,
            }
        }
        operation(self)
    }

    /// Fills the end that this desk created and could not write into, if there is one. Where the folder does not have that
    /// name any more, the share was put back or emptied meanwhile: then nobody waits for it, and to go on trying would keep
    /// this desk from ever writing again. The folder itself must say so, for a drive that is away finds nothing either.
    fn fill_own_end(&mut self) -> Result<(), Fault> {
        let Some((path, text)) = self.unfilled.take() else { return Ok(()) };
        let Err(error) = self.drive().fill(&path, text.as_bytes()) else { return Ok(()) };
        let gone = if error.kind() == std::io::ErrorKind::NotFound { self.is_gone(&path) } else { Ok(false) };
        if matches!(gone, Ok(true)) {
            return Ok(());
        }
        self.unfilled = Some((path, text));
        gone.and(Err(Fault::of_io(TURN, error)))
    }

    /// Whether a slip's name is not in a share that is there, with a log in it.
    fn is_gone(&mut self, slip: &Path) -> Result<bool, Fault> {
        self.look_for_current()?;
        let names = slip::list(self.drive(), &self.set.folder.join("turns"), TURN)?;
        Ok(!names.iter().any(|name| slip.ends_with(name)))
    }

    /// Everything that happens while the turn is ours; takes well under a second.
    pub(super) fn inside(
        &mut self,
        publication: &Publication,
        k: u64,
        slip_path: &Path,
        from: Option<&Head>,
        build: Build<'_>,
    ) -> Result<Inside, Fault> {
        let file = publication.file;
        let path = self.path(publication);
        // A turn of this number may have been removed long ago while we slept: later ones are there then.
        if self.turns_of(file)?.iter().any(|(other, _)| *other > k) {
            return Ok(Inside::Reborn);
        }
        // The list tells all, unless somebody swept the turns away: then the log itself tells how far they had come, before
        // anything is opened for writing.
        if k == 0
            && let Ok(last) = file::read_once(self.drive(), &path, None, &mut sql::last_row)
            && is_past(last.as_ref(), TurnNo { file, k })
        {
            return Ok(Inside::Reborn);
        }
        let share_ms = self.share_ms(slip_path)?;
        let db = file::open_writing(self.drive(), &path)?;
        let sql_fault = |e| Fault::of_sql(WRITE, e);
        if !self.emptying.is_empty() {
            sql::set(&db, "secure_delete", "1")?;
        }
        db.execute_batch("BEGIN IMMEDIATE").map_err(sql_fault)?;
        // What a dead writer left was rolled back by now. Where a client's stale cache hid its journal from SQLite, half
        // of his pages may be what it reads: nothing may be decided upon those, let alone written over them.
        if file::journal_is_live(self.drive(), &path)? {
            return Err(Fault::busy("上一台写入的电脑留下的日志还没有还原"));
        }
        let record = file::born(&db).map_err(sql_fault)?;
        let born = file::judge_born(&record, &publication.hash, file, self.set.county)?;
        let last = sql::last_row(&db).map_err(sql_fault)?;
        if is_past(last.as_ref(), TurnNo { file, k }) {
            return Ok(Inside::Reborn);
        }
        let head = head_of(last.as_ref(), &born);
        let rows = match from {
            Some(from) => unseen(&db, from, &head, &born)?,
            None => Vec::new(),
        };
        let before_ms = last.as_ref().and_then(|row| chain::glimpse(row).share_ms).unwrap_or(i64::MIN);
        let turn = Turn { file, k, share_ms: share_ms.max(before_ms) };
        let new = build(&turn, &rows);
        self.check_new(&new, &head, &turn)?;
        self.step(Step::Write)?;
        if !self.emptying.is_empty() {
            self.empty_in_turn(publication, &db, &head)?;
            return Ok(Inside::Written(new, Ending::Released));
        }
        if new.is_empty() {
            return Ok(Inside::Written(new, Ending::Released));
        }
        for row in &new {
            sql::insert(&db, row).map_err(sql_fault)?;
        }
        let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0)).map_err(sql_fault)?;
        let counter = file::reads_true(self.drive(), &path)?;
        if let Err(error) = db.execute_batch("COMMIT") {
            drop(db);
            return after_failed_commit(self.drive(), &path, new, Fault::of_sql(WRITE, error));
        }
        drop(db);
        // One transaction moves the counter by one, and until this turn has its end nobody else makes another.
        if let Some(last) = new.last() {
            self.know(publication, Some(counter.wrapping_add(1)), Head::of(last));
        }
        self.wrote = Some(Probe { file, counter: counter.wrapping_add(1), whole: true });
        let full = pages.unsigned_abs().saturating_mul(file::PAGE_SIZE.into()) > self.set.segment;
        Ok(Inside::Written(new, if full { Ending::Closed } else { Ending::Released }))
    }

    /// The share's time: when the server made the turn's file.
    fn share_ms(&self, slip_path: &Path) -> Result<i64, Fault> {
        match &self.set.time {
            ShareTime::Given(now) => Ok(now().0),
            ShareTime::TurnFile => self.made_ms(slip_path),
            ShareTime::TurnFileLater(later) => Ok(self.made_ms(slip_path)?.saturating_add(*later)),
        }
    }

    fn made_ms(&self, slip_path: &Path) -> Result<i64, Fault> {
        let meta = self.drive().meta(slip_path).map_err(|e| Fault::of_io(TURN, e))?;
        Ok(millis(meta.modified))
    }

    /// What the caller built must fit: one row after the other, in this turn.
    fn check_new(&self, new: &[Row], head: &Head, turn: &Turn) -> Result<(), Fault> {
        let mut before = *head;
        for row in new {
            let body = chain::check_shape(row, &before, self.set.county);
            match body {
                Ok(Body { turn: no, .. }) if no == turn.no() => before = Head::of(row),
                Ok(_) => return Err(Fault::bug("要写入的记录不属于本轮次")),
                Err(why) => return Err(Fault::bug(format!("要写入的记录不合规定：{why}"))),
            }
        }
        Ok(())
    }

    /// Removes turns that ended long ago, the oldest first. The last 200 always stay, so a sleeper that makes an old
    /// name anew finds later ones beside it.
    fn sweep(&self, file: u32, k: u64, slip_path: &Path) {
        let drive = self.drive();
        let Ok(now) = drive.meta(slip_path) else { return };
        let Ok(turns) = self.turns_of(file) else { return };
        let old = turns.iter().filter(|(other, ended)| *ended && other.saturating_add(KEEP_TURNS) < k);
        for (other, _) in old.take(SWEEP) {
            let end = self.slip_path(&slip::end_name(file, *other));
            let then = drive.meta(&end).ok();
            let age = then.and_then(|then| now.modified.duration_since(then.modified).ok());
            if age.is_none_or(|age| age < KEEP_TIME) {
                return;
            }
            // The turn before its end: what is left if we die in between is an end without a turn, which counts as one.
            let gone = drive.remove(&self.slip_path(&slip::turn_name(file, *other)));
            if gone.is_err() || drive.remove(&end).is_err() {
                return;
            }
        }
    }
}

/// Whether the log has already gone past this turn.
fn is_past(last: Option<&Row>, turn: TurnNo) -> bool {
    let no = last.and_then(|row| Body::from_text(&row.body).ok()).map(|body| body.turn);
    no.is_some_and(|no| no.file == turn.file && no.k >= turn.k)
}

/// The rows that the caller has not seen, once it is sure that the share goes on from what the caller has.
fn unseen(db: &Connection, from: &Head, head: &Head, born: &file::Born) -> Result<Vec<Row>, Fault> {
    if from.n > head.n {
        return Err(Fault::new(
            FaultKind::Older,
            format!("共享日志较旧：只到第 {} 条，本机已有第 {} 条", head.n, from.n),
            "没有写入任何内容；可能有人放回了旧的备份，报告县局管理员",
        ));
    }
    let behind = Fault::busy(format!("{BEHIND} {} 条记录，要先更新", head.n.saturating_sub(from.n)));
    let first = born.first.saturating_sub(1);
    if from.n < first || head.n.saturating_sub(from.n) > PULL_FIRST as u64 {
        return Err(behind);
    }
    let there = if from.n == first {
        Some(Head { n: first, hash: born.before })
    } else {
        sql::head_at(db, from.n).map_err(|e| Fault::of_sql(WRITE, e))?
    };
    if there != Some(*from) {
        return Err(Fault::damaged(format!("共享日志被改动：第 {} 条与本机已核对的不同", from.n)));
    }
    sql::rows_after(db, from.n, PULL_FIRST).map_err(|e| Fault::of_sql(WRITE, e))
}

/// An error from COMMIT is not a no: the turn is still ours, so the answer can be read.
fn after_failed_commit(drive: &dyn Drive, path: &Path, new: Vec<Row>, fault: Fault) -> Result<Inside, Fault> {
    let Some(last) = new.last() else { return Err(fault) };
    let found = file::open_writing(drive, path)
        .and_then(|db| sql::head_at(&db, last.n).map_err(|e| Fault::of_sql(WRITE, e)));
    match found {
        Ok(Some(head)) if head == Head::of(last) => Ok(Inside::Written(new, Ending::Released)),
        Ok(_) => Err(fault),
        Err(_) => Ok(Inside::Unknown(fault)),
    }
}

fn millis(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(_) => 0,
    }
}
