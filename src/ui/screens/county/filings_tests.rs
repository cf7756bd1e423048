//! 备案: months that are due before rosters; who files, and who looks through and calls back.

use super::*;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::office::front::county::RosterView;
use crate::store::replica::views::filings::FiledDecision;
use crate::ui::screens::county::roster::RosterScreen;
use crate::ui::screens::fixtures::{self, drawn};

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

fn roster(back: u32) -> FiledRoster {
    FiledRoster {
        number: "R26-103-09".to_owned(),
        township: 103,
        month: (2026, 9),
        at: fixtures::now().plus_hours(-24 * 40),
        by: "9103".into(),
        cases: 2,
        amount: yuan(850),
        called_back: back,
    }
}

fn filings() -> Filings {
    let today = fixtures::now().day();
    let due = |month, days| UnfiledMonth {
        township: 103,
        year: 2026,
        month,
        cases: 12,
        amount: yuan(4_200),
        due: today.plus(days),
    };
    Filings { due: vec![due(9, -20), due(10, 3)], filed: vec![roster(1)] }
}

fn screen(roles: &[Duty], township: Option<u16>) -> FilingsScreen {
    let mut screen = FilingsScreen::new();
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::County(CountyReply::Filings(Box::new(filings())))));
    screen
}

#[test]
fn months_and_rosters_at_80_columns() {
    insta::assert_snapshot!(drawn(&mut screen(&[Duty::Handler], Some(103))));
}

#[test]
fn the_township_files_a_month_with_a_digit_and_f9() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    screen.update(Msg::Key(Key::Enter));
    assert!(drawn(&mut screen).contains("2026年9月备案：12 件 4,200.00 元"));
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(said.as_slice(), [Intent::Warn(_)]), "nothing is preset: {said:?}");
    screen.update(Msg::Key(Key::Char('1')));
    let deed = Box::new(Deed::County(CountyDeed::FileRoster(103, 2026, 9)));
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
    let done =
        Reply::Done { sentence: "备案花名册已报县局".to_owned(), case: None, notes: Vec::new() };
    assert!(screen.update(Msg::Reply(done)).contains(&Intent::Ask(Ask::County(CountyAsk::Filings))));
}

#[test]
fn the_county_files_for_nobody_and_opens_what_was_filed() {
    let mut screen = screen(&[Duty::Approver], None);
    let said = screen.update(Msg::Key(Key::Enter));
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("木头城子镇")), "{said:?}");
    screen.update(Msg::Key(Key::End));
    let open = Intent::Open(Place::County(CountyPlace::Roster("R26-103-09".to_owned())));
    assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![open]);
    screen.update(Msg::Key(Key::Char('7')));
    let print = Ask::County(CountyAsk::Print(CountyPaper::Roster("R26-103-09".to_owned())));
    assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Ask(print)]);
}

fn opened(roles: &[Duty], township: Option<u16>) -> RosterScreen {
    let today = fixtures::now().day();
    let row = |no: u8, back: Option<i64>| FiledDecision {
        case: CaseId([no; 16]),
        number: format!("26-103-00{no:02}"),
        person: PersonId([no; 16]),
        name: "王桂兰".to_owned(),
        circumstance: Circumstance::Illness,
        path: Path::Emergency,
        stage: Stage::Paid,
        on: today.plus(-60),
        amount: yuan(425),
        back_due: back.map(|days| today.plus(days)),
        back: back.is_some(),
    };
    let mut screen = RosterScreen::new("R26-103-09".to_owned());
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    let view = RosterView { head: roster(1), rows: vec![row(1, None), row(2, Some(2))] };
    screen.update(Msg::Reply(Reply::County(CountyReply::Roster(Some(Box::new(view))))));
    screen
}

fn press(screen: &mut RosterScreen, digit: char) -> Vec<Intent> {
    screen.update(Msg::Key(Key::Char(digit)));
    screen.update(Msg::Key(Key::Enter))
}

#[test]
fn a_roster_is_looked_through_called_back_and_settled() {
    let mut screen = opened(&[Duty::Approver], None);
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.subject().contains("R26-103-09"));
    assert!(matches!(press(&mut screen, '8').as_slice(), [Intent::Warn(_)]), "nothing was called back");
    press(&mut screen, '4');
    assert!(
        matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]),
        "with a reason"
    );
    screen.update(Msg::Burst("缺入户调查".to_owned()));
    let deed = Box::new(Deed::County(CountyDeed::CallBack(CaseId([1; 16]), "缺入户调查".to_owned())));
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
    screen.update(Msg::Action(Action::Cancel));
    screen.update(Msg::Key(Key::Down));
    assert!(matches!(press(&mut screen, '4').as_slice(), [Intent::Warn(_)]), "once");
    press(&mut screen, '8');
    screen.update(Msg::Burst("已补调查".to_owned()));
    let deed = Box::new(Deed::County(CountyDeed::SettleCallBack(CaseId([2; 16]), "已补调查".to_owned())));
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
    let mut own = opened(&[Duty::Handler], Some(103));
    assert!(matches!(press(&mut own, '4').as_slice(), [Intent::Warn(text)] if text.contains("县局审批人")));
    assert_eq!(press(&mut own, '5'), vec![Intent::Open(Place::Case(CaseId([1; 16])))]);
}
