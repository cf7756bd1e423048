//! Incidents (群体性事项, 三（六）): one matter that many households share. Tiers and sums stay each household's own; what is
//! shared is the matter, one meeting and one list.

use super::{dates, duties, intake, number};
use crate::domain::code::Code;
use crate::domain::command::intake::OpenCase;
use crate::domain::command::tiers::{CloseIncident, OpenIncident};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;

/// 群体性事项.
pub(super) fn open(cx: &Ctx<'_>, args: &OpenIncident) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    duties::scope(cx, &mut out, args.township);
    intake::place(&mut out, args.township, None);
    if args.place.is_some_and(|village| crate::base::division::village(village).is_none()) {
        out.say(Code::Unknown, "place", "没有这个发生地村（社区），请按F4重新选择，外地的留空。");
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "发生日期");
    let known = cx.answers.incident(args.incident).is_some() || cx.answers.matter(args.matter).is_some();
    if known {
        out.say(Code::Duplicate, "incident", "这一群体性事项已经登记，不必重复。");
    }
    duties::reason(cx, &mut out, &args.name, "name", "事项名称未填");
    out.fact(Fact::MatterOpened {
        matter: args.matter,
        number: number::matter(cx, args.township, cx.today()),
        township: args.township,
        circumstance: args.circumstance,
        on: args.on,
        place: args.place,
        shared: true,
        people: Vec::new(),
    });
    out.fact(Fact::IncidentOpened(made::IncidentOpened {
        incident: args.incident,
        matter: args.matter,
        township: args.township,
        on: args.on,
        name: args.name.clone(),
    }));
    out.finish(None)
}

/// 群体性事项结束.
pub(super) fn close(cx: &Ctx<'_>, args: &CloseIncident) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(incident) = cx.answers.incident(args.incident) else {
        out.say(Code::Unknown, "incident", "找不到这一群体性事项，请按F5刷新。");
        return out.finish(None);
    };
    duties::scope(cx, &mut out, incident.township);
    if incident.closed {
        out.say(Code::State, "incident", "这一群体性事项已经结束，不必重复。");
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "结束群体性事项须写明情况");
    out.fact(Fact::IncidentClosed(made::IncidentClosed {
        incident: args.incident,
        reason: args.reason.clone(),
    }));
    out.finish(None)
}

/// No household more is accepted for an incident that is over; what was paid already is registered all the same.
pub(super) fn takes(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase) {
    let over = cx.answers.incident_of(args.matter).is_some_and(|incident| incident.closed);
    if over && !args.paid_before {
        out.say(
            Code::State,
            "matter",
            "这一群体性事项已经结束，不再受理；确属漏报的请另登记事项，并在事由中写明。",
        );
    }
}
