//! The state in memory: a map that applies facts and answers the rules. It holds what the replica's tables hold, without
//! SQL; property tests and the replica's differential tests stand on it. Applying is total: a fact about something
//! unknown changes nothing and never fails.

use super::answers::*;
use super::code::Code;
use super::code_sheet::CodeSheet;
use super::command::funds::ImportRow;
use super::command::kernel::NewKey;
use super::command::trust::MarkOf;
use super::course::Course;
use super::delegation::Delegation;
use super::fact::Fact;
use super::finding::{Finding, Findings};
use super::fund::{Account, Posting};
use super::grant::{Grant, Line};
use super::ids::{
    AuthorityId, BatchId, CaseId, FindingId, HouseholdId, LeadId, LineId, MatterId, OfficerNo, PersonId,
    ProposalId,
};
use super::monthly::MonthlyBook;
use super::nouns::{ItemKind, Stage, Status};
use super::office::{Officer, Role, Tier};
use super::pack::Pack;
use super::payout::{Batch, PayeeAccount};
use super::period::Period;
use super::powers::{self, Proposal, Standing};
use super::private::Private;
use super::reserve::ReserveBook;
use super::same::SameBook;
use super::stock::StockBook;
use super::tiers::TierBook;
use crate::base::calendar::Calendar;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
struct Granted {
    people: Vec<PersonId>,
    on: Day,
    tier: Tier,
}

/// The state after some entries.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    county: Option<bool>,
    officers: BTreeMap<OfficerNo, Officer>,
    keys: BTreeMap<OfficerNo, (String, NewKey)>,
    given: BTreeSet<String>,
    proposals: BTreeMap<ProposalId, (Proposal, Option<String>)>,
    /// The keys to which each data key is sealed.
    data: BTreeMap<Period, BTreeSet<String>>,
    relatives: BTreeMap<OfficerNo, BTreeSet<PersonId>>,
    /// Where a relative was said to live.
    kin_places: BTreeMap<(OfficerNo, PersonId), u16>,
    delegations: BTreeSet<Delegation>,
    handled: BTreeMap<CaseId, BTreeSet<OfficerNo>>,
    people: BTreeMap<PersonId, Person>,
    holders: BTreeMap<PersonId, (String, String)>,
    accounts: BTreeMap<PersonId, String>,
    households: BTreeMap<HouseholdId, Household>,
    matters: BTreeMap<MatterId, Matter>,
    leads: BTreeMap<LeadId, Lead>,
    cases: BTreeMap<CaseId, Case>,
    grants: BTreeMap<CaseId, Granted>,
    payments: BTreeMap<CaseId, BTreeMap<LineId, Payment>>,
    postings: BTreeMap<(CaseId, LineId), Vec<Posting>>,
    blanks: BTreeMap<String, CaseId>,
    items: BTreeMap<(CaseId, ItemKind), Item>,
    lifted: BTreeSet<OfficerNo>,
    authorities: BTreeMap<AuthorityId, Authorisation>,
    sheets: BTreeMap<OfficerNo, CodeSheet>,
    balances: BTreeMap<Account, Money>,
    serials: BTreeMap<Series, u32>,
    calendar: Option<Calendar>,
    packs: BTreeMap<String, Pack>,
    pack_now: Option<String>,
    imported: BTreeMap<String, ImportRow>,
    exceptions: BTreeMap<CaseId, BTreeSet<Code>>,
    findings: Findings,
    tiers: TierBook,
    wrote: BTreeMap<u64, OfficerNo>,
    erasing: erasing::Traces,
    courses: BTreeMap<CaseId, Course>,
    births: BTreeMap<PersonId, Day>,
    payouts: payout::Payouts,
    reserves: ReserveBook,
    months: MonthlyBook,
    same: SameBook,
    goods: StockBook,
    registers: super::registers::RegisterBook,
}

mod codes;
mod erasing;
mod granted;
mod kin;
mod monthly;
mod officers;
mod path;
mod payout;
mod registers;
mod reserve;
mod same;
mod stock;
mod tiers;

impl Memory {
    /// Nothing yet: no county, no officers, the shipped working days.
    pub fn new() -> Memory {
        Memory::default()
    }

