//! What the rules may ask of the state (询问): one trait, answered by the replica's tables and, for property tests, by a
//! map. Answers are about the state after the last applied entry; nothing here waits or fails in ways a rule could see.

use super::code_sheet::CodeSheet;
use super::command::kernel::NewKey;
use super::course::Course;
use super::delegation::Delegation;
use super::fund::Account;
use super::grant::{Grant, Line};
use super::ids::{
    AuthorityId, BatchId, CaseId, HouseholdId, LeadId, LineId, MatterId, OfficerNo, PersonId, ProposalId,
};
use super::kin::Kin;
use super::nouns::{
    Applicant, Circumstance, ItemKind, LeadEnd, MeetingKind, Path, Schemes, Severity, Stage, Status, Way,
};
use super::office::{Officer, Tier};
use super::pack::Pack;
use super::payout::{Batch, PayeeAccount};
use super::period::Period;
use super::powers::Proposal;
use crate::base::calendar::Calendar;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use std::collections::BTreeSet;

/// A person, without what is private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// 户籍 in this county.
    pub resident: bool,
    /// Whether he has identity papers.
    pub papers: bool,
    /// The day of death.
    pub died: Option<Day>,
}

/// One membership over time: from `since`, until the day before `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// GB/T 4761.
    pub relation: String,
    /// From this day.
    pub since: Day,
    /// Not on this day any more.
    pub until: Option<Day>,
}

/// A household with its members over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// The id.
    pub id: HouseholdId,
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// The status now.
    pub status: Status,
    /// How many people live in it.
    pub size: u16,
    /// All memberships, also ended ones, in order of joining.
    pub members: Vec<Member>,
}

impl Household {
    /// Its members on a day.
    pub fn on(&self, day: Day) -> Vec<PersonId> {
        self.members
            .iter()
            .filter(|member| member.since <= day && member.until.is_none_or(|until| day < until))
            .map(|member| member.person)
            .collect()
    }
}

/// A matter of hardship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The id.
    pub id: MatterId,
    /// 事项号, for example `S26-103-031`.
    pub number: String,
    /// The township that numbered it.
    pub township: u16,
    /// The circumstance.
    pub circumstance: Circumstance,
    /// 发生日期.
    pub on: Day,
    /// When it was registered.
    pub opened: Stamp,
    /// Shared by many households.
    pub shared: bool,
    /// Whom it struck, where it is not shared.
    pub people: Vec<PersonId>,
}

/// A lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The id.
    pub id: LeadId,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// The circumstance as told.
    pub circumstance: Circumstance,
    /// The severity as told.
    pub severity: Severity,
    /// When it was heard.
    pub at: Stamp,
    /// The person, where known.
    pub person: Option<PersonId>,
    /// When somebody stood at the person.
    pub answered: Option<Stamp>,
    /// How it ended.
    pub ended: Option<LeadEnd>,
}

/// A meeting's minutes on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub on: Day,
    /// The tier that met.
    pub tier: Tier,
    /// Which of the county's, where that was asked.
    pub kind: Option<MeetingKind>,
    /// How many were present.
    pub present: u16,
    /// What it decided.
    pub amount: Money,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The id.
    pub id: CaseId,
    /// 编号, for example `26-103-0117`.
    pub number: String,
    /// The matter.
    pub matter: MatterId,
    /// The applicant.
    pub person: PersonId,
    /// The household.
    pub household: Option<HouseholdId>,
    /// For whom.
    pub applicant: Applicant,
    /// The township.
    pub township: u16,
    /// The circumstance.
    pub circumstance: Circumstance,
    /// The severity.
    pub severity: Severity,
    /// The path.
    pub path: Path,
    /// What other schemes do.
    pub schemes: Schemes,
    /// Case by case.
    pub by_meeting: bool,
    /// The latest meeting.
    pub meeting: Option<Meeting>,
    /// The handler.
    pub handler: OfficerNo,
    /// The day of acceptance.
    pub accepted: Day,
    /// The pack it was accepted under.
    pub pack: String,
    /// The stage.
    pub stage: Stage,
    /// The tier it waits at, while submitted.
    pub tier: Option<Tier>,
    /// The lines asked for.
    pub asked: Vec<Line>,
    /// The lines granted; empty while nothing is.
    pub granted: Vec<Line>,
    /// How the grant came about, while there is one.
    pub way: Option<Way>,
    /// Whether the grant is not the final decision (advance, waiting for ratification).
    pub provisional: bool,
    /// Who decided the grant: the approver, or the handler who paid first.
    pub decided_by: Option<OfficerNo>,
    /// Lines paid.
    pub paid: BTreeSet<LineId>,
    /// What still stands under 应付垫付款, as a positive sum.
    pub outlay: Money,
    /// Whether the county has to ratify.
    pub ratification_due: Option<Day>,
    /// Whether a check marked an entry of it, and nobody settled the mark.
    pub marked: bool,
    /// The n of the last entry that touched it.
    pub touched_n: u64,
    /// Who wrote that entry.
    pub touched_by: OfficerNo,
}

