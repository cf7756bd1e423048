//! Carrying (送写): signed orders are decided on a replica equal to the share, inside a turn, and written as entries.

use super::meaning::Meaning;
use super::{Desk, judge, pull};
use crate::base::day::Stamp;
use crate::domain::answers::Answers;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, Decision, decide};
use crate::domain::ids::OfficerNo;
use crate::domain::refusal::Refusal;
use crate::ledger::body::FORMAT;
use crate::ledger::{
    Body, Carrier, Cid, CountyId, DeskId, Head, Order, Row, Sig, Suite, chain, rescue, seal,
};
use crate::office::change;
use crate::office::keybook::KeyBook;
use crate::office::order::{self, Signed};
use crate::office::outcome::{Outcome, Receipt};
use crate::office::random;
use crate::office::session::Session;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::log::{Turn, Written};
use crate::store::replica::{Applied, Apply};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long a write may take before it is given up, unless a call of the system hangs.
const DEADLINE: Duration = Duration::from_secs(20);

/// How many lost rows come back in one turn: a hold is well under a second.
const AT_ONCE: usize = 20;

/// What is done in a turn, on a replica equal to the share: with the entries held and those that are new.
type Work<'a, T> = &'a mut dyn FnMut(&mut Stage<'_>, &mut Apply<'_>, &Entries, &[Row]) -> Result<T, Fault>;

/// What is being prepared in a turn.
struct Stage<'a> {
    county: CountyId,
    desk: DeskId,
    desk_now: Stamp,
    session: &'a Session,
    turn: Turn,
    head: Head,
    written: u64,
    keys: KeyBook,
    rows: Vec<Row>,
}

impl Desk {
    /// Carries groups of signed orders to the share, in order, in one turn. Each group stands or falls as a whole.
    /// Orders whose id already stands in the log are answered from there.
    pub fn carry(&mut self, groups: &[Vec<Signed>]) -> Vec<Outcome> {
        match self.try_carry(groups) {
            Ok(outcomes) => {
                // What was ordered stands; what cannot be carried out now is carried out with the next chores.
                if let Err(fault) = self.carry_out_erasures() {
                    tracing::warn!(%fault, "what was destroyed is not gone everywhere yet");
                }
                outcomes
            }
            Err(fault) => all_waiting(groups, &fault),
        }
    }

    fn try_carry(&mut self, groups: &[Vec<Signed>]) -> Result<Vec<Outcome>, Fault> {
        self.own.extend(groups.iter().flatten().map(|signed| signed.order.cid));
        self.in_a_turn(&mut |stage, apply, entries, news| {
            let mut outcomes = Vec::with_capacity(groups.len());
            for group in groups {
                outcomes.push(match already(entries, news, group)? {
                    Some(receipts) => Outcome::Done(receipts),
                    None => stage.offered(apply, group)?,
                });
            }
            Ok(outcomes)
        })
        .map(|written| match written {
            Ok(outcomes) => outcomes,
            Err(fault) => groups.iter().map(|_| Outcome::Unknown(again(&fault))).collect(),
        })
    }

