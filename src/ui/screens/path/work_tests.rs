//! 办理步骤: what is done, what comes next, and what opens.

use super::*;
use crate::domain::nouns::Stage;
use crate::domain::office::{Role as Duty, Tier};
use crate::forms::tables::path::PathForm;
use crate::ui::screens::case::CaseScreen;
use crate::ui::screens::fixtures::{self as all, drawn, drawn_at};
use crate::ui::screens::path::fixtures::{CASE, POSTED, REVIEWED, case};

fn open(card: CaseCard, roles: &[Duty], township: Option<u16>) -> WorkScreen {
    let mut screen = WorkScreen::new(CASE);
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(CASE))]);
    screen.update(Msg::Reply(Reply::Me(all::me(roles, township))));
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    screen
}

fn keys(screen: &mut dyn Screen, text: &str) -> Vec<Intent> {
    let mut last = Vec::new();
    for c in text.chars() {
        last = screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    }
    last
}

fn form(form: PathForm) -> Vec<Intent> {
    vec![Intent::Open(Place::Path(PathPlace::Step(CASE, form)))]
}

#[test]
fn every_step_at_80_columns_and_the_cursor_stands_on_the_next() {
    let mut screen = open(case(REVIEWED, false), &[Duty::Handler], Some(103));
    insta::assert_snapshot!(drawn(&mut screen));
    assert_eq!(keys(&mut screen, "\n"), form(PathForm::PostNotice), "Enter does what comes next");
    assert!(drawn_at(&mut screen, 60, 14).contains("张贴公示"));
}

#[test]
fn a_case_of_the_county_waits_for_its_township_and_says_whose_step_it_is() {
    let mut screen = open(case(REVIEWED, true), &[Duty::Handler], Some(103));
    let said = keys(&mut screen, "\n");
    assert!(matches!(&said[..], [Intent::Say(text)] if text.contains("由审批人办理")), "{said:?}");
    let mut screen = open(case(REVIEWED, true), &[Duty::Approver], Some(103));
    assert_eq!(keys(&mut screen, "\n"), form(PathForm::Examine));
}

#[test]
fn a_number_and_enter_opens_its_form_and_a_digit_alone_does_nothing() {
    let mut screen = open(case(3, false), &[Duty::Handler], Some(103));
    assert_eq!(keys(&mut screen, "4"), Vec::new());
    assert_eq!(keys(&mut screen, "\n"), form(PathForm::Survey));
    assert_eq!(keys(&mut screen, "14\n"), form(PathForm::OnceNotice));
    let said = keys(&mut screen, "8\n");
    let why = "先办：入户调查、核对授权、经济状况核对";
    assert!(matches!(&said[..], [Intent::Say(text)] if text.contains(why)), "{said:?}");
    screen.update(Msg::Key(Key::Down));
    assert!(screen.hint().starts_with("核对授权"), "{}", screen.hint());
    let help = screen.help().screen.concat();
    assert!(help.contains("18 不宜公示：不宜公示由县局审批人签"), "{help}");
}

#[test]
fn a_report_that_is_out_and_a_notice_that_hangs_wait() {
    let mut screen = open(case(6, false), &[Duty::Handler], Some(103));
    let text = drawn(&mut screen);
    assert!(text.contains("核对报告") && text.contains("11-15委托，报告未回"), "{text}");
    assert_eq!(keys(&mut screen, "6\n"), form(PathForm::MeansCheck));
    let mut screen = open(case(POSTED + 1, false), &[Duty::Handler], Some(103));
    let text = drawn(&mut screen);
    assert!(text.contains("期限 镇 停在「公示」，余 4 个工作日"), "{text}");
    assert!(text.contains("公示至11-24，11-25起登记"), "{text}");
    assert!(!text.contains("处理异议"), "{text}");
    let mut screen = open(case(POSTED + 2, false), &[Duty::Handler], Some(103));
    let text = drawn(&mut screen);
    assert!(text.contains("1 条异议，1 条没有处理"), "{text}");
    assert_eq!(keys(&mut screen, "17\n"), form(PathForm::Settle));
}

