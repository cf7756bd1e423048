//! Pulling (取新): fetch the rows after our head, judge each as an entry, keep it, and let the replica follow.

use super::meaning::{Meaning, cids_of};
use super::signatures::{self, Bad, Checker};
use super::{Desk, judge};
use crate::domain::ids::OfficerNo;
use crate::ledger::{Body, Cid, DeskId, Row, chain};
use crate::office::change;
use crate::office::keybook::KeyBook;
use crate::office::random;
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::{Applied, Apply};
use std::collections::BTreeMap;

/// How many rows are fetched and applied at once.
const PAGE: usize = 500;

/// What a pull found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The place of the last entry held.
    pub n: u64,
    /// How many entries are new.
    pub new: u64,
}

impl Desk {
    /// Looks whether anything was written, and pulls it if so.
    ///
    /// # Errors
    /// If the share cannot be read, or what stands on it is no entry of ours.
    pub fn look(&mut self) -> Result<Pulled, Fault> {
        let probe = self.log.probe()?;
        if self.seen == Some(probe) && probe.whole {
            return Ok(Pulled { n: self.entries.head()?.n, new: 0 });
        }
        let pulled = self.pull()?;
        self.seen = Some(probe);
        Ok(pulled)
    }

    /// Ends the turn in which this desk died, if one of its own still holds up the others. Answers whether one did.
    ///
    /// # Errors
    /// If the share cannot be read or written now.
    pub fn come_back(&mut self) -> Result<bool, Fault> {
        self.log.come_back()
    }

    /// Pulls everything after our head.
    ///
    /// # Errors
    /// As [`Desk::look`].
    pub fn pull(&mut self) -> Result<Pulled, Fault> {
        self.pull_told(&mut |_| {})
    }

    /// The same; `told` hears up to which entry it is done.
    ///
    /// # Errors
    /// As [`Desk::look`].
    pub fn pull_told(&mut self, told: &mut dyn FnMut(u64)) -> Result<Pulled, Fault> {
        match self.pull_on(told) {
            // A newer file may have been published since this desk last looked for one; and the log may have been rebuilt
            // without rows that this desk holds.
            Err(fault) if matches!(fault.kind, FaultKind::Older | FaultKind::Damaged) => {
                // Where nothing can be read, what was seen first is what is said.
                let said = match self.log.rebuilding() {
                    Ok(said) => said,
                    Err(other) if other.kind == FaultKind::Busy => return Err(other),
                    Err(_) => return Err(fault),
                };
                match self.pull_again(fault.what, told) {
                    Err(_) if self.reconcile(said)? => self.pull_on(told),
                    pulled => pulled,
                }
            }
            pulled => pulled,
        }
    }

    /// Pulls once more after a pull that said `what` of the log: reads that came back short look the same. So nobody is told
    /// before all bytes of the file, standing still, say it too; once for each state of the file.
    fn pull_again(&mut self, what: String, told: &mut dyn FnMut(u64)) -> Result<Pulled, Fault> {
        let state = self.log.probe().ok().map(|probe| (probe.file, probe.counter, what));
        if state.is_some() && self.sure == state {
            return self.pull_on(told);
        }
        self.log.doubt(true);
        let pulled = self.pull_on(told);
        self.log.doubt(false);
        let told_so = |fault: &Fault| matches!(fault.kind, FaultKind::Older | FaultKind::Damaged);
        self.sure = if pulled.as_ref().is_err_and(told_so) { state } else { None };
        pulled
    }

    fn pull_on(&mut self, told: &mut dyn FnMut(u64)) -> Result<Pulled, Fault> {
        let mut new = 0;
        let mut page = PAGE;
        loop {
            let head = self.entries.head()?;
            let rows = self.fetch(head.n, &mut page)?;
            if rows.is_empty() {
                if new == 0 {
                    self.compare_heads()?;
                }
                break;
            }
            self.take_in(&rows)?;
            new += rows.len() as u64;
            told(head.n.saturating_add(rows.len() as u64));
            if rows.len() < page {
                // That was all; asking for more would cost as much again. What comes now the next look finds.
                break;
            }
        }
        self.keep_in_mind();
        self.nothing_missing()?;
        self.follow()?;
        self.carry_out_erasures()?;
        Ok(Pulled { n: self.entries.head()?.n, new })
    }

    /// Takes in what another source holds behind the head, each entry judged. Answers how many.
    ///
    /// # Errors
    /// The source cannot be read; its first row that is no entry of this log at its place.
    pub fn take_from(
        &mut self,
        source: &mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>,
    ) -> Result<u64, Fault> {
        let mut taken = 0;
        loop {
            let rows = source(self.entries.head()?.n, PAGE)?;
            if rows.is_empty() {
                self.keep_in_mind();
                return Ok(taken);
            }
            self.take_in(&rows)?;
            taken += rows.len() as u64;
        }
    }

