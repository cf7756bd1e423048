//! The papers after paying first (补手续, 四（三）一) and closing (办结).

use super::{authority, dates, duties, path};
use crate::base::day::Day;
use crate::domain::answers::{Case, Item};
use crate::domain::code::Code;
use crate::domain::command::papers::{Close, CompleteItem, StillUrgent};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::nouns::{ItemKind, Stage};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;

/// 补手续.
pub(super) fn complete_item(cx: &Ctx<'_>, args: &CompleteItem) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let signature = args.item == ItemKind::ApproverSignature;
    duties::author(cx, &mut out, if signature { &[Role::Approver, Role::Handler] } else { &[Role::Handler] });
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let items = cx.answers.items(case.id);
    let Some(item) = items.iter().find(|item| item.kind == args.item) else {
        out.say(
            Code::Unknown,
            "item",
            format!("办件{}没有「{}」这一项手续，请按F5刷新后重选。", case.number, args.item.zh()),
        );
        return out.finish(Some(case.id));
    };
    if item.done.is_some() {
        out.say(Code::Duplicate, "item", format!("「{}」已经补齐，不必重复。", args.item.zh()));
    }
    if signature {
        signer(cx, &mut out, &case);
    } else {
        duties::handles(cx, &mut out, &case);
    }
    if args.item == ItemKind::Minutes && case.meeting.is_none() {
        out.say(Code::MeetingRequired, "item", "还没有登记会议纪要，请先在办件里按7登记。");
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "补齐日期");
    if let Some(paid) = first_paid(cx, &case) {
        dates::not_before(&mut out, "on", args.on, paid, "补齐日期", "付款日期");
    }
    out.fact(Fact::ItemDone { case: case.id, item: args.item, on: args.on });
    out.finish(Some(case.id))
}

/// The day of the first payment that stands.
fn first_paid(cx: &Ctx<'_>, case: &Case) -> Option<Day> {
    cx.answers.payments(case.id).iter().map(|payment| payment.at.day()).min()
}

/// Only whoever gave his word by telephone signs for it; where he has left, another approver of the place.
fn signer(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    let Some(told) = authority::told(cx, case) else { return };
    if told.by == cx.author.no {
        return;
    }
    let left = cx.answers.officer(&told.by).is_none_or(|officer| !officer.is(Role::Approver));
    if left && cx.author.is(Role::Approver) && cx.author.no != case.handler {
        return;
    }
    out.say(
        Code::SodSame,
        "item",
        format!("电话授权由{}补签，请其本人登录后在「待补登记」按1补签。", duties::named(cx, &told.by)),
    );
}

/// 急难未缓解.
pub(super) fn still_urgent(cx: &Ctx<'_>, args: &StillUrgent) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let items = cx.answers.items(case.id);
    let due = items.iter().filter(|item| item.done.is_none()).map(|item| item.due).max();
    let Some(due) = due else {
        out.say(Code::State, "case", format!("办件{}没有待补的手续，不必延期，可以办结。", case.number));
        return out.finish(Some(case.id));
    };
    duties::reason(cx, &mut out, &args.reason, "reason", "急难未缓解须写明原因（如仍在重症监护）");
    let pack = super::tier::pack_of(cx, &case);
    let last = cx.today().plus(i64::from(pack.first.still_urgent_days));
    if args.until > last {
        out.say(
            Code::DateOrder,
            "until",
            format!("一次最多延后{}天，最晚{}，请改正日期。", pack.first.still_urgent_days, last.short_zh()),
        );
    }
    if args.until <= due {
        out.say(Code::DateOrder, "until", format!("现在的期限是{}，新的日期须在其后。", due.short_zh()));
    }
    out.fact(Fact::ItemsMoved { case: case.id, until: args.until, reason: args.reason.clone() });
    out.finish(Some(case.id))
}

/// 办结: everything granted is paid, everything owed repaid, every paper complete.
pub(super) fn close(cx: &Ctx<'_>, args: &Close) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let open: Vec<Item> = cx.answers.items(case.id).into_iter().filter(|item| item.done.is_none()).collect();
    if !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|item| item.kind.zh()).collect();
        out.say(
            Code::DeferredMissing,
            "case",
            format!("还缺{}，请先在「待补登记」按1补齐，再办结。", names.join("、")),
        );
    }
    not_final(&mut out, &case);
    path::gate::close(cx, &mut out, &case);
    if cx.answers.tier_file(case.id).called_back.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}的备案被县局退回，请先处理，由县局办结退回后再办结。", case.number),
        );
    }
    out.fact(Fact::StageSet { case: case.id, stage: Stage::Closed, tier: None, due: None, text: None });
    out.finish(Some(case.id))
}

fn not_final(out: &mut Collect, case: &Case) {
    if case.stage.is_final() {
        duties::stage(out, case, false, "不必再办结；归档请在打印里按8。");
    } else if case.stage == Stage::AwaitingRatification || case.ratification_due.is_some() {
        out.say(
            Code::NotFinal,
            "case",
            format!("办件{}待县局追认，追认后才能办结，请先请县局追认。", case.number),
        );
    } else if case.stage != Stage::Paid {
        out.say(Code::NotFinal, "case", format!("办件{}{}，发放完才能办结。", case.number, case.stage.zh()));
    }
    if !case.outlay.is_zero() {
        out.say(Code::NotFinal, "case", format!("还有应付垫付款{}元没有归垫，请先登记归垫。", case.outlay));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, money_line};
    use super::*;
    use crate::domain::command::Command;

    fn paid() -> Desk {
        let lines = vec![money_line(1, 45_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        let authority = desk.authorised(45_000);
        desk.run("1001", desk.direct(lines, authority));
        desk
    }

    #[test]
    fn a_case_closes_when_its_last_paper_is_in() {
        let mut desk = paid();
        let kinds = [
            ItemKind::Subject,
            ItemKind::Cause,
            ItemKind::Amount,
            ItemKind::HandlerSignature,
            ItemKind::Seal,
        ];
        for kind in kinds {
            let codes = desk.ask("1001").codes(Command::Close(Close { case: CASE }));
            assert_eq!(codes, vec![Code::DeferredMissing], "{kind:?}");
            desk.run("1001", desk.complete(kind));
        }
        desk.run("1001", Command::Close(Close { case: CASE }));
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![Code::State]);
    }

    #[test]
    fn a_paper_is_dated_from_the_payment_to_today() {
        let mut desk = paid();
        desk.later(3);
        for (day, codes) in
            [(-1, vec![Code::DateOrder]), (0, vec![]), (3, vec![]), (4, vec![Code::DateOrder])]
        {
            let on = Day::new(2026, 3, 2).unwrap().plus(day);
            let command = Command::CompleteItem(CompleteItem { case: CASE, item: ItemKind::Seal, on });
            assert_eq!(desk.ask("1001").codes(command), codes, "{day}");
        }
    }

    #[test]
    fn the_day_moves_thirty_days_at_most_and_forward_only() {
        let desk = paid();
        let today = Day::new(2026, 3, 2).unwrap();
        for (day, codes) in
            [(14, vec![Code::DateOrder]), (15, vec![]), (30, vec![]), (31, vec![Code::DateOrder])]
        {
            assert_eq!(desk.ask("1001").codes(desk.still_urgent(today.plus(day))), codes, "{day}");
        }
    }
}
