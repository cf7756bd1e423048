//! A case as life changes it (政策第九部分): the home township's answer, another applicant, who takes the money of the dead,
//! another pack.

use super::{amount, county, dates, duties, emergency};
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::tiers::{ChangeApplicant, HoldPayee, HomeReply, RebasePack};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, tiers as made};
use crate::domain::grant::Line;
use crate::domain::ids::PersonId;
use crate::domain::nouns::{Applicant, Payee, Stage};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::domain::same;
use std::collections::BTreeSet;

/// 户籍地答复.
pub(super) fn home_reply(cx: &Ctx<'_>, args: &HomeReply) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let file = cx.answers.tier_file(case.id);
    duties::stage(&mut out, &case, file.home_asked, "申请人是本地户籍，不须向户籍地核实，请接着办下一步。");
    if file.home_helped.is_some() {
        out.say(Code::Duplicate, "case", "户籍地的答复已经登记，不必重复。");
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "答复日期");
    if let Some(sum) = args.amount {
        amount::amount(&mut out, "amount", sum);
    }
    duties::reason(cx, &mut out, &args.text, "text", "须写明户籍地由谁答复、怎样答复");
    out.fact(Fact::HomeReplied(made::HomeReplied {
        case: case.id,
        on: args.on,
        helped: args.helped,
        amount: args.amount,
        text: args.text.clone(),
    }));
    out.finish(Some(case.id))
}

/// Says before a decision what the home township answered.
pub(super) fn home_helped(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if cx.answers.tier_file(case.id).home_helped == Some(true) {
        out.say(Code::Residence, "case", "户籍地答复：同一事项已由户籍地救助，请审批人一并考虑。");
    }
}

/// Nothing is decided for somebody who is dead: a lone person's case ends, a household's goes on under another member.
pub(super) fn alive(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    let Some(died) = same::died(cx.answers, case.person) else { return };
    let household = case.household.filter(|_| case.applicant == Applicant::Household);
    let members = household.and_then(|id| cx.answers.household(id)).map(|home| home.on(cx.today()));
    let mut others = members.unwrap_or_default().into_iter().filter(|member| *member != case.person);
    let next = match others.any(|member| same::died(cx.answers, member).is_none()) {
        true => "请经办人在办件里按20、再按31变更为其他家庭成员申请",
        false => "没有其他家庭成员，请在办件里按12终止",
    };
    out.say(
        Code::State,
        "person",
        format!("办件{}的申请人已于{}死亡，{next}。", case.number, died.short_zh()),
    );
}

fn living(cx: &Ctx<'_>, out: &mut Collect, person: PersonId, code: Code, field: &'static str) {
    match cx.answers.person(person) {
        None => out.say(Code::Unknown, field, "所选人员尚未登记，请先登记姓名和证件。"),
        Some(_) => {
            if let Some(died) = same::died(cx.answers, person) {
                out.say(code, field, format!("所选人员已于{}死亡，请另选。", died.short_zh()));
            }
        }
    }
}

/// 变更申请人.
pub(super) fn change_applicant(cx: &Ctx<'_>, args: &ChangeApplicant) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    let open = matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted | Stage::AtCity);
    duties::stage(&mut out, &case, open, "不能变更申请人；已批准的由县局注明改发何人。");
    if case.person == args.person {
        out.say(Code::Duplicate, "person", "所选人员就是现在的申请人，请另选家庭成员。");
    }
    living(cx, &mut out, args.person, Code::DateOrder, "person");
    let household = case.household.filter(|_| case.applicant == Applicant::Household);
    match household.and_then(|id| cx.answers.household(id)) {
        None => duties::stage(&mut out, &case, false, "是个人申请，申请人死亡的请在办件里按12终止。"),
        Some(household) => {
            // what was advanced helped those who lived there when the case was accepted
            let then = case.way.is_none() || household.on(case.accepted).contains(&args.person);
            if !household.on(cx.today()).contains(&args.person) || !then {
                out.say(Code::Unknown, "person", "所选人员不是这一家庭的成员，请核对家庭成员。");
            }
        }
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "变更申请人须写明原因");
    out.fact(Fact::ApplicantChanged(made::ApplicantChanged {
        case: case.id,
        from: case.person,
        to: args.person,
        reason: args.reason.clone(),
    }));
    out.finish(Some(case.id))
}

/// 改发何人.
pub(super) fn hold_payee(cx: &Ctx<'_>, args: &HoldPayee) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "改发何人");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::stage(
        &mut out,
        &case,
        case.stage == Stage::Approved,
        "没有待发放的款项，不必注明改发何人，请按F5看新的情况。",
    );
    let dead = same::died(cx.answers, case.person).is_some();
    duties::stage(&mut out, &case, dead, "申请人没有登记死亡，请先在人员登记中注明死亡日期。");
    // what the bank has on its list goes to the account it has
    super::batches::not_in_one(cx, &mut out, &case, "注明改发何人");
    if args.payee == Payee::Self_ {
        out.say(Code::PayeeDead, "payee", "领款人已死亡，请选其他领款人。");
    }
    if let Some(person) = args.person {
        living(cx, &mut out, person, Code::PayeeDead, "person");
        duties::recusal(cx, &mut out, &BTreeSet::from([person]));
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "改发何人须写明原因和关系");
    out.fact(Fact::PayeeNoted(made::PayeeNoted {
        case: case.id,
        payee: args.payee,
        person: args.person,
        reason: args.reason.clone(),
    }));
    regrant(cx, &mut out, &case, args.payee);
    out.finish(Some(case.id))
}