    /// Judges the rows after the head, each as an entry, and keeps them: all or none.
    ///
    /// # Errors
    /// The first that is no entry of this log at its place.
    pub(crate) fn take_in(&mut self, rows: &[Row]) -> Result<(), Fault> {
        let mut keys = self.keys.clone();
        let mut bodies = Vec::with_capacity(rows.len());
        let (read, bad) =
            signatures::beside(rows.len(), |checker| self.read_in(rows, &mut keys, &mut bodies, checker))?;
        // Of the row that stopped the reading, and of those before it, the signatures speak first.
        let bad = match (bad, read) {
            (Some(bad), _) | (None, Err(Stop::Signature(bad))) => Some(bad),
            (None, Err(Stop::Other(fault))) => {
                self.own_counts(rows, &bodies)?;
                return Err(fault);
            }
            (None, Ok(())) => None,
        };
        if let Some((at, broken)) = bad {
            bodies.truncate(at);
            self.own_counts(rows, &bodies)?;
            let row = rows.get(at).ok_or_else(|| Fault::bug("没有这一条记录"))?;
            return Err(not_an_entry(row, &broken));
        }
        self.own_counts(rows, &bodies)?;
        self.entries.append(rows)?;
        self.keys = keys;
        Ok(())
    }

    /// Reads rows one after the other and judges everything of them but the signatures, which the checker is given.
    fn read_in(
        &self,
        rows: &[Row],
        keys: &mut KeyBook,
        bodies: &mut Vec<Body>,
        checker: &mut Checker,
    ) -> Result<(), Stop> {
        let mut previous = self.entries.head()?;
        let mut here = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let broken = |broken| Stop::Other(not_an_entry(row, &broken));
            let (body, sigs) = chain::check_unsigned(row, &previous, self.county, keys).map_err(broken)?;
            checker.give(at, sigs).map_err(Stop::Signature)?;
            chain::check_carried(row, &body, self.county, keys).map_err(broken)?;
            self.once(row, &body, &mut here)?;
            let meaning = Meaning::of(&body)?;
            keys.column(row, &body);
            keys.apply(row.n, (&meaning.author, &meaning.key()), &meaning.facts);
            previous = crate::ledger::Head::of(row);
            bodies.push(body);
        }
        Ok(())
    }

    /// The next rows. Where a page of them cannot be read, one by one, up to the first that cannot: the fault names it.
    fn fetch(&mut self, after: u64, page: &mut usize) -> Result<Vec<Row>, Fault> {
        let unreadable = |fault: Fault| {
            let n = after.saturating_add(1);
            Fault { what: format!("第 {n} 条记录不成立（读不出来）：{}", fault.what), ..fault }
        };
        match self.log.after(after, *page) {
            Err(fault) if fault.kind == FaultKind::Damaged && *page > 1 => {
                *page = 1;
                match self.log.after(after, 1) {
                    Ok(rows) if rows.is_empty() => Err(fault),
                    Err(one) if one.kind == FaultKind::Damaged => Err(unreadable(one)),
                    rows => rows,
                }
            }
            Err(fault) if fault.kind == FaultKind::Damaged => Err(unreadable(fault)),
            rows => rows,
        }
    }

    /// A command stands in the log once, also as a rescued one: a signed one cannot be played again. `here` holds those
    /// of the same page.
    fn once(&self, row: &Row, body: &Body, here: &mut BTreeMap<Cid, u64>) -> Result<(), Fault> {
        for cid in cids_of(row, body).into_iter().flatten() {
            let there = match here.insert(cid, row.n) {
                Some(n) => Some(n),
                None => self.entries.place_of(cid)?.filter(|n| *n < row.n),
            };
            if let Some(n) = there {
                return Err(Fault::damaged(format!("第 {} 条记录不成立：与第 {n} 条是同一条指令", row.n)));
            }
        }
        Ok(())
    }

    /// As [`Desk::own_count`], of each row that was read.
    fn own_counts(&mut self, rows: &[Row], bodies: &[Body]) -> Result<(), Fault> {
        rows.iter().zip(bodies).try_for_each(|(row, body)| self.own_count(row, body))
    }

    /// Keeps this desk's count. An entry under its id that it neither wrote nor has in its outbox comes from a copied PC, or
    /// from this one before its outbox was lost: from here on this desk has another id, so that no count comes twice.
    fn own_count(&mut self, row: &Row, body: &Body) -> Result<(), Fault> {
        if body.desk != self.desk {
            return Ok(());
        }
        self.written = self.written.max(body.desk_seq);
        if self.own.contains(&row.cid) {
            return Ok(());
        }
        let id = DeskId(random::bytes()?);
        tracing::warn!(n = row.n, "an entry under this desk's id is not its own; this desk takes a new one");
        (self.desk, self.written, self.renewed) = (id, 0, Some(id));
        Ok(())
    }

    /// The share must end where we think it does: history never shrinks (I16).
    fn compare_heads(&mut self) -> Result<(), Fault> {
        let own = self.entries.head()?;
        let share = self.log.last_head()?;
        if share == own {
            return Ok(());
        }
        if share.n < own.n {
            return Err(Fault::new(
                FaultKind::Older,
                format!("共享盘上的记录只到第 {} 条，本机已有第 {} 条", share.n, own.n),
                "共享盘可能被换回旧备份，请不要再写入，报告县局管理员",
            ));
        }
        if share.n == own.n {
            return Err(Fault::damaged(format!("共享盘上的第 {} 条记录与本机保存的不同", own.n)));
        }
        // Rows came between the two looks: the next pull fetches them.
        Ok(())
    }

    /// A session that lasts opens the data keys that came since, and gives way to the one under the officer's new key.
    pub(super) fn session_follows(&mut self) {
        if self.next.as_ref().is_some_and(|next| change::superseded(next, &self.keys).is_none()) {
            self.session = self.next.take();
        }
        let followed = self.session.as_ref().and_then(|own| own.followed(self.county, &self.keys));
        if let Some(session) = followed {
            self.session = Some(std::sync::Arc::new(session));
        }
    }

    /// Lets the replica follow the entries, while somebody is signed in.
    pub(super) fn follow(&mut self) -> Result<(), Fault> {
        match self.follow_on() {
            // A power cut may have torn the replica: it is only a derived file, and begins again.
            Err(fault) if fault.kind == FaultKind::Damaged && self.replica.is_torn().unwrap_or(true) => {
                tracing::warn!("the replica is torn and is built again");
                self.replica.renew()?;
                self.follow_on()
            }
            followed => followed,
        }
    }

    fn follow_on(&mut self) -> Result<(), Fault> {
        self.session_follows();
        let Some(session) = self.session.clone() else { return Ok(()) };
        self.begin_anew_if_torn()?;
        loop {
            let rows = self.entries.after(self.replica.head()?.n, PAGE)?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut apply = self.replica.begin()?;
            for row in &rows {
                let body = Body::from_text(&row.body)
                    .map_err(|_| Fault::damaged(format!("本机保存的第 {} 条记录读不懂", row.n)))?;
                apply_entry(&mut apply, self.county, row, &body, &session)?;
            }
            apply.commit()?;
        }
    }
}

