//! Holds the floors of the house: reads the source and fails, with file, line and what to do instead, where a file
//! does what its floor must not. The checker itself is tested on snippets at the end of this file.

#![allow(clippy::panic, reason = "a test reports by panicking")]

#[path = "support/source.rs"]
#[allow(dead_code, reason = "shared with other test binaries, each of which needs a part")]
mod source;

use source::{Kind, Token};
use std::fmt;
use std::path::Path;

/// The floors, lowest first: each may import only those before it.
const FLOORS: [&str; 8] = ["base", "domain", "ledger", "forms", "store", "office", "ui", "cli"];
/// Floors that take time, randomness and everything else from outside as arguments.
const PURE: [&str; 4] = ["base", "domain", "ledger", "forms"];
/// Files that may contain unsafe code. Two, for one reason: SQLite takes a file system as C functions only. Without a
/// simulated disk under the real store code nobody knows what a power cut does, and the crates that wrap this in safe code
/// promise things of their disk that make crash tests worthless; without pages sealed under SQLite a stolen PC gives away
/// every name of the county, and the crates that do that bring another engine. Each file holds the wrapping alone.
const UNSAFE_ALLOWED: [&str; 2] = ["src/store/sealed/vfs.rs", "src/store/simulated/vfs.rs"];
/// A longer file holds more than one thing.
const MAX_LINES: usize = 900;

/// One place that breaks a law of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Violation {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A source file, read once for all rules.
struct File<'a> {
    path: &'a str,
    source: &'a str,
    tokens: Vec<Token>,
    paths: Vec<(usize, Vec<String>)>,
    test_modules: Vec<String>,
}

impl<'a> File<'a> {
    fn new(path: &'a str, source: &'a str) -> File<'a> {
        let (tokens, test_modules) = source::without_tests(&source::tokens(source));
        let paths = source::paths(&tokens);
        File { path, source, tokens, paths, test_modules }
    }

    fn module(&self) -> Vec<&'a str> {
        source::module(self.path)
    }

    fn floor(&self) -> Option<&'a str> {
        self.module().first().copied()
    }

    fn on(&self, floors: &[&str]) -> bool {
        self.floor().is_some_and(|floor| floors.contains(&floor))
    }

    /// Lines where these names follow each other.
    fn sequences(&self, wanted: &[&str]) -> Vec<usize> {
        let same = |token: &Token, text: &str| match &token.kind {
            Kind::Ident(name) => name == text,
            Kind::Sep => text == "::",
            Kind::Punct(c) => text.len() == c.len_utf8() && text.starts_with(*c),
            _ => false,
        };
        let starts = self.tokens.windows(wanted.len());
        starts.filter(|w| w.iter().zip(wanted).all(|(t, text)| same(t, text))).map(|w| w[0].line).collect()
    }
}

/// All laws over all files of `src/`, given as (path, content).
fn check(files: &[(String, String)]) -> Vec<Violation> {
    let read: Vec<File<'_>> = files.iter().map(|(path, source)| File::new(path, source)).collect();
    let declared = |file: &File<'_>| -> Vec<String> {
        file.test_modules.iter().map(|name| source::test_stem(file.path, name)).collect()
    };
    let stems: Vec<String> = read.iter().flat_map(declared).collect();
    let mut found = Vec::new();
    for file in &read {
        let mut say = |line: usize, what: String| {
            found.push(Violation { path: file.path.to_owned(), line, what });
        };
        opening_and_length(file, &mut say);
        if source::test_file(file.path, &stems) {
            continue;
        }
        known_floor(file, &mut say);
        imports(file, &mut say);
        homes(file, &mut say);
        purity(file, &mut say);
        order(file, &mut say);
        no_unsafe(file, &mut say);
        built_sql(file, &mut say);
    }
    found.extend(one_symbol_setter(&read));
    found
}

type Say<'a> = &'a mut dyn FnMut(usize, String);

fn opening_and_length(file: &File<'_>, say: Say<'_>) {
    if !file.source.trim_start().starts_with("//!") {
        say(1, "no `//!` opening: say first what the module is and what it must never do".to_owned());
    }
    let lines = file.source.lines().count();
    if lines > MAX_LINES {
        say(MAX_LINES + 1, format!("{lines} lines: split it, a thing a file (limit {MAX_LINES})"));
    }
}

