//! The commands of a step about the tiers beyond one approver.

use super::step::{Step, person};
use super::world::World;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::command::Command;
use crate::domain::command::approval::HoldMeeting;
use crate::domain::command::tiers::{
    CallBack, ChangeApplicant, CheckCity, CityReplyArgs, CountyExamine, FileRoster, HandDown, HoldPayee,
    RaiseTier, SettleCallBack, ToCity,
};
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::{Payee, Stage};
use crate::domain::office::Tier;
use crate::domain::tiers::{CityAnswer, TierAnswers as _};

/// The first verb of a step that is told here.
pub(super) const FIRST: u8 = 56;
/// How many of them there are.
pub(super) const COUNT: u8 = 18;

/// Who mostly does it, else the histories would be of refusals only.
pub(super) fn author(verb: u8) -> &'static str {
    match verb.saturating_sub(FIRST) {
        0 | 5 | 13.. => "9001",
        1 | 8 | 12 => "1001",
        7 => "1002",
        _ => "9002",
    }
}

impl World {
    /// A case in the place that a verb of the city asks for, else the few that get there go no further.
    fn there(&self, step: &Step, case: CaseId) -> CaseId {
        let fits = |known: &Case| match step.verb.saturating_sub(FIRST) {
            // Most often a case waits for the section: without it the long way never comes to its end.
            13.. => {
                let examined = self.memory.tier_file(known.id).examined.is_some();
                known.stage == Stage::Submitted && known.tier == Some(Tier::County) && !examined
            }
            0 | 3 | 4 => known.stage == Stage::Submitted && known.tier == Some(Tier::County),
            5 | 6 => known.stage == Stage::AtCity,
            _ => false,
        };
        let found = self.memory.cases().find(|known| step.fit && fits(known));
        found.map_or(case, |known| known.id)
    }

    pub(super) fn beyond(&self, step: &Step, case: CaseId) -> Command {
        let case = self.there(step, case);
        let reason = step.words.then(|| Text::from("reason"));
        let on = self.now.day();
        let known = self.memory.case(case);
        let asked = known.map(|case| case.asked).unwrap_or_default();
        let reply = self.memory.tier_file(case).city.and_then(|city| city.reply);
        let document = "文号".to_owned();
        match step.verb.saturating_sub(FIRST) {
            0 | 13.. => Command::CountyExamine(CountyExamine {
                case,
                on,
                agrees: !step.b.is_multiple_of(4),
                amount: total(&asked),
                opinion: reason,
            }),
            1 | 2 => Command::RaiseTier(RaiseTier { case, reason }),
            3 => Command::HandDown(HandDown { case, reason }),
            4 => Command::ToCity(ToCity { case, amount: total(&asked), document: None, reason }),
            5 => {
                let answer = CityAnswer::ALL.get(usize::from(step.b % 5)).copied();
                let answer = answer.unwrap_or(CityAnswer::Agreed);
                let agreed = answer == CityAnswer::Agreed;
                let amount = if agreed { total(&asked) } else { Default::default() };
                Command::CityReply(CityReplyArgs { case, document, on, answer, amount, text: reason })
            }
            6 => Command::CheckCity(CheckCity {
                case,
                document,
                on: reply.as_ref().map_or(on, |reply| reply.on),
                amount: reply.map(|reply| reply.amount).unwrap_or_default(),
                lines: asked,
            }),
            7 => Command::FileRoster(FileRoster {
                township: 102,
                year: on.year(),
                month: on.month().saturating_sub(1),
            }),
            8 => Command::ChangeApplicant(ChangeApplicant { case, person: person(step.b % 3), reason }),
            9 => Command::CallBack(CallBack { case, reason }),
            10 => Command::SettleCallBack(SettleCallBack { case, reason }),
            11 => Command::HoldPayee(HoldPayee {
                case,
                payee: Payee::Proxy,
                person: Some(person(step.b % 3)),
                reason,
            }),
            _ => Command::HoldMeeting(HoldMeeting {
                case,
                on,
                tier: Tier::Township,
                kind: None,
                present: u16::from(step.b % 5),
                amount: total(&asked),
                minutes: reason,
                paper: Default::default(),
                also: Vec::new(),
            }),
        }
    }
}
