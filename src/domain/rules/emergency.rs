//! Paying first (先行救助, 四（一）三 and 四（三）一): authorisation, direct aid, advance, late record, ratification.

use super::handed::{self, Handed};
use super::{amount, batches, cap, dates, duties, pads, tier};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::approval::Ratify;
use crate::domain::command::emergency::{Authorise, PaidFrom, PayFirst, RecordPaid};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::grant::{Grant, Line, total};
use crate::domain::nouns::{LineKind, PayBy, Stage, Way};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// 先行授权 at a PC.
pub(super) fn authorise(cx: &Ctx<'_>, args: &Authorise) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let open = matches!(case.stage, Stage::Open | Stage::Returned);
    duties::stage(&mut out, &case, open, "不能再授权先行救助，请按F5看新的情况；已批准的在办件里按5发放。");
    duties::not_handler(cx, &mut out, &case);
    duties::not_payer(cx, &mut out, &case);
    amount::amount(&mut out, "amount", args.amount);
    if cx.answers.authorisation(args.authority).is_some() {
        out.say(Code::Duplicate, "authority", "这一授权已经登记，不必重复。");
    }
    let pack = tier::pack_of(cx, &case);
    let sum = tier::sum(cx, &case, cx.today(), total(&case.granted) + args.amount);
    if cx.author.office.tier() == Tier::Township && cap::county_needed(&case, &pack, sum) {
        let why = if cap::is_farm(case.township) {
            "农场先行救助须县局授权".to_owned()
        } else {
            format!("本户本事项先行救助累计{sum}元，超出乡镇限额{}元", sum - pack.first.cap)
        };
        out.say(Code::EmergCap, "amount", format!("{why}，请打电话给县局，在「授权方式」按2填授权码。"));
    }
    tier::own_limit(cx, &mut out, "amount", sum);
    out.fact(Fact::AuthorityGiven {
        authority: args.authority,
        case: case.id,
        by: cx.author.no.clone(),
        tier: cx.author.office.tier(),
        at: cx.now,
        verified: true,
        amount: args.amount,
    });
    out.finish(Some(case.id))
}

/// 直接救助 and 预支.
pub(super) fn pay_first(cx: &Ctx<'_>, way: Way, args: &PayFirst) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let lenient = args.handed_over.is_some();
    if lenient {
        duties::author_offline(cx, &mut out, &[Role::Handler]);
    } else {
        duties::author(cx, &mut out, &[Role::Handler]);
    }
    let Some(case) = duties::find(cx, &mut out, args.case) else { return out.finish(None) };
    duties::scope(cx, &mut out, case.township);
    let at = match args.handed_over {
        Some(told) => dates::moment(cx, &mut out, "handed_over", told, "付款时间"),
        None => cx.now,
    };
    let handed = Handed {
        case: &case,
        way,
        lines: &args.lines,
        at,
        by: cx.author.no.clone(),
        pocket: false,
        lenient,
        braked: true,
        receipt: &args.receipt,
        witness: &args.witness,
        cash_reason: &args.cash_reason,
        payer: &None,
    };
    handed::hard(cx, &mut out, &handed);
    blank(cx, &mut out, &args.blank, &case);
    let mut soft = Collect::default();
    if !lenient {
        duties::fresh(cx, &mut soft, &case);
    }
    duties::handles(cx, &mut soft, &case);
    cash(cx, &mut out, &mut soft, &handed);
    to_account(cx, &mut out, &handed);
    let judged = handed::judge(cx, &mut out, &mut soft, &handed, &args.authority);
    let broken = if lenient { codes(soft) } else { pass(&mut out, soft) };
    handed::enact(cx, &mut out, &handed, &judged, broken);
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), Some(case.id))
}

/// Verdicts that stand as exceptions.
fn codes(soft: Collect) -> BTreeSet<Code> {
    soft.verdicts.into_iter().map(|verdict| verdict.code).collect()
}

/// Verdicts that stand as they are.
fn pass(out: &mut Collect, soft: Collect) -> BTreeSet<Code> {
    out.verdicts.extend(soft.verdicts);
    BTreeSet::new()
}

