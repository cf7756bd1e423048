//! A form as lines of a printed paper: labels and values in the order of the table.
//!
//! Only what shows is printed, wrong or missing values as they stand; who prints decides what is masked, and is told which
//! fields identify a person.

use super::field::Kind;
use super::form::Form;

/// One line of the paper.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Path of the field.
    pub path: String,
    /// Label, without padding blanks.
    pub label: String,
    /// Value as a person reads it; empty where nothing is said.
    pub value: String,
    /// Note of the kind: 大写, sex and age.
    pub note: String,
    /// 0 for a field, row number from 1 for a cell of repeating rows.
    pub row: usize,
    /// Whether it identifies a person.
    pub sensitive: bool,
}

impl std::fmt::Debug for PaperLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PaperLine({})", self.path)
    }
}

/// The lines of `form`; passwords are never printed, blank rows are left out.
pub fn paper(form: &Form) -> Vec<PaperLine> {
    let mut lines = Vec::new();
    for spot in form.spots() {
        let Some(field) = form.field(spot) else { continue };
        let in_rows = form.table().fields.get(spot.field).is_some_and(|outer| outer.columns().is_some());
        if matches!(field.kind, Kind::Password) || (in_rows && form.scope(spot).is_blank()) {
            continue;
        }
        let shown = form.shown(spot);
        // The digit is for typing; paper carries the word alone.
        let value = match field.kind {
            Kind::Choice(choices) => choices
                .iter()
                .find(|choice| choice.value == form.answer(spot).text)
                .map_or(shown, |choice| choice.label.to_owned()),
            _ => shown,
        };
        lines.push(PaperLine {
            path: form.path(spot),
            label: field.label.replace([' ', '　'], ""),
            value,
            note: form.note(spot).unwrap_or_default(),
            row: if in_rows { spot.row + 1 } else { 0 },
            sensitive: field.sensitive,
        });
    }
    lines
}