/// What decides whether the private part of a case may be destroyed (到期销毁).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The day it came to its end, if it has.
    pub closed: Option<Day>,
    /// Whether it was destroyed already.
    pub erased: bool,
    /// Everybody whose details serve it: the applicant, his household over time, whom the matter struck, whom a grant
    /// helped.
    pub people: BTreeSet<PersonId>,
    /// The number of a finding about it that is not settled.
    pub finding: Option<String>,
    /// How long its paper is kept, once it is archived.
    pub archived: Option<super::archive::Retention>,
}

/// A payment of a line that stands (not reversed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The line.
    pub line: LineId,
    /// What was handed over, fen.
    pub amount: Money,
    /// When it was handed over.
    pub at: Stamp,
    /// The officer who paid or who recorded it.
    pub by: OfficerNo,
    /// Whether somebody without an account paid, named in the private part.
    pub by_another: bool,
}

/// A deferred paper of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The case.
    pub case: CaseId,
    /// Its number, for sentences.
    pub number: String,
    /// Which paper.
    pub kind: ItemKind,
    /// Until when.
    pub due: Day,
    /// Whose duty: the officer who paid first.
    pub handler: OfficerNo,
    /// Already noted at payment and waiting to be confirmed.
    pub noted: bool,
    /// The day on the paper, once complete.
    pub done: Option<Day>,
}

/// An authorisation to pay first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// The id.
    pub id: AuthorityId,
    /// The case.
    pub case: CaseId,
    /// Who gave it.
    pub by: OfficerNo,
    /// His tier.
    pub tier: Tier,
    /// Up to what sum.
    pub amount: Money,
    /// Whether it was used.
    pub used: bool,
}

/// A running number (顺序号): numbers start again each year, and vouchers each month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Cases of a township in a year.
    Case(u16, i32),
    /// Matters of a township in a year.
    Matter(u16, i32),
    /// Leads of a township in a year.
    Lead(u16, i32),
    /// Vouchers of a township's reserve in a month.
    Voucher(u16, i32, u32),
    /// Findings of the supervisor in a year.
    Finding(i32),
    /// Batches of payments in a year.
    Batch(i32),
    /// Numbered blank sheets of a township in a year.
    Blank(u16, i32),
}

