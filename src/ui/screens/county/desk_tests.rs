//! 县局待办: its rows at 80 columns, and what 1 does with each.

use super::*;
use crate::base::money::Money;
use crate::domain::ids::{PersonId, ReferralId};
use crate::store::replica::views::queue::Bar;
use crate::ui::screens::fixtures::{self, drawn};

fn work(no: u8, waits: Waits, due: Option<i64>) -> Work {
    let today = fixtures::now().day();
    Work {
        waits,
        case: CaseId([no; 16]),
        number: format!("26-103-01{no:02}"),
        township: 103,
        person: PersonId([no; 16]),
        name: if no.is_multiple_of(2) { "王桂兰" } else { "单文彩" }.to_owned(),
        amount: Money::from_fen(60_000 * i64::from(no)),
        handler: "9101".into(),
        since: Some(today.plus(-4)),
        due: due.map(|days| today.plus(days)),
        referral: (waits == Waits::Referral).then_some(ReferralId([no; 16])),
        bar: None,
    }
}

fn rows() -> Vec<Work> {
    vec![
        work(1, Waits::Examination, Some(3)),
        work(2, Waits::Examination, Some(4)),
        work(3, Waits::CountyDecision, Some(-1)),
        work(4, Waits::City, None),
        work(5, Waits::CityCheck, None),
        work(6, Waits::CalledBack, Some(2)),
        work(7, Waits::Referral, Some(-3)),
        work(8, Waits::HomeReply, None),
        work(9, Waits::Payee, None),
    ]
}

fn screen(roles: &[Duty], township: Option<u16>) -> DeskScreen {
    let mut screen = DeskScreen::new();
    assert_eq!(screen.update(Msg::Shown), DeskScreen::ask());
    assert!(screen.holds());
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::County(CountyReply::Work(rows()))));
    screen
}

/// What a digit does with the row at a place.
fn does_at(screen: &mut DeskScreen, at: usize, digit: char) -> Vec<Intent> {
    screen.update(Msg::Key(Key::Home));
    for _ in 0..at {
        screen.update(Msg::Key(Key::Down));
    }
    screen.update(Msg::Key(Key::Char(digit)));
    screen.update(Msg::Key(Key::Enter))
}

#[test]
fn what_waits_at_80_columns_with_clocks_and_late_ones_marked() {
    let mut screen = screen(&[Duty::Approver], None);
    assert!(!screen.holds());
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("1 股室审核"), "{}", screen.hint());
}

#[test]
fn one_does_what_the_row_asks_for() {
    let mut screen = screen(&[Duty::Approver], None);
    let case = |no: u8| CaseId([no; 16]);
    let county = |place| vec![Intent::Open(Place::County(place))];
    let deed = |no, more| county(CountyPlace::Deeds(case(no), Some(more)));
    let examine = CountyPlace::Examine { run: vec![case(1), case(2)], at: 1 };
    assert_eq!(does_at(&mut screen, 1, '1'), county(examine), "all that wait for the same, from this one on");
    let approve = Place::Approval { run: vec![case(3)], at: 0 };
    assert_eq!(does_at(&mut screen, 2, '1'), vec![Intent::Open(approve)]);
    for (at, more) in [
        (3, More::CityReply),
        (4, More::CheckCity),
        (5, More::SettleCallBack),
        (6, More::ReferReply),
        (7, More::HomeReply),
        (8, More::HoldPayee),
    ] {
        assert_eq!(does_at(&mut screen, at, '1'), deed(u8::try_from(at + 1).unwrap(), more), "{more:?}");
    }
    assert_eq!(does_at(&mut screen, 8, '5'), vec![Intent::Open(Place::Case(case(9)))]);
    assert_eq!(does_at(&mut screen, 8, '9'), county(CountyPlace::Deeds(case(9), None)));
    let paper = CountyPaper::Referral(case(7), Some(ReferralId([7; 16])));
    assert_eq!(does_at(&mut screen, 6, '7'), vec![Intent::Ask(Ask::County(CountyAsk::Print(paper)))]);
}

#[test]
fn the_township_does_its_own_and_is_told_what_is_the_county_s() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    for at in [0, 2, 3, 4, 8] {
        let said = does_at(&mut screen, at, '1');
        assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("县局")), "{at} {said:?}");
    }
    assert_eq!(does_at(&mut screen, 5, '1'), vec![Intent::Open(Place::Case(CaseId([6; 16])))]);
    let reply = CountyPlace::Deeds(CaseId([7; 16]), Some(More::ReferReply));
    assert_eq!(does_at(&mut screen, 6, '1'), vec![Intent::Open(Place::County(reply))]);
}

#[test]
fn f2_looks_up_the_household_of_the_row() {
    let mut screen = screen(&[Duty::Approver], None);
    screen.update(Msg::Key(Key::Down));
    let asked = screen.update(Msg::Action(Action::Lookup));
    assert_eq!(asked, vec![Intent::Open(Place::Lookup("26-103-0102".to_owned()))]);
    let mut empty = DeskScreen::new();
    assert_eq!(empty.update(Msg::Action(Action::Lookup)), vec![]);
}

#[test]
fn what_the_reader_may_not_decide_says_why() {
    let mut screen = screen(&[Duty::Approver], None);
    let mut barred = work(3, Waits::CountyDecision, Some(-1));
    barred.bar = Some(Bar::Examined);
    screen.update(Msg::Reply(Reply::County(CountyReply::Work(vec![barred]))));
    assert!(drawn(&mut screen).contains("待县局审批 审核"), "{}", drawn(&mut screen));
    assert!(screen.hint().starts_with("由您审核，不能由您审批，请其他审批人办理"), "{}", screen.hint());
    let narrow = fixtures::drawn_at(&mut screen, 60, 14);
    assert!(narrow.contains("待县局审批 审核"), "the word is not cut where the screen is narrow: {narrow}");
}
