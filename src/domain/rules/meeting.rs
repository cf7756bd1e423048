//! Case by case (一事一议, 四（三）二): 集体研究 of the township, 会商 of the county. The decision may be lower than the
//! minutes, never higher; paying first never waits for it.

use super::{amount, dates, duties};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::{Case, Meeting};
use crate::domain::code::Code;
use crate::domain::command::approval::HoldMeeting;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::{Circumstance, MeetingKind};
use crate::domain::office::{Role, Tier};
use crate::domain::pack::Pack;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// Whether a case is decided case by case: marked so, or circumstance 8.
pub(super) fn asked(case: &Case) -> bool {
    case.by_meeting || case.circumstance == Circumstance::Other
}

/// Whether the minutes carry a decision of `amount` by at least the tier `at_least`.
pub(super) fn check(out: &mut Collect, case: &Case, pack: &Pack, at_least: Tier, amount: Money) {
    let whose = if at_least == Tier::Township { "乡镇集体研究" } else { "县局会商" };
    let Some(meeting) = case.meeting.as_ref().filter(|meeting| meeting.tier >= at_least) else {
        out.say(
            Code::MeetingRequired,
            "meeting",
            format!("这一件须先{whose}，请先在办件里按7登记会议纪要。"),
        );
        return;
    };
    if meeting.present < pack.meeting.present {
        out.say(
            Code::MeetingQuorum,
            "meeting",
            format!(
                "会议到会{}人，不足{}人，请重新开会，再在办件里按7登记。",
                meeting.present, pack.meeting.present
            ),
        );
    }
    if amount > meeting.amount {
        let over = amount - meeting.amount;
        out.say(
            Code::MeetingAmount,
            "amount",
            format!("批准{amount}元高于会议纪要{}元，超出{over}元，请减少金额或重新开会。", meeting.amount),
        );
    }
}

/// What a sum above the pack's figure asks for: 局长办公会, not 会商 alone. Minutes from before the kind was asked count.
pub(super) fn bureau(out: &mut Collect, case: &Case, pack: &Pack, amount: Money) {
    let counts =
        |meeting: &&Meeting| meeting.tier >= Tier::County && meeting.kind != Some(MeetingKind::Consult);
    if case.meeting.as_ref().filter(counts).is_some() {
        check(out, case, pack, Tier::County, amount);
        return;
    }
    out.say(
        Code::MeetingRequired,
        "meeting",
        "这一件须先局长办公会研究，请先在办件里按7登记会议纪要，会议选「局长办公会」。",
    );
}

/// A decision below the minutes says why.
pub(super) fn lower(cx: &Ctx<'_>, out: &mut Collect, case: &Case, amount: Money, note: &Option<Text>) {
    let below = case.meeting.as_ref().filter(|meeting| amount < meeting.amount);
    if let Some(meeting) = below {
        let what = format!("批准{amount}元低于会议纪要{}元，须填批注", meeting.amount);
        duties::reason(cx, out, note, "note", &what);
    }
}

/// 会议纪要.
pub(super) fn hold(cx: &Ctx<'_>, args: &HoldMeeting) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::stage(&mut out, &case, !case.stage.is_final(), "不能再登记会议纪要；仍有困难的请重新登记急难。");
    if args.tier != cx.author.office.tier() {
        out.say(
            Code::Role,
            "tier",
            format!("{}会议由{}登记，请改正会议层级。", args.tier.zh(), args.tier.zh()),
        );
    }
    if args.tier == Tier::Township && args.kind.is_some() {
        out.say(Code::State, "kind", "乡镇集体研究不分会议种类，请去掉会议种类。");
    }
    amount::amount(&mut out, "amount", args.amount);
    dates::not_later(&mut out, "on", args.on, cx.today(), "会议日期");
    not_before(cx, &mut out, &case, args.on);
    duties::reason(cx, &mut out, &args.minutes, "minutes", "会议纪要未填，请填写到会人员和决议");
    out.fact(held(args, case.id, args.amount));
    also(cx, &mut out, args);
    out.finish(Some(case.id))
}

/// A meeting is about the case: it had been accepted. Where one matter strikes many, those who meet do not wait until the
/// last household is entered, but it has struck.
fn not_before(cx: &Ctx<'_>, out: &mut Collect, case: &Case, on: Day) {
    let shared = cx.answers.matter(case.matter).filter(|matter| matter.shared);
    let (first, than) = match shared {
        Some(matter) => (matter.on, "急难发生日期"),
        None => {
            let accepted = cx.answers.course(case.id).accepted;
            (accepted.map_or(case.accepted, |day| day.min(case.accepted)), "受理日期")
        }
    };
    dates::not_before(out, "on", on, first, "会议日期", than);
}

fn held(args: &HoldMeeting, case: CaseId, amount: Money) -> Fact {
    Fact::MeetingHeld {
        case,
        on: args.on,
        tier: args.tier,
        kind: args.kind,
        present: args.present,
        amount,
        minutes: args.minutes.clone(),
        paper: args.paper.clone(),
    }
}

/// The other cases of the same meeting, each asked what the first is asked.
fn also(cx: &Ctx<'_>, out: &mut Collect, args: &HoldMeeting) {
    let mut seen = BTreeSet::from([args.case]);
    for other in &args.also {
        if !seen.insert(other.case) {
            out.say(Code::Duplicate, "also", "同一办件列了两次，请删去一行。");
        }
        amount::amount(out, "also", other.amount);
        let Some(case) = duties::case(cx, out, other.case) else { continue };
        duties::stage(out, &case, !case.stage.is_final(), "不能再登记会议纪要；仍有困难的请重新登记急难。");
        not_before(cx, out, &case, args.on);
        out.fact(held(args, case.id, other.amount));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, money_line};
    use crate::domain::code::Code;

    #[test]
    fn three_people_and_the_amount_of_the_minutes() {
        let table = [
            (None, vec![Code::MeetingRequired]),
            (Some((2, 30_000)), vec![Code::MeetingQuorum]),
            (Some((3, 30_000)), vec![]),
            (Some((3, 29_999)), vec![Code::MeetingAmount]),
            (Some((3, 30_001)), vec![Code::ReasonRequired]),
        ];
        for (meeting, codes) in table {
            let lines = vec![money_line(1, 30_000)];
            let mut desk = Desk::by_meeting(lines.clone());
            if let Some((present, fen)) = meeting {
                desk.meet(present, fen);
            }
            desk.submit();
            assert_eq!(desk.ask("1002").codes(desk.approve(lines)), codes, "{meeting:?}");
        }
    }
}
