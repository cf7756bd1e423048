//! A form as questions and answers, for screen readers: one line asks, one line answers.
//!
//! The same table and the same engine as the full screen; nothing is checked differently here.

use super::answers::Source;
use super::field::Kind;
use super::form::{Form, Outcome, Spot};
use super::keys::FormKey;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Path of the field.
    pub path: String,
    /// The question: label, values to choose from, what stands there already, what is wrong with it.
    pub line: String,
    /// Whether the answer must not be shown while it is typed.
    pub hidden: bool,
}

/// The questions of all visible fields as they stand, in order; repeating rows ask for one more row at their end.
pub fn prompts(form: &Form) -> impl Iterator<Item = Prompt> + '_ {
    form.spots().into_iter().map(|spot| prompt(form, spot))
}

/// The question that is due: the focused field's.
pub fn due(form: &Form) -> Prompt {
    prompt(form, form.focus())
}

fn prompt(form: &Form, spot: Spot) -> Prompt {
    let path = form.path(spot);
    let Some(field) = form.field(spot) else { return Prompt { path, line: String::new(), hidden: false } };
    let mut line = field.label.replace(' ', "");
    if form.table().fields.get(spot.field).is_some_and(|outer| outer.columns().is_some()) {
        line = format!("第 {} 行 {line}", spot.row + 1);
    }
    if let Kind::Choice(choices) = field.kind {
        let values: Vec<String> = choices.iter().map(|c| format!("{} {}", c.digit, c.label)).collect();
        line = format!("{line}（{}）", values.join("，"));
    }
    let shown = form.shown(spot);
    if !shown.is_empty() {
        line = format!("{line}，现在是 {shown}");
    }
    if let Some(note) = form.note(spot) {
        line = format!("{line}，{note}");
    }
    if let Some(problem) = form.beside(spot) {
        line = format!("{line}，注意：{}", problem.sentence);
    }
    Prompt { path, line: format!("{line}："), hidden: matches!(field.kind, Kind::Password) }
}

/// Takes one line as the answer to the due question and goes on to the next. An empty line keeps what stands there, `-`
/// alone goes back one field (a date takes it as yesterday), `0` clears a choice that has no 0 of its own.
pub fn answer(form: &mut Form, line: &str) -> Vec<Outcome> {
    let line = line.trim_end_matches(['\n', '\r']);
    let kind = form.field(form.focus()).map(|field| field.kind);
    if line == "-" && !matches!(kind, Some(Kind::Date { .. })) {
        return form.press(FormKey::Up);
    }
    if line.is_empty() {
        return form.press(FormKey::Enter);
    }
    if let Some(Kind::Choice(_)) = kind {
        let mut out: Vec<Outcome> = Vec::new();
        let mut typed = line.trim().chars();
        if let (Some(digit), None) = (typed.next(), typed.next()) {
            out.extend(form.press(FormKey::Char(digit)));
        } else if matches!(line.trim(), ".." | "。。") {
            out.extend(form.press(FormKey::Same));
            out.extend(form.press(FormKey::Enter));
        } else {
            out.push(Outcome::Told("请打一个数字".to_owned()));
        }
        return out;
    }
    let mut out = form.press(FormKey::Clear);
    out.extend(form.burst(line));
    out.extend(form.press(FormKey::Enter));
    out
}

/// Whether the officer still has something to answer.
pub fn is_done(form: &Form) -> bool {
    form.spots().into_iter().all(|spot| form.is_settled(spot) || form.answer(spot).source == Source::Filled)
}
