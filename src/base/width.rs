//! Columns of a terminal. On Chinese consoles characters of ambiguous width take two columns, elsewhere one: so data
//! is counted as two, and what is shown is first folded to characters that are equally wide everywhere.
//!
//! It must never change what is stored, and never cut inside a grapheme: a hanzi keeps its variation selector.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::text::{is_hanzi, is_selector};

/// Shown for what has no safe form: the mark printers use for a missing type.
const GETA: char = '〓';

/// Columns the text takes, characters of ambiguous width counted as two.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width_cjk).sum()
}

/// The text as it is shown: every character whose width is in doubt is replaced by one whose width is not, `“”` by
/// `「」`, `…` by `...`, `·` by `・`; what has no likeness becomes `〓`, what is invisible vanishes.
pub fn fold_glyphs(text: &str) -> Cow<'_, str> {
    if text.graphemes(true).all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if is_safe(grapheme) {
            out.push_str(grapheme);
        } else {
            out.push_str(&folded(grapheme));
        }
    }
    Cow::Owned(out)
}

fn is_safe(grapheme: &str) -> bool {
    if grapheme.len() == 1 {
        return !grapheme.chars().any(char::is_control);
    }
    let columns = grapheme.width();
    (1..=2).contains(&columns)
        && columns == grapheme.width_cjk()
        && !grapheme.chars().any(char::is_control)
        && grapheme.chars().next().is_some_and(|first| {
            // Joiners and selectors change a width on some terminals only; a hanzi's selector changes none.
            let joined = |c: char| c == '\u{200d}' || (is_selector(c) && !is_hanzi(first));
            is_plain(&first.to_string()) && !grapheme.chars().any(joined)
        })
}

/// Whether a character alone is equally wide everywhere and wide at all. Latin letters with marks are not: the width
/// tables call them narrow, but code page 936 holds many of them (ā, é, ü) as double.
fn is_plain(one: &str) -> bool {
    let marked = one.chars().any(|c| ('\u{c0}'..='\u{24f}').contains(&c));
    !marked && one.width() > 0 && one.width() == one.width_cjk()
}

fn folded(grapheme: &str) -> String {
    let mut out = String::new();
    for c in grapheme.chars() {
        if let Some(safe) = likeness(c) {
            out.push_str(safe);
            continue;
        }
        let one = c.to_string();
        if c.is_control() || one.width_cjk() == 0 {
            continue;
        }
        if is_plain(&one) {
            out.push(c);
            continue;
        }
        // ①, Ⅳ, é: the compatibility form without marks, which is for the eye only and never stored.
        let plain: String = one.nfkd().filter(|d| !is_combining_mark(*d)).collect();
        let safe = plain.chars().all(|d| is_plain(&d.to_string()) && !d.is_control());
        if safe && !plain.is_empty() { out.push_str(&plain) } else { out.push(GETA) }
    }
    if out.graphemes(true).all(|g| g.width() == g.width_cjk()) { out } else { GETA.to_string() }
}

fn likeness(c: char) -> Option<&'static str> {
    Some(match c {
        '“' => "「",
        '”' => "」",
        '‘' => "『",
        '’' => "』",
        '…' => "...",
        '·' | '•' | '‧' => "・",
        '—' | '–' | '―' | '‐' | '‑' | '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' => "-",
        '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '∣' | '‖' => "|",
        '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2573}' => "+",
        '×' => "x",
        '÷' => "/",
        '±' => "+-",
        '°' | '℃' => "度",
        '′' => "'",
        '″' => "\"",
        '※' | '★' | '☆' | '●' | '◆' | '◇' => "*",
        '○' | '◯' | '◎' => "〇",
        '■' | '▓' | '▒' | '░' | '█' => "#",
        '□' => "口",
        '▲' | '△' | '↑' => "^",
        '▼' | '▽' | '↓' => "v",
        '←' => "<-",
        '→' | '⇒' => "->",
        '√' => "v",
        '≤' | '≦' => "<=",
        '≥' | '≧' => ">=",
        '≠' => "!=",
        '≈' => "~",
        '㎡' => "平米",
        'ß' => "ss",
        'æ' => "ae",
        'ø' => "o",
        'α' => "a",
        'β' => "b",
        'γ' => "g",
        'μ' | 'µ' => "u",
        '\u{a0}' => " ",
        '\t' | '\n' | '\r' => " ",
        _ => return None,
    })
}

/// The start of the text that fits so many columns; a grapheme that would reach beyond is left out whole.
pub fn cut(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width_cjk();
        if used > columns {
            break;
        }
        out.push_str(grapheme);
    }
    out
}

/// The text in exactly so many columns: cut, or filled with spaces to the right.
pub fn fit(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns);
    let fill = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', fill));
    out
}

/// The text in exactly so many columns, at the right edge, as amounts stand.
pub fn fit_right(text: &str, columns: usize) -> String {
    let kept = cut(text, columns);
    let fill = columns.saturating_sub(width(&kept));
    format!("{}{kept}", " ".repeat(fill))
}

