//! 登记账户 (四（三）三): money goes to the recipient's own card or passbook; anybody else's account has its papers. Rules see
//! a keyed hash of the number and never the number; what the number and the name say is looked at by the author's desk.

use super::{batches, duties, tier};
use crate::base::account::Account;
use crate::base::codes;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::payout::NoteAccount;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::Text;
use crate::domain::nouns::{AccountKind, Payee, Stage};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::domain::same;

/// 登记账户.
pub(super) fn note(cx: &Ctx<'_>, args: &NoteAccount) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance, Role::Approver]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    let open = matches!(
        case.stage,
        Stage::Open | Stage::Returned | Stage::Submitted | Stage::Approved | Stage::AwaitingRatification
    );
    duties::stage(&mut out, &case, open, "不再付款，无需登记账户，请按F5看新的情况。");
    batches::not_in_one(cx, &mut out, &case, "改账户");
    shape(&mut out, args);
    owner(cx, &mut out, &case, args);
    papers(cx, &mut out, args);
    // any other reason is mended at the bank or was written wrong; a closed account takes money never again
    if let Some(on) = cx.answers.closed_at_bank(&args.mark) {
        out.say(
            Code::AccountOwner,
            "account",
            format!("银行{}回盘说这个账户「已销户」，请换领款人的另一张卡或存折。", on.short_zh()),
        );
    }
    home(cx, &mut out, &case, args);
    if args.kind == AccountKind::Card && !args.check_digit {
        out.say(Code::Luhn, "account", "卡号末位校验不符，请对着卡再看一遍；无误的可以登记。");
    }
    shared(cx, &mut out, &case, args);
    if let (Some(number), Some(holder)) = (&args.number, &args.holder) {
        out.fact(Fact::AccountNoted {
            account: args.account,
            case: case.id,
            payee: args.payee,
            owner: args.owner,
            kind: args.kind,
            mark: args.mark.clone(),
            number: number.clone(),
            holder: holder.clone(),
            bank: args.bank.clone(),
            letter: args.letter.clone(),
            relation: args.relation.clone(),
        });
    }
    let reasoned = cx.has(&args.override_reason);
    out.end(&args.overrides, &args.override_reason, reasoned, Some(case.id))
}

fn shape(out: &mut Collect, args: &NoteAccount) {
    let hex = args.mark.len() == 32 && args.mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !hex || args.number.is_none() {
        out.say(Code::State, "account", "账号未填，请输入卡号或存折账号。");
    }
    if args.holder.is_none() {
        out.say(Code::AccountOwner, "holder", "户名未填，请按卡或存折上的户名填写。");
    }
}

/// Whose account it may be, as far as the public part says.
fn owner(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &NoteAccount) {
    let public = matches!(args.payee, Payee::Institution | Payee::Station);
    if public != (args.kind == AccountKind::Corporate) {
        let what = match public {
            true => "供养机构和救助站用对公户，请改选「对公户」。",
            false => "对公户只用于供养机构和救助站，请改选领款人或账户类别。",
        };
        out.say(Code::AccountOwner, "kind", what);
    }
    match args.payee {
        Payee::Self_ if args.owner.is_some_and(|owner| owner != case.person) => out.say(
            Code::AccountOwner,
            "payee",
            "账户不是申请人本人的，请改用本人账户，或按F4选监护人、代领人、子女账户。",
        ),
        Payee::Guardian | Payee::Proxy | Payee::Child if args.owner == Some(case.person) => {
            out.say(Code::AccountOwner, "payee", "账户是申请人本人的，领款人请选「本人」。");
        }
        _ => {}
    }
    if let Some(owner) = args.owner {
        match cx.answers.person(owner) {
            None => out.say(Code::Unknown, "owner", "找不到账户所有人，请先登记此人或留空。"),
            Some(_) if same::died(cx.answers, owner).is_some() => {
                out.say(Code::PayeeDead, "owner", "账户所有人已死亡，请改用他人账户。");
            }
            Some(_) => {}
        }
    } else if args.payee == Payee::Self_ && same::died(cx.answers, case.person).is_some() {
        out.say(Code::PayeeDead, "payee", "申请人已死亡，请先由县局注明改发何人。");
    }
    // an officer may not have money sent to a relative of his, whoever the case helps
    if let Some(owner) = args.owner.filter(|owner| !tier::helped(cx, case, cx.today()).contains(owner)) {
        duties::recusal(cx, out, &[owner].into());
    }
}

