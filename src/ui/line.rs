//! One line of text being edited where no form is: 定位, a remark, an amount, a search.
//!
//! Editing is tui-input's; this adds characters of several code points (a rare hanzi with a selector, a combining mark)
//! as one step, and the caret in columns. Must never be used for a field of a form: those have kinds and checks.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::columns;
use super::key::Key;

/// A line with a caret and a greatest length in characters.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
    max: usize,
}

impl Line {
    /// An empty line of at most `max` characters.
    pub fn new(max: usize) -> Line {
        Line { input: Input::default(), max }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Replaces the text, the caret at its end.
    pub fn set(&mut self, text: &str) {
        let kept: String = text.graphemes(true).take(self.max).collect();
        self.input = Input::new(kept);
    }

    /// True when the key was one of editing; then it has been done.
    pub fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c),
            Key::Left => self.times(self.before(), InputRequest::GoToPrevChar),
            Key::Right => self.times(self.after(), InputRequest::GoToNextChar),
            Key::Backspace => self.times(self.before(), InputRequest::DeletePrevChar),
            Key::Delete => self.times(self.after(), InputRequest::DeleteNextChar),
            Key::Home => self.times(1, InputRequest::GoToStart),
            Key::End => self.times(1, InputRequest::GoToEnd),
            Key::CtrlBackspace => self.input = Input::default(),
            _ => return false,
        }
        true
    }

    /// Takes pasted text; line breaks and tabs become one blank, at the ends nothing.
    pub fn paste(&mut self, text: &str) {
        let joined =
            text.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        for c in joined.join(" ").chars() {
            self.insert(c);
        }
    }

    /// The part that fits into so many columns so that the caret is seen, and the caret's column in it.
    pub fn window(&self, cols: u16) -> (String, u16) {
        let room = usize::from(cols.max(1)) - 1;
        let before: String = self.input.value().chars().take(self.input.cursor()).collect();
        let mut start = 0;
        let mut wide = columns(&before);
        for grapheme in before.graphemes(true) {
            if wide <= room {
                break;
            }
            start += grapheme.len();
            wide -= columns(grapheme);
        }
        let shown = self.input.value().get(start..).unwrap_or_default().to_owned();
        (shown, u16::try_from(wide).unwrap_or(cols))
    }

    fn insert(&mut self, c: char) {
        if !c.is_control() && self.input.value().graphemes(true).count() < self.max {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    fn times(&mut self, count: usize, request: InputRequest) {
        for _ in 0..count {
            self.input.handle(request);
        }
    }

    /// Code points of the character before the caret.
    fn before(&self) -> usize {
        let text: String = self.input.value().chars().take(self.input.cursor()).collect();
        text.graphemes(true).next_back().map_or(0, |g| g.chars().count())
    }

    /// Code points of the character after the caret.
    fn after(&self) -> usize {
        let text: String = self.input.value().chars().skip(self.input.cursor()).collect();
        text.graphemes(true).next().map_or(0, |g| g.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_goes_by_character_as_people_see_it() {
        let mut line = Line::new(10);
        for c in "𠮷\u{E0100}王".chars() {
            line.key(Key::Char(c));
        }
        line.key(Key::Left);
        line.key(Key::Backspace);
        assert_eq!(line.text(), "王");
        line.key(Key::Delete);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn the_caret_is_always_inside() {
        let mut line = Line::new(40);
        line.paste("突发心梗送县医院\n家中无现金\n");
        assert_eq!(line.text(), "突发心梗送县医院 家中无现金");
        let (shown, caret) = line.window(10);
        assert!(caret < 10, "{caret}");
        assert_eq!(shown, "中无现金", "nine columns hold four characters");
        line.key(Key::Home);
        assert_eq!(line.window(10).1, 0);
    }

    #[test]
    fn a_full_line_takes_no_more() {
        let mut line = Line::new(3);
        line.paste("12345");
        assert_eq!(line.text(), "123");
    }
}
