//! The engine of forms by itself: moving, typing, levels of problems and sending.

use super::*;
use crate::forms::{Level, Problem};

fn at(form: &mut Form, path: &str) {
    assert!(form.go(path), "{path}");
}

#[test]
fn enter_skips_filled_fields_and_up_reaches_them() {
    let mut form = emergency();
    keys(&mut form, "211321196804120012\n");
    assert_eq!(form.focus_path(), "name");
    keys(&mut form, "张三\n");
    assert_eq!(form.focus_path(), "village", "type of application and household are filled");
    form.press(FormKey::Up);
    assert_eq!(form.focus_path(), "beneficiaries");
    form.press(FormKey::Up);
    assert_eq!(form.focus_path(), "household_size");
}

#[test]
fn a_wrong_field_never_holds_the_officer_and_keeps_what_was_typed() {
    let mut form = emergency();
    keys(&mut form, "2113211968041200\n");
    assert_eq!(form.focus_path(), "name");
    assert_eq!(form.value("id_no"), "2113211968041200");
    let spot = form.spot("id_no").unwrap();
    let beside = form.beside(spot).unwrap();
    assert_eq!((beside.level, beside.code), (Level::Error, Some("E-ID-CHECK")));
    let out = form.press(FormKey::Submit);
    assert!(matches!(out.last(), Some(Outcome::Refused(n)) if *n > 1), "{out:?}");
    assert_eq!(form.focus_path(), "id_no");
    assert!(form.submit().is_err());
}

#[test]
fn a_wrong_check_digit_is_named_as_soon_as_the_number_is_complete() {
    let mut form = emergency();
    let out = keys(&mut form, "211321196804120013");
    assert!(!out.iter().any(|outcome| matches!(outcome, Outcome::Completed(_))));
    assert!(form.beside(form.focus()).unwrap().sentence.contains('2'), "the expected digit");
    form.press(FormKey::Backspace);
    assert!(form.beside(form.focus()).is_none(), "nothing is said while typing");
    let out = keys(&mut form, "2");
    assert!(out.contains(&Outcome::Completed("id_no".into())));
    assert!(form.note(form.focus()).unwrap().contains("男"));
}

#[test]
fn full_width_and_small_letters_are_folded_by_kind() {
    let mut form = emergency();
    keys(&mut form, "２１１３２１１９７５１１０３０７８ｘ");
    assert_eq!(form.value("id_no"), "21132119751103078X");
    at(&mut form, "amount");
    keys(&mut form, "１，２３４。５０\n");
    assert_eq!(form.value("amount"), "1234.50");
    at(&mut form, "reason");
    keys(&mut form, "突发火灾，Ａ１屋");
    assert_eq!(form.value("reason"), "突发火灾，A1屋", "Chinese punctuation stays");
    at(&mut form, "circumstance");
    keys(&mut form, "２");
    assert_eq!(form.value("circumstance"), "2");
}

#[test]
fn a_letter_in_an_id_number_is_refused_in_words() {
    let mut form = emergency();
    assert!(told(&keys(&mut form, "2a")));
    assert_eq!(form.value("id_no"), "2");
}

#[test]
fn a_stray_letter_in_a_name_warns_and_does_not_stop() {
    let mut form = emergency();
    at(&mut form, "name");
    keys(&mut form, "张三z\n");
    let spot = form.spot("name").unwrap();
    assert_eq!(form.beside(spot).unwrap().level, Level::Warning);
    assert_ne!(form.focus_path(), "name");
}

#[test]
fn a_digit_chooses_and_goes_on_zero_clears_unless_it_is_a_value() {
    let mut form = emergency();
    at(&mut form, "circumstance");
    keys(&mut form, "3");
    assert_ne!(form.focus_path(), "circumstance");
    at(&mut form, "circumstance");
    keys(&mut form, "0");
    assert_eq!((form.value("circumstance").as_str(), form.focus_path().as_str()), ("", "circumstance"));
    assert!(told(&keys(&mut form, "9")), "no ninth circumstance");
    keys(&mut form, "2");
    at(&mut form, "circumstance");
    form.press(FormKey::Backspace);
    assert_eq!(form.value("circumstance"), "");
    at(&mut form, "status");
    keys(&mut form, "20");
    at(&mut form, "status");
    keys(&mut form, "0");
    assert_eq!(form.value("status"), "none", "0 is declared here");
}

