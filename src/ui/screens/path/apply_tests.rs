//! 支出型申请登记 on its screen: what is sent to the desk, and what comes back.

use super::*;
use crate::ui::action::Action;
use crate::ui::key::Key;
use crate::ui::screen::Msg;
use crate::ui::screens::testing::{Clerk, KNOWN, as_draft, refusal, start, warning};
use crate::ui::screens::{fixtures, testing};

fn clerk() -> Clerk {
    Clerk::at(Apply::screen(0), "path-apply")
}

/// The first page of somebody who is known: number, circumstance, amount, reason.
fn first_page(clerk: &mut Clerk) {
    // the entry on home: 2, 1, Enter
    clerk.pressed = 3;
    clerk.keys(&format!("{KNOWN}\n3500\n"));
    clerk.act(Action::Choose);
    clerk.keys("1\n");
}

fn answers(clerk: &Clerk) -> &Answers {
    match &clerk.deeds.last().unwrap().0 {
        Deed::Path(PathDeed::Apply { answers, .. }) => answers,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_known_person_s_application_is_accepted_within_36_keys() {
    let mut clerk = clerk();
    first_page(&mut clerk);
    clerk.keys("11");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "the first F9 only shows");
    assert!(clerk.drawn(80, 19).contains("登记并受理，乡镇期限从今天起算：单文彩 申请 500.00 元"));
    clerk.act(Action::Submit);
    assert!(clerk.pressed <= 36, "{} keys", clerk.pressed);
    let answers = answers(&clerk);
    assert_eq!((answers.text("name"), answers.text("amount")), ("单文彩", "500.00"));
    assert_eq!((answers.text("promise"), answers.text("authorised")), ("yes", "yes"));
    assert_eq!((answers.text("handling"), answers.text("entry")), ("accept", "counter"));
    assert!(clerk.went_back());
}

#[test]
fn both_pages_at_80_columns() {
    let mut clerk = clerk();
    first_page(&mut clerk);
    clerk.send(crate::ui::screen::Msg::Key(Key::PgUp));
    insta::assert_snapshot!("first_page", clerk.drawn_everywhere());
    clerk.send(crate::ui::screen::Msg::Key(Key::PgDn));
    insta::assert_snapshot!("second_page", clerk.drawn_everywhere());
    clerk.send(crate::ui::screen::Msg::Key(Key::PgDn));
    insta::assert_snapshot!("third_page", clerk.drawn_everywhere());
    clerk.send(crate::ui::screen::Msg::Key(Key::PgUp));
    clerk.keys("11");
    let accepted = clerk.drawn_everywhere();
    assert!(accepted.contains("通知送达 [1 直接送达"), "handed over at the counter: {accepted}");
}

#[test]
fn what_was_typed_comes_back_at_the_same_field_and_f8_copies_the_record_before() {
    let mut before = clerk();
    first_page(&mut before);
    before.keys("1");
    let kept = before.kept.last().unwrap();
    assert_eq!(kept.form, "path-apply");
    assert!(!kept.title.contains("单文彩") && kept.title.contains("长期病残 500.00"), "{}", kept.title);
    let draft = as_draft(kept, 7);
    let mut clerk = Clerk::with(Apply::screen(7), start("path-apply"), |clerk| clerk.drafts.push(draft));
    let text = clerk.drawn(80, 19);
    assert!(text.contains("单文彩") || text.contains("申请承诺"), "{text}");
    clerk.keys("1");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert_eq!(answers(&clerk).text("circumstance"), "3");
    assert_eq!(clerk.deeds.last().unwrap().1, 7, "its draft is let go");
}

#[test]
fn an_unsigned_paper_is_only_registered() {
    let mut clerk = clerk();
    first_page(&mut clerk);
    clerk.keys("12");
    clerk.act(Action::Submit);
    assert!(clerk.drawn(80, 19).contains("只登记申请，还没有受理"), "{}", clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    assert_eq!(answers(&clerk).text("handling"), "apply");
}

#[test]
fn schooling_asks_for_the_school_and_a_late_paper_for_its_day() {
    let mut clerk = clerk();
    clerk.keys(&format!("{KNOWN}\n4500\n"));
    clerk.act(Action::Choose);
    clerk.keys("1\n11");
    let text = clerk.drawn(80, 19);
    assert!(text.contains("就读学生") && text.contains("正常学籍"), "{text}");
    assert!(!text.contains("补录来由"));
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("就读学生"), "{}", clerk.line());
}

#[test]
fn what_the_rules_say_stands_beside_the_field_and_a_warning_asks_why() {
    let mut clerk = clerk();
    first_page(&mut clerk);
    clerk.keys("11");
    clerk.verdicts = vec![refusal(), warning()];
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty());
    assert!(clerk.line().contains("累计超出乡镇权限"), "{}", clerk.line());
    clerk.verdicts = vec![warning()];
    clerk.act(Action::Submit);
    assert!(clerk.line().contains("确办理由"), "{}", clerk.line());
    clerk.keys("家中另有重病人，仍需救助");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let Deed::Path(PathDeed::Apply { overrides, .. }) = &clerk.deeds[0].0 else { panic!() };
    assert!(overrides.contains(&Code::YearEdge));
}

#[test]
fn a_lead_fills_what_it_knows_goes_along_and_stays_with_the_draft() {
    let lead = LeadId([9; 16]);
    let (name, said) = ("单文彩".to_owned(), "长期病残，药费太高".to_owned());
    let row = LeadRow { lead, name, said, ..fixtures::leads().remove(0) };
    let told = || Reply::Lead(Some((row.clone(), Some(Box::new(testing::family())))));
    let mut clerk = Clerk::with(Apply::of_lead(lead), start("path-apply"), |clerk| clerk.prompt = false);
    clerk.release();
    clerk.send(Msg::Reply(told()));
    assert!(clerk.drawn(80, 19).contains("单文彩"));
    clerk.keys("500\n1");
    let kept = clerk.kept.last().unwrap();
    assert!(kept.text.contains(&lead.to_string()), "the draft knows its lead");
    let draft = as_draft(kept, 4);
    let mut again = Clerk::with(Apply::of_lead(lead), start("path-apply"), |clerk| {
        clerk.drafts = vec![draft];
        clerk.prompt = false;
    });
    again.release();
    again.send(Msg::Reply(told()));
    again.keys("1");
    again.act(Action::Submit);
    again.act(Action::Submit);
    let Deed::Path(PathDeed::Apply { lead: from, answers, .. }) = &again.deeds[0].0 else { panic!() };
    assert_eq!((*from, answers.text("amount")), (Some(lead), "500.00"));
    assert_eq!(answers.text("reason"), "长期病残，药费太高");
}