/// Everything that the rules ask.
pub trait Answers:
    super::tiers::TierAnswers
    + super::reserve::ReserveAnswers
    + super::monthly::MonthlyAnswers
    + super::same::SameAnswers
    + super::stock::GoodsAnswers
    + super::partners::PartnerAnswers
    + super::registers::RegisterAnswers
{
    /// The officer of a number.
    fn officer(&self, no: &OfficerNo) -> Option<Officer>;
    /// Whether a key (hex of its id) is the officer's and not revoked.
    fn key_lives(&self, no: &OfficerNo, key: &str) -> bool;
    /// The key of an officer now, for wrapping data keys.
    fn key_of(&self, no: &OfficerNo) -> Option<NewKey>;
    /// Whether a key of this id was ever given to anybody.
    fn key_given(&self, key: &str) -> bool;
    /// Whether a key of this id is somebody's and neither revoked nor replaced.
    fn key_stands(&self, key: &str) -> bool;
    /// How many officers are administrators and not suspended.
    fn administrators(&self) -> usize;
    /// A grant of office that was proposed, also one that is settled.
    fn proposal(&self, id: ProposalId) -> Option<Proposal>;
    /// How many cases stand open in an officer's name.
    fn open_cases(&self, handler: &OfficerNo) -> usize;
    /// The data keys that are sealed to a key (hex of its id).
    fn sealed_to(&self, key: &str) -> BTreeSet<Period>;
    /// The newest data key that was sealed to anybody.
    fn data_period(&self) -> Option<Period>;
    /// The near relatives on file of an officer.
    fn relatives(&self, no: &OfficerNo) -> BTreeSet<PersonId>;
    /// The delegations to an officer that nobody ended early, also past and coming ones, the earliest first.
    fn delegations(&self, to: &OfficerNo) -> Vec<Delegation>;
    /// The cases that an officer handles and that are not final, in order of their ids.
    fn open_cases_of(&self, handler: &OfficerNo) -> Vec<CaseId>;
    /// Who handled a case before and handed it on.
    fn handlers_before(&self, case: CaseId) -> BTreeSet<OfficerNo>;
    /// A person.
    fn person(&self, id: PersonId) -> Option<Person>;
    /// Who holds an id number, with the name on file. Reads what is private: only checks of identity at the author's
    /// own desk ask it, never a check on other desks.
    fn holder_of(&self, id_no: &str) -> Option<(PersonId, String)>;
    /// A household with its members over time.
    fn household(&self, id: HouseholdId) -> Option<Household>;
    /// The household of a person on a day.
    fn household_of(&self, person: PersonId, on: Day) -> Option<HouseholdId>;
    /// A matter.
    fn matter(&self, id: MatterId) -> Option<Matter>;
    /// The matters that struck any of these people or for which any of them has a case.
    fn matters_of(&self, people: &BTreeSet<PersonId>) -> Vec<Matter>;
    /// A lead.
    fn lead(&self, id: LeadId) -> Option<Lead>;
    /// A case.
    fn case(&self, id: CaseId) -> Option<Case>;
    /// What was done of the expenditure path; nothing of a case that took none of its steps.
    fn course(&self, case: CaseId) -> Course;
    /// The day of birth. Reads what is private: only the author's own desk asks it, never a check on other desks.
    fn birth_of(&self, person: PersonId) -> Option<Day>;
    /// Every grant that is not cancelled and helped any of these people, decided from `from` to `to`, oldest first.
    fn grants_of(&self, people: &BTreeSet<PersonId>, from: Day, to: Day) -> Vec<Grant>;
    /// The payments of a case that stand, in order of their lines' ids.
    fn payments(&self, case: CaseId) -> Vec<Payment>;
    /// The number of the case for which a numbered blank sheet was used, at its opening or for a payment.
    fn blank_used(&self, blank: &str) -> Option<String>;
    /// The deferred papers of a case.
    fn items(&self, case: CaseId) -> Vec<Item>;
    /// The open papers of an officer that were due before `today`.
    fn late_items(&self, handler: &OfficerNo, today: Day) -> Vec<Item>;
    /// Whether an unused lift of the handler's brake stands.
    fn brake_lifted(&self, handler: &OfficerNo) -> bool;
    /// An authorisation.
    fn authorisation(&self, id: AuthorityId) -> Option<Authorisation>;
    /// An approver's sheet of codes.
    fn codes(&self, officer: &OfficerNo) -> Option<CodeSheet>;
    /// The balance of an account.
    fn balance(&self, account: Account) -> Money;
    /// The postings that paid a line, as its `MoneyMoved` named it: what a reversal turns round.
    fn postings_of(&self, case: CaseId, line: LineId) -> Vec<super::fund::Posting>;
    /// The account to which a case's money goes, as last noted.
    fn account_of(&self, case: CaseId) -> Option<PayeeAccount>;
    /// Whom the account of a mark serves: the households, or lone persons, of the cases whose last account it is.
    fn households_on(&self, mark: &str) -> BTreeSet<[u8; 16]>;
    /// A person's name. Reads what is private: only checks at the author's own desk ask it.
    fn name_of(&self, person: PersonId) -> Option<String>;
    /// A batch with its lines.
    fn batch(&self, id: BatchId) -> Option<Batch>;
    /// The number of the batch in which a line of the case waits for its count, its sending or the bank's answer.
    fn live_batch(&self, case: CaseId) -> Option<String>;
    /// The day on which the bank said that the account of a mark is closed (已销户).
    fn closed_at_bank(&self, mark: &str) -> Option<Day>;
    /// The numbers of the batches that were sent until a day and for which the bank has not answered, in order.
    fn batches_under_way(&self, until: Day) -> Vec<String>;
    /// The number of the batch into which a return file of this SHA-256 was read.
    fn return_read(&self, file: &str) -> Option<String>;
    /// What was given back of a line, while its payment stands.
    fn given_back(&self, case: CaseId, line: LineId) -> Money;
    /// Whether a year's sources are closed.
    fn year_closed(&self, year: i32) -> bool;
    /// A finding of the supervisor.
    fn finding(&self, id: super::ids::FindingId) -> Option<super::finding::Finding>;
    /// Officers whose near relatives these people may be, though nobody filed them: see [`super::kin`]. It reads what is
    /// private, so no rule asks it.
    fn kin(&self, people: &BTreeSet<PersonId>, township: u16) -> Vec<Kin>;
    /// What decides whether the private part of a case may be destroyed.
    fn keeping(&self, case: CaseId) -> Option<Keeping>;
    /// The cases that the details of any of these people serve, as [`Keeping::people`] has it.
    fn cases_with(&self, people: &BTreeSet<PersonId>) -> BTreeSet<CaseId>;
    /// The entries about these cases and people, and about no others but those whose private part was destroyed before,
    /// in order.
    fn entries_only_of(&self, cases: &BTreeSet<CaseId>, people: &BTreeSet<PersonId>) -> Vec<u64>;
    /// Who wrote the entry `n`, where checks marked it, it concerns no case and nobody settled the mark. Programs of
    /// different versions mark differently: only the author's own desk asks it.
    fn open_mark(&self, n: u64) -> Option<OfficerNo>;
    /// Who gave the command of the entry `n`.
    fn wrote(&self, n: u64) -> Option<OfficerNo>;
    /// The last number given out in a series; 0 before the first.
    fn last_serial(&self, series: Series) -> u32;
    /// The working days, with what signed entries added.
    fn calendar(&self) -> Calendar;
    /// The pack in force now.
    fn pack_now(&self) -> Option<Pack>;
    /// A pack by its id.
    fn pack(&self, id: &str) -> Option<Pack>;
    /// Whether a row of an imported ledger is known.
    fn imported(&self, hash: &str) -> bool;
    /// Whether the county is founded, and as practice.
    fn county(&self) -> Option<bool>;
}