/// The same grant with another payee on what is not paid yet.
fn regrant(cx: &Ctx<'_>, out: &mut Collect, case: &Case, payee: Payee) {
    let Some(grant) = emergency::grant_of(cx, case) else { return };
    let change = |line: &Line| match case.paid.contains(&line.line) || line.payee != Payee::Self_ {
        true => line.clone(),
        false => Line { payee, ..line.clone() },
    };
    out.fact(Fact::GrantSet {
        case: case.id,
        lines: case.granted.iter().map(change).collect(),
        people: grant.people,
        on: grant.on,
        tier: grant.tier,
        way: grant.way,
        provisional: case.provisional,
        by: case.decided_by.clone().unwrap_or_else(|| cx.author.no.clone()),
    });
}

/// 改用政策包.
pub(super) fn rebase(cx: &Ctx<'_>, args: &RebasePack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    county::only(cx, &mut out, "改用政策包");
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::stage(&mut out, &case, !case.stage.is_final(), "不能再改用政策包，请另选在办的办件。");
    if case.pack == args.pack {
        out.say(Code::Duplicate, "pack", format!("办件{}已用政策包{}，不必再改。", case.number, case.pack));
    } else if cx.answers.pack(&args.pack).is_none() {
        out.say(Code::Unknown, "pack", "没有采用过这个政策包，请按F4选择。");
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "改用政策包须写明原因");
    out.fact(Fact::CaseRebased(made::CaseRebased {
        case: case.id,
        from: case.pack.clone(),
        pack: args.pack.clone(),
        reason: args.reason.clone(),
    }));
    out.finish(Some(case.id))
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, P, money_line};
    use super::*;
    use crate::base::money::Money;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;
    use crate::domain::office::Tier;

    fn change(person: PersonId) -> Command {
        Command::ChangeApplicant(ChangeApplicant { case: CASE, person, reason: Some("reason".into()) })
    }

    fn payee(payee: Payee, person: Option<PersonId>) -> Command {
        Command::HoldPayee(HoldPayee { case: CASE, payee, person, reason: Some("reason".into()) })
    }

    #[test]
    fn a_household_s_case_goes_on_under_a_living_member() {
        let mut desk = Desk::with_case(40_000);
        desk.dies(0);
        let table =
            [(P[0], vec![Code::DateOrder, Code::Duplicate]), (P[2], vec![Code::Unknown]), (P[1], vec![])];
        for (person, codes) in table {
            assert_eq!(desk.ask("1001").codes(change(person)), codes);
        }
        desk.run("1001", change(P[1]));
        assert_eq!(desk.memory.case(CASE).unwrap().person, P[1]);
        desk.dies(1);
        assert!(desk.ask("1001").codes(change(P[1])).contains(&Code::Duplicate));
    }

    #[test]
    fn the_money_of_the_dead_waits_for_the_county_s_word() {
        let lines = vec![money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.account(0xac);
        desk.run("1002", desk.approve(lines));
        assert_eq!(desk.ask("9002").codes(payee(Payee::Proxy, None)), vec![Code::State]);
        desk.dies(0);
        assert_eq!(desk.ask("1001").codes(desk.pay(1)), vec![Code::PayeeDead]);
        assert_eq!(desk.ask("1002").codes(payee(Payee::Proxy, None)), vec![Code::Scope]);
        assert_eq!(desk.ask("9002").codes(payee(Payee::Self_, None)), vec![Code::PayeeDead]);
        assert_eq!(desk.ask("9002").codes(payee(Payee::Proxy, Some(P[0]))), vec![Code::PayeeDead]);
        desk.run("9002", payee(Payee::Proxy, Some(P[1])));
        let case = desk.memory.case(CASE).unwrap();
        assert_eq!(case.decided_by, Some("1002".into()), "who decided stays");
        assert_eq!(
            desk.ask("1001").codes(desk.pay(1)),
            vec![Code::PayeeDead],
            "into the account of the dead"
        );
        desk.account_of(0xad, Payee::Proxy);
        desk.run("1001", desk.pay(1));
    }

    #[test]
    fn a_case_keeps_its_pack_until_the_county_rebases_it() {
        let mut desk = Desk::with_lines_in(102, vec![money_line(1, 60_000)]);
        desk.adopt("TEST-2", |pack| pack.tier.township_limit = Money::from_fen(80_000));
        assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![Code::TierAuth]);
        let to = |pack: &str| {
            Command::RebasePack(RebasePack { case: CASE, pack: pack.into(), reason: Some("reason".into()) })
        };
        assert_eq!(desk.ask("9002").codes(to("TEST-3")), vec![Code::Unknown]);
        assert_eq!(desk.ask("9002").codes(to("CY-2021-15")), vec![Code::Duplicate]);
        desk.run("9002", to("TEST-2"));
        desk.run("1001", desk.submit_to(Tier::Township));
        desk.run("9002", to("CY-2021-15"));
        let codes = desk.ask("1002").codes(desk.approve(vec![money_line(1, 60_000)]));
        assert_eq!(codes, vec![Code::TierAuth]);
    }
}
