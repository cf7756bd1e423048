//! A password being typed: masked, half width, wiped from memory when done.
//!
//! Must never show or tell a character of it, not even its kind, and never write it anywhere.

use std::fmt;

use zeroize::Zeroizing;

use super::canvas::Canvas;
use super::key::Key;
use super::role::Role;
use crate::base::fold;

/// Longest password in characters.
const MAX: usize = 64;

/// What a key brought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Not a key of a password.
    Nothing,
    /// A character came or went.
    Moved,
    /// A character that an input method made: the Chinese mode is on.
    Foreign,
    /// Enter.
    Done,
}

/// The field of a password.
#[derive(Clone, Default)]
pub struct Password {
    text: Zeroizing<String>,
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// An empty one, with room so that typing leaves no copies behind.
    pub fn new() -> Password {
        Password { text: Zeroizing::new(String::with_capacity(MAX * 4)) }
    }

    /// Takes a key. Full-width letters, digits and signs become half width.
    pub fn key(&mut self, key: Key) -> Happened {
        match key {
            Key::Char(c) => {
                let mut half = fold::digits(&c.to_string());
                let plain = half.pop().filter(|c| c.is_ascii_graphic() || *c == ' ');
                match plain {
                    Some(c) if self.text.chars().count() < MAX => self.text.push(c),
                    Some(_) => {}
                    None => return Happened::Foreign,
                }
            }
            Key::Backspace => {
                self.text.pop();
            }
            Key::CtrlBackspace => self.clear(),
            Key::Enter => return Happened::Done,
            _ => return Happened::Nothing,
        }
        Happened::Moved
    }

    /// A pasted password; a line break at its end is Enter.
    pub fn burst(&mut self, text: &str) -> Happened {
        let mut happened = Happened::Moved;
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.key(Key::Char(c)) == Happened::Foreign {
                happened = Happened::Foreign;
            }
        }
        happened
    }

    /// Forgets it.
    pub fn clear(&mut self) {
        *self = Password::new();
    }

    /// The password.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Column of the caret from the beginning of the field.
    pub fn caret(&self, cols: u16) -> u16 {
        u16::try_from(self.text.chars().count()).unwrap_or(u16::MAX).min(cols.saturating_sub(1))
    }

    /// Draws stars into the field.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, col: u16, cols: u16, focused: bool) {
        let role = if focused { Role::FieldFocus } else { Role::Field };
        canvas.put_box(row, col, cols, &"*".repeat(self.text.chars().count().min(usize::from(cols))), role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_is_folded_and_hanzi_are_told() {
        let mut password = Password::new();
        for c in "Ａｂ１!　".chars() {
            assert_eq!(password.key(Key::Char(c)), Happened::Moved, "{c}");
        }
        assert_eq!(password.text(), "Ab1! ");
        assert_eq!(password.key(Key::Char('密')), Happened::Foreign);
        password.key(Key::Backspace);
        assert_eq!((password.text(), password.caret(20)), ("Ab1!", 4));
        assert_eq!(password.key(Key::Enter), Happened::Done);
        assert!(!format!("{password:?}").contains("Ab1"));
    }
}
