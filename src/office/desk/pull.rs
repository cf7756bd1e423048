//! Pulling (取新): fetch the rows after our head, judge each as an entry, keep it, and let the replica follow.

use super::{Desk, facts_of, judge, private_of};
use crate::domain::ids::OfficerNo;
use crate::ledger::{Body, Row, chain};
use crate::office::keybook::KeyBook;
use crate::office::order::command_of;
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::{Applied, Apply};

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
        if self.seen == Some(probe) {
            return Ok(Pulled { n: self.entries.head()?.n, new: 0 });
        }
        let pulled = self.pull()?;
        self.seen = Some(probe);
        Ok(pulled)
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
            let mut previous = head;
            let mut keys = self.keys.clone();
            for row in &rows {
                let body = chain::check(row, &previous, self.county, &keys)
                    .map_err(|broken| not_an_entry(row, &broken))?;
                self.once(row, &rows)?;
                keys.apply(row.n, &OfficerNo(body.command.author.clone()), &facts_of(&body)?);
                previous = crate::ledger::Head::of(row);
            }
            self.entries.append(&rows)?;
            self.keys = keys;
            new += rows.len() as u64;
            told(previous.n);
        }
        self.follow()?;
        Ok(Pulled { n: self.entries.head()?.n, new })
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

    /// A command stands in the log once: a signed one cannot be played again.
    fn once(&self, row: &Row, beside: &[Row]) -> Result<(), Fault> {
        let here = beside.iter().find(|other| other.cid == row.cid && other.n < row.n).map(|other| other.n);
        let there = match here {
            Some(n) => Some(n),
            None => self.entries.find(row.cid)?.map(|other| other.n).filter(|n| *n < row.n),
        };
        let Some(n) = there else { return Ok(()) };
        Err(Fault::damaged(format!("第 {} 条记录不成立：与第 {n} 条是同一条指令", row.n)))
    }

    /// The share must end where we think it does: history never shrinks (I16).
    fn compare_heads(&mut self) -> Result<(), Fault> {
        let own = self.entries.head()?;
        let share = self.log.head()?;
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

    /// Lets the replica follow the entries, while somebody is signed in.
    pub(super) fn follow(&mut self) -> Result<(), Fault> {
        let Some(session) = self.session.clone() else { return Ok(()) };
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

/// Applies one verified entry that somebody wrote, with the marks it earns.
pub(super) fn apply_entry(
    apply: &mut Apply<'_>,
    county: crate::ledger::CountyId,
    row: &Row,
    body: &Body,
    session: &Session,
) -> Result<(), Fault> {
    let facts = facts_of(body)?;
    let command = command_of(&body.command)?;
    let marks = judge::marks(apply, body, &command, &facts, apply.head()?.share_ms)?;
    let private = private_of(county, row, body, session);
    let applied = Applied {
        n: row.n,
        hash: row.hash.0,
        share_ms: body.share_ms,
        desk_ms: body.desk_ms,
        author: &OfficerNo(body.command.author.clone()),
        key: &body.command.key.to_string(),
        carrier: &OfficerNo(body.carrier.officer.clone()),
        verb: command.verb(),
        zh: command.zh(),
        seen: body.command.seen,
        facts: &facts,
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
        keys.apply(row.n, &OfficerNo(body.command.author.clone()), &facts_of(&body)?);
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