    /// Applies the facts of entry `n`, written by `author` at the share's time `at` and signed by the key that stands.
    pub fn apply(
        &mut self,
        n: u64,
        author: &OfficerNo,
        at: Stamp,
        facts: &[Fact],
        private: Option<&Private>,
    ) {
        let key = powers::Seats::living_key(self, author).unwrap_or_default();
        self.apply_signed(n, (author, &key), at, facts, private);
    }

    /// The same; `by` are the author and the key (hex of its id) that signed.
    pub fn apply_signed(
        &mut self,
        n: u64,
        by: (&OfficerNo, &str),
        at: Stamp,
        facts: &[Fact],
        private: Option<&Private>,
    ) {
        let (author, key) = by;
        let standing = Standing::of(author, key, self);
        self.wrote.insert(n, author.clone());
        for fact in facts {
            if fact.takes_effect(n, author, standing, self) {
                self.kernel_fact(at, author, fact, private);
                self.one(at, fact);
            }
            self.trace(n, at, fact);
            if let Some(case) = fact.case().and_then(|id| self.cases.get_mut(&id)) {
                case.touched_n = n;
                case.touched_by = author.clone();
            }
        }
        for (person, details) in private.map(|private| &private.people).into_iter().flatten() {
            self.accounts.insert(*person, details.account.clone());
            self.holders.insert(*person, (details.id_no.clone(), details.name.clone()));
            self.born(*person, details.birth);
        }
        for (no, name) in private.map(|private| &private.officers).into_iter().flatten() {
            if let Some(officer) = self.officers.get_mut(no) {
                officer.name.clone_from(name);
            }
        }
    }

    /// Marks a case, as a check does that found a broken rule, or takes the mark off.
    pub fn mark(&mut self, case: CaseId, marked: bool) {
        if let Some(case) = self.cases.get_mut(&case) {
            case.marked = marked;
        }
    }

    /// The exceptions of a case.
    pub fn exceptions(&self, case: CaseId) -> BTreeSet<Code> {
        self.exceptions.get(&case).cloned().unwrap_or_default()
    }

