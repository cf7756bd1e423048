//! The expenditure path in histories: mostly the next step of a case, by whoever takes it, sometimes one that disturbs; and
//! the laws of the path, reckoned from the facts alone.

use super::laws::{Broken, Law};
use super::step::{Step, person};
use super::world::World;
use crate::base::money::Money;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::after::{Deliver, FollowUp, Hardship};
use crate::domain::command::path::*;
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, PersonId, Text};
use crate::domain::nouns::path::*;
use crate::domain::nouns::{LineKind, Path, Stage};
use crate::domain::office::Tier;
use std::collections::BTreeSet;

/// The first verb of the path in a step.
pub(super) const FIRST: u8 = 30;
/// The last of them.
pub(super) const LAST: u8 = 45;

/// The slots that its steps fill.
pub(super) const SLOTS: [&str; 23] = [
    "late",
    "missing",
    "place",
    "surveyors",
    "respondent",
    "situation",
    "verified",
    "report",
    "items",
    "explained",
    "chair",
    "attendees",
    "aside",
    "said",
    "opinion",
    "posted_by",
    "summary",
    "phone",
    "void",
    "finding",
    "guardians",
    "later",
    "to",
];

impl World {
    /// An undecided case of the path, where there is one: mostly the one that came farthest, else none comes to its end.
    pub(super) fn on_path(&self, step: &Step) -> Option<CaseId> {
        let undecided = |case: &Case| matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted);
        let mut known: Vec<(usize, CaseId)> = self
            .memory
            .cases()
            .filter(|case| case.path == Path::Expenditure && undecided(case))
            .map(|case| (self.to_go(&case), case.id))
            .collect();
        known.sort_unstable();
        let place = if step.a.is_multiple_of(4) { usize::from(step.a) } else { 0 };
        known.get(place.checked_rem(known.len())?).map(|(_, id)| *id)
    }

    /// How many steps a case still has to take.
    fn to_go(&self, case: &Case) -> usize {
        let to_county = total(&case.asked) > self.pack.tier.township_limit;
        self.memory.course(case.id).missing(PathStep::NoticeEnd, case.circumstance, to_county).len()
    }

    /// A case of the path for which submitting or approving is next.
    pub(super) fn ripe(&self, step: &Step) -> Option<CaseId> {
        let ripe = |case: &Case| match step.verb {
            4 | 5 => matches!(case.stage, Stage::Open | Stage::Returned) && self.to_go(case) <= 1,
            6..=8 => case.stage == Stage::Submitted && self.to_go(case) == 0,
            _ => false,
        };
        let found = self.memory.cases().find(|case| case.path == Path::Expenditure && ripe(case));
        found.filter(|_| !step.a.is_multiple_of(4)).map(|case| case.id)
    }

    /// Who takes a step of the path.
    pub(super) fn path_author(&self, step: &Step) -> &'static str {
        match self.path_command(step, self.target(step)) {
            Command::Examine(_) => "1002",
            Command::ExemptNotice(_) => "9002",
            Command::ChangePath(_) if step.a.is_multiple_of(2) => "9002",
            _ => "1001",
        }
    }

    /// The next step of a case, or one that disturbs.
    pub(super) fn path_command(&self, step: &Step, case: CaseId) -> Command {
        let slot = |name: &str| step.words.then(|| Text::from(name));
        let on = self.now.day().plus(-i64::from(step.b % 5 / 4));
        let course = self.memory.course(case);
        match step.b % 64 {
            0 => Command::OnceNotice(OnceNotice {
                case,
                on,
                until: on.plus(5),
                received: None,
                missing: slot("missing"),
                delivery: Delivery::Hand,
                receipt: None,
                overrides: BTreeSet::from([Code::OnceNotice]),
                override_reason: Some(Text::from("o")),
            }),
            1 => {
                let number = u16::try_from(course.objections.len()).unwrap_or(0).saturating_add(1);
                Command::Object(Objection { case, number, on, said: slot("said") })
            }
            2 => Command::ExemptNotice(ExemptNotice { case, reason: slot("reason") }),
            3 => {
                let path = if step.a.is_multiple_of(3) { Path::Emergency } else { Path::Expenditure };
                Command::ChangePath(ChangePath { case, path, reason: slot("reason") })
            }
            4 if step.a.is_multiple_of(4) => Command::Decline(Decline { case, reason: slot("reason") }),
            8 => Command::Deliver(Deliver { case, on, delivery: Delivery::Hand, receipt: slot("receipt") }),
            9 => Command::FollowUp(FollowUp {
                case,
                on,
                way: FollowWay::Home,
                received: true,
                state: FollowState::Eased,
                respondent: slot("respondent"),
                found: slot("found"),
            }),
            10 => Command::Hardship(Hardship { case, on, texts: slot("diagnosis").into_iter().collect() }),
            5 => Command::EndNotice(EndNotice { case, on, void: slot("void") }),
            6 => self.step_of(PathStep::Survey, step, case, on),
            _ => {
                let known = self.memory.case(case);
                let open = course.objections.iter().find(|known| known.settled.is_none());
                if let Some(open) = open {
                    return Command::SettleObjection(SettleObjection {
                        case,
                        number: open.objection.number,
                        on,
                        upheld: step.a.is_multiple_of(3),
                        finding: slot("finding"),
                    });
                }
                let sum = known.as_ref().map_or(Money::ZERO, |case| total(&case.asked));
                let circumstance =
                    known.map_or(crate::domain::nouns::Circumstance::Accident, |c| c.circumstance);
                let to_county = sum > self.pack.tier.township_limit;
                let next = course.missing(PathStep::NoticeEnd, circumstance, to_county).first().copied();
                self.step_of(next.unwrap_or(PathStep::Review), step, case, on)
            }
        }
    }

    fn step_of(&self, next: PathStep, step: &Step, case: CaseId, on: crate::base::day::Day) -> Command {
        let slot = |name: &str| step.words.then(|| Text::from(name));
        let rarely = step.fen % 16 == 7;
        match next {
            PathStep::Application => {
                Command::Apply(Application { case, on, promise: !rarely, late: slot("late"), agent: None })
            }
            PathStep::Acceptance => {
                Command::Accept(Accept { case, on, note: None, delivery: None, receipt: None })
            }
            PathStep::Correction => Command::Corrected(Corrected { case, on, note: None }),
            PathStep::Survey => Command::Survey(self.survey(step, case, rarely)),
            PathStep::Authority => Command::MeansAuthorise(MeansAuthorise {
                case,
                on,
                members: self.signers(case, rarely),
                guardians: None,
                later: slot("later"),
            }),
            PathStep::Means if self.memory.course(case).asked.is_none() => {
                Command::MeansAsk(MeansAsk { case, on, scope: MeansScope::Whole, to: slot("to") })
            }
            PathStep::Means => Command::MeansCheck(MeansCheck {
                case,
                on,
                result: if rarely { MeansResult::Exceeds } else { MeansResult::Fits },
                report: slot("report"),
                items: slot("items"),
                explained: slot("explained"),
            }),
            PathStep::School => Command::School(School {
                case,
                on,
                pupil: person(0),
                stage: SchoolStage::High,
                at_home: !rarely,
                regular: true,
                years: 3,
                tuition: Money::from_fen(step.fen),
                aid: Money::ZERO,
                school: slot("place"),
            }),
            PathStep::Review => Command::Review(Review {
                case,
                on,
                place: slot("place"),
                chair: slot("chair"),
                invited: 6,
                village: 2,
                delegates: 2,
                township: 1 + u16::from(step.a % 2),
                officers: vec![],
                attendees: slot("attendees"),
                aside: u16::from(step.a % 2),
                aside_named: slot("aside"),
                yes: if rarely { 2 } else { 4 },
                no: if rarely { 3 } else { 1 },
                abstained: 0,
                said: slot("said"),
            }),
            PathStep::Examination => Command::Examine(Examine {
                case,
                on,
                agrees: !rarely,
                amount: Money::from_fen(step.fen.max(1)),
                opinion: slot("opinion"),
            }),
            PathStep::Notice => Command::PostNotice(PostNotice {
                case,
                from: on,
                place: slot("place"),
                posted_by: slot("posted_by"),
                summary: slot("summary"),
                phone: slot("phone"),
                photos: 1,
            }),
            PathStep::NoticeEnd => Command::EndNotice(EndNotice { case, on, void: None }),
        }
    }

    fn survey(&self, step: &Step, case: CaseId, rarely: bool) -> Survey {
        let slot = |name: &str| step.words.then(|| Text::from(name));
        Survey {
            case,
            at: self.now,
            place: slot("place"),
            surveyors: vec!["1001".into()],
            others: u16::from(!step.a.is_multiple_of(9)),
            others_named: slot("surveyors"),
            respondent: slot("respondent"),
            situation: slot("situation"),
            housing: Housing { tenure: Tenure::Own, structure: Structure::Flat, area: 60 },
            income: Box::default(),
            spending: Box::default(),
            assets: Box::default(),
            verified: slot("verified"),
            matches: true,
            differs: None,
            policies: BTreeSet::new(),
            verdict: if rarely { SurveyVerdict::Untrue } else { SurveyVerdict::True },
            means: BTreeSet::from([LineKind::Money]),
            amount: Money::from_fen(step.fen.max(1)),
            photos: 0,
            photo_list: None,
            signed: true,
            unsigned: None,
        }
    }

    /// The household of the applicant; rarely without its last member.
    fn signers(&self, case: CaseId, rarely: bool) -> Vec<Signer> {
        let Some(known) = self.memory.case(case) else { return Vec::new() };
        let day = self.now.day();
        let household = self.memory.household_of(known.person, day).and_then(|id| self.memory.household(id));
        let mut people: Vec<PersonId> = household.map_or(vec![known.person], |household| household.on(day));
        if rarely {
            people.pop();
        }
        let own = |person| Signer { person, minor: false, signing: Signing::Own {} };
        people.into_iter().map(own).collect()
    }

    /// Remembers the facts of each case, for the laws of the path.
    pub(super) fn walk(&mut self, facts: &[Fact]) -> Result<(), Broken> {
        for fact in facts {
            if let Some(case) = fact.case() {
                self.walked.entry(case).or_default().push(fact.clone());
            }
            if let Fact::ClockSet(clock) = fact
                && let (Some(due), Tier::Township) = (clock.due, clock.tier)
                && let Some(known) = self.memory.case(clock.case)
            {
                let days = self.pack.clocks.township_days;
                let plain = self.memory.calendar().plus_working(known.accepted, days).day;
                self.held.hold(Law::ClockFair, due >= plain, || format!("{}: {due}", known.number))?;
            }
        }
        Ok(())
    }

    /// Whether every step of the path was taken, in order, before `granted` is approved.
    pub(super) fn whole_path(&mut self, case: &Case, granted: Money) -> Result<(), Broken> {
        if case.path != Path::Expenditure {
            return Ok(());
        }
        let facts = self.walked.get(&case.id).cloned().unwrap_or_default();
        let upheld = |fact: &Fact| matches!(fact, Fact::ObjectionSettled(made) if made.upheld);
        let behind = facts.iter().rposition(upheld).map_or(0, |at| at + 1);
        let again = facts.get(behind..).unwrap_or_default();
        let any = |of: &[Fact], is: fn(&Fact) -> bool| of.iter().any(is);
        let before = any(&facts, |f| matches!(f, Fact::ApplicationNoted(made) if made.promise))
            && any(&facts, |f| matches!(f, Fact::CaseAccepted(_)))
            && any(&facts, |f| matches!(f, Fact::MeansAuthorised(_)))
            && any(&facts, |f| matches!(f, Fact::MeansChecked(made) if made.result != MeansResult::Exceeds));
        let looked = any(again, |f| {
            matches!(f, Fact::Surveyed(made) if made.verdict == SurveyVerdict::True
                && made.surveyors.len() + usize::from(made.others) >= 2)
        });
        let carried = any(again, |f| {
            matches!(f, Fact::Reviewed(made) if made.yes * 2 > made.voters() && made.voters() >= 5
                && made.township >= 1)
        });
        let exempt = any(&facts, |f| matches!(f, Fact::NoticeExempted(_)));
        let posted = again.iter().rev().find_map(|fact| match fact {
            Fact::NoticePosted(made) => Some(made.clone()),
            _ => None,
        });
        let ended = any(again, |f| matches!(f, Fact::NoticeEnded(made) if made.void.is_none()));
        let shown = posted.as_ref().is_some_and(|made| made.until < self.now.day()) && ended;
        let objections = facts.iter().filter(|fact| matches!(fact, Fact::ObjectionMade(_))).count();
        let settled: BTreeSet<u16> = facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::ObjectionSettled(made) => Some(made.number),
                _ => None,
            })
            .collect();
        let whole = before && looked && carried && (exempt || shown) && objections == settled.len();
        self.held.hold(Law::PathWhole, whole, || {
            format!("{}: {before} {looked} {carried} {exempt} {shown} {objections}", case.number)
        })?;
        if let Some(posted) = posted.filter(|_| !exempt) {
            let number = || case.number.clone();
            self.held.hold(Law::Published, granted <= posted.amount, number)?;
        }
        Ok(())
    }
}
