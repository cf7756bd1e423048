//! A step of the expenditure path that a changed program leaves out.

use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::Submit;
use crate::domain::command::path::ChangePath;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::domain::office::Tier;

/// Puts a case on the path, which its handler may, and submits it with none of the steps taken.
pub(super) fn submitted(case: CaseId, circumstance: Circumstance) -> Vec<(Command, Vec<Fact>)> {
    let reason = || Some(Text::from("reason"));
    let change = ChangePath { case, path: Path::Expenditure, reason: reason() };
    let mut changed = vec![Fact::PathChanged(change.clone())];
    if circumstance.usual_path() != Path::Expenditure {
        changed.push(Fact::Overridden { code: Code::PathCategory, case: Some(case), reason: reason() });
    }
    let submit = Submit {
        case,
        lines: None,
        to: Tier::Township,
        note: None,
        overrides: Default::default(),
        override_reason: None,
    };
    let sent =
        Fact::StageSet { case, stage: Stage::Submitted, tier: Some(Tier::Township), due: None, text: None };
    vec![(Command::ChangePath(change), changed), (Command::Submit(submit), vec![sent])]
}