#[test]
fn dates_as_the_input_method_allows() {
    for (typed, expected) in [
        ("-\n", "2026-03-01"),
        ("-3\n", "2026-02-27"),
        ("0228\n", "2026-02-28"),
        ("20251231\n", "2025-12-31"),
        ("２０２５１２３１\n", "2025-12-31"),
    ] {
        let mut form = emergency();
        at(&mut form, "event_date");
        keys(&mut form, typed);
        assert_eq!(form.value("event_date"), expected, "{typed}");
    }
    let mut form = emergency();
    at(&mut form, "event_date");
    form.press(FormKey::Clear);
    assert_eq!(form.value("event_date"), "");
    form.press(FormKey::Enter);
    assert_eq!(form.value("event_date"), "2026-03-02", "Enter is today");
    at(&mut form, "event_date");
    keys(&mut form, "0303\n");
    let spot = form.spot("event_date").unwrap();
    assert_eq!(form.beside(spot).unwrap().code, Some("E-DATE-ORDER"));
    at(&mut form, "event_date");
    keys(&mut form, "19583102\n");
    assert_eq!(form.value("event_date"), "19583102", "a day that is none stays as typed");
    assert_eq!(form.beside(spot).unwrap().level, Level::Error);
}

#[test]
fn two_dots_copy_the_record_before_but_never_money_or_a_name() {
    let mut before = Answers::new();
    for (key, text) in
        [("place", "县医院"), ("amount", "400.00"), ("name", "李四"), ("lead_channel", "hotline")]
    {
        before.say(key, text);
    }
    let mut form = emergency();
    form.set_before(before);
    for dots in ["..\n", "。。\n"] {
        at(&mut form, "place");
        form.press(FormKey::Clear);
        keys(&mut form, dots);
        assert_eq!(form.value("place"), "县医院");
    }
    at(&mut form, "place");
    keys(&mut form, "新址\n");
    at(&mut form, "phone");
    keys(&mut form, "13900000000\n");
    at(&mut form, "phone");
    assert!(told(&keys(&mut form, "..\n")));
    assert_eq!(form.value("phone"), "13900000000", "nothing to copy: what stood there comes back");
    at(&mut form, "lead_channel");
    keys(&mut form, "..\n");
    assert_eq!(form.value("lead_channel"), "hotline");
    at(&mut form, "amount");
    assert!(told(&keys(&mut form, "..\n")));
    assert_eq!(form.value("amount"), "");
    at(&mut form, "name");
    assert!(told(&form.press(FormKey::Same)));
    assert_eq!(form.value("name"), "");
}

#[test]
fn keypad_signs_move_and_copy_in_numbers_only() {
    let mut before = Answers::new();
    before.say("lead_channel", "visit");
    let mut form = emergency();
    form.set_before(before);
    at(&mut form, "household_size");
    keys(&mut form, "4-");
    assert_eq!((form.value("household_size").as_str(), form.focus_path().as_str()), ("4", "apply_as"));
    at(&mut form, "lead_channel");
    form.press(FormKey::Star);
    assert_eq!(form.value("lead_channel"), "visit");
    assert_ne!(form.focus_path(), "lead_channel");
    at(&mut form, "place");
    keys(&mut form, "3+2*1-4");
    assert_eq!(form.value("place"), "3+2*1-4", "text takes them as they are, in place of the default");
}

