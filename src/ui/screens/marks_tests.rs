//! Tests of the list of marks.

use super::*;
use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::store::replica::views::exceptions::MarkRow;
use crate::ui::screens::fixtures::{self, drawn};

fn rows() -> Vec<MarkedRow> {
    let mark = |n, code: Code, case: Option<u8>, settled| MarkRow {
        n,
        at: fixtures::now(),
        by: "1203".into(),
        code,
        sentence: "这一项须由审批人办理".to_owned(),
        clause: code.clause().to_owned(),
        case: case.map(|no| CaseId([no; 16])),
        number: case.map_or(String::new(), |no| format!("26-103-01{no}")),
        settled,
    };
    let row = |mark: MarkRow, verb: &str, settled: bool| MarkedRow {
        mark,
        name: "李桂芳".to_owned(),
        desk: "7f3a000000000000".to_owned(),
        verb: verb.to_owned(),
        subject: "操作员1203".to_owned(),
        facts: "400.00元 已报批→已批准".to_owned(),
        township: None,
        settled_by: settled.then(|| ("9002".into(), fixtures::now())),
    };
    vec![
        row(mark(88, Code::Role, Some(17), false), "approve", false),
        row(mark(80, Code::Role, None, false), "roles", false),
        row(mark(70, Code::SodSame, Some(21), true), "approve", true),
    ]
}

fn screen(duty: Duty) -> MarksScreen {
    let mut screen = MarksScreen::new();
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], None))));
    screen.update(Msg::Reply(Reply::Marks(rows())));
    screen
}

#[test]
fn marks_at_80_columns_say_who_did_what_and_that_nobody_settled_it() {
    let mut screen = screen(Duty::Supervisor);
    let text = drawn(&mut screen);
    assert!(text.contains("未处理 !") && text.contains("E-ROLE"), "{text}");
    let told = screen.hint();
    for word in ["E-ROLE", "第88条", "李桂芳(1203)", "电脑7f3a", "26-103-0117", "已报批→已批准"]
    {
        assert!(told.contains(word), "{word}: {told}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_supervisor_raises_a_finding_and_settles_nothing() {
    let mut screen = screen(Duty::Supervisor);
    assert!(matches!(screen.update(Msg::Key(Key::Char('2'))).as_slice(), [Intent::Say(_)]), "no 2 for him");
    screen.update(Msg::Key(Key::Char('3')));
    screen.update(Msg::Key(Key::Enter));
    assert!(drawn(&mut screen).contains("提出问题 第88条"));
    let done = screen.update(Msg::Action(Action::Submit));
    let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
    let Deed::Trust(TrustDeed::Raise { about, entry: Some(88), due, .. }) = deed.as_ref() else { panic!() };
    assert_eq!(*about, Whom::About(About::Case { case: CaseId([17; 16]) }));
    assert_eq!(*due, fixtures::now().day().plus(DAYS));
}

#[test]
fn the_county_settles_with_a_reason_a_case_or_an_entry() {
    let mut screen = screen(Duty::Approver);
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Char('2')));
    screen.update(Msg::Key(Key::Enter));
    assert!(matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]), "no reason");
    screen.update(Msg::Burst("查明".to_owned()));
    let deed = Deed::Trust(TrustDeed::SettleMark(MarkOf::Entry { n: 80 }, "查明".to_owned()));
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
    screen.update(Msg::Action(Action::Cancel));
    assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
}
