//! 与财政对账 (五（二）): a source's month, compared once by finance with the books of 财政, explained where they differ, and
//! confirmed by another officer who reads the figure off the paper himself.

use super::{batches, duties};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::monthly::{ConfirmReconciled, Reconcile};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::monthly::{ReconciliationAnswered, SourceReconciled};
use crate::domain::monthly::after;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;

/// 与财政对账.
pub(super) fn reconcile(cx: &Ctx<'_>, args: &Reconcile) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    batches::author(cx, &mut out);
    let (year, month, fund) = (args.year, args.month, args.fund);
    let Some(next) = after(year, month).filter(|_| year >= 2000) else {
        out.say(Code::DateOrder, "month", "没有这个月份，请按PgUp、PgDn换月。");
        return out.finish(None);
    };
    if next > cx.today() {
        out.say(
            Code::DateOrder,
            "month",
            format!("{year}年{month}月还没有过完，下月1日起才能对账；对以前月份的请按PgUp换月。"),
        );
    }
    if args.theirs < Money::ZERO {
        out.say(Code::Amount, "theirs", "财政账面不能是负数，没有余额的打0。");
    }
    if let Some(known) = cx.answers.reconciled(year, month, fund) {
        let how = match known.confirmed {
            Some(_) => "并已确认，不能再对",
            None => "待另一人确认；数字不对的请确认人按「退回重对」",
        };
        out.say(
            Code::Duplicate,
            "fund",
            format!("{}{year}年{month}月已于{}对账，{how}。", fund.zh(), known.on.short_zh()),
        );
    }
    let ours = cx.answers.source_before(fund, next);
    if ours != args.theirs {
        let differs = args.theirs - ours;
        duties::reason(
            cx,
            &mut out,
            &args.explained,
            "explained",
            &format!("{}账面{ours}元，财政{}元，差{differs}元，须写明差在哪几笔", fund.zh(), args.theirs),
        );
    }
    out.fact(Fact::SourceReconciled(SourceReconciled {
        year,
        month,
        fund,
        ours,
        theirs: args.theirs,
        on: cx.today(),
        by: cx.author.no.clone(),
        explained: args.explained.clone(),
    }));
    out.finish(None)
}

/// 确认对账.
pub(super) fn confirm(cx: &Ctx<'_>, args: &ConfirmReconciled) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Finance, Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "与财政对账由县局财务或审批人确认，请转县局。");
    }
    let (year, month, fund) = (args.year, args.month, args.fund);
    match cx.answers.reconciled(year, month, fund) {
        None => out.say(
            Code::Unknown,
            "fund",
            format!("{}{year}年{month}月还没有对账，请财务先对账。", fund.zh()),
        ),
        Some(known) => {
            if known.by == cx.author.no {
                out.say(Code::SodSame, "", "对账的人不能自己确认，请换另一人登录确认。");
            }
            if known.confirmed.is_some() {
                out.say(
                    Code::Duplicate,
                    "fund",
                    format!("{}{year}年{month}月已经确认，不必重复。", fund.zh()),
                );
            }
            // The figure is not told: whoever confirms reads it off the paper.
            if args.agrees && known.theirs != args.theirs {
                out.say(
                    Code::State,
                    "theirs",
                    "财政账面与登记的不一致，请对照财政的对账单再打一遍；登记错的按「退回重对」。",
                );
            }
        }
    }
    if !args.agrees {
        duties::reason(cx, &mut out, &args.note, "note", "退回重对须写明哪里不对");
    }
    out.fact(Fact::ReconciliationAnswered(ReconciliationAnswered {
        year,
        month,
        fund,
        agrees: args.agrees,
        on: cx.today(),
        by: cx.author.no.clone(),
        note: args.note.clone(),
    }));
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;
    use crate::domain::nouns::Fund;

    #[test]
    fn a_month_is_compared_once_it_is_over() {
        let desk = Desk::new();
        let of = |(year, month), theirs| {
            let args = Reconcile {
                year,
                month,
                fund: Fund::County,
                theirs: Money::from_fen(theirs),
                explained: None,
            };
            desk.ask("9003").codes(crate::domain::command::Command::Reconcile(args))
        };
        let today = desk.now.day();
        let over = |year, month| after(year, month).is_some_and(|next| next <= today);
        for at in [(today.year(), today.month()), (today.year(), 13), (1999, 1)] {
            assert!(of(at, 0).contains(&Code::DateOrder), "{at:?}");
        }
        let before = (today.year() - 1, 12);
        assert!(over(before.0, before.1));
        assert_eq!(of(before, 0), Vec::new());
        assert_eq!(of(before, 1), vec![Code::ReasonRequired]);
        assert_eq!(of(before, -1), vec![Code::Amount, Code::ReasonRequired]);
    }
}
