//! A form as a draft (暂存): everything typed, right or wrong, and where the officer stood.
//!
//! A draft comes back at the same field after a power cut. Answers of an older table that this one does not have are kept
//! beside it and reported, never thrown away. A password never gets into a draft.

use serde::{Deserialize, Serialize};

use super::answers::{Answers, Source};
use super::field::{Context, Kind, Table};
use super::form::{Form, WARNED};

/// Format of a draft; raised when its shape changes.
pub const FORMAT: u32 = 1;

/// The stored shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Format, see [`FORMAT`].
    pub format: u32,
    /// Name of the table.
    pub form: String,
    /// Path of the focused field.
    pub focus: String,
    /// Caret, in characters.
    pub caret: usize,
    /// All answers.
    pub answers: Answers,
    /// Fields already passed by, so that Enter does not ask again.
    #[serde(default)]
    pub passed: Vec<String>,
}

/// Why a draft cannot be taken up again.
#[derive(Debug, thiserror::Error)]
pub enum DraftFault {
    /// It is no draft of ours.
    #[error("暂存读不出来，原样留着，请告诉县局")]
    Unreadable(#[from] serde_json::Error),
    /// It belongs to another form.
    #[error("这份暂存是另一种表的")]
    OtherForm,
    /// A newer program wrote it.
    #[error("这份暂存是新版程序存的，请更新程序再打开")]
    Newer,
}

impl Form {
    /// This form as a draft in JSON.
    pub fn to_draft(&self) -> Result<String, DraftFault> {
        let mut answers = self.answers.clone();
        answers.take(WARNED);
        for field in self.table.fields.iter().filter(|field| matches!(field.kind, Kind::Password)) {
            answers.take(field.key);
        }
        for (key, answer) in self.extra.iter() {
            answers.put(key, answer.clone());
        }
        for (key, rows) in self.extra.iter_rows() {
            *answers.rows_mut(key) = rows.to_vec();
        }
        let draft = Draft {
            format: FORMAT,
            form: self.table.name.to_owned(),
            focus: self.focus_path(),
            caret: self.input.cursor(),
            answers,
            passed: self.passed.iter().cloned().collect(),
        };
        Ok(serde_json::to_string(&draft)?)
    }

    /// The form that `json` was made of, at the same field, and the keys that this table does not know.
    pub fn from_draft(
        table: &'static Table,
        context: Context,
        json: &str,
    ) -> Result<(Form, Vec<String>), DraftFault> {
        let draft: Draft = serde_json::from_str(json)?;
        if draft.format > FORMAT {
            return Err(DraftFault::Newer);
        }
        if draft.form != table.name {
            return Err(DraftFault::OtherForm);
        }
        let mut known = draft.answers;
        let mut extra = Answers::new();
        let is_known =
            |key: &str, rows: bool| table.field(key).is_some_and(|field| field.columns().is_some() == rows);
        let strange: Vec<String> =
            known.iter().map(|(key, _)| key.to_owned()).filter(|key| !is_known(key, false)).collect();
        for key in &strange {
            if let Some(answer) = known.take(key) {
                extra.put(key, answer);
            }
        }
        let strange_rows: Vec<String> =
            known.iter_rows().map(|(key, _)| key.to_owned()).filter(|key| !is_known(key, true)).collect();
        for key in &strange_rows {
            if let Some(rows) = known.take_rows(key) {
                *extra.rows_mut(key) = rows;
            }
        }
        // The day that stood there when it was kept is the day it is about, whatever today is. What still follows from
        // another answer goes on following it.
        for field in table.fields.iter().filter(|field| matches!(field.kind, Kind::Date { .. })) {
            if let Some(mut held) = known.take(field.key) {
                let derived = field.fill.and_then(|derive| derive(&known, &context));
                let other = !held.text.is_empty() && derived.as_ref() != Some(&held.text);
                if held.source == Source::Default && other {
                    held.source = Source::Filled;
                }
                known.put(field.key, held);
            }
        }
        let mut form = Form::new(table, context, known);
        form.extra = extra;
        form.passed = draft.passed.into_iter().collect();
        if form.go(&draft.focus) {
            form.input = form.input.clone().with_cursor(draft.caret);
        }
        let mut reported = strange;
        reported.extend(strange_rows);
        Ok((form, reported))
    }
}
