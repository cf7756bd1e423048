//! 建立批次: what can be ticked, and the control sum.

use super::*;
use crate::domain::ids::{CaseId, LineId};
use crate::ui::screens::fixtures::drawn;
use crate::ui::screens::money::fixtures::{reply, waiting};

fn shown() -> BuildScreen {
    let mut screen = BuildScreen::new();
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Money(MoneyAsk::Waiting))]);
    screen.update(Msg::Reply(reply(MoneyReply::Waiting(waiting()))));
    screen
}

fn typed(screen: &mut BuildScreen, text: &str) {
    for c in text.chars() {
        screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    }
}

#[test]
fn plus_ticks_what_can_be_paid_and_nothing_else() {
    let mut screen = shown();
    screen.update(Msg::Key(Key::Char('+')));
    insta::assert_snapshot!(drawn(&mut screen));
    for (row, word) in [(3, "更正账户"), (4, "没有登记账户"), (5, "违规标记"), (6, "由您审批")]
    {
        screen.update(Msg::Key(Key::Home));
        for _ in 0..row {
            screen.update(Msg::Key(Key::Down));
        }
        let said = screen.update(Msg::Key(Key::Char(' ')));
        assert!(matches!(&said[..], [Intent::Say(text)] if text.contains(word)), "{row} {said:?}");
        assert_eq!(screen.picked().len(), 3);
    }
}

#[test]
fn a_batch_is_built_with_the_sum_typed_as_a_control() {
    let mut screen = shown();
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("还没有选"))
    );
    screen.update(Msg::Key(Key::Char(' ')));
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Char(' ')));
    screen.update(Msg::Action(Action::Submit));
    insta::assert_snapshot!(drawn(&mut screen));
    typed(&mut screen, "1630.05");
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("差 -0.45")), "{said:?}");
    let sum = screen.caret();
    screen.update(Msg::Key(Key::Up));
    screen.update(Msg::Action(Action::Submit));
    assert_eq!(screen.caret(), sum, "the cursor stands in the sum again");
    for _ in 0..6 {
        screen.update(Msg::Key(Key::Backspace));
    }
    typed(&mut screen, "630.50");
    let asked = screen.update(Msg::Action(Action::Submit));
    let to_pay = |id: u8| ToPay { case: CaseId([id; 16]), line: LineId([id; 16]) };
    let deed = Deed::Money(MoneyDeed::Open {
        bank: "县农信联社".to_owned(),
        fund: Fund::Central,
        lines: vec![to_pay(1), to_pay(2)],
    });
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
    let again = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&again[..], [Intent::Say(_)]), "not twice: {again:?}");
}

#[test]
fn a_batch_that_its_source_cannot_pay_yet_says_so_when_it_is_built() {
    for (short, said) in [(1, true), (0, false)] {
        let mut screen = BuildScreen::new();
        let mut view = waiting();
        view.free = vec![(Fund::Central, Money::from_fen(63_050 - short))];
        screen.update(Msg::Reply(reply(MoneyReply::Waiting(view))));
        screen.update(Msg::Key(Key::Char(' ')));
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Key(Key::Char(' ')));
        screen.update(Msg::Action(Action::Submit));
        typed(&mut screen, "1630.50");
        assert!(matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Ask(Ask::Do { .. })]));
        let done = Reply::Done { sentence: "批次已建立".to_owned(), case: None, notes: Vec::new() };
        let intents = screen.update(Msg::Reply(done));
        let told = intents.iter().any(
            |intent| matches!(intent, Intent::Warn(text) if text.contains("可用630.49元，不够本批630.50元")),
        );
        assert_eq!(told, said, "{intents:?}");
    }
}

#[test]
fn a_doubtful_card_says_so_and_leads_to_its_account() {
    let mut screen = shown();
    screen.update(Msg::Key(Key::Down));
    assert!(screen.hint().contains("末位校验不符"), "{}", screen.hint());
    screen.update(Msg::Key(Key::Char('6')));
    let opened = screen.update(Msg::Key(Key::Enter));
    assert_eq!(opened, vec![Intent::Open(Place::Money(MoneyPlace::Account(CaseId([2; 16]))))]);
}

#[test]
fn at_a_township_nothing_is_built() {
    let mut screen = BuildScreen::new();
    let mut view = waiting();
    view.finance = false;
    screen.update(Msg::Reply(reply(MoneyReply::Waiting(view))));
    screen.update(Msg::Key(Key::Char('+')));
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("县局财务")), "{said:?}");
}
