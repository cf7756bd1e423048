//! 资金来源: the month, moving money, comparing.

use super::*;
use crate::ui::screens::fixtures::{drawn, drawn_at, now};
use crate::ui::screens::money::fixtures::{reply, sources};

fn shown(finance: bool) -> SourcesScreen {
    let mut screen = SourcesScreen::new();
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Money(MoneyAsk::Sources((0, 0))))]);
    screen.update(Msg::Reply(reply(MoneyReply::Sources(sources(finance)))));
    screen
}

fn typed(screen: &mut SourcesScreen, text: &str) {
    for c in text.chars() {
        screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    }
}

#[test]
fn the_month_and_the_year_at_80_columns() {
    let mut screen = shown(true);
    insta::assert_snapshot!(drawn(&mut screen));
    let asked = screen.update(Msg::Key(Key::PgUp));
    assert_eq!(asked, vec![Intent::Ask(Ask::Money(MoneyAsk::Sources((2026, 10))))]);
    let mut screen = shown(true);
    assert!(matches!(&screen.update(Msg::Key(Key::PgDn))[..], [Intent::Say(_)]));
}

#[test]
fn money_that_arrives_is_signed() {
    let mut screen = shown(true);
    typed(&mut screen, "1\n4\n20000\n朝财社2026-18号");
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Say(text)] if text.contains("F10"))
    );
    assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
    screen.update(Msg::Burst("pw\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    let asked = screen.update(Msg::Reply(Reply::RunOpened(now())));
    let deed = Deed::Money(MoneyDeed::Source {
        fund: Fund::County,
        way: SourceWay::Arrive,
        amount: Money::from_fen(2_000_000),
        note: "朝财社2026-18号".to_owned(),
    });
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
}

fn given(intents: &[Intent]) -> &MoneyDeed {
    let found = intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Do { deed, .. }) => match deed.as_ref() {
            Deed::Money(deed) => Some(deed),
            _ => None,
        },
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{intents:?}"))
}

#[test]
fn the_books_of_the_treasury_are_entered_and_a_difference_is_explained() {
    for (theirs, word) in [("247700", "差 -5.00"), ("0", "差 -247,705.00")] {
        let mut screen = shown(true);
        typed(&mut screen, "3\n1\n");
        typed(&mut screen, theirs);
        let said = screen.update(Msg::Action(Action::Submit));
        assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains(word)), "{theirs} {said:?}");
    }
    let mut screen = shown(true);
    typed(&mut screen, "3\n1\n247700\n");
    screen.update(Msg::Burst("财政次月入账".to_owned()));
    let said = screen.update(Msg::Action(Action::Submit));
    let MoneyDeed::Reconcile { month: (2026, 11), fund: Fund::Central, theirs, explained } = given(&said)
    else {
        panic!("{said:?}")
    };
    assert_eq!((theirs.fen(), explained.as_str()), (24_770_000, "财政次月入账"));
    let mut screen = shown(true);
    typed(&mut screen, "3\n1\n247705");
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(given(&said), MoneyDeed::Reconcile { explained, .. } if explained.is_empty()));
    let mut screen = shown(false);
    for act in ["1", "3"] {
        typed(&mut screen, act);
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(&said[..], [Intent::Say(text)] if text.contains("财务")), "{said:?}");
    }
}

#[test]
fn another_reads_the_figure_off_the_paper_or_sends_it_back() {
    let mut screen = shown(true);
    let text = drawn_at(&mut screen, 80, 40);
    insta::assert_snapshot!("compared", text.clone());
    assert!(text.contains("****") && text.contains("待确认") && text.contains("差额说明"), "{text}");
    typed(&mut screen, "6\n5\n700\n2\n");
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("退回原因")), "{said:?}");
    screen.update(Msg::Burst("对账单是上月的".to_owned()));
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(
        matches!(given(&said), MoneyDeed::Confirm { agrees: false, fund: Fund::Donated, .. }),
        "{said:?}"
    );
    let mut screen = shown(true);
    typed(&mut screen, "6\n5\n700\n1");
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(
        matches!(given(&said), MoneyDeed::Confirm { agrees: true, theirs, .. } if theirs.fen() == 70_000),
        "{said:?}"
    );
}

#[test]
fn what_holds_a_batch_that_is_counted_blind_is_not_told() {
    let mut view = sources(true);
    view.blind.insert(Fund::Central);
    (view.committed, view.yearly[0].committed) = (Money::ZERO, Money::ZERO);
    let mut screen = SourcesScreen::new();
    screen.update(Msg::Shown);
    screen.update(Msg::Reply(reply(MoneyReply::Sources(view))));
    let first = drawn(&mut screen);
    screen.update(Msg::Key(Key::Tab));
    // at one size only: on a larger window there is but one page
    let second = drawn_at(&mut screen, 80, 19);
    let hidden =
        |page: &str, what: &str| page.lines().any(|line| line.contains(what) && line.contains("待复核"));
    assert!(hidden(&first, "中央补助"), "{first}");
    assert!(hidden(&second, "合计") && hidden(&second, "已批未付"), "{second}");
    assert!(!first.contains("720.00") && !second.contains("720.00"), "{first}{second}");
}
