//! The apostrophe that keeps a spreadsheet from running text of a CSV as a formula, and its removal.
//!
//! Adding and removing must be exact opposites for every text, so that what we export and read again is the same.

use std::borrow::Cow;

/// What a spreadsheet takes for the start of a formula; some fold the full-width forms.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether, leading apostrophes aside, the text starts like a formula.
fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTS)
}

/// The text with an apostrophe before it where it needs one.
pub fn add(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the apostrophe that [`add`] put before it.
pub fn strip(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}
