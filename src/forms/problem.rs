//! What is wrong with a field, in words for the officer.
//!
//! A problem says what is wrong and which key to press; it never stops the officer from moving on. It never repeats a name
//! or a number that was typed: it stands beside the field and may be logged.

/// How heavy a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth reading; nothing is asked.
    Note,
    /// May be overridden with a reason.
    Warning,
    /// Has to be put right before the form can be submitted.
    Error,
}

/// One problem, standing beside one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path of the field: `amount`, or `members.2.name` in a row.
    pub field: String,
    /// Stable code of the refusal or warning, where a rule said it.
    pub code: Option<&'static str>,
    /// The sentence in Chinese: what is wrong and what to do.
    pub sentence: String,
    /// The clause of the notice, short: `四（三）二`.
    pub clause: Option<&'static str>,
    /// How heavy it is.
    pub level: Level,
}

impl Problem {
    /// An error beside `field`.
    pub fn error(field: &str, sentence: impl Into<String>) -> Problem {
        Problem {
            field: field.to_owned(),
            code: None,
            sentence: sentence.into(),
            clause: None,
            level: Level::Error,
        }
    }

    /// A warning beside `field`.
    pub fn warning(field: &str, sentence: impl Into<String>) -> Problem {
        Problem { level: Level::Warning, ..Problem::error(field, sentence) }
    }

    /// The same problem under a stable code.
    pub fn coded(mut self, code: &'static str) -> Problem {
        self.code = Some(code);
        self
    }

    /// The same problem with the clause it rests on.
    pub fn under(mut self, clause: Option<&'static str>) -> Problem {
        self.clause = clause;
        self
    }
}
