//! The ordinary way (报批, 四（三）二): submitting, approving, refusing, returning, passing up, withdrawing, ending.

use super::{
    amount, case_care, county, dates, duties, emergency, meeting, path, repeat, reversal, split, tier,
};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::approval::{Approve, PassUp, Refuse, Return, Submit, Terminate, Withdraw};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::grant::{Line, total};
use crate::domain::ids::Text;
use crate::domain::nouns::{Severity, Stage, Way};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::pack::Pack;
use crate::domain::refusal::Refusal;
use crate::domain::standard::For;

pub(super) fn set(
    case: &Case,
    stage: Stage,
    tier: Option<Tier>,
    due: Option<Day>,
    text: Option<Text>,
) -> Fact {
    Fact::StageSet { case: case.id, stage, tier, due, text }
}

pub(super) fn due(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack, tier: Tier) -> Day {
    if let Some(due) = path::gate::clock(cx, out, case, pack, tier) {
        return due;
    }
    let days = if tier == Tier::Township { pack.clocks.township_days } else { pack.clocks.county_days };
    dates::plus_working(cx, out, cx.today(), days)
}

/// 报批.
pub(super) fn submit(cx: &Ctx<'_>, args: &Submit) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let open = matches!(case.stage, Stage::Open | Stage::Returned);
    duties::stage(&mut out, &case, open, "不能报批，请按F5看新的情况。");
    let lines = args.lines.as_deref().unwrap_or(&case.asked);
    amount::lines(&mut out, lines);
    if lines.is_empty() {
        out.say(Code::Amount, "lines", "没有申请明细，请填写金额或转介。");
    }
    kept(&mut out, &case, lines);
    case_care::alive(cx, &mut out, &case);
    path::gate::submit(cx, &mut out, &case, args.to, total(lines));
    let pack = tier::pack_of(cx, &case);
    let sum = tier::sum(cx, &case, cx.today(), total(lines));
    tier::check(&mut out, &pack, args.to, sum);
    county::raised(cx, &mut out, &case, args.to);
    if args.to == Tier::City {
        out.say(Code::State, "to", "报市级由县局办理，请先按4报县局。");
    }
    if args.lines.is_some() {
        out.fact(Fact::LinesAsked { case: case.id, lines: lines.to_vec() });
    }
    let due = due(cx, &mut out, &case, &pack, args.to);
    let note = args.note.clone();
    out.fact(set(&case, Stage::Submitted, Some(args.to), Some(due), note));
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), Some(case.id))
}

/// What was paid in advance stays in the lines as it was paid: the decision sets it off (冲抵).
pub(super) fn kept(out: &mut Collect, case: &Case, lines: &[Line]) {
    let gone = case.granted.iter().filter(|line| case.paid.contains(&line.line));
    for paid in gone {
        if !lines.contains(paid) {
            out.say(
                Code::Amount,
                "lines",
                format!("已预支的{}元须原样列在明细中冲抵，请按3退回，由经办人补上。", paid.amount),
            );
        }
    }
}

/// Whether the author may decide what waits: at his tier, not his own case.
fn decides(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    duties::stage(out, case, case.stage == Stage::Submitted, "不在待审批中，请按F5看新的情况。");
    if case.stage == Stage::Submitted && case.tier != Some(cx.author.office.tier()) {
        if case.tier == Some(Tier::Township) {
            duties::stage(out, case, false, "在乡镇待批，请乡镇审批，或由乡镇报县局后再审批。");
        } else {
            out.say(
                Code::TierAuth,
                "case",
                format!("办件{}已报县局，请等县局审批，按F5看结果。", case.number),
            );
        }
    }
}

