//! A reason or a remark to be written before something is done (撤回、终止、了结、冲正、急需先办): one line over the foot of a
//! list or a card, phrases with F4, F9 does it.
//!
//! Must never do anything on Enter or on a burst, and never without the text it asks for.

use crate::base::fold;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::line::Line;
use crate::ui::role::Role;
use crate::ui::screen::{Msg, Offer};

/// Fewest characters of a reason.
const SHORTEST: usize = 2;
/// Most characters.
const LONGEST: usize = 100;
/// Where the field begins.
const FIRST: u16 = 2;

/// What a message brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// None of the prompt's; commands like help stay with the screen.
    Nothing,
    /// Something was typed or the list of phrases moved.
    Moved,
    /// A sentence for the message line.
    Say(String),
    /// F9 with the text.
    Done(String),
    /// F12 or Esc: closed, nothing changed.
    Cancelled,
}

/// The prompt.
#[derive(Debug, Clone)]
pub struct NotePrompt {
    title: String,
    line: Line,
    required: bool,
    phrases: &'static [&'static str],
    /// The phrase with the cursor, while the list stands.
    at: Option<usize>,
}

impl NotePrompt {
    /// Rows that it takes; an open list of phrases takes [`NotePrompt::rows`].
    pub const ROWS: u16 = 2;

    /// A prompt that says `title` (撤回 26-103-0117：原因) and offers these phrases.
    pub fn new(title: impl Into<String>, required: bool, phrases: &'static [&'static str]) -> NotePrompt {
        NotePrompt { title: title.into(), line: Line::new(LONGEST), required, phrases, at: None }
    }

    /// Rows that it takes now.
    pub fn rows(&self) -> u16 {
        let list = if self.at.is_some() { self.phrases.len().min(9) } else { 0 };
        Self::ROWS + u16::try_from(list).unwrap_or(0)
    }

    /// What it offers in the key bar, with the label of F9.
    pub fn offers(&self, submit: &str) -> Vec<Offer> {
        let mut offers = vec![Offer::named(Action::Submit, submit), Offer::new(Action::Cancel)];
        if !self.phrases.is_empty() {
            offers.push(Offer::named(Action::Filter, "常用语"));
            offers.push(Offer::new(Action::Phrases));
            offers.push(Offer::new(Action::Choose));
        }
        offers.push(Offer::new(Action::Back));
        offers
    }

    /// Takes a message.
    pub fn take(&mut self, msg: &Msg) -> Happened {
        match msg {
            Msg::Action(Action::Submit) => self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.at.is_some() => {
                self.at = None;
                Happened::Moved
            }
            Msg::Action(Action::Cancel | Action::Back) => Happened::Cancelled,
            Msg::Action(Action::Choose | Action::Phrases | Action::Filter) => {
                if self.phrases.is_empty() {
                    return Happened::Say("这里没有常用语，请直接打".to_owned());
                }
                self.at = Some(0);
                Happened::Moved
            }
            Msg::Burst(text) => {
                self.at = None;
                self.line.paste(text);
                Happened::Moved
            }
            Msg::Key(key) => match self.at {
                Some(at) => self.key_in_phrases(*key, at),
                None => self.key(*key),
            },
            _ => Happened::Nothing,
        }
    }

    fn key(&mut self, key: Key) -> Happened {
        if key == Key::Enter {
            return Happened::Say("回车不会提交：写好按 F9，F12 取消".to_owned());
        }
        if self.line.key(key) { Happened::Moved } else { Happened::Nothing }
    }

    fn key_in_phrases(&mut self, key: Key, at: usize) -> Happened {
        let last = self.phrases.len().min(9).saturating_sub(1);
        match key {
            Key::Up => self.at = Some(at.saturating_sub(1)),
            Key::Down => self.at = Some((at + 1).min(last)),
            Key::Enter => self.phrase(at),
            Key::Char(c) => {
                let digit = fold::digits(&c.to_string()).parse::<usize>().ok();
                match digit.and_then(|digit| digit.checked_sub(1)).filter(|place| *place <= last) {
                    Some(place) => self.phrase(place),
                    None => return Happened::Say("打数字选常用语，Esc 收起".to_owned()),
                }
            }
            _ => return Happened::Nothing,
        }
        Happened::Moved
    }

    fn phrase(&mut self, place: usize) {
        self.at = None;
        if let Some(text) = self.phrases.get(place) {
            self.line.paste(text);
        }
    }

    fn submit(&mut self) -> Happened {
        self.at = None;
        let text = fold::text(self.line.text());
        match text {
            Ok(text) if self.required && text.chars().count() < SHORTEST => {
                Happened::Say("请写明原因，F4 有常用语，再按 F9".to_owned())
            }
            Ok(text) => Happened::Done(text),
            Err(problem) => Happened::Say(problem.to_string()),
        }
    }

    /// Row and column of the caret, from the first row of the prompt.
    pub fn caret(&self, cols: u16) -> (u16, u16) {
        match self.at {
            Some(at) => (Self::ROWS + u16::try_from(at).unwrap_or(0), 1),
            None => (1, FIRST + self.line.window(room(cols)).1),
        }
    }

    /// Draws it on the first rows of the canvas.
    pub fn draw(&self, canvas: &mut Canvas) {
        let cols = canvas.width();
        canvas.put_box(0, 0, cols, &format!(" {}", self.title), Role::Popup);
        canvas.fill(1, 0, cols, Role::Popup);
        canvas.put(1, FIRST - 1, "[", Role::Popup);
        canvas.put_box(1, FIRST, room(cols), &self.line.window(room(cols)).0, Role::FieldFocus);
        canvas.put(1, FIRST + room(cols), "]", Role::Popup);
        if let Some(at) = self.at {
            for (place, phrase) in self.phrases.iter().take(9).enumerate() {
                let role = if place == at { Role::Selected } else { Role::Popup };
                let row = Self::ROWS + u16::try_from(place).unwrap_or(0);
                canvas.put_box(row, 0, cols, &format!("  {} {phrase}", place + 1), role);
            }
        }
    }
}

