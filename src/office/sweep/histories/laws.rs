//! What has to hold after every entry (I1 to I7, I17, I20, I21), each with its name and with how often it was held against
//! something: a law that nothing was held against holds of nothing.

use super::world::World;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::catalogue::{stages, verbs};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::emergency::PayFirst;
use crate::domain::decide::Decision;
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, balances};
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::nouns::{BatchState, Fund, Stage, Way};
use crate::domain::office::Tier;
use crate::domain::payout::{Batch, LineEnd};
use crate::domain::refusal::Refusal;
use crate::domain::reserve::ReserveAnswers as _;
use crate::domain::same::SameAnswers as _;
use crate::domain::tiers::TierAnswers as _;
use std::collections::{BTreeMap, BTreeSet};

/// A law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// Deciding twice gives the same.
    Function,
    /// The private part makes no facts and no refusals but for a missing reason.
    Blind,
    /// Every refusal and note stands in the catalogue of its verb and ends as a sentence.
    CodeListed,
    /// Every fact stands in the catalogue of its verb.
    FactListed,
    /// I17: a case begins open.
    BeginsOpen,
    /// I17: only legal transitions.
    Moves,
    /// No case vanishes.
    Stays,
    /// I1: every entry's postings add up to nothing.
    Balanced,
    /// I1: all accounts together are nothing.
    Conserved,
    /// I1: no till below zero.
    NotBelow,
    /// S37: no source gets back more of a reserve than it put in, and donated money is never put in.
    PutIn,
    /// I21: no store below zero.
    StockNotBelow,
    /// I1: nobody is owed less than nothing.
    Outlay,
    /// I2: a line is paid once.
    PaidOnce,
    /// I2: only what was paid is turned round.
    OnlyPaidTurned,
    /// I2: what is paid was granted.
    PaidIsGranted,
    /// I3: an ordinary payment follows an approval.
    PaidAfterApproval,
    /// I3: a grant is of the tier of its officer; the city's alone is entered by the county.
    OwnTier,
    /// I4: the city's answer is entered by one and checked by another.
    EnteredAndChecked,
    /// I3: the township stays within its limit.
    TownshipLimit,
    /// I3: paying first rests on a word or is an exception.
    WordOrException,
    /// Paying first asks leave: the fund holds it or it is not paid.
    FundHolds,
    /// I4: handler and approver are two.
    HandlerApprover,
    /// I4: approver and payer are two.
    ApproverPayer,
    /// I5: no more than asked.
    Asked,
    /// I6: above the cap it is ratified.
    Ratified,
    /// I6: what was paid first has its papers.
    Papers,
    /// I6: closed only when whole.
    ClosedWhole,
    /// I7: a second grant of the same matter in a year has its reason in writing.
    OnceAYear,
    /// S30: on the expenditure path nothing is granted with a step missing.
    PathWhole,
    /// S8: nothing is granted above what was published.
    Published,
    /// A clock that stands still never ends earlier than one that runs on.
    ClockFair,
    /// I20: a batch's file is the sum of its lines, and what is under way is what the bank has not answered.
    BatchWhole,
    /// I20: a case is in one live batch, and a line is paid by one.
    BatchOnce,
    /// I4: who builds a batch does not count it, and who approved does not send it.
    MakerChecker,
    /// I21: what was spent is the sum of the payments.
    Totals,
}

impl Law {
    /// All of them.
    pub const ALL: [Law; 36] = [
        Law::Function,
        Law::Blind,
        Law::CodeListed,
        Law::FactListed,
        Law::BeginsOpen,
        Law::Moves,
        Law::Stays,
        Law::Balanced,
        Law::Conserved,
        Law::NotBelow,
        Law::PutIn,
        Law::StockNotBelow,
        Law::Outlay,
        Law::PaidOnce,
        Law::OnlyPaidTurned,
        Law::PaidIsGranted,
        Law::PaidAfterApproval,
        Law::OwnTier,
        Law::EnteredAndChecked,
        Law::TownshipLimit,
        Law::WordOrException,
        Law::FundHolds,
        Law::HandlerApprover,
        Law::ApproverPayer,
        Law::Asked,
        Law::Ratified,
        Law::Papers,
        Law::ClosedWhole,
        Law::OnceAYear,
        Law::PathWhole,
        Law::Published,
        Law::ClockFair,
        Law::BatchWhole,
        Law::BatchOnce,
        Law::MakerChecker,
        Law::Totals,
    ];
}

