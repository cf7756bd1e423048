//! The public notice (公示, F8), its exemption and objections.

use super::super::{case_care, dates, duties};
use super::{AT_WORK, On, UNDECIDED, begin, begin_above, dated, no_table, skipped, standing};
use crate::domain::clock;
use crate::domain::code::Code;
use crate::domain::command::path::{EndNotice, ExemptNotice, Objection, PostNotice, SettleObjection};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::path::{NoticeExempted, NoticePosted};
use crate::domain::grant::total;
use crate::domain::nouns::path::PathStep;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

/// 张贴公示.
pub(in super::super) fn post(cx: &Ctx<'_>, args: &PostNotice) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    let before = &PathStep::ALL[..PathStep::ALL.len() - 2];
    on.stands_on(cx, &mut out, before);
    against(&mut out, &on);
    case_care::alive(cx, &mut out, &on.case);
    if on.course.exempt.is_some() {
        out.say(Code::State, "case", format!("办件{}县局已定不宜公示，请直接报批。", on.case.number));
    }
    if let Some(notice) = &on.course.notice {
        out.say(
            Code::NoticeOpen,
            "from",
            format!(
                "公示已张贴至{}，不必再贴；贴错的请先按19写明原因作废，再重新张贴。",
                notice.until.short_zh()
            ),
        );
    }
    let examined = on.course.examined.as_ref().map(|examined| (examined.on, "审核日期"));
    let reviewed = on.course.review.as_ref().map(|review| (review.on, "评议日期"));
    dated(cx, &mut out, "from", args.from, "张贴日期", examined.into_iter().chain(reviewed).max());
    duties::reason(cx, &mut out, &args.place, "place", "张贴地点未填");
    duties::reason(cx, &mut out, &args.posted_by, "posted_by", "张贴人未填");
    duties::reason(cx, &mut out, &args.summary, "summary", "困难摘要未填，不写病名、编码和费用");
    duties::reason(cx, &mut out, &args.phone, "phone", "异议电话未填");
    let figures = on.pack.path;
    let calendar = cx.answers.calendar();
    let (until, unknown) =
        clock::notice_end(&calendar, args.from, figures.notice_days, figures.notice_working);
    no_table(&mut out, unknown, until);
    let made = NoticePosted {
        case: args.case,
        from: args.from,
        until,
        amount: on.course.proposed(total(&on.case.asked)),
        place: args.place.clone(),
        posted_by: args.posted_by.clone(),
        summary: args.summary.clone(),
        phone: args.phone.clone(),
        photos: args.photos,
    };
    on.done(&mut out, Fact::NoticePosted(made));
    on.tick(cx, &mut out, args.from);
    out.finish(Some(on.case.id))
}

/// Nothing is put up of a case that a step speaks against.
fn against(out: &mut Collect, on: &On) {
    if let Some((step, what)) = on.course.against() {
        let code = if step == PathStep::Review { Code::ReviewQuorum } else { Code::StepOrder };
        out.say(
            code,
            "path",
            format!("{}{what}，不能公示，请按19重新办这一步，或按1报批由审批人不予救助。", step.zh()),
        );
    }
}

/// 公示期满, or taken down early with a reason.
pub(in super::super) fn end(cx: &Ctx<'_>, args: &EndNotice) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, UNDECIDED) else { return out.finish(None) };
    let Some(notice) = on.course.notice.clone() else {
        skipped(&mut out, &on.case, &[PathStep::Notice]);
        return out.finish(None);
    };
    dated(cx, &mut out, "on", args.on, "登记日期", Some((notice.from, "张贴日期")));
    if args.void.is_some() {
        duties::reason(cx, &mut out, &args.void, "void", "作废公示须写明原因");
        if on.course.notice_ended.is_some() {
            duties::stage(
                &mut out,
                &on.case,
                false,
                "公示已期满，不能作废；内容有误的请由审批人退回后重新公示。",
            );
        }
    } else {
        if let Some(ended) = on.course.notice_ended {
            let ended = ended.short_zh();
            out.say(Code::Duplicate, "case", format!("公示结果已于{ended}登记，不必重复。"));
        }
        still_open(&mut out, &notice, args.on);
        objections(&mut out, &on);
    }
    on.done(&mut out, Fact::NoticeEnded(args.clone()));
    if args.void.is_some() {
        on.tick(cx, &mut out, args.on);
    }
    out.finish(Some(on.case.id))
}

