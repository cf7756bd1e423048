//! What the catalogue says of a command, and the list of all.

use super::{
    approval, archive, duties, emergency, funds, intake, kernel, later, monthly, officers, partners, path,
    payout, people, privacy, registers, stock, tiers, trust,
};
use crate::domain::code::Code;
use crate::domain::nouns::Stage;
use crate::domain::office::Role;

/// What takes a command back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Another command.
    By(&'static str),
    /// Nothing, and why.
    Never(&'static str),
}

/// What the stage of a case must be and becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// In which stages it is possible; empty where no case is meant.
    pub before: &'static [Stage],
    /// Into which stages it leads; empty where the stage stays.
    pub after: &'static [Stage],
}

/// No case is meant.
pub const NO_CASE: Steps = Steps { before: &[], after: &[] };

/// A command.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// As written in the log.
    pub name: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// Who may; one of these roles is enough.
    pub who: &'static [Role],
    /// Whose office, in words for the help page.
    pub place: &'static str,
    /// The stages of the case.
    pub steps: Steps,
    /// The facts it may make true, by name; `noted` and `overridden` go without saying.
    pub facts: &'static [&'static str],
    /// The codes its rule may speak.
    pub codes: &'static [&'static [Code]],
    /// Whether it may wait while the drive is away.
    pub offline: bool,
    /// The slots of the private part it fills.
    pub private: &'static [&'static str],
    /// What takes it back.
    pub undone: Undone,
    /// Whether this version carries it out.
    pub real: bool,
}

impl Verb {
    /// Whether its rule may speak `code`.
    pub fn speaks(&self, code: Code) -> bool {
        self.codes.iter().any(|group| group.contains(&code))
    }
}

/// What every verb asks of its author.
pub const AUTHOR: &[Code] = &[Code::KeyRevoked, Code::Role, Code::ReadOnly, Code::Clock];

/// What every verb about a case asks of it.
pub const CASE: &[Code] = &[Code::Unknown, Code::Scope, Code::Recusal, Code::Marked, Code::Stale];

/// What lines of a grant are asked.
pub const LINES: &[Code] = &[Code::Amount, Code::ValueRequired, Code::Duplicate];

/// Every command, in the order of the help pages.
pub fn all() -> impl Iterator<Item = &'static Verb> {
    [
        kernel::VERBS,
        officers::VERBS,
        duties::VERBS,
        intake::VERBS,
        registers::VERBS,
        people::VERBS,
        path::VERBS,
        approval::VERBS,
        tiers::VERBS,
        emergency::VERBS,
        funds::VERBS,
        monthly::VERBS,
        payout::VERBS,
        stock::VERBS,
        partners::VERBS,
        trust::VERBS,
        privacy::VERBS,
        archive::VERBS,
        later::VERBS,
    ]
    .into_iter()
    .flatten()
}

/// A command by its name.
pub fn find(name: &str) -> Option<&'static Verb> {
    all().find(|verb| verb.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::{facts, stages};
    use crate::domain::command::Command;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_real_is_what_the_program_carries_out() {
        let real: BTreeSet<_> = all().filter(|verb| verb.real).map(|verb| (verb.name, verb.zh)).collect();
        let carried: BTreeSet<_> = Command::VERBS.iter().copied().collect();
        assert_eq!(real, carried);
        let names: BTreeSet<_> = all().map(|verb| verb.name).collect();
        assert_eq!(names.len(), all().count(), "a name stands for one command");
    }

    #[test]
    fn every_name_a_command_mentions_is_in_the_catalogue() {
        for verb in all() {
            if let Undone::By(other) = verb.undone {
                assert!(find(other).is_some(), "{}: {other}", verb.name);
            }
            for fact in verb.facts {
                assert!(facts::find(fact).is_some(), "{}: {fact}", verb.name);
            }
            for from in verb.steps.before {
                for to in verb.steps.after.iter().filter(|_| verb.real) {
                    let known = stages::TRANSITIONS
                        .iter()
                        .any(|step| step.verbs.contains(&verb.name) && step.to == *to);
                    assert!(known, "{}: {from:?} to {to:?}", verb.name);
                }
            }
        }
    }

    #[test]
    fn business_is_no_administrator_s() {
        for verb in all().filter(|verb| verb.who.contains(&Role::Administrator)) {
            let kernel = kernel::VERBS
                .iter()
                .chain(officers::VERBS)
                .chain(later::VERBS)
                .any(|known| known.name == verb.name);
            // 到期销毁 decides on no case: it keeps the file, as officers and keys are kept.
            assert!(kernel || ["note-person", "erase"].contains(&verb.name), "{}", verb.name);
        }
    }
}
