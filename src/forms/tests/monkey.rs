//! Random keys on every form: nothing typed panics or breaks an invariant.

use proptest::prelude::*;

use super::*;

fn any_key() -> impl Strategy<Value = FormKey> {
    let chars = "0123456789.-+*。．xXａ张三𠮷葛\u{E0100}\u{200D}\u{0301}_ ，\n\t\u{7}zq";
    let fixed = vec![
        FormKey::Enter,
        FormKey::Tab,
        FormKey::BackTab,
        FormKey::Up,
        FormKey::Down,
        FormKey::Left,
        FormKey::Right,
        FormKey::Home,
        FormKey::End,
        FormKey::FieldFirst,
        FormKey::FieldLast,
        FormKey::Clear,
        FormKey::Backspace,
        FormKey::Delete,
        FormKey::PgUp,
        FormKey::PgDn,
        FormKey::Plus,
        FormKey::Minus,
        FormKey::Star,
        FormKey::Undo,
        FormKey::Same,
        FormKey::Choose,
        FormKey::Cancel,
        FormKey::AddRow,
        FormKey::DeleteRow,
        FormKey::RowUp,
        FormKey::RowDown,
        FormKey::Submit,
    ];
    prop_oneof![
        6 => prop::sample::select(chars.chars().collect::<Vec<char>>()).prop_map(FormKey::Char),
        4 => prop::sample::select(fixed),
        1 => prop::sample::select(vec!["211321196804120012\r", "突发__火灾\n再", "500", "\u{202E}坏", "..\n"])
            .prop_map(|text| FormKey::Paste(text.to_owned())),
    ]
}

/// Keys that may take typed text away: they say so by what they are.
fn removes(key: &FormKey) -> bool {
    matches!(
        key,
        FormKey::Clear
            | FormKey::Backspace
            | FormKey::Delete
            | FormKey::Undo
            | FormKey::DeleteRow
            | FormKey::RowUp
            | FormKey::RowDown
            | FormKey::Same
            | FormKey::Star
    )
}

/// Texts of all fields that the officer said, by path.
fn said(form: &Form) -> Vec<(String, String)> {
    let plain = form.answers().iter().filter(|(_, a)| a.source == Source::Typed && !a.text.is_empty());
    let mut all: Vec<(String, String)> = plain.map(|(key, a)| (key.to_owned(), a.text.clone())).collect();
    for (key, rows) in form.answers().iter_rows() {
        for (number, row) in rows.iter().enumerate() {
            let typed = row.iter().filter(|(_, a)| a.source == Source::Typed && !a.text.is_empty());
            all.extend(typed.map(|(column, a)| (format!("{key}.{number}.{column}"), a.text.clone())));
        }
    }
    all
}

proptest! {
    // 250 runs of 400 keys: a hundred thousand.
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_keys_panic_or_lose_what_was_typed(table in 0_usize..6, pressed in prop::collection::vec(any_key(), 400)) {
        let mut form = open(crate::forms::tables::all()[table]);
        for key in pressed {
            let before = said(&form);
            let focus = form.focus_path();
            let submitted = matches!(key, FormKey::Submit);
            let out = form.press(key.clone());
            prop_assert_eq!(out.contains(&Outcome::Submit), submitted && form.submit().is_ok() && out.contains(&Outcome::Submit));
            prop_assert!(form.spots().contains(&form.focus()), "the focus is on a field that shows");
            prop_assert!(form.spots().contains(&form.spot(&form.focus_path()).unwrap()));
            if !removes(&key) {
                for (path, text) in before {
                    let asked_away = path == focus
                        && (key == FormKey::Char('0') || text.trim().chars().all(|c| matches!(c, '.' | '。' | '．')));
                    prop_assert!(!form.value(&path).is_empty() || asked_away, "{} vanished: {:?} after {:?}", path, text, key);
                    // In the focused field typing may replace a number or a chosen value, which undo brings back, and
                    // leaving folds the text to its canonical shape. Elsewhere nothing changes.
                    if path != focus {
                        prop_assert_eq!(form.value(&path), text);
                    }
                }
            }
        }
        let json = form.to_draft().unwrap();
        let (back, unknown) = Form::from_draft(form.table(), context(), &json).unwrap();
        prop_assert!(unknown.is_empty());
        prop_assert_eq!(back.focus_path(), form.focus_path());
        crate::forms::layout::layout(&back, 80, 12);
        prop_assert_eq!(crate::forms::plain::prompts(&back).count(), back.spots().len());
    }
}
