//! Drafts: what was typed comes back as it was typed, never corrected or lost.

use super::*;

#[test]
fn a_draft_comes_back_at_the_same_field_with_wrong_text_as_typed() {
    let mut form = emergency();
    keys(&mut form, "2113211968041200\n张三\n");
    form.go("amount");
    keys(&mut form, "500.005");
    form.press(FormKey::Left);
    let json = form.to_draft().unwrap();
    let (back, unknown) = Form::from_draft(form.table(), context(), &json).unwrap();
    assert!(unknown.is_empty());
    assert_eq!(back.focus_path(), "amount");
    assert_eq!(back.page(), form.page());
    assert_eq!(back.caret_column(), form.caret_column());
    assert_eq!(back.value("amount"), "500.005");
    assert_eq!(back.answers(), form.answers());
    assert_eq!(back.to_draft().unwrap(), json);
}

#[test]
fn rows_and_labels_come_back() {
    let mut form = emergency();
    form.set("apply_as", "household", Source::Typed);
    form.set("members.1.name", "𠮷三", Source::Typed);
    form.set_labelled("authorised_by", "1301", "周立新", Source::Typed);
    form.go("members.1.id_no");
    let (back, _) = Form::from_draft(form.table(), context(), &form.to_draft().unwrap()).unwrap();
    assert_eq!(back.focus_path(), "members.1.id_no");
    assert_eq!(back.value("members.1.name"), "𠮷三");
    assert_eq!(back.shown(back.spot("authorised_by").unwrap()), "周立新");
}

#[test]
fn fields_of_an_older_table_are_kept_and_reported() {
    let mut form = emergency();
    form.set("name", "张三", Source::Typed);
    let json = form.to_draft().unwrap().replace("\"name\":", "\"old_name\":");
    let (back, unknown) = Form::from_draft(form.table(), context(), &json).unwrap();
    assert_eq!(unknown, ["old_name"]);
    assert_eq!(back.unknown().text("old_name"), "张三");
    assert!(!back.submit().is_ok_and(|answers| answers.has("old_name")));
    assert!(back.to_draft().unwrap().contains("\"old_name\":"));
}

#[test]
fn what_is_not_ours_is_refused_in_words() {
    let form = emergency();
    let json = form.to_draft().unwrap();
    for (text, word) in [
        ("{".to_owned(), "原样"),
        (json.replace("\"format\":1", "\"format\":9"), "更新"),
        (json.replace("\"form\":\"emergency\"", "\"form\":\"lead\""), "另一种"),
    ] {
        let fault = Form::from_draft(form.table(), context(), &text).err().unwrap();
        assert!(fault.to_string().contains(word), "{fault}");
    }
}

#[test]
fn a_password_is_in_no_draft() {
    let mut form = open(&crate::forms::tables::sign_in::TABLE);
    form.go("password");
    keys(&mut form, "geheim77");
    assert!(!form.to_draft().unwrap().contains("geheim77"));
}

#[test]
fn the_day_of_a_draft_stays_when_it_is_taken_up_on_another_day() {
    let mut form = emergency();
    keys(&mut form, "0");
    let day = form.value("event_date");
    assert_eq!(day, context().today.to_string());
    let draft = form.to_draft().unwrap();
    let today = context().today.plus(3);
    let later = Context { today, now: crate::base::day::Stamp::at(today, 9, 0), ..context() };
    let (again, _) = Form::from_draft(form.table(), later, &draft).unwrap();
    assert_eq!(again.value("event_date"), day);
}

#[test]
fn a_day_that_follows_another_still_follows_it_after_the_draft() {
    let mut form = open(&crate::forms::tables::path::accept::ONCE_NOTICE);
    let (on, until) = (form.value("on"), form.value("until"));
    assert_eq!((on.as_str(), until.as_str()), ("2026-03-02", "2026-03-07"));
    form.go("missing");
    keys(&mut form, "医院发票原件\n");
    let tomorrow = Context { today: Day::new(2026, 3, 3).unwrap(), ..context() };
    let (mut back, _) = Form::from_draft(form.table(), tomorrow, &form.to_draft().unwrap()).unwrap();
    assert_eq!((back.value("on"), back.value("until")), (on, until), "it is about the day before");
    back.set("on", "2026-02-27", Source::Typed);
    assert_eq!(back.value("until"), "2026-03-04");
}
