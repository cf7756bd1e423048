//! A desk of the year and whoever signs in at it: an order is signed, carried, and carried again until somebody says what
//! became of it.

use crate::base::day::Stamp;
use crate::base::seeded::Rng;
use crate::domain::code::Code;
use crate::domain::ids::OfficerNo;
use crate::ledger::Cid;
use crate::office::compose::Draft;
use crate::office::desk::Desk;
use crate::office::order;
use crate::office::outcome::Outcome;
use crate::office::scratch::Hands;
use crate::office::session::Session;
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often an order is carried before it counts as stuck.
const TRIES: u32 = 2_000;

/// What a desk is for.
#[derive(Clone)]
pub(super) enum Duty {
    /// Handlers and approvers of townships.
    Townships(Vec<u16>),
    /// The bureau's approver.
    Bureau,
    /// Finance that fills the reserves of all townships and builds batches.
    Maker(Vec<u16>),
    /// Finance that counts and answers them.
    Checker,
}

/// What came of the orders.
#[derive(Clone, Default)]
pub(super) struct Tally {
    /// Every order given.
    pub(super) given: Vec<Cid>,
    /// Those that were done, with their places.
    pub(super) done: Vec<(Cid, u64)>,
    /// Refused groups by their first code, with what was said the first time.
    pub(super) refused: BTreeMap<Code, (u64, String)>,
    /// How many orders the refused groups held.
    pub(super) refused_orders: u64,
    /// How often somebody waited for a turn.
    pub(super) waited: u64,
    /// What was done, counted.
    pub(super) work: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Tally) {
        self.given.extend(&other.given);
        self.done.extend(&other.done);
        self.refused_orders += other.refused_orders;
        self.waited += other.waited;
        for (code, (times, said)) in &other.refused {
            self.refused.entry(*code).or_insert_with(|| (0, said.clone())).0 += times;
        }
        for (what, times) in &other.work {
            *self.work.entry(what).or_default() += times;
        }
    }
}

/// A desk.
pub(super) struct Seat {
    pub(super) desk: Desk,
    pub(super) duty: Duty,
    sessions: Arc<BTreeMap<OfficerNo, Arc<Session>>>,
    hands: Hands,
    pub(super) rng: Rng,
    /// How many cases came in here.
    pub(super) arrived: u64,
    pub(super) tally: Tally,
}

impl Seat {
    pub(super) fn new(
        desk: Desk,
        duty: Duty,
        sessions: Arc<BTreeMap<OfficerNo, Arc<Session>>>,
        hands: Hands,
        rng: Rng,
    ) -> Seat {
        Seat { desk, duty, sessions, hands, rng, arrived: 0, tally: Tally::default() }
    }

    /// The office's clock.
    pub(super) fn now(&self) -> Stamp {
        self.hands.now()
    }

    /// Signs an officer in and reads what others wrote.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn sit(&mut self, officer: &OfficerNo) -> Result<Reader, Fault> {
        self.desk.sign_in(self.session(officer)?)?;
        self.desk.pull()?;
        Ok(self.desk.replica().reader()?)
    }

    fn session(&self, officer: &OfficerNo) -> Result<Arc<Session>, Fault> {
        self.sessions.get(officer).cloned().ok_or_else(|| Fault::bug("没有操作员"))
    }

    /// Gives one group of orders and waits for what becomes of it; whether it was done.
    ///
    /// # Errors
    /// The machine's; an order that nobody can place.
    pub(super) fn give(
        &mut self,
        what: &'static str,
        officer: &OfficerNo,
        drafts: Vec<Draft>,
    ) -> Result<bool, Fault> {
        let session = self.session(officer)?;
        self.desk.sign_in(session.clone())?;
        let (seen, county) = (self.desk.head_n()?, self.desk.county());
        let signed = drafts
            .into_iter()
            .map(|(command, private)| order::sign(&session, county, seen, &command, private))
            .collect::<Result<Vec<_>, _>>()?;
        let cids: Vec<Cid> = signed.iter().map(|signed| signed.order.cid).collect();
        self.tally.given.extend(&cids);
        for _ in 0..TRIES {
            let outcome = self.desk.carry(std::slice::from_ref(&signed)).pop();
            match outcome.ok_or_else(|| Fault::bug("没有结果"))? {
                Outcome::Done(receipts) => {
                    self.tally.done.extend(cids.into_iter().zip(receipts.iter().map(|receipt| receipt.n)));
                    *self.tally.work.entry(what).or_default() += 1;
                    return Ok(true);
                }
                Outcome::Refused(refusals) => {
                    if let Some(first) = refusals.first() {
                        let said = || (0, format!("{what}：{}", first.sentence));
                        self.tally.refused.entry(first.code).or_insert_with(said).0 += 1;
                    }
                    self.tally.refused_orders += cids.len() as u64;
                    return Ok(false);
                }
                Outcome::Waiting(_) | Outcome::Unknown(_) => self.tally.waited += 1,
            }
        }
        Err(Fault::bug(format!("{what}一直没有轮到")))
    }
}