/// Cash asks for a reason, the recipient's signature and a witness (四（三）三). Where it is gone already only the
/// signature is asked for: without a recipient nothing can be registered.
fn cash(cx: &Ctx<'_>, out: &mut Collect, soft: &mut Collect, handed: &Handed<'_>) {
    if !handed.in_cash() {
        return;
    }
    if !cx.has(handed.receipt) {
        out.say(Code::CashReason, "receipt", "发放现金须有领款人签字或手印，请在「领取签字」填写。");
    }
    if !cx.has(handed.witness) {
        soft.say(Code::CashReason, "witness", "发放现金须有见证人，请在「见证人」填写。");
    }
    if !cx.has(handed.cash_reason) {
        soft.say(Code::CashReason, "cash_reason", "不打卡而发现金须写明原因，按F4选「急难先行」。");
    }
}

/// Money that is still to be paid first by card goes to an account, one that the bank did not send back (四（三）三); what was
/// handed over is registered whatever became of it. Asked at the desk that pays: entries from before it was asked are sound.
fn to_account(cx: &Ctx<'_>, out: &mut Collect, handed: &Handed<'_>) {
    let by_card = |line: &Line| line.kind == LineKind::Money && line.pay_by == PayBy::Bank;
    if handed.lenient || cx.private.is_none() || !handed.lines.iter().any(by_card) {
        return;
    }
    if cx.answers.account_of(handed.case.id).is_none() {
        out.say(
            Code::AccountOwner,
            "account",
            "打卡须先有领款人的账户，请填「账号」，或在办件的「登记账户」登记；手边没有卡折的改为现金。",
        );
        return;
    }
    batches::account(cx, out, handed.case, "account", "；没有卡折的改为现金");
}

/// 已付补记.
pub(super) fn record_paid(cx: &Ctx<'_>, args: &RecordPaid) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author_offline(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::find(cx, &mut out, args.case) else { return out.finish(None) };
    duties::scope(cx, &mut out, case.township);
    let at = dates::moment(cx, &mut out, "at", args.at, "付款时间");
    let handed = Handed {
        case: &case,
        way: Way::Recorded,
        lines: &args.lines,
        at,
        by: args.officer.clone().unwrap_or_else(|| cx.author.no.clone()),
        pocket: args.from == PaidFrom::Pocket,
        lenient: true,
        braked: args.officer.as_ref() == Some(&cx.author.no),
        receipt: &args.receipt,
        witness: &args.witness,
        cash_reason: &None,
        payer: if args.officer.is_some() { &None } else { &args.payer },
    };
    handed::hard(cx, &mut out, &handed);
    people(cx, &mut out, args);
    blank(cx, &mut out, &args.blank, &case);
    let mut soft = Collect::default();
    duties::handles(cx, &mut soft, &case);
    if handed.in_cash() && !cx.has(&args.witness) {
        soft.say(Code::CashReason, "witness", "发放现金没有见证人。");
    }
    let judged = handed::judge(cx, &mut out, &mut soft, &handed, &args.authority);
    let broken = codes(soft);
    handed::enact(cx, &mut out, &handed, &judged, broken);
    out.finish(Some(case.id))
}

/// The sheet on which it was written down while there was no power.
fn blank(cx: &Ctx<'_>, out: &mut Collect, blank: &Option<String>, case: &Case) {
    let Some(blank) = blank else { return };
    if pads::check(cx, out, blank, case.township, Some(case)) {
        out.fact(Fact::BlankUsed { case: case.id, blank: blank.clone() });
    }
}

fn people(cx: &Ctx<'_>, out: &mut Collect, args: &RecordPaid) {
    if let Some(officer) = &args.officer {
        if cx.answers.officer(officer).is_none() {
            out.say(Code::Unknown, "officer", format!("没有操作员{officer}，请改正，或在「付款人」填姓名。"));
        }
    } else if !cx.has(&args.payer) {
        out.say(Code::ReasonRequired, "payer", "付款人未填，请填写是谁付的款。");
    }
    if !cx.has(&args.receipt) {
        out.say(Code::ReasonRequired, "receipt", "领款人未填，请填写钱交给了谁。");
    }
}

