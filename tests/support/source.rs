//! Rust source as a list of tokens: just enough of a lexer for tests that read the source of the house.
//!
//! It knows comments, every kind of string, and items under `#[cfg(test)]`, so that a word in a comment is never
//! taken for code. It must never try to be a parser: a rule that needs one is too clever for these tests.

use std::path::{Path, PathBuf};

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A name or keyword; `r#type` counts as `type`.
    Ident(String),
    /// The content of a string or character literal, escapes resolved.
    Text(String),
    /// A number; true where its text makes it a floating-point one.
    Number(bool),
    /// `::`
    Sep,
    /// Any other single character.
    Punct(char),
}

/// A token and the line (from 1) where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub kind: Kind,
}

impl Token {
    /// The name, if it is one.
    pub fn ident(&self) -> Option<&str> {
        if let Kind::Ident(name) = &self.kind { Some(name) } else { None }
    }

    /// Whether it is this name.
    pub fn is(&self, name: &str) -> bool {
        self.ident() == Some(name)
    }

    /// Whether it is this single character.
    pub fn punct(&self, c: char) -> bool {
        self.kind == Kind::Punct(c)
    }
}

struct Lexer {
    text: Vec<char>,
    at: usize,
    line: usize,
    out: Vec<Token>,
}

/// All tokens of a source, comments left out.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { text: source.chars().collect(), at: 0, line: 1, out: Vec::new() };
    while lexer.step() {}
    lexer.out
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.text.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn bump(&mut self) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        c
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.out.push(Token { line, kind });
    }

    fn step(&mut self) -> bool {
        if self.at >= self.text.len() {
            return false;
        }
        let (c, line) = (self.peek(0), self.line);
        match c {
            '/' if self.peek(1) == '/' => {
                while self.at < self.text.len() && self.peek(0) != '\n' {
                    self.bump();
                }
            }
            '/' if self.peek(1) == '*' => self.block_comment(),
            '"' => self.string(line),
            '\'' => self.quote(line),
            'r' | 'b' | 'c' if self.prefixed(line) => {}
            _ if c.is_alphabetic() || c == '_' => {
                let name = self.word();
                self.push(line, Kind::Ident(name));
            }
            _ if c.is_ascii_digit() => self.number(line),
            ':' if self.peek(1) == ':' => {
                self.at += 2;
                self.push(line, Kind::Sep);
            }
            _ => {
                self.bump();
                if !c.is_whitespace() {
                    self.push(line, Kind::Punct(c));
                }
            }
        }
        true
    }

    fn word(&mut self) -> String {
        let mut name = String::new();
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            name.push(self.bump());
        }
        name
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.text.len() {
            if self.peek(0) == '/' && self.peek(1) == '*' {
                depth += 1;
                self.at += 2;
            } else if self.peek(0) == '*' && self.peek(1) == '/' {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.bump();
            }
        }
    }

    fn string(&mut self, line: usize) {
        self.bump();
        let mut content = String::new();
        while self.at < self.text.len() && self.peek(0) != '"' {
            self.character(&mut content);
        }
        self.bump();
        self.push(line, Kind::Text(content));
    }

    /// One character of a literal, with its escape.
    fn character(&mut self, content: &mut String) {
        let c = self.bump();
        if c != '\\' {
            content.push(c);
            return;
        }
        match self.bump() {
            'n' => content.push('\n'),
            't' => content.push('\t'),
            'r' => content.push('\r'),
            '0' => content.push('\0'),
            'x' => {
                let hex: String = [self.bump(), self.bump()].iter().collect();
                content.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
            }
            'u' => {
                let mut hex = String::new();
                while self.at < self.text.len() && self.peek(0) != '}' {
                    hex.push(self.bump());
                }
                self.bump();
                let digits = hex.trim_start_matches('{').replace('_', "");
                content.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            '\n' => {
                // A line continued: what indents the next line is not part of the text.
                while self.peek(0).is_whitespace() {
                    self.bump();
                }
            }
            other => content.push(other),
        }
    }

    /// A character literal or a lifetime.
    fn quote(&mut self, line: usize) {
        if self.peek(1) == '\\' || self.peek(2) == '\'' {
            self.bump();
            let mut content = String::new();
            while self.at < self.text.len() && (self.peek(0) != '\'' || content.is_empty()) {
                self.character(&mut content);
            }
            self.bump();
            self.push(line, Kind::Text(content));
        } else {
            self.bump();
            self.word();
        }
    }

    /// Literals that begin with a letter: `r"…"`, `r#"…"#`, `b"…"`, `b'x'`, `br"…"`, `c"…"`; and raw names `r#x`.
    fn prefixed(&mut self, line: usize) -> bool {
        let mut ahead = 1;
        if matches!(self.peek(0), 'b' | 'c') && self.peek(1) == 'r' {
            ahead = 2;
        }
        let raw = self.peek(ahead - 1) == 'r';
        let mut hashes = 0;
        while raw && self.peek(ahead + hashes) == '#' {
            hashes += 1;
        }
        if raw && self.peek(ahead + hashes) == '"' {
            self.at += ahead + hashes + 1;
            let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let mut content = String::new();
            while self.at < self.text.len() && !self.text[self.at..].starts_with(&end) {
                content.push(self.bump());
            }
            self.at += end.len();
            self.push(line, Kind::Text(content));
            return true;
        }
        match (self.peek(0), self.peek(1)) {
            ('b' | 'c', '"') => {
                self.bump();
                self.string(line);
                true
            }
            ('b', '\'') => {
                self.bump();
                self.quote(line);
                true
            }
            ('r', '#') => {
                self.at += 2;
                let name = self.word();
                self.push(line, Kind::Ident(name));
                true
            }
            _ => false,
        }
    }

    fn number(&mut self, line: usize) {
        // `pair.0.1` is two fields, not a fraction.
        let field = self.out.last().is_some_and(|last| last.punct('.'));
        let hex = self.peek(0) == '0' && matches!(self.peek(1), 'x' | 'b' | 'o');
        let mut text = self.word();
        let mut float = false;
        if !field && !hex {
            if self.peek(0) == '.' && self.peek(1).is_ascii_digit() {
                float = true;
                self.bump();
                text.push_str(&self.word());
            }
            float |= text.contains(['e', 'E']) && !text.ends_with("size")
                || text.contains("f64")
                || text.contains("f32");
        }
        self.push(line, Kind::Number(float));
    }
}

