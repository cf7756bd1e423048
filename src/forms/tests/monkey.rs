//! Random keys on every form: nothing typed panics or breaks an invariant.

use proptest::prelude::*;

use super::*;
use crate::forms::field::Kind;

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

/// Keys as one line, so that a failure of four hundred can be read.
#[derive(Clone)]
struct Pressed(Vec<FormKey>);

impl std::fmt::Debug for Pressed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let each: Vec<String> = self.0.iter().map(|key| format!("{key:?}")).collect();
        f.write_str(&each.join(" "))
    }
}

fn pressed() -> impl Strategy<Value = Pressed> {
    prop::collection::vec(any_key(), 0..=400).prop_map(Pressed)
}

/// Whether a phrase spoke against a choice, which is then taken back and said.
fn took_back(out: &[Outcome]) -> bool {
    out.iter().any(|one| matches!(one, Outcome::Told(said) if said.contains("与这句话不符，已取消")))
}

/// Presses one key and says what it broke.
fn press(form: &mut Form, key: &FormKey) -> Result<(), String> {
    let before = said(form);
    let focus = form.focus_path();
    let out = form.press(key.clone());
    if out.contains(&Outcome::Submit) && (*key != FormKey::Submit || form.submit().is_err()) {
        return Err(format!("submitted by {key:?} with what is wrong"));
    }
    let here = form.spot(&form.focus_path());
    if here != Some(form.focus()) || !form.spots().contains(&form.focus()) {
        return Err(format!("the focus is on {}, which does not show", form.focus_path()));
    }
    if removes(key) || took_back(&out) {
        return Ok(());
    }
    for (path, text) in before {
        let now = form.value(&path);
        let asked_away = path == focus
            && (*key == FormKey::Char('0') || text.trim().chars().all(|c| matches!(c, '.' | '。' | '．')));
        if now.is_empty() && !asked_away {
            return Err(format!("{path} lost {text:?} after {key:?} in {focus}"));
        }
        // In the focused field typing may replace a number or a chosen value, which undo brings back, and leaving folds
        // the text to its canonical shape. Elsewhere nothing changes.
        if path != focus && now != text {
            return Err(format!("{path} went from {text:?} to {now:?} after {key:?} in {focus}"));
        }
    }
    Ok(())
}

/// The form comes back from its draft at the same field and can be laid out and told.
fn comes_back(form: &Form) -> Result<(), String> {
    let json = form.to_draft().map_err(|fault| fault.to_string())?;
    let (back, unknown) =
        Form::from_draft(form.table(), context(), &json).map_err(|fault| fault.to_string())?;
    if !unknown.is_empty() || back.focus_path() != form.focus_path() {
        return Err(format!("the draft {json} came back at {} without {unknown:?}", back.focus_path()));
    }
    // A password is in no draft.
    let secret = form.table().fields.iter().any(|field| matches!(field.kind, Kind::Password));
    if !secret && back.answers() != form.answers() {
        return Err(format!("the draft {json} came back with other answers"));
    }
    crate::forms::layout::layout(&back, 80, 12);
    if crate::forms::plain::prompts(&back).count() != back.spots().len() {
        return Err("a field that shows is not asked for on the command line".to_owned());
    }
    Ok(())
}

proptest! {
    // 500 runs of up to 400 keys: a hundred thousand.
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]
    #[test]
    fn no_keys_panic_or_lose_what_was_typed(table in 0..crate::forms::tables::all().len(), pressed in pressed()) {
        let mut form = open(crate::forms::tables::all()[table]);
        let broken = pressed.0.iter().find_map(|key| press(&mut form, key).err()).or_else(|| comes_back(&form).err());
        prop_assert!(broken.is_none(), "{}: {}", form.table().name, broken.unwrap_or_default());
    }
}
