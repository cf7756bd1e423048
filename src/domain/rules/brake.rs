//! The brake (欠手续先停): a handler with late papers does not pay first again until somebody says 急需先办. It never
//! touches what was already paid, the expenditure path, or the papers themselves.

use super::duties;
use crate::domain::code::Code;
use crate::domain::command::emergency::LiftBrake;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::delegation;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Officer, Role};
use crate::domain::refusal::Refusal;

/// Whether the author's late papers stand in the way. Answers whether a lift is used up.
pub(super) fn check(cx: &Ctx<'_>, out: &mut Collect) -> bool {
    let today = cx.today();
    let late = cx.answers.late_items(&cx.author.no, today);
    let Some(worst) = late.iter().min_by_key(|item| item.due) else { return false };
    if cx.answers.brake_lifted(&cx.author.no) {
        return true;
    }
    out.say(
        Code::DeferredDebt,
        "",
        format!(
            "您的办件{}「{}」逾期{}天未补，请先到工作台「待补登记」补齐；急需先办的，在「待补登记」按8，由审批人或县局准许（可电话）。",
            worst.number,
            worst.kind.zh(),
            worst.due.until(today)
        ),
    );
    false
}

/// 急需先办, by an approver at a PC or told by telephone.
pub(super) fn lift(cx: &Ctx<'_>, args: &LiftBrake) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let telephone = args.by_telephone.is_some();
    duties::author(
        cx,
        &mut out,
        if telephone { &[Role::Handler, Role::Approver] } else { &[Role::Approver] },
    );
    duties::reason(cx, &mut out, &args.reason, "reason", "准许急需先办须写明原因");
    let Some(handler) = cx.answers.officer(&args.handler) else {
        out.say(Code::Unknown, "handler", format!("没有操作员{}，请按F4选择。", args.handler));
        return out.finish(None);
    };
    if let Some(township) = handler.office.township() {
        duties::scope(cx, &mut out, township);
    } else if cx.author.office != handler.office {
        out.say(Code::Scope, "handler", "县局经办人的手续由县局准许，请转县局。");
    }
    let by = args.by_telephone.as_ref().unwrap_or(&cx.author.no);
    speaks(cx, &mut out, &handler, by, telephone);
    if cx.answers.late_items(&handler.no, cx.today()).is_empty() {
        out.say(Code::State, "handler", format!("{}没有逾期未补的手续，可以直接先行救助。", handler.no));
    }
    if cx.answers.brake_lifted(&handler.no) {
        out.say(Code::Duplicate, "handler", format!("已准许{}急需先办一次，尚未使用。", handler.no));
    }
    out.fact(Fact::BrakeLifted {
        handler: handler.no,
        by: by.clone(),
        telephone,
        reason: args.reason.clone(),
    });
    out.finish(None)
}

fn speaks(cx: &Ctx<'_>, out: &mut Collect, handler: &Officer, by: &OfficerNo, telephone: bool) {
    if *by == handler.no {
        out.say(Code::SodSame, "by_telephone", "不能由本人准许本人急需先办，请其他审批人或县局准许。");
    }
    let fits = cx.answers.officer(by).is_some_and(|officer| {
        let stands_in = delegation::stands_in_for(cx.answers, &officer, cx.today());
        (officer.is(Role::Approver) || stands_in.is_some_and(|giver| giver.office == officer.office))
            && (officer.office == handler.office || officer.office.township().is_none())
    });
    if telephone && !fits {
        out.say(Code::Role, "by_telephone", format!("{by}不是本单位或县局的审批人，请重新填写。"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, money_line};
    use crate::domain::code::Code;

    #[test]
    fn papers_due_on_the_16th_brake_from_the_17th_until_lifted() {
        for (days, lifted, refused) in
            [(14, false, false), (15, false, true), (15, true, false), (200, false, true)]
        {
            let mut desk = Desk::with_lines_in(102, vec![money_line(1, 100)]);
            desk.paid_first(0x77);
            desk.later(days);
            if lifted {
                desk.lift("1001", "1002");
            }
            let codes = desk.ask("1001").codes(desk.direct(vec![money_line(1, 100)], desk.telephone()));
            assert_eq!(codes.contains(&Code::DeferredDebt), refused, "{days} {lifted}");
        }
    }

    #[test]
    fn nobody_lifts_his_own_brake() {
        let mut desk = Desk::with_lines_in(102, vec![money_line(1, 100)]);
        desk.paid_first(0x77);
        desk.later(20);
        assert_eq!(
            desk.ask("1001").codes(desk.lifting("1001", Some("1001"))),
            vec![Code::SodSame, Code::Role]
        );
        assert_eq!(desk.ask("1001").codes(desk.lifting("1001", Some("1002"))), vec![]);
        assert_eq!(desk.ask("1001").codes(desk.lifting("1001", None)), vec![Code::SodSame, Code::Role]);
        assert_eq!(desk.ask("9002").codes(desk.lifting("1001", None)), vec![]);
        assert_eq!(desk.ask("1002").codes(desk.lifting("1003", None)), vec![Code::State]);
    }
}
