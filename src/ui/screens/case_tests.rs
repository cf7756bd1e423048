//! A case on the screen: what stands there and what can be done from it.

use super::*;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::command::trust::About;
use crate::domain::kin::{Kin, KinBy};
use crate::domain::nouns::Stage;
use crate::domain::office::{Role as Duty, Tier};
use crate::office::front::trust::{TrustDeed, Whom};
use crate::ui::screens::fixtures::{self, drawn};

fn screen(card: CaseCard, roles: &[Duty], township: Option<u16>) -> CaseScreen {
    let mut screen = CaseScreen::new(card.case.id);
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(card.case.id))]);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    screen
}

fn number(screen: &mut CaseScreen, number: &str) -> Vec<Intent> {
    for c in number.chars() {
        screen.update(Msg::Key(Key::Char(c)));
    }
    screen.update(Msg::Key(Key::Enter))
}

fn said(intents: &[Intent], what: &str) -> bool {
    matches!(intents, [Intent::Say(text) | Intent::Warn(text)] if text.contains(what))
}

fn open(mut card: CaseCard) -> CaseCard {
    card.case.stage = Stage::Open;
    card.case.tier = None;
    card
}

#[test]
fn a_case_paid_first_at_80_columns() {
    let mut screen = screen(fixtures::paid_first(), &[Duty::Handler], Some(103));
    insta::assert_snapshot!(drawn(&mut screen));
}

#[test]
fn the_supervisor_raises_a_finding_from_the_case_and_nobody_else_does() {
    for by_number in [true, false] {
        let mut screen = screen(fixtures::paid_first(), &[Duty::Supervisor], None);
        let offered = screen.offers().into_iter().any(|offer| offer.action == Some(Action::New));
        assert!(offered && drawn(&mut screen).contains("提出问题"));
        match by_number {
            true => number(&mut screen, "26"),
            false => screen.update(Msg::Action(Action::New)),
        };
        let due = fixtures::now().day().plus(10);
        assert!(drawn(&mut screen).contains("整改期限") && drawn(&mut screen).contains(&due.to_string()));
        assert!(said(&screen.update(Msg::Action(Action::Submit)), "问题"), "nothing written yet");
        screen.update(Msg::Burst("没有见证人签字".to_owned()));
        let raise = TrustDeed::Raise {
            about: Whom::About(About::Case { case: screen.id }),
            entry: None,
            due,
            text: "没有见证人签字".to_owned(),
        };
        let done = Intent::Ask(Ask::Do { deed: Box::new(Deed::Trust(raise)), draft: 0 });
        assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
    }
    let mut screen = screen(fixtures::paid_first(), &[Duty::Handler], Some(103));
    assert!(screen.offers().iter().all(|offer| offer.action != Some(Action::New)));
    assert!(said(&number(&mut screen, "26"), "督导"));
    assert!(said(&screen.update(Msg::Action(Action::New)), "督导"));
}

#[test]
fn who_may_be_a_relative_stands_beside_who_is() {
    let mut card = fixtures::paid_first();
    card.maybe_relatives = vec![Kin { officer: "1203".into(), by: KinBy::Household }];
    let mut screen = screen(card, &[Duty::Approver], Some(103));
    assert!(drawn(&mut screen).contains("疑似1203(同户)"));
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut screen = screen(fixtures::paid_first(), &[Duty::Handler], Some(103));
    assert!(said(&number(&mut screen, "1"), "已发放"));
    assert!(said(&number(&mut screen, "13"), "还缺对象、盖章"));
    assert!(said(&number(&mut screen, "3"), "审批人"));
    assert!(screen.help().screen.iter().any(|text| text.contains("办结：")));
    let id = screen.id;
    assert_eq!(number(&mut screen, "6"), vec![Intent::Open(Place::Papers(id))]);
    assert_eq!(number(&mut screen, "17"), vec![Intent::Open(Place::Steps(id))]);
    let print = Intent::Ask(Ask::Print(PaperKind::Missing, Some(id)));
    assert_eq!(number(&mut screen, "23"), vec![print]);
}

