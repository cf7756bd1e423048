//! Reading a story (故事) as text: lines into words, quoted sentences and `key=value`. It knows no verb and no name: what
//! a line means is told by the tables in [`super::words`].

use std::fmt;

/// One word of a line that is no `key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text, without its quotes.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// One line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub no: usize,
    /// As written, without the blanks around it.
    pub raw: String,
    /// The first word.
    pub verb: String,
    /// The other words, in order.
    pub pieces: Vec<Piece>,
    /// Every `key=value`, in order.
    pub args: Vec<(String, String)>,
}

impl Line {
    /// The value of a key.
    pub fn arg(&self, key: &str) -> Option<&str> {
        self.args.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The words without quotes.
    pub fn names(&self) -> Vec<&str> {
        self.pieces.iter().filter(|piece| !piece.quoted).map(|piece| piece.text.as_str()).collect()
    }

    /// The word without quotes at `at`, from 0.
    pub fn name(&self, at: usize) -> Option<&str> {
        self.names().get(at).copied()
    }

    /// The quoted sentences.
    pub fn quotes(&self) -> Vec<&str> {
        self.pieces.iter().filter(|piece| piece.quoted).map(|piece| piece.text.as_str()).collect()
    }

    /// The first quoted sentence.
    pub fn quote(&self) -> Option<&str> {
        self.quotes().first().copied()
    }
}

/// A story: it starts in a fresh office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its title, empty for a file of one story without a `scene` line.
    pub title: String,
    /// The line of its title or, without one, its first line.
    pub no: usize,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The number of the line, from 1.
    pub no: usize,
    /// The line.
    pub raw: String,
    /// Why.
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行：{}\n    {}", self.no, self.why, self.raw)
    }
}

/// Reads a file of stories. `scene "题目"` begins the next one.
///
/// # Errors
/// The first line that cannot be read.
pub fn stories(text: &str) -> Result<Vec<Story>, Unreadable> {
    let mut found: Vec<Story> = Vec::new();
    for (at, raw) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let no = at + 1;
        let raw = raw.trim();
        let Some(line) = line(no, raw).map_err(|why| Unreadable { no, raw: raw.to_owned(), why })? else {
            continue;
        };
        if line.verb == "scene" {
            let title = line.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
            found.push(Story { title, no, lines: Vec::new() });
            continue;
        }
        match found.last_mut() {
            Some(story) => story.lines.push(line),
            None => found.push(Story { title: String::new(), no, lines: vec![line] }),
        }
    }
    Ok(found)
}

fn line(no: usize, raw: &str) -> Result<Option<Line>, String> {
    let mut pieces = Vec::new();
    let mut args = Vec::new();
    for token in tokens(raw)? {
        match token {
            Token::Word(piece) => pieces.push(piece),
            Token::Arg(key, value) => args.push((key, value)),
        }
    }
    if pieces.is_empty() && args.is_empty() {
        return Ok(None);
    }
    if pieces.is_empty() {
        return Err("一行须以一个动词开头，如 lead、case、expect。".to_owned());
    }
    let first = pieces.remove(0);
    if first.quoted {
        return Err("一行须以一个动词开头，引号里的话放在后面。".to_owned());
    }
    if let Some((key, _)) = args.iter().enumerate().find_map(|(at, (key, value))| {
        args.get(..at)?.iter().any(|(before, _)| before == key).then_some((key, value))
    }) {
        return Err(format!("{key}= 写了两次，请只写一次。"));
    }
    Ok(Some(Line { no, raw: raw.to_owned(), verb: first.text, pieces, args }))
}

enum Token {
    Word(Piece),
    Arg(String, String),
}

fn tokens(raw: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = raw.chars().peekable();
    loop {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        let Some(&first) = rest.peek() else { return Ok(found) };
        if first == '#' {
            return Ok(found);
        }
        let mut text = String::new();
        let mut key: Option<String> = None;
        let mut quoted = false;
        while let Some(c) = rest.next_if(|c| !c.is_whitespace()) {
            if is_quote(c) {
                quoted = true;
                loop {
                    match rest.next() {
                        Some(end) if is_quote(end) => break,
                        Some(inner) => text.push(inner),
                        None => return Err("引号没有写完，请在这句话后面补上 \" 。".to_owned()),
                    }
                }
            } else if c == '=' && key.is_none() && !quoted && is_key(&text) {
                key = Some(std::mem::take(&mut text));
            } else {
                text.push(c);
            }
        }
        found.push(match key {
            Some(key) => Token::Arg(key, text),
            None => Token::Word(Piece { text, quoted }),
        });
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”') // glyph-ok: read from a scene, never shown
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_verb_words_quotes_and_keys() {
        let read = stories("# 说明\n  lead L1 by=热线 at=\"09:10\" “突发心梗，家中无现金” # 尾注\n").unwrap();
        let line = &read[0].lines[0];
        assert_eq!((line.no, line.verb.as_str()), (2, "lead"));
        assert_eq!(line.names(), ["L1"]);
        assert_eq!(line.quote(), Some("突发心梗，家中无现金"));
        assert_eq!((line.arg("by"), line.arg("at"), line.arg("x")), (Some("热线"), Some("09:10"), None));
    }

    #[test]
    fn a_scene_line_begins_the_next_story() {
        let read = stories("scene \"甲\"\ntoday 2026-03-02\nscene 乙\ntoday 2026-03-03\n").unwrap();
        assert_eq!(read.iter().map(|s| (s.title.as_str(), s.no)).collect::<Vec<_>>(), [("甲", 1), ("乙", 3)]);
        assert_eq!(read[1].lines.len(), 1);
        let one = stories("today 2026-03-02\n").unwrap();
        assert_eq!((one.len(), one[0].title.as_str()), (1, ""));
    }

    #[test]
    fn what_cannot_be_read_says_its_line() {
        assert_eq!(stories("\n\nlead L1 \"没写完\n").unwrap_err().no, 3);
        assert!(stories("x=1\n").unwrap_err().why.contains("动词"));
        assert!(stories("lead by=热线 by=窗口\n").unwrap_err().why.contains("两次"));
    }

    #[test]
    fn an_equals_sign_inside_a_quote_is_no_key() {
        let read = stories("note \"a=b\" k=\"c=d\"\n").unwrap();
        assert_eq!(read[0].lines[0].quote(), Some("a=b"));
        assert_eq!(read[0].lines[0].arg("k"), Some("c=d"));
    }
}