/// 追认.
pub(super) fn ratify(cx: &Ctx<'_>, args: &Ratify) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Role, "", "追认由县局审批人办理，请转县局。");
    }
    let Some(case) = duties::settle(cx, &mut out, args.case) else { return out.finish(None) };
    duties::not_handler(cx, &mut out, &case);
    duties::not_payer(cx, &mut out, &case);
    let waits = case.stage == Stage::AwaitingRatification || case.ratification_due.is_some();
    duties::stage(&mut out, &case, waits, "没有待追认的款项，请按F5刷新。");
    let paid: Money = cx.answers.payments(case.id).iter().map(|payment| payment.amount).sum();
    if args.amount.is_negative() || args.amount > paid {
        out.say(Code::Amount, "amount", format!("追认额须在0元至已付{paid}元之间，请改正。"));
    }
    if args.amount < paid {
        duties::reason(cx, &mut out, &args.reason, "reason", "追认额低于已付，须写明原因");
    }
    let Some(grant) = grant_of(cx, &case) else {
        duties::stage(&mut out, &case, false, "没有已登记的付款，不能追认，请按F5刷新。");
        return out.finish(Some(case.id));
    };
    tier::own_limit(cx, &mut out, "amount", tier::sum(cx, &case, grant.on, args.amount));
    settle(&mut out, cx, &case, &grant, args, paid);
    out.finish(Some(case.id))
}

fn settle(out: &mut Collect, cx: &Ctx<'_>, case: &Case, grant: &Grant, args: &Ratify, paid: Money) {
    let way = case.way.unwrap_or(Way::Recorded);
    let excess = paid - args.amount;
    out.fact(Fact::Ratified {
        case: case.id,
        amount: args.amount,
        excess,
        reason: args.reason.clone().filter(|_| cx.has(&args.reason)),
    });
    let advance = way == Way::Advance;
    out.fact(Fact::GrantSet {
        case: case.id,
        lines: lowered(&case.granted, excess),
        people: grant.people.clone(),
        on: grant.on,
        tier: Tier::County,
        way,
        provisional: advance,
        by: cx.author.no.clone(),
    });
    if !advance {
        let all = case.granted.iter().all(|line| line.counts().is_zero() || case.paid.contains(&line.line));
        let stage = if all { Stage::Paid } else { Stage::Approved };
        out.fact(Fact::StageSet {
            case: case.id,
            stage,
            tier: Some(Tier::County),
            due: None,
            text: args.reason.clone(),
        });
    }
}

/// The lines with so much taken off, money first: what is left is what the county stands for.
fn lowered(lines: &[Line], mut excess: Money) -> Vec<Line> {
    let mut lines = lines.to_vec();
    for kind in [LineKind::Money, LineKind::Goods] {
        for line in lines.iter_mut().filter(|line| line.kind == kind) {
            let off = excess.min(line.amount);
            line.amount -= off;
            excess -= off;
        }
    }
    lines
}

