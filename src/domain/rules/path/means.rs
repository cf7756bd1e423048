//! The means check (核对, F6 and F7): every member lets it be done, it is sent out, its report comes back.

use super::super::{duties, tier};
use super::{AT_WORK, On, begin, dated};
use crate::base::day::Day;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::path::{MeansAsk, MeansAuthorise, MeansCheck, Signer, Signing};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::path::MeansAuthorised;
use crate::domain::ids::PersonId;
use crate::domain::nouns::path::{Absence, MeansResult, MeansScope, PathStep};
use crate::domain::nouns::{Stage, Status};
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// From this birthday on one signs for himself.
const FULL_AGE: i32 = 18;

/// While somebody has still to sign: until the case is closed.
const COLLECTING: &[Stage] =
    &[Stage::Open, Stage::Returned, Stage::Submitted, Stage::AtCity, Stage::Approved, Stage::Paid];

/// Those of the household who live.
pub(super) fn family(cx: &Ctx<'_>, case: &Case) -> BTreeSet<PersonId> {
    let mut people = tier::members(cx, case, cx.today());
    people.retain(|person| cx.answers.person(*person).is_none_or(|known| known.died.is_none()));
    people
}

/// 核对授权.
pub(in super::super) fn authorise(cx: &Ctx<'_>, args: &MeansAuthorise) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let waited = !cx.answers.course(args.case).unsigned().is_empty();
    let stages = if waited { COLLECTING } else { AT_WORK };
    let Some(mut on) = begin(cx, &mut out, args.case, stages) else { return out.finish(None) };
    if on.course.application.is_none() {
        super::skipped(&mut out, &on.case, &[PathStep::Application]);
    }
    dated(cx, &mut out, "on", args.on, "签署日期", None);
    let until = args.on.plus(i64::from(on.pack.path.means_days));
    if until < cx.today() {
        expired(&mut out, args.on, until);
    }
    members(cx, &mut out, &on, args);
    let made = MeansAuthorised {
        case: args.case,
        on: args.on,
        until,
        members: args.members.clone(),
        guardians: args.guardians.clone(),
        later: args.later.clone(),
    };
    on.done(&mut out, Fact::MeansAuthorised(made));
    out.finish(Some(on.case.id))
}

fn expired(out: &mut Collect, signed: Day, until: Day) {
    out.say(
        Code::AuthExpired,
        "on",
        format!(
            "{}签署的核对授权有效至{}，已过期，请全体成员重新签署，再按19登记。",
            signed.short_zh(),
            until.short_zh()
        ),
    );
}

fn members(cx: &Ctx<'_>, out: &mut Collect, on: &On, args: &MeansAuthorise) {
    let signed: BTreeSet<PersonId> = args.members.iter().map(|member| member.person).collect();
    if signed.len() < args.members.len() {
        out.say(Code::Duplicate, "members", "同一成员填了两次，请按Ctrl-D删去一行。");
    }
    if signed.iter().any(|person| cx.answers.person(*person).is_none()) {
        out.say(Code::Unknown, "members", "所填成员没有登记，请先登记人员。");
    }
    whole(out, &family(cx, &on.case), &signed);
    for member in &args.members {
        guardian(cx, out, args, member);
    }
    let waits = |member: &Signer| matches!(member.signing, Signing::Later { .. });
    if args.members.iter().any(waits) {
        duties::reason(cx, out, &args.later, "later", "暂不能签字的须写明原因和何时补签");
    }
}

fn whole(out: &mut Collect, family: &BTreeSet<PersonId>, signed: &BTreeSet<PersonId>) {
    let lacking = family.difference(signed).count();
    if lacking > 0 {
        out.say(
            Code::AuthMembers,
            "members",
            format!(
                "核对授权须全体家庭成员签字，还差{lacking}人；外出、服刑、失踪或无民事行为能力的选「后补」并写原因。"
            ),
        );
    }
}