/// Letter and relation, where the account is somebody else's.
fn papers(cx: &Ctx<'_>, out: &mut Collect, args: &NoteAccount) {
    if matches!(args.payee, Payee::Proxy | Payee::Child) {
        let what = match args.payee {
            Payee::Proxy => "代领须有委托书，请在「委托书」填写日期和页数",
            _ => "用子女账户须有老人的说明，请在「委托书」填写日期和页数",
        };
        duties::reason(cx, out, &args.letter, "letter", what);
    }
    let known = |relation: &String| codes::name_of(codes::relation(), relation).is_some();
    match (args.payee, &args.relation) {
        (Payee::Guardian | Payee::Child, None) => {
            out.say(Code::ReasonRequired, "relation", "须写明与申请人的关系，请按F4选择。");
        }
        (_, Some(relation)) if !known(relation) => {
            out.say(Code::Unknown, "relation", "没有这个关系代码，请按F4选择。");
        }
        (Payee::Child, Some(relation)) if !relation.starts_with(['2', '3']) => {
            out.say(Code::AccountOwner, "relation", "子女账户的所有人须是申请人的子女，请改选领款人。");
        }
        _ => {}
    }
    if args.payee == Payee::Child && !cx.author.is(Role::Approver) {
        out.say(Code::Role, "payee", "用子女账户须由审批人允许，请由本乡镇审批人登记，登记后列入县局清单。");
    }
}

/// What the number and the name say; only the author's desk can read them.
fn home(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &NoteAccount) {
    let Some(private) = cx.private else { return };
    let text = |slot: &Option<Text>| slot.as_ref().and_then(|slot| private.text(slot));
    if args.number.is_some() {
        match Account::parse(text(&args.number).unwrap_or_default()) {
            Err(problem) => out.say(Code::State, "account", problem.to_string()),
            Ok(number) if number.luhn_ok() != args.check_digit => {
                out.say(Code::State, "account", "账号与校验结果不一致，请重新输入账号。");
            }
            Ok(_) => {}
        }
    }
    let Some(holder) = text(&args.holder) else {
        if args.holder.is_some() {
            out.say(Code::AccountOwner, "holder", "户名未填，请按卡或存折上的户名填写。");
        }
        return;
    };
    let whose = if args.payee == Payee::Self_ { Some(case.person) } else { args.owner };
    if let Some(name) = whose.and_then(|whose| cx.answers.name_of(whose))
        && bare(&name) != bare(holder)
    {
        let who = if args.payee == Payee::Self_ { "申请人" } else { "账户所有人" };
        out.say(
            Code::AccountOwner,
            "holder",
            format!("户名与{who}姓名不同，请核对卡折；是别人的账户请按F4改选领款人。"),
        );
    }
}

/// A name as it is compared: without spaces and the dots that minorities' names carry in several forms.
fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•' | '・' | '．' | '.')).collect()
}

