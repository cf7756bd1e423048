//! The county's chain (股室审核、分管局长审批、局务会议纪要, 四（三）二) and tiers raised and handed down. What the chain asks
//! for stands in the pack.

use super::{amount, approval, dates, duties, meeting, path, split, tier};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::tiers::{CountyExamine, HandDown, RaiseTier};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::grant::total;
use crate::domain::ids::Text;
use crate::domain::nouns::Stage;
use crate::domain::office::{Office, Role, Tier};
use crate::domain::pack::Pack;
use crate::domain::refusal::Refusal;

/// What the county alone does.
pub(super) fn only(cx: &Ctx<'_>, out: &mut Collect, what: &str) {
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", format!("{what}由县局办理，请转县局。"));
    }
}

/// Whether the case waits for the county's decision.
pub(super) fn waits(out: &mut Collect, case: &Case) {
    let here = case.stage == Stage::Submitted && case.tier == Some(Tier::County);
    duties::stage(out, case, here, "不在县局待批中，请按F5看新的情况。");
}

/// 股室审核.
pub(super) fn examine(cx: &Ctx<'_>, args: &CountyExamine) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    only(cx, &mut out, "股室审核");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    waits(&mut out, &case);
    duties::not_handler(cx, &mut out, &case);
    dates::not_later(&mut out, "on", args.on, cx.today(), "审核日期");
    dates::not_before(&mut out, "on", args.on, case.accepted, "审核日期", "受理日期");
    let asked = total(&case.asked);
    // a case of referral alone asks for nothing
    if !(args.amount.is_zero() && (asked.is_zero() || !args.agrees)) {
        amount::amount(&mut out, "amount", args.amount);
    }
    if args.amount > asked {
        out.say(
            Code::Amount,
            "amount",
            format!("审核额{}元高于申请{asked}元，请减少金额或退回重报。", args.amount),
        );
    }
    duties::reason(cx, &mut out, &args.opinion, "opinion", "审核意见未填");
    out.fact(Fact::CountyExamined(made::CountyExamined {
        case: case.id,
        by: cx.author.no.clone(),
        on: args.on,
        agrees: args.agrees,
        amount: args.amount,
        opinion: args.opinion.clone(),
    }));
    out.finish(Some(case.id))
}

/// Whether the section has examined what the county is about to decide, and not the same person.
pub(super) fn examined(cx: &Ctx<'_>, out: &mut Collect, case: &Case, pack: &Pack) {
    if cx.author.office != Office::County {
        return;
    }
    match cx.answers.tier_file(case.id).examined {
        None if pack.county.examines(case.path) => out.say(
            Code::StepOrder,
            "case",
            format!("办件{}还没有股室审核，请先由股室人员登记审核意见，再审批。", case.number),
        ),
        Some(done) if done.by == cx.author.no => out.say(
            Code::SodSame,
            "",
            format!("办件{}由您审核，不能由您审批，请由其他审批人办理。", case.number),
        ),
        _ => {}
    }
}

/// What the county's chain asks before a sum is decided: the examination, a reason where the decision goes beyond it, and
/// the bureau's meeting above the pack's figure.
pub(super) fn chain(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    pack: &Pack,
    (amount, sum): (Money, Money),
    note: &Option<Text>,
) {
    if cx.author.office != Office::County {
        return;
    }
    examined(cx, out, case, pack);
    if let Some(done) = cx.answers.tier_file(case.id).examined
        && (!done.agrees || amount > done.amount)
        && !cx.has(note)
    {
        let said = if done.agrees { format!("同意{}元", done.amount) } else { "不同意".to_owned() };
        duties::reason(cx, out, note, "note", &format!("股室审核意见为{said}，与其不一致须写明理由"));
    }
    if pack.county.meeting_above.is_some_and(|above| sum > above) {
        meeting::bureau(out, case, pack, amount);
    }
}

/// 提级审批.
pub(super) fn raise(cx: &Ctx<'_>, args: &RaiseTier) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    if !cx.author.is(Role::Approver) {
        duties::handles(cx, &mut out, &case);
    }
    let here = case.stage == Stage::Submitted && case.tier == Some(Tier::Township);
    let before = matches!(case.stage, Stage::Open | Stage::Returned);
    duties::stage(&mut out, &case, here || before, "不能再提级，已报县局的不必提级，请按F5看新的情况。");
    if cx.answers.tier_file(case.id).raised {
        out.say(Code::Duplicate, "case", format!("办件{}已经提级，由县局审批，不必重复。", case.number));
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "提级审批须写明原因");
    out.fact(Fact::TierRaised(made::TierRaised { case: case.id, reason: args.reason.clone() }));
    if here {
        path::gate::up(cx, &mut out, &case);
        let pack = tier::pack_of(cx, &case);
        let due = approval::due(cx, &mut out, &case, &pack, Tier::County);
        out.fact(approval::set(&case, Stage::Submitted, Some(Tier::County), Some(due), None));
    }
    out.finish(Some(case.id))
}

/// Whether a raised case is submitted where it belongs.
pub(super) fn raised(cx: &Ctx<'_>, out: &mut Collect, case: &Case, to: Tier) {
    if to == Tier::Township && cx.answers.tier_file(case.id).raised {
        out.say(Code::TierAuth, "to", format!("办件{}已提级，由县局审批，请把报批改为县局。", case.number));
    }
}

