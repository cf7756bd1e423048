//! 支出型待办: lists by what waits, with their clocks.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::key::Key;
use crate::ui::screens::fixtures::{self as all, drawn, drawn_at};
use crate::ui::screens::path::fixtures::{rows, today};

fn open(which: PathList, roles: &[Duty]) -> TodoScreen {
    let mut screen = TodoScreen::new(which);
    assert_eq!(screen.update(Msg::Shown), ask());
    screen.update(Msg::Reply(Reply::Me(all::me(roles, Some(103)))));
    screen.update(Msg::Reply(Reply::Path(PathReply::Todo(rows(), all::now()))));
    screen
}

#[test]
fn everything_that_waits_with_its_clock_at_80_columns() {
    let mut screen = open(PathList::All, &[Duty::Handler]);
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("过期1天"), "{}", screen.hint());
    assert!(drawn_at(&mut screen, 60, 14).contains("镇过期1天"));
}

#[test]
fn every_open_case_stands_in_a_list_and_f4_goes_through_those_that_hold_somebody() {
    let all_rows = rows();
    for row in &all_rows {
        let own = PathList::ALL.iter().filter(|list| lists::holds(**list, row)).count();
        assert!(own >= 2, "{:?} stands under 全部 alone", row.wait);
    }
    let mut screen = open(PathList::All, &[Duty::Handler]);
    let mut seen = Vec::new();
    loop {
        screen.update(Msg::Action(Action::Choose));
        if screen.which == PathList::All {
            break;
        }
        assert!(!screen.with.list.rows().items.is_empty(), "{:?}", screen.which);
        seen.push(screen.which);
    }
    assert!(seen.contains(&PathList::NoticeEnd) && !seen.contains(&PathList::Examination), "{seen:?}");
}

#[test]
fn home_counts_the_first_last_day_and_what_wants_somebody_at_once() {
    let rows = rows();
    let survey = lists::waiting(&rows, PathList::Survey, today());
    assert_eq!((survey.pile.count, survey.pile.earliest, survey.late), (1, Some(today().plus(-1)), 1));
    let meeting = lists::waiting(&rows, PathList::Meeting, today());
    assert_eq!((meeting.pile.count, meeting.late), (3, 2), "an objection, and a notice that is over");
}

#[test]
fn enter_opens_the_steps_and_8_the_approval_of_all_that_wait() {
    let mut screen = open(PathList::All, &[Duty::Approver]);
    let steps = Place::Path(PathPlace::Work(CaseId([17; 16])));
    assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(steps)]);
    screen.update(Msg::Key(Key::Char('8')));
    let said = screen.update(Msg::Key(Key::Enter));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("还没有报批")), "{said:?}");
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Char('8')));
    let run = vec![CaseId([19; 16])];
    assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Approval { run, at: 0 })]);
    let mut screen = open(PathList::Approval, &[Duty::Handler]);
    screen.update(Msg::Key(Key::Char('8')));
    let said = screen.update(Msg::Key(Key::Enter));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("没有审批岗位")), "{said:?}");
}

#[test]
fn f6_begins_an_application_and_only_a_handler_does() {
    let mut screen = open(PathList::All, &[Duty::Handler]);
    let apply = Place::Path(PathPlace::Apply(0));
    assert_eq!(screen.update(Msg::Action(Action::New)), vec![Intent::Open(apply)]);
    let screen = open(PathList::All, &[Duty::Approver]);
    let new = screen.offers().into_iter().find(|offer| offer.action == Some(Action::New)).unwrap();
    assert!(new.disabled.is_some());
}