fn known_floor(file: &File<'_>, say: Say<'_>) {
    if let Some(floor) = file.floor()
        && !FLOORS.contains(&floor)
    {
        say(1, format!("`{floor}` is no floor: put the file into one of {}", FLOORS.join(", ")));
    }
}

/// A path that names a floor above the file's own, from the root or by climbing with `super`.
fn imports(file: &File<'_>, say: Say<'_>) {
    let Some(own) = file.floor().and_then(|floor| FLOORS.iter().position(|f| *f == floor)) else { return };
    let depth = file.module().len();
    for (line, path) in &file.paths {
        let climbs = path.iter().take_while(|name| *name == "super").count();
        let target = match path.first().map(String::as_str) {
            Some("crate" | "jiuji") => path.get(1),
            Some("super") if climbs >= depth => path.get(climbs),
            _ => None,
        };
        let Some(target) = target else { continue };
        if target == "*" {
            say(*line, "imports everything from the root: name the floor and the item".to_owned());
        }
        if let Some(above) = FLOORS.iter().position(|floor| floor == target).filter(|above| *above > own) {
            say(
                *line,
                format!(
                    "`{}` imports `{}`, a floor above it: move the item down, or pass it in as an argument or trait",
                    FLOORS[own], FLOORS[above]
                ),
            );
        }
    }
}

/// Crates and texts that live on one floor only.
fn homes(file: &File<'_>, say: Say<'_>) {
    for token in &file.tokens {
        match &token.kind {
            Kind::Ident(name) if name == "rusqlite" && !file.on(&["store"]) => {
                say(
                    token.line,
                    "rusqlite outside `store`: add a question to a trait that `store` answers".to_owned(),
                );
            }
            Kind::Ident(name) if (name == "ratatui" || name == "crossterm") && !file.on(&["ui"]) => {
                say(token.line, format!("{name} outside `ui`: return data and let a screen draw it"));
            }
            Kind::Text(text) if !file.on(&["store"]) && is_sql(text) => {
                say(token.line, "SQL text outside `store`: move the statement there".to_owned());
            }
            _ => {}
        }
    }
}

/// Whether a literal is SQL: it begins as a statement, or holds one in capitals.
fn is_sql(text: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let words = split(text);
    let upper: Vec<String> = split(&text.to_ascii_uppercase());
    statement(&upper) || (1..words.len()).any(|start| statement(&words[start..]))
}

fn statement(words: &[String]) -> bool {
    const MADE: [&str; 8] = ["TABLE", "INDEX", "VIEW", "TRIGGER", "VIRTUAL", "UNIQUE", "TEMP", "TEMPORARY"];
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    let within = |wanted: &str, from: usize, to: usize| words.iter().take(to).skip(from).any(|w| w == wanted);
    match word(0) {
        "SELECT" => within("FROM", 2, usize::MAX),
        "INSERT" => word(1) == "INTO" || (word(1) == "OR" && word(3) == "INTO"),
        "REPLACE" => word(1) == "INTO",
        "UPDATE" => (word(2) == "SET" && words.len() > 3) || (word(1) == "OR" && word(4) == "SET"),
        "DELETE" => word(1) == "FROM",
        "CREATE" | "DROP" | "ALTER" => MADE.contains(&word(1)),
        "PRAGMA" => !word(1).is_empty(),
        _ => false,
    }
}