/// 退回乡镇审批.
pub(super) fn hand_down(cx: &Ctx<'_>, args: &HandDown) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    only(cx, &mut out, "退回乡镇审批");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    waits(&mut out, &case);
    let pack = tier::pack_of(cx, &case);
    let today = cx.today();
    let sum = tier::sum(cx, &case, today, total(&case.asked));
    if tier::needed(&pack, sum) > Tier::Township {
        let over = sum - pack.tier.township_limit;
        out.say(
            Code::TierAuth,
            "amount",
            format!("本户本事项累计{sum}元，超出乡镇权限{over}元，不能退回乡镇审批，请由县局审批。"),
        );
    }
    split::check(cx, &mut out, &case, &pack, today, sum, Code::SplitTier);
    duties::reason(cx, &mut out, &args.reason, "reason", "退回乡镇审批须写明原因");
    out.fact(Fact::TierLowered(made::TierLowered { case: case.id, reason: args.reason.clone() }));
    let due = approval::due(cx, &mut out, &case, &pack, Tier::Township);
    out.fact(approval::set(&case, Stage::Submitted, Some(Tier::Township), Some(due), None));
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;

    fn at_the_county(fen: i64, change: impl FnOnce(&mut Pack)) -> Desk {
        let mut desk = Desk::under(change);
        desk.open_with(vec![money_line(1, fen)]);
        desk.run("1001", desk.submit_to(Tier::County));
        desk
    }

    fn examine(fen: i64, agrees: bool) -> Command {
        Command::CountyExamine(CountyExamine {
            case: CASE,
            on: crate::base::day::Day::new(2026, 3, 2).unwrap(),
            agrees,
            amount: Money::from_fen(fen),
            opinion: Some("opinion".into()),
        })
    }

    fn strict(pack: &mut Pack) {
        pack.county.examine_emergency = true;
    }

    #[test]
    fn the_section_comes_first_where_the_pack_asks_for_it() {
        let lines = vec![money_line(1, 60_000)];
        let free = at_the_county(60_000, |_| {});
        assert_eq!(free.ask("9002").codes(free.approve(lines.clone())), vec![]);
        let mut desk = at_the_county(60_000, strict);
        assert_eq!(desk.ask("9002").codes(desk.approve(lines.clone())), vec![Code::StepOrder]);
        assert_eq!(desk.ask("1001").codes(examine(60_000, true)), vec![Code::SodSame, Code::Scope]);
        desk.run("9001", examine(60_000, true));
        desk.run("9002", desk.approve(lines));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::Approved);
    }

    #[test]
    fn who_examined_does_not_approve_and_beyond_the_opinion_wants_words() {
        let lines = vec![money_line(1, 60_000)];
        let mut desk = at_the_county(60_000, strict);
        desk.run("9002", examine(60_000, true));
        assert_eq!(desk.ask("9002").codes(desk.approve(lines.clone())), vec![Code::SodSame]);
        for (fen, agrees, note, codes) in [
            (59_999, true, false, vec![Code::ReasonRequired]),
            (59_999, true, true, vec![]),
            (60_000, true, false, vec![]),
            (60_000, false, false, vec![Code::ReasonRequired]),
            (60_000, false, true, vec![]),
        ] {
            let mut desk = at_the_county(60_000, strict);
            desk.run("9001", examine(fen, agrees));
            let said = desk.ask("9002").codes(desk.approve_noted(lines.clone(), note));
            assert_eq!(said, codes, "{fen} {agrees} {note}");
        }
    }

    #[test]
    fn an_examination_is_of_one_submission() {
        let mut desk = at_the_county(60_000, strict);
        desk.run("9001", examine(60_000, true));
        let reason = Some("reason".into());
        let back = crate::domain::command::approval::Return { case: CASE, reason };
        desk.run("9002", Command::Return(back));
        desk.run("1001", desk.submit_to(Tier::County));
        let codes = desk.ask("9002").codes(desk.approve(vec![money_line(1, 60_000)]));
        assert_eq!(codes, vec![Code::StepOrder]);
    }

    #[test]
    fn above_the_pack_s_figure_the_bureau_meets() {
        for (fen, codes) in [(500_000, vec![]), (500_001, vec![Code::MeetingRequired])] {
            let desk = at_the_county(fen, |_| {});
            assert_eq!(desk.ask("9002").codes(desk.approve(vec![money_line(1, fen)])), codes, "{fen}");
        }
    }

    #[test]
    fn a_raised_case_is_the_county_s_until_it_is_handed_down() {
        let raise = |words: bool| {
            let reason = Some("reason".into()).filter(|_| words);
            Command::RaiseTier(RaiseTier { case: CASE, reason })
        };
        let down = Command::HandDown(HandDown { case: CASE, reason: Some("reason".into()) });
        let mut desk = Desk::with_case(50_000);
        assert_eq!(desk.ask("1001").codes(raise(false)), vec![Code::ReasonRequired]);
        desk.run("1001", raise(true));
        assert_eq!(desk.ask("1001").codes(raise(true)), vec![Code::Duplicate]);
        assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![Code::TierAuth]);
        desk.run("1001", desk.submit_to(Tier::County));
        assert_eq!(desk.ask("1002").codes(down.clone()), vec![Code::Scope]);
        desk.run("9002", down.clone());
        assert_eq!(desk.memory.case(CASE).unwrap().tier, Some(Tier::Township));
        // raised while it waits, it goes up at once
        desk.run("1002", raise(true));
        assert_eq!(desk.memory.case(CASE).unwrap().tier, Some(Tier::County));
        desk.run("9002", down.clone());
        desk.run("1002", desk.approve(vec![money_line(1, 50_000)]));
        // a fen more is never the township's
        let over = at_the_county(50_001, |_| {});
        assert_eq!(over.ask("9002").codes(down), vec![Code::TierAuth]);
    }
}
