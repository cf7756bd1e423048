//! Choosing from lists by digits, by initials and by name.

use super::*;
use crate::base::{division, pinyin};
use crate::forms::Offer;

#[test]
fn a_village_is_found_by_initials_and_stored_by_its_code() {
    let village = division::villages_of(102).next().unwrap();
    let initials = pinyin::initials(village.short).into_iter().next().unwrap();
    let mut form = emergency();
    form.go("village");
    keys(&mut form, &format!("{initials}\n"));
    if form.list().is_some() {
        form.press(FormKey::Enter);
    }
    let value = form.value("village");
    let found = division::village(value.parse().unwrap()).unwrap();
    assert!(pinyin::initials(found.short).iter().any(|one| one.starts_with(&initials)));
    assert_eq!(form.shown(form.spot("village").unwrap()), found.short);
}

#[test]
fn names_that_repeat_open_the_list_instead_of_being_guessed() {
    let mut form = emergency();
    form.go("village");
    keys(&mut form, "东山村\n");
    let list = form.list().expect("several townships have a village of this name");
    assert!(list.count() > 1);
    assert!(list.lines().iter().all(|line| !line.offer.hint.is_empty()), "each with its township");
    form.press(FormKey::Cancel);
    assert_eq!(form.focus_path(), "village");
    assert_eq!(form.value("village"), "东山村", "nothing typed is lost");
    form.press(FormKey::Up);
    assert_ne!(form.focus_path(), "village", "and nobody is held");
}

#[test]
fn a_resolved_village_is_replaced_as_a_whole() {
    let mut form = emergency();
    form.set("village", &a_village(), Source::Filled);
    form.go("village");
    assert!(!form.editing().contains("211321"), "the name is shown");
    keys(&mut form, "xyz");
    assert_eq!(form.value("village"), "xyz");
    form.press(FormKey::Undo);
    assert_eq!(form.value("village"), a_village());
    form.press(FormKey::Backspace);
    assert_eq!(form.value("village"), "");
}

#[test]
fn a_list_of_codes_is_picked_by_digit_arrows_or_search() {
    let mut form = emergency();
    form.go("status");
    form.press(FormKey::Choose);
    assert_eq!(form.list().unwrap().lines().len(), 10);
    form.press(FormKey::Down);
    form.press(FormKey::Enter);
    assert_eq!(form.value("status"), "rural_allowance");
    form.go("status");
    form.press(FormKey::Choose);
    keys(&mut form, "0");
    assert_eq!(form.value("status"), "none");
    form.go("status");
    form.press(FormKey::Choose);
    keys(&mut form, "dbby\n");
    assert_eq!(form.value("status"), "marginal");
}

#[test]
fn the_host_supplies_people() {
    let mut form = emergency();
    form.set("handling", "direct", Source::Typed);
    form.go("authorised_by");
    let out = form.press(FormKey::Choose);
    assert_eq!(out, vec![Outcome::Wants { path: "authorised_by".into(), name: "approver" }]);
    form.supply("authorised_by", vec![Offer::new("1301", "周立新"), Offer::new("1302", "孙丽")]);
    assert_eq!(form.list().unwrap().count(), 2);
    keys(&mut form, "2");
    assert_eq!((form.value("authorised_by").as_str(), form.focus_path().as_str()), ("1302", "auth_how"));
    assert_eq!(form.shown(form.spot("authorised_by").unwrap()), "孙丽");
}

#[test]
fn phrases_go_in_at_the_caret_and_enter_walks_the_blanks() {
    let mut form = emergency();
    form.set("circumstance", "2", Source::Typed);
    form.go("reason");
    form.press(FormKey::Choose);
    keys(&mut form, "4");
    assert_eq!(form.value("reason"), "突患重病，总费用__元，报销后自付__元");
    keys(&mut form, "21000\n");
    assert_eq!(form.focus_path(), "reason", "a blank is left");
    keys(&mut form, "8400");
    assert_eq!(form.value("reason"), "突患重病，总费用21000元，报销后自付8400元");
    form.press(FormKey::Enter);
    assert_ne!(form.focus_path(), "reason");
}

#[test]
fn a_blank_left_open_is_a_problem_not_a_wall() {
    let mut form = emergency();
    form.set("reason", "总费用__元", Source::Typed);
    form.go("reason");
    form.press(FormKey::Up);
    assert_ne!(form.focus_path(), "reason");
    let spot = form.spot("reason").unwrap();
    assert!(form.problems_at(spot).iter().any(|problem| problem.sentence.contains("__")));
}