#[test]
fn going_up_asks_where_to_and_is_done_on_f9() {
    let mut screen = open(case(POSTED, false), &[Duty::Handler], Some(103));
    assert_eq!(keys(&mut screen, "12\n"), vec![Intent::Forget]);
    keys(&mut screen, "\n\n\n");
    assert!(drawn(&mut screen).contains("报到"));
    let done = screen.update(Msg::Action(Action::Submit));
    let deed = Deed::Submit(CASE, Tier::Township, String::new());
    assert_eq!(done, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
    let said = Reply::Done { sentence: "26-103-0117 已报批".to_owned(), case: None, notes: Vec::new() };
    let asked = screen.update(Msg::Reply(said));
    assert!(asked.contains(&Intent::Ask(Ask::Case(CASE))), "{asked:?}");
    screen.update(Msg::Action(Action::Back));
}

#[test]
fn an_application_that_was_not_signed_is_entered_again() {
    let mut card = case(1, false);
    if let Some(file) = card.path.as_mut()
        && let Some(paper) = file.course.application.as_mut()
    {
        paper.promise = false;
    }
    let mut screen = open(card, &[Duty::Handler], Some(103));
    assert!(drawn(&mut screen).contains("没有签全"));
    assert_eq!(keys(&mut screen, "\n"), vec![Intent::Forget]);
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(_)]),
        "nothing is preset"
    );
    keys(&mut screen, "1\n1\n");
    let done = screen.update(Msg::Action(Action::Submit));
    let [Intent::Ask(Ask::Do { deed, .. })] = &done[..] else { panic!("{done:?}") };
    let Deed::Path(PathDeed::Reapply { promise, .. }) = deed.as_ref() else { panic!("{deed:?}") };
    assert!(*promise);
    let left = screen.update(Msg::Action(Action::Cancel));
    assert!(matches!(&left[..], [Intent::Say(text)] if text.contains("没有改")), "{left:?}");
}

#[test]
fn the_words_of_the_steps_are_read_with_tab_and_long_numbers_are_masked() {
    let mut screen = open(case(REVIEWED, false), &[Duty::Handler], Some(103));
    screen.update(Msg::Key(Key::Tab));
    assert!(drawn(&mut screen).contains("民主评议"));
    screen.update(Msg::Key(Key::PgDn));
    let text = drawn_at(&mut screen, 80, 19);
    assert!(text.contains("李梅 女儿 **************0012"), "{text}");
    let whole = drawn_at(&mut screen, 132, 60);
    assert!(whole.contains("*******0000") && !whole.contains("13900000000"), "{whole}");
    screen.update(Msg::Key(Key::Tab));
    assert!(drawn(&mut screen).contains("结果或等什么"));
}

#[test]
fn whoever_is_not_of_the_office_reads_and_does_nothing() {
    let mut screen = open(case(REVIEWED, false), &[Duty::Supervisor], None);
    let said = keys(&mut screen, "\n");
    assert!(matches!(&said[..], [Intent::Say(text)] if text.contains("由经办人办理")), "{said:?}");
    let county = open(case(2, false), &[Duty::Approver], None);
    let exempt = county.options.all().iter().find(|choice| choice.number == 18).unwrap();
    assert_eq!(exempt.why_not, None, "the county signs it");
}

#[test]
fn from_the_case_19_leads_here_and_for_an_emergency_to_the_change_of_path() {
    for (card, place, label) in [
        (case(3, false), PathPlace::Work(CASE), "19 办理步骤(支出型)"),
        (emergency(), PathPlace::Step(CASE, PathForm::ChangePath), "19 改变救助类型"),
    ] {
        let mut screen = CaseScreen::new(CASE);
        screen.update(Msg::Reply(Reply::Me(all::me(&[Duty::Handler], Some(103)))));
        screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
        assert!(drawn(&mut screen).contains(label), "{}", drawn(&mut screen));
        assert_eq!(keys(&mut screen, "19\n"), vec![Intent::Open(Place::Path(place))]);
    }
}

fn emergency() -> CaseCard {
    let mut card = all::case_card();
    card.case.stage = Stage::Open;
    card
}