/// 审批同意.
pub(super) fn approve(cx: &Ctx<'_>, args: &Approve) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    decides(cx, &mut out, &case);
    duties::not_handler(cx, &mut out, &case);
    duties::not_payer(cx, &mut out, &case);
    let helped = tier::helped(cx, &case, cx.today());
    duties::kin_by_name(cx, &mut out, &helped, case.township, &args.overrides);
    if case.ratification_due.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}的预支待县局追认，请县局先在「待追认」打开，按1追认、F10签。", case.number),
        );
    }
    case_care::alive(cx, &mut out, &case);
    sums(cx, &mut out, &case, args);
    path::gate::approve(cx, &mut out, &case, total(&args.lines));
    let pack = tier::pack_of(cx, &case);
    let author_tier = cx.author.office.tier();
    let today = cx.today();
    let sum = tier::sum(cx, &case, today, total(&args.lines));
    tier::check(&mut out, &pack, author_tier, sum);
    tier::own_limit(cx, &mut out, "amount", sum);
    if author_tier == Tier::Township {
        split::check(cx, &mut out, &case, &pack, today, sum, Code::SplitTier);
    }
    severity(cx, &mut out, &case, &pack, author_tier, sum);
    standard(cx, &mut out, &case, &pack, total(&args.lines));
    county::chain(cx, &mut out, &case, &pack, (total(&args.lines), sum), &args.note);
    case_care::home_helped(cx, &mut out, &case);
    if meeting::asked(&case) {
        meeting::check(&mut out, &case, &pack, tier::needed(&pack, sum), total(&args.lines));
        meeting::lower(cx, &mut out, &case, total(&args.lines), &args.note);
    }
    once_a_year(cx, &mut out, &case, &pack, args);
    out.fact(Fact::GrantSet {
        case: case.id,
        lines: args.lines.clone(),
        people: tier::helped(cx, &case, today).into_iter().collect(),
        on: today,
        tier: author_tier,
        way: Way::Ordinary,
        provisional: false,
        by: cx.author.no.clone(),
    });
    let paid = args.lines.iter().all(|line| line.counts().is_zero() || case.paid.contains(&line.line));
    let stage = if paid { Stage::Paid } else { Stage::Approved };
    out.fact(set(&case, stage, Some(author_tier), None, args.note.clone()));
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), Some(case.id))
}

fn sums(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &Approve) {
    amount::lines(out, &args.lines);
    if args.lines.is_empty() {
        out.say(Code::Amount, "lines", "没有批准明细；不同意的请按2不同意或3退回。");
    }
    kept(out, case, &args.lines);
    let (asked, given) = (total(&case.asked), total(&args.lines));
    if given > asked {
        out.say(Code::Amount, "amount", format!("批准{given}元高于申请{asked}元，请减少金额或退回重报。"));
    } else if given < asked {
        duties::reason(cx, out, &args.note, "note", "批准额与申请额不同，须填批注");
    }
}

fn severity(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack, tier: Tier, sum: Money) {
    let severe_here = case.severity == Severity::Severe && tier == Tier::Township;
    let light_above = case.severity == Severity::Light && sum > pack.tier.township_limit;
    if severe_here || light_above {
        out.say(
            Code::Severity,
            "severity",
            format!(
                "急难程度「{}」与{}审批、累计{sum}元不相称，请{}在「确办理由」写明。",
                case.severity.zh(),
                tier.zh(),
                duties::or_up(cx, "按4报县局，或")
            ),
        );
    }
}

/// 适度救助, 二（二）: outside the county's band somebody says why. Referral and service are no sum. Paying first is held by its
/// cap and by who authorises it, and what the city decides is the city's.
fn standard(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack, sum: Money) {
    let Some(band) = pack.standard.band(For::case(cx.answers, case)).filter(|_| !sum.is_zero()) else {
        return;
    };
    if !band.holds(sum) {
        let band = band.zh();
        out.say(
            Code::Standard,
            "amount",
            format!("批准{sum}元不在政策包的救助{band}之内，请改金额，或写明理由。"),
        );
    }
}

fn once_a_year(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack, args: &Approve) {
    let today = cx.today();
    let Some(matter) = cx.answers.matter(case.matter) else { return };
    let people = tier::family_of(cx, case, today);
    repeat::year_edge(cx, out, pack, &people, &matter, Some(case.id), today);
    if total(&args.lines).is_zero() {
        return;
    }
    let Some(grant) = repeat::earlier(cx, &people, &matter, Some(case.id), today) else { return };
    if cx.author.office != Office::County || !cx.has(&args.second_grant) {
        repeat::refuse(cx, out, &grant);
        return;
    }
    let sum = tier::sum(cx, case, today, total(&args.lines));
    if sum > pack.repeat.meeting_above {
        meeting::check(out, case, pack, Tier::County, total(&args.lines));
    }
    out.fact(Fact::Overridden {
        code: Code::RepeatMatter,
        case: Some(case.id),
        reason: args.second_grant.clone(),
    });
}

