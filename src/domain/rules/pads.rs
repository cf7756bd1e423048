//! 空白单领用 and 空白单作废: numbered pads of F13 for a power cut. Every number is used once, or declared void.

use super::duties;
use crate::domain::answers::{Case, Series};
use crate::domain::code::Code;
use crate::domain::command::stock::{IssuePad, VoidBlank};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::stock::{BlankVoided, PadIssued};
use crate::domain::office::Role;
use crate::domain::pad::SHEETS;
use crate::domain::refusal::Refusal;

/// 空白单领用.
pub(super) fn issue(cx: &Ctx<'_>, args: &IssuePad) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    if crate::base::division::township(args.township).is_none() {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{:03}，请按F4选择。", args.township));
    }
    duties::scope(cx, &mut out, args.township);
    if !(1..=SHEETS).contains(&args.count) {
        out.say(Code::Amount, "count", format!("一本1至{SHEETS}张，请改正张数。"));
    }
    let (today, year) = (cx.today(), cx.today().year());
    out.fact(Fact::PadIssued(PadIssued {
        township: args.township,
        year,
        first: cx.answers.last_serial(Series::Blank(args.township, year)).saturating_add(1),
        count: args.count,
        on: today,
        by: cx.author.no.clone(),
    }));
    out.finish(None)
}

/// 空白单作废.
pub(super) fn void(cx: &Ctx<'_>, args: &VoidBlank) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    duties::reason(cx, &mut out, &args.reason, "reason", "作废须写明原因");
    let Some(blank) = cx.answers.blank(&args.blank) else {
        out.say(Code::Unknown, "blank", format!("没有领用过空白单{}，请核对单号。", args.blank));
        return out.finish(None);
    };
    duties::scope(cx, &mut out, blank.township);
    if let Some(number) = cx.answers.blank_used(&args.blank) {
        out.say(
            Code::Duplicate,
            "blank",
            format!("空白单{}已用于{number}，不能作废，请核对单号。", args.blank),
        );
    }
    if blank.void {
        out.say(Code::Duplicate, "blank", format!("空白单{}已经作废，不必重复。", args.blank));
    }
    out.fact(Fact::BlankVoided(BlankVoided {
        blank: args.blank.clone(),
        on: cx.today(),
        by: cx.author.no.clone(),
        reason: args.reason.clone(),
    }));
    out.finish(None)
}

/// A number that somebody typed from a sheet: of a pad of this township, not void, used for no other case. True where it
/// may be used.
pub(super) fn check(
    cx: &Ctx<'_>,
    out: &mut Collect,
    blank: &str,
    township: u16,
    case: Option<&Case>,
) -> bool {
    let Some(known) = cx.answers.blank(blank) else {
        let what = format!("没有领用过空白单{blank}，请核对单号；不是用空白单办的，这一栏留空。");
        out.say(Code::Unknown, "blank", what);
        return false;
    };
    if known.township != township {
        let whose = duties::name_of(known.township);
        out.say(Code::Scope, "blank", format!("空白单{blank}是{whose}领用的，请核对单号。"));
        return false;
    }
    if known.void {
        out.say(Code::Duplicate, "blank", format!("空白单{blank}已经作废，请核对单号。"));
        return false;
    }
    let used = cx.answers.blank_used(blank);
    if let Some(number) = used.filter(|number| case.is_none_or(|case| *number != case.number)) {
        out.say(Code::Duplicate, "blank", format!("这张空白单已用于{number}，请核对单号。"));
        return false;
    }
    true
}
