//! A refusal (不予办理的提示): the product speaking to an officer. A stable code, the field it is about, one plain Chinese
//! sentence that says what is wrong and which key to press next, and the clause.

use super::code::{Code, Weight};

/// One refusal, or one warning that wants a reason or is only noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The key of the form's field it belongs to, empty where it is about the whole.
    pub field: &'static str,
    /// What is wrong and what to do next, in Chinese.
    pub sentence: String,
    /// The clause of the notice, short, for example 四（三）二; empty where it is our own.
    pub clause: &'static str,
}

impl Refusal {
    /// A refusal with the clause that its code stands on.
    pub fn new(code: Code, field: &'static str, sentence: impl Into<String>) -> Self {
        Refusal { code, field, sentence: sentence.into(), clause: code.clause() }
    }

    /// The same with a clause of its own.
    pub fn under(mut self, clause: &'static str) -> Self {
        self.clause = clause;
        self
    }

    /// Whether it stops the command, given the warnings that were overridden with a reason.
    pub fn stops(&self, overridden: &std::collections::BTreeSet<Code>) -> bool {
        match self.code.weight() {
            Weight::Refuses => true,
            Weight::AsksReason => !overridden.contains(&self.code),
            Weight::Notes => false,
        }
    }

    /// The sentence with its clause behind it, as lists and papers show it.
    pub fn full(&self) -> String {
        if self.clause.is_empty() {
            self.sentence.clone()
        } else {
            format!("{}{}", self.sentence, self.clause)
        }
    }
}
