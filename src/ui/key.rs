//! The keys that the program knows, as a closed list, and how they are written in `keys.toml` and on screen.
//!
//! Must never hold a key that an input method, a console or a desktop takes for itself (Ctrl-Space, Shift alone,
//! Ctrl-Shift, Alt with a digit), nor the keys of the number pad: consoles do not tell them from the main block.

use std::fmt;

/// One key as the program sees it, after the filter of presses and releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A function key, 1 to 12.
    F(u8),
    /// A character, from the keyboard or an input method.
    Char(char),
    /// Enter of either block.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PgUp,
    /// Page down.
    PgDn,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Ctrl with a letter, in lower case.
    Ctrl(char),
    /// Ctrl-Home.
    CtrlHome,
    /// Ctrl-End.
    CtrlEnd,
    /// Ctrl-Backspace.
    CtrlBackspace,
}

/// Keys with a fixed name; function keys and Ctrl with a letter are built by rule.
const NAMED: [(Key, &str); 17] = [
    (Key::Enter, "Enter"),
    (Key::Esc, "Esc"),
    (Key::Tab, "Tab"),
    (Key::BackTab, "Shift-Tab"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::PgUp, "PgUp"),
    (Key::PgDn, "PgDn"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::Backspace, "Backspace"),
    (Key::Delete, "Delete"),
    (Key::CtrlHome, "Ctrl-Home"),
    (Key::CtrlEnd, "Ctrl-End"),
    (Key::CtrlBackspace, "Ctrl-Backspace"),
];

impl Key {
    /// Reads the name of a key as `keys.toml` writes it; upper and lower case are the same. `None` if it is no key.
    pub fn parse(name: &str) -> Option<Key> {
        if let Some((key, _)) = NAMED.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)) {
            return Some(*key);
        }
        let lower = name.to_ascii_lowercase();
        if let Some(number) = lower.strip_prefix('f').and_then(|d| d.parse::<u8>().ok()) {
            return (1..=12).contains(&number).then_some(Key::F(number));
        }
        if let Some(rest) = lower.strip_prefix("ctrl-") {
            return single(rest).filter(char::is_ascii_lowercase).map(Key::Ctrl);
        }
        single(name).map(Key::Char)
    }

    /// True for what an input field takes as text, so that it can never be a command where text is typed.
    pub fn is_printable(self) -> bool {
        matches!(self, Key::Char(_))
    }

    /// True for the keys that move or edit on every screen and therefore are not to be bound.
    pub fn is_reserved(self) -> bool {
        !matches!(self, Key::F(_) | Key::Ctrl(_) | Key::Char(_) | Key::Esc) || self.is_taken()
    }

    /// Ctrl-K begins a spelled function key, Ctrl-G is F10, Ctrl-H, I, J and M are other keys on the wire.
    fn is_taken(self) -> bool {
        matches!(self, Key::Ctrl('k' | 'g' | 'h' | 'i' | 'j' | 'm'))
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::F(number) => write!(f, "F{number}"),
            Key::Char(' ') => f.write_str("空格"),
            Key::Char(c) => write!(f, "{c}"),
            Key::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            other => f.write_str(NAMED.iter().find(|(k, _)| k == other).map_or("", |(_, n)| n)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        let mut keys: Vec<Key> = NAMED.iter().map(|(k, _)| *k).collect();
        keys.extend((1..=12).map(Key::F));
        keys.extend(('a'..='z').map(Key::Ctrl));
        for key in keys {
            assert_eq!(Key::parse(&key.to_string()), Some(key), "{key}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for name in ["", "F0", "F13", "Ctrl-", "Ctrl-1", "Ctrl-ab", "Alt-1", "Shift"] {
            assert_eq!(Key::parse(name), None, "{name}");
        }
    }
}
