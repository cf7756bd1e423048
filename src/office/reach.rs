//! Reaching the share (连接共享盘): opens the shared log when it is first needed and again after it could not be opened, so
//! that a desk starts with the drive away. It belongs to the worker's thread; nothing else touches the share.

mod audit;

use crate::ledger::{Break, Cid, CountyId, Head, Row, chain};
use crate::office::desk::Clock;
use crate::office::keybook::KeyBook;
use crate::office::worker::Watch;
use crate::store::apart::tell_apart;
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::{Log, Probe, Rebuilding, Turn, Written};
use crate::store::share::{Share, Witness};
use audit::Audit;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How the share is opened.
pub type Opener = Box<dyn FnMut() -> Result<Share, Fault> + Send>;

/// So long a desk waits for its turn before the screens hear who writes.
const SLICE: Duration = Duration::from_millis(700);
/// The share's own clock may count in larger steps than ours.
const STEP: Duration = Duration::from_millis(50);

/// What stands around the share of a desk at which people sit.
pub struct Guard {
    /// The watch over calls that last.
    pub watch: Watch,
    /// The shared folder, for telling apart what is wrong with it.
    pub folder: PathBuf,
    /// Whose log must be in it.
    pub county: CountyId,
    /// The folder of the desk's own files, for holding rows against those verified.
    pub own: PathBuf,
    /// This PC's clock.
    pub clock: Clock,
}

/// The shared log, opened when needed.
pub struct Reach {
    open: Opener,
    share: Option<Share>,
    guard: Option<(Guard, Audit)>,
}

impl Reach {
    /// A log that is opened by `open` at its first use.
    pub fn new(open: Opener) -> Reach {
        Reach { open, share: None, guard: None }
    }

    /// The same, guarded: calls are watched, faults told apart, changes from outside found.
    pub fn guarded(open: Opener, guard: Guard) -> Reach {
        let audit = Audit::new(&guard.own, guard.county);
        Reach { open, share: None, guard: Some((guard, audit)) }
    }

    /// One call of the share.
    fn call<T>(
        &mut self,
        work: impl FnOnce(&mut Share, Option<&mut Audit>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let watch = self.guard.as_ref().map(|(guard, _)| guard.watch.clone());
        let _calling = watch.as_ref().map(Watch::call);
        let audit = self.guard.as_mut().map(|(_, audit)| audit);
        opened(&mut self.share, &mut self.open, watch.as_ref())
            .and_then(|share| work(share, audit))
            .map_err(|fault| self.judge(fault))
    }

    /// Says a fault more exactly. After one that a look at another folder or file would mend the share is opened anew:
    /// what it remembers of its files may be of another drive.
    fn judge(&mut self, fault: Fault) -> Fault {
        let Some((guard, _)) = &self.guard else { return fault };
        let elsewhere = [FaultKind::DriveAway, FaultKind::NotOurs, FaultKind::Damaged, FaultKind::Older];
        if elsewhere.contains(&fault.kind) {
            // One that owes the end of a turn has to make it first.
            if !self.share.as_ref().is_some_and(Share::owes_an_end) {
                self.share = None;
            }
        }
        tell_apart(&guard.folder, guard.county, fault)
    }
}

fn opened<'a>(
    share: &'a mut Option<Share>,
    open: &mut Opener,
    watch: Option<&Watch>,
) -> Result<&'a mut Share, Fault> {
    if share.is_none() {
        *share = Some(open()?);
    }
    let share = share.as_mut().ok_or_else(|| Fault::bug("共享盘没有打开"))?;
    if let Some(watch) = watch {
        share.set_officer(&watch.officer());
    }
    Ok(share)
}

