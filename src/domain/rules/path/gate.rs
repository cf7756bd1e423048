//! The gate (关口): nothing of the expenditure path is submitted or approved with a step missing. What a step speaks
//! against goes up all the same, to be refused.

use super::notice::still_open;
use super::{WHERE, set_clock, skipped};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::clock::Span;
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::nouns::Path;
use crate::domain::nouns::path::{PathStep, Pause};
use crate::domain::office::Tier;
use crate::domain::pack::Pack;

/// What submitting `sum` to a tier asks of the course.
pub(in super::super) fn submit(cx: &Ctx<'_>, out: &mut Collect, case: &Case, to: Tier, sum: Money) {
    if case.path != Path::Expenditure {
        return;
    }
    let course = cx.answers.course(case.id);
    let last = course.against().map_or(PathStep::Notice, |(step, _)| step);
    skipped(out, case, &course.missing(last, case.circumstance, to > Tier::Township));
    if let Some(notice) = &course.notice {
        published(out, notice.amount, sum, "申请");
    }
}

fn published(out: &mut Collect, on_it: Money, sum: Money, what: &str) {
    if sum > on_it {
        out.say(
            Code::StepOrder,
            "amount",
            format!("{what}{sum}元高于公示的{on_it}元，请减少金额，或{WHERE}作废后重新公示。"),
        );
    }
}

/// What approving `sum` asks of the course, and proposing it to the city.
pub(in super::super) fn approve(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money) {
    gate(cx, out, case, sum, ["请按2不同意，或按3退回重新办这一步", "请先按19处理异议，或按3退回经办人"]);
}

/// What the city's agreement to `sum` asks of the course before it comes true: there the reply alone leads back.
pub(in super::super) fn city(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money) {
    const BACK: &str = "请把批复重新登记为退回县局，由县局按3退回经办人";
    gate(cx, out, case, sum, [BACK, BACK]);
}

/// The gate, and what to do where a step speaks against it or an objection is open.
fn gate(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money, [against, objection]: [&str; 2]) {
    if case.path != Path::Expenditure {
        return;
    }
    let course = cx.answers.course(case.id);
    let running = course.notice.as_ref().filter(|notice| cx.today() <= notice.until);
    let last = if running.is_some() { PathStep::Notice } else { PathStep::NoticeEnd };
    let open = course.open_objections();
    let mut missing = course.missing(last, case.circumstance, false);
    // where an objection waits, that is what has to be done
    missing.retain(|step| *step != PathStep::NoticeEnd || open == 0);
    if let Some((step, what)) = course.against() {
        let code = if step == PathStep::Review { Code::ReviewQuorum } else { Code::StepOrder };
        out.say(code, "path", format!("{}{what}，不能同意，{against}。", step.zh()));
        missing.retain(|lacking| *lacking < step);
    }
    skipped(out, case, &missing);
    if let Some(notice) = running {
        still_open(out, notice, cx.today());
    }
    if open > 0 {
        out.say(Code::ObjectionOpen, "objection", format!("公示有{open}条异议没有处理，{objection}。"));
    }
    if let Some(notice) = &course.notice {
        published(out, notice.amount, sum, "批准");
    }
}

/// The clock of the tier to which a case goes; none on the emergency path, and none before acceptance.
pub(in super::super) fn clock(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    pack: &Pack,
    tier: Tier,
) -> Option<Day> {
    if case.path != Path::Expenditure {
        return None;
    }
    set_clock(cx, out, case, &cx.answers.course(case.id), pack, tier, cx.today())
}

/// The case comes back to its handler: where the county had it, the township's clock goes on. Answers its last day.
pub(in super::super) fn back(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack) -> Option<Day> {
    if case.path != Path::Expenditure {
        return None;
    }
    let mut course = cx.answers.course(case.id);
    let Some(since) = course.with_county.take() else { return course.clock.and_then(|clock| clock.due) };
    course.spans.push(Span { last: Some(cx.today()), ..Span::behind(Pause::County, since) });
    set_clock(cx, out, case, &course, pack, Tier::Township, cx.today())
}