/// A law that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub law: Law,
    /// What was seen.
    pub what: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}：{}", self.law, self.what)
    }
}

/// How often each law was held against something.
#[derive(Clone, Debug, Default)]
pub struct Held(BTreeMap<Law, u64>);

impl Held {
    /// Holds a law against something.
    ///
    /// # Errors
    /// It does not hold.
    pub(super) fn hold(
        &mut self,
        law: Law,
        holds: bool,
        otherwise: impl FnOnce() -> String,
    ) -> Result<(), Broken> {
        *self.0.entry(law).or_default() += 1;
        if holds { Ok(()) } else { Err(Broken { law, what: otherwise() }) }
    }

    /// How often a law was held.
    pub fn of(&self, law: Law) -> u64 {
        self.0.get(&law).copied().unwrap_or_default()
    }

    /// Takes the counts of another history.
    pub fn add(&mut self, other: &Held) {
        for (law, count) in &other.0 {
            *self.0.entry(*law).or_default() += count;
        }
    }
}

impl World {
    /// Every code and fact of a verb stands in the catalogue.
    pub(super) fn listed(
        &mut self,
        command: &Command,
        told: &Result<Decision, Vec<Refusal>>,
    ) -> Result<(), Broken> {
        let Some(verb) = verbs::find(command.verb()) else {
            return Err(Broken {
                law: Law::CodeListed,
                what: format!("{} is in no catalogue", command.verb()),
            });
        };
        let said: &[Refusal] = match told {
            Ok(decision) => &decision.notes,
            Err(refusals) => refusals,
        };
        for refusal in said {
            let sentence = refusal.sentence.ends_with(['。', '）']);
            self.held.hold(Law::CodeListed, verb.speaks(refusal.code) && sentence, || {
                format!("{} speaks {refusal:?}", verb.name)
            })?;
        }
        for fact in told.iter().flat_map(|decision| &decision.facts) {
            let value = serde_json::to_value(fact).unwrap_or_default();
            let name = value.get("fact").and_then(serde_json::Value::as_str).unwrap_or_default();
            let known = verb.facts.contains(&name) || name == "noted" || name == "overridden";
            self.held.hold(Law::FactListed, known, || format!("{} makes {name}", verb.name))?;
        }
        Ok(())
    }

    /// I17: only legal transitions.
    pub(super) fn moves(&mut self, before: &BTreeMap<CaseId, Case>, command: &Command) -> Result<(), Broken> {
        let verb = command.verb();
        for case in self.memory.cases() {
            let Some(old) = before.get(&case.id) else {
                self.held.hold(Law::BeginsOpen, case.stage == Stage::Open, || {
                    format!("{} begins {:?}", case.number, case.stage)
                })?;
                continue;
            };
            if old.stage != case.stage {
                self.held.hold(Law::Moves, stages::legal(old.stage, case.stage, verb), || {
                    format!("{verb}: {:?} to {:?}", old.stage, case.stage)
                })?;
            }
        }
        let gone = before.keys().find(|id| self.memory.case(**id).is_none());
        self.held.hold(Law::Stays, gone.is_none(), || format!("{verb} loses a case"))
    }

