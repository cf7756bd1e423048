//! Applying entries: facts become rows. Total and deterministic: every fact of every sound entry applies, whatever it
//! says, and the same entries make the same rows on every desk. A fact about a case, lead or person that the log never
//! made changes nothing.
//!
//! It must never judge, read a clock or draw a random number.

mod case;
mod codes;
mod duties;
mod emergency;
mod erase;
mod funds;
mod grant;
mod history;
mod household;
mod kernel;
mod lead;
mod ledger;
mod marks;
mod matter;
mod monthly;
mod notes;
mod officers;
mod paper;
mod partners;
mod path;
mod payout;
mod person;
mod privacy;
mod registers;
mod reserve;
mod same;
mod series;
mod step;
mod stock;
mod tiers;
mod trust;

use super::answers::{Ask, Faults, LastPack};
use super::fault::{ReplicaFault, Result};
use super::{Head, digest, head};
use crate::base::day::Stamp;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, OfficerNo, Text};
use crate::domain::powers::Standing;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use rusqlite::{Connection, OptionalExtension, Params, Transaction};
use std::cell::OnceCell;

/// A verified entry as the replica takes it in.
pub struct Applied<'a> {
    /// Its n: one more than the last.
    pub n: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The share's time, ms: the office's clock.
    pub share_ms: i64,
    /// The desk's own time, ms.
    pub desk_ms: i64,
    /// The desk that wrote it, and its own count of entries.
    pub desk: ([u8; 8], u64),
    /// Who gave the command.
    pub author: &'a OfficerNo,
    /// The key he signed with, hex of its id.
    pub key: &'a str,
    /// Who carried it to the share.
    pub carrier: &'a OfficerNo,
    /// The verb as written.
    pub verb: &'a str,
    /// The verb in Chinese, for 办理经过.
    pub zh: &'a str,
    /// The last n that the author had seen.
    pub seen: u64,
    /// What it made true.
    pub facts: &'a [Fact],
    /// The private part, where this desk can open it.
    pub private: Option<&'a Private>,
    /// What this program's checks found.
    pub marks: &'a [Refusal],
}

/// A transaction that applies entries. It answers rules as of the last entry applied, so several commands of one turn
/// are decided on each other's effects. Dropped without [`Apply::commit`], nothing has happened.
pub struct Apply<'r> {
    tx: Transaction<'r>,
    faults: Faults,
    last_pack: LastPack,
    points: u32,
}

/// A place in an open transaction to which it can go back.
#[derive(Debug)]
pub struct Point(u32);

impl<'r> Apply<'r> {
    pub(super) fn new(tx: Transaction<'r>) -> Apply<'r> {
        Apply { tx, faults: Faults::default(), last_pack: LastPack::default(), points: 0 }
    }

    /// Applies one entry. An error leaves the entry half done: drop the transaction or go back to a point before it.
    ///
    /// # Errors
    /// The entry is not the next one; SQLite's.
    pub fn apply(&mut self, entry: &Applied<'_>) -> Result<()> {
        let have = head(&self.tx)?.n;
        if entry.n != have.saturating_add(1) {
            return Err(ReplicaFault::Gap { have, got: entry.n });
        }
        let n = i64::try_from(entry.n).map_err(|_| ReplicaFault::Unreadable)?;
        let page = Page { db: &self.tx, entry, n, standing: OnceCell::new() };
        let changed = page.changes()?;
        for fact in entry.facts {
            page.fact(fact)?;
        }
        page.history(&changed)?;
        page.details_of_people()?;
        page.steps()?;
        page.marks()?;
        page.desk_count()?;
        page.run(
            "UPDATE head SET n = ?1, hash = ?2, share_ms = ?3",
            (n, entry.hash.as_slice(), entry.share_ms),
        )?;
        Ok(())
    }

    /// The last entry applied, uncommitted ones counted.
    ///
    /// # Errors
    /// SQLite's.
    pub fn head(&self) -> Result<Head> {
        head(&self.tx)
    }

    /// The last count that a desk gave an entry; `None` of a desk that wrote none.
    ///
    /// # Errors
    /// SQLite's.
    pub fn desk_count(&self, desk: &[u8; 8]) -> Result<Option<u64>> {
        let mut statement = self.tx.prepare_cached("SELECT seq FROM desk_count WHERE desk = ?1")?;
        let found = statement.query_row([desk.as_slice()], |row| row.get::<_, i64>(0)).optional()?;
        Ok(found.map(i64::unsigned_abs))
    }

    /// The digest of what stands now, see [`super::Replica::digest`].
    ///
    /// # Errors
    /// SQLite's.
    pub fn digest(&self) -> Result<[u8; 32]> {
        digest::digest(&self.tx)
    }

    /// Remembers this place: commands that stand or fall together are applied behind it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn savepoint(&mut self) -> Result<Point> {
        self.points += 1;
        self.tx.execute_batch(&named("SAVEPOINT", self.points))?;
        Ok(Point(self.points))
    }

