//! The replica's answers to what rules ask: one statement per question, each prepared once and answered through an index.
//!
//! A failure must not look like an empty answer: it is remembered beside the connection, and whoever decided on the answer
//! throws the decision away. No answer reads what is private, but [`Answers::holder_of`], [`Answers::birth_of`] and the
//! name of an officer, which is shown and never judged.

mod cases;
mod duties;
mod erasing;
pub(super) mod funds;
pub(super) mod grants;
pub(crate) mod kernel;
mod kin;
mod monthly;
mod papers;
mod partners;
pub(super) mod path;
pub(super) mod payout;
mod people;
mod registers;
mod reserve;
pub(crate) mod same;
pub(super) mod series;
mod stock;
mod tiers;
pub(super) mod trust;

use super::fault::ReplicaFault;
use crate::base::calendar::Calendar;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::{
    Answers, Authorisation, Case, Household, Item, Keeping, Lead, Matter, Payment, Person, Series,
};
use crate::domain::code_sheet::CodeSheet;
use crate::domain::command::kernel::NewKey;
use crate::domain::course::Course;
use crate::domain::delegation::Delegation;
use crate::domain::finding::Finding;
use crate::domain::fund::{Account, Posting};
use crate::domain::grant::Grant;
use crate::domain::ids::{
    AuthorityId, BatchId, CaseId, FindingId, HouseholdId, LeadId, LineId, MatterId, OfficerNo, PersonId,
    ProposalId,
};
use crate::domain::kin::Kin;
use crate::domain::office::Officer;
use crate::domain::pack::Pack;
use crate::domain::payout::{Batch, PayeeAccount};
use crate::domain::period::Period;
use crate::domain::powers::Proposal;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What went wrong inside answers. The first fault is kept until it is taken.
#[derive(Default)]
pub struct Faults(RefCell<Option<ReplicaFault>>);

impl Faults {
    pub(super) fn take(&self) -> Option<ReplicaFault> {
        self.0.borrow_mut().take()
    }

    fn keep(&self, fault: ReplicaFault) {
        let mut kept = self.0.borrow_mut();
        if kept.is_none() {
            *kept = Some(fault);
        }
    }
}

/// The pack that was read last with the text that it was read from: reading one costs more than all other questions of
/// an entry together, and the text is asked for each time.
#[derive(Default)]
pub struct LastPack(RefCell<Option<(String, Option<Pack>)>>);

impl LastPack {
    fn read(&self, toml: String) -> Option<Pack> {
        let mut last = self.0.borrow_mut();
        if let Some((_, pack)) = last.as_ref().filter(|(known, _)| *known == toml) {
            return pack.clone();
        }
        let pack = kernel::read(&toml);
        *last = Some((toml, pack.clone()));
        pack
    }
}

/// Whoever holds a connection to a replica and a place for faults answers rules.
pub trait Ask {
    /// The connection.
    fn db(&self) -> &Connection;
    /// Where a failure is kept.
    fn faults(&self) -> &Faults;
    /// The pack read last.
    fn last_pack(&self) -> &LastPack;
}

#[cfg(test)]
thread_local! {
    /// Every statement asked on this thread, so that a test can have each explained.
    pub(super) static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// At most one row.
pub(super) fn one<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    note(sql);
    db.prepare_cached(sql)?.query_row(params, map).optional()
}

/// All rows, in the statement's order.
pub(super) fn many<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    note(sql);
    db.prepare_cached(sql)?.query_map(params, map)?.collect()
}