/// Why a page was not read to its end.
enum Stop {
    /// A signature that is bad.
    Signature(Bad),
    /// Everything else.
    Other(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Other(fault)
    }
}

/// Applies one verified entry that somebody wrote, with the marks it earns.
pub(super) fn apply_entry(
    apply: &mut Apply<'_>,
    county: crate::ledger::CountyId,
    row: &Row,
    body: &Body,
    session: &Session,
) -> Result<(), Fault> {
    let meaning = Meaning::of(body)?;
    let command = meaning.command()?;
    let marks = judge::marks(apply, body, &meaning, &command)?;
    let private = meaning.private(county, row, session);
    let applied = Applied {
        n: row.n,
        hash: row.hash.0,
        share_ms: body.share_ms,
        desk_ms: meaning.body.desk_ms,
        desk: (body.desk.0, body.desk_seq),
        author: &meaning.author,
        key: &meaning.body.command.key.to_string(),
        carrier: &OfficerNo(body.carrier.officer.clone()),
        verb: command.verb(),
        zh: command.zh(),
        seen: meaning.body.command.seen,
        facts: &meaning.facts,
        private: private.as_ref(),
        marks: &marks,
    };
    Ok(apply.apply(&applied)?)
}

/// Verifies rows that others wrote while we were waiting for our turn.
pub(super) fn verify(
    rows: &[Row],
    head: &mut crate::ledger::Head,
    county: crate::ledger::CountyId,
    keys: &mut KeyBook,
) -> Result<Vec<Body>, Fault> {
    let mut bodies = Vec::with_capacity(rows.len());
    for row in rows {
        let body = chain::check(row, head, county, keys).map_err(|broken| not_an_entry(row, &broken))?;
        let meaning = Meaning::of(&body)?;
        keys.column(row, &body);
        keys.apply(row.n, (&meaning.author, &meaning.key()), &meaning.facts);
        *head = crate::ledger::Head::of(row);
        bodies.push(body);
    }
    Ok(bodies)
}

/// The sentence for a row that is no entry: its place, and what it still says of officer and time.
pub fn not_an_entry(row: &Row, broken: &chain::Break) -> Fault {
    if matches!(broken, chain::Break::Newer(_)) {
        let what = format!("第 {} 条记录{broken}", row.n);
        return Fault::new(FaultKind::Newer, what, "请更新程序；更新前只能查看");
    }
    let glimpse = chain::glimpse(row);
    let officer = glimpse.officer.unwrap_or_else(|| "不明".to_owned());
    let time = glimpse.share_ms.map_or_else(|| "不明".to_owned(), |ms| crate::base::day::Stamp(ms).text());
    Fault::damaged(format!("第 {} 条记录不成立（操作员 {officer}，时间 {time}）：{broken}", row.n))
}
