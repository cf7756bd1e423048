//! Imagining (试算): the state as it would be after commands that nobody gave yet, so that a form shows what the rules will
//! say while it is typed. What is imagined lies over the replica and is thrown away.

use crate::base::calendar::Calendar;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::{
    Answers, Authorisation, Case, Household, Item, Keeping, Lead, Matter, Payment, Person, Series,
};
use crate::domain::code_sheet::CodeSheet;
use crate::domain::command::kernel::NewKey;
use crate::domain::course::Course;
use crate::domain::delegation::Delegation;
use crate::domain::fact::Fact;
use crate::domain::finding::Finding;
use crate::domain::fund::{Account, Posting};
use crate::domain::grant::Grant;
use crate::domain::ids::{
    AuthorityId, BatchId, CaseId, DiscovererId, FindingId, HouseholdId, IncidentId, LeadId, LineId, MatterId,
    MergeId, OfficerNo, PartnerId, PersonId, ProposalId, ReferralId, TransferId,
};
use crate::domain::memory::Memory;
use crate::domain::monthly::{MonthlyAnswers, Reconciled};
use crate::domain::nouns::Fund;
use crate::domain::office::Officer;
use crate::domain::pack::Pack;
use crate::domain::pad::Blank;
use crate::domain::partners::{Partner, PartnerAnswers};
use crate::domain::payout::{Batch, PayeeAccount};
use crate::domain::period::Period;
use crate::domain::powers::Proposal;
use crate::domain::private::Private;
use crate::domain::registers::{Discoverer, RegisterAnswers};
use crate::domain::reserve::{Recovery, ReserveAnswers, ReservePlan};
use crate::domain::same::{Link, SameAnswers};
use crate::domain::stock::{GoodsAnswers, Sending, Shelf, StockKey, Taken};
use crate::domain::tiers::{Incident, Referral, RosterRow, TierAnswers, TierFile};
use std::collections::BTreeSet;

/// A state with imagined entries over it.
pub struct Imagined<'a> {
    base: &'a dyn Answers,
    over: Memory,
}

impl<'a> Imagined<'a> {
    /// Nothing imagined yet.
    pub fn over(base: &'a dyn Answers) -> Imagined<'a> {
        Imagined { base, over: Memory::new() }
    }

    /// Imagines that an officer's command made these facts true.
    pub fn apply(&mut self, author: &OfficerNo, now: Stamp, facts: &[Fact], private: &Private) {
        // Above every n that the author has seen: nothing imagined is stale.
        self.over.apply(0, author, now, facts, Some(private));
    }
}

impl TierAnswers for Imagined<'_> {
    fn tier_file(&self, case: CaseId) -> TierFile {
        let imagined = self.over.case(case).is_some();
        if imagined { self.over.tier_file(case) } else { self.base.tier_file(case) }
    }

    fn referral(&self, id: ReferralId) -> Option<Referral> {
        self.over.referral(id).or_else(|| self.base.referral(id))
    }

    fn incident(&self, id: IncidentId) -> Option<Incident> {
        self.over.incident(id).or_else(|| self.base.incident(id))
    }

    fn incident_of(&self, matter: MatterId) -> Option<Incident> {
        self.over.incident_of(matter).or_else(|| self.base.incident_of(matter))
    }

    fn archived_as(&self, number: &str) -> Option<CaseId> {
        self.over.archived_as(number).or_else(|| self.base.archived_as(number))
    }

    fn unfiled(&self, township: u16, from: Day, to: Day) -> Vec<RosterRow> {
        self.base.unfiled(township, from, to)
    }

    fn decided(&self, township: Option<u16>, from: Day, to: Day) -> Vec<CaseId> {
        self.base.decided(township, from, to)
    }

    fn rosters(&self, township: u16, year: i32, month: u32) -> u32 {
        self.base.rosters(township, year, month)
    }
}

impl ReserveAnswers for Imagined<'_> {
    fn reserve_plan(&self, township: u16) -> ReservePlan {
        let over = self.over.reserve_plan(township);
        let base = self.base.reserve_plan(township);
        ReservePlan { ceiling: over.ceiling.or(base.ceiling), asked: over.asked.or(base.asked) }
    }

    fn open_papers(&self, township: u16, today: Day) -> (Money, u32) {
        self.base.open_papers(township, today)
    }

    fn advanced(&self, township: u16, fund: Option<Fund>) -> Money {
        self.base.advanced(township, fund) + self.over.advanced(township, fund)
    }

    fn names_sources(&self) -> bool {
        self.base.names_sources() || self.over.names_sources()
    }

    fn recovery(&self, case: CaseId, line: LineId) -> Option<Recovery> {
        self.over.recovery(case, line).or_else(|| self.base.recovery(case, line))
    }
}

impl MonthlyAnswers for Imagined<'_> {
    fn source_before(&self, fund: Fund, day: Day) -> Money {
        self.base.source_before(fund, day)
    }

    fn reconciled(&self, year: i32, month: u32, fund: Fund) -> Option<Reconciled> {
        self.over.reconciled(year, month, fund).or_else(|| self.base.reconciled(year, month, fund))
    }
}