    /// Undoes everything since a point. The point and those made after it are gone.
    ///
    /// # Errors
    /// SQLite's.
    pub fn rollback_to(&mut self, point: Point) -> Result<()> {
        self.tx.execute_batch(&named("ROLLBACK TO", point.0))?;
        self.tx.execute_batch(&named("RELEASE", point.0))?;
        Ok(())
    }

    /// What went wrong inside answers since it was last taken. Whoever decided on such answers throws the decision away.
    pub fn take_fault(&self) -> Option<ReplicaFault> {
        self.faults.take()
    }

    /// Makes everything applied last.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commit(self) -> Result<()> {
        Ok(self.tx.commit()?)
    }
}

impl Ask for Apply<'_> {
    fn db(&self) -> &Connection {
        &self.tx
    }

    fn faults(&self) -> &Faults {
        &self.faults
    }

    fn last_pack(&self) -> &LastPack {
        &self.last_pack
    }
}

fn named(what: &str, point: u32) -> String {
    format!("{what} jiuji_{point}")
}

/// One entry being applied.
struct Page<'a> {
    db: &'a Connection,
    entry: &'a Applied<'a>,
    /// Its n, as a column holds it.
    n: i64,
    /// What its author may say of officers, once asked.
    standing: OnceCell<Standing>,
}

