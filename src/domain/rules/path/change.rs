//! Changing the path (改变救助类型): freely while nothing was done on it, by the county afterwards.

use super::super::duties;
use super::AT_WORK;
use crate::domain::code::Code;
use crate::domain::command::path::ChangePath;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::nouns::Stage;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

/// 改变救助类型.
pub(in super::super) fn change(cx: &Ctx<'_>, args: &ChangePath) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    if cx.author.office != Office::County {
        duties::handles(cx, &mut out, &case);
    }
    duties::stage(&mut out, &case, AT_WORK.contains(&case.stage), "不能再改变救助类型，请另选在办的办件。");
    if case.path == args.path {
        out.say(Code::Duplicate, "path", format!("办件{}已是{}，不必改变。", case.number, case.path.zh()));
    }
    let done = match cx.answers.course(case.id).begun() {
        Some(step) => Some(step.zh()),
        None if case.way.is_some() => Some("先行付款"),
        None if case.stage == Stage::Returned => Some("报批"),
        None => None,
    };
    if let Some(done) = done.filter(|_| cx.author.office != Office::County) {
        out.say(
            Code::PathLocked,
            "path",
            format!("办件{}已办{done}，改变救助类型由县局办理，请转县局。", case.number),
        );
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "改变救助类型须写明原因");
    out.fact(Fact::PathChanged(args.clone()));
    if args.path != case.circumstance.usual_path() {
        // beside what the circumstance points to: the supervisor sees it listed
        out.fact(Fact::Overridden {
            code: Code::PathCategory,
            case: Some(case.id),
            reason: args.reason.clone(),
        });
    }
    out.finish(Some(case.id))
}
