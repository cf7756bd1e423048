//! 发放批次: from the count to the bank.

use super::*;
use crate::base::money::Money;
use crate::ui::screens::fixtures::{drawn, now};
use crate::ui::screens::money::fixtures::{batches, reply};

fn shown() -> BatchesScreen {
    let mut screen = BatchesScreen::new(None);
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Money(MoneyAsk::Batches(None)))]);
    screen.update(Msg::Reply(reply(MoneyReply::Batches(batches()))));
    screen
}

fn at(screen: &mut BatchesScreen, row: usize, digit: char) -> Vec<Intent> {
    screen.update(Msg::Key(Key::Home));
    for _ in 0..row {
        screen.update(Msg::Key(Key::Down));
    }
    screen.update(Msg::Key(Key::Char(digit)));
    screen.update(Msg::Key(Key::Enter))
}

fn typed(screen: &mut BatchesScreen, text: &str) {
    for c in text.chars() {
        screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    }
}

/// F10, the password, and what is asked then.
fn signed(screen: &mut BatchesScreen) -> Vec<Intent> {
    let asked = screen.update(Msg::Action(Action::Sign));
    assert!(asked.contains(&Intent::Forget), "the password is asked for: {asked:?}");
    screen.update(Msg::Burst("pw\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Reply(Reply::RunOpened(now())))
}

fn does(deed: MoneyDeed) -> Vec<Intent> {
    vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Money(deed)), draft: 0 })]
}

#[test]
fn the_list_at_80_columns_tells_the_checker_no_sum() {
    let mut screen = shown();
    let text = drawn(&mut screen);
    insta::assert_snapshot!(text);
}

#[test]
fn a_batch_is_counted_blind_with_the_password() {
    let mut screen = shown();
    at(&mut screen, 0, '2');
    let text = drawn(&mut screen);
    assert!(text.contains("复核 P26-005") && text.contains("待复核"), "{text}");
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Say(text)] if text.contains("F10"))
    );
    typed(&mut screen, "720\n2");
    let check = MoneyDeed::Check { batch: BatchId([5; 16]), total: Money::from_fen(72_000), count: 2 };
    assert_eq!(signed(&mut screen), does(check));
    let refused = Reply::Refused(vec![crate::domain::refusal::Refusal::new(
        crate::domain::code::Code::Amount,
        "total",
        "合计金额与批次不符",
    )]);
    let said = screen.update(Msg::Reply(refused));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("不符")), "{said:?}");
    assert!(drawn(&mut screen).contains("720"), "what was typed is still there");
    let total = screen.caret();
    let refused = Reply::Refused(vec![crate::domain::refusal::Refusal::new(
        crate::domain::code::Code::Amount,
        "count",
        "笔数与批次不符，请对着审批表重新清点；仍不符的请撤销重建。",
    )]);
    assert_eq!(signed(&mut screen).len(), 1);
    screen.update(Msg::Reply(refused));
    assert_eq!(screen.caret().0, total.0 + 1, "the cursor stands where the count was typed");
}

#[test]
fn whoever_made_it_is_told_that_another_counts_it() {
    let mut screen = BatchesScreen::new(None);
    let mut view = batches();
    view.me = "9003".into();
    screen.update(Msg::Reply(reply(MoneyReply::Batches(view))));
    let said = at(&mut screen, 0, '2');
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("另一名财务")), "{said:?}");
}

#[test]
fn a_counted_batch_is_exported_with_f9_and_sent_with_f10() {
    let mut screen = shown();
    at(&mut screen, 1, '3');
    let asked = screen.update(Msg::Action(Action::Submit));
    let export = MoneyAsk::Export { batch: BatchId([4; 16]), template: "bank".to_owned() };
    assert_eq!(asked, vec![Intent::Ask(Ask::Money(export))]);
    let written = Exported {
        batch: BatchId([4; 16]),
        number: "P26-004".to_owned(),
        path: "/data/desk/bank/练习-P26-004-银行代发.csv".to_owned(),
        hash: "ab".repeat(32),
        count: 4,
        total: Money::from_fen(148_500),
    };
    screen.update(Msg::Reply(reply(MoneyReply::Exported(written))));
    insta::assert_snapshot!(drawn(&mut screen));
    at(&mut screen, 1, '6');
    typed(&mut screen, "3");
    let said = screen.update(Msg::Action(Action::Sign));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("自备模板")), "{said:?}");
    screen.update(Msg::Key(Key::Up));
    typed(&mut screen, "2");
    let send = MoneyDeed::Send { batch: BatchId([4; 16]), template: "yikatong".to_owned() };
    assert_eq!(signed(&mut screen), does(send));
    screen.update(Msg::Action(Action::Cancel));
}

#[test]
fn what_cannot_be_done_says_why_and_what_can() {
    let mut screen = shown();
    for (row, digit, word) in [
        (0, '3', "复核"),
        (0, '6', "复核"),
        (2, '4', "不能撤销"),
        (3, '2', "不用再复核"),
        (4, '8', "提交银行后"),
    ] {
        let said = at(&mut screen, row, digit);
        assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains(word)), "{row} {digit} {said:?}");
    }
    let opened = at(&mut screen, 2, '8');
    assert_eq!(opened, vec![Intent::Open(Place::Money(MoneyPlace::Return(BatchId([3; 16]))))]);
    at(&mut screen, 1, '4');
    typed(&mut screen, "装错了");
    let drop = MoneyDeed::Drop { batch: BatchId([4; 16]), reason: "装错了".to_owned() };
    assert_eq!(signed(&mut screen), does(drop));
}

#[test]
fn somebody_else_of_the_county_looks_only() {
    let mut screen = BatchesScreen::new(None);
    let mut view = batches();
    view.finance = false;
    screen.update(Msg::Reply(reply(MoneyReply::Batches(view))));
    let said = at(&mut screen, 1, '3');
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("财务")), "{said:?}");
    assert!(matches!(&at(&mut screen, 1, '1')[..], [Intent::Open(_)]));
    let asked = screen.update(Msg::Action(Action::Scope));
    assert_eq!(asked, vec![Intent::Ask(Ask::Money(MoneyAsk::Batches(Some(BatchState::Open))))]);
}
