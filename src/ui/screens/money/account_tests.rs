//! 登记账户: the person's own, a child's with its papers, a card that is in doubt.

use super::*;
use crate::ui::action::Action;
use crate::ui::screens::testing::Clerk;

fn clerk() -> Clerk {
    Clerk::at(AccountSheet::screen(CaseId([7; 16])), "account")
}

fn account(clerk: &Clerk) -> AccountDeed {
    match clerk.deeds.first() {
        Some((Deed::Money(MoneyDeed::Account(typed)), _)) => (**typed).clone(),
        other => panic!("{other:?} {:?}", clerk.said),
    }
}

#[test]
fn ones_own_card_is_a_number_and_a_bank() {
    let mut clerk = clerk();
    clerk.keys("6217000000000000020\n");
    clerk.keys("县农信联社\n");
    clerk.act(Action::Submit);
    insta::assert_snapshot!(clerk.drawn_everywhere());
    clerk.act(Action::Submit);
    let typed = account(&clerk);
    assert_eq!((typed.payee, typed.kind, typed.holder.as_str()), (Payee::Self_, AccountKind::Card, "单文彩"));
    assert!(typed.overrides.is_empty() && typed.reason.is_empty());
}

#[test]
fn a_card_in_doubt_wants_to_be_looked_at_again() {
    let mut clerk = clerk();
    clerk.keys("6217000000000000021\n");
    clerk.keys("县农信联社\n");
    assert!(clerk.drawn(80, 19).contains("末位校验不符"), "{}", clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty());
    clerk.keys("已对照卡片两遍\n");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let typed = account(&clerk);
    assert_eq!((typed.overrides, typed.reason.as_str()), ([Code::Luhn].into(), "已对照卡片两遍"));
}

#[test]
fn a_childs_passbook_has_its_relation_and_letter() {
    let mut clerk = clerk();
    clerk.send(crate::ui::screen::Msg::Key(crate::ui::key::Key::CtrlHome));
    clerk.keys("62");
    assert!(clerk.drawn(80, 19).contains("与申请人") && clerk.drawn(80, 19).contains("委 托 书"));
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "the papers are asked for");
}

#[test]
fn what_the_bank_sent_back_says_why_and_from_which_account() {
    use crate::domain::nouns::ReturnReason;
    use crate::ui::screens::money::fixtures::{line, reply, waiting};
    let mut clerk = clerk();
    assert!(!clerk.drawn(80, 19).contains("银行退回"));
    let mut view = waiting();
    view.rows.push(line(7, "单文彩", 50_000, |line| line.refused = Some(ReturnReason::NameDiffers)));
    view.rows.retain(|row| row.case != CaseId([7; 16]) || row.refused.is_some());
    clerk.send(crate::ui::screen::Msg::Reply(reply(MoneyReply::Waiting(view))));
    for (cols, rows) in [(80, 19), (60, 14)] {
        let drawn = clerk.drawn(cols, rows);
        assert!(drawn.contains("! 银行退回：户名不符"), "{drawn}");
        assert!(drawn.contains("退回的账户 县农信联社 单文彩 尾号 00000007"), "{drawn}");
    }
}