/// The tokens without items under `#[cfg(test)]`, and the names of modules in files of their own that were declared
/// under it: `cases` for `#[cfg(test)] mod cases;`, and `./odd` where `#[path = "odd.rs"]` names the file.
/// [`test_file`] tells whether a file is one of them.
pub fn without_tests(all: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut test_modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < all.len() {
        let inner = all.get(at + 1).is_some_and(|t| t.punct('!'));
        if !all[at].punct('#') || !is_test_attribute(&all[at + 1 + usize::from(inner)..]) {
            kept.push(all[at].clone());
            at += 1;
            continue;
        }
        if inner {
            return (Vec::new(), test_modules); // `#![cfg(test)]`: the whole file
        }
        let mut named = path_attribute(&kept);
        while all.get(at).is_some_and(|t| t.punct('#')) {
            let end = after_group(all, at + 1);
            named = named.or(path_attribute(&all[at..end]));
            at = end;
        }
        let start = at;
        while at < all.len() && !all[at].punct(';') && !all[at].punct('{') {
            at = if all[at].punct('(') || all[at].punct('[') { after_group(all, at) } else { at + 1 };
        }
        if all.get(at).is_some_and(|t| t.punct('{')) {
            at = after_group(all, at);
        } else {
            if at >= start + 2 && all[at - 2].is("mod") {
                test_modules.extend(named.or(all[at - 1].ident().map(str::to_owned)));
            }
            at += 1;
        }
    }
    (kept, test_modules)
}

/// `./odd` where the tokens end with `path = "odd.rs"]`.
fn path_attribute(tokens: &[Token]) -> Option<String> {
    let [.., name, equals, Token { kind: Kind::Text(file), .. }, close] = tokens else { return None };
    let is = name.is("path") && equals.punct('=') && close.punct(']');
    is.then(|| format!("./{}", file.trim_end_matches(".rs")))
}