/// No clock, file, environment, network, thread, process or random source on a pure floor.
fn purity(file: &File<'_>, say: Say<'_>) {
    if !file.on(&PURE) {
        return;
    }
    for (line, path) in &file.paths {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["std", area @ ("fs" | "env" | "net" | "thread" | "process" | "os" | "*"), ..] => {
                say(*line, format!("`std::{area}` on a pure floor: take what it yields as an argument"));
            }
            ["std", "io", what @ ("stdin" | "stdout" | "stderr" | "*"), ..] => {
                say(*line, format!("`std::io::{what}` on a pure floor: return the text instead"));
            }
            [.., "File", "open" | "create" | "create_new" | "options"] => {
                say(*line, "opens a file on a pure floor: take its bytes as an argument".to_owned());
            }
            [.., "Utc", "now"] => say(*line, "reads the clock on a pure floor: take a Stamp".to_owned()),
            _ => {}
        }
    }
    for (at, token) in file.tokens.iter().enumerate() {
        let after = |n: usize| file.tokens.get(at + n);
        match token.ident().unwrap_or_default() {
            name @ ("SystemTime" | "Instant" | "Local") => {
                say(
                    token.line,
                    format!("`{name}` reads a clock, on a pure floor: take a Stamp or Day as an argument"),
                );
            }
            "Utc" if after(1).is_some_and(|t| t.is("as")) => {
                say(token.line, "renames the clock `Utc` on a pure floor: call it by its name".to_owned());
            }
            name @ ("getrandom" | "rand" | "OsRng" | "thread_rng") => {
                say(token.line, format!("`{name}` on a pure floor: take the random bytes as an argument"));
            }
            "OpenOptions" => {
                say(token.line, "opens a file on a pure floor: take its bytes as an argument".to_owned())
            }
            "env" | "option_env" if after(1).is_some_and(|t| t.punct('!')) => {
                let package =
                    matches!(after(3).map(|t| &t.kind), Some(Kind::Text(t)) if t.starts_with("CARGO_PKG_"));
                if !package {
                    say(
                        token.line,
                        "reads the environment on a pure floor: only CARGO_PKG_… is fixed".to_owned(),
                    );
                }
            }
            _ => {}
        }
    }
}

/// What has no fixed order or no exact value has no place where entries and rules are made.
fn order(file: &File<'_>, say: Say<'_>) {
    if !file.on(&["domain", "ledger"]) {
        return;
    }
    for token in &file.tokens {
        match &token.kind {
            Kind::Ident(name) if name == "HashMap" || name == "HashSet" => {
                say(token.line, format!("`{name}` has no fixed order: use BTree{}", &name[4..]));
            }
            Kind::Ident(name) if name == "f32" || name == "f64" => {
                say(token.line, format!("`{name}` is not exact: use Money, fen or thousandths"));
            }
            Kind::Number(true) => {
                say(
                    token.line,
                    "a floating-point number is not exact: use Money, fen or thousandths".to_owned(),
                );
            }
            _ => {}
        }
    }
}

fn no_unsafe(file: &File<'_>, say: Say<'_>) {
    if UNSAFE_ALLOWED.contains(&file.path) {
        return;
    }
    let mut lines = file.sequences(&["unsafe"]);
    lines.extend(file.sequences(&["allow", "(", "unsafe_code"]));
    lines.extend(file.sequences(&["expect", "(", "unsafe_code"]));
    for line in lines {
        say(line, "unsafe code: find a safe crate, or argue the file into UNSAFE_ALLOWED here".to_owned());
    }
}

/// SQL text put together with `format!` in the call that runs it.
fn built_sql(file: &File<'_>, say: Say<'_>) {
    const RUNS: [&str; 7] =
        ["execute", "execute_batch", "prepare", "prepare_cached", "query", "query_row", "query_one"];
    for call in RUNS {
        let mut lines = file.sequences(&[call, "(", "&", "format", "!"]);
        lines.extend(file.sequences(&[call, "(", "format", "!"]));
        for line in lines {
            say(line, format!("`{call}` of a text built by `format!`: keep the SQL fixed and bind values"));
        }
    }
}

/// Glyphs reach a cell through one file, where they are folded to safe widths.
fn one_symbol_setter(files: &[File<'_>]) -> Vec<Violation> {
    let mut setters = Vec::new();
    for file in files {
        for line in file.sequences(&["set_symbol", "("]) {
            setters.push((file.path, line, file.on(&["ui"])));
        }
    }
    let home = setters.iter().find(|(_, _, ui)| *ui).map(|(path, _, _)| *path);
    setters
        .into_iter()
        .filter(|(path, _, _)| Some(*path) != home)
        .map(|(path, line, _)| Violation {
            path: path.to_owned(),
            line,
            what: format!(
                "set_symbol( may stand in one file of `ui` ({}): call that",
                home.unwrap_or("none yet")
            ),
        })
        .collect()
}

/// Words of a place where the project was once worked on: (line, what) for each that stands in the text.
fn workplace(text: &str) -> Vec<(usize, String)> {
    let folder = concat!("/wo", "rk/");
    let neighbour = concat!("../sha", "red");
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let absolute = line.match_indices(folder).any(|(at, _)| {
            !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-.{}".contains(c))
        });
        if absolute || line.contains(neighbour) {
            found.push((
                index + 1,
                "names a folder of one machine: say it so that it holds everywhere".to_owned(),
            ));
        }
    }
    found
}