impl RegisterAnswers for Imagined<'_> {
    fn discoverer(&self, id: DiscovererId) -> Option<Discoverer> {
        self.over.discoverer(id).or_else(|| self.base.discoverer(id))
    }
}

impl SameAnswers for Imagined<'_> {
    fn same_as(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        let mut all = people.clone();
        loop {
            let more = self.over.same_as(&self.base.same_as(&all));
            if more.len() == all.len() {
                return all;
            }
            all = more;
        }
    }

    fn link(&self, id: MergeId) -> Option<Link> {
        self.over.link(id).or_else(|| self.base.link(id))
    }

    fn links_of(&self, people: &BTreeSet<PersonId>) -> Vec<Link> {
        let over = self.over.links_of(people);
        let mut all = self.base.links_of(people);
        all.retain(|link| over.iter().all(|other| other.id != link.id));
        all.extend(over);
        all
    }
}

impl PartnerAnswers for Imagined<'_> {
    fn partner(&self, id: PartnerId) -> Option<Partner> {
        self.over.partner(id).or_else(|| self.base.partner(id))
    }
}

impl GoodsAnswers for Imagined<'_> {
    fn shelf(&self, key: &StockKey) -> Option<Shelf> {
        let Some(base) = self.base.shelf(key) else { return self.over.shelf(key) };
        let over = self.over.shelf(key).unwrap_or_default();
        let on_hand = base.on_hand.saturating_add(over.on_hand);
        Some(Shelf { on_hand, ..base })
    }

    fn taken(&self, case: CaseId, line: LineId) -> Option<Taken> {
        self.over.taken(case, line).or_else(|| self.base.taken(case, line))
    }

    fn sending(&self, id: TransferId) -> Option<Sending> {
        self.over.sending(id).or_else(|| self.base.sending(id))
    }

    fn blank(&self, number: &str) -> Option<Blank> {
        self.over.blank(number).or_else(|| self.base.blank(number))
    }
}

