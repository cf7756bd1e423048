//! Keys by name, and the bytes that a terminal sends for each.

/// A key as a person presses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A key that has a name of its own, as in [`NAMED`].
    Named(&'static str),
    /// A letter, digit or sign.
    Char(char),
    /// A letter with Ctrl held.
    Ctrl(char),
    /// A letter with Alt held.
    Alt(char),
    /// An arrow: the letter of its sequence, as an application may ask for the other form.
    Arrow(char),
}

/// Names and bytes of keys, as xterm sends them.
const NAMED: [(&str, &str); 33] = [
    ("enter", "\r"),
    ("esc", "\x1b"),
    ("tab", "\t"),
    ("backtab", "\x1b[Z"),
    ("backspace", "\x7f"),
    ("ctrl-backspace", "\x08"),
    ("space", " "),
    ("home", "\x1b[H"),
    ("end", "\x1b[F"),
    ("ctrl-home", "\x1b[1;5H"),
    ("ctrl-end", "\x1b[1;5F"),
    ("ctrl-up", "\x1b[1;5A"),
    ("ctrl-down", "\x1b[1;5B"),
    ("shift-up", "\x1b[1;2A"),
    ("shift-down", "\x1b[1;2B"),
    ("shift-right", "\x1b[1;2C"),
    ("shift-left", "\x1b[1;2D"),
    ("pgup", "\x1b[5~"),
    ("pgdn", "\x1b[6~"),
    ("ins", "\x1b[2~"),
    ("del", "\x1b[3~"),
    ("f1", "\x1bOP"),
    ("f2", "\x1bOQ"),
    ("f3", "\x1bOR"),
    ("f4", "\x1bOS"),
    ("f5", "\x1b[15~"),
    ("f6", "\x1b[17~"),
    ("f7", "\x1b[18~"),
    ("f8", "\x1b[19~"),
    ("f9", "\x1b[20~"),
    ("f10", "\x1b[21~"),
    ("f11", "\x1b[23~"),
    ("f12", "\x1b[24~"),
];

impl Key {
    /// The key of that name: `f6`, `enter`, `pgdn`, `ctrl-g`, `alt-x`, or a single character.
    pub fn parse(name: &str) -> Option<Key> {
        let arrow = match name {
            "up" => Some('A'),
            "down" => Some('B'),
            "right" => Some('C'),
            "left" => Some('D'),
            _ => None,
        };
        if let Some(letter) = arrow {
            return Some(Key::Arrow(letter));
        }
        if let Some((name, _)) = NAMED.iter().find(|(known, _)| *known == name) {
            return Some(Key::Named(name));
        }
        let single = |text: &str| {
            let mut letters = text.chars();
            letters.next().filter(|_| letters.next().is_none())
        };
        if let Some(rest) = name.strip_prefix("ctrl-") {
            return single(rest).filter(char::is_ascii).map(Key::Ctrl);
        }
        if let Some(rest) = name.strip_prefix("alt-") {
            return single(rest).map(Key::Alt);
        }
        single(name).map(Key::Char)
    }

    /// The bytes sent; `application` where the program asked for application cursor keys.
    pub fn bytes(self, application: bool) -> Vec<u8> {
        match self {
            Key::Named(name) => {
                let sequence = NAMED.iter().find(|(known, _)| *known == name).map_or("", |(_, bytes)| bytes);
                sequence.as_bytes().to_vec()
            }
            Key::Char(c) => c.to_string().into_bytes(),
            Key::Ctrl(c) => vec![(c.to_ascii_uppercase() as u8) & 0x1f],
            Key::Alt(c) => format!("\x1b{c}").into_bytes(),
            Key::Arrow(letter) => format!("\x1b{}{letter}", if application { 'O' } else { '[' }).into_bytes(),
        }
    }
}