/// Who is under age does not sign for himself, and nobody under age signs for another.
fn guardian(cx: &Ctx<'_>, out: &mut Collect, args: &MeansAuthorise, member: &Signer) {
    // The day of birth is private: only the author's own desk looks at it.
    let young = |person| {
        cx.private.is_some() && cx.answers.birth_of(person).is_some_and(|birth| under_age(birth, args.on))
    };
    let minor = member.minor || young(member.person);
    let flagged = |person| args.members.iter().any(|other| other.person == person && other.minor);
    match member.signing {
        Signing::Guardian { by: Some(by) } if by == member.person || flagged(by) || young(by) => {
            out.say(Code::Guardian, "members", "监护人须是成年的另一人，请重新选择监护人。");
        }
        Signing::Guardian { by: Some(by) } if cx.answers.person(by).is_none() => {
            out.say(Code::Unknown, "members", "所选监护人没有登记，请先登记人员，或写明姓名、关系和电话。");
        }
        Signing::Guardian { by: None } if !cx.has(&args.guardians) => {
            out.say(Code::Guardian, "guardians", "监护人未填，请写明姓名、关系和电话。");
        }
        Signing::Guardian { .. } => {}
        Signing::Later { why: Absence::Incapable } if !minor => {}
        Signing::Own {} | Signing::Later { .. } if minor => {
            out.say(Code::Guardian, "members", "有未成年成员没有监护人签字，请由监护人代签。");
        }
        Signing::Own {} | Signing::Later { .. } => {}
    }
}

fn under_age(birth: Day, on: Day) -> bool {
    let (year, month, day) = (birth.year() + FULL_AGE, birth.month(), birth.day_of_month());
    // born on 29 February: of age on 1 March where there is none
    let of_age = Day::new(year, month, day).or_else(|| Day::new(year, 3, 1));
    of_age.is_some_and(|of_age| on < of_age)
}

/// Whether the household is looked into regularly: then its necessary spending is enough.
fn looked_into(status: Status) -> bool {
    !matches!(status, Status::Unlisted | Status::Honoured | Status::Orphan | Status::Monitored)
}

/// 委托核对.
pub(in super::super) fn ask(cx: &Ctx<'_>, args: &MeansAsk) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    on.stands_on(cx, &mut out, &[PathStep::Application, PathStep::Acceptance, PathStep::Authority]);
    if let Some(asked) = on.course.asked {
        out.say(
            Code::Duplicate,
            "case",
            format!("办件{}已于{}委托核对，请等报告。", on.case.number, asked.short_zh()),
        );
    }
    if let Some(authority) = &on.course.authority {
        dated(cx, &mut out, "on", args.on, "委托日期", Some((authority.on, "授权签署日期")));
        if authority.until < args.on {
            expired(&mut out, authority.on, authority.until);
        }
        let signed = authority.members.iter().map(|member| member.person).collect();
        whole(&mut out, &family(cx, &on.case), &signed);
    }
    dated(cx, &mut out, "on", args.on, "委托日期", on.course.accepted.map(|day| (day, "受理日期")));
    let status = on.case.household.and_then(|id| cx.answers.household(id)).map(|household| household.status);
    if args.scope == MeansScope::Spending && !status.is_some_and(looked_into) {
        out.say(
            Code::State,
            "scope",
            "只有低保、特困、低保边缘、刚性支出困难家庭可以只核必要支出，请改为全面核对。",
        );
    }
    on.done(&mut out, Fact::MeansAsked(args.clone()));
    on.tick(cx, &mut out, args.on);
    out.finish(Some(on.case.id))
}

/// 核对报告.
pub(in super::super) fn check(cx: &Ctx<'_>, args: &MeansCheck) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    let sent = on.course.asked;
    if sent.is_none() {
        out.say(
            Code::StepOrder,
            "case",
            format!("办件{}还没有委托核对，{}委托后再登记报告。", on.case.number, super::WHERE),
        );
    }
    dated(cx, &mut out, "on", args.on, "报告日期", sent.map(|day| (day, "委托日期")));
    if let Some(authority) = on.course.authority.as_ref().filter(|authority| authority.until < args.on) {
        expired(&mut out, authority.on, authority.until);
    }
    duties::reason(cx, &mut out, &args.report, "report", "报告编号未填");
    duties::reason(cx, &mut out, &args.items, "items", "逐项结果未填");
    if args.result == MeansResult::Differs {
        duties::reason(cx, &mut out, &args.explained, "explained", "信息不一致的须写明核实情况");
    }
    on.done(&mut out, Fact::MeansChecked(args.clone()));
    on.tick(cx, &mut out, args.on);
    out.finish(Some(on.case.id))
}