    /// Every case, in order of its id.
    pub fn cases(&self) -> impl Iterator<Item = Case> + '_ {
        self.cases.keys().filter_map(|id| self.case(*id))
    }

    /// Every batch, in order of its id.
    pub fn batches(&self) -> impl Iterator<Item = Batch> + '_ {
        self.payouts.all()
    }

    /// Every account that ever moved, with its balance.
    pub fn balances(&self) -> impl Iterator<Item = (Account, Money)> + '_ {
        self.balances.iter().map(|(account, balance)| (*account, *balance))
    }

    fn one(&mut self, at: Stamp, fact: &Fact) {
        self.intake(at, fact);
        self.of_case(fact);
        self.emergency(fact);
        self.money(fact);
        self.payout(at, fact);
        self.reserve(fact);
        self.months.apply(fact);
        self.registers.apply(fact);
        self.same.apply(fact);
        self.stock(fact);
        self.trust(fact);
        self.path(fact);
        self.tiers(fact);
    }

    fn trust(&mut self, fact: &Fact) {
        self.findings.apply(fact);
        match fact {
            Fact::FindingRaised { number, .. } => self.count(number, Series::Finding),
            Fact::MarkSettled { of: MarkOf::Case { case }, .. } => self.mark(*case, false),
            _ => {}
        }
    }

    fn kernel(&mut self, at: Stamp, fact: &Fact) {
        self.end_sheets(fact);
        match fact {
            Fact::CountyFounded { practice, .. } => self.county = Some(*practice),
            Fact::OfficerEnrolled { officer, office, roles, limit } => {
                let made = Officer {
                    no: officer.clone(),
                    name: String::new(),
                    office: *office,
                    roles: roles.clone(),
                    key: self.officers.get(officer).and_then(|known| known.key.clone()),
                    since: at,
                    limit: *limit,
                    ended: roles.is_empty(),
                };
                self.officers.insert(officer.clone(), made);
            }
            Fact::RolesGiven { officer, office, roles, limit } => {
                if let Some(known) = self.officers.get_mut(officer) {
                    known.office = *office;
                    known.roles.clone_from(roles);
                    known.limit = *limit;
                    known.ended = roles.is_empty();
                }
            }
            Fact::KeyGiven { officer, id, key, data } => {
                self.take_carried(id, data);
                self.given.insert(id.clone());
                self.keys.insert(officer.clone(), (id.clone(), key.clone()));
                if let Some(known) = self.officers.get_mut(officer) {
                    known.key = Some(id.clone());
                }
            }
            Fact::KeyRevoked { officer, id, .. } => self.revoke(officer, id),
            Fact::PackAdopted { id, toml } => {
                if let Ok(pack) = Pack::read(toml) {
                    self.packs.insert(id.clone(), pack);
                    self.pack_now = Some(id.clone());
                }
            }
            Fact::YearSet { table } => {
                self.calendar = Some(Answers::calendar(self).with_year(table.clone()));
            }
            Fact::CodesIssued { .. } | Fact::CodeSpent { .. } | Fact::CodeMissed { .. } => {
                self.code_sheets(at, fact);
            }
            Fact::RelativeFiled { officer, person, township, .. } => {
                if self.relatives.entry(officer.clone()).or_default().insert(*person)
                    && let Some(township) = township
                {
                    self.kin_places.insert((officer.clone(), *person), *township);
                }
            }
            Fact::DelegationGiven { from, to, since, until, .. } => {
                let made = Delegation { since: *since, from: from.clone(), to: to.clone(), until: *until };
                self.delegations.insert(made);
            }
            Fact::DelegationEnded { from, to, since } => {
                self.delegations.retain(|known| (&known.from, &known.to, &known.since) != (from, to, since));
            }
            _ => {}
        }
    }

    fn revoke(&mut self, officer: &OfficerNo, id: &str) {
        if self.keys.get(officer).is_some_and(|(living, _)| living == id) {
            self.keys.remove(officer);
            if let Some(known) = self.officers.get_mut(officer) {
                known.key = None;
            }
        }
    }

    fn intake(&mut self, at: Stamp, fact: &Fact) {
        match fact {
            Fact::LeadRegistered {
                lead,
                number,
                township,
                circumstance,
                severity,
                at: heard,
                person,
                ..
            } => {
                self.count(number, |year| Series::Lead(*township, year));
                let made = Lead {
                    id: *lead,
                    number: number.clone(),
                    township: *township,
                    circumstance: *circumstance,
                    severity: *severity,
                    at: *heard,
                    person: *person,
                    answered: None,
                    ended: None,
                };
                self.leads.insert(*lead, made);
            }
            Fact::LeadAnswered { lead, at } => {
                if let Some(lead) = self.leads.get_mut(lead) {
                    lead.answered = Some(*at);
                }
            }
            Fact::LeadEnded { lead, how, .. } => {
                if let Some(lead) = self.leads.get_mut(lead) {
                    lead.ended = Some(*how);
                }
            }
            Fact::PersonNoted { person, resident, papers, .. } => {
                let died = self.people.get(person).and_then(|known| known.died);
                let made = Person { id: *person, resident: *resident, papers: *papers, died };
                self.people.insert(*person, made);
            }
            Fact::PersonDied { person, on } => {
                if let Some(person) = self.people.get_mut(person) {
                    person.died = Some(*on);
                }
            }
            Fact::MatterOpened { matter, number, township, circumstance, on, shared, people, .. } => {
                self.count(number, |year| Series::Matter(*township, year));
                let made = Matter {
                    id: *matter,
                    number: number.clone(),
                    township: *township,
                    circumstance: *circumstance,
                    on: *on,
                    opened: at,
                    shared: *shared,
                    people: people.clone(),
                };
                self.matters.insert(*matter, made);
            }
            _ => self.of_household(fact),
        }
    }

    fn of_household(&mut self, fact: &Fact) {
        match fact {
            Fact::HouseholdFormed { household, township, village, .. } => {
                let made = Household {
                    id: *household,
                    township: *township,
                    village: *village,
                    status: Status::Unlisted,
                    size: 0,
                    members: Vec::new(),
                };
                self.households.insert(*household, made);
            }
            Fact::MemberJoined { household, person, relation, since } => {
                for known in self.households.values_mut() {
                    leave(known, *person, *since);
                }
                if let Some(known) = self.households.get_mut(household) {
                    known.members.push(Member {
                        person: *person,
                        relation: relation.clone(),
                        since: *since,
                        until: None,
                    });
                }
            }
            Fact::MemberLeft { household, person, since } => {
                if let Some(known) = self.households.get_mut(household) {
                    leave(known, *person, *since);
                }
            }
            Fact::HouseholdCounted { household, status, size, .. } => {
                if let Some(known) = self.households.get_mut(household) {
                    known.status = *status;
                    known.size = *size;
                }
            }
            _ => {}
        }
    }

    fn of_case(&mut self, fact: &Fact) {
        if let Fact::CaseOpened { case, blank, number, township, .. } = fact {
            self.count(number, |year| Series::Case(*township, year));
            if let Some(blank) = blank {
                self.blanks.insert(blank.clone(), *case);
            }
            if let Some(made) = opened(fact) {
                self.cases.insert(*case, made);
            }
        }
        let Some(case) = fact.case().and_then(|id| self.cases.get_mut(&id)) else { return };
        match fact {
            Fact::LinesAsked { lines, .. } => case.asked.clone_from(lines),
            Fact::StageSet { stage, tier, .. } => {
                case.stage = *stage;
                case.tier = tier.filter(|_| *stage == Stage::Submitted);
            }
            Fact::MeetingHeld { on, tier, kind, present, amount, .. } => {
                let (on, tier, kind, present, amount) = (*on, *tier, *kind, *present, *amount);
                case.meeting = Some(Meeting { on, tier, kind, present, amount });
            }
            Fact::GrantSet { lines, people, on, tier, way, provisional, by, .. } => {
                case.granted.clone_from(lines);
                case.way = Some(*way);
                case.provisional = *provisional;
                case.decided_by = Some(by.clone());
                let made = Granted { people: people.clone(), on: *on, tier: *tier };
                self.grants.insert(case.id, made);
            }
            Fact::GrantCancelled { .. } => {
                case.granted.clear();
                case.way = None;
                case.provisional = false;
                case.decided_by = None;
                case.ratification_due = None;
                self.grants.remove(&case.id);
            }
            Fact::HandlerChanged { to, moved, village, .. } => {
                let home = case.household.and_then(|id| self.households.get_mut(&id));
                tiers::move_to(*village, &mut case.township, home);
                let left = std::mem::replace(&mut case.handler, to.clone());
                self.handled.entry(case.id).or_default().insert(left);
                for kind in moved {
                    if let Some(item) = self.items.get_mut(&(case.id, *kind)) {
                        item.handler = to.clone();
                    }
                }
            }
            Fact::RatificationDue { due, .. } => case.ratification_due = Some(*due),
            Fact::Ratified { .. } => case.ratification_due = None,
            Fact::BlankUsed { blank, .. } => {
                self.blanks.insert(blank.clone(), case.id);
            }
            _ => {}
        }
    }

    fn emergency(&mut self, fact: &Fact) {
        match fact {
            Fact::AuthorityGiven { authority, case, by, tier, amount, .. } => {
                let made = Authorisation {
                    id: *authority,
                    case: *case,
                    by: by.clone(),
                    tier: *tier,
                    amount: *amount,
                    used: false,
                };
                self.authorities.insert(*authority, made);
            }
            Fact::AuthorityUsed { authority } => {
                if let Some(known) = self.authorities.get_mut(authority) {
                    known.used = true;
                }
            }
            Fact::ItemDue { case, item, due, handler, noted } => {
                let number = self.cases.get(case).map(|case| case.number.clone()).unwrap_or_default();
                let made = Item {
                    case: *case,
                    number,
                    kind: *item,
                    due: *due,
                    handler: handler.clone(),
                    noted: *noted,
                    done: None,
                };
                self.items.insert((*case, *item), made);
            }
            Fact::ItemDone { case, item, on } => {
                if let Some(item) = self.items.get_mut(&(*case, *item)) {
                    item.done = Some(*on);
                }
            }
            Fact::ItemReopened { case, item } => {
                if let Some(item) = self.items.get_mut(&(*case, *item)) {
                    item.done = None;
                }
            }
            Fact::ItemsMoved { case, until, .. } => {
                for item in self.items.values_mut().filter(|i| i.case == *case && i.done.is_none()) {
                    item.due = *until;
                }
            }
            Fact::BrakeLifted { handler, .. } => {
                self.lifted.insert(handler.clone());
            }
            Fact::BrakeUsed { handler } => {
                self.lifted.remove(handler);
            }
            Fact::ExceptionNoted { case, code } => {
                self.exceptions.entry(*case).or_default().insert(*code);
            }
            _ => {}
        }
    }

    fn money(&mut self, fact: &Fact) {
        match fact {
            Fact::LinePaid { case, line, amount, at, by, payer, .. } => {
                let made = Payment {
                    line: *line,
                    amount: *amount,
                    at: *at,
                    by: by.clone(),
                    by_another: payer.is_some(),
                };
                self.payments.entry(*case).or_default().insert(*line, made);
            }
            Fact::LineUnpaid { case, line } => {
                self.payouts.unpaid(*case, *line);
                if let Some(known) = self.payments.get_mut(case) {
                    known.remove(line);
                }
            }
            Fact::MoneyMoved { why, voucher, township, on, postings, case, line, .. } => {
                let series = Series::Voucher(*township, on.year(), on.month());
                self.raise(series, serial(voucher));
                for posting in postings {
                    *self.balances.entry(posting.account).or_default() += posting.amount;
                }
                if let (Some(case), Some(line)) = (case, line) {
                    match why.pays_line() {
                        Some(false) => {
                            self.postings.remove(&(*case, *line));
                        }
                        Some(true) => {
                            self.postings.insert((*case, *line), postings.clone());
                        }
                        None => {}
                    }
                }
            }
            Fact::LedgerImported { rows, .. } => {
                for row in rows {
                    self.imported.insert(row.hash.clone(), row.clone());
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, number: &str, series: impl Fn(i32) -> Series) {
        let digits: String = number.chars().skip_while(|c| !c.is_ascii_digit()).take(2).collect();
        let year = 2000 + digits.parse::<i32>().unwrap_or(0);
        self.raise(series(year), serial(number));
    }

    fn raise(&mut self, series: Series, to: u32) {
        let last = self.serials.entry(series).or_default();
        *last = (*last).max(to);
    }
}

/// The digits behind the last hyphen.
fn serial(number: &str) -> u32 {
    number.rsplit('-').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn leave(household: &mut Household, person: PersonId, since: Day) {
    let still = |m: &&mut Member| m.person == person && m.until.is_none_or(|until| until > since);
    for member in household.members.iter_mut().filter(still) {
        member.until = Some(since);
    }
}

fn opened(fact: &Fact) -> Option<Case> {
    let Fact::CaseOpened {
        case,
        number,
        matter,
        person,
        household,
        applicant,
        township,
        circumstance,
        severity,
        path,
        schemes,
        by_meeting,
        handler,
        accepted,
        pack,
        ..
    } = fact
    else {
        return None;
    };
    Some(Case {
        id: *case,
        number: number.clone(),
        matter: *matter,
        person: *person,
        household: *household,
        applicant: *applicant,
        township: *township,
        circumstance: *circumstance,
        severity: *severity,
        path: *path,
        schemes: *schemes,
        by_meeting: *by_meeting,
        meeting: None,
        handler: handler.clone(),
        accepted: *accepted,
        pack: pack.clone(),
        stage: Stage::Open,
        tier: None,
        asked: Vec::new(),
        granted: Vec::new(),
        way: None,
        provisional: false,
        decided_by: None,
        paid: BTreeSet::new(),
        outlay: Money::ZERO,
        ratification_due: None,
        marked: false,
        touched_n: 0,
        touched_by: handler.clone(),
    })
}

fn all_paid(granted: &[Line], paid: &BTreeSet<LineId>) -> bool {
    granted.iter().all(|line| line.counts().is_zero() || paid.contains(&line.line))
}

impl Answers for Memory {
    fn officer(&self, no: &OfficerNo) -> Option<Officer> {
        self.officers.get(no).cloned()
    }

    fn key_lives(&self, no: &OfficerNo, key: &str) -> bool {
        self.keys.get(no).is_some_and(|(id, _)| id == key)
    }

    fn key_of(&self, no: &OfficerNo) -> Option<NewKey> {
        self.keys.get(no).map(|(_, key)| key.clone())
    }

    fn key_given(&self, key: &str) -> bool {
        self.given.contains(key)
    }

    fn key_stands(&self, key: &str) -> bool {
        self.keys.values().any(|(id, _)| id == key)
    }

    fn administrators(&self) -> usize {
        self.officers.values().filter(|officer| officer.is(Role::Administrator)).count()
    }

    fn proposal(&self, id: ProposalId) -> Option<Proposal> {
        self.proposals.get(&id).map(|(proposal, _)| proposal.clone())
    }

    fn open_cases(&self, handler: &OfficerNo) -> usize {
        self.cases.values().filter(|case| case.handler == *handler && !case.stage.is_final()).count()
    }

    fn sealed_to(&self, key: &str) -> BTreeSet<Period> {
        self.data.iter().filter(|(_, keys)| keys.contains(key)).map(|(period, _)| *period).collect()
    }

    fn data_period(&self) -> Option<Period> {
        self.data.keys().next_back().copied()
    }

    fn relatives(&self, no: &OfficerNo) -> BTreeSet<PersonId> {
        self.relatives.get(no).cloned().unwrap_or_default()
    }

    fn delegations(&self, to: &OfficerNo) -> Vec<Delegation> {
        self.delegations.iter().filter(|known| known.to == *to).cloned().collect()
    }

    fn open_cases_of(&self, handler: &OfficerNo) -> Vec<CaseId> {
        let open = |case: &&Case| case.handler == *handler && !case.stage.is_final();
        self.cases.values().filter(open).map(|case| case.id).collect()
    }

    fn handlers_before(&self, case: CaseId) -> BTreeSet<OfficerNo> {
        self.handled.get(&case).cloned().unwrap_or_default()
    }

    fn person(&self, id: PersonId) -> Option<Person> {
        self.people.get(&id).cloned()
    }

    fn holder_of(&self, id_no: &str) -> Option<(PersonId, String)> {
        self.holders
            .iter()
            .find(|(_, (known, _))| !known.is_empty() && known == id_no)
            .map(|(person, (_, name))| (*person, name.clone()))
    }

    fn household(&self, id: HouseholdId) -> Option<Household> {
        self.households.get(&id).cloned()
    }

    fn household_of(&self, person: PersonId, on: Day) -> Option<HouseholdId> {
        self.households.values().find(|household| household.on(on).contains(&person)).map(|known| known.id)
    }

    fn matter(&self, id: MatterId) -> Option<Matter> {
        self.matters.get(&id).cloned()
    }

    fn matters_of(&self, people: &BTreeSet<PersonId>) -> Vec<Matter> {
        let of_cases: BTreeSet<MatterId> = self
            .cases
            .values()
            .filter(|case| people.contains(&case.person))
            .map(|case| case.matter)
            .collect();
        self.matters
            .values()
            .filter(|matter| {
                of_cases.contains(&matter.id) || matter.people.iter().any(|person| people.contains(person))
            })
            .cloned()
            .collect()
    }

    fn lead(&self, id: LeadId) -> Option<Lead> {
        self.leads.get(&id).cloned()
    }

    fn case(&self, id: CaseId) -> Option<Case> {
        let mut case = self.cases.get(&id).cloned()?;
        case.paid = self.payments.get(&id).map(|known| known.keys().copied().collect()).unwrap_or_default();
        case.outlay = -self.balance(Account::Outlay(case.township, id));
        Some(case)
    }

    fn course(&self, case: CaseId) -> Course {
        self.courses.get(&case).cloned().unwrap_or_default()
    }

    fn birth_of(&self, person: PersonId) -> Option<Day> {
        self.births.get(&person).copied()
    }

    fn grants_of(&self, people: &BTreeSet<PersonId>, from: Day, to: Day) -> Vec<Grant> {
        let of_cases = self
            .grants
            .iter()
            .filter_map(|(id, granted)| self.cases.get(id).map(|case| self.grant(case, granted)));
        let mut found: Vec<Grant> = of_cases
            .chain(self.imported.values().map(granted::imported))
            .filter(|grant| from <= grant.on && grant.on <= to)
            .filter(|grant| grant.people.iter().any(|person| people.contains(person)))
            .collect();
        found.sort_by_key(|grant| (grant.on, grant.source));
        found
    }

    fn payments(&self, case: CaseId) -> Vec<Payment> {
        self.payments.get(&case).map(|known| known.values().cloned().collect()).unwrap_or_default()
    }

    fn blank_used(&self, blank: &str) -> Option<String> {
        self.blanks.get(blank).and_then(|case| self.cases.get(case)).map(|case| case.number.clone())
    }

    fn items(&self, case: CaseId) -> Vec<Item> {
        self.items.values().filter(|item| item.case == case).cloned().collect()
    }

    fn late_items(&self, handler: &OfficerNo, today: Day) -> Vec<Item> {
        self.items
            .values()
            .filter(|item| item.handler == *handler && item.done.is_none() && item.due < today)
            .cloned()
            .collect()
    }

    fn brake_lifted(&self, handler: &OfficerNo) -> bool {
        self.lifted.contains(handler)
    }

    fn authorisation(&self, id: AuthorityId) -> Option<Authorisation> {
        self.authorities.get(&id).cloned()
    }

    fn codes(&self, officer: &OfficerNo) -> Option<CodeSheet> {
        self.sheets.get(officer).cloned()
    }

    fn balance(&self, account: Account) -> Money {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    fn postings_of(&self, case: CaseId, line: LineId) -> Vec<Posting> {
        self.postings.get(&(case, line)).cloned().unwrap_or_default()
    }

    fn account_of(&self, case: CaseId) -> Option<PayeeAccount> {
        self.payouts.account_of(case)
    }

    fn households_on(&self, mark: &str) -> BTreeSet<[u8; 16]> {
        let of = |id: &CaseId| self.cases.get(id).map(|case| case.household.map_or(case.person.0, |h| h.0));
        self.payouts.cases_on(mark).iter().filter_map(of).collect()
    }

    fn name_of(&self, person: PersonId) -> Option<String> {
        self.holders.get(&person).map(|(_, name)| name.clone()).filter(|name| !name.is_empty())
    }

    fn batch(&self, id: BatchId) -> Option<Batch> {
        self.payouts.batch(id)
    }

    fn live_batch(&self, case: CaseId) -> Option<String> {
        self.payouts.live_batch(case)
    }

    fn closed_at_bank(&self, mark: &str) -> Option<Day> {
        self.payouts.closed_at_bank(mark)
    }

    fn batches_under_way(&self, until: Day) -> Vec<String> {
        self.payouts.under_way(until)
    }

    fn return_read(&self, file: &str) -> Option<String> {
        self.payouts.return_read(file)
    }

    fn given_back(&self, case: CaseId, line: LineId) -> Money {
        self.payouts.given_back(case, line)
    }

    fn year_closed(&self, year: i32) -> bool {
        self.payouts.year_closed(year)
    }

    fn finding(&self, id: FindingId) -> Option<Finding> {
        self.findings.get(id)
    }

    fn kin(&self, people: &BTreeSet<PersonId>, township: u16) -> Vec<super::kin::Kin> {
        self.kin_of(people, township)
    }

    fn keeping(&self, case: CaseId) -> Option<Keeping> {
        self.keeping_of(case)
    }

    fn cases_with(&self, people: &BTreeSet<PersonId>) -> BTreeSet<CaseId> {
        self.cases.keys().filter(|case| !self.people_of(**case).is_disjoint(people)).copied().collect()
    }

    fn entries_only_of(&self, cases: &BTreeSet<CaseId>, people: &BTreeSet<PersonId>) -> Vec<u64> {
        self.erasing.only_of(cases, people)
    }

    fn open_mark(&self, _: u64) -> Option<OfficerNo> {
        None
    }

    fn wrote(&self, n: u64) -> Option<OfficerNo> {
        self.wrote.get(&n).cloned()
    }

    fn last_serial(&self, series: Series) -> u32 {
        self.serials.get(&series).copied().unwrap_or_default()
    }

    fn calendar(&self) -> Calendar {
        self.calendar.clone().unwrap_or_else(Calendar::embedded)
    }

    fn pack_now(&self) -> Option<Pack> {
        self.pack_now.as_ref().and_then(|id| self.packs.get(id)).cloned()
    }

    fn pack(&self, id: &str) -> Option<Pack> {
        self.packs.get(id).cloned()
    }

    fn imported(&self, hash: &str) -> bool {
        self.imported.contains_key(hash)
    }

    fn county(&self) -> Option<bool> {
        self.county
    }
}
