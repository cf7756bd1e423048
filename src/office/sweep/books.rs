//! The books after the kills: the log, the desks' own files and the replicas, held against what the desks were told and
//! against each other.

use super::Report;
use super::acts::{self, TOWNSHIP};
use super::claims::Claims;
use super::ground::{county_of, folder_of, keys_of, share_of};
use super::serial::{self, Timed, turned_round};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, Till, balances};
use crate::domain::ids::OfficerNo;
use crate::ledger::{Body, Cid, CountyId, Row};
use crate::office::desk::Desk;
use crate::office::desk::verify::verify;
use crate::office::place::{self, Open};
use crate::office::setup;
use crate::store::desk::OutState;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The desk that has seen nothing.
const FRESH: u8 = 99;

/// The books.
pub(super) struct Books {
    root: PathBuf,
    /// How many desks there were.
    count: u8,
    county: CountyId,
    rows: Vec<Row>,
    bodies: Vec<Body>,
}

impl Books {
    /// Reads the log once more with a desk that has seen nothing.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn open(root: &Path, count: u8) -> Result<Books, Fault> {
        let county = county_of(root)?;
        let mut books = Books { root: root.to_owned(), count, county, rows: Vec::new(), bodies: Vec::new() };
        let mut fresh = books.desk(FRESH)?.desk;
        fresh.pull()?;
        drop(fresh);
        let entries = Entries::open(&folder_of(root, FRESH).join("entries.db"), county)?;
        books.rows = entries.after(0, usize::MAX)?;
        for row in &books.rows {
            books.bodies.push(Body::from_text(&row.body).map_err(|error| Fault::damaged(error.to_string()))?);
        }
        Ok(books)
    }

    fn desk(&self, no: u8) -> Result<Open, Fault> {
        place::open_desk(&folder_of(&self.root, no), &share_of(&self.root, no)?, self.county)
    }

    /// Holds everything against everything.
    ///
    /// # Errors
    /// The machine's. What does not hold is in the report.
    pub(super) fn check(&self, claims: &[Claims], took: Duration, report: &mut Report) -> Result<(), Fault> {
        self.integrity(report)?;
        let places = self.places();
        report.hold(places.len() == self.rows.len(), || "同一条指令在日志中不止一次".to_owned());
        let mut unheard = 0;
        for (at, claims) in claims.iter().enumerate() {
            report.broken.extend(claims.broken.iter().cloned());
            unheard += self.promises(u8::try_from(at + 1).unwrap_or(0), claims, &places, report)?;
        }
        let done: usize = claims.iter().map(|claims| claims.done.len()).sum();
        let drafts: usize = claims.iter().map(|claims| claims.compared).sum();
        let refused: usize = claims.iter().map(|claims| claims.refused.len()).sum();
        let (rows, seconds) = (self.rows.len(), took.as_secs_f64().max(0.001));
        report.hold(done > 0, || "没有一条指令办成：这次总检说明不了什么".to_owned());
        report.lines.push(format!(
            "日志 {rows} 条，每秒 {:.0} 条；确认 {done} 条，全部在日志中恰好一次；写成而来不及确认 {unheard} 条；不予办理 {refused} 条",
            rows as f64 / seconds
        ));
        report.lines.push(format!("草稿 {drafts} 份次重新出现，逐份核对"));
        self.order(claims, &places, report);
        serial::check(&self.bodies, report);
        self.money(report)?;
        self.replicas(report)
    }

    /// What was acknowledged before another was begun stands before it (I15).
    fn order(&self, claims: &[Claims], places: &BTreeMap<Cid, u64>, report: &mut Report) {
        let mut timed = Vec::new();
        for claims in claims {
            for given in &claims.given {
                for cid in &given.cids {
                    if let Some(n) = places.get(cid) {
                        timed.push(Timed { n: *n, start: given.start, ack: claims.acks.get(cid).copied() });
                    }
                }
            }
        }
        let count = timed.len();
        for (n, before) in turned_round(timed) {
            report.broken.push(format!("第 {n} 条在第 {before} 条办成之后才开始，却排在前面"));
        }
        report.lines.push(format!("先后次序：{count} 条，先办成的都在后开始的前面"));
    }

    fn desks(&self) -> impl Iterator<Item = u8> + use<> {
        1..=self.count
    }

    /// Chain, signatures, keys and rules, from the first entry.
    fn integrity(&self, report: &mut Report) -> Result<(), Fault> {
        let entries = Entries::open(&folder_of(&self.root, FRESH).join("entries.db"), self.county)?;
        let found = verify(self.county, &mut |after, limit| entries.after(after, limit), &mut |_| ())?;
        if let Some(broken) = &found.broken {
            report.broken.push(format!("第 {} 条不成立：{}", broken.n, broken.why));
        }
        report.hold(found.marks.is_empty(), || format!("{} 处违规标记", found.marks.len()));
        let gapless = self.rows.iter().zip(1..).all(|(row, n)| row.n == n);
        report.hold(gapless && found.head.n == self.rows.len() as u64, || "记录号有缺口".to_owned());
        report.lines.push(format!("核验 {} 条：哈希、签名、密钥、权限全部相符", found.head.n));
        Ok(())
    }

    fn places(&self) -> BTreeMap<Cid, u64> {
        self.rows.iter().map(|row| (row.cid, row.n)).collect()
    }

    /// What a desk was told. Answers how many orders stand in the log although nobody could be told any more.
    fn promises(
        &self,
        no: u8,
        claims: &Claims,
        places: &BTreeMap<Cid, u64>,
        report: &mut Report,
    ) -> Result<usize, Fault> {
        for cid in claims.done.iter().filter(|cid| !places.contains_key(cid)) {
            report.broken.push(format!("办公桌 {no} 已确认的 {cid} 不在日志中"));
        }
        let kept = self.outbox(no)?;
        let done: BTreeSet<Cid> = claims.done.iter().copied().collect();
        let mut unheard = 0;
        for group in &claims.given {
            let logged = group.cids.iter().filter(|cid| places.contains_key(cid)).count();
            report.hold(logged == 0 || logged == group.cids.len(), || {
                format!("办公桌 {no} 的一组指令只有一部分在日志中")
            });
            for cid in &group.cids {
                let (logged, waits, said_no) =
                    (places.contains_key(cid), kept.contains(cid), claims.refused.contains(cid));
                unheard += usize::from(logged && !done.contains(cid));
                report.hold(!(logged && (waits || said_no)), || format!("{cid} 在日志中，又在待发或被退回"));
                let somewhere = logged || waits || said_no || !group.durable || !group.sure;
                report.hold(somewhere, || format!("办公桌 {no} 的 {cid} 给出之后不见了"));
            }
        }
        Ok(unheard)
    }

    /// What is still in a desk's outbox; after draining only what was refused.
    fn outbox(&self, no: u8) -> Result<BTreeSet<Cid>, Fault> {
        let opened = self.desk(no)?;
        let rows = opened.keeper.own().outbox()?;
        Ok(rows
            .into_iter()
            .filter(|row| matches!(row.state, OutState::Refused(_)) || row.state == OutState::Waiting)
            .map(|row| row.order.cid)
            .collect())
    }

    /// Money is neither made nor lost (I1): every entry's postings add up to nothing, no cash account is below zero, and
    /// the replica shows what the entries add up to.
    fn money(&self, report: &mut Report) -> Result<(), Fault> {
        let mut accounts: BTreeMap<String, (Account, Money)> = BTreeMap::new();
        for body in &self.bodies {
            for value in &body.facts {
                let Ok(Fact::MoneyMoved { postings, .. }) = serde_json::from_value(value.clone()) else {
                    continue;
                };
                report.hold(balances(&postings), || format!("第 {} 条的收支不平", body.n));
                for posting in postings {
                    let sum =
                        accounts.entry(posting.account.to_string()).or_insert((posting.account, Money::ZERO));
                    sum.1 += posting.amount;
                }
            }
        }
        let whole: Money = accounts.values().map(|(_, sum)| *sum).sum();
        report.hold(whole.is_zero(), || format!("各账户合计应为零，实为 {whole}"));
        for no in self.desks() {
            let desk = self.signed_in(no)?;
            let reader = desk.replica().reader()?;
            for (name, (account, sum)) in &accounts {
                let shown = reader.balance(*account);
                report.hold(shown == *sum, || format!("办公桌 {no} 的账户 {name} 是 {shown}，应为 {sum}"));
                report.hold(!(account.is_cash() && sum.is_negative()), || format!("账户 {name} 为负：{sum}"));
            }
        }
        let cash = accounts.get(&Account::Reserve(TOWNSHIP, Till::Cash).to_string()).map(|(_, sum)| *sum);
        report.lines.push(format!(
            "账户 {} 个，合计为零；备用金现金 {} 元",
            accounts.len(),
            cash.unwrap_or_default().grouped()
        ));
        Ok(())
    }

    fn signed_in(&self, no: u8) -> Result<Desk, Fault> {
        let mut desk = self.desk(no)?.desk;
        desk.pull()?;
        let officer: OfficerNo = acts::HANDLER.into();
        let mut session = setup::session_of(&officer, keys_of(&self.root, &officer)?);
        session.learn(self.county, desk.keys());
        desk.sign_in(Arc::new(session))?;
        Ok(desk)
    }

    /// Both desks, and one that has only just read everything, show the same (I11).
    fn replicas(&self, report: &mut Report) -> Result<(), Fault> {
        let mut digests = BTreeSet::new();
        for no in self.desks().chain([FRESH]) {
            let desk = self.signed_in(no)?;
            let head = desk.head_n()?;
            report.hold(head == self.rows.len() as u64, || format!("办公桌 {no} 只到第 {head} 条"));
            digests.insert(desk.replica().digest()?);
        }
        report.hold(digests.len() == 1, || "各台办公桌的副本不一致".to_owned());
        report.lines.push(format!("{} 台办公桌和一台新办公桌的副本逐字节相同", self.count));
        Ok(())
    }
}
