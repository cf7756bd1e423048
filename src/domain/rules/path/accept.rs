//! Application, correction, acceptance (申请受理).

use super::super::{dates, duties};
use super::{AT_WORK, On, begin, dated};
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::path::{Accept, Application, Corrected, Decline, OnceNotice};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::path::OnceNoticed;
use crate::domain::nouns::Stage;
use crate::domain::nouns::path::PathStep;
use crate::domain::refusal::Refusal;

/// 登记申请.
pub(in super::super) fn apply(cx: &Ctx<'_>, args: &Application) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    let happened = cx.answers.matter(on.case.matter).map(|matter| (matter.on, "急难发生日期"));
    dated(cx, &mut out, "on", args.on, "申请日期", happened);
    if args.on < cx.today() {
        duties::reason(cx, &mut out, &args.late, "late", "申请书是以前的日期，补录须写明来由");
    }
    if let Some(accepted) = on.course.accepted.filter(|accepted| *accepted < args.on) {
        out.say(
            Code::DateOrder,
            "on",
            format!("申请日期{}晚于受理日期{}，请改正日期。", args.on.short_zh(), accepted.short_zh()),
        );
    }
    on.done(&mut out, Fact::ApplicationNoted(args.clone()));
    out.finish(Some(on.case.id))
}

fn applied(on: &On) -> Option<(Day, &'static str)> {
    on.course.application.as_ref().map(|paper| (paper.on, "申请日期"))
}

/// 一次性告知. Told once; a second time asks why.
pub(in super::super) fn once_notice(cx: &Ctx<'_>, args: &OnceNotice) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    if on.course.application.is_none() {
        super::skipped(&mut out, &on.case, &[PathStep::Application]);
    }
    dated(cx, &mut out, "on", args.on, "告知日期", applied(&on));
    dates::not_before(&mut out, "until", args.until, args.on, "补正期限", "告知日期");
    duties::reason(cx, &mut out, &args.missing, "missing", "缺少材料未填，请一次写全");
    if on.course.correcting() {
        out.say(
            Code::Duplicate,
            "case",
            format!("办件{}已告知补正，材料还没有收齐，请先登记补正收齐。", on.case.number),
        );
    } else if let Some(before) = on.course.told.last() {
        out.say(
            Code::OnceNotice,
            "missing",
            format!(
                "{}已一次性告知过，补正应一次告知全部内容；确需再次告知的，在「确办理由」写明。",
                before.on.short_zh()
            ),
        );
    }
    let made = OnceNoticed {
        case: args.case,
        on: args.on,
        until: args.until,
        received: args.received.clone(),
        missing: args.missing.clone(),
        delivery: args.delivery,
        receipt: args.receipt.clone(),
    };
    on.done(&mut out, Fact::OnceNoticed(made));
    on.tick(cx, &mut out, args.on);
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), Some(on.case.id))
}

/// 补正收齐.
pub(in super::super) fn corrected(cx: &Ctx<'_>, args: &Corrected) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    if !on.course.correcting() {
        out.say(
            Code::State,
            "case",
            format!("办件{}没有待补正的材料，不必登记；缺材料的请先一次性告知。", on.case.number),
        );
    }
    let told = on.course.told.last().map(|told| (told.on, "告知日期"));
    dated(cx, &mut out, "on", args.on, "收齐日期", told);
    on.done(&mut out, Fact::Corrected(args.clone()));
    on.tick(cx, &mut out, args.on);
    out.finish(Some(on.case.id))
}

/// 准予受理.
pub(in super::super) fn accept(cx: &Ctx<'_>, args: &Accept) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    if on.course.application.as_ref().is_some_and(|paper| !paper.promise) {
        out.say(
            Code::StepOrder,
            "promise",
            "申请承诺和核对授权还没有签字，请申请人签字后重新登记申请，或按19一次性告知。",
        );
    } else {
        on.stands_on(cx, &mut out, &[PathStep::Application]);
    }
    on.stands_on(cx, &mut out, &[PathStep::Correction]);
    if let Some(accepted) = on.course.accepted {
        out.say(
            Code::Duplicate,
            "case",
            format!("办件{}已于{}受理，不必重复。", on.case.number, accepted.short_zh()),
        );
    }
    dated(cx, &mut out, "on", args.on, "受理日期", applied(&on));
    let came = on.course.spans.iter().filter_map(|span| span.last).max();
    dated(cx, &mut out, "on", args.on, "受理日期", came.map(|day| (day, "补正收齐日期")));
    on.done(&mut out, Fact::CaseAccepted(args.clone()));
    on.tick(cx, &mut out, args.on);
    out.finish(Some(on.case.id))
}

/// 不予受理: before acceptance only; behind it the approver refuses.
pub(in super::super) fn decline(cx: &Ctx<'_>, args: &Decline) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(on) = begin(cx, &mut out, args.case, &[Stage::Open]) else { return out.finish(None) };
    if on.course.application.is_none() {
        super::skipped(&mut out, &on.case, &[PathStep::Application]);
    }
    if let Some(accepted) = on.course.accepted {
        out.say(
            Code::State,
            "case",
            format!(
                "办件{}已于{}受理，不能再不予受理；不符合条件的请报批，由审批人不予救助。",
                on.case.number,
                accepted.short_zh()
            ),
        );
    }
    let paid = on.case.way.is_some();
    duties::stage(&mut out, &on.case, !paid, "已有预支，不能不予受理，请办完手续或由县局终止。");
    duties::reason(cx, &mut out, &args.reason, "reason", "不予受理须写明理由");
    out.fact(Fact::StageSet {
        case: on.case.id,
        stage: Stage::Declined,
        tier: None,
        due: None,
        text: args.reason.clone(),
    });
    out.finish(Some(on.case.id))
}
