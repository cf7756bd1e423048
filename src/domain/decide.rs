//! Deciding (裁定): a command, the state, who asks and when, in; facts or refusals out. A pure function, the same on every
//! desk: a desk that reads an entry decides it again, without the private part, and marks what does not come out alike.

use super::answers::Answers;
use super::code::Code;
use super::command::Command;
use super::fact::Fact;
use super::office::Officer;
use super::pack::Pack;
use super::private::Private;
use super::refusal::Refusal;
use super::rules;
use crate::base::day::{Day, Stamp};
use std::collections::BTreeSet;

/// Everything a rule may look at.
pub struct Ctx<'a> {
    /// The state after the entry before.
    pub answers: &'a dyn Answers,
    /// Who asks.
    pub author: &'a Officer,
    /// The key he signed with, hex of its id.
    pub key: &'a str,
    /// The office's clock: the share's time.
    pub now: Stamp,
    /// The desk's own clock.
    pub desk_now: Stamp,
    /// The last n that the author had seen when he asked.
    pub seen: u64,
    /// The pack in force.
    pub pack: &'a Pack,
    /// The private part of the same entry; absent where another desk checks.
    pub private: Option<&'a Private>,
}

impl Ctx<'_> {
    /// Today, by the share's clock.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Whether a slot holds words: its name is enough where the private part is not at hand.
    pub fn has(&self, slot: &Option<super::ids::Text>) -> bool {
        match (slot, self.private) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(slot), Some(private)) => private.text(slot).is_some(),
        }
    }
}

/// A command's outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What it makes true, in order.
    pub facts: Vec<Fact>,
    /// Notes and overridden warnings to be shown with it.
    pub notes: Vec<Refusal>,
}

/// Decides one command. All refusals that apply come back at once; overridden warnings become facts.
///
/// # Errors
/// The refusals, hard ones first, and the warnings that want a reason.
pub fn decide(cx: &Ctx<'_>, command: &Command) -> Result<Decision, Vec<Refusal>> {
    rules::decide(cx, command)
}

/// What a verb's rule collects while it looks: verdicts, and facts for the case that nothing stops it.
#[derive(Default)]
pub struct Collect {
    /// Every verdict so far.
    pub verdicts: Vec<Refusal>,
    /// Facts so far.
    pub facts: Vec<Fact>,
}

impl Collect {
    /// Adds a verdict.
    pub fn say(&mut self, code: Code, field: &'static str, sentence: impl Into<String>) {
        self.verdicts.push(Refusal::new(code, field, sentence));
    }

    /// Adds a fact.
    pub fn fact(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Ends the look of a verb that has nothing to override.
    ///
    /// # Errors
    /// What stops the command.
    pub fn finish(self, case: Option<super::ids::CaseId>) -> Result<Decision, Vec<Refusal>> {
        self.end(&BTreeSet::new(), &None, false, case)
    }

    /// Ends the look: refusals, or facts with the overridden warnings and notes behind them.
    ///
    /// # Errors
    /// What stops the command, given `overridden` with a reason in `reason`.
    pub fn end(
        self,
        overridden: &BTreeSet<Code>,
        reason: &Option<super::ids::Text>,
        has_reason: bool,
        case: Option<super::ids::CaseId>,
    ) -> Result<Decision, Vec<Refusal>> {
        let accepted = if has_reason { overridden.clone() } else { BTreeSet::new() };
        let (mut stopping, passing): (Vec<_>, Vec<_>) =
            self.verdicts.into_iter().partition(|verdict| verdict.stops(&accepted));
        if !overridden.is_empty() && !has_reason {
            stopping.push(Refusal::new(
                Code::ReasonRequired,
                "override_reason",
                "选择继续办理须写明理由，请在「确办理由」填写。",
            ));
        }
        if !stopping.is_empty() {
            stopping.sort_by_key(|verdict| {
                (verdict.code.weight() != super::code::Weight::Refuses, place(verdict.code))
            });
            stopping.dedup();
            return Err(stopping);
        }
        let mut facts = self.facts;
        let mut told = BTreeSet::new();
        for verdict in &passing {
            if told.insert(verdict.code) {
                facts.push(match verdict.code.weight() {
                    super::code::Weight::Notes => Fact::Noted { code: verdict.code, case },
                    _ => Fact::Overridden { code: verdict.code, case, reason: reason.clone() },
                });
            }
        }
        Ok(Decision { facts, notes: passing })
    }
}
/// Where a code stands among those that are said. That nobody's word covers a sum is said behind why the word that was
/// given does not count: else the clerk reads that he should ask for a code that he has just typed.
fn place(code: Code) -> (Code, bool) {
    match code {
        Code::EmergCap => (Code::AuthCode, true),
        code => (code, false),
    }
}
