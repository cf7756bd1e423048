//! The state in memory under a history: a county with nine officers, a household and three hardships, and one step after
//! the other, each held against the laws.

use super::laws::{Broken, Held, Law};
use super::step::{Step, case, key_of, matter, person};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::code::{Code, Group};
use crate::domain::command::Command;
use crate::domain::command::intake::{FormHousehold, NewMember, NotePerson, OpenMatter};
use crate::domain::command::kernel::{AdoptPack, Enrol, Found};
use crate::domain::command::payout::MoveSource;
use crate::domain::decide::{Ctx, Decision, decide};
use crate::domain::fact::Fact;
use crate::domain::fund::Purpose;
use crate::domain::ids::{CaseId, HouseholdId, LineId};
use crate::domain::memory::Memory;
use crate::domain::nouns::{BatchState, Circumstance, Fund, SourceWay, Stage, Status};
use crate::domain::office::{Office, Officer, Role, Tier};
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const VILLAGE: u64 = 211_321_102_201;
pub(super) const HOUSE: HouseholdId = HouseholdId([0x40; 16]);

/// Handler, approver, both, handler again; a neighbour; the county's handler, approver twice, finance.
pub(super) const OFFICERS: [&str; 9] =
    ["1001", "1002", "1003", "1004", "2001", "9001", "9002", "9005", "9003"];
const FOUNDER: &str = "9009";

/// The state, and what was held against it.
#[derive(Clone)]
pub struct World {
    pub(super) memory: Memory,
    pub(super) now: Stamp,
    n: u64,
    pub(super) pack: Pack,
    /// What is reversed may be paid again; else once.
    pub(super) paid: BTreeMap<(CaseId, LineId), bool>,
    pub(super) held: Held,
    /// The facts of each case, in order.
    pub(super) walked: BTreeMap<CaseId, Vec<Fact>>,
    /// How many steps went through.
    done: u64,
    /// Every entry, for the sums that a replica makes of them.
    #[cfg(test)]
    pub(super) written: Vec<(&'static str, Stamp, Vec<Fact>)>,
    /// What a broken program does to the facts of a decision: only to show that the laws find it.
    pub(super) wound: Option<fn(&mut Vec<Fact>)>,
}

impl World {
    /// The county as it is before the first step.
    ///
    /// # Errors
    /// The rules refuse what it is made of.
    pub fn new() -> Result<World, Broken> {
        let broken = |what: String| Broken { law: Law::Function, what };
        let pack = Pack::read(CY_2021_15).map_err(broken)?;
        let day =
            |y, m, d| Day::new(y, m, d).ok_or_else(|| Broken { law: Law::Function, what: "no day".into() });
        let now = Stamp::at(day(2026, 3, 2)?, 9, 0);
        let mut world = World {
            memory: Memory::new(),
            now,
            n: 0,
            pack,
            paid: BTreeMap::new(),
            held: Held::default(),
            walked: BTreeMap::new(),
            done: 0,
            #[cfg(test)]
            written: Vec::new(),
            wound: None,
        };
        let found = Found {
            division: "211321".into(),
            founder: FOUNDER.into(),
            founder_key: key_of(FOUNDER).sign,
            key: key_of(FOUNDER),
            recovery: None,
            practice: true,
        };
        world.must(FOUNDER, Command::Found(found))?;
        world.must(FOUNDER, Command::AdoptPack(AdoptPack { toml: CY_2021_15.into() }))?;
        let roles: [&[Role]; 9] = [
            &[Role::Handler],
            &[Role::Approver],
            &[Role::Handler, Role::Approver],
            &[Role::Handler],
            &[Role::Handler],
            &[Role::Handler, Role::Finance],
            &[Role::Approver],
            &[Role::Approver],
            &[Role::Finance],
        ];
        for (no, roles) in OFFICERS.iter().zip(roles) {
            let office = match no.as_bytes().first() {
                Some(b'1') => Office::Township(102),
                Some(b'2') => Office::Township(103),
                _ => Office::County,
            };
            let roles = roles.iter().copied().collect();
            let enrol =
                Enrol { officer: (*no).into(), office, roles, limit: None, key: key_of(no), proposal: None };
            world.must(FOUNDER, Command::Enrol(enrol))?;
        }
        for index in 0..4 {
            let args = NotePerson {
                person: person(index),
                resident: index != 3,
                without_papers: Some("papers".into()),
                died: None,
                reason: None,
            };
            world.must("1001", Command::NotePerson(args))?;
        }
        // enough for reserves to be filled from the first step on
        for fund in [Fund::Central, Fund::County] {
            let arrive = MoveSource {
                fund,
                way: SourceWay::Arrive,
                amount: Money::from_fen(50_000_000),
                purpose: Purpose::Assistance,
                note: Some("note".into()),
            };
            world.must("9003", Command::MoveSource(arrive))?;
        }
        let member = |index| NewMember { person: person(index), relation: "02".into() };
        let household = FormHousehold {
            household: HOUSE,
            township: 102,
            village: VILLAGE,
            status: Status::RuralAllowance,
            since: day(2024, 1, 1)?,
            members: vec![member(0), member(1)],
            size: 2,
        };
        world.must("1001", Command::FormHousehold(household))?;
        let hardships = [
            (0, Circumstance::Accident, false, vec![person(0)]),
            (1, Circumstance::Incident, true, vec![]),
            (2, Circumstance::Illness, false, vec![person(2)]),
        ];
        for (index, circumstance, shared, people) in hardships {
            let opened = OpenMatter {
                matter: matter(index),
                township: 102,
                circumstance,
                on: day(2026, 2, 10)?,
                place: None,
                shared,
                people,
                overrides: BTreeSet::new(),
                override_reason: None,
            };
            world.must("1001", Command::OpenMatter(opened))?;
        }
        Ok(world)
    }

