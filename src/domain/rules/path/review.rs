//! The appraisal meeting (民主评议, F5), and the township's opinion where the county decides (乡镇审核).

use super::super::{amount, duties};
use super::survey::known;
use super::{AT_WORK, On, UNDECIDED, begin, begin_above, dated};
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::path::{Examine, Review};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::path::Examined;
use crate::domain::grant::total;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::path::PathStep;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// What an appraisal stands on.
const LOOKED_INTO: &[PathStep] = &[
    PathStep::Application,
    PathStep::Acceptance,
    PathStep::Correction,
    PathStep::Survey,
    PathStep::Authority,
    PathStep::Means,
    PathStep::School,
];

/// The later of survey and report.
fn looked_into(on: &On) -> Option<(Day, &'static str)> {
    let survey = on.course.survey.as_ref().map(|survey| (survey.at.day(), "调查日期"));
    let means = on.course.means.as_ref().map(|means| (means.on, "核对报告日期"));
    survey.into_iter().chain(means).max()
}

/// 民主评议. One that is not carried is registered too: then the case is refused, or appraised again.
pub(in super::super) fn review(cx: &Ctx<'_>, args: &Review) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    on.stands_on(cx, &mut out, LOOKED_INTO);
    dated(cx, &mut out, "on", args.on, "评议日期", looked_into(&on));
    let distinct: BTreeSet<&OfficerNo> = args.officers.iter().collect();
    known(cx, &mut out, &on, "officers", &distinct);
    quorum(&mut out, &on, args, distinct.len());
    duties::reason(cx, &mut out, &args.place, "place", "评议地点未填");
    duties::reason(cx, &mut out, &args.chair, "chair", "主持人、记录人未填");
    duties::reason(cx, &mut out, &args.attendees, "attendees", "参会人员名单未填");
    duties::reason(cx, &mut out, &args.said, "said", "情况介绍和各方意见未填");
    if args.aside > 0 {
        duties::reason(cx, &mut out, &args.aside_named, "aside_named", "回避人员须写明姓名和原因");
    }
    on.done(&mut out, Fact::Reviewed(args.clone()));
    out.finish(Some(on.case.id))
}

fn quorum(out: &mut Collect, on: &On, args: &Review, officers: usize) {
    let figures = &on.pack.path;
    let (voters, present) = (args.voters(), args.present());
    if voters < figures.appraisers {
        out.say(
            Code::ReviewQuorum,
            "present",
            format!(
                "民主评议须至少{}人（不算回避的），实到{present}人、回避{}人，请补足人数重新评议。",
                figures.appraisers, args.aside
            ),
        );
    }
    if args.township < figures.appraisers_township || officers > usize::from(args.township) {
        out.say(
            Code::ReviewQuorum,
            "township",
            format!("民主评议须有乡镇工作人员至少{}人参加，请核对参会人员。", figures.appraisers_township),
        );
    }
    let cast = u32::from(args.yes) + u32::from(args.no) + u32::from(args.abstained);
    if cast != u32::from(voters) {
        out.say(
            Code::ReviewQuorum,
            "yes",
            format!("同意、不同意、弃权合计{cast}票，参加表决{voters}人，两数不符，请核对。"),
        );
    }
    if args.invited < present {
        out.say(
            Code::ReviewQuorum,
            "invited",
            format!("实到{present}人多于应到{}人，请核对人数。", args.invited),
        );
    }
}

/// 乡镇审核: by an approver who does not handle the case; of the county where the township has none free.
pub(in super::super) fn examine(cx: &Ctx<'_>, args: &Examine) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    // also of what was submitted to the township and goes up from there
    let Some(mut on) = begin_above(cx, &mut out, args.case, UNDECIDED) else { return out.finish(None) };
    on.stands_on(cx, &mut out, LOOKED_INTO);
    on.stands_on(cx, &mut out, &[PathStep::Review]);
    let reviewed = on.course.review.as_ref().map(|review| (review.on, "评议日期"));
    dated(cx, &mut out, "on", args.on, "审核日期", reviewed);
    if args.agrees {
        amount::amount(&mut out, "amount", args.amount);
        let asked = total(&on.case.asked);
        if args.amount > asked {
            out.say(
                Code::Amount,
                "amount",
                format!("审核额{}元高于申请{asked}元，请减少金额。", args.amount),
            );
        }
    }
    duties::reason(cx, &mut out, &args.opinion, "opinion", "审核意见未填");
    let made = Examined {
        case: args.case,
        on: args.on,
        by: cx.author.no.clone(),
        agrees: args.agrees,
        amount: args.amount,
        opinion: args.opinion.clone(),
    };
    on.done(&mut out, Fact::Examined(made));
    out.finish(Some(on.case.id))
}