/// One account for many households is looked at; an institution's is everybody's.
fn shared(cx: &Ctx<'_>, out: &mut Collect, case: &Case, args: &NoteAccount) {
    if args.kind == AccountKind::Corporate {
        return;
    }
    let own = case.household.map_or(case.person.0, |household| household.0);
    let mut households = cx.answers.households_on(&args.mark);
    households.insert(own);
    if households.len() >= tier::pack_of(cx, case).payout.shared_households {
        out.say(
            Code::AccountShared,
            "account",
            format!("这个账户已用于{}户，请核对是否集中代领；确需使用的写明原因。", households.len()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, OTHER_CASE, P, money_line};
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::ids::AccountId;
    use crate::domain::nouns::ReturnReason;
    use crate::domain::private::Private;

    fn args(payee: Payee) -> NoteAccount {
        NoteAccount {
            account: AccountId([7; 16]),
            case: CASE,
            payee,
            owner: None,
            kind: AccountKind::Card,
            mark: "ab".repeat(16),
            check_digit: true,
            number: Some("account".into()),
            holder: Some("holder".into()),
            bank: None,
            letter: None,
            relation: None,
            overrides: std::collections::BTreeSet::new(),
            override_reason: None,
        }
    }

    fn codes(desk: &Desk, who: &str, args: NoteAccount) -> Vec<Code> {
        desk.ask(who).codes(Command::NoteAccount(args))
    }

    #[test]
    fn every_payee_has_his_papers() {
        let desk = Desk::submitted(vec![money_line(1, 40_000)]);
        let with = |payee, change: fn(&mut NoteAccount)| {
            let mut args = args(payee);
            change(&mut args);
            args
        };
        for (args, codes_) in [
            (with(Payee::Self_, |_| {}), vec![]),
            (with(Payee::Self_, |a| a.owner = Some(P[1])), vec![Code::AccountOwner]),
            (with(Payee::Self_, |a| a.number = None), vec![Code::State]),
            (with(Payee::Self_, |a| a.holder = None), vec![Code::AccountOwner]),
            (with(Payee::Self_, |a| a.kind = AccountKind::Corporate), vec![Code::AccountOwner]),
            (with(Payee::Proxy, |_| {}), vec![Code::ReasonRequired]),
            (with(Payee::Proxy, |a| a.letter = Some("letter".into())), vec![]),
            (with(Payee::Guardian, |_| {}), vec![Code::ReasonRequired]),
            (with(Payee::Guardian, |a| a.relation = Some("51".into())), vec![]),
            (with(Payee::Institution, |_| {}), vec![Code::AccountOwner]),
            (with(Payee::Institution, |a| a.kind = AccountKind::Corporate), vec![]),
            (with(Payee::Station, |a| a.kind = AccountKind::Corporate), vec![]),
        ] {
            assert_eq!(codes(&desk, "1001", args.clone()), codes_, "{args:?}");
        }
    }

    #[test]
    fn a_child_s_account_is_allowed_by_an_approver_and_is_a_child_s() {
        let desk = Desk::submitted(vec![money_line(1, 40_000)]);
        let child = |relation: &str| NoteAccount {
            letter: Some("letter".into()),
            relation: Some(relation.into()),
            ..args(Payee::Child)
        };
        assert_eq!(codes(&desk, "1002", child("21")), vec![]);
        assert_eq!(codes(&desk, "1002", child("51")), vec![Code::AccountOwner]);
        assert_eq!(codes(&desk, "1001", child("21")), vec![Code::Role]);
        assert_eq!(
            codes(&desk, "1002", NoteAccount { letter: None, ..child("31") }),
            vec![Code::ReasonRequired]
        );
    }

    #[test]
    fn the_name_on_the_card_is_the_applicant_s() {
        let desk = Desk::submitted(vec![money_line(1, 40_000)]);
        for (name, number, expected) in [
            ("赵建国", "6228480000000000018", vec![]),
            (" 赵 建国", "6228480000000000018", vec![]),
            ("赵建军", "6228480000000000018", vec![Code::AccountOwner]),
            ("赵建国", "6228480000000000019", vec![Code::State]),
            ("赵建国", "1234", vec![Code::State]),
        ] {
            let mut private = Private::default();
            private.put("account", number);
            private.put("holder", name);
            let mut ask = desk.ask("1001");
            ask.private = Some(&private);
            assert_eq!(ask.codes(Command::NoteAccount(args(Payee::Self_))), expected, "{name} {number}");
        }
    }

    #[test]
    fn a_closed_account_is_not_noted_again_and_one_that_can_be_mended_is() {
        let mut desk = Desk::submitted(vec![money_line(1, 40_000)]);
        desk.run("1001", Command::NoteAccount(args(Payee::Self_)));
        for (reason, expected) in [
            (ReturnReason::NameDiffers, vec![]),
            (ReturnReason::Frozen, vec![]),
            (ReturnReason::AccountClosed, vec![Code::AccountOwner]),
        ] {
            desk.returned(7, reason);
            assert_eq!(codes(&desk, "1001", args(Payee::Self_)), expected, "{reason:?}");
        }
        let other = NoteAccount { mark: "cd".repeat(16), ..args(Payee::Self_) };
        assert_eq!(codes(&desk, "1001", other), vec![]);
    }

    #[test]
    fn the_check_digit_is_a_note_on_cards_alone() {
        let desk = Desk::submitted(vec![money_line(1, 40_000)]);
        for (kind, noted) in [(AccountKind::Card, true), (AccountKind::Passbook, false)] {
            let told = NoteAccount { kind, check_digit: false, ..args(Payee::Self_) };
            let decision = desk.ask("1001").decide(Command::NoteAccount(told)).unwrap();
            assert_eq!(decision.notes.iter().any(|note| note.code == Code::Luhn), noted, "{kind:?}");
        }
    }

    #[test]
    fn the_third_household_of_an_account_is_asked_about() {
        let mut desk = Desk::submitted(vec![money_line(1, 40_000)]);
        let mut other = desk.case_args(0xcb, P[2]);
        other.household = None;
        other.applicant = crate::domain::nouns::Applicant::Individual;
        desk.share_the_matter();
        desk.run("1001", Command::OpenCase(other));
        let mut third = desk.case_args(0xcc, P[3]);
        third.household = None;
        third.applicant = crate::domain::nouns::Applicant::Individual;
        desk.run("1001", Command::OpenCase(third));
        let note = |id: u8, case| NoteAccount { account: AccountId([id; 16]), case, ..args(Payee::Proxy) };
        let lettered =
            |args: NoteAccount| Command::NoteAccount(NoteAccount { letter: Some("letter".into()), ..args });
        desk.run("1001", lettered(note(1, CASE)));
        desk.run("1001", lettered(note(2, CASE)));
        desk.run("1001", lettered(note(3, OTHER_CASE)));
        let last = note(4, crate::domain::ids::CaseId([0xcc; 16]));
        assert_eq!(desk.ask("1001").codes(lettered(last.clone())), vec![Code::AccountShared]);
        let reasoned = NoteAccount {
            overrides: [Code::AccountShared].into(),
            override_reason: Some("override".into()),
            ..last
        };
        assert_eq!(desk.ask("1001").codes(lettered(reasoned)), vec![]);
    }
}