/// Whether there is any row.
pub(super) fn any(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<bool> {
    note(sql);
    db.prepare_cached(sql)?.exists(params)
}

#[cfg(test)]
fn note(sql: &str) {
    ASKED.with_borrow_mut(|asked| asked.insert(sql.to_owned()));
}

#[cfg(not(test))]
fn note(_sql: &str) {}

/// The answer, or an empty one with the fault remembered.
fn kept<T: Default>(asker: &impl Ask, answer: rusqlite::Result<T>) -> T {
    answer.unwrap_or_else(|error| {
        asker.faults().keep(ReplicaFault::Sqlite(error));
        T::default()
    })
}

impl<A: Ask> Answers for A {
    fn officer(&self, no: &OfficerNo) -> Option<Officer> {
        kept(self, kernel::officer(self.db(), no))
    }

    fn key_lives(&self, no: &OfficerNo, key: &str) -> bool {
        kept(self, kernel::key_lives(self.db(), no, key))
    }

    fn key_of(&self, no: &OfficerNo) -> Option<NewKey> {
        kept(self, kernel::key_of(self.db(), no))
    }

    fn key_given(&self, key: &str) -> bool {
        kept(self, kernel::key_given(self.db(), key))
    }

    fn key_stands(&self, key: &str) -> bool {
        kept(self, kernel::key_stands(self.db(), key))
    }

    fn administrators(&self) -> usize {
        kept(self, kernel::administrators(self.db()))
    }

    fn proposal(&self, id: ProposalId) -> Option<Proposal> {
        kept(self, kernel::proposal(self.db(), id))
    }

    fn open_cases(&self, handler: &OfficerNo) -> usize {
        kept(self, kernel::open_cases(self.db(), handler))
    }

    fn sealed_to(&self, key: &str) -> BTreeSet<Period> {
        kept(self, kernel::sealed_to(self.db(), key))
    }

    fn data_period(&self) -> Option<Period> {
        kept(self, kernel::data_period(self.db()))
    }

    fn relatives(&self, no: &OfficerNo) -> BTreeSet<PersonId> {
        kept(self, kernel::relatives(self.db(), no))
    }

    fn delegations(&self, to: &OfficerNo) -> Vec<Delegation> {
        kept(self, duties::delegations(self.db(), to))
    }

    fn open_cases_of(&self, handler: &OfficerNo) -> Vec<CaseId> {
        kept(self, duties::open_cases_of(self.db(), handler))
    }

    fn handlers_before(&self, case: CaseId) -> BTreeSet<OfficerNo> {
        kept(self, duties::handlers_before(self.db(), case))
    }

    fn person(&self, id: PersonId) -> Option<Person> {
        kept(self, people::person(self.db(), id))
    }

    fn holder_of(&self, id_no: &str) -> Option<(PersonId, String)> {
        kept(self, people::holder_of(self.db(), id_no))
    }

    fn household(&self, id: HouseholdId) -> Option<Household> {
        kept(self, people::household(self.db(), id))
    }

    fn household_of(&self, person: PersonId, on: Day) -> Option<HouseholdId> {
        kept(self, people::household_of(self.db(), person, on))
    }

    fn matter(&self, id: MatterId) -> Option<Matter> {
        kept(self, cases::matter(self.db(), id))
    }

    fn matters_of(&self, people: &BTreeSet<PersonId>) -> Vec<Matter> {
        kept(self, cases::matters_of(self.db(), people))
    }

    fn lead(&self, id: LeadId) -> Option<Lead> {
        kept(self, cases::lead(self.db(), id))
    }

    fn case(&self, id: CaseId) -> Option<Case> {
        kept(self, cases::case(self.db(), id))
    }

    fn course(&self, case: CaseId) -> Course {
        kept(self, path::course(self.db(), case))
    }

    fn birth_of(&self, person: PersonId) -> Option<Day> {
        kept(self, people::birth_of(self.db(), person))
    }

    fn grants_of(&self, people: &BTreeSet<PersonId>, from: Day, to: Day) -> Vec<Grant> {
        kept(self, grants::grants_of(self.db(), people, from, to))
    }

    fn payments(&self, case: CaseId) -> Vec<Payment> {
        kept(self, cases::payments(self.db(), case))
    }

    fn blank_used(&self, blank: &str) -> Option<String> {
        kept(self, cases::blank_used(self.db(), blank))
    }

    fn items(&self, case: CaseId) -> Vec<Item> {
        kept(self, papers::items(self.db(), case))
    }

    fn late_items(&self, handler: &OfficerNo, today: Day) -> Vec<Item> {
        kept(self, papers::late_items(self.db(), handler, today))
    }

    fn brake_lifted(&self, handler: &OfficerNo) -> bool {
        kept(self, papers::brake_lifted(self.db(), handler))
    }

    fn authorisation(&self, id: AuthorityId) -> Option<Authorisation> {
        kept(self, papers::authorisation(self.db(), id))
    }

    fn finding(&self, id: FindingId) -> Option<Finding> {
        kept(self, trust::finding(self.db(), id))
    }

    fn keeping(&self, case: CaseId) -> Option<Keeping> {
        kept(self, erasing::keeping(self.db(), case))
    }

    fn cases_with(&self, people: &BTreeSet<PersonId>) -> BTreeSet<CaseId> {
        kept(self, erasing::cases_with(self.db(), people))
    }

    fn entries_only_of(&self, cases: &BTreeSet<CaseId>, people: &BTreeSet<PersonId>) -> Vec<u64> {
        kept(self, erasing::entries_only_of(self.db(), cases, people))
    }

    fn open_mark(&self, n: u64) -> Option<OfficerNo> {
        kept(self, trust::open_mark(self.db(), n))
    }

    fn kin(&self, people: &BTreeSet<PersonId>, township: u16) -> Vec<Kin> {
        kept(self, kin::kin(self.db(), people, township))
    }

    fn wrote(&self, n: u64) -> Option<OfficerNo> {
        kept(self, trust::wrote(self.db(), n))
    }

    fn codes(&self, officer: &OfficerNo) -> Option<CodeSheet> {
        kept(self, kernel::codes(self.db(), officer))
    }

    fn balance(&self, account: Account) -> Money {
        kept(self, funds::balance(self.db(), account))
    }

    fn postings_of(&self, case: CaseId, line: LineId) -> Vec<Posting> {
        kept(self, funds::postings_of(self.db(), case, line))
    }

    fn account_of(&self, case: CaseId) -> Option<PayeeAccount> {
        kept(self, payout::account_of(self.db(), case))
    }

    fn households_on(&self, mark: &str) -> BTreeSet<[u8; 16]> {
        kept(self, payout::households_on(self.db(), mark))
    }

    fn name_of(&self, person: PersonId) -> Option<String> {
        kept(self, payout::name_of(self.db(), person))
    }

    fn batch(&self, id: BatchId) -> Option<Batch> {
        kept(self, payout::batch(self.db(), id))
    }

    fn live_batch(&self, case: CaseId) -> Option<String> {
        kept(self, payout::live_batch(self.db(), case))
    }

    fn closed_at_bank(&self, mark: &str) -> Option<Day> {
        kept(self, payout::closed_at_bank(self.db(), mark))
    }

    fn batches_under_way(&self, until: Day) -> Vec<String> {
        kept(self, payout::under_way(self.db(), until))
    }

    fn return_read(&self, file: &str) -> Option<String> {
        kept(self, payout::return_read(self.db(), file))
    }

    fn given_back(&self, case: CaseId, line: LineId) -> Money {
        kept(self, payout::given_back(self.db(), case, line))
    }

    fn year_closed(&self, year: i32) -> bool {
        kept(self, payout::year_closed(self.db(), year))
    }

    fn last_serial(&self, series: Series) -> u32 {
        kept(self, series::last(self.db(), series))
    }

    fn calendar(&self) -> Calendar {
        kept(self, kernel::calendar(self.db()).map(Some)).unwrap_or_else(Calendar::embedded)
    }

    fn pack_now(&self) -> Option<Pack> {
        kept(self, kernel::pack_now(self.db(), &|toml| self.last_pack().read(toml)))
    }

    fn pack(&self, id: &str) -> Option<Pack> {
        kept(self, kernel::pack(self.db(), id))
    }

    fn imported(&self, hash: &str) -> bool {
        kept(self, grants::imported(self.db(), hash))
    }

    fn county(&self) -> Option<bool> {
        kept(self, kernel::county(self.db()))
    }
}