/// The module path of a file: `src/ui/list/mod.rs` is `ui, list`; `lib.rs` and `main.rs` are the root.
pub fn module(path: &str) -> Vec<&str> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut names: Vec<&str> = inside.split('/').collect();
    if matches!(names.last().copied(), Some("mod" | "lib" | "main")) {
        names.pop();
    }
    names
}

/// Where a module of tests lies that a file declares, without `.rs`.
pub fn test_stem(declared_in: &str, module_name: &str) -> String {
    if let Some(file) = module_name.strip_prefix("./") {
        let folder = declared_in.rsplit_once('/').map_or("", |(folder, _)| folder);
        return format!("{folder}/{file}");
    }
    let folder = module(declared_in).iter().fold("src".to_owned(), |path, name| format!("{path}/{name}"));
    format!("{folder}/{module_name}")
}

/// Whether a file, or the folder it lies in, is a module of tests, given the places of [`test_stem`].
pub fn test_file(path: &str, stems: &[String]) -> bool {
    stems.iter().any(|stem| path == format!("{stem}.rs") || path.starts_with(&format!("{stem}/")))
}

/// Whether what follows `#` is `[cfg(test)]` or `[cfg(all(test, …))]`.
fn is_test_attribute(rest: &[Token]) -> bool {
    let head: Vec<&Token> = rest.iter().take(7).collect();
    let open = |i: usize| head.get(i).is_some_and(|t| t.punct('('));
    let name = |i: usize, name: &str| head.get(i).is_some_and(|t| t.is(name));
    if !head.first().is_some_and(|t| t.punct('[')) || !name(1, "cfg") || !open(2) {
        return false;
    }
    name(3, "test") || (name(3, "all") && open(4) && name(5, "test"))
}

/// The place after the bracket that closes the one at `at`.
pub fn after_group(all: &[Token], mut at: usize) -> usize {
    let mut depth = 0usize;
    while let Some(token) = all.get(at) {
        match token.kind {
            Kind::Punct('(' | '[' | '{') => depth += 1,
            Kind::Punct(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Every path of two or more names in the tokens, with its line; groups are opened, so `use a::{b, c::d}` gives
/// `a::b` and `a::c::d`.
pub fn paths(all: &[Token]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for (at, token) in all.iter().enumerate() {
        let continued = at > 0
            && all[at - 1].kind == Kind::Sep
            && at > 1
            && (all[at - 2].ident().is_some_and(|name| name != "use") || all[at - 2].punct('>'));
        let grouped = at > 0 && all[at - 1].kind == Kind::Sep && token.punct('{');
        if token.ident().is_some()
            && !continued
            && !grouped
            && all.get(at + 1).is_some_and(|t| t.kind == Kind::Sep)
        {
            expand(all, at, Vec::new(), &mut found);
        }
    }
    found
}

fn expand(
    all: &[Token],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    loop {
        let Some(token) = all.get(at) else { return at };
        match &token.kind {
            Kind::Ident(name) => path.push(name.clone()),
            Kind::Punct('*') => path.push("*".to_owned()),
            Kind::Punct('{') => {
                let end = after_group(all, at);
                at += 1;
                while at + 1 < end {
                    at = expand(all, at, path.clone(), found);
                    while at + 1 < end && !all[at].punct(',') {
                        at += 1; // `as name`
                    }
                    at += 1;
                }
                return end;
            }
            _ => {
                found.push((token.line, path));
                return at;
            }
        }
        if all.get(at + 1).is_none_or(|t| t.kind != Kind::Sep) {
            found.push((token.line, path));
            return at + 1;
        }
        at += 2;
    }
}

/// Every file under a folder, sorted, but for folders and files whose name is in `skip`.
pub fn files_under(folder: &Path, skip: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if skip.iter().any(|name| entry.file_name().to_str() == Some(*name)) {
            continue;
        }
        if path.is_dir() {
            found.extend(files_under(&path, skip));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
