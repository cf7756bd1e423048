//! 操作员申请: the digits that were told decide, and the password is asked each time.

use super::*;
use crate::base::day::Day;
use crate::domain::office::{Office, Role};
use crate::ledger::CountyId;
use crate::office::setup;
use crate::ui::screen::Size;
use crate::ui::screens::fixtures::drawn;

fn asked(no: &str, digits: &str) -> Asked {
    let county = CountyId([1; 16]);
    let made = setup::make_key(county, None).unwrap();
    let at = Stamp::at(Day::new(2026, 11, 23).unwrap(), 9, 0);
    let request = request::Request::new(county, no.into(), Office::Township(103), &made, at);
    Asked { name: no.to_owned(), request, digits: digits.to_owned() }
}

fn shown() -> RequestsScreen {
    let mut screen = RequestsScreen::new();
    screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Requests)]);
    let waiting = vec![asked("1027", "48213377"), asked("1203", "11112222")];
    let known = vec![(OfficerNo::from("1203"), "李桂芳".to_owned())];
    screen.update(Msg::Reply(Reply::Requests { waiting, reading: false, known }));
    screen
}

fn line(screen: &mut RequestsScreen, text: &str) {
    for c in text.chars() {
        screen.update(Msg::Key(Key::Char(c)));
    }
    screen.update(Msg::Key(Key::Enter));
}

fn sign(screen: &mut RequestsScreen) -> Deed {
    for c in "mima-1".chars() {
        screen.update(Msg::Key(Key::Char(c)));
    }
    assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Ask(Ask::OpenRun(_))]));
    let done = screen.update(Msg::Reply(Reply::RunOpened(Stamp(9))));
    let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
    deed.as_ref().clone()
}

#[test]
fn a_new_officer_is_enrolled_by_the_digits_that_he_told() {
    let mut screen = shown();
    let text = drawn(&mut screen);
    assert!(text.contains("新登记") && text.contains("重设密码") && !text.contains("4821"), "{text}");
    screen.update(Msg::Key(Key::Char('1')));
    screen.update(Msg::Key(Key::Enter));
    line(&mut screen, "48213378");
    screen.update(Msg::Burst("王小满".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Key(Key::Enter));
    line(&mut screen, "12");
    line(&mut screen, "300");
    let wrong = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(wrong.as_slice(), [Intent::Warn(text)] if text.contains("对照码不符")), "{wrong:?}");
    for _ in 0..5 {
        screen.update(Msg::Key(Key::Up));
    }
    screen.update(Msg::Key(Key::Backspace));
    screen.update(Msg::Key(Key::Char('7')));
    assert!(screen.update(Msg::Action(Action::Submit)).contains(&Intent::Forget));
    assert!(drawn(&mut screen).contains("签批 密码"));
    let Deed::Officers(OfficerDeed::Enrol { officer, limit, .. }) = sign(&mut screen) else { panic!() };
    assert_eq!((officer.name.as_str(), officer.office), ("王小满", Office::Township(103)));
    assert_eq!(officer.roles, [Role::Handler, Role::Approver].into());
    assert_eq!(limit, Some(crate::base::money::Money::from_fen(30_000)));
    let after =
        screen.update(Msg::Reply(Reply::Done { sentence: "已办".to_owned(), case: None, notes: vec![] }));
    assert_eq!(after.first(), Some(&Intent::Ask(Ask::Requests)));
}

#[test]
fn a_lost_password_asks_for_the_digits_only() {
    let mut screen = shown();
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Char('1')));
    screen.update(Msg::Key(Key::Enter));
    line(&mut screen, "11112222");
    assert!(screen.update(Msg::Action(Action::Submit)).contains(&Intent::Forget));
    assert!(matches!(sign(&mut screen), Deed::Officers(OfficerDeed::Rekey(no, _)) if no.0 == "1203"));
}
