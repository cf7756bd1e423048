//! Text that enters the record: normalised (NFC) and free of characters that nobody sees.
//!
//! It must never change a name beyond that: no compatibility folding (NFKC), no repair. What is wrong is refused and
//! said, since an invisible character kept would make two equal names differ for ever.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The longest text of a field, in characters.
pub const TEXT_LIMIT: usize = 4000;
/// The longest name, in characters.
pub const NAME_LIMIT: usize = 60;

/// Why a text is refused. Places count characters from 1, after spaces at the ends were dropped. `Display` is the
/// sentence beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// A name is empty.
    Empty,
    /// A control character (Tab, Esc, a line's end).
    Control {
        /// Where it stands.
        at: usize,
    },
    /// A character that turns the direction of writing.
    Direction {
        /// Where it stands.
        at: usize,
    },
    /// A character without width.
    Invisible {
        /// Where it stands.
        at: usize,
    },
    /// A selector of a glyph's shape that follows no hanzi.
    Selector {
        /// Where it stands.
        at: usize,
    },
    /// A character that only faulty conversions leave behind.
    Garbled {
        /// Where it stands.
        at: usize,
    },
    /// Longer than the field takes.
    TooLong {
        /// How many characters it takes.
        limit: usize,
    },
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextProblem::Empty => f.write_str("姓名未填，请输入姓名。"),
            TextProblem::Control { at } => {
                write!(f, "第{at}个字是控制字符（如换行、制表符），请删去后重输。")
            }
            TextProblem::Direction { at } => write!(f, "第{at}个字是改变文字方向的隐藏字符，请删去后重输。"),
            TextProblem::Invisible { at } => write!(f, "第{at}个字是看不见的字符，请删去后重输。"),
            TextProblem::Selector { at } => write!(f, "第{at}个字是不在汉字之后的字形选择符，请删去后重输。"),
            TextProblem::Garbled { at } => write!(f, "第{at}个字是乱码，请对照原件重输。"),
            TextProblem::TooLong { limit } => write!(f, "文字过长，最多{limit}个字，请缩短。"),
        }
    }
}

impl std::error::Error for TextProblem {}

/// A text of one field: NFC, spaces at the ends dropped. Empty text is left to the form.
///
/// # Errors
/// [`TextProblem`] for the first character that must not be kept, or for more than [`TEXT_LIMIT`] characters.
pub fn text(typed: &str) -> Result<String, TextProblem> {
    clean(typed, TEXT_LIMIT)
}

/// A name of a person or a body: as [`text`], not empty, at most [`NAME_LIMIT`] characters. Rare characters,
/// variation sequences and the dot of Mongolian names stay as typed.
///
/// # Errors
/// [`TextProblem`].
pub fn name(typed: &str) -> Result<String, TextProblem> {
    let name = clean(typed, NAME_LIMIT)?;
    if name.is_empty() { Err(TextProblem::Empty) } else { Ok(name) }
}

fn clean(typed: &str, limit: usize) -> Result<String, TextProblem> {
    // Only spaces are trimmed: a line's end at the edge is still a fault worth naming.
    let trimmed = typed.trim_matches([' ', '\u{3000}', '\u{a0}']);
    let mut before = None;
    for (i, c) in trimmed.chars().enumerate() {
        if i >= limit.saturating_mul(2) {
            return Err(TextProblem::TooLong { limit });
        }
        if let Some(problem) = fault(c, before, i + 1) {
            return Err(problem);
        }
        before = Some(c);
    }
    let text: String = trimmed.nfc().collect();
    // Selectors belong to the hanzi before them and are not counted.
    if text.chars().filter(|c| !is_selector(*c)).count() > limit {
        return Err(TextProblem::TooLong { limit });
    }
    Ok(text)
}

fn fault(c: char, before: Option<char>, at: usize) -> Option<TextProblem> {
    match c {
        _ if c.is_control() => Some(TextProblem::Control { at }),
        '\u{2028}' | '\u{2029}' => Some(TextProblem::Control { at }),
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(TextProblem::Direction { at })
        }
        '\u{ad}'
        | '\u{034f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(TextProblem::Invisible { at }),
        _ if is_selector(c) => (!before.is_some_and(is_hanzi)).then_some(TextProblem::Selector { at }),
        '\u{fffc}' | '\u{fffd}' => Some(TextProblem::Garbled { at }),
        _ if u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c) => {
            Some(TextProblem::Garbled { at })
        }
        _ => None,
    }
}

/// Whether the character selects a shape of the one before it (variation selectors 1 to 256).
pub fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether the character is a hanzi: the unified block, extensions A to J, compatibility forms, 〇.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_stay_as_typed() {
        for typed in [
            "张三",
            "𠮷野㐂",
            "包·巴特尔",
            "葛\u{e0100}城",
            "王芳（小）",
            "乌云 其其格",
            "\u{30000}\u{31350}",
        ] {
            assert_eq!(name(typed).as_deref(), Ok(typed));
        }
        assert_eq!(name("　张三 ").as_deref(), Ok("张三"));
        assert_eq!(name("Ａ①").as_deref(), Ok("Ａ①"), "no compatibility folding");
        assert_eq!(name("e\u{301}").as_deref(), Ok("\u{e9}"), "composed");
        assert_eq!(text("").as_deref(), Ok(""));
        assert_eq!(name(" "), Err(TextProblem::Empty));
    }

    #[test]
    fn what_nobody_sees_is_refused_with_its_place() {
        use TextProblem::*;
        for (typed, problem) in [
            ("张\u{1b}[2J", Control { at: 2 }),
            ("张三\u{9b}", Control { at: 3 }),
            ("张\t三", Control { at: 2 }),
            ("张三\r\n", Control { at: 3 }),
            ("\u{202e}张三", Direction { at: 1 }),
            ("张\u{2067}三", Direction { at: 2 }),
            ("张\u{200e}三", Direction { at: 2 }),
            ("张\u{200b}三", Invisible { at: 2 }),
            ("张三\u{200d}", Invisible { at: 3 }),
            ("\u{feff}张三", Invisible { at: 1 }),
            ("张\u{2060}三", Invisible { at: 2 }),
            ("张\u{206f}三", Invisible { at: 2 }),
            ("a\u{e0100}", Selector { at: 2 }),
            ("\u{e0100}葛", Selector { at: 1 }),
            ("葛\u{e0100}\u{e0101}", Selector { at: 3 }),
            ("张\u{fffd}", Garbled { at: 2 }),
        ] {
            assert_eq!(text(typed), Err(problem), "{}", typed.escape_unicode());
            assert_eq!(name(typed), Err(problem));
        }
        assert!(Invisible { at: 2 }.to_string().contains("第2个字"));
    }

    #[test]
    fn length_is_limited_by_characters() {
        assert!(name(&"张".repeat(60)).is_ok());
        assert!(name(&"葛\u{e0100}".repeat(60)).is_ok());
        assert_eq!(name(&"张".repeat(61)), Err(TextProblem::TooLong { limit: 60 }));
        assert!(text(&"字".repeat(4000)).is_ok());
        assert_eq!(text(&"字".repeat(1_000_000)), Err(TextProblem::TooLong { limit: 4000 }));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(typed in any::<String>()) {
            if let Ok(once) = text(&typed) {
                prop_assert_eq!(text(&once), Ok(once.clone()));
                let hidden = |c: char| c.is_control() || matches!(u32::from(c), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff);
                prop_assert!(!once.chars().any(hidden));
            }
        }
    }
}
