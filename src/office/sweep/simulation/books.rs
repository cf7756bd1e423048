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
//! | I14 acknowledged stays | [`Books::done`], `Course::verdict`; after a rebuilding by rescue, `Books::missing` |
//! | I15 real-time order | [`Books::done`] |
//! | I16 a head never goes back in silence | [`Books::heard_head`]; once after each rebuilding, said in `Said::Parted` |
//! | I18 nothing private in the open | `Course::open_words`: names and bytes of all files on the share (logs, turns, notices in `desks/`), names of the PCs' files, what desks log, sentences of faults and panics; every 40 steps and at the end. Refusals are for the officer's own screen and are not searched |
//! | I19 nothing builds on a marked case | `Course::verdict`: an entry that did would be marked itself |
//! | I20 bank files | [`Batches`], every entry: what is sent is the sum of its lines, what the bank answers adds up to it, nothing stays under way, a case is in one live batch |
//! | I21 totals are the sum of their rows | `Course::totals`, month's ledger, year and payments of all cases against the entries; on one desk after every round, on all every 40 steps and at the end |
//!
//! A log may be put back, cut or emptied in the course, and rebuilt by a desk. Until then desks that do not know better may
//! go on with what is left; what they write there, and what the rebuilding desk had not, must stand in the log at the end,
//! as rescued entries. A rescued entry may break I1 and I2 (it was true in another log), and then must be marked.

use super::station::Said;
use super::totals::Moved;
use crate::base::money::Money;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, balances};
use crate::domain::ids::{CaseId, LineId};
use crate::ledger::{Body, Cid, CountyId, Head, Row, chain, rescue};
use crate::office::sweep::batches::Batches;
use std::collections::{BTreeMap, BTreeSet};

/// The command that says what the bank did.
const ANSWER: &str = "read-return";

/// The books.
pub(super) struct Books {
    county: CountyId,
    /// The log, as far as any desk has verified it.
    pub(super) log: Vec<Row>,
    places: BTreeMap<Cid, u64>,
    accounts: BTreeMap<String, (Account, Money)>,
    /// Lines paid; whether by what was found again.
    paid: BTreeMap<(CaseId, LineId), bool>,
    /// By township, whose numbers they are.
    vouchers: BTreeSet<(u16, String)>,
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
    /// The share is not what it was, and no desk has rebuilt it yet.
    pub(super) forked: bool,
    /// How often the log was rebuilt, and the number of the newest rebuilt file.
    rebuilt: (u32, u32),
    /// Which rebuildings a desk has followed.
    followed: BTreeMap<usize, u32>,
    /// Commands of rows that some desk verified and that the log went on without: they must come back.
    pub(super) strays: BTreeSet<Cid>,
    /// Places of rescued entries, and of those among them that moved money that was moved already.
    pub(super) rescued: BTreeSet<u64>,
    pub(super) doubtful: BTreeSet<u64>,
    /// A line was paid, or its payment taken back, in two branches: a case shows one, the accounts both.
    pub(super) twice: bool,
    /// Every posting, for the totals.
    pub(super) moved: Vec<Moved>,
    pub(super) batches: Batches,
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
            paid: BTreeMap::new(),
            vouchers: BTreeSet::new(),
            given: BTreeMap::new(),
            done: BTreeSet::new(),
            patched: BTreeSet::new(),
            twins: BTreeSet::new(),
            acknowledged: 0,
            heads: BTreeMap::new(),
            forked: false,
            rebuilt: (0, 0),
            followed: BTreeMap::new(),
            strays: BTreeSet::new(),
            rescued: BTreeSet::new(),
            doubtful: BTreeSet::new(),
            twice: false,
            moved: Vec::new(),
            batches: Batches::default(),
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

