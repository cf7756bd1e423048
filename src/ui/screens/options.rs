//! Numbered things that can be done on a card: typed as a number, Enter goes there. What cannot be done now keeps its
//! number and says why.
//!
//! Must never do anything on a digit alone.

use crate::base::{fold, width};
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::role::Role;

/// A thing that can be done, or could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// Its number, the same from day to day.
    pub number: u8,
    /// Its Chinese label.
    pub label: &'static str,
    /// Why it cannot be done now, as a sentence.
    pub why_not: Option<String>,
    /// What it is.
    pub what: T,
}

/// What a key brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened<T> {
    /// Not a key of options.
    Nothing,
    /// The number changed.
    Moved,
    /// Chosen.
    Chosen(T),
    /// A sentence for the message line: why not, or no such number.
    Say(String),
}

/// The options of a card and what is typed.
#[derive(Debug, Clone)]
pub struct Options<T> {
    all: Vec<Choice<T>>,
    typed: String,
}

/// Where the number is typed.
const FIELD: u16 = 7;

impl<T: Copy> Options<T> {
    /// These options, nothing typed.
    pub fn new(all: Vec<Choice<T>>) -> Options<T> {
        Options { all, typed: String::new() }
    }

    /// Other options; what is typed stays.
    pub fn replace(&mut self, all: Vec<Choice<T>>) {
        self.all = all;
    }

    /// All of them.
    pub fn all(&self) -> &[Choice<T>] {
        &self.all
    }

    /// Whether no number is typed.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Happened<T> {
        match key {
            Key::Char(c) => {
                let digit = fold::digits(&c.to_string());
                if !digit.chars().all(|c| c.is_ascii_digit()) {
                    return Happened::Say("请打编号，回车办理".to_owned());
                }
                if self.typed.len() >= 2 {
                    self.typed.clear();
                }
                self.typed.push_str(&digit);
                Happened::Moved
            }
            Key::Backspace => {
                self.typed.pop();
                Happened::Moved
            }
            Key::CtrlBackspace | Key::Delete => {
                self.typed.clear();
                Happened::Moved
            }
            Key::Enter => self.enter(),
            _ => Happened::Nothing,
        }
    }

    fn enter(&mut self) -> Happened<T> {
        let typed = std::mem::take(&mut self.typed);
        if typed.is_empty() {
            return Happened::Say("先打要办的编号，再回车".to_owned());
        }
        let number = typed.parse::<u8>().ok();
        let found = self.all.iter().find(|choice| Some(choice.number) == number);
        match found {
            Some(Choice { why_not: None, what, .. }) => Happened::Chosen(*what),
            Some(Choice { why_not: Some(why), label, .. }) => Happened::Say(format!("{label}：{why}")),
            None => Happened::Say(format!("没有编号 {typed}，请看上面的编号重打")),
        }
    }

    /// What can be done now, wrapped.
    fn lines(&self, cols: u16) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for choice in self.all.iter().filter(|choice| choice.why_not.is_none()) {
            let text = format!("{} {}", choice.number, choice.label);
            match lines.last_mut() {
                Some(line) if width::width(line) + width::width(&text) + 4 < usize::from(cols) => {
                    line.push_str("  ");
                    line.push_str(&text);
                }
                _ => lines.push(text),
            }
        }
        lines
    }

    /// Rows that it takes: what can be done, and the field.
    pub fn rows(&self, cols: u16) -> u16 {
        u16::try_from(self.lines(cols).len()).unwrap_or(0) + 1
    }

    /// Row and column of the caret, from its first row.
    pub fn caret(&self, cols: u16) -> (u16, u16) {
        let typed = u16::try_from(self.typed.len()).unwrap_or(0).min(1);
        (self.rows(cols) - 1, FIELD + typed)
    }

    /// Draws it from a row on.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, cols: u16) {
        let lines = self.lines(cols);
        for (at, line) in (row..).zip(&lines) {
            canvas.put(at, 1, line, Role::Text);
        }
        let row = row + u16::try_from(lines.len()).unwrap_or(0);
        canvas.put(row, 1, "办理 [", Role::Label);
        canvas.put_box(row, FIELD, 2, &self.typed, Role::FieldFocus);
        canvas.put(row, FIELD + 2, "]", Role::Label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options<&'static str> {
        Options::new(vec![
            Choice { number: 1, label: "报批", why_not: None, what: "submit" },
            Choice { number: 11, label: "办结", why_not: Some("还缺盖章".to_owned()), what: "close" },
        ])
    }

    #[test]
    fn a_number_and_enter_and_what_cannot_be_done_says_why() {
        let mut options = options();
        assert!(matches!(options.key(Key::Enter), Happened::Say(_)), "nothing is preset");
        assert_eq!(options.key(Key::Char('１')), Happened::Moved);
        assert_eq!(options.key(Key::Enter), Happened::Chosen("submit"));
        options.key(Key::Char('1'));
        options.key(Key::Char('1'));
        assert_eq!(options.key(Key::Enter), Happened::Say("办结：还缺盖章".to_owned()));
        assert!(matches!(options.key(Key::Char('x')), Happened::Say(_)));
        options.key(Key::Char('7'));
        assert!(matches!(options.key(Key::Enter), Happened::Say(text) if text.contains('7')));
    }
}