impl Log for Reach {
    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.call(|share, audit| {
            let rows = share.after(n, limit)?;
            match audit {
                Some(audit) if rows.is_empty() => audit.at_head(share, n)?,
                Some(audit) => audit.saw(&rows),
                None => {}
            }
            Ok(rows)
        })
    }

    fn find(&mut self, cid: Cid) -> Result<Option<Row>, Fault> {
        self.call(|share, _| share.find(cid))
    }

    fn head(&mut self) -> Result<Head, Fault> {
        self.call(|share, _| share.head())
    }

    fn last_head(&mut self) -> Result<Head, Fault> {
        self.call(|share, _| share.last_head())
    }

    fn probe(&mut self) -> Result<Probe, Fault> {
        self.call(|share, audit| {
            let probe = share.probe()?;
            if let Some(audit) = audit {
                audit.probed(probe)?;
            }
            Ok(probe)
        })
    }

    fn doubt(&mut self, doubts: bool) {
        // A share that has to be opened anew is opened without doubts: the doubt is about one that was just read.
        if doubts {
            let _ = self.call(|share, _| {
                share.doubt(true);
                Ok(())
            });
        } else if let Some(share) = &mut self.share {
            share.doubt(false);
        }
    }

    fn unchanged(&mut self, head: &Head) -> bool {
        self.call(|share, _| Ok(share.unchanged(head))).unwrap_or(false)
    }

    fn come_back(&mut self) -> Result<bool, Fault> {
        self.call(|share, _| share.come_back())
    }

    fn wrote(&mut self) -> Option<Probe> {
        self.share.as_mut().and_then(Share::wrote)
    }

    fn rebuilding(&mut self) -> Result<Option<Rebuilding>, Fault> {
        self.call(|share, _| share.rebuilding())
    }

    fn tell(&mut self, notice: &str) -> Result<(), Fault> {
        self.call(|share, _| share.tell(notice))
    }

    fn told(&mut self) -> Result<Vec<String>, Fault> {
        self.call(|share, _| share.told())
    }

    fn leave_request(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.call(|share, _| share.leave_request(name, text))
    }

    fn requests(&mut self) -> Result<Vec<(String, String)>, Fault> {
        self.call(|share, _| share.requests())
    }

    fn drop_request(&mut self, name: &str) -> Result<(), Fault> {
        self.call(|share, _| share.drop_request(name))
    }

    fn tidy(&mut self, past: u32) -> Result<usize, Fault> {
        self.call(|share, _| share.tidy(past))
    }

    fn empty(&mut self, spans: &[(u64, u64)], deadline: Duration) -> Result<bool, Fault> {
        self.call(|share, _| share.empty(spans, deadline))
    }

    fn write(
        &mut self,
        from: &Head,
        deadline: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written {
        let Some(watch) = self.guard.as_ref().map(|(guard, _)| guard.watch.clone()) else {
            return match opened(&mut self.share, &mut self.open, None) {
                Ok(share) => share.write(from, deadline, build),
                Err(fault) => Written::NotDone(fault),
            };
        };
        let until = Instant::now() + deadline;
        loop {
            let begun = Instant::now();
            let left = until.saturating_duration_since(begun);
            let slice = left.min(SLICE);
            let written = self.write_once(&watch, from, slice, build);
            match written {
                // A turn that is not free at the end of the slice: nothing was written, so it is asked for again.
                Written::NotDone(fault)
                    if fault.kind == FaultKind::Busy && left > slice && begun.elapsed() + STEP >= slice =>
                {
                    watch.waits(Some(who(&fault.what)));
                }
                other => {
                    watch.waits(None);
                    return other;
                }
            }
        }
    }
}