    /// Some money in both tills.
    ///
    /// # Errors
    /// A law that does not hold.
    pub fn fill(&mut self) -> Result<(), Broken> {
        self.go(&Step { verb: 30, who: 8, a: 0, b: 3, fen: 60_000, wait: 0, words: true, fit: false })?;
        for b in [2, 1] {
            self.go(&Step { verb: 27, who: 8, a: 2, b, fen: 40_000, wait: 0, words: true, fit: false })?;
        }
        Ok(())
    }

    /// The stages of the cases now.
    pub fn stages(&self) -> BTreeSet<Stage> {
        self.memory.cases().map(|case| case.stage).collect()
    }

    /// How often each law was held.
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// How many steps went through; the others were refused.
    pub fn done(&self) -> u64 {
        self.done
    }

    pub(super) fn officer(&self, no: &str) -> Officer {
        self.memory.officer(&no.into()).unwrap_or_else(|| Officer {
            no: no.into(),
            name: String::new(),
            office: Office::County,
            roles: BTreeSet::from([Role::Administrator]),
            key: None,
            since: self.now,
            limit: None,
            ended: false,
        })
    }

    fn decide(
        &self,
        who: &str,
        command: &Command,
        private: Option<&Private>,
    ) -> Result<Decision, Vec<Refusal>> {
        let author = self.officer(who);
        let key = key_of(who).id().unwrap_or_default();
        let cx = Ctx {
            answers: &self.memory,
            author: &author,
            key: &key,
            now: self.now,
            desk_now: self.now,
            seen: self.n,
            pack: &self.pack,
            private,
        };
        decide(&cx, command)
    }

    fn must(&mut self, who: &'static str, command: Command) -> Result<(), Broken> {
        let refused = |refusals: Vec<Refusal>| Broken { law: Law::Function, what: format!("{refusals:?}") };
        let decision = self.decide(who, &command, None).map_err(refused)?;
        self.n += 1;
        self.memory.apply(self.n, &who.into(), self.now, &decision.facts, None);
        #[cfg(test)]
        self.written.push((who, self.now, decision.facts));
        Ok(())
    }

