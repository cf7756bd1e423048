//! The books of the simulation: the log as all desks together have verified it, and what was told to whom. Held against the
//! invariants after every round; what can only be seen at the end is checked there.
//!
//! | invariant | where |
//! |---|---|
//! | I1 money conserved, cash not below zero | [`Books::take`], every entry; replicas against it in `Course::balances` |
//! | I2 a line is paid once | [`Books::take`] |
//! | I3 to I7, I17 rules and stages | every desk decides every entry again; `Course::verdict`: no mark but the patched program's |
//! | I8, I9 one order of entries, no gap | [`Books::take`]: all desks hold the same entry at the same place |
//! | I10 chain, signatures, keys | every desk at every pull, and `Course::verdict` over the whole log |
//! | I11, I12 replicas equal | `Course::digests`, among the desks and with one that only just came |
//! | I13 an order is in one place | `Course::outboxes` |
//! | I14 acknowledged stays | [`Books::done`], `Course::verdict` |
//! | I15 real-time order | [`Books::done`] |
//! | I16 a head never goes back in silence | [`Books::head`] |
//! | I19 nothing builds on a marked case | `Course::verdict`: an entry that did would be marked itself |
//! | I18, I20, I21 | not here: nothing is shown, exported or reported; bank files and totals are checked by the tests of those |

use super::station::Said;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, balances};
use crate::domain::ids::{CaseId, LineId};
use crate::ledger::{Body, Cid, CountyId, Head, Row, chain};
use std::collections::{BTreeMap, BTreeSet};

/// The books.
pub(super) struct Books {
    county: CountyId,
    /// The log, as far as any desk has verified it.
    pub(super) log: Vec<Row>,
    places: BTreeMap<Cid, u64>,
    accounts: BTreeMap<String, (Account, Money)>,
    paid: BTreeSet<(CaseId, LineId)>,
    vouchers: BTreeSet<String>,
    /// What was given, by desk; whether it was said to be kept.
    given: BTreeMap<Cid, (usize, bool)>,
    done: BTreeSet<Cid>,
    /// The entries of the patched program.
    pub(super) patched: BTreeSet<Cid>,
    /// Orders that stood in an outbox when its PC was cloned: two desks offer them, and may be told different things.
    pub(super) twins: BTreeSet<Cid>,
    /// The highest place acknowledged so far.
    acknowledged: u64,
    heads: BTreeMap<usize, u64>,
    /// How many orders were given, and refused.
    pub(super) refused: u64,
    pub(super) broken: Vec<String>,
}

impl Books {
    pub(super) fn new(county: CountyId) -> Books {
        Books {
            county,
            log: Vec::new(),
            places: BTreeMap::new(),
            accounts: BTreeMap::new(),
            paid: BTreeSet::new(),
            vouchers: BTreeSet::new(),
            given: BTreeMap::new(),
            done: BTreeSet::new(),
            patched: BTreeSet::new(),
            twins: BTreeSet::new(),
            acknowledged: 0,
            heads: BTreeMap::new(),
            refused: 0,
            broken: Vec::new(),
        }
    }

