//! Turns the events of the terminal into keys and bursts: one filter for every platform.
//!
//! Must never act on the release of a key, with one exception: Windows consoles deliver pasted or composed characters
//! that are not on the keyboard layout as the release of an Alt code, without a press. The time is an argument.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::burst::{Burst, Input};
use super::key::Key;

/// Presses remembered to recognise their release; nobody holds more keys than this.
const DOWN_MAX: usize = 16;

/// From raw events to [`Input`].
#[derive(Debug, Default)]
pub struct Translator {
    filter: Filter,
    spelling: bool,
    burst: Burst,
}

impl Translator {
    /// Takes an event read at `at` (a steady clock) and says what is ready.
    pub fn feed(&mut self, event: Event, at: Duration) -> Vec<Input> {
        match event {
            Event::Key(event) => match self.filter.key(&event).and_then(|key| self.spell(key)) {
                Some(key) => self.burst.feed(key, at),
                None => Vec::new(),
            },
            Event::Paste(text) => {
                let mut ready = self.burst.settle();
                ready.extend(pasted(&text));
                ready
            }
            Event::Resize(..) => vec![Input::Resized],
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) => Vec::new(),
        }
    }

    /// How long to wait for more before [`Translator::settle`]; `None`: as long as it takes.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        self.burst.wait(now)
    }

    /// Gives what was held back in the hope of more.
    pub fn settle(&mut self) -> Vec<Input> {
        self.burst.settle()
    }

    /// Forgets what was held back: before a signature prompt, so that nothing typed ahead signs.
    pub fn forget(&mut self) {
        self.burst = Burst::default();
        self.spelling = false;
    }

    /// Ctrl-K and a digit spell a function key where a terminal eats them; Ctrl-G is F10.
    fn spell(&mut self, key: Key) -> Option<Key> {
        if std::mem::take(&mut self.spelling) {
            if let Key::Char(c) = key
                && let Some(number) = function_number(c)
            {
                return Some(Key::F(number));
            }
            return Some(key);
        }
        match key {
            Key::Ctrl('k') => {
                self.spelling = true;
                None
            }
            Key::Ctrl('g') => Some(Key::F(10)),
            other => Some(other),
        }
    }
}

/// A paste told by the terminal looks like one told by its speed: the first character a key, the rest a burst.
fn pasted(text: &str) -> Vec<Input> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(char::is_control);
    let mut chars = text.chars();
    let first = chars.next().map(|c| Input::Key(Key::Char(c)));
    let rest = Some(chars.as_str()).filter(|rest| !rest.is_empty()).map(|rest| Input::Burst(rest.to_owned()));
    first.into_iter().chain(rest).collect()
}

/// The function key that a character spells after Ctrl-K, typed half or full width.
fn function_number(c: char) -> Option<u8> {
    match c {
        '1'..='9' => u8::try_from(c).ok().map(|b| b - b'0'),
        '１'..='９' => u8::try_from(u32::from(c) - u32::from('０')).ok(),
        '0' | '０' => Some(10),
        '-' | '－' => Some(11),
        '=' | '＝' => Some(12),
        _ => None,
    }
}

/// Presses and releases.
#[derive(Debug, Default)]
struct Filter {
    down: Vec<char>,
}

impl Filter {
    fn key(&mut self, event: &KeyEvent) -> Option<Key> {
        if event.kind == KeyEventKind::Release {
            return self.released(event);
        }
        if let KeyCode::Char(c) = event.code {
            if self.down.len() == DOWN_MAX {
                self.down.remove(0);
            }
            if !c.is_ascii() && !self.down.contains(&c) {
                self.down.push(c);
            }
        }
        translate(event)
    }

    fn released(&mut self, event: &KeyEvent) -> Option<Key> {
        let KeyCode::Char(c) = event.code else { return None };
        if c.is_ascii() {
            return None;
        }
        if let Some(place) = self.down.iter().position(|d| *d == c) {
            self.down.remove(place);
            return None;
        }
        Some(Key::Char(c))
    }
}

