//! Looking at what is masked: it is always written down, and refused only where nobody could have looked.

use super::{duties, intake};
use crate::domain::code::Code;
use crate::domain::command::privacy::{Subject, Unmask};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;

/// 查看完整信息. No scope: looking outside one's own township is possible with a purpose, and this is its trace.
pub(super) fn unmask(cx: &Ctx<'_>, args: &Unmask) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver, Role::Finance, Role::Supervisor]);
    match args.subject {
        Subject::Person(person) => {
            intake::known(cx, &mut out, person, "subject");
        }
        Subject::Case(case) => {
            duties::find(cx, &mut out, case);
        }
    }
    if args.purpose.needs_words() && !cx.has(&args.text) {
        out.say(Code::ReasonRequired, "text", "查看目的选了「其他」，请写明为什么查看。");
    }
    out.fact(Fact::Unmasked { subject: args.subject, purpose: args.purpose, text: args.text.clone() });
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::ids::PersonId;
    use crate::domain::privacy::LookPurpose;

    #[test]
    fn whoever_looks_says_why_and_only_other_needs_words() {
        let desk = Desk::new();
        let look = |person, purpose| {
            Command::Unmask(Unmask { subject: Subject::Person(person), purpose, text: None })
        };
        let nobody = PersonId([0xEE; 16]);
        assert_eq!(desk.ask("1001").codes(look(nobody, LookPurpose::Identity)), vec![Code::Unknown]);
        let without_words = desk.ask("1001").codes(look(nobody, LookPurpose::Other));
        assert_eq!(without_words, vec![Code::ReasonRequired, Code::Unknown]);
        let administrator = desk.ask("9009").codes(look(nobody, LookPurpose::Identity));
        assert!(administrator.contains(&Code::Role), "{administrator:?}");
    }
}
