//! Tells a paste or an id-card reader from fingers: consoles give pasted text as ordinary keys, only very fast.
//!
//! Pure: the time of each key is an argument. Must never turn an Enter inside a burst into a key that submits.
//! A single key is passed on at once, so typing is never delayed; only a second character that comes within
//! [`GAP`] is held back, until it is clear what it belongs to.

use std::time::Duration;

use super::key::Key;

/// Characters closer together than this come from a machine.
pub const GAP: Duration = Duration::from_millis(5);
/// So many characters in one run are a burst; fewer are fast fingers or type-ahead on a slow line.
pub const LEAST: usize = 8;

/// What the screens get from the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One key.
    Key(Key),
    /// The rest of a run of at least [`LEAST`] characters or of a paste. Its first character came as a key right before
    /// it, always. A line break stands for Enter and a tab for Tab: at the end it closes the field, inside it is only a
    /// gap in the text.
    Burst(String),
    /// The window changed its size; the new size has to be asked for.
    Resized,
}

/// Collects keys into runs.
#[derive(Debug, Default)]
pub struct Burst {
    held: Vec<Key>,
    /// Characters of the run so far, with the ones already passed on.
    run: usize,
    last: Option<Duration>,
}

impl Burst {
    /// Takes a key read at `at` (any steady clock) and says what is ready.
    pub fn feed(&mut self, key: Key, at: Duration) -> Vec<Input> {
        let close = self.run > 0 && self.last.is_some_and(|last| at.saturating_sub(last) < GAP);
        let mut ready = if close { Vec::new() } else { self.settle() };
        let text = matches!(key, Key::Char(_)) || (close && matches!(key, Key::Enter | Key::Tab));
        if !text {
            ready.extend(self.settle());
            ready.push(Input::Key(key));
            return ready;
        }
        self.last = Some(at);
        if close {
            self.held.push(key);
        } else {
            ready.push(Input::Key(key));
        }
        self.run += usize::from(matches!(key, Key::Char(_)));
        ready
    }

    /// How long to wait for more at `now` before [`Burst::settle`] has to be called; `None` when nothing is held back.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let last = self.last.filter(|_| !self.held.is_empty())?;
        Some((last + GAP).saturating_sub(now))
    }

    /// Ends the run and gives what was held back.
    pub fn settle(&mut self) -> Vec<Input> {
        let held = std::mem::take(&mut self.held);
        let long = self.run >= LEAST;
        self.run = 0;
        self.last = None;
        if held.is_empty() {
            Vec::new()
        } else if long {
            vec![Input::Burst(held.into_iter().map(as_text).collect())]
        } else {
            held.into_iter().map(Input::Key).collect()
        }
    }
}

fn as_text(key: Key) -> char {
    match key {
        Key::Char(c) => c,
        Key::Tab => '\t',
        _ => '\n',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn feed(keys: &[(Key, u64)]) -> Vec<Input> {
        let mut burst = Burst::default();
        let mut out = Vec::new();
        for (key, at) in keys {
            out.extend(burst.feed(*key, Duration::from_millis(*at)));
        }
        out.extend(burst.settle());
        out
    }

    fn typed(text: &str, gap: u64) -> Vec<(Key, u64)> {
        let key = |c| if c == '\r' { Key::Enter } else { Key::Char(c) };
        text.chars().enumerate().map(|(i, c)| (key(c), 1000 + i as u64 * gap)).collect()
    }

    #[test]
    fn a_card_reader_ends_its_text_and_presses_no_enter() {
        let out = feed(&typed("211321196804120012\r", 1));
        assert_eq!(
            out,
            [Input::Key(Key::Char('2')), Input::Burst("11321196804120012\n".to_owned())],
            "the Enter closes the field only"
        );
    }

    #[test]
    fn slow_fingers_and_short_runs_stay_keys() {
        assert!(feed(&typed("211321196804120012\r", 6)).iter().all(|i| matches!(i, Input::Key(_))));
        assert_eq!(feed(&typed("1203\r", 0)).last(), Some(&Input::Key(Key::Enter)));
        let seven = feed(&typed("1234567\r", 0));
        assert_eq!((seven.len(), seven.last()), (8, Some(&Input::Key(Key::Enter))));
    }

    #[test]
    fn a_command_key_ends_the_run_in_order() {
        let mut keys = typed("abcdefgh", 1);
        keys.push((Key::F(9), 1008));
        assert_eq!(
            feed(&keys),
            [Input::Key(Key::Char('a')), Input::Burst("bcdefgh".to_owned()), Input::Key(Key::F(9))]
        );
    }

    #[test]
    fn one_typed_key_never_waits() {
        let mut burst = Burst::default();
        assert_eq!(burst.feed(Key::Char('a'), GAP), [Input::Key(Key::Char('a'))]);
        assert_eq!(burst.wait(GAP), None);
        assert!(burst.feed(Key::Char('b'), GAP).is_empty());
        assert_eq!(burst.wait(GAP), Some(GAP));
    }

    proptest! {
        #[test]
        fn no_character_is_lost_or_moved(keys in proptest::collection::vec((any::<bool>(), 0u64..9), 0..60)) {
            let mut at = 0;
            let keys: Vec<(Key, u64)> = keys.iter().enumerate().map(|(i, (enter, gap))| {
                at += gap;
                let c = char::from(b'a' + (i % 26) as u8);
                (if *enter { Key::Enter } else { Key::Char(c) }, at)
            }).collect();
            let sent: String = keys.iter().map(|(k, _)| as_text(*k)).collect();
            let got: String = feed(&keys).into_iter().map(|i| match i {
                Input::Key(key) => as_text(key).to_string(),
                Input::Burst(text) => text,
                Input::Resized => String::new(),
            }).collect();
            prop_assert_eq!(sent, got);
        }
    }
}