impl Reach {
    /// One try of at most a slice, or for as long as a turn that was begun takes.
    fn write_once(
        &mut self,
        watch: &Watch,
        from: &Head,
        slice: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written {
        let _calling = watch.call();
        let desk_now = self.guard.as_ref().map(|(guard, _)| (guard.clock)());
        let (mut jumped, mut seen) = (None, Vec::new());
        let written = match opened(&mut self.share, &mut self.open, Some(watch)) {
            Ok(share) => share.write(from, slice, &mut |turn, rows| {
                seen = rows.to_vec();
                let newest = rows.last().and_then(|row| chain::glimpse(row).share_ms);
                let share_now = crate::base::day::Stamp(turn.share_ms);
                jumped = desk_now.and_then(|desk| watch.judge_time(share_now, newest, desk));
                if jumped.is_some() { Vec::new() } else { build(turn, rows) }
            }),
            Err(fault) => Written::NotDone(fault),
        };
        if let Some(jump) = jumped {
            // Nothing was signed and nothing written; the turn is over.
            let next = "没有写入任何内容；请核对现在是哪一天，回工作台选「核对共享盘时间」";
            return Written::NotDone(Fault::new(FaultKind::Clock, jump.what(), next));
        }
        match written {
            Written::Done(rows) => {
                if let Some((_, audit)) = &mut self.guard {
                    audit.saw(&seen);
                    audit.saw(&rows);
                }
                Written::Done(rows)
            }
            Written::NotDone(fault) => Written::NotDone(self.judge(fault)),
            Written::Unknown(fault) => Written::Unknown(self.judge(fault)),
        }
    }
}

/// The sentence of who writes; a desk at which nobody is signed in has no number in its slip.
fn who(what: &str) -> String {
    let nobody = what.strip_prefix("正在由").is_some_and(|rest| rest.trim() == "写入");
    if nobody { "另一台电脑正在写入".to_owned() } else { what.to_owned() }
}

/// What this desk holds, for building a new log file after a turn was lost: the verified entries of `entries.db`.
pub struct Holdings {
    folder: PathBuf,
    county: CountyId,
    entries: Option<Entries>,
    /// The keys as of the row judged last: rows are judged in order, so each is read once.
    book: KeyBook,
}

impl Holdings {
    /// The holdings in a desk's folder.
    pub fn new(folder: PathBuf, county: CountyId) -> Holdings {
        Holdings { folder, county, entries: None, book: KeyBook::default() }
    }

    fn entries(&mut self) -> Result<&Entries, Fault> {
        if self.entries.is_none() {
            self.entries = Some(Entries::open(&self.folder.join("entries.db"), self.county)?);
        }
        self.entries.as_ref().ok_or_else(|| Fault::bug("本机记录没有打开"))
    }

    /// Brings the key book to the entry at `n`, as far as this desk holds the entries.
    fn learn_to(&mut self, n: u64) -> Result<(), Fault> {
        if self.book.n() > n {
            self.book = KeyBook::default();
        }
        while !self.book.reaches(n) {
            let after = self.book.n();
            let rows = self.entries()?.after(after, PAGE)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows.iter().filter(|row| row.n <= n) {
                self.book.take_row(row)?;
            }
        }
        Ok(())
    }
}

/// How many rows are read at once.
const PAGE: usize = 1_000;

impl Witness for Holdings {
    fn held(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.entries()?.after(n, limit)
    }

    fn sound(&mut self, row: &Row, before: &Head, county: CountyId) -> Result<(), Break> {
        if self.learn_to(before.n).is_err() || !self.book.reaches(before.n) {
            // Keys that this desk does not hold are judged when the rows are pulled.
            return chain::check_shape(row, before, county).map(drop);
        }
        chain::check(row, before, county, &self.book)?;
        // The next row may be signed with a key that this one gave, also where this desk never pulled it.
        let _ = self.book.take_row(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::{Day, Stamp};
    use crate::domain::office::{Office, Role};
    use crate::office::scratch::Scratch;
    use crate::office::setup::NewOfficer;

    #[test]
    fn rows_are_judged_in_order_and_again_from_the_start() {
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: [role].into(),
        };
        let officers = [officer("9000", Role::Administrator), officer("9001", Role::Finance)];
        let office =
            Scratch::found(&officers, Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0), false).unwrap();
        let county = office.desk().county();
        let rows =
            Entries::open(&office.desk_folder().join("entries.db"), county).unwrap().after(0, 100).unwrap();
        assert!(rows.len() > 3);
        let mut holdings = Holdings::new(office.desk_folder(), county);
        for _ in 0..2 {
            let mut head = Head::genesis(county);
            for row in &rows {
                holdings.sound(row, &head, county).unwrap();
                head = Head::of(row);
            }
        }
        let mut bad = rows[2].clone();
        bad.sig[0] ^= 1;
        assert!(holdings.sound(&bad, &Head::of(&rows[1]), county).is_err());
    }
}
