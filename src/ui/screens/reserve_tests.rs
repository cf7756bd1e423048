//! The month of a reserve on the screen.

use super::*;
use crate::ui::screens::fixtures::{self, drawn};

fn screen(roles: &[Duty], township: Option<u16>) -> ReserveScreen {
    let mut screen = ReserveScreen::new(township);
    let asked = Ask::Reserve { township: township.unwrap_or(0), month: (0, 0) };
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(asked)]);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::Reserve(Box::new(fixtures::reserve()))));
    screen
}

fn press(screen: &mut ReserveScreen, keys: &[Key]) -> Vec<Intent> {
    keys.iter().map(|key| screen.update(Msg::Key(*key))).last().unwrap()
}

fn warned(intents: &[Intent], what: &str) -> bool {
    matches!(intents, [Intent::Say(text) | Intent::Warn(text)] if text.contains(what))
}

#[test]
fn a_month_at_80_columns() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("100.00"));
}

#[test]
fn months_turn_and_stop_at_today() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    assert!(warned(&press(&mut screen, &[Key::PgDn]), "下个月"));
    let asked = Intent::Ask(Ask::Reserve { township: 103, month: (2026, 10) });
    assert!(press(&mut screen, &[Key::PgUp]).contains(&asked));
    let print = Ask::Print(PaperKind::Reserve, None);
    assert_eq!(screen.update(Msg::Action(Action::Print)), vec![Intent::Ask(print)]);
}

#[test]
fn an_outlay_is_repaid_with_a_receipt() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    assert_eq!(press(&mut screen, &[Key::Char('1'), Key::Enter]), vec![Intent::Forget]);
    assert!(warned(&screen.update(Msg::Action(Action::Submit)), "从"), "the till is not preset");
    press(&mut screen, &[Key::Enter, Key::Enter, Key::Char('1'), Key::Enter]);
    screen.update(Msg::Burst("村收据 12 号".to_owned()));
    let deed = Deed::Repay(CaseId([17; 16]), Money::from_fen(10_000), Till::Cash, "村收据 12 号".to_owned());
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
    assert!(drawn(&mut screen).contains("归垫"));
}

#[test]
fn only_the_county_s_finance_allots_and_chooses_a_township() {
    let mut own = screen(&[Duty::Handler], Some(103));
    assert!(warned(&press(&mut own, &[Key::Char('5'), Key::Enter]), "县局财务"));
    assert!(warned(&press(&mut own, &[Key::Char('6'), Key::Enter]), "本镇"));
    let mut county = screen(&[Duty::Finance], None);
    press(&mut county, &[Key::Char('5'), Key::Enter]);
    for c in "3000".chars() {
        county.update(Msg::Key(Key::Char(c)));
    }
    press(&mut county, &[Key::Enter, Key::Char('2')]);
    let deed = Deed::Allot(103, Money::from_fen(300_000), Till::Bank, String::new());
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert_eq!(county.update(Msg::Action(Action::Submit)), vec![done]);
    county.update(Msg::Action(Action::Cancel));
    press(&mut county, &[Key::Char('6'), Key::Enter]);
    county.update(Msg::Burst("波罗赤".to_owned()));
    assert!(drawn(&mut county).contains("换乡镇"));
    let asked = press(&mut county, &[Key::Enter]);
    assert!(matches!(asked.as_slice(), [_, Intent::Ask(Ask::Reserve { township: 102, .. })]), "{asked:?}");
}