    /// Asks for one step and, where it goes through, holds the laws against it.
    ///
    /// # Errors
    /// A law that does not hold.
    pub fn go(&mut self, step: &Step) -> Result<(), Broken> {
        self.now = self.now.plus_hours(i64::from(step.wait) * 20);
        let who = self.author(step);
        let command = self.command(step);
        let mut private = Private::default();
        let slots = [
            "reason",
            "note",
            "recipient",
            "witness",
            "cash",
            "payer",
            "receipt",
            "second",
            "o",
            "holder",
            "document",
        ];
        for slot in slots.into_iter().chain(super::path::SLOTS) {
            private.put(slot, "说明");
        }
        private.put("account", "6228480000000000018");
        let told = self.decide(who, &command, Some(&private));
        let again = self.decide(who, &command, Some(&private));
        self.held.hold(Law::Function, told == again, || format!("{command:?}"))?;
        let bare = self.decide(who, &command, None);
        let blind = match (&told, &bare) {
            (Ok(told), Ok(bare)) => told.facts == bare.facts,
            (Err(told), _) if told.iter().any(|r| r.code.group() == Group::Identity) => true,
            (Err(_), Err(_)) => true,
            // what the author's own desk asks alone: words, and the account that only it can read
            (Err(told), Ok(_)) => {
                told.iter().all(|r| matches!(r.code, Code::ReasonRequired | Code::AccountOwner))
            }
            (Ok(_), Err(_)) => false,
        };
        self.held.hold(Law::Blind, blind, || format!("{told:?} {bare:?}"))?;
        self.listed(&command, &told)?;
        let Ok(mut decision) = told else { return Ok(()) };
        if let Some(wound) = self.wound {
            wound(&mut decision.facts);
        }
        let before: BTreeMap<CaseId, Case> = self.memory.cases().map(|case| (case.id, case)).collect();
        self.n += 1;
        self.done += 1;
        self.memory.apply(self.n, &who.into(), self.now, &decision.facts, Some(&private));
        #[cfg(test)]
        self.written.push((who, self.now, decision.facts.clone()));
        self.moves(&before, &command)?;
        self.money(&decision.facts)?;
        self.batches()?;
        self.leave(&command, &decision.facts)?;
        self.duties(who, &before, &command, &decision.facts)?;
        self.walk(&decision.facts)?;
        self.papers()
    }

    /// Mostly a case that exists.
    pub(super) fn target(&self, step: &Step) -> CaseId {
        let walks = (super::path::FIRST..=super::path::LAST).contains(&step.verb);
        let of_path = if walks { self.on_path(step) } else { self.ripe(step) };
        if let Some(id) = of_path.filter(|_| step.fit) {
            return id;
        }
        let known: Vec<CaseId> = self.memory.cases().map(|case| case.id).collect();
        let place = usize::from(step.a).checked_rem(known.len());
        match place.and_then(|place| known.get(place)) {
            Some(id) if step.fit && step.verb > 3 => *id,
            _ => case(step.a),
        }
    }

    /// Mostly somebody who might, else the histories would be of refusals only.
    fn author(&self, step: &Step) -> &'static str {
        let target = self.target(step);
        let waits_above = self.memory.case(target).is_some_and(|case| case.tier == Some(Tier::County));
        let place = target.0.first().map_or(0, |byte| byte.wrapping_sub(0xc0));
        let both = place == 5;
        match step.verb {
            _ if !step.fit => OFFICERS.get(usize::from(step.who)).copied().unwrap_or("1001"),
            super::path::FIRST..=super::path::LAST => self.path_author(step),
            super::people::FIRST.. => super::people::author(step),
            super::tiers::FIRST.. => super::tiers::author(step.verb),
            0..=5 | 12 | 17..=20 | 22 | 23 | 25 | 26 | 28 | 29 if both => "1003",
            6..=8 if both && !waits_above => "1003",
            // who approved and also handles, and would now pay
            6..=8 | 25 if place == 4 && !waits_above => "1003",
            0..=5 | 12 | 17..=20 | 22 | 23 | 25 | 26 | 28 | 29 => "1001",
            6..=10 if waits_above => "9002",
            14 | 15 => "9002",
            // a second hand confirms what finance reconciled
            54 if step.b % 10 == 6 => "9002",
            54 if step.b % 10 == 9 || (matches!(step.b % 10, 7 | 8) && step.a % 5 == 4) => "1001",
            27 | 46 | 54 => "9003",
            // one builds and sends, another counts
            50..=53 if self.memory.batches().any(|batch| batch.state == BatchState::Open) => "9001",
            50..=53 => "9003",
            super::banking::LAST if step.b % 3 == super::banking::WANTED => "9002",
            47..=49 | 55 => "1001",
            _ => "1002",
        }
    }
}
