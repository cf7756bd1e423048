//! Rows that repeat in a form: adding, removing and moving between them.

use super::*;

fn household() -> Form {
    let mut form = emergency();
    form.set("apply_as", "household", Source::Typed);
    assert!(form.go("members.0.name"));
    form
}

#[test]
fn rows_are_typed_one_after_the_other_and_a_blank_one_leaves() {
    let mut form = household();
    keys(&mut form, "张三\n211321196804120012\n1");
    assert_eq!(form.focus_path(), "members.0.condition");
    keys(&mut form, "\n");
    assert_eq!(form.focus_path(), "members.1.name");
    keys(&mut form, "李四\n0\n2\n");
    assert_eq!(form.focus_path(), "members.2.name");
    keys(&mut form, "\n");
    assert!(!form.focus_path().starts_with("members"), "{}", form.focus_path());
    assert_eq!(form.answers().rows("members").len(), 2);
    assert_eq!(form.answers().rows("members")[1].text("benefits"), "yes", "default of the row");
}

#[test]
fn an_id_number_in_a_row_asks_the_host_with_its_path() {
    let mut form = household();
    keys(&mut form, "张三\n");
    assert!(keys(&mut form, "211321196804120012").contains(&Outcome::Completed("members.0.id_no".into())));
    assert!(form.set("members.0.condition", "患病", Source::Filled));
    assert_eq!(form.value("members.0.condition"), "患病");
}

#[test]
fn rows_are_added_moved_deleted_and_brought_back() {
    let mut form = household();
    keys(&mut form, "张三");
    form.press(FormKey::AddRow);
    assert_eq!(form.focus_path(), "members.1.name");
    keys(&mut form, "李四");
    form.press(FormKey::RowUp);
    assert_eq!(form.value("members.0.name"), "李四");
    assert_eq!(form.focus_path(), "members.0.name");
    form.press(FormKey::RowDown);
    assert_eq!(form.value("members.1.name"), "李四");
    form.press(FormKey::DeleteRow);
    assert_eq!(form.answers().rows("members").len(), 1);
    form.press(FormKey::Undo);
    assert_eq!(form.value("members.1.name"), "李四");
    assert!(told(&form.press(FormKey::RowDown)), "at the end");
}

#[test]
fn same_as_above() {
    let mut form = household();
    form.set("members.0.name", "张三", Source::Typed);
    form.set("members.0.relation", "child", Source::Typed);
    form.set("members.1.name", "李四", Source::Typed);
    form.go("members.1.relation");
    form.press(FormKey::Star);
    assert_eq!(form.value("members.1.relation"), "child");
}

#[test]
fn half_a_row_is_asked_and_a_blank_one_is_not_submitted() {
    let mut form = household();
    form.set("members.0.name", "张三", Source::Typed);
    let missing: Vec<String> = form.own_problems().into_iter().map(|problem| problem.field).collect();
    assert!(missing.contains(&"members.0.id_no".to_owned()));
    assert!(!missing.iter().any(|path| path.starts_with("members.1")));
}

#[test]
fn twenty_rows_are_the_most() {
    let mut form = household();
    for row in 0..20 {
        form.set(&format!("members.{row}.name"), "张三", Source::Typed);
    }
    assert!(!form.set("members.20.name", "张三", Source::Typed));
    assert!(told(&form.press(FormKey::AddRow)));
    assert_eq!(form.answers().rows("members").len(), 20);
}
