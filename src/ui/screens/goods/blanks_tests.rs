//! The screen of numbered pads.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::screens::fixtures::{self, drawn, drawn_at};

fn screen(duty: Duty) -> BlanksScreen {
    let mut screen = BlanksScreen::new();
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], Some(103)))));
    let today = fixtures::now().day();
    let row = |no: u32, fate: Fate| BlankRow {
        blank: crate::domain::pad::number(2026, 103, no),
        township: 103,
        pad: 90,
        on: today.plus(-30),
        by: "1031".into(),
        case: matches!(fate, Fate::Used(_)).then_some(CaseId([7; 16])),
        fate,
    };
    let rows = vec![
        row(1, Fate::Used("26-103-0031".to_owned())),
        row(2, Fate::Void(today.plus(-20), "1031".into(), "写坏".to_owned())),
        row(3, Fate::Missing(today.plus(-12))),
        row(4, Fate::Used("26-103-0032".to_owned())),
        row(5, Fate::Unused),
    ];
    screen.update(Msg::Reply(Reply::Goods(GoodsReply::Blanks(rows, today))));
    screen
}

#[test]
fn every_number_says_what_became_of_it() {
    let mut screen = screen(Duty::Handler);
    insta::assert_snapshot!("blanks", drawn(&mut screen));
    assert!(screen.hint().contains("缺号1张"), "{}", screen.hint());
    let narrow = drawn_at(&mut screen, 60, 20);
    assert!(narrow.contains("缺12天"), "{narrow}");
}

#[test]
fn rows_open_their_case_are_voided_and_print_their_pad() {
    let mut screen = screen(Duty::Handler);
    let of = |no: u32| crate::domain::pad::number(2026, 103, no);
    let open = screen.chosen(vec![(of(1), '1')]);
    assert_eq!(open, vec![Intent::Open(Place::Case(CaseId([7; 16])))]);
    let print = screen.chosen(vec![(of(5), '7')]);
    assert_eq!(print, vec![Intent::Ask(Ask::Goods(GoodsAsk::PrintPad(103, 90)))]);
    assert!(matches!(screen.chosen(vec![(of(2), '4')]).as_slice(), [Intent::Warn(_)]));
    screen.chosen(vec![(of(3), '4')]);
    assert!(matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]));
    screen.update(Msg::Burst("丢失".to_owned()));
    let deed = Box::new(Deed::Goods(GoodsDeed::VoidBlank { blank: of(3), reason: "丢失".to_owned() }));
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
}

#[test]
fn a_pad_is_taken_by_who_works_with_it() {
    let mut finance = screen(Duty::Finance);
    assert!(matches!(finance.update(Msg::Action(Action::New)).as_slice(), [Intent::Warn(_)]));
    let mut screen = screen(Duty::Approver);
    screen.update(Msg::Action(Action::New));
    let deed = Box::new(Deed::Goods(GoodsDeed::IssuePad { township: 103, count: 10 }));
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
}