    /// I1, I2, I5, I21: money conserved, tills never below zero, a line paid once, no more than asked for.
    pub(super) fn money(&mut self, facts: &[Fact]) -> Result<(), Broken> {
        for fact in facts {
            match fact {
                Fact::MoneyMoved { postings, .. } => {
                    self.held.hold(Law::Balanced, balances(postings), || format!("{postings:?}"))?;
                }
                Fact::LinePaid { case, line, .. } => {
                    let again = self.paid.insert((*case, *line), true);
                    self.held.hold(Law::PaidOnce, again != Some(true), || format!("{line} of {case}"))?;
                }
                Fact::LineUnpaid { case, line } => {
                    let was = self.paid.insert((*case, *line), false);
                    self.held.hold(Law::OnlyPaidTurned, was == Some(true), || format!("{line} of {case}"))?;
                }
                _ => {}
            }
        }
        let (mut all, mut spent) = (Money::ZERO, Money::ZERO);
        for (account, balance) in self.memory.balances() {
            all += balance;
            if account.is_cash() {
                self.held.hold(Law::NotBelow, !balance.is_negative(), || format!("{account}: {balance}"))?;
            }
            if matches!(account, Account::Spent(_) | Account::SpentDonated(_)) {
                spent += balance;
            }
        }
        for fund in Fund::ALL.iter().copied().map(Some).chain([None]) {
            let put_in = self.memory.advanced(102, fund);
            let holds = !put_in.is_negative() && (fund != Some(Fund::Donated) || put_in.is_zero());
            self.held.hold(Law::PutIn, holds, || format!("{fund:?} put {put_in} into the reserve"))?;
        }
        for (key, shelf) in self.memory.goods().shelves() {
            let holds = shelf.on_hand >= 0;
            self.held.hold(Law::StockNotBelow, holds, || format!("{}: {}", key.store, shelf.on_hand))?;
        }
        self.held.hold(Law::Conserved, all.is_zero(), || format!("all accounts together are {all}"))?;
        let mut paid = Money::ZERO;
        for case in self.memory.cases() {
            let (asked, granted) = (total(&case.asked), total(&case.granted));
            self.held.hold(Law::Outlay, !case.outlay.is_negative(), || case.number.clone())?;
            self.held
                .hold(Law::Asked, granted <= asked, || format!("{}: {granted} of {asked}", case.number))?;
            for payment in self.memory.payments(case.id) {
                paid += payment.amount;
                let known = case.granted.iter().any(|line| line.line == payment.line);
                self.held.hold(Law::PaidIsGranted, known, || case.number.clone())?;
            }
        }
        self.held.hold(Law::Totals, spent == paid, || format!("spent {spent}, paid {paid}"))
    }

    /// I20 and I4 of batches.
    pub(super) fn batches(&mut self) -> Result<(), Broken> {
        let all: Vec<Batch> = self.memory.batches().collect();
        let mut live = BTreeSet::new();
        let mut paid = BTreeSet::new();
        for batch in &all {
            let way = self.memory.balance(Account::Transit(batch.id));
            self.held.hold(Law::BatchWhole, way == batch.under_way(), || {
                format!("{}: {way} under way, {} of its lines", batch.number, batch.under_way())
            })?;
            let two = batch.checked_by.as_ref() != Some(&batch.by);
            self.held.hold(Law::MakerChecker, two, || batch.number.clone())?;
            for line in &batch.lines {
                let waits = matches!(batch.state, BatchState::Open | BatchState::Checked | BatchState::Sent);
                let once = !waits || live.insert((line.case, line.line));
                self.held.hold(Law::BatchOnce, once, || format!("{} is in two batches", line.line))?;
                let by_it = line.end == Some(LineEnd::Paid);
                let once = !by_it || paid.insert((line.case, line.line));
                self.held.hold(Law::BatchOnce, once, || format!("{} is paid by two batches", line.line))?;
                let stands = self.memory.payments(line.case);
                let stands = stands.iter().any(|p| p.line == line.line && p.amount == line.amount);
                self.held.hold(Law::BatchWhole, !by_it || stands, || format!("{} is not paid", line.line))?;
            }
        }
        Ok(())
    }

    /// Paying first asks leave.
    pub(super) fn leave(&mut self, command: &Command, facts: &[Fact]) -> Result<(), Broken> {
        let (Command::Direct(PayFirst { handed_over: None, .. })
        | Command::Advance(PayFirst { handed_over: None, .. })) = command
        else {
            return Ok(());
        };
        let owed = facts.iter().any(|fact| {
            matches!(fact, Fact::MoneyMoved { postings, .. }
                if postings.iter().any(|half| matches!(half.account, Account::Outlay(..))))
        });
        self.held.hold(Law::FundHolds, !owed, || "paid first out of somebody's pocket".to_owned())
    }

