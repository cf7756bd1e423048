//! Tests of the list of findings.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::screens::fixtures::{self, drawn};

fn rows() -> Vec<FindingRow> {
    let row = |no: u8, due: i64, state| FindingRow {
        id: FindingId([no; 16]),
        number: format!("D26-00{no}"),
        at: fixtures::now(),
        by: "9004".into(),
        about: About::Case { case: CaseId([17; 16]) },
        case_number: "26-103-0117".to_owned(),
        office: Office::Township(103),
        entry: Some(88),
        due: fixtures::now().day().plus(due),
        text: "没有审批岗位的人批了".to_owned(),
        state,
        answer: if state == FindingState::Raised { String::new() } else { "已说明".to_owned() },
        answered_by: (state != FindingState::Raised).then(|| "1203".into()),
        looked: String::new(),
        moved_to: None,
        document: String::new(),
    };
    vec![row(1, -3, FindingState::Raised), row(2, 5, FindingState::Answered)]
}

fn screen(duty: Duty, township: Option<u16>) -> FindingsScreen {
    let mut screen = FindingsScreen::new();
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], township))));
    screen.update(Msg::Reply(Reply::Findings(rows())));
    screen
}

fn done(screen: &mut FindingsScreen) -> TrustDeed {
    let intents = screen.update(Msg::Action(Action::Submit));
    let [Intent::Ask(Ask::Do { deed, .. })] = intents.as_slice() else { panic!("{intents:?}") };
    let Deed::Trust(deed) = deed.as_ref() else { panic!("{deed:?}") };
    deed.clone()
}

#[test]
fn a_late_finding_says_so_and_the_office_answers_it() {
    let mut screen = screen(Duty::Handler, Some(103));
    let text = drawn(&mut screen);
    assert!(text.contains("过期3天") && text.contains("待整改"), "{text}");
    insta::assert_snapshot!(text);
    assert!(matches!(screen.update(Msg::Action(Action::New)).as_slice(), [Intent::Warn(_)]));
    screen.update(Msg::Key(Key::Char('2')));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Burst("已补审批".to_owned()));
    assert_eq!(done(&mut screen), TrustDeed::Answer(FindingId([1; 16]), "已补审批".to_owned()));
}

#[test]
fn the_supervisor_raises_gives_back_and_hands_on() {
    let mut screen = screen(Duty::Supervisor, None);
    screen.update(Msg::Action(Action::New));
    for text in ["2", "波罗赤镇", "台账没有记全"] {
        for c in text.chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        screen.update(Msg::Key(Key::Enter));
    }
    let TrustDeed::Raise { about, text, .. } = done(&mut screen) else { panic!() };
    assert_eq!((about, text.as_str()), (Whom::About(About::Township { township: 102 }), "台账没有记全"));
    screen.update(Msg::Action(Action::Cancel));
    screen.update(Msg::Key(Key::Char('4')));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Burst("复印件不清".to_owned()));
    assert!(matches!(done(&mut screen), TrustDeed::Settle(_, Some(_), _)));
    screen.update(Msg::Action(Action::Cancel));
    screen.update(Msg::Key(Key::Char('6')));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Key(Key::Char('1')));
    assert!(
        matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]),
        "no document"
    );
}