    /// A desk follows a log without rows that it held: once after each rebuilding.
    pub(super) fn parted(&mut self, desk: usize) {
        let before = self.followed.insert(desk, self.rebuilt.0).unwrap_or(0);
        let may = self.rebuilt.0 > before || self.forked;
        self.hold(may, || format!("办公桌 {desk} 丢下了自己的记录，而没有人重建过"));
        self.heads.insert(desk, 0);
    }

    /// The log was rebuilt as this file, and says this now.
    pub(super) fn rebuilt(&mut self, desk: usize, file: u32, rows: Vec<Row>) {
        self.rebuilt = (self.rebuilt.0 + 1, file);
        self.forked = false;
        let old = std::mem::take(&mut self.log);
        self.places.clear();
        self.accounts.clear();
        self.paid.clear();
        self.vouchers.clear();
        self.moved.clear();
        self.batches = Batches::default();
        self.rescued.clear();
        self.doubtful.clear();
        self.twice = false;
        self.take(desk, rows);
        self.acknowledged = self.log.len() as u64;
        let gone = old.iter().filter(|row| !self.places.contains_key(&row.cid));
        let gone: Vec<Cid> = gone.map(rescue::answers_for).collect();
        self.strays.extend(gone);
    }

    /// What somebody was told, or holds, and what does not stand in the log.
    pub(super) fn missing(&self) -> Vec<Cid> {
        let all = self.done.iter().chain(&self.strays);
        all.filter(|cid| !self.places.contains_key(cid)).copied().collect()
    }

    /// How many rows came back, of those that had been lost.
    pub(super) fn came_back(&self) -> u64 {
        self.rescued.len() as u64
    }

    /// A desk verified rows.
    pub(super) fn take(&mut self, desk: usize, rows: Vec<Row>) {
        for row in rows {
            let at = usize::try_from(row.n).unwrap_or(0);
            let known = at.checked_sub(1).and_then(|at| self.log.get(at));
            if known.is_some_and(|known| known.hash == row.hash) {
                continue;
            }
            let shape = match known {
                Some(_) => None,
                None => Some(chain::check_shape(&row, &self.head(), self.county)),
            };
            if let Some(Ok(body)) = shape {
                self.read(&row, &body);
                self.log.push(row);
                continue;
            }
            // Another branch: what was written on a share that was not right, or before it was rebuilt.
            let file = Body::from_text(&row.body).map_or(u32::MAX, |body| body.turn.file);
            if self.forked || file < self.rebuilt.1 {
                self.strays.insert(rescue::answers_for(&row));
                continue;
            }
            self.broken.push(match shape {
                Some(Err(broken)) => format!("办公桌 {desk} 的第 {at} 条不成立：{broken}"),
                _ => format!("办公桌 {desk} 的第 {at} 条与别的办公桌不同"),
            });
        }
    }

