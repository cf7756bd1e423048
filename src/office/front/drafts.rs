//! Drafts at the front (暂存): kept at every field left, on this PC, for their officer.

use super::Front;
use crate::store::desk::Draft;
use crate::store::fault::{Fault, FaultKind};

/// A draft to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Its number; 0 for a new one.
    pub id: u64,
    /// The form's name.
    pub form: &'static str,
    /// What the list of drafts shows: no name, an officer may look over another's shoulder.
    pub title: String,
    /// The form's own text of its draft.
    pub text: String,
    /// The field in which the caret stands.
    pub field: String,
}

impl Front {
    /// Keeps a draft durably and answers its number.
    ///
    /// # Errors
    /// The disk of this PC; a second window.
    pub fn keep(&self, keep: &Keep) -> Result<u64, Fault> {
        let answers = serde_json::from_str(&keep.text).map_err(|error| Fault::bug(error.to_string()))?;
        let draft = Draft {
            id: keep.id,
            officer: self.session()?.officer.0.clone(),
            form: keep.form.to_owned(),
            title: keep.title.clone(),
            answers,
            field: keep.field.clone(),
            saved_ms: self.now().0,
        };
        self.keeper.own().save_draft(&draft)
    }

    /// The drafts of the officer in session.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn drafts(&self) -> Result<Vec<Draft>, Fault> {
        let officer = self.session()?.officer.clone();
        self.keeper.own().drafts(&officer.0)
    }

    /// One draft.
    ///
    /// # Errors
    /// The disk of this PC; it is gone.
    pub fn draft(&self, id: u64) -> Result<Draft, Fault> {
        let officer = self.session()?.officer.clone();
        let draft = self.keeper.own().draft(&officer.0, id)?;
        draft.ok_or_else(|| Fault::new(FaultKind::User, "这份暂存已经不在了", "请按F5刷新列表"))
    }

    /// Lets a draft go: it was submitted, or its officer threw it away.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn drop_draft(&self, id: u64) -> Result<(), Fault> {
        if id == 0 {
            return Ok(());
        }
        let officer = self.session()?.officer.clone();
        self.keeper.own().drop_draft(&officer.0, id)
    }

    /// Remembers where a list stood or what was typed last.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn remember(&self, key: &str, value: &str) -> Result<(), Fault> {
        let officer = self.session()?.officer.clone();
        self.keeper.own().set_remembered(&format!("{officer}/{key}"), value)
    }

    /// What was remembered.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn remembered(&self, key: &str) -> Result<Option<String>, Fault> {
        let officer = self.session()?.officer.clone();
        self.keeper.own().remembered(&format!("{officer}/{key}"))
    }
}
