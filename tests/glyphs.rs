//! Holds that no text which a user may see has a character whose width is in doubt.
//!
//! On Chinese consoles the characters that Unicode calls ambiguous (box drawing, curly quotes, the ellipsis, arrows)
//! take two columns, elsewhere one: each breaks a table on one of the two. Every literal of the floors that speak to
//! users, and every value of the embedded TOML files, is read; where one is needed all the same, `glyph-ok:` and the
//! reason stand in a comment on its line.

#![allow(clippy::panic, reason = "a test reports by panicking")]

#[path = "support/source.rs"]
#[allow(dead_code, reason = "shared with other test binaries, each of which needs a part")]
mod source;

use source::Kind;
use std::path::Path;
use unicode_width::UnicodeWidthChar;

/// Floors whose literals users read.
const SPEAKING: [&str; 4] = ["src/forms", "src/office", "src/ui", "src/cli"];
const EXCUSE: &str = "glyph-ok:";

/// Whether a character takes one column on some terminals and two on others.
fn in_doubt(c: char) -> bool {
    c.width() != c.width_cjk()
}

/// Lines and characters in doubt, in the literals of a Rust source.
fn in_rust(text: &str) -> Vec<(usize, char)> {
    let lines: Vec<&str> = text.lines().collect();
    let excused = |line: usize| lines.get(line - 1).is_some_and(|l| l.contains(&format!("// {EXCUSE}")));
    let (tokens, _) = source::without_tests(&source::tokens(text));
    let mut found = Vec::new();
    for token in tokens {
        let Kind::Text(content) = &token.kind else { continue };
        let end = token.line + content.matches('\n').count();
        for c in content.chars().filter(|c| in_doubt(*c)) {
            // In a text over several lines the character's own line is the one to show.
            let own =
                (token.line..=end.min(lines.len())).find(|l| lines[l - 1].contains(c)).unwrap_or(token.line);
            if !excused(token.line) && !excused(own) && !excused(end) {
                found.push((own, c));
            }
        }
    }
    found
}

/// Lines and characters in doubt, outside the comments of a TOML file.
fn in_toml(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut quote = None;
        let value = line.chars().take_while(|c| {
            match quote {
                None if *c == '"' || *c == '\'' => quote = Some(*c),
                Some(open) if *c == open => quote = None,
                _ => {}
            }
            quote.is_some() || *c != '#'
        });
        let doubtful: Vec<char> = value.filter(|c| in_doubt(*c)).collect();
        if !line.contains(&format!("# {EXCUSE}")) {
            found.extend(doubtful.into_iter().map(|c| (index + 1, c)));
        }
    }
    found
}

#[test]
fn no_text_for_users_has_a_glyph_of_doubtful_width() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for path in source::files_under(house, &["target", ".git", "tmp", "tests", "Cargo.toml"]) {
        let name =
            path.strip_prefix(house).map(|p| p.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        if name.ends_with(".rs") || name.ends_with(".toml") {
            files.push((name, std::fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    let stems: Vec<String> = files
        .iter()
        .filter(|(name, _)| name.starts_with("src/"))
        .flat_map(|(name, text)| {
            let (_, modules) = source::without_tests(&source::tokens(text));
            modules.into_iter().map(move |module| source::test_stem(name, &module))
        })
        .collect();
    let mut said = Vec::new();
    let mut read = 0;
    for (name, text) in &files {
        let speaks = SPEAKING.iter().any(|floor| name.starts_with(&format!("{floor}/")));
        let check: fn(&str) -> Vec<(usize, char)> = if name.ends_with(".rs") && speaks {
            in_rust
        } else if name.ends_with(".toml") && (name.starts_with("src/") || name.starts_with("themes/")) {
            in_toml
        } else {
            continue;
        };
        if source::test_file(name, &stems) {
            continue;
        }
        read += 1;
        for (line, c) in check(text) {
            said.push(format!(
                "{name}:{line}: {c:?} (U+{:04X}) has no certain width: use another, or fold it",
                u32::from(c)
            ));
        }
    }
    assert!(read >= SPEAKING.len(), "only {read} files were found");
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn doubtful_glyphs_in_rust_are_found_where_they_are_said() {
    let text = "//! “a”\nconst A: &str = \"中文。「」\"; // …\nconst B: char = '│';\nconst C: &str = \"\\u{2026}\";\n\
                const D: &str = \"→\"; // glyph-ok: in a paper\nconst E: &str = \"a\n│\";\n\
                #[cfg(test)]\nmod tests { const F: &str = \"—\"; }\n";
    assert_eq!(in_rust(text), [(3, '│'), (4, '…'), (7, '│')]);
}

#[test]
fn doubtful_glyphs_in_toml_are_found_outside_comments() {
    let text = "# …\na = \"中 # “\"\nb = '─' # glyph-ok: this theme draws boxes\nc = \"ok\" # ─\n";
    assert_eq!(in_toml(text), [(2, '“')]);
}