    /// Brings back what was lost: rows that this desk verified and that the log went on without. Each in an entry of its
    /// own, word for word; what stands in the log by now is passed over. Answers how many came back.
    ///
    /// # Errors
    /// The share cannot be written now: they stay set aside, and the next call goes on.
    pub fn bring_back(&mut self) -> Result<usize, Fault> {
        let mut back = 0;
        loop {
            let lost = self.entries.lost(AT_ONCE)?;
            if lost.is_empty() {
                return Ok(back);
            }
            let written = self.in_a_turn(&mut |stage, apply, entries, news| {
                let mut back = BTreeSet::new();
                for row in &lost {
                    let cid = rescue::answers_for(row);
                    let stands = entries.find(cid)?.is_some() || news.iter().any(|other| is_of(other, cid));
                    // What was lost may lie here itself and inside a rescue that was lost too.
                    if !stands && back.insert(cid) {
                        stage.rescue(apply, row)?;
                    }
                }
                Ok(back.len())
            })?;
            match written {
                Ok(0) => return Ok(back),
                Ok(count) => back += count,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Takes a turn, takes in what others wrote before it, and lets `work` prepare entries; then writes them and makes
    /// everything last. The inner error is an outcome that nobody knows yet.
    fn in_a_turn<T>(&mut self, work: Work<'_, T>) -> Result<Result<T, Fault>, Fault> {
        let Some(session) = self.session.clone() else {
            return Err(Fault::bug("没有登录就要写入"));
        };
        // Before a turn is taken the log must end as this desk knows it: not even a slip is left on one that is not right.
        // Where its file is just as this desk last read or left it, counter, size and time, that says so; else it is read.
        let head = self.entries.head()?;
        if !self.log.unchanged(&head) || self.replica.head()?.n != head.n {
            self.pull()?;
        }
        self.no_alarm()?;
        match self.in_one_turn(&session, work) {
            // A newer file may have come that nobody had to look for: what stands there is pulled, and the turn taken again.
            Err(fault) if fault.wants_a_pull() => {
                self.pull()?;
                self.no_alarm()?;
                self.in_one_turn(&session, work)
            }
            done => done,
        }
    }

    fn in_one_turn<T>(&mut self, session: &Session, work: Work<'_, T>) -> Result<Result<T, Fault>, Fault> {
        let start = self.entries.head()?;
        let desk_now = (self.clock)();
        let mut apply = self.replica.begin()?;
        let mut outcome: Option<T> = None;
        let mut foreign: Vec<Row> = Vec::new();
        let mut keys = self.keys.clone();
        let mut count = self.written;
        let mut trouble: Option<Fault> = None;
        let entries = &self.entries;
        let (county, desk, own_keys, own_written) = (self.county, self.desk, &self.keys, self.written);
        let mut start_point = Some(apply.savepoint()?);
        let mut build = |turn: &Turn, news: &[Row]| -> Vec<Row> {
            outcome = None;
            trouble = None;
            let mut stage = Stage {
                county,
                desk,
                desk_now,
                session,
                turn: *turn,
                head: start,
                written: own_written,
                keys: own_keys.clone(),
                rows: Vec::new(),
            };
            let built = (|| -> Result<(), Fault> {
                // The turn before was lost: what was prepared in it is void.
                if let Some(point) = start_point.take() {
                    apply.rollback_to(point)?;
                }
                start_point = Some(apply.savepoint()?);
                let bodies = pull::verify(news, &mut stage.head, county, &mut stage.keys)?;
                // What others wrote meanwhile may be sealed under a key that came with it.
                let followed = session.followed(county, &stage.keys);
                let reading = followed.as_ref().unwrap_or(session);
                for (row, body) in news.iter().zip(&bodies) {
                    pull::apply_entry(&mut apply, county, row, body, reading)?;
                    // Written by this desk before it crashed: its count was given then.
                    if body.desk == desk {
                        stage.written = stage.written.max(body.desk_seq);
                    }
                }
                outcome = Some(work(&mut stage, &mut apply, entries, news)?);
                Ok(())
            })();
            foreign = news.to_vec();
            match built {
                Ok(()) => {
                    keys = stage.keys;
                    count = stage.written;
                    stage.rows
                }
                Err(fault) => {
                    trouble = Some(fault);
                    Vec::new()
                }
            }
        };
        let written = self.log.write(&start, DEADLINE, &mut build);
        match written {
            Written::Done(rows) => {
                if let Some(fault) = trouble {
                    return Err(fault);
                }
                self.entries.append(&foreign)?;
                self.entries.append(&rows)?;
                if let Some(probe) = self.log.wrote() {
                    self.seen = Some(probe);
                }
                self.keys = keys;
                self.written = count;
                apply.commit()?;
                self.session_follows();
                outcome.map(Ok).ok_or_else(|| Fault::bug("轮次中没有结果"))
            }
            Written::NotDone(fault) => Err(fault),
            Written::Unknown(fault) => {
                self.written = count;
                Ok(Err(fault))
            }
        }
    }
}

impl Stage<'_> {
    /// Decides a group. With a dead key nothing is written: it would be no entry, and nobody could read on behind it. So
    /// where the carrier's key was changed, by others or by a group before, what the rules allow waits for a living one.
    fn offered(&mut self, apply: &mut Apply<'_>, group: &[Signed]) -> Result<Outcome, Fault> {
        let Some(dead) = change::superseded(self.session, &self.keys) else {
            return self.group(apply, group);
        };
        let (rows, head, written, keys) = (self.rows.len(), self.head, self.written, self.keys.clone());
        let point = apply.savepoint()?;
        let outcome = self.group(apply, group)?;
        if !matches!(outcome, Outcome::Done(_)) {
            return Ok(outcome);
        }
        apply.rollback_to(point)?;
        self.rows.truncate(rows);
        (self.head, self.written, self.keys) = (head, written, keys);
        Ok(Outcome::Waiting(dead))
    }

    /// Decides a group; its entries are kept if all of it holds.
    fn group(&mut self, apply: &mut Apply<'_>, group: &[Signed]) -> Result<Outcome, Fault> {
        let (rows, head, written, keys) = (self.rows.len(), self.head, self.written, self.keys.clone());
        let point = apply.savepoint()?;
        let mut receipts = Vec::with_capacity(group.len());
        for signed in group {
            match self.one(apply, signed)? {
                Ok(receipt) => receipts.push(receipt),
                Err(refusals) => {
                    apply.rollback_to(point)?;
                    self.rows.truncate(rows);
                    (self.head, self.written, self.keys) = (head, written, keys);
                    return Ok(Outcome::Refused(refusals));
                }
            }
        }
        Ok(Outcome::Done(receipts))
    }

    fn one(
        &mut self,
        apply: &mut Apply<'_>,
        signed: &Signed,
    ) -> Result<Result<Receipt, Vec<Refusal>>, Fault> {
        let command = signed.command()?;
        let no = OfficerNo(signed.order.author.clone());
        let key = signed.order.key.to_string();
        let decision = match self.decide(apply, signed, &command, &no, &key)? {
            Ok(decision) => decision,
            Err(refusals) => return Ok(Err(refusals)),
        };
        let (row, body) = self.entry(apply, signed, &decision)?;
        self.keys.apply(row.n, (&no, &key), &decision.facts);
        apply
            .apply(&Applied {
                n: row.n,
                hash: row.hash.0,
                share_ms: body.share_ms,
                desk_ms: body.desk_ms,
                desk: (body.desk.0, body.desk_seq),
                author: &no,
                key: &key,
                carrier: &self.session.officer,
                verb: command.verb(),
                zh: command.zh(),
                seen: signed.order.seen,
                facts: &decision.facts,
                private: (!signed.private.is_empty()).then_some(&signed.private),
                marks: &[],
            })
            .map_err(Fault::from)?;
        self.head = Head::of(&row);
        self.written = body.desk_seq;
        let receipt = Receipt { n: row.n, facts: decision.facts, notes: decision.notes };
        self.rows.push(row);
        Ok(Ok(receipt))
    }

    fn decide(
        &self,
        apply: &Apply<'_>,
        signed: &Signed,
        command: &Command,
        no: &OfficerNo,
        key: &str,
    ) -> Result<Result<Decision, Vec<Refusal>>, Fault> {
        let day = self.now(apply)?.day();
        let Some(author) = judge::author(apply, no, key, command, day) else {
            return Err(Fault::bug(format!("操作员 {no} 没有登记")));
        };
        let pack = judge::pack_in_force(apply)?;
        let cx = Ctx {
            answers: apply,
            author: &author,
            key,
            now: self.now(apply)?,
            desk_now: self.desk_now,
            seen: signed.order.seen,
            pack: &pack,
            private: Some(&signed.private),
        };
        let decided = decide(&cx, command);
        match apply.take_fault() {
            Some(fault) => Err(fault.into()),
            None => Ok(decided),
        }
    }

    /// The share's time, never before the entry before.
    fn now(&self, apply: &Apply<'_>) -> Result<Stamp, Fault> {
        Ok(Stamp(self.turn.share_ms.max(apply.head()?.share_ms)))
    }

    fn entry(&self, apply: &Apply<'_>, signed: &Signed, decision: &Decision) -> Result<(Row, Body), Fault> {
        let now = self.now(apply)?;
        let private = if signed.private.is_empty() { None } else { Some(self.seal(signed, now)?) };
        let facts = decision.facts.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        let facts = facts.map_err(|error| Fault::bug(format!("结果写不成规定的格式：{error}")))?;
        self.entry_of(apply, signed.order.clone(), signed.sig, facts, private)
    }

    /// A lost row in an entry of its own, and what it meant applied again.
    fn rescue(&mut self, apply: &mut Apply<'_>, lost: &Row) -> Result<(), Fault> {
        if let Some(dead) = change::superseded(self.session, &self.keys) {
            return Err(dead);
        }
        let broken = |broken: chain::Break| Fault::bug(format!("第 {} 条记录找不回来：{broken}", lost.n));
        let (carried, inner) = rescue::carry(lost).map_err(broken)?;
        let order = Order {
            cid: Cid(random::bytes()?),
            verb: rescue::VERB.to_owned(),
            author: self.session.officer.0.clone(),
            key: self.session.signing.id(),
            seen: self.head.n,
            args: serde_json::to_value(carried).map_err(|error| Fault::bug(error.to_string()))?,
            private: None,
        };
        let sig = self
            .session
            .signing
            .sign_order(self.county, &order)
            .map_err(|error| Fault::bug(format!("记录写不成：{error}")))?;
        let (row, body) = self.entry_of(apply, order, sig, Vec::new(), inner.private)?;
        pull::verify(std::slice::from_ref(&row), &mut self.head, self.county, &mut self.keys)?;
        pull::apply_entry(apply, self.county, &row, &body, self.session)?;
        self.written = body.desk_seq;
        self.rows.push(row);
        Ok(())
    }

    fn entry_of(
        &self,
        apply: &Apply<'_>,
        command: Order,
        order_sig: Sig,
        facts: Vec<Value>,
        private: Option<Vec<u8>>,
    ) -> Result<(Row, Body), Fault> {
        let now = self.now(apply)?;
        let body = Body {
            suite: Suite::One,
            format: FORMAT,
            county: self.county,
            n: self.head.n + 1,
            prev: self.head.hash,
            turn: self.turn.no(),
            share_ms: now.0,
            desk_ms: self.desk_now.0,
            desk: self.desk,
            desk_seq: self.written + 1,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            pack: apply.pack_now().map(|pack| pack.id).unwrap_or_default(),
            command,
            order_sig,
            facts,
            carrier: Carrier { officer: self.session.officer.0.clone(), key: self.session.signing.id() },
            sealed: None,
        };
        let row = chain::make(body.clone(), private, &self.session.signing)
            .map_err(|broken| Fault::bug(format!("记录写不成：{broken}")))?;
        Ok((row, body))
    }

    fn seal(&self, signed: &Signed, now: Stamp) -> Result<Vec<u8>, Fault> {
        let key = self.session.data_key(now.day().year()).ok_or_else(|| {
            Fault::new(
                crate::store::FaultKind::Config,
                "本操作员还没有领到数据密钥，不能登记个人信息",
                "请管理员在「操作员」里补发数据密钥",
            )
        })?;
        let mut salt = [0u8; 32];
        hex::decode_to_slice(&signed.salt, &mut salt).map_err(|_| Fault::bug("不公开部分没有盐值"))?;
        let text = order::plaintext(&signed.private)?;
        seal::seal(key, self.county, signed.order.cid, &salt, &random::bytes()?, &text)
            .map_err(|error| Fault::bug(error.to_string()))
    }
}

/// The receipts of a group that already stands in the log: a group is written whole, so one id answers for all.
fn already(entries: &Entries, news: &[Row], group: &[Signed]) -> Result<Option<Vec<Receipt>>, Fault> {
    let mut receipts = Vec::with_capacity(group.len());
    for signed in group {
        let cid = signed.order.cid;
        let row = match news.iter().find(|row| is_of(row, cid)) {
            Some(row) => Some(row.clone()),
            None => entries.find(cid)?,
        };
        let Some(row) = row else { return Ok(None) };
        let body = Body::from_text(&row.body).map_err(|error| Fault::damaged(error.to_string()))?;
        receipts.push(Receipt { n: row.n, facts: Meaning::of(&body)?.facts, notes: Vec::new() });
    }
    Ok(Some(receipts))
}

/// Whether a row is of this command, or rescues it.
fn is_of(row: &Row, cid: Cid) -> bool {
    row.cid == cid || rescue::rescued_in(row) == Some(cid)
}

fn all_waiting(groups: &[Vec<Signed>], fault: &Fault) -> Vec<Outcome> {
    groups.iter().map(|_| Outcome::Waiting(again(fault))).collect()
}

/// The same fault once more, for each group of a turn.
fn again(fault: &Fault) -> Fault {
    Fault::new(fault.kind, fault.what.clone(), fault.next.clone())
}