/// The notice's last day has to be over; the sentence names the first day on which it is.
pub(super) fn still_open(out: &mut Collect, notice: &NoticePosted, today: crate::base::day::Day) {
    if today <= notice.until {
        out.say(
            Code::NoticeOpen,
            "notice",
            format!("公示至{}，{}起可审批。", notice.until.short_zh(), notice.until.plus(1).short_zh()),
        );
    }
}

fn objections(out: &mut Collect, on: &On) {
    let open = on.course.open_objections();
    if open > 0 {
        out.say(Code::ObjectionOpen, "objection", format!("公示有{open}条异议没有处理，请先按19处理异议。"));
    }
}

/// 不宜公示.
pub(in super::super) fn exempt(cx: &Ctx<'_>, args: &ExemptNotice) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin_above(cx, &mut out, args.case, UNDECIDED) else { return out.finish(None) };
    if cx.author.office != Office::County {
        out.say(Code::Role, "", "不宜公示须由县局审批人签字，请转县局。");
    }
    on.stands_on(cx, &mut out, &[PathStep::Application, PathStep::Acceptance]);
    if let Some(notice) = &on.course.notice {
        out.say(
            Code::NoticeOpen,
            "notice",
            format!("公示已张贴至{}，请经办人先作废公示，再定不宜公示。", notice.until.short_zh()),
        );
    }
    if on.course.exempt.is_some() {
        out.say(Code::Duplicate, "case", format!("办件{}已定不宜公示，不必重复。", on.case.number));
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "不宜公示须写明原因");
    let made = NoticeExempted {
        case: args.case,
        on: cx.today(),
        by: cx.author.no.clone(),
        reason: args.reason.clone(),
    };
    on.done(&mut out, Fact::NoticeExempted(made));
    out.finish(Some(on.case.id))
}

/// 登记异议.
pub(in super::super) fn object(cx: &Ctx<'_>, args: &Objection) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, UNDECIDED) else { return out.finish(None) };
    let Some(notice) = on.course.notice.clone() else {
        duties::stage(&mut out, &on.case, false, "没有公示，不能登记公示异议；反映的问题请交督导。");
        return out.finish(None);
    };
    dated(cx, &mut out, "on", args.on, "异议日期", Some((notice.from, "张贴日期")));
    let next = u16::try_from(on.course.objections.len()).unwrap_or(u16::MAX).saturating_add(1);
    if args.number != next {
        out.say(Code::Duplicate, "number", format!("异议序号应为{next}，请按F5刷新后再登记。"));
    }
    duties::reason(cx, &mut out, &args.said, "said", "异议人和内容未填");
    on.done(&mut out, Fact::ObjectionMade(args.clone()));
    out.finish(Some(on.case.id))
}

/// 处理异议. One that is right asks for survey, appraisal and notice again.
pub(in super::super) fn settle(cx: &Ctx<'_>, args: &SettleObjection) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    if !cx.author.is(Role::Approver) {
        duties::handles(cx, &mut out, &case);
    }
    let mut on = standing(cx, &mut out, case, UNDECIDED);
    match on.course.objections.iter().find(|known| known.objection.number == args.number) {
        None => out.say(Code::Unknown, "number", "没有这一条异议，请按F5刷新后重新选择。"),
        Some(known) if known.settled.is_some() => {
            out.say(Code::Duplicate, "number", format!("异议{}已处理，不必重复。", args.number));
        }
        Some(known) => {
            dates::not_before(&mut out, "on", args.on, known.objection.on, "处理日期", "异议日期");
        }
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "处理日期");
    duties::reason(cx, &mut out, &args.finding, "finding", "处理异议须写明查核结果");
    on.done(&mut out, Fact::ObjectionSettled(args.clone()));
    if args.upheld {
        on.tick(cx, &mut out, args.on);
    }
    out.finish(Some(on.case.id))
}