impl Page<'_> {
    fn run(&self, sql: &'static str, params: impl Params) -> Result<usize> {
        Ok(self.db.prepare_cached(sql)?.execute(params)?)
    }

    /// Inserts into a table with a running number and answers the number.
    fn add(&self, sql: &'static str, params: impl Params) -> Result<i64> {
        Ok(self.db.prepare_cached(sql)?.insert(params)?)
    }

    fn desk_count(&self) -> Result<usize> {
        let (desk, seq) = self.entry.desk;
        self.run(
            "INSERT INTO desk_count(desk, seq) VALUES (?1, ?2)
             ON CONFLICT (desk) DO UPDATE SET seq = max(seq, excluded.seq)",
            (desk.as_slice(), i64::try_from(seq).unwrap_or(i64::MAX)),
        )
    }

    fn now(&self) -> Stamp {
        Stamp(self.entry.share_ms)
    }

    /// The words of a slot, where this desk can read them.
    fn words(&self, slot: &Option<Text>) -> Option<&str> {
        slot.as_ref().and_then(|slot| self.entry.private?.text(slot))
    }

    fn has_case(&self, case: CaseId) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM cases WHERE id = ?1")?.exists([case])?)
    }

    /// One fact, by its group.
    fn fact(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::CountyFounded { .. }
            | Fact::OfficerEnrolled { .. }
            | Fact::RolesGiven { .. }
            | Fact::KeyGiven { .. }
            | Fact::KeyRevoked { .. }
            | Fact::OfficerSuspended { .. }
            | Fact::GrantProposed { .. }
            | Fact::GrantSeconded { .. }
            | Fact::GrantWithdrawn { .. }
            | Fact::PackAdopted { .. }
            | Fact::YearSet { .. }
            | Fact::DataKeySealed { .. }
            | Fact::CodesIssued { .. }
            | Fact::CodeSpent { .. }
            | Fact::CodesVoided { .. }
            | Fact::CodeMissed { .. }
            | Fact::RelativeFiled { .. } => self.kernel(fact),
            Fact::DelegationGiven { .. }
            | Fact::DelegationEnded { .. }
            | Fact::DutySet { .. }
            | Fact::HandlerChanged { .. }
            | Fact::HandedOver { .. } => self.duties(fact),
            Fact::Unmasked { .. } => self.privacy(fact),
            Fact::Erased { .. } => self.erase(fact),
            Fact::LeadRegistered { .. } | Fact::LeadAnswered { .. } | Fact::LeadEnded { .. } => {
                self.lead(fact)
            }
            Fact::PersonNoted { .. } | Fact::PersonDied { .. } => self.person(fact),
            Fact::PeopleLinked(_) => self.same(fact),
            Fact::HouseholdFormed { .. }
            | Fact::MemberJoined { .. }
            | Fact::MemberLeft { .. }
            | Fact::HouseholdCounted { .. } => self.household(fact),
            Fact::MatterOpened { .. } => self.matter(fact),
            Fact::CaseOpened { .. }
            | Fact::LinesAsked { .. }
            | Fact::StageSet { .. }
            | Fact::MeetingHeld { .. }
            | Fact::BlankUsed { .. }
            | Fact::HomeToAsk { .. } => self.case(fact),
            Fact::ApplicationNoted(_)
            | Fact::OnceNoticed(_)
            | Fact::Corrected(_)
            | Fact::CaseAccepted(_)
            | Fact::Surveyed(_)
            | Fact::MeansAuthorised(_)
            | Fact::MeansAsked(_)
            | Fact::MeansChecked(_)
            | Fact::SchoolNoted(_)
            | Fact::Reviewed(_)
            | Fact::Examined(_)
            | Fact::NoticePosted(_)
            | Fact::NoticeEnded(_)
            | Fact::NoticeExempted(_)
            | Fact::ObjectionMade(_)
            | Fact::ObjectionSettled(_)
            | Fact::PathChanged(_)
            | Fact::ResultDelivered(_)
            | Fact::FollowedUp(_)
            | Fact::HardshipNoted(_)
            | Fact::ClockSet(_) => self.path(fact),
            Fact::AuthorityGiven { .. }
            | Fact::AuthorityUsed { .. }
            | Fact::BrakeLifted { .. }
            | Fact::BrakeUsed { .. } => self.emergency(fact),
            Fact::GrantSet { .. }
            | Fact::GrantCancelled { .. }
            | Fact::LinePaid { .. }
            | Fact::LineUnpaid { .. } => self.grant(fact),
            Fact::CountyExamined(_)
            | Fact::TierRaised(_)
            | Fact::TierLowered(_)
            | Fact::CityAsked(_)
            | Fact::CityReplied(_)
            | Fact::CityChecked(_)
            | Fact::RosterFiled(_)
            | Fact::CalledBack(_)
            | Fact::CallBackSettled(_) => self.tiers(fact),
            Fact::ReferralMade(_)
            | Fact::ReferralAnswered(_)
            | Fact::ServiceGiven(_)
            | Fact::OtherHelpNoted(_)
            | Fact::Archived(_)
            | Fact::SampleDrawn { .. }
            | Fact::HomeReplied(_)
            | Fact::ApplicantChanged(_)
            | Fact::PayeeNoted(_)
            | Fact::CaseRebased(_)
            | Fact::IncidentOpened(_)
            | Fact::IncidentClosed(_) => self.beside(fact),
            Fact::MoneyMoved { .. } => self.money(fact),
            Fact::AccountNoted { .. }
            | Fact::BatchOpened { .. }
            | Fact::LineBatched { .. }
            | Fact::BatchChecked { .. }
            | Fact::BatchSent { .. }
            | Fact::BatchDropped { .. }
            | Fact::ReturnRead { .. }
            | Fact::LineReturned { .. }
            | Fact::LineGivenBack { .. }
            | Fact::YearClosed { .. }
            | Fact::CashCounted { .. } => self.payout(fact),
            Fact::DiscovererNoted(_) | Fact::DiscovererEnded(_) => self.registers(fact),
            Fact::SourceReconciled(_) | Fact::ReconciliationAnswered(_) => self.monthly(fact),
            Fact::CeilingSet(_)
            | Fact::ReplenishAsked(_)
            | Fact::RecoveryOrdered(_)
            | Fact::RecoveryPaid(_) => self.reserve(fact),
            Fact::PartnerNoted(is) => self.partner(is),
            Fact::StockMoved(_) | Fact::PadIssued(_) | Fact::BlankVoided(_) => self.stock(fact),
            Fact::ItemDue { .. }
            | Fact::ItemDone { .. }
            | Fact::ItemReopened { .. }
            | Fact::ItemsMoved { .. } => self.paper(fact),
            Fact::ExceptionNoted { .. }
            | Fact::RatificationDue { .. }
            | Fact::Ratified { .. }
            | Fact::Overridden { .. }
            | Fact::Noted { .. } => self.note(fact),
            // Settled behind the marks of its own entry: see [`marks`].
            Fact::MarkSettled { .. } => Ok(()),
            Fact::FindingRaised { .. }
            | Fact::FindingAnswered { .. }
            | Fact::FindingSettled { .. }
            | Fact::FindingTransferred { .. } => self.finding(fact),
            Fact::LedgerImported { rows, .. } => self.ledger(rows),
        }
    }
}