impl Answers for Imagined<'_> {
    fn officer(&self, no: &OfficerNo) -> Option<Officer> {
        self.base.officer(no)
    }

    fn key_lives(&self, no: &OfficerNo, key: &str) -> bool {
        self.base.key_lives(no, key)
    }

    fn key_of(&self, no: &OfficerNo) -> Option<NewKey> {
        self.base.key_of(no)
    }

    fn key_given(&self, key: &str) -> bool {
        self.base.key_given(key)
    }

    fn key_stands(&self, key: &str) -> bool {
        self.base.key_stands(key)
    }

    fn administrators(&self) -> usize {
        self.base.administrators()
    }

    fn proposal(&self, id: ProposalId) -> Option<Proposal> {
        self.base.proposal(id)
    }

    fn open_cases(&self, handler: &OfficerNo) -> usize {
        self.base.open_cases(handler)
    }

    fn sealed_to(&self, key: &str) -> BTreeSet<Period> {
        self.base.sealed_to(key)
    }

    fn data_period(&self) -> Option<Period> {
        self.base.data_period()
    }

    fn relatives(&self, no: &OfficerNo) -> BTreeSet<PersonId> {
        self.base.relatives(no)
    }

    fn delegations(&self, to: &OfficerNo) -> Vec<Delegation> {
        self.base.delegations(to)
    }

    fn open_cases_of(&self, handler: &OfficerNo) -> Vec<CaseId> {
        self.base.open_cases_of(handler)
    }

    fn handlers_before(&self, case: CaseId) -> BTreeSet<OfficerNo> {
        self.base.handlers_before(case)
    }

    fn person(&self, id: PersonId) -> Option<Person> {
        self.over.person(id).or_else(|| self.base.person(id))
    }

    fn holder_of(&self, id_no: &str) -> Option<(PersonId, String)> {
        self.over.holder_of(id_no).or_else(|| self.base.holder_of(id_no))
    }

    fn household(&self, id: HouseholdId) -> Option<Household> {
        self.over.household(id).or_else(|| self.base.household(id))
    }

    fn household_of(&self, person: PersonId, on: Day) -> Option<HouseholdId> {
        self.over.household_of(person, on).or_else(|| self.base.household_of(person, on))
    }

    fn matter(&self, id: MatterId) -> Option<Matter> {
        self.over.matter(id).or_else(|| self.base.matter(id))
    }

    fn matters_of(&self, people: &BTreeSet<PersonId>) -> Vec<Matter> {
        let mut matters = self.base.matters_of(people);
        for matter in self.over.matters_of(people) {
            if !matters.iter().any(|known| known.id == matter.id) {
                matters.push(matter);
            }
        }
        matters
    }

    fn lead(&self, id: LeadId) -> Option<Lead> {
        self.over.lead(id).or_else(|| self.base.lead(id))
    }

    fn case(&self, id: CaseId) -> Option<Case> {
        self.over.case(id).or_else(|| self.base.case(id))
    }

    fn course(&self, case: CaseId) -> Course {
        if self.over.case(case).is_some() { self.over.course(case) } else { self.base.course(case) }
    }

    fn birth_of(&self, person: PersonId) -> Option<Day> {
        self.over.birth_of(person).or_else(|| self.base.birth_of(person))
    }

    fn grants_of(&self, people: &BTreeSet<PersonId>, from: Day, to: Day) -> Vec<Grant> {
        let mut grants = self.base.grants_of(people, from, to);
        grants.extend(self.over.grants_of(people, from, to));
        grants
    }

    fn items(&self, case: CaseId) -> Vec<Item> {
        let imagined = self.over.items(case);
        if imagined.is_empty() { self.base.items(case) } else { imagined }
    }

    fn late_items(&self, handler: &OfficerNo, today: Day) -> Vec<Item> {
        self.base.late_items(handler, today)
    }

    fn brake_lifted(&self, handler: &OfficerNo) -> bool {
        self.over.brake_lifted(handler) || self.base.brake_lifted(handler)
    }

    fn authorisation(&self, id: AuthorityId) -> Option<Authorisation> {
        self.over.authorisation(id).or_else(|| self.base.authorisation(id))
    }

    fn codes(&self, officer: &OfficerNo) -> Option<CodeSheet> {
        self.base.codes(officer)
    }

    fn keeping(&self, case: CaseId) -> Option<Keeping> {
        self.base.keeping(case)
    }

    fn cases_with(&self, people: &BTreeSet<PersonId>) -> BTreeSet<CaseId> {
        self.base.cases_with(people)
    }

    fn entries_only_of(&self, cases: &BTreeSet<CaseId>, people: &BTreeSet<PersonId>) -> Vec<u64> {
        self.base.entries_only_of(cases, people)
    }

    fn balance(&self, account: Account) -> Money {
        self.base.balance(account) + self.over.balance(account)
    }

    fn postings_of(&self, case: CaseId, line: LineId) -> Vec<Posting> {
        let imagined = self.over.postings_of(case, line);
        if imagined.is_empty() { self.base.postings_of(case, line) } else { imagined }
    }

    fn payments(&self, case: CaseId) -> Vec<Payment> {
        let imagined = self.over.payments(case);
        if imagined.is_empty() { self.base.payments(case) } else { imagined }
    }

    fn blank_used(&self, blank: &str) -> Option<String> {
        self.over.blank_used(blank).or_else(|| self.base.blank_used(blank))
    }

    fn finding(&self, id: FindingId) -> Option<Finding> {
        self.over.finding(id).or_else(|| self.base.finding(id))
    }

    fn kin(&self, people: &BTreeSet<PersonId>, township: u16) -> Vec<crate::domain::kin::Kin> {
        self.base.kin(people, township)
    }

    fn wrote(&self, n: u64) -> Option<OfficerNo> {
        self.base.wrote(n)
    }

    fn account_of(&self, case: CaseId) -> Option<PayeeAccount> {
        self.over.account_of(case).or_else(|| self.base.account_of(case))
    }

    fn households_on(&self, mark: &str) -> BTreeSet<[u8; 16]> {
        let mut all = self.base.households_on(mark);
        all.extend(self.over.households_on(mark));
        all
    }

    fn name_of(&self, person: PersonId) -> Option<String> {
        self.over.name_of(person).or_else(|| self.base.name_of(person))
    }

    fn batch(&self, id: BatchId) -> Option<Batch> {
        self.over.batch(id).or_else(|| self.base.batch(id))
    }

    fn live_batch(&self, case: CaseId) -> Option<String> {
        self.over.live_batch(case).or_else(|| self.base.live_batch(case))
    }

    fn closed_at_bank(&self, mark: &str) -> Option<Day> {
        self.base.closed_at_bank(mark)
    }

    fn batches_under_way(&self, until: Day) -> Vec<String> {
        self.base.batches_under_way(until)
    }

    fn return_read(&self, file: &str) -> Option<String> {
        self.over.return_read(file).or_else(|| self.base.return_read(file))
    }

    fn given_back(&self, case: CaseId, line: LineId) -> Money {
        self.base.given_back(case, line) + self.over.given_back(case, line)
    }

    fn year_closed(&self, year: i32) -> bool {
        self.base.year_closed(year) || self.over.year_closed(year)
    }

    fn open_mark(&self, n: u64) -> Option<OfficerNo> {
        self.base.open_mark(n)
    }

    fn last_serial(&self, series: Series) -> u32 {
        self.base.last_serial(series).max(self.over.last_serial(series))
    }

    fn calendar(&self) -> Calendar {
        self.base.calendar()
    }

    fn pack_now(&self) -> Option<Pack> {
        self.base.pack_now()
    }

    fn pack(&self, id: &str) -> Option<Pack> {
        self.base.pack(id)
    }

    fn imported(&self, hash: &str) -> bool {
        self.base.imported(hash)
    }

    fn county(&self) -> Option<bool> {
        self.base.county()
    }
}
