//! 银行回盘: chosen, looked at, read.

use super::*;
use crate::domain::code::Code;
use crate::domain::refusal::Refusal;
use crate::ui::screens::fixtures::{drawn, now};
use crate::ui::screens::money::fixtures::{files, preview, reply, yuan};

fn shown() -> TakeScreen {
    let mut screen = TakeScreen::new(BatchId([3; 16]));
    screen.update(Msg::Shown);
    screen.update(Msg::Reply(reply(MoneyReply::Files(files()))));
    screen
}

#[test]
fn a_file_of_the_folder_is_looked_at_by_a_template() {
    let mut screen = shown();
    insta::assert_snapshot!(drawn(&mut screen));
    screen.update(Msg::Key(Key::Enter));
    assert!(drawn(&mut screen).contains("核对不写入"));
    let asked = screen.update(Msg::Action(Action::Submit));
    let ask = MoneyAsk::Preview {
        batch: BatchId([3; 16]),
        file: "/data/desk/returns/回盘_练习批次.csv".to_owned(),
        template: "bank".to_owned(),
    };
    assert_eq!(asked, vec![Intent::Ask(Ask::Money(ask))]);
    let said =
        screen.update(Msg::Reply(Reply::Failed("E-RETURN-MISMATCH 回盘第3行账号与提交的不同".to_owned())));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("第3行")), "{said:?}");
}

#[test]
fn a_path_can_be_typed() {
    let mut screen = shown();
    screen.update(Msg::Action(Action::New));
    screen.update(Msg::Burst("/media/u/回盘.xlsx".to_owned()));
    let asked = screen.update(Msg::Action(Action::Submit));
    assert!(
        matches!(&asked[..], [Intent::Ask(Ask::Money(MoneyAsk::Preview { file, .. }))] if file == "/media/u/回盘.xlsx"),
        "{asked:?}"
    );
}

#[test]
fn every_row_is_seen_before_it_is_read_with_f10() {
    let mut screen = shown();
    assert!(
        matches!(&screen.update(Msg::Action(Action::Sign))[..], [Intent::Say(text)] if text.contains("先选"))
    );
    screen.update(Msg::Reply(reply(MoneyReply::Preview(preview(yuan(410))))));
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Say(text)] if text.contains("F10"))
    );
    assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
    screen.update(Msg::Burst("pw\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    let asked = screen.update(Msg::Reply(Reply::RunOpened(now())));
    let deed = Deed::Money(MoneyDeed::Read(Box::new(preview(yuan(410)).read)));
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
    let done = Reply::Done { sentence: "回盘已读入".to_owned(), case: None, notes: Vec::new() };
    let intents = screen.update(Msg::Reply(done));
    assert_eq!(intents[0], Intent::Replace(Place::Money(MoneyPlace::Batch(BatchId([3; 16])))));
}

#[test]
fn a_file_that_differs_by_a_fen_is_not_read() {
    let mut screen = shown();
    let mut view = preview(crate::base::money::Money::from_fen(41_001));
    view.refused =
        vec![Refusal::new(Code::ReturnMismatch, "rows", "回盘第4行金额410.01元，批次中是410.00元")];
    let said = screen.update(Msg::Reply(reply(MoneyReply::Preview(view))));
    assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("第4行")), "{said:?}");
    let text = drawn(&mut screen);
    assert!(text.contains("金额不符") && text.contains("E-RETURN-MISMATCH"), "{text}");
    assert!(matches!(&screen.update(Msg::Action(Action::Sign))[..], [Intent::Warn(_)]));
    screen.update(Msg::Action(Action::Cancel));
    assert!(drawn(&mut screen).contains("回盘_练习批次.csv"), "another file can be chosen");
}