/// Folders under `tests/` and files in them that no test reads, given the test files as (path, content).
fn not_wired(files: &[(String, String)]) -> Vec<String> {
    let mut mentioned = Vec::new();
    for (path, text) in files {
        let all = source::tokens(text);
        for pair in all.windows(2) {
            if pair[0].is("mod") {
                mentioned.extend(pair[1].ident().map(str::to_owned));
            }
        }
        if path.matches('/').count() == 1 {
            for token in &all {
                if let Kind::Text(text) = &token.kind {
                    mentioned.extend(text.split('/').map(|part| part.trim_end_matches(".rs").to_owned()));
                }
            }
        }
    }
    let mut lost = Vec::new();
    for (path, _) in files {
        let names: Vec<&str> = path.trim_end_matches(".rs").split('/').skip(1).collect();
        if let [folder, .., name] = names.as_slice()
            && *folder != "snapshots"
        {
            let needed = if *name == "mod" || !path.ends_with(".rs") { folder } else { name };
            if !mentioned.iter().any(|word| word == needed) {
                lost.push(format!(
                    "{path}: nothing reads it: name `{needed}` in a file of tests/, or remove it"
                ));
            }
        }
    }
    lost
}

fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder of the project with their text; what is not UTF-8 is left out.
fn texts(folder: &str) -> Vec<(String, String)> {
    let skip = ["target", ".git", "tmp"];
    let files = source::files_under(&house().join(folder), &skip);
    let named = files.iter().filter_map(|path| {
        let text = std::fs::read_to_string(path).ok()?;
        let name = path.strip_prefix(house()).ok()?.to_str()?.replace('\\', "/");
        Some((name, text))
    });
    named.collect()
}

