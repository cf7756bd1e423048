//! A batch: what the bank did, and where to go on.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::screens::fixtures::drawn;
use crate::ui::screens::money::fixtures::{batch, reply};

fn shown(view: BatchView) -> BatchScreen {
    let mut screen = BatchScreen::new(BatchId([3; 16]));
    screen.update(Msg::Shown);
    screen.update(Msg::Reply(reply(MoneyReply::Batch(Some(view)))));
    screen
}

#[test]
fn what_came_back_says_what_became_of_it_and_leads_to_the_account() {
    let mut screen = shown(batch(BatchState::Returned));
    insta::assert_snapshot!(drawn(&mut screen));
    screen.update(Msg::Key(Key::End));
    assert!(screen.hint().contains("打 6 更正账户"), "{}", screen.hint());
    screen.update(Msg::Key(Key::Char('6')));
    let opened = screen.update(Msg::Key(Key::Enter));
    assert_eq!(opened, vec![Intent::Open(Place::Money(MoneyPlace::Account(CaseId([4; 16]))))]);
    screen.update(Msg::Key(Key::Home));
    screen.update(Msg::Key(Key::Char('6')));
    let said = screen.update(Msg::Key(Key::Enter));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("没有退汇")), "{said:?}");
    let printed = screen.update(Msg::Action(Action::Print));
    assert_eq!(printed.len(), 2, "F18 and F17: {printed:?}");
}

#[test]
fn whoever_has_to_count_it_sees_neither_rows_nor_sum() {
    let mut view = batch(BatchState::Open);
    view.blind = true;
    view.rows.clear();
    view.batch.lines.clear();
    let mut screen = shown(view);
    let text = drawn(&mut screen);
    assert!(text.contains("复核前不显示") && !text.contains("合计 ") && !text.contains("320.00"), "{text}");
}

#[test]
fn one_that_is_gone_says_so() {
    let mut screen = BatchScreen::new(BatchId([3; 16]));
    screen.update(Msg::Reply(reply(MoneyReply::Batch(None))));
    assert!(drawn(&mut screen).contains("找不到这一批次"));
}
