//! 协作单位 (S27): which bodies are in the register, and which may be named from it. None is erased; what ends has a last
//! day, and comes back as a new row.

use super::{dates, duties, intake};
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::partners::NotePartner;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::partners::PartnerNoted;
use crate::domain::ids::PartnerId;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

/// 协作单位登记.
pub(super) fn note(cx: &Ctx<'_>, args: &NotePartner) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "协作单位由县局登记，请转县局经办人、审批人。");
    }
    if let Some(paired) = args.paired {
        intake::place(&mut out, paired, None);
    }
    duties::reason(cx, &mut out, &args.name, "name", "名称未填");
    dates::not_later(&mut out, "since", args.since, cx.today(), "开始日期");
    if let Some(until) = args.until {
        dates::not_later(&mut out, "until", until, cx.today(), "结束日期");
        dates::not_before(&mut out, "until", until, args.since, "结束日期", "开始日期");
    }
    match cx.answers.partner(args.partner).map(|known| known.until) {
        Some(Some(ended)) => {
            let what = format!("这个单位{ended}已结束协作，不能再改；再协作的请在「协作单位」另行登记。");
            out.say(Code::State, "until", what);
        }
        Some(None) => duties::reason(cx, &mut out, &args.reason, "reason", "更正或结束须写明原因"),
        None => {}
    }
    out.fact(Fact::PartnerNoted(PartnerNoted {
        partner: args.partner,
        kind: args.kind,
        paired: args.paired,
        since: args.since,
        until: args.until,
        by: cx.author.no.clone(),
        name: args.name.clone(),
        contact: args.contact.clone(),
        helps: args.helps.clone(),
        reason: args.reason.clone(),
    }));
    out.finish(None)
}

/// The body of the register to which somebody is referred.
pub(super) fn referred(cx: &Ctx<'_>, out: &mut Collect, id: PartnerId, on: Day) {
    match cx.answers.partner(id) {
        None => out.say(Code::Unknown, "body", "没有登记过这个协作单位，请按F4重新选择，或直接写单位名称。"),
        Some(known) if !known.stands(on) => {
            let what = format!("这个协作单位{on}不在协作期内，请按F4重新选择，或直接写单位名称。");
            out.say(Code::State, "body", what);
        }
        Some(_) => {}
    }
}