    fn hold(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.broken.push(otherwise());
        }
    }

    /// The head of the log.
    pub(super) fn head(&self) -> Head {
        self.log.last().map_or(Head::genesis(self.county), Head::of)
    }

    /// Where an order stands.
    pub(super) fn place(&self, cid: &Cid) -> Option<u64> {
        self.places.get(cid).copied()
    }

    /// How many orders were given.
    pub(super) fn given(&self) -> u64 {
        self.given.len() as u64
    }

    /// How many were acknowledged.
    pub(super) fn acknowledged(&self) -> u64 {
        self.done.len() as u64
    }

    /// The orders given, each with its desk and whether it was said to be kept.
    pub(super) fn orders(&self) -> impl Iterator<Item = (&Cid, &(usize, bool))> {
        self.given.iter()
    }

    /// The sums of all accounts.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &(Account, Money)> {
        self.accounts.values()
    }

    /// The highest place acknowledged: what begins now must come after it.
    pub(super) fn mark(&self) -> u64 {
        self.acknowledged
    }

    /// A desk shows how far it is.
    pub(super) fn heard_head(&mut self, desk: usize, n: u64) {
        let before = self.heads.insert(desk, n).unwrap_or(0);
        self.hold(n >= before, || format!("办公桌 {desk} 的记录从第 {before} 条退到第 {n} 条"));
    }

    /// A desk verified rows.
    pub(super) fn take(&mut self, desk: usize, rows: Vec<Row>) {
        for row in rows {
            let at = usize::try_from(row.n).unwrap_or(0);
            if let Some(known) = at.checked_sub(1).and_then(|at| self.log.get(at)) {
                let same = known.hash == row.hash;
                self.hold(same, || format!("办公桌 {desk} 的第 {at} 条与别的办公桌不同"));
                continue;
            }
            match chain::check_shape(&row, &self.head(), self.county) {
                Ok(body) => self.read(&row, &body),
                Err(broken) => self.broken.push(format!("办公桌 {desk} 的第 {at} 条不成立：{broken}")),
            }
            self.log.push(row);
        }
    }

    fn read(&mut self, row: &Row, body: &Body) {
        let n = row.n;
        let before = self.places.insert(row.cid, n);
        self.hold(before.is_none(), || format!("第 {n} 条与第 {} 条是同一条指令", before.unwrap_or(0)));
        for value in &body.facts {
            match serde_json::from_value(value.clone()) {
                Ok(Fact::MoneyMoved { postings, voucher, .. }) => {
                    let even = balances(&postings);
                    self.hold(even, || format!("第 {n} 条的收支不平"));
                    let new = self.vouchers.insert(voucher);
                    self.hold(new, || format!("第 {n} 条的凭证号用过了"));
                    for posting in postings {
                        let name = posting.account.to_string();
                        let sum = self.accounts.entry(name).or_insert((posting.account, Money::ZERO));
                        sum.1 += posting.amount;
                        let below = posting.account.is_cash() && sum.1.is_negative();
                        self.hold(!below, || format!("第 {n} 条之后现金为负"));
                    }
                }
                Ok(Fact::LinePaid { case, line, .. }) => {
                    let new = self.paid.insert((case, line));
                    self.hold(new, || format!("第 {n} 条：一笔款发了两次"));
                }
                Ok(Fact::LineUnpaid { case, line }) => {
                    self.paid.remove(&(case, line));
                }
                Ok(_) => {}
                Err(error) => self.broken.push(format!("第 {n} 条读不懂：{error}")),
            }
        }
    }

    /// A desk was told these things, one after the other; `mark` is the highest place that had been acknowledged when it
    /// began.
    pub(super) fn hear(&mut self, desk: usize, said: &[Said], mark: u64) {
        let mut now = BTreeSet::new();
        for said in said {
            self.hear_one(desk, said, mark, &mut now);
        }
    }

    fn hear_one(&mut self, desk: usize, said: &Said, mark: u64, now: &mut BTreeSet<Cid>) {
        match said {
            Said::Given(cids) => {
                now.extend(cids.iter().copied());
                self.given.extend(cids.iter().map(|cid| (*cid, (desk, true))));
            }
            Said::Giving(cids) => {
                self.given.extend(cids.iter().map(|cid| (*cid, (desk, false))));
            }
            Said::Done(places) => {
                for (cid, n) in places {
                    let stands = self.place(cid);
                    self.hold(stands == Some(*n), || {
                        format!("办公桌 {desk} 说 {cid} 在第 {n} 条，实为 {stands:?}")
                    });
                    // What an earlier try wrote may lie before what others were told meanwhile.
                    let first = now.contains(cid);
                    self.hold(*n > mark || !first, || format!("第 {n} 条写在之前已经确认的第 {mark} 条之前"));
                    self.done.insert(*cid);
                    self.acknowledged = self.acknowledged.max(*n);
                }
            }
            Said::Refused(cids) => {
                self.refused += cids.len() as u64;
                for cid in cids {
                    let stands = self.place(cid).filter(|_| !self.twins.contains(cid));
                    self.hold(stands.is_none(), || format!("{cid} 被退回，却在日志第 {stands:?} 条"));
                }
            }
            Said::Unknown | Said::Torn | Said::Waiting(..) | Said::Trouble(..) => {}
        }
    }
}