fn translate(event: &KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(match event.code {
        KeyCode::Char(c) if ctrl && !alt => return control(c),
        KeyCode::Char(c) if !c.is_control() && (ctrl || !alt) => Key::Char(c),
        KeyCode::F(number) if (1..=12).contains(&number) => Key::F(number),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PgUp,
        KeyCode::PageDown => Key::PgDn,
        KeyCode::Home if ctrl => Key::CtrlHome,
        KeyCode::Home => Key::Home,
        KeyCode::End if ctrl => Key::CtrlEnd,
        KeyCode::End => Key::End,
        KeyCode::Backspace if ctrl => Key::CtrlBackspace,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    })
}

/// Ctrl with a letter; some terminals send Enter and Backspace this way.
fn control(c: char) -> Option<Key> {
    match c.to_ascii_lowercase() {
        'j' | 'm' => Some(Key::Enter),
        'h' => Some(Key::Backspace),
        'i' => Some(Key::Tab),
        letter if letter.is_ascii_lowercase() => Some(Key::Ctrl(letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))
    }

    fn keys(events: Vec<Event>) -> Vec<Key> {
        let mut translator = Translator::default();
        let mut out = Vec::new();
        for (i, e) in events.into_iter().enumerate() {
            out.extend(translator.feed(e, Duration::from_millis(100 * i as u64)));
        }
        out.extend(translator.settle());
        out.into_iter()
            .map(|i| match i {
                Input::Key(key) => key,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn presses_and_repeats_count_releases_do_not_but_for_composed_characters() {
        use KeyEventKind::{Press, Release, Repeat};
        let none = KeyModifiers::NONE;
        let got = keys(vec![
            event(KeyCode::Enter, none, Release), // the Enter that started the program
            event(KeyCode::Char('a'), none, Press),
            event(KeyCode::Char('a'), none, Repeat),
            event(KeyCode::Char('a'), none, Release),
            event(KeyCode::Char('王'), none, Press),
            event(KeyCode::Char('王'), none, Release),
            event(KeyCode::Char('，'), none, Release), // pasted: only the release comes
            event(KeyCode::F(9), none, Press),
            event(KeyCode::F(9), none, Release),
        ]);
        assert_eq!(got, [Key::Char('a'), Key::Char('a'), Key::Char('王'), Key::Char('，'), Key::F(9)]);
    }

    #[test]
    fn ctrl_k_spells_function_keys_and_ctrl_g_signs() {
        let press = |c, m| event(KeyCode::Char(c), m, KeyEventKind::Press);
        for (c, number) in [('1', 1), ('9', 9), ('0', 10), ('-', 11), ('=', 12), ('３', 3)] {
            let got = keys(vec![press('k', KeyModifiers::CONTROL), press(c, KeyModifiers::NONE)]);
            assert_eq!(got, [Key::F(number)]);
        }
        assert_eq!(keys(vec![press('g', KeyModifiers::CONTROL)]), [Key::F(10)]);
        let got = keys(vec![press('k', KeyModifiers::CONTROL), press('王', KeyModifiers::NONE)]);
        assert_eq!(got, [Key::Char('王')], "a wrong second key is not swallowed");
    }

    #[test]
    fn what_the_input_method_owns_is_no_key() {
        let press = |code, m| event(code, m, KeyEventKind::Press);
        assert!(keys(vec![press(KeyCode::Char(' '), KeyModifiers::CONTROL)]).is_empty());
        assert!(keys(vec![press(KeyCode::Char('1'), KeyModifiers::ALT)]).is_empty());
        assert!(keys(vec![press(KeyCode::Char('.'), KeyModifiers::CONTROL)]).is_empty());
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(keys(vec![press(KeyCode::Char('@'), alt_gr)]), [Key::Char('@')]);
    }

    #[test]
    fn a_bracketed_paste_comes_like_a_fast_one_with_plain_line_ends() {
        let paste = |text: &str| Translator::default().feed(Event::Paste(text.to_owned()), Duration::ZERO);
        let want = [Input::Key(Key::Char('一')), Input::Burst("行\n二行\n".to_owned())];
        assert_eq!(paste("\r\n一行\r\n二行\r"), want);
        assert_eq!(paste("1"), [Input::Key(Key::Char('1'))]);
        assert!(paste("\r\n").is_empty(), "an Enter alone is not pasted");
    }
}