#[test]
fn undo_gives_back_what_was_typed_field_by_field() {
    let mut form = emergency();
    at(&mut form, "reason");
    keys(&mut form, "家中失火");
    form.press(FormKey::Clear);
    form.press(FormKey::Undo);
    assert_eq!(form.value("reason"), "家中失火");
    form.press(FormKey::Backspace);
    form.press(FormKey::Backspace);
    assert_eq!(form.value("reason"), "家中");
    form.press(FormKey::Undo);
    assert_eq!(form.value("reason"), "家中失火", "a run of strokes is one step");
    form.press(FormKey::Undo);
    assert_eq!(form.value("reason"), "");
    assert!(told(&form.press(FormKey::Undo)));
}

#[test]
fn typing_into_a_filled_number_replaces_it_and_undo_brings_it_back() {
    let mut form = emergency();
    at(&mut form, "amount");
    keys(&mut form, "500\n");
    at(&mut form, "amount");
    keys(&mut form, "6");
    assert_eq!(form.value("amount"), "6");
    form.press(FormKey::Undo);
    assert_eq!(form.value("amount"), "500.00");
    at(&mut form, "amount");
    form.press(FormKey::End);
    form.press(FormKey::Backspace);
    assert_eq!(form.value("amount"), "500.0", "after a caret key it is edited");
}

#[test]
fn a_rare_character_with_a_selector_is_one_step() {
    let mut form = emergency();
    at(&mut form, "name");
    keys(&mut form, "𠮷葛\u{E0100}");
    assert_eq!(form.caret_column(), crate::base::width::width("𠮷葛\u{E0100}"));
    form.press(FormKey::Left);
    keys(&mut form, "三");
    assert_eq!(form.value("name"), "𠮷三葛\u{E0100}");
    form.press(FormKey::Delete);
    assert_eq!(form.value("name"), "𠮷三");
    form.press(FormKey::Home);
    form.press(FormKey::Delete);
    assert_eq!(form.value("name"), "三");
}

#[test]
fn the_desk_never_replaces_what_the_officer_typed() {
    let mut form = emergency();
    at(&mut form, "name");
    keys(&mut form, "张三\n");
    assert!(!form.set("name", "李四", Source::Filled));
    assert_eq!(form.value("name"), "张三");
    assert!(form.set("name", "李四", Source::Typed));
    assert!(form.set("severity", "severe", Source::Default), "the desk's default outlives the table's");
    assert_eq!(form.value("severity"), "severe");
    assert!(form.set("village", &a_village(), Source::Filled));
    let other = crate::base::division::villages_of(103).next().unwrap().code.to_string();
    assert!(!form.set("village", &other, Source::Default), "a default gives way to what is known");
    assert_eq!(form.value("name"), "李四");
}

#[test]
fn a_burst_ends_the_text_and_moves_on_but_never_submits() {
    let mut form = emergency();
    let out = form.burst("211321196804120012\r\n");
    assert!(out.contains(&Outcome::Completed("id_no".into())));
    assert!(out.contains(&Outcome::Left("id_no".into())));
    assert_eq!(form.focus_path(), "name");
    fill_known(&mut form);
    at(&mut form, "reason");
    let out = form.burst("家中失火，\n一切烧毁\n");
    assert!(!out.contains(&Outcome::Submit));
    assert_eq!(form.value("reason"), "家中失火， 一切烧毁");
    assert_ne!(form.focus_path(), "reason");
}

#[test]
fn an_oversized_paste_is_cut_and_said() {
    let mut form = emergency();
    at(&mut form, "reason");
    assert!(told(&form.burst(&"火".repeat(100_000))));
    assert_eq!(form.value("reason").chars().count(), 200);
    at(&mut form, "circumstance");
    assert!(told(&form.burst("12345678")));
    assert_eq!(form.value("circumstance"), "");
}

#[test]
fn a_paste_of_nothing_usable_leaves_what_stands_there() {
    let mut form = emergency();
    at(&mut form, "amount");
    keys(&mut form, "500\n");
    at(&mut form, "amount");
    assert!(told(&form.burst("abcdefgh")));
    assert_eq!(form.value("amount"), "500.00");
}

