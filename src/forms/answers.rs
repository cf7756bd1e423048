//! Answers: what stands in the fields of one form, whoever put it there.
//!
//! An answer is text in the one canonical shape of its kind (`500.00`, `2026-03-02`, the stable value of a choice), or,
//! while it is wrong, exactly what was typed. Nothing here judges it, and nothing here prints it: `Debug` names keys only,
//! because answers hold names and id numbers.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::money::Money;

/// Who put an answer into its field. A weaker source never replaces a stronger one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The table's or the office's default; gives way to everything.
    #[default]
    Default,
    /// Derived by the desk, for example from the id number or the household's file.
    Filled,
    /// Came back with a draft whose own source is unknown.
    Draft,
    /// Copied from the officer's record before (同上笔).
    Copied,
    /// Typed or chosen by the officer.
    Typed,
}

impl Source {
    /// Whether the officer said it; such an answer is never replaced by the desk.
    pub fn is_own(self) -> bool {
        matches!(self, Source::Typed | Source::Copied | Source::Draft)
    }
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Canonical text, or the text as typed while it is not valid.
    pub text: String,
    /// What a person reads for a looked-up value (the village's name for its code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who said it.
    #[serde(default)]
    pub source: Source,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({:?}, {} bytes)", self.source, self.text.len())
    }
}

/// All answers of a form or of one of its rows, by the keys of the table.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answers {
    #[serde(default)]
    values: BTreeMap<String, Answer>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    rows: BTreeMap<String, Vec<Answers>>,
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.values.keys()).entries(self.rows.keys()).finish()
    }
}

impl Answers {
    /// No answers.
    pub fn new() -> Answers {
        Answers::default()
    }

    /// The text under `key`; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |answer| answer.text.as_str())
    }

    /// Whether `key` stands at exactly `value`; how tables ask for a choice.
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.text(key) == value
    }

    /// Whether anything stands under `key`.
    pub fn has(&self, key: &str) -> bool {
        !self.text(key).is_empty()
    }

    /// The whole answer under `key`.
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.values.get(key)
    }

    /// The amount under `key`, where it is one.
    pub fn money(&self, key: &str) -> Option<Money> {
        Money::parse(self.text(key)).ok()
    }

    /// The day under `key`, where it is one.
    pub fn day(&self, key: &str) -> Option<Day> {
        Day::parse(self.text(key))
    }

    /// The count under `key`, where it is one.
    pub fn count(&self, key: &str) -> Option<u32> {
        self.text(key).parse().ok()
    }

    /// Puts `answer` under `key` without asking who was there before.
    pub fn put(&mut self, key: &str, answer: Answer) {
        self.values.insert(key.to_owned(), answer);
    }

    /// Shorthand of [`Answers::put`] for a plain text said by the officer.
    pub fn say(&mut self, key: &str, text: &str) {
        self.put(key, Answer { text: text.to_owned(), label: None, source: Source::Typed });
    }

    /// Removes and returns what stands under `key`.
    pub fn take(&mut self, key: &str) -> Option<Answer> {
        self.values.remove(key)
    }

    /// The rows under `key`; empty where there are none.
    pub fn rows(&self, key: &str) -> &[Answers] {
        self.rows.get(key).map_or(&[], Vec::as_slice)
    }

    /// The rows under `key`, to be changed; made where there are none.
    pub fn rows_mut(&mut self, key: &str) -> &mut Vec<Answers> {
        self.rows.entry(key.to_owned()).or_default()
    }

    /// Removes and returns the rows under `key`.
    pub fn take_rows(&mut self, key: &str) -> Option<Vec<Answers>> {
        self.rows.remove(key)
    }

    /// Whether nothing at all is said.
    pub fn is_blank(&self) -> bool {
        self.values.values().all(|answer| answer.text.is_empty())
            && self.rows.values().flatten().all(Answers::is_blank)
    }

    /// Keys and answers in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.values.iter().map(|(key, answer)| (key.as_str(), answer))
    }

    /// Keys of repeating rows and their rows.
    pub fn iter_rows(&self) -> impl Iterator<Item = (&str, &[Answers])> {
        self.rows.iter().map(|(key, rows)| (key.as_str(), rows.as_slice()))
    }
}
