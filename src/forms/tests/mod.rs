//! Tests of the engine over the product's own tables.

mod budget;
mod drafts;
mod engine;
mod layouts;
mod lists;
mod monkey;
mod outputs;
mod rows;

use super::{Answers, Context, Form, FormKey, Outcome, Source, Table};
use crate::base::day::{Day, Stamp};

/// Monday 2026-03-02, 09:15, at the township 102.
pub(crate) fn context() -> Context {
    let today = Day::new(2026, 3, 2).unwrap();
    Context { today, now: Stamp::at(today, 9, 15), township: Some(102) }
}

pub(crate) fn open(table: &'static Table) -> Form {
    Form::new(table, context(), Answers::new())
}

pub(crate) fn emergency() -> Form {
    open(&super::tables::emergency::TABLE)
}

/// Presses the characters of `text`; `\n` is Enter.
pub(crate) fn keys(form: &mut Form, text: &str) -> Vec<Outcome> {
    let press = |c| if c == '\n' { FormKey::Enter } else { FormKey::Char(c) };
    text.chars().flat_map(|c| form.press(press(c))).collect()
}

pub(crate) fn told(out: &[Outcome]) -> bool {
    out.iter().any(|outcome| matches!(outcome, Outcome::Told(_)))
}

/// Everything that the office knows of a known person without an account.
pub(crate) fn fill_known(form: &mut Form) {
    for (key, value) in [
        ("name", "张三"),
        ("household_size", "3"),
        ("village", &a_village()),
        ("phone", "13900000000"),
        ("status", "rural_allowance"),
    ] {
        assert!(form.set(key, value, Source::Filled), "{key}");
    }
}

pub(crate) fn a_village() -> String {
    crate::base::division::villages_of(102).next().unwrap().code.to_string()
}