    /// I3 and I4: powers, and two people.
    pub(super) fn duties(
        &mut self,
        who: &str,
        before: &BTreeMap<CaseId, Case>,
        command: &Command,
        facts: &[Fact],
    ) -> Result<(), Broken> {
        for fact in facts {
            let Some(old) = fact.case().and_then(|id| before.get(&id)) else { continue };
            match (fact, command) {
                (Fact::GrantSet { tier, lines, .. }, Command::Approve(_)) => {
                    let officer = self.officer(who);
                    let number = || old.number.clone();
                    self.held.hold(Law::OwnTier, *tier == officer.office.tier(), number)?;
                    self.held.hold(Law::HandlerApprover, old.handler != officer.no, number)?;
                    let own = self.memory.payments(old.id).iter().any(|paid| paid.by == officer.no);
                    self.held.hold(Law::ApproverPayer, !own, number)?;
                    self.whole_path(old, total(lines))?;
                    let second = self.earlier(old).is_some();
                    if *tier == Tier::Township {
                        let limit = self.pack.tier.township_limit;
                        self.held.hold(Law::TownshipLimit, total(lines) <= limit, number)?;
                    }
                    if second {
                        let written = facts
                            .iter()
                            .any(|f| matches!(f, Fact::Overridden { code: Code::RepeatMatter, .. }));
                        self.held.hold(Law::OnceAYear, written && *tier != Tier::Township, number)?;
                    }
                }
                (Fact::LinePaid { by, .. }, Command::ReadReturn(_)) => {
                    let number = || old.number.clone();
                    let approved = old.stage == Stage::Approved && !old.provisional;
                    self.held.hold(Law::PaidAfterApproval, approved, number)?;
                    self.held.hold(Law::MakerChecker, old.decided_by.as_ref() != Some(by), number)?;
                }
                (Fact::GrantSet { tier, .. }, Command::CheckCity(_)) => {
                    let number = || old.number.clone();
                    let officer = self.officer(who);
                    self.held.hold(Law::OwnTier, *tier == Tier::City, number)?;
                    self.held.hold(Law::HandlerApprover, old.handler != officer.no, number)?;
                    let entered = self.memory.tier_file(old.id).city.and_then(|city| city.reply);
                    let other = entered.is_some_and(|reply| reply.by != officer.no);
                    self.held.hold(Law::EnteredAndChecked, other, number)?;
                }
                (Fact::LinePaid { .. }, Command::Pay(_)) => {
                    let number = || old.number.clone();
                    let approved = old.stage == Stage::Approved && !old.provisional;
                    self.held.hold(Law::PaidAfterApproval, approved, number)?;
                    // who paid first decided it too; taken back, he pays it again: there was no approver
                    let officer = self.officer(who);
                    let paid_first = matches!(old.way, Some(Way::Direct | Way::Advance | Way::Recorded));
                    if !(paid_first && old.handler == officer.no) {
                        let own = old.decided_by.as_ref() == Some(&officer.no);
                        self.held.hold(Law::ApproverPayer, !own, number)?;
                    }
                }
                (Fact::GrantSet { lines, .. }, Command::Direct(_) | Command::Advance(_)) => {
                    let number = || old.number.clone();
                    let given = facts.iter().any(|f| matches!(f, Fact::AuthorityUsed { .. }));
                    let excepted = !self.memory.exceptions(old.id).is_empty();
                    self.held.hold(Law::WordOrException, given || excepted, number)?;
                    if total(lines) > self.pack.first.cap {
                        let due = self.memory.case(old.id).is_some_and(|now| now.ratification_due.is_some());
                        self.held.hold(Law::Ratified, due, number)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The earlier grant of the same matter in the year, reckoned here anew from the people of both.
    fn earlier(&self, case: &Case) -> Option<String> {
        let own = self.memory.case(case.id)?;
        let people: BTreeSet<PersonId> = self
            .memory
            .household_of(own.person, self.now.day())
            .and_then(|id| self.memory.household(id))
            .map(|household| household.on(self.now.day()).into_iter().collect())
            .unwrap_or_else(|| BTreeSet::from([own.person]));
        // Two records of one person have one history.
        let people = self.memory.same_as(&people);
        let year = self.now.day().year();
        let (from, to) = (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?);
        self.memory
            .grants_of(&people, from, to)
            .into_iter()
            .find(|grant| {
                grant.matter == Some(own.matter) && grant.number != own.number && !grant.amount.is_zero()
            })
            .map(|grant| grant.number)
    }

    /// I6: what was paid first has its papers, and a case closes with none open.
    pub(super) fn papers(&mut self) -> Result<(), Broken> {
        for case in self.memory.cases() {
            let first = matches!(case.way, Some(Way::Direct | Way::Advance | Way::Recorded));
            if !first && case.stage != Stage::Closed {
                continue;
            }
            let items = self.memory.items(case.id);
            if first {
                self.held.hold(Law::Papers, items.len() >= 5, || case.number.clone())?;
            }
            if case.stage == Stage::Closed {
                let whole = items.iter().all(|item| item.done.is_some())
                    && case.outlay.is_zero()
                    && case.ratification_due.is_none();
                self.held.hold(Law::ClosedWhole, whole, || case.number.clone())?;
            }
        }
        Ok(())
    }
}