/// What the case grants now, with its day and people.
pub(super) fn grant_of(cx: &Ctx<'_>, case: &Case) -> Option<Grant> {
    let (first, _) = tier::year(case.accepted.plus(-366));
    cx.answers
        .grants_of(&BTreeSet::from([case.person]), first, cx.today())
        .into_iter()
        .find(|grant| tier::is_case(grant, Some(case.id)))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, OTHER_CASE, money_line};
    use super::*;
    use crate::base::day::Day;
    use crate::domain::answers::Answers;
    use crate::domain::code::Code;
    use crate::domain::command::emergency::Authority;
    use crate::domain::nouns::ItemKind;

    #[test]
    fn paid_first_with_papers_due_on_the_sixteenth() {
        let lines = vec![money_line(1, 45_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        let authority = desk.authorised(45_000);
        desk.run("1001", desk.direct(lines, authority));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!(case.stage, Stage::Paid);
        let items = desk.memory.items(CASE);
        assert_eq!(items.len(), 5);
        assert!(items.iter().all(|item| item.due == Day::new(2026, 3, 16).unwrap()));
        assert_eq!(items.iter().filter(|item| item.noted).count(), 3);
    }

    #[test]
    fn what_a_cadre_paid_last_night_is_recorded_and_waits() {
        let lines = vec![money_line(1, 80_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        desk.run("1001", desk.recorded(lines, Authority::Nobody {}));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!(case.stage, Stage::AwaitingRatification);
        assert_eq!(case.outlay, Money::from_fen(80_000));
        assert!(desk.memory.exceptions(CASE).contains(&Code::EmergCap));
        assert_eq!(desk.ask("1002").codes(desk.ratify(80_000, false)), vec![Code::Role]);
        assert_eq!(desk.ask("9002").codes(desk.ratify(80_001, false)), vec![Code::Amount]);
        assert_eq!(desk.ask("9002").codes(desk.ratify(79_999, false)), vec![Code::ReasonRequired]);
        desk.run("9002", desk.ratify(60_000, true));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!((case.stage, total(&case.granted)), (Stage::Paid, Money::from_fen(60_000)));
    }

    #[test]
    fn money_in_somebody_s_hand_is_refused_for_three_reasons_only() {
        let lines = vec![money_line(1, 80_000)];
        let desk = Desk::with_lines_in(102, lines.clone());
        let mut args = match desk.recorded(lines, Authority::Nobody {}) {
            crate::domain::command::Command::RecordPaid(args) => args,
            _ => unreachable!(),
        };
        args.payer = None;
        args.receipt = None;
        args.lines[0].amount = Money::ZERO;
        let codes = desk.ask("1001").codes(crate::domain::command::Command::RecordPaid(args));
        assert_eq!(codes, vec![Code::Amount, Code::ReasonRequired, Code::ReasonRequired]);
    }

    #[test]
    fn what_both_handed_over_while_the_drive_was_away_is_registered() {
        let lines = vec![money_line(1, 20_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        desk.drain_to(30_000);
        desk.second_case(OTHER_CASE, money_line(2, 20_000));
        let authority = desk.telephone();
        desk.run("1001", desk.direct(lines, authority.clone()));
        let strict = desk.direct_for(OTHER_CASE, vec![money_line(2, 20_000)], authority.clone(), None);
        assert!(desk.ask("1001").codes(strict).contains(&Code::FundShort));
        let gone = desk.now.plus_minutes(-30);
        let late = desk.direct_for(OTHER_CASE, vec![money_line(2, 20_000)], authority, Some(gone));
        desk.run("1001", late);
        let case = desk.memory.case(OTHER_CASE).unwrap();
        assert_eq!(case.outlay, Money::from_fen(10_000));
        assert!(desk.memory.exceptions(OTHER_CASE).contains(&Code::FundShort));
    }

    #[test]
    fn spoken_codes_are_read_in_order() {
        let lines = vec![money_line(1, 65_000)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        desk.issue_codes("9002", &["111111", "222222"]);
        for (code, refused) in [("222222", true), ("11111", true), ("111111", false)] {
            let codes = desk.ask("1001").codes(desk.direct(lines.clone(), desk.code("9002", code)));
            assert_eq!(codes.contains(&Code::AuthCode), refused, "{code}");
        }
        desk.run("1001", desk.direct(lines, desk.code("9002", "111111")));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::AwaitingRatification);
        assert_eq!(desk.memory.codes(&"9002".into()).unwrap().next, 1);
    }

    #[test]
    fn a_word_by_telephone_is_not_the_handler_s_own_and_is_signed_later() {
        let lines = vec![money_line(1, 100)];
        let mut desk = Desk::with_lines_in(102, lines.clone());
        let own = Authority::Telephone { by: "1001".into(), at: desk.now, number: None };
        assert!(desk.ask("1001").codes(desk.direct(lines.clone(), own)).contains(&Code::SodSame));
        desk.run("1001", desk.direct(lines, desk.telephone()));
        assert!(desk.memory.items(CASE).iter().any(|item| item.kind == ItemKind::ApproverSignature));
        assert_eq!(desk.ask("1001").codes(desk.complete(ItemKind::ApproverSignature)), vec![Code::SodSame]);
        assert_eq!(desk.ask("1002").codes(desk.complete(ItemKind::ApproverSignature)), vec![]);
    }
}
