//! What follows a decision, on both paths: its paper reaches the applicant, and somebody asks later how he is; and what the
//! papers ask of the hardship, before it or after.

use super::super::{dates, duties};
use crate::base::day::Day;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::after::{Deliver, FollowUp, Hardship};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::path::ResultDelivered;
use crate::domain::grant::Source;
use crate::domain::ids::CaseId;
use crate::domain::nouns::Stage;
use crate::domain::nouns::path::{Delivery, ResultPaper};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

fn begin(cx: &Ctx<'_>, out: &mut Collect, id: CaseId) -> Option<Case> {
    duties::author(cx, out, &[Role::Handler]);
    let case = duties::case(cx, out, id)?;
    duties::handles(cx, out, &case);
    Some(case)
}

/// The day of the grant that stands; of a refusal the day of that.
fn decided(cx: &Ctx<'_>, case: &Case) -> Day {
    if matches!(case.stage, Stage::Refused | Stage::Declined) {
        return cx.answers.keeping(case.id).and_then(|kept| kept.closed).unwrap_or(case.accepted);
    }
    let own = cx.answers.grants_of(&BTreeSet::from([case.person]), Day::EPOCH, cx.today());
    let grant = own.into_iter().find(|grant| grant.source == Source::Case(case.id));
    grant.map_or(case.accepted, |grant| grant.on)
}

/// 结果送达. What is delivered again is entered again.
pub(in super::super) fn deliver(cx: &Ctx<'_>, args: &Deliver) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = begin(cx, &mut out, args.case) else { return out.finish(None) };
    let Some(paper) = ResultPaper::of(case.stage) else {
        duties::stage(&mut out, &case, false, "还没有审批结果，不能登记送达，请在审批以后再办。");
        return out.finish(None);
    };
    dates::not_later(&mut out, "on", args.on, cx.today(), "送达日期");
    dates::not_before(&mut out, "on", args.on, decided(cx, &case), "送达日期", "决定日期");
    let what = match args.delivery {
        Delivery::Hand => "签收人未填",
        Delivery::Post => "邮件单号未填",
        Delivery::Telephone => "接听人和电话未填",
        Delivery::Left => "留置送达的见证人和地点未填",
        Delivery::Announced => "公告地点和日期未填",
    };
    duties::reason(cx, &mut out, &args.receipt, "receipt", what);
    out.fact(Fact::ResultDelivered(ResultDelivered {
        case: args.case,
        on: args.on,
        paper,
        delivery: args.delivery,
        receipt: args.receipt.clone(),
    }));
    out.finish(Some(case.id))
}

/// 回访, once something was handed over.
pub(in super::super) fn follow_up(cx: &Ctx<'_>, args: &FollowUp) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = begin(cx, &mut out, args.case) else { return out.finish(None) };
    let granted = ResultPaper::of(case.stage) == Some(ResultPaper::Granted) && !case.granted.is_empty();
    if !granted || case.paid.is_empty() {
        out.say(Code::State, "case", format!("办件{}还没有发放，发放以后再登记回访。", case.number));
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "回访日期");
    if let Some(paid) = cx.answers.payments(case.id).iter().map(|payment| payment.at.day()).min() {
        dates::not_before(&mut out, "on", args.on, paid, "回访日期", "发放日期");
    }
    duties::reason(cx, &mut out, &args.respondent, "respondent", "被回访人未填");
    duties::reason(cx, &mut out, &args.found, "found", "回访情况未填");
    out.fact(Fact::FollowedUp(args.clone()));
    out.finish(Some(case.id))
}

/// 困难详情, while there is help or may be some. What was said wrong is entered again.
pub(in super::super) fn hardship(cx: &Ctx<'_>, args: &Hardship) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(case) = begin(cx, &mut out, args.case) else { return out.finish(None) };
    let without_help = case.stage.is_final() && case.stage != Stage::Closed;
    if without_help {
        let what = format!("办件{}是「{}」，没有救助，不用再补困难详情。", case.number, case.stage.zh());
        out.say(Code::State, "case", what);
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "登记日期");
    if !args.texts.iter().any(|slot| cx.has(&Some(slot.clone()))) {
        out.say(Code::ReasonRequired, "kind", "困难详情一项也没有填，请至少填一项。");
    }
    out.fact(Fact::HardshipNoted(args.clone()));
    out.finish(Some(case.id))
}
