//! 决定待送达 and 待回访: rows with their last day, and the form behind them.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::key::Key;
use crate::ui::screens::fixtures::{self as all, drawn, drawn_at};
use crate::ui::screens::path::fixtures::after_rows;

fn open(list: AfterList, roles: &[Duty]) -> AfterScreen {
    let mut screen = AfterScreen::new(list);
    assert_eq!(screen.update(Msg::Shown), screen.ask());
    screen.update(Msg::Reply(Reply::Me(all::me(roles, Some(103)))));
    screen.update(Msg::Reply(Reply::Path(PathReply::After(after_rows(), all::now()))));
    screen
}

#[test]
fn decisions_to_be_delivered_at_80_columns() {
    let mut screen = open(AfterList::Deliver, &[Duty::Handler]);
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("过期2天"), "{}", screen.hint());
    assert!(drawn_at(&mut screen, 60, 14).contains("过期2天"));
}

#[test]
fn people_to_be_asked_at_80_columns() {
    let mut screen = open(AfterList::FollowUp, &[Duty::Handler]);
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("发放，应在"), "{}", screen.hint());
}

#[test]
fn enter_opens_the_form_of_the_step_for_a_handler_alone() {
    let case = CaseId([17; 16]);
    for (list, form) in [(AfterList::Deliver, PathForm::Deliver), (AfterList::FollowUp, PathForm::FollowUp)] {
        let mut screen = open(list, &[Duty::Handler]);
        let step = Place::Path(PathPlace::Step(case, form));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(step)]);
        let mut screen = open(list, &[Duty::Approver]);
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("没有经办人岗位")), "{said:?}");
        screen.update(Msg::Key(Key::Char('5')));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Case(case))]);
    }
    let mut screen = open(AfterList::Deliver, &[Duty::Handler]);
    screen.update(Msg::Key(Key::Char('7')));
    let paper = Place::Paper(PaperPlace::Choose(case));
    assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(paper)]);
}
