//! Referral and services (转介、综合服务, 四（二）): handed over, acknowledged in time, with a result; and what others gave.
//! None of it is money of this fund.

use super::{amount, dates, duties, partners, tier};
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::tiers::{NoteOtherHelp, Refer, ReferReply, Serve};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::ids::CaseId;
use crate::domain::nouns::LineKind;
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::domain::tiers::ReferOutcome;

/// The case, seen to by its handler. Whoever was refused or whose case is closed may need it most: no stage forbids it.
fn handled(cx: &Ctx<'_>, out: &mut Collect, id: CaseId) -> Option<Case> {
    duties::author(cx, out, &[Role::Handler]);
    let case = duties::case(cx, out, id)?;
    duties::handles(cx, out, &case);
    Some(case)
}

/// 转介.
pub(super) fn refer(cx: &Ctx<'_>, args: &Refer) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = handled(cx, &mut out, args.case) else { return out.finish(None) };
    if cx.answers.referral(args.referral).is_some() {
        out.say(Code::Duplicate, "referral", "这一转介已经登记，不必重复。");
    }
    if let Some(id) = args.line {
        let fits = |lines: &[crate::domain::grant::Line]| {
            lines.iter().any(|line| line.line == id && line.kind == LineKind::Referral)
        };
        if !fits(&case.granted) && !fits(&case.asked) {
            out.say(Code::Unknown, "line", "明细中没有这一条转介，请按F5刷新后重新选择。");
        }
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "转介日期");
    dates::not_before(&mut out, "on", args.on, case.accepted, "转介日期", "受理日期");
    duties::reason(cx, &mut out, &args.body, "body", "接收单位未填");
    duties::reason(cx, &mut out, &args.what, "what", "转介事项未填");
    if let Some(partner) = args.partner {
        partners::referred(cx, &mut out, partner, args.on);
    }
    let days = i64::from(tier::pack_of(cx, &case).referral.late_days);
    out.fact(Fact::ReferralMade(made::ReferralMade {
        referral: args.referral,
        case: case.id,
        line: args.line,
        to: args.to,
        on: args.on,
        due: args.on.plus(days),
        body: args.body.clone(),
        what: args.what.clone(),
        partner: args.partner,
    }));
    out.finish(Some(case.id))
}

/// 转介回执.
pub(super) fn reply(cx: &Ctx<'_>, args: &ReferReply) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(referral) = cx.answers.referral(args.referral) else {
        duties::author(cx, &mut out, &[Role::Handler]);
        out.say(Code::Unknown, "referral", "找不到这一转介，请按F5刷新后重新选择。");
        return out.finish(None);
    };
    let Some(case) = handled(cx, &mut out, referral.case) else { return out.finish(None) };
    match referral.outcome {
        Some(ReferOutcome::Declined | ReferOutcome::Done) => {
            out.say(Code::State, "referral", "这一转介已有结果；需要再转的请另登记转介。");
        }
        Some(ReferOutcome::Received) if args.outcome == ReferOutcome::Received => {
            out.say(Code::Duplicate, "referral", "已登记接收，不必重复；有结果的请登记结果。");
        }
        _ => {}
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "回执日期");
    dates::not_before(&mut out, "on", args.on, referral.on, "回执日期", "转介日期");
    if args.outcome != ReferOutcome::Received {
        duties::reason(cx, &mut out, &args.text, "text", "须写明转介结果");
    }
    if let Some(given) = args.given {
        amount::amount(&mut out, "given", given);
        if args.outcome != ReferOutcome::Done {
            out.say(Code::State, "given", "办结时才登记给付金额，请改结果或清空金额。");
        }
    }
    out.fact(Fact::ReferralAnswered(made::ReferralAnswered {
        referral: args.referral,
        case: case.id,
        outcome: args.outcome,
        on: args.on,
        text: args.text.clone(),
        given: args.given,
    }));
    out.finish(Some(case.id))
}

/// 服务记录.
pub(super) fn serve(cx: &Ctx<'_>, args: &Serve) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = handled(cx, &mut out, args.case) else { return out.finish(None) };
    dates::not_later(&mut out, "on", args.on, cx.today(), "服务日期");
    if args.sessions == 0 {
        out.say(Code::State, "sessions", "服务次数须至少1次，请改正。");
    }
    duties::reason(cx, &mut out, &args.provider, "provider", "服务提供者未填");
    duties::reason(cx, &mut out, &args.result, "result", "服务结果未填");
    out.fact(Fact::ServiceGiven(made::ServiceGiven {
        case: case.id,
        kind: args.kind,
        on: args.on,
        sessions: args.sessions,
        provider: args.provider.clone(),
        result: args.result.clone(),
    }));
    out.finish(Some(case.id))
}

/// 其他救助.
pub(super) fn other_help(cx: &Ctx<'_>, args: &NoteOtherHelp) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = handled(cx, &mut out, args.case) else { return out.finish(None) };
    dates::not_later(&mut out, "on", args.on, cx.today(), "救助日期");
    if let Some(sum) = args.amount {
        amount::amount(&mut out, "amount", sum);
    }
    duties::reason(cx, &mut out, &args.text, "text", "须写明由谁给了什么");
    out.fact(Fact::OtherHelpNoted(made::OtherHelpNoted {
        case: case.id,
        kind: args.kind,
        on: args.on,
        amount: args.amount,
        text: args.text.clone(),
    }));
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk};
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::ids::ReferralId;
    use crate::domain::tiers::{ReferTo, TierAnswers};

    const REFERRAL: ReferralId = ReferralId([7; 16]);

    fn reply(desk: &Desk, outcome: ReferOutcome, words: bool) -> Command {
        let text = Some("text".into()).filter(|_| words);
        Command::ReferReply(ReferReply { referral: REFERRAL, outcome, on: desk.now.day(), text, given: None })
    }

    #[test]
    fn a_referral_is_acknowledged_within_seven_days_and_ends_with_a_result() {
        let mut desk = Desk::with_case(40_000);
        let refer = Command::Refer(Refer {
            referral: REFERRAL,
            case: CASE,
            line: None,
            to: ReferTo::Allowance,
            on: desk.now.day(),
            body: Some("body".into()),
            what: Some("what".into()),
            partner: None,
        });
        assert_eq!(desk.ask("1001").codes(reply(&desk, ReferOutcome::Received, false)), vec![Code::Unknown]);
        desk.run("1001", refer.clone());
        assert_eq!(desk.ask("1001").codes(refer), vec![Code::Duplicate]);
        let known = desk.memory.referral(REFERRAL).unwrap();
        assert!(!known.late(known.on.plus(7)) && known.late(known.on.plus(8)));
        desk.later(8);
        desk.run("1001", reply(&desk, ReferOutcome::Received, false));
        assert!(!desk.memory.referral(REFERRAL).unwrap().late(desk.now.day()));
        assert_eq!(
            desk.ask("1001").codes(reply(&desk, ReferOutcome::Done, false)),
            vec![Code::ReasonRequired]
        );
        desk.run("1001", reply(&desk, ReferOutcome::Done, true));
        assert_eq!(desk.ask("1001").codes(reply(&desk, ReferOutcome::Declined, true)), vec![Code::State]);
    }
}