#[test]
fn a_case_is_submitted_with_f9_and_not_with_enter() {
    let mut screen = screen(open(fixtures::case_card()), &[Duty::Handler], Some(103));
    assert_eq!(number(&mut screen, "1"), vec![Intent::Forget]);
    screen.update(Msg::Key(Key::Enter));
    assert!(said(&screen.update(Msg::Key(Key::Enter)), "F9"));
    let id = screen.id;
    let deed = Deed::Submit(id, Tier::Township, String::new());
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
    let after = screen.update(Msg::Reply(Reply::Done {
        sentence: "26-103-0117 已报批".to_owned(),
        case: Some(id),
        notes: Vec::new(),
    }));
    assert!(after.contains(&Intent::Ask(Ask::Case(id))) && screen.prompt.is_none());
}

#[test]
fn the_approver_authorises_with_f10_and_the_password() {
    let mut screen = screen(open(fixtures::case_card()), &[Duty::Approver], Some(103));
    number(&mut screen, "3");
    assert!(screen.offers().iter().any(|offer| offer.action == Some(Action::Sign)));
    assert!(screen.offers().iter().all(|offer| offer.action != Some(Action::Submit)));
    assert_eq!(screen.update(Msg::Action(Action::Sign)), vec![Intent::Ask(Ask::Run)]);
    screen.update(Msg::Reply(Reply::Run(None)));
    assert!(drawn(&mut screen).contains("密码"));
    screen.update(Msg::Burst("Abc12345\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    let intents = screen.update(Msg::Reply(Reply::RunOpened(Stamp(1))));
    let deed = Deed::Authorise(screen.id, Money::from_fen(50_000));
    assert_eq!(intents, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
}

#[test]
fn paying_on_an_authorisation_in_cash_needs_reason_recipient_and_witness() {
    let mut card = open(fixtures::case_card());
    let mut without = screen(card.clone(), &[Duty::Handler], Some(103));
    assert!(said(&number(&mut without, "4"), "没有未用的先行授权"));
    card.authorisations.push(fixtures::authorisation());
    let mut screen = screen(card, &[Duty::Handler], Some(103));
    number(&mut screen, "4");
    assert!(said(&screen.update(Msg::Action(Action::Submit)), "渠道"), "nothing is preset");
    screen.update(Msg::Key(Key::Char('2')));
    assert!(said(&screen.update(Msg::Action(Action::Submit)), "见证人"));
    for text in ["急难先行", "王桂兰", "刘志"] {
        screen.update(Msg::Key(Key::Enter));
        screen.update(Msg::Burst(text.to_owned()));
    }
    let done = screen.update(Msg::Action(Action::Submit));
    let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
    assert!(matches!(deed.as_ref(), Deed::PayOnAuthority(payment, _) if payment.witness == "刘志"));
}

#[test]
fn minutes_and_reversals_are_filled_in_and_left_with_f12() {
    let mut screen = screen(fixtures::paid_first(), &[Duty::Approver], Some(103));
    let id = screen.id;
    assert_eq!(number(&mut screen, "7"), vec![Intent::Open(Place::County(CountyPlace::Meeting(id)))]);
    assert_eq!(number(&mut screen, "20"), vec![Intent::Open(Place::County(CountyPlace::Deeds(id, None)))]);
    number(&mut screen, "14");
    assert!(said(&screen.update(Msg::Action(Action::Submit)), "原因"));
    assert!(said(&screen.update(Msg::Action(Action::Cancel)), "没有改"));
    number(&mut screen, "14");
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Burst("付错人".to_owned()));
    let done = screen.update(Msg::Action(Action::Submit));
    let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
    assert!(matches!(deed.as_ref(), Deed::Reverse(..)));
    screen.update(Msg::Action(Action::Back));
    assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
}

#[test]
fn another_township_s_case_is_only_read() {
    let mut screen = screen(fixtures::case_card(), &[Duty::Handler, Duty::Approver], Some(102));
    assert!(said(&number(&mut screen, "2"), "不是本单位"));
}
