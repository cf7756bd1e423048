//! Forms as plain text and on paper.

use super::*;
use crate::forms::{paper, plain};

#[test]
fn paper_has_labels_words_and_capitals() {
    let mut form = emergency();
    keys(&mut form, "211321196804120012\n");
    fill_known(&mut form);
    form.set("amount", "500", Source::Typed);
    form.set("circumstance", "2", Source::Typed);
    let lines = paper::paper(&form);
    let line = |path: &str| lines.iter().find(|line| line.path == path).unwrap();
    assert_eq!((line("amount").value.as_str(), line("amount").note.as_str()), ("500.00", "伍佰元整"));
    assert_eq!(line("circumstance").value, "突患重病", "the word without its digit");
    assert_eq!(line("name").label, "姓名");
    assert!(line("id_no").sensitive && line("name").sensitive);
    assert!(lines.iter().all(|line| line.path != "authorised_by"), "only what shows");
    assert!(!format!("{lines:?}").contains("张三"));
}

#[test]
fn paper_never_carries_a_password_or_a_blank_row() {
    let mut form = open(&crate::forms::tables::sign_in::TABLE);
    form.set("password", "geheim77", Source::Typed);
    assert!(paper::paper(&form).iter().all(|line| line.path != "password"));
    let mut form = emergency();
    form.set("apply_as", "household", Source::Typed);
    assert!(paper::paper(&form).iter().all(|line| line.row == 0));
    form.set("members.0.name", "张三", Source::Typed);
    assert!(paper::paper(&form).iter().any(|line| line.row == 1));
}

#[test]
fn the_whole_form_can_be_answered_line_by_line() {
    let mut form = emergency();
    let village = a_village();
    for line in ["211321196804120012", "张三", &village, "", "2", "500", "", "突发火灾，房屋受损", "1"]
    {
        let due = plain::due(&form);
        assert!(!due.line.is_empty() && !due.hidden);
        plain::answer(&mut form, line);
    }
    assert!(form.press(FormKey::Submit).contains(&Outcome::Submit), "{:?}", form.own_problems());
    assert!(plain::is_done(&form));
    assert_eq!(form.value("amount"), "500.00");
}

#[test]
fn questions_name_values_and_problems() {
    let mut form = emergency();
    form.go("circumstance");
    assert!(plain::due(&form).line.contains("2 突患重病"));
    form.go("id_no");
    plain::answer(&mut form, "123");
    let asked: Vec<plain::Prompt> = plain::prompts(&form).collect();
    assert!(asked.iter().find(|prompt| prompt.path == "id_no").unwrap().line.contains("注意"));
    assert_eq!(asked.len(), form.spots().len());
    plain::answer(&mut form, "-");
    assert_eq!(form.focus_path(), "id_no", "a minus goes back");
}
