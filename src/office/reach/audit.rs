//! The audit (复核): a shared file that changed although nobody appended to it was changed by something else than this
//! program. Then every row is held against what this desk has verified. It reads only, and only when there is a doubt:
//! each transaction moves the file's change counter by one, and each turn with rows is one transaction.

use crate::ledger::{Body, CountyId, Row, TurnNo};
use crate::office::keybook::KeyBook;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::log::{Log, Probe};
use crate::store::share::Share;
use std::path::PathBuf;

/// How many rows are compared at once.
const PAGE: usize = 500;

/// What an audit knows. What it counts is noted beside the desk's files, so that a change made while the program did not
/// run is found at its next start; a note that is lost or late only costs one comparison.
pub struct Audit {
    entries: PathBuf,
    note: PathBuf,
    county: CountyId,
    /// The counter up to which every change is accounted for.
    sound: Option<Probe>,
    /// The last probe.
    probed: Option<Probe>,
    /// Turns with rows since `sound`, others' and our own.
    turns: u32,
    last: Option<TurnNo>,
    /// The state of the file that was found changed, and how that is said.
    bad: Option<(Probe, String)>,
}

impl Audit {
    /// An audit against the entries in a desk's folder.
    pub fn new(folder: &std::path::Path, county: CountyId) -> Audit {
        let note = folder.join("share.seen");
        let noted = std::fs::read_to_string(&note).ok().and_then(|text| noted(&text));
        let (sound, turns) = noted.map_or((None, 0), |(sound, turns)| (Some(sound), turns));
        let entries = folder.join("entries.db");
        Audit { entries, note, county, sound, probed: None, turns, last: None, bad: None }
    }

    fn keep(&self) {
        let Some(Probe { file, counter, .. }) = self.sound else { return };
        if std::fs::write(&self.note, format!("{file} {counter} {}\n", self.turns)).is_err() {
            tracing::warn!("the counter of the share is not noted");
        }
    }

    /// A probe saw this.
    ///
    /// # Errors
    /// The file stands as it was found changed.
    pub fn probed(&mut self, probe: Probe) -> Result<(), Fault> {
        self.probed = Some(probe);
        match self.sound {
            Some(sound) if sound.file == probe.file => {}
            // The first look, or a new file: from here on its changes are counted.
            _ => {
                (self.sound, self.turns, self.bad) = (Some(probe), 0, None);
                self.keep();
            }
        }
        self.known_bad()
    }

    fn known_bad(&self) -> Result<(), Fault> {
        match &self.bad {
            Some((probe, what)) if Some(*probe) == self.probed => Err(Fault::damaged(what.clone())),
            _ => Ok(()),
        }
    }

    /// Rows that others wrote, or this desk.
    pub fn saw(&mut self, rows: &[Row]) {
        for turn in rows.iter().filter_map(|row| Body::from_text(&row.body).ok()).map(|body| body.turn) {
            if self.last != Some(turn) {
                self.turns = self.turns.saturating_add(1);
                self.last = Some(turn);
            }
        }
        if !rows.is_empty() {
            self.keep();
        }
    }

    /// No rows come after `head`: whether all changes of the file are accounted for.
    ///
    /// # Errors
    /// A row that is not the one that this desk has verified.
    pub fn at_head(&mut self, share: &mut Share, head: u64) -> Result<(), Fault> {
        self.known_bad()?;
        let (Some(sound), Some(probed)) = (self.sound, self.probed) else { return Ok(()) };
        if moved(sound, probed) == self.turns {
            self.accept(probed);
            return Ok(());
        }
        // Somebody may have written since the probe, or between the two reads.
        let now = share.probe()?;
        // Rows whose turn has no end yet are counted when they are given.
        if now.file != sound.file || !share.after(head, 1)?.is_empty() || !share.probe()?.whole {
            return Ok(());
        }
        // A log that ends before what this desk has seen is older, whatever else it is: that is for others to say.
        if share.head()?.n < head {
            return Ok(());
        }
        self.probed = Some(now);
        if moved(sound, now) != self.turns
            && let Err(fault) = self.compare(share, head)
        {
            self.bad = Some((now, fault.what.clone()));
            return Err(fault);
        }
        self.accept(now);
        Ok(())
    }

    fn accept(&mut self, probe: Probe) {
        let noted = self.sound == Some(probe) && self.turns == 0;
        (self.sound, self.turns, self.bad) = (Some(probe), 0, None);
        if !noted {
            self.keep();
        }
    }

    /// Holds every row up to `head` against the one that this desk has verified.
    fn compare(&self, share: &mut Share, head: u64) -> Result<(), Fault> {
        let entries = Entries::open(&self.entries, self.county)?;
        let mut n = 0;
        // Columns that are empty there: whether an administrator destroyed them shows behind them.
        let (mut book, mut empty) = (KeyBook::default(), Vec::new());
        while n < head {
            let held = entries.after(n, PAGE)?;
            let there = share.after(n, held.len())?;
            for (held, there) in held.iter().zip(&there) {
                book.take_row(held)?;
                if there.private.is_none() && held.private.is_some() {
                    empty.push(held.n);
                }
                if !same(held, there) {
                    return Err(Fault::damaged(format!(
                        "共享盘上第 {} 条记录被改写，与本机已核对的不同",
                        held.n
                    )));
                }
            }
            if there.len() < held.len() || held.is_empty() {
                let gone = n.saturating_add(there.len() as u64).saturating_add(1);
                return Err(Fault::damaged(format!("共享盘上第 {gone} 条记录不见了")));
            }
            n = n.saturating_add(held.len() as u64);
        }
        match empty.into_iter().find(|n| !book.is_erased(*n)) {
            Some(n) => {
                Err(Fault::damaged(format!("共享盘上第 {n} 条记录的个人信息不见了，没有销毁它的记录")))
            }
            None => Ok(()),
        }
    }
}

/// The file, its counter, and the turns since.
fn noted(text: &str) -> Option<(Probe, u32)> {
    let mut numbers = text.split_whitespace();
    let (file, counter) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    let probe = Probe { file, counter, whole: true };
    let turns = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some((probe, turns))
}

/// How many transactions lie between two probes of one file.
fn moved(from: Probe, to: Probe) -> u32 {
    to.counter.wrapping_sub(from.counter)
}

/// Whether a row is the one held; a private part that was erased for good may be gone.
fn same(held: &Row, there: &Row) -> bool {
    let private = there.private.is_none() || there.private == held.private;
    private
        && (held.n, held.cid, &held.body, held.hash, held.sig)
            == (there.n, there.cid, &there.body, there.hash, there.sig)
}