/// 不予救助.
pub(super) fn refuse(cx: &Ctx<'_>, args: &Refuse) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    decides(cx, &mut out, &case);
    duties::not_handler(cx, &mut out, &case);
    duties::stage(
        &mut out,
        &case,
        case.way.is_none(),
        "已有预支，不能不予救助，请批准已付部分，或由县局审批人在办件里按12终止。",
    );
    county::examined(cx, &mut out, &case, &tier::pack_of(cx, &case));
    duties::reason(cx, &mut out, &args.reason, "reason", "不予救助须写明事由");
    out.fact(set(&case, Stage::Refused, Some(cx.author.office.tier()), None, args.reason.clone()));
    out.finish(Some(case.id))
}

/// 退回补正.
pub(super) fn give_back(cx: &Ctx<'_>, args: &Return) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    decides(cx, &mut out, &case);
    duties::reason(cx, &mut out, &args.reason, "reason", "退回须写明缺什么");
    let due = path::gate::back(cx, &mut out, &case, &tier::pack_of(cx, &case));
    out.fact(set(&case, Stage::Returned, Some(cx.author.office.tier()), due, args.reason.clone()));
    out.finish(Some(case.id))
}

/// 报县局, 转县局代批.
pub(super) fn pass_up(cx: &Ctx<'_>, args: &PassUp) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver, Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let waits = case.stage == Stage::Submitted && case.tier == Some(Tier::Township);
    duties::stage(&mut out, &case, waits, "不在乡镇待批中，不能转报县局；还没有报批的请先按1报批。");
    path::gate::up(cx, &mut out, &case);
    let pack = tier::pack_of(cx, &case);
    let today = cx.today();
    let sum = tier::sum(cx, &case, today, total(&case.asked));
    let mut asks = Collect::default();
    tier::check(&mut asks, &pack, Tier::Township, sum);
    split::check(cx, &mut asks, &case, &pack, today, sum, Code::SplitTier);
    // whoever may not decide himself needs no other reason
    if asks.verdicts.is_empty() && cx.author.no != case.handler {
        duties::reason(cx, &mut out, &args.reason, "reason", "金额在乡镇权限内，报县局须写明原因");
    }
    let due = due(cx, &mut out, &case, &pack, Tier::County);
    out.fact(set(&case, Stage::Submitted, Some(Tier::County), Some(due), args.reason.clone()));
    out.finish(Some(case.id))
}

/// 撤回.
pub(super) fn withdraw(cx: &Ctx<'_>, args: &Withdraw) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let open = matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted) && case.way.is_none();
    duties::stage(&mut out, &case, open, "已有救助决定或付款，不能撤回，请审批人在办件里按12终止。");
    duties::reason(cx, &mut out, &args.reason, "reason", "撤回须登记本人声明");
    out.fact(set(&case, Stage::Withdrawn, None, None, args.reason.clone()));
    out.finish(Some(case.id))
}

/// Who may end the case: before a decision its handler; what was decided ends at the tier that decided it or above, by
/// somebody who does not handle it; what was paid, at the county.
fn ends(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if case.way.is_none() && case.paid.is_empty() {
        return;
    }
    let county = cx.author.office == Office::County && cx.author.is(Role::Approver);
    let decided = emergency::grant_of(cx, case).map_or(Tier::County, |grant| grant.tier);
    if !case.paid.is_empty() && !county {
        out.say(Code::Role, "", format!("办件{}已付款，终止由县局审批人办理，请转县局。", case.number));
    } else if decided > Tier::Township && !county {
        out.say(
            Code::Role,
            "",
            format!("办件{}已由{}批准，终止由县局审批人按12办理，请转县局。", case.number, decided.zh()),
        );
    } else if !cx.author.is(Role::Approver) {
        out.say(
            Code::Role,
            "",
            format!("办件{}已批准，经办人不能终止，请由本乡镇或县局审批人按12终止。", case.number),
        );
    } else if cx.author.no == case.handler || cx.answers.handlers_before(case.id).contains(&cx.author.no) {
        out.say(
            Code::SodSame,
            "",
            format!(
                "办件{}由您经办，批准以后不能由您终止，请由其他审批人或县局审批人按12终止。",
                case.number
            ),
        );
    }
}