/// The text in lines of at most so many columns. Words of ASCII stay whole where they fit a line, and no line begins
/// with a closing mark. A grapheme wider than a line is left out: below two columns no hanzi can be shown.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line: Vec<&str> = Vec::new();
        let mut used = 0;
        for piece in paragraph.graphemes(true).filter(|g| *g != "\r" && g.width_cjk() <= columns) {
            if used + piece.width_cjk() > columns {
                let rest = if piece == " " { Vec::new() } else { carried(&mut line, piece, columns) };
                lines.push(line.concat().trim_end().to_owned());
                used = rest.iter().map(|g| g.width_cjk()).sum();
                line = rest;
                if piece == " " {
                    continue;
                }
            }
            used += piece.width_cjk();
            line.push(piece);
        }
        lines.push(line.concat());
    }
    lines
}

/// Takes from the end of a full line what must stand together with the piece that no longer fits.
fn carried<'a>(line: &mut Vec<&'a str>, piece: &str, columns: usize) -> Vec<&'a str> {
    let word = |g: &str| g.len() == 1 && g != " ";
    let together =
        |before: &str, after: &str| (word(before) && word(after)) || closes(after) || opens(before);
    let mut split = line.len();
    let mut after = piece;
    while let Some(before) = split.checked_sub(1).and_then(|i| line.get(i).copied()) {
        if !together(before, after) {
            break;
        }
        split -= 1;
        after = before;
    }
    // Where all of the line would move, or more than a line holds, it is broken where it is full.
    let moved: usize = line.iter().skip(split).map(|g| g.width_cjk()).sum();
    if split == 0 || moved + piece.width_cjk() > columns { Vec::new() } else { line.split_off(split) }
}

fn closes(g: &str) -> bool {
    matches!(
        g,
        "，" | "。"
            | "、"
            | "；"
            | "："
            | "！"
            | "？"
            | "）"
            | "」"
            | "』"
            | "》"
            | "】"
            | "〕"
            | "”"
            | "’"
            | "…"
    )
}

fn opens(g: &str) -> bool {
    matches!(g, "（" | "「" | "『" | "《" | "【" | "〔" | "“" | "‘")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_of_data() {
        for (text, columns) in [
            ("abc", 3),
            ("张三", 4),
            ("𠮷", 2),
            ("\u{30000}\u{31350}", 4),
            ("葛\u{e0100}", 2),
            ("包·巴", 6),
            ("“”", 4),
            ("", 0),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn doubtful_glyphs_are_folded_and_safe_ones_kept() {
        for (text, shown) in [
            ("包·巴特尔", "包・巴特尔"),
            ("“急难”…", "「急难」..."),
            ("①Ⅳ3×4°", "1IV3x4度"),
            ("二○二六", "二〇二六"),
            ("éǚ", "eu"),
            ("\u{e000}某", "〓某"),
            ("张\u{1b}[2J", "张[2J"),
            ("a\u{202e}b", "ab"),
            ("─│┌┼", "-|++"),
            ("❤\u{fe0f}", "❤"),
            ("👨\u{200d}👩", "👨👩"),
        ] {
            assert_eq!(fold_glyphs(text), shown);
        }
        for same in ["张三 abc（）「」", "葛\u{e0100}城", "𠮷"] {
            assert!(matches!(fold_glyphs(same), Cow::Borrowed(s) if s == same), "{same}");
        }
    }

    #[test]
    fn fields_are_filled_to_the_column() {
        assert_eq!(fit("张三丰", 5), "张三 ");
        assert_eq!(fit("ab", 4), "ab  ");
        assert_eq!(fit_right("1.00", 6), "  1.00");
        assert_eq!(fit_right("张三丰", 5), " 张三");
        assert_eq!(cut("葛\u{e0100}城", 2), "葛\u{e0100}");
        assert_eq!(cut("葛城", 1), "");
    }

    #[test]
    fn lines_break_where_readers_expect() {
        assert_eq!(wrap("请按F4报县局审批。", 10), ["请按F4报县", "局审批。"]);
        assert_eq!(wrap("一二三四五。", 10), ["一二三四", "五。"]);
        assert_eq!(wrap("abc defg", 6), ["abc", "defg"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("一\n\n二", 10), ["一", "", "二"]);
        assert_eq!(wrap(" （二", 3), [" （", "二"]);
        assert_eq!(wrap("汉字", 1), [""]);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_equally_wide_everywhere(text in any::<String>()) {
            let shown = fold_glyphs(&text);
            for g in shown.graphemes(true) {
                prop_assert_eq!(g.width(), g.width_cjk(), "{}", g.escape_unicode());
            }
            prop_assert!(!shown.chars().any(char::is_control));
        }

        #[test]
        fn fields_and_lines_keep_their_columns(text in "[a-c 一二，。（「𠮷·\u{e0100}\n]{0,30}", columns in 0usize..12) {
            let flat = text.replace('\n', "");
            prop_assert_eq!(width(&fit(&flat, columns)), columns);
            prop_assert_eq!(width(&fit_right(&flat, columns)), columns);
            for line in wrap(&text, columns) {
                prop_assert!(width(&line) <= columns);
            }
            if columns >= 2 {
                let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(bare(&wrap(&text, columns).concat()), bare(&text));
            }
        }
    }
}
