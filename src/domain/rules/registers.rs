//! 主动发现队伍 (四（一）二): who finds hardship in a village. A township's handlers keep its register; a lead names one of it.

use super::{dates, duties, intake};
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::intake::LeadArgs;
use crate::domain::command::registers::{EndDiscoverer, NoteDiscoverer};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::registers::{DiscovererEnded, DiscovererNoted};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;

/// 发现人登记, and its correction.
pub(super) fn note_discoverer(cx: &Ctx<'_>, args: &NoteDiscoverer) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    duties::scope(cx, &mut out, args.township);
    intake::place(&mut out, args.township, Some(args.village));
    if let Some(known) = cx.answers.discoverer(args.discoverer) {
        if known.township != args.township {
            let whose = duties::name_of(known.township);
            out.say(Code::Scope, "township", format!("这位发现人是{whose}的，换了乡镇请先离队，再另登记。"));
        }
        if let Some(until) = known.until {
            let on = until.short_zh();
            out.say(Code::State, "discoverer", format!("这位发现人已于{on}离队，回来的请另登记一次。"));
        }
    }
    dates::not_later(&mut out, "since", args.since, cx.today(), "入队日期");
    duties::reason(cx, &mut out, &args.name, "name", "姓名未填");
    out.fact(Fact::DiscovererNoted(DiscovererNoted {
        discoverer: args.discoverer,
        township: args.township,
        village: args.village,
        kind: args.kind,
        since: args.since,
        by: cx.author.no.clone(),
        name: args.name.clone(),
        phone: args.phone.clone(),
    }));
    out.finish(None)
}

/// 发现人离队.
pub(super) fn end_discoverer(cx: &Ctx<'_>, args: &EndDiscoverer) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(known) = cx.answers.discoverer(args.discoverer) else {
        out.say(Code::Unknown, "discoverer", "名册里没有这位发现人，请按F5刷新后重新选择。");
        return out.finish(None);
    };
    duties::scope(cx, &mut out, known.township);
    if let Some(until) = known.until {
        let on = until.short_zh();
        out.say(Code::Duplicate, "discoverer", format!("这位发现人已于{on}离队，不必重复。"));
    }
    dates::not_later(&mut out, "until", args.until, cx.today(), "离队日期");
    dates::not_before(&mut out, "until", args.until, known.since, "离队日期", "入队日期");
    duties::reason(cx, &mut out, &args.reason, "reason", "离队须写明原因");
    out.fact(Fact::DiscovererEnded(DiscovererEnded {
        discoverer: args.discoverer,
        until: args.until,
        by: cx.author.no.clone(),
        reason: args.reason.clone(),
    }));
    out.finish(None)
}

/// Whoever a lead says found it: of the team of that township on the day it was heard, and only where the channel says that
/// somebody went and found it.
pub(super) fn found_by(cx: &Ctx<'_>, out: &mut Collect, args: &LeadArgs, heard: Day) {
    let Some(id) = args.discoverer else { return };
    if !args.channel.finds() {
        out.say(
            Code::State,
            "discoverer",
            format!("发现渠道是{}，不记发现人，请改渠道或清空发现人。", args.channel.zh()),
        );
    }
    let Some(known) = cx.answers.discoverer(id) else {
        out.say(Code::Unknown, "discoverer", "名册里没有这位发现人，请按F4重新选择，或直接打姓名。");
        return;
    };
    if known.township != args.township {
        let whose = duties::name_of(known.township);
        out.say(
            Code::Scope,
            "discoverer",
            format!("这位发现人是{whose}的，请按F4选{}的，或直接打姓名。", duties::name_of(args.township)),
        );
    }
    if !known.serves(heard) {
        out.say(
            Code::State,
            "discoverer",
            format!("这位发现人{}不在队，请按F4重新选择，或直接打姓名。", heard.short_zh()),
        );
    }
}