    fn read(&mut self, row: &Row, body: &Body) {
        let n = row.n;
        let inner = rescue::read(body).ok().flatten().map(|(_, inner)| inner);
        let rescued = inner.is_some();
        for cid in [Some(row.cid), inner.as_ref().map(|inner| inner.command.cid)].into_iter().flatten() {
            let before = self.places.insert(cid, n);
            self.hold(before.is_none(), || format!("第 {n} 条与第 {} 条是同一条指令", before.unwrap_or(0)));
        }
        if rescued {
            self.rescued.insert(n);
        }
        let mut doubtful = false;
        let body = inner.as_ref().unwrap_or(body);
        // What anybody but the county's finance writes into the reserve is no money.
        let finance = ["9001", "9002"].contains(&body.command.author.as_str());
        let mut answers_again = false;
        for value in &body.facts {
            let fact = serde_json::from_value(value.clone());
            if let Ok(fact) = &fact
                && let Some(wrong) = self.batches.take(fact, rescued)
            {
                self.broken.push(format!("第 {n} 条：{wrong}"));
            }
            let batch = fact.as_ref().ok().and_then(Fact::batch);
            answers_again |= batch.is_some_and(|batch| self.batches.is_doubtful(batch));
            match fact {
                Ok(Fact::MoneyMoved { why: MoveKind::Allotted, .. }) if !finance => {}
                Ok(Fact::MoneyMoved { postings, voucher, township, why, on, .. }) => {
                    let even = balances(&postings);
                    self.hold(even, || format!("第 {n} 条的收支不平"));
                    let new = self.vouchers.insert((township, voucher));
                    doubtful |= rescued && !new;
                    self.hold(new || rescued, || format!("第 {n} 条的凭证号用过了"));
                    for posting in postings {
                        let name = posting.account.to_string();
                        let sum = self.accounts.entry(name).or_insert((posting.account, Money::ZERO));
                        sum.1 += posting.amount;
                        let less = posting.amount.is_negative();
                        let below = posting.account.is_cash() && less && sum.1.is_negative();
                        doubtful |= rescued && below;
                        self.hold(!below || rescued, || format!("第 {n} 条之后现金为负"));
                        self.moved.push(Moved::new(n, why, on, posting));
                    }
                }
                Ok(Fact::LinePaid { case, line, .. }) => {
                    let before = self.paid.insert((case, line), rescued);
                    doubtful |= rescued && before.is_some();
                    self.twice |= before.is_some();
                    // The bank did pay: the line was in its hands when a payment of it was found again, or what put it there
                    // was found again itself.
                    let bank = body.command.verb == ANSWER && (before == Some(true) || answers_again);
                    self.hold(before.is_none() || rescued || bank, || format!("第 {n} 条：一笔款发了两次"));
                }
                Ok(Fact::LineUnpaid { case, line }) => {
                    let was = self.paid.remove(&(case, line)).is_some();
                    doubtful |= rescued && !was;
                    self.twice |= rescued && !was;
                    self.hold(was || rescued, || format!("第 {n} 条：没有付的款退了回来"));
                }
                Ok(_) => {}
                Err(error) => self.broken.push(format!("第 {n} 条读不懂：{error}")),
            }
        }
        if let Some(wrong) = self.batches.left(&self.accounts) {
            self.broken.push(format!("第 {n} 条之后：{wrong}"));
        }
        if doubtful {
            self.doubtful.insert(n);
        }
    }

    /// A desk was told these things, one after the other; `mark` is the highest place that had been acknowledged when it
    /// began, nothing if the log was not rebuilt yet then.
    pub(super) fn hear(&mut self, desk: usize, said: &[Said], mark: Option<u64>) {
        let mut now = BTreeSet::new();
        let mark = mark.filter(|_| !self.forked);
        for said in said {
            self.hear_one(desk, said, mark, &mut now);
        }
    }

    fn hear_one(&mut self, desk: usize, said: &Said, mark: Option<u64>, now: &mut BTreeSet<Cid>) {
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
                    self.done.insert(*cid);
                    // On a share that is not right a place says nothing: what was promised has to come back.
                    let Some(mark) = mark else { continue };
                    let stands = self.place(cid);
                    self.hold(stands == Some(*n), || {
                        format!("办公桌 {desk} 说 {cid} 在第 {n} 条，实为 {stands:?}")
                    });
                    // What an earlier try wrote may lie before what others were told meanwhile.
                    let first = now.contains(cid);
                    let first = first && !self.rescued.contains(n);
                    self.hold(*n > mark || !first, || format!("第 {n} 条写在之前已经确认的第 {mark} 条之前"));
                    self.acknowledged = self.acknowledged.max(*n);
                }
            }
            Said::Refused(cids) => {
                self.refused += cids.len() as u64;
                for cid in cids {
                    let stands =
                        self.place(cid).filter(|_| !self.twins.contains(cid) && !self.strays.contains(cid));
                    self.hold(stands.is_none(), || format!("{cid} 被退回，却在日志第 {stands:?} 条"));
                }
            }
            Said::Unknown | Said::Torn | Said::Parted | Said::Waiting(..) | Said::Trouble(..) => {}
        }
    }
}