/// 终止: before a decision by the handler or an approver, after it by whoever may decide, after payment by the county.
pub(super) fn terminate(cx: &Ctx<'_>, args: &Terminate) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    if cx.author.no != case.handler && !cx.author.is(Role::Approver) {
        duties::handles(cx, &mut out, &case);
    }
    duties::stage(&mut out, &case, !case.stage.is_final(), "不能再终止；仍有困难的请重新登记急难。");
    super::batches::not_in_one(cx, &mut out, &case, "终止");
    if case.stage == Stage::AwaitingRatification || case.ratification_due.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}待追认，请县局先在「待追认」打开，按1追认、F10签，再终止。", case.number),
        );
    }
    ends(cx, &mut out, &case);
    duties::reason(cx, &mut out, &args.reason, "reason", "终止须写明原因");
    if case.paid.is_empty() && case.way.is_some() {
        out.fact(Fact::GrantCancelled { case: case.id });
        reversal::moot(cx, &mut out, &case);
    } else if let Some(grant) = emergency::grant_of(cx, &case) {
        // what was paid stays granted, what was not is granted no more
        out.fact(Fact::GrantSet {
            case: case.id,
            lines: case.granted.iter().filter(|line| case.paid.contains(&line.line)).cloned().collect(),
            people: grant.people,
            on: grant.on,
            tier: cx.author.office.tier(),
            way: grant.way,
            provisional: false,
            by: cx.author.no.clone(),
        });
    }
    out.fact(set(&case, Stage::Terminated, None, None, args.reason.clone()));
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, money_line};
    use super::*;
    use crate::domain::answers::Answers;

    #[test]
    fn a_lower_amount_needs_a_note_and_a_higher_one_is_none() {
        let asked = vec![money_line(1, 40_000)];
        let desk = Desk::submitted(asked);
        for (fen, note, codes) in [
            (40_000, false, vec![]),
            (39_999, false, vec![Code::ReasonRequired]),
            (39_999, true, vec![]),
            (40_001, true, vec![Code::Amount]),
        ] {
            let command = desk.approve_noted(vec![money_line(1, fen)], note);
            assert_eq!(desk.ask("1002").codes(command), codes, "{fen} {note}");
        }
    }

    #[test]
    fn a_case_above_the_limit_goes_up_and_is_decided_there() {
        let lines = vec![money_line(1, 50_001)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![Code::TierAuth]);
        desk.run("1001", desk.submit_to(Tier::County));
        assert!(desk.ask("1002").codes(desk.approve(lines.clone())).contains(&Code::TierAuth));
        desk.run("9002", desk.approve(lines));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!((case.stage, case.provisional), (Stage::Approved, false));
    }

    #[test]
    fn handler_and_approver_are_two_people() {
        let lines = vec![money_line(1, 100)];
        let mut desk = Desk::submitted(lines.clone());
        desk.give_roles("1001", &[Role::Handler, Role::Approver]);
        assert_eq!(desk.ask("1001").codes(desk.approve(lines.clone())), vec![Code::SodSame]);
        assert_eq!(desk.ask("1002").codes(desk.approve(lines)), vec![]);
        desk.run("1001", desk.pass_up(false));
        assert_eq!(desk.memory.case(CASE).unwrap().tier, Some(Tier::County));
    }

    #[test]
    fn refusing_and_returning_and_ending_need_words() {
        let desk = Desk::submitted(vec![money_line(1, 100)]);
        let case = CASE;
        for (who, command) in [
            ("1002", crate::domain::command::Command::Refuse(Refuse { case, reason: None })),
            ("1002", crate::domain::command::Command::Return(Return { case, reason: None })),
            ("1002", crate::domain::command::Command::PassUp(PassUp { case, reason: None })),
            ("1001", crate::domain::command::Command::Withdraw(Withdraw { case, reason: None })),
            ("1001", crate::domain::command::Command::Terminate(Terminate { case, reason: None })),
        ] {
            assert_eq!(desk.ask(who).codes(command), vec![Code::ReasonRequired]);
        }
    }

    #[test]
    fn a_severe_hardship_at_the_township_asks_why() {
        for (severity, asks) in [(Severity::Severe, true), (Severity::Serious, false)] {
            let lines = vec![money_line(1, 100)];
            let desk = Desk::submitted_severe(lines.clone(), severity);
            assert_eq!(desk.ask("1002").codes(desk.approve(lines)).contains(&Code::Severity), asks);
        }
    }
}