#[test]
fn the_floors_hold() {
    let files: Vec<_> = texts("src").into_iter().filter(|(path, _)| path.ends_with(".rs")).collect();
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"), "src/ was not found");
    let found = check(&files);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} places break a law of the house:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let mut lines = Vec::new();
    for (path, text) in texts("") {
        lines.extend(workplace(&text).into_iter().map(|(line, what)| format!("{path}:{line}: {what}")));
    }
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn every_test_file_is_read_by_a_test() {
    let files = texts("tests");
    assert!(files.len() > 1, "tests/ was not found");
    let lost = not_wired(&files);
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// For each rule: where the file stands, what must be found in the first text and nothing in the second.
const SNIPPETS: &[(&str, &str, &str, &str)] = &[
    ("src/domain/a.rs", "a floor above", "use crate::store::Log;", "use crate::base::money::Money;"),
    (
        "src/domain/a.rs",
        "a floor above",
        "use crate::{base::day, ui::x};",
        "use crate::{base::day, domain::x};",
    ),
    (
        "src/base/a.rs",
        "a floor above",
        "fn f() { crate::ledger::g() }",
        "fn f() { crate::base::g() } // crate::ui::x",
    ),
    ("src/base/a.rs", "a floor above", "use super::super::forms::F;", "use super::super::base::F;"),
    ("src/base/a.rs", "a floor above", "use ::jiuji::cli::run;", "use ::chrono::cli::run;"),
    (
        "src/ui/a/b.rs",
        "a floor above",
        "use crate::cli;\nuse crate::cli::run;",
        "use super::super::store::X;",
    ),
    ("src/ui/a.rs", "everything from the root", "use crate::*;", "use crate::ui::*;"),
    ("src/office/a.rs", "rusqlite outside", "use rusqlite::Connection;", "/* rusqlite::Connection */"),
    (
        "src/office/a.rs",
        "SQL text",
        r#"const Q: &str = "select n from entry";"#,
        r#"const Q: &str = "select one";"#,
    ),
    (
        "src/office/a.rs",
        "SQL text",
        r##"f(r#"x; INSERT INTO a VALUES(1)"#)"##,
        r#"f("insert a row into the form")"#,
    ),
    ("src/cli/a.rs", "SQL text", r#"f("CREATE TABLE a(b)")"#, "f(\"create a table\") // CREATE TABLE a(b)"),
    ("src/cli/a.rs", "SQL text", "f(\"UPDATE a\\n SET b=1\")", "f(\"update the set\")"),
    ("src/cli/a.rs", "SQL text", "f(\"PRAGMA user_version\")", "f(\"the pragma\")"),
    (
        "src/forms/a.rs",
        "ratatui outside",
        "use ratatui::style::Color;",
        "// ratatui\nuse crate::base::width;",
    ),
    ("src/cli/a.rs", "crossterm outside", "fn f() { crossterm::f() }", "fn f() { \"crossterm\"; }"),
    ("src/base/a.rs", "reads a clock", "use std::time::Instant;", "use std::time::Duration;"),
    ("src/base/a.rs", "reads a clock", "let t = std::time::SystemTime::now();", "let t = stamp.day();"),
    ("src/domain/a.rs", "reads the clock", "let t = chrono::Utc::now();", "let t: DateTime<Utc> = given;"),
    ("src/domain/a.rs", "renames the clock", "use chrono::Utc as Z;", "use chrono::Utc;"),
    ("src/ledger/a.rs", "reads a clock", "let t = chrono::Local::now();", "let local = 1;"),
    ("src/forms/a.rs", "`std::fs`", "use std::{fs, fmt};", "use std::{fmt, fmt::Display};"),
    ("src/forms/a.rs", "`std::env`", "let a = std::env::var(\"A\");", "let a = \"std::env::var\";"),
    (
        "src/base/a.rs",
        "`std::thread`",
        "std::thread::sleep(d)",
        "#[cfg(test)]\nmod tests { use std::thread; }",
    ),
    ("src/base/a.rs", "`std::net`", "use std::net::TcpStream;", "use std::cmp::Ordering;"),
    ("src/base/a.rs", "`std::process`", "std::process::exit(1)", "process(1)"),
    ("src/base/a.rs", "`std::io::stdin`", "use std::io::{self, stdin};", "use std::io::{self, Read};"),
    ("src/base/a.rs", "opens a file", "let f = File::open(p);", "let f = Kind::File;"),
    ("src/base/a.rs", "opens a file", "OpenOptions::new()", "Options::new()"),
    ("src/base/a.rs", "the environment", "env!(\"HOME\")", "env!(\"CARGO_PKG_VERSION\")"),
    ("src/ledger/a.rs", "random bytes", "getrandom::fill(&mut b)", "fill(&mut b)"),
    ("src/ledger/a.rs", "random bytes", "use rand::Rng;", "let random = 1;"),
    (
        "src/domain/a.rs",
        "no fixed order",
        "use std::collections::HashMap;",
        "use std::collections::BTreeMap;",
    ),
    ("src/ledger/a.rs", "no fixed order", "let s: HashSet<u8>;", "let s: BTreeSet<u8>; // HashSet"),
    ("src/domain/a.rs", "not exact", "fn f(x: f64) {}", "fn f(x: u64) {}"),
    ("src/domain/a.rs", "not exact", "let x = 1.5;", "let x = pair.0.1; let y = 1..5; let z = 0x1e5;"),
    ("src/store/a.rs", "unsafe code", "unsafe { f() }", "f(\"unsafe\") // unsafe"),
    ("src/store/a.rs", "unsafe code", "#![allow(unsafe_code)]", "#![forbid(unsafe_code)]"),
    (
        "src/store/a.rs",
        "built by `format!`",
        "c.execute(&format!(\"DROP {t}\"), [])",
        "c.execute(\"DROP t\", [])",
    ),
    ("src/store/a.rs", "built by `format!`", "c.prepare( format!(\"x\") )", "c.prepare(SQL); format!(\"x\")"),
    ("src/office/a.rs", "set_symbol(", "cell.set_symbol(\"x\")", "cell.symbol()"),
];

#[test]
fn each_rule_finds_what_it_forbids_and_nothing_else() {
    for (path, rule, bad, good) in SNIPPETS {
        let run = |text: &str| check(&[((*path).to_owned(), format!("//! Opening.\n{text}\n"))]);
        let found = run(bad);
        assert!(
            found.iter().any(|v| v.what.contains(rule)),
            "{path}: {bad:?} passes the rule {rule:?}: {found:?}"
        );
        assert!(found.iter().all(|v| v.path == *path && v.line >= 1), "{found:?}");
        assert_eq!(run(good), Vec::new(), "{path}: {good:?} is right but fails");
    }
}

#[test]
fn a_violation_names_its_line() {
    let text = "//! Opening.\n/* two\nlines */\nconst A: &str = \"a\n  b\";\nuse crate::ui::X;\n".to_owned();
    let found = check(&[("src/base/a.rs".to_owned(), text)]);
    assert_eq!(found.iter().map(|v| v.line).collect::<Vec<_>>(), [6], "{found:?}");
}

#[test]
fn a_file_outside_the_floors_is_found() {
    let run = |path: &str| check(&[(path.to_owned(), "//! A.\n".to_owned())]);
    assert!(run("src/odd/a.rs").iter().any(|v| v.what.contains("is no floor")));
    for path in ["src/lib.rs", "src/main.rs", "src/base/mod.rs", "src/cli/a/b.rs"] {
        assert_eq!(run(path), Vec::new());
    }
}

#[test]
fn opening_and_length_are_held() {
    let run = |text: &str| check(&[("src/base/a.rs".to_owned(), text.to_owned())]);
    assert!(run("fn f() {}").iter().any(|v| v.what.contains("opening")));
    assert_eq!(run("//! What it is.\n"), Vec::new());
    let long = format!("//! What it is.\n{}", "\n".repeat(MAX_LINES));
    assert!(run(&long).iter().any(|v| v.what.contains("split it")));
    assert_eq!(run(&format!("//! What it is.\n{}", "\n".repeat(MAX_LINES - 1))), Vec::new());
}

#[test]
fn glyphs_are_set_in_one_file_of_ui() {
    let file = |name: &str| (format!("src/ui/{name}.rs"), "//! A.\nfn f() { c.set_symbol(s) }\n".to_owned());
    assert_eq!(check(&[file("a")]), Vec::new());
    let found = check(&[file("a"), file("b")]);
    assert_eq!(found.iter().map(|v| v.path.as_str()).collect::<Vec<_>>(), ["src/ui/b.rs"]);
}

#[test]
fn a_module_of_tests_in_a_file_of_its_own_is_a_test() {
    let parent = |head: &str| ("src/base/a.rs".to_owned(), format!("//! A.\n{head} mod cases;\n"));
    let child = ("src/base/a/cases.rs".to_owned(), "//! Cases.\nuse std::fs;\n".to_owned());
    assert_eq!(check(&[parent("#[cfg(test)]"), child.clone()]), Vec::new());
    assert_eq!(check(&[parent(""), child.clone()]).len(), 1);
    let beside = ("src/base/odd.rs".to_owned(), child.1);
    for head in ["#[cfg(test)]\n#[path = \"odd.rs\"]", "#[path = \"odd.rs\"]\n#[cfg(test)]"] {
        assert_eq!(check(&[parent(head), beside.clone()]), Vec::new());
    }
    assert_eq!(check(&[parent("#[path = \"odd.rs\"]"), beside]).len(), 1);
}

#[test]
fn names_of_one_machine_are_found() {
    let folder = concat!("/wo", "rk/");
    assert_eq!(workplace(&format!("a\nsee {folder}x")).len(), 1);
    assert_eq!(workplace(concat!("see ../sha", "red/x")).len(), 1);
    assert_eq!(workplace(&format!("src/office{folder}x and at work/ or ./shared/")), Vec::new());
}

#[test]
fn a_test_file_that_nothing_reads_is_found() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let driver = file("tests/support/mod.rs", "mod key;");
    let key = file("tests/support/key.rs", "");
    let story = file("tests/desk/a.story", "");
    let user = file("tests/desk.rs", "mod support; const D: &str = \"tests/desk\";");
    assert_eq!(not_wired(&[driver.clone(), key.clone(), story.clone(), user]), Vec::<String>::new());
    let lost = not_wired(&[driver, key, story, file("tests/other.rs", "fn f() {} // support")]);
    assert_eq!(lost.len(), 2, "{lost:?}");
}
