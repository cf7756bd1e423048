//! The gate (关口): nothing of the expenditure path is submitted or approved with a step missing. What a step speaks
//! against goes up all the same, to be refused.

use super::means::family;
use super::notice::still_open;
use super::{WHERE, set_clock, skipped};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::clock::Span;
use crate::domain::code::Code;
use crate::domain::course::Course;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::ids::PersonId;
use crate::domain::nouns::Path;
use crate::domain::nouns::path::{PathStep, Pause, ResultPaper};
use crate::domain::office::Tier;
use crate::domain::pack::Pack;
use std::collections::BTreeSet;

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
    signed(cx, out, case, &course, "请全体成员重新签署，再按19登记核对授权");
}

/// What a case asks for that goes up to the county while it waits at the township: the township's opinion. One that a step
/// speaks against goes up without it, to be refused.
pub(in super::super) fn up(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if case.path != Path::Expenditure {
        return;
    }
    let course = cx.answers.course(case.id);
    if course.against().is_none() && !course.done(PathStep::Examination, case.circumstance, true) {
        unexamined(out, case);
    }
}

fn unexamined(out: &mut Collect, case: &Case) {
    out.say(
        Code::StepOrder,
        "path",
        format!(
            "办件{}走支出型，县局审批前须有乡镇审核，请乡镇审批人（没有他人的由县局审批人）在办件里按19登记乡镇审核。",
            case.number
        ),
    );
}

/// Whoever joined the household after the authorisation was signed has not let himself be checked.
fn signed(cx: &Ctx<'_>, out: &mut Collect, case: &Case, course: &Course, next: &str) {
    let Some(authority) = course.authority.as_ref().filter(|_| course.against().is_none()) else { return };
    let signed: BTreeSet<PersonId> = authority.members.iter().map(|member| member.person).collect();
    let lacking = family(cx, case).difference(&signed).count();
    if lacking > 0 {
        out.say(
            Code::AuthMembers,
            "members",
            format!("核对授权以后家庭增加了成员，还差{lacking}人签字，{next}。"),
        );
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

/// What closing and filing away ask of the course: the applicant knows the result, and whoever was away has signed.
pub(in super::super) fn close(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if case.path != Path::Expenditure {
        return;
    }
    let course = cx.answers.course(case.id);
    told(out, case, &course, "再办结");
    let unsigned = course.unsigned().intersection(&family(cx, case)).count();
    if unsigned > 0 {
        out.say(
            Code::AuthMembers,
            "members",
            format!("核对授权还有{unsigned}人没有补签，请补签后按19重新登记核对授权，再办结。"),
        );
    }
}

/// What filing away asks: a result has reached the applicant.
pub(in super::super) fn archive(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if case.path == Path::Expenditure && ResultPaper::of(case.stage).is_some() {
        told(out, case, &cx.answers.course(case.id), "再归档");
    }
}

fn told(out: &mut Collect, case: &Case, course: &Course, then: &str) {
    if course.delivered.as_ref().is_none_or(|made| Some(made.paper) != ResultPaper::of(case.stage)) {
        out.say(
            Code::StepOrder,
            "path",
            format!(
                "办件{}走支出型，审批结果还没有送达，请先在办件里按24登记结果送达，{then}。",
                case.number
            ),
        );
    }
}

/// What approving `sum` asks of the course, and proposing it to the city.
pub(in super::super) fn approve(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money) {
    gate(
        cx,
        out,
        case,
        sum,
        [
            "请按2不同意，或按3退回重新办这一步",
            "请先按19处理异议，或按3退回经办人",
            "请按3退回经办人，重新登记核对授权",
        ],
    );
}

/// What the city's agreement to `sum` asks of the course before it comes true: there the reply alone leads back.
pub(in super::super) fn city(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money) {
    const BACK: &str = "请把批复重新登记为退回县局，由县局按3退回经办人";
    gate(cx, out, case, sum, [BACK, BACK, BACK]);
}

/// The gate, and what to do where a step speaks against it or an objection is open.
fn gate(cx: &Ctx<'_>, out: &mut Collect, case: &Case, sum: Money, [against, objection, unsigned]: [&str; 3]) {
    if case.path != Path::Expenditure {
        return;
    }
    let course = cx.answers.course(case.id);
    let running = course.notice.as_ref().filter(|notice| cx.today() <= notice.until);
    let last = if running.is_some() { PathStep::Notice } else { PathStep::NoticeEnd };
    let open = course.open_objections();
    let above = case.tier.is_some_and(|tier| tier > Tier::Township);
    let mut missing = course.missing(last, case.circumstance, above);
    // where an objection waits, that is what has to be done
    missing.retain(|step| *step != PathStep::NoticeEnd || open == 0);
    if let Some((step, what)) = course.against() {
        let code = if step == PathStep::Review { Code::ReviewQuorum } else { Code::StepOrder };
        out.say(code, "path", format!("{}{what}，不能同意，{against}。", step.zh()));
        missing.retain(|lacking| *lacking < step);
    }
    if missing.contains(&PathStep::Examination) {
        missing.retain(|step| *step != PathStep::Examination);
        unexamined(out, case);
    }
    skipped(out, case, &missing);
    signed(cx, out, case, &course, unsigned);
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
