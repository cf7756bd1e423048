//! 年终: what is open, and closing.

use super::*;
use crate::base::day::Day;
use crate::ui::screens::fixtures::{drawn, drawn_at, now};
use crate::ui::screens::money::fixtures::{reply, today, year_end};

fn shown(today: Day) -> YearEndScreen {
    let mut screen = YearEndScreen::new();
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Money(MoneyAsk::YearEnd(0)))]);
    screen.update(Msg::Reply(reply(MoneyReply::YearEnd(year_end(today)))));
    screen
}

#[test]
fn what_is_left_open_stands_on_its_pages() {
    let mut screen = shown(today());
    drawn(&mut screen);
    let mut pages = String::new();
    for _ in 0..4 {
        pages.push_str(&drawn_at(&mut screen, 80, 19));
        screen.update(Msg::Key(Key::PgDn));
    }
    for word in ["已批未付 7 笔", "26-102-0005", "没有账户", "P26-003", "26-103-0044", "没有监盘", "-10.00"]
    {
        assert!(pages.contains(word), "{word}:\n{pages}");
    }
    let said = screen.update(Msg::Action(Action::Sign));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("12月31日")), "{said:?}");
}

#[test]
fn on_the_last_day_what_goes_up_is_typed_and_the_rest_is_carried_over() {
    let mut screen = shown(Day::new(2026, 12, 31).unwrap());
    screen.update(Msg::Action(Action::Sign));
    for c in "\n\n\n500".chars() {
        screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    }
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
    screen.update(Msg::Burst("pw\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    let asked = screen.update(Msg::Reply(Reply::RunOpened(now())));
    let send_up = vec![FundSum { fund: Fund::County, amount: Money::from_fen(50_000) }];
    let deed = Deed::Money(MoneyDeed::CloseYear { year: 2026, send_up });
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
}
