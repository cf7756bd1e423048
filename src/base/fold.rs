//! What a Chinese input method types by mistake, folded to what was meant: full-width digits, letters, punctuation.
//!
//! It must never be used on names: those are only normalised (see [`super::text`]).

pub use super::text::{TextProblem, name, text};

/// Folds what is typed into fields of digits: U+FF01 to U+FF5E to their half-width forms, `。` to `.`, `，` to `,`,
/// dashes and minus signs to `-`, spaces of all kinds to a space.
pub fn digits(typed: &str) -> String {
    typed.chars().map(digit).collect()
}

fn digit(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '。' | '．' | '｡' => '.',
        '、' | '﹐' => ',',
        '—' | '–' | '―' | '‐' | '‑' | '−' | '－' | '﹣' => '-',
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// [`digits`], without spaces and dashes, as printed numbers are grouped by them.
pub fn compact(typed: &str) -> String {
    digits(typed).chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_is_read_as_meant() {
        assert_eq!(digits("１２３．５０，４"), "123.50,4");
        assert_eq!(digits("500。5　—Ｘｘ"), "500.5 -Xx");
        assert_eq!(compact(" ６２２８ 4800-0000—１ "), "6228480000001");
        assert_eq!(digits("张三𠮷"), "张三𠮷");
    }
}