fn room(cols: u16) -> u16 {
    cols.saturating_sub(FIRST + 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    const PHRASES: &[&str] = &["本人撤回申请", "材料不实"];

    fn prompt() -> NotePrompt {
        NotePrompt::new("撤回 26-103-0117：原因", true, PHRASES)
    }

    #[test]
    fn a_reason_is_needed_and_enter_does_nothing() {
        let mut prompt = prompt();
        assert!(matches!(prompt.take(&Msg::Action(Action::Submit)), Happened::Say(_)));
        assert_eq!(prompt.take(&Msg::Burst("本人不要了\n".to_owned())), Happened::Moved);
        assert!(matches!(prompt.take(&Msg::Key(Key::Enter)), Happened::Say(_)));
        assert_eq!(prompt.take(&Msg::Action(Action::Submit)), Happened::Done("本人不要了".to_owned()));
        assert_eq!(prompt.take(&Msg::Action(Action::Cancel)), Happened::Cancelled);
    }

    #[test]
    fn a_phrase_is_picked_by_its_digit() {
        let mut prompt = prompt();
        prompt.take(&Msg::Action(Action::Filter));
        assert_eq!(prompt.rows(), 4);
        prompt.take(&Msg::Key(Key::Char('２')));
        assert_eq!(prompt.take(&Msg::Action(Action::Submit)), Happened::Done("材料不实".to_owned()));
        prompt.take(&Msg::Action(Action::Choose));
        assert_eq!(prompt.take(&Msg::Action(Action::Back)), Happened::Moved, "the list closes first");
    }

    #[test]
    fn it_is_drawn_with_its_caret_at_every_width() {
        for cols in [60, 80, 132] {
            for open in [false, true] {
                let mut prompt = prompt();
                if open {
                    prompt.take(&Msg::Action(Action::Phrases));
                }
                let mut buffer = testing::buffer(cols, prompt.rows());
                let (theme, _) = Theme::load("plain", None, false);
                prompt.draw(&mut Canvas::new(&mut buffer, &theme));
                testing::assert_widths_certain(&buffer);
                let (row, col) = prompt.caret(cols);
                assert!(row < prompt.rows() && col < cols);
                assert!(testing::text(&buffer).contains("撤回 26-103-0117"));
            }
        }
    }
}