#[test]
fn enter_never_submits_even_when_all_is_said() {
    let mut form = emergency();
    keys(&mut form, "211321196804120012\n");
    fill_known(&mut form);
    at(&mut form, "circumstance");
    keys(&mut form, "2500\n\n");
    at(&mut form, "reason");
    keys(&mut form, "突发火灾\n1");
    for _ in 0..50 {
        let out = form.press(FormKey::Enter);
        assert!(out.contains(&Outcome::Ready) && !out.contains(&Outcome::Submit), "{out:?}");
    }
    assert!(form.press(FormKey::Submit).contains(&Outcome::Submit));
}

#[test]
fn down_and_tab_walk_through_everything_when_nothing_is_asked() {
    let mut form = open(&crate::forms::tables::correction::TABLE);
    for (key, text) in [("id_no", "211321196804120012"), ("name", "张三"), ("reason", "名字录错了")] {
        form.set(key, text, Source::Typed);
    }
    form.set("village", &a_village(), Source::Typed);
    form.set("status", "none", Source::Typed);
    form.set("basis", "id_card", Source::Typed);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..form.spots().len() {
        seen.insert(form.focus_path());
        form.press(FormKey::Down);
    }
    assert_eq!(seen.len(), form.spots().len());
}

#[test]
fn a_warning_of_the_rules_brings_up_the_reason_and_goes_again() {
    let mut form = emergency();
    assert!(!form.go("override_reason"));
    let warning = Problem::warning("circumstance", "三、四类一般走支出型").coded("W-PATH-CATEGORY");
    form.verdicts(vec![warning.clone()]);
    assert!(form.go("override_reason"));
    assert!(form.problems().contains(&warning));
    assert_eq!(form.beside(form.spot("circumstance").unwrap()), Some(warning));
    form.verdicts(Vec::new());
    assert_ne!(form.focus_path(), "override_reason");
    assert!(!form.answers().has(crate::forms::form::WARNED));
}

#[test]
fn goods_hide_the_amount_and_show_their_value() {
    let mut form = emergency();
    at(&mut form, "amount");
    keys(&mut form, "300\n");
    at(&mut form, "manner");
    keys(&mut form, "3");
    at(&mut form, "goods_name");
    keys(&mut form, "面粉\n5\n袋\n40.01\n");
    assert_eq!(form.note(form.spot("goods_price").unwrap()).as_deref(), Some("计200.05"));
    at(&mut form, "manner");
    keys(&mut form, "2");
    assert!(!form.go("amount"));
    assert_eq!(form.value("amount"), "300.00", "kept, only not submitted");
}

#[test]
fn debug_names_no_person() {
    let mut form = emergency();
    keys(&mut form, "211321196804120012\n张三\n");
    let text = format!("{form:?} {:?} {:?}", form.answers(), form.answer(form.spot("id_no").unwrap()));
    assert!(!text.contains("张三") && !text.contains("2113211968"), "{text}");
}

#[test]
fn a_password_is_stars_and_takes_any_sign() {
    let mut form = open(&crate::forms::tables::sign_in::TABLE);
    at(&mut form, "password");
    keys(&mut form, "ａB+-*．1");
    assert_eq!(form.value("password"), "aB+-*.1");
    assert_eq!(form.editing(), "*******");
    assert_eq!(form.caret_column(), 7);
}

#[test]
fn tables_are_sound() {
    for table in crate::forms::tables::all() {
        let mut keys: Vec<&str> = table.fields.iter().map(|field| field.key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "{}: keys are unique", table.name);
        for field in table.fields.iter().chain(table.fields.iter().filter_map(|f| f.columns()).flatten()) {
            assert!(field.key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", field.key);
            if matches!(field.kind, crate::forms::Kind::Money) {
                assert!(!field.copies, "money is never copied");
            }
            if let crate::forms::Kind::Choice(choices) = field.kind {
                let mut digits: Vec<char> = choices.iter().map(|choice| choice.digit).collect();
                digits.sort_unstable();
                digits.dedup();
                assert_eq!(digits.len(), choices.len(), "{}", field.key);
            }
        }
        assert_eq!(crate::forms::tables::by_name(table.name).map(|found| found.name), Some(table.name));
    }
}
