//! Stories: desks at work on one share, told line by line; `tests/desk/LANGUAGE.md` is the page about them.
//!
//! Every story has a folder of its own and an environment in which nothing of the machine is seen but `PATH`.

use super::key::Key;
use super::practices::Practices;
use super::terminal::{Counts, Ended, Failure, Launch, Terminal};
use jiuji::base::day::Day;
use jiuji::base::money::Money;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(10);
/// A command without a terminal that runs longer has hung.
const RUN_LIMIT: Duration = Duration::from_secs(120);

/// How many days are left until a day: `12-14` is the next such day, today counts.
pub fn days_until(today: Day, text: &str) -> Result<u16, Failure> {
    let named = |year: i32| Day::parse(text).or_else(|| Day::parse(&format!("{year}-{text}")));
    let days = [today.year(), today.year() + 1].map(|year| Some(today.until(named(year)?)));
    let left = days.into_iter().flatten().find(|days| *days >= 0).and_then(|days| u16::try_from(days).ok());
    left.ok_or_else(|| oddly(text))
}

/// A story under way.
pub struct Story {
    program: OsString,
    tmp: tempfile::TempDir,
    shots: PathBuf,
    desks: BTreeMap<String, Desk>,
    last: Option<String>,
    /// What was read off a screen, by its name.
    kept: BTreeMap<String, String>,
    /// So many days after this machine's the story begins.
    later: u16,
    /// Practice offices to be copied; without them each is built in its place.
    practices: Option<Arc<Practices>>,
}

/// A PC: its terminal, its marks, and what its last command without a terminal said.
#[derive(Default)]
struct Desk {
    terminal: Option<Terminal>,
    marks: BTreeMap<String, Counts>,
    said: String,
}

/// A line split as a shell would: blanks part, `'…'` and `"…"` keep together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open, mut quote) = (Vec::new(), String::new(), false, None);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => word.push(c),
            None if c == '"' || c == '\'' => (quote, open) = (Some(c), true),
            None if c.is_whitespace() => {
                if open {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            None => {
                word.push(c);
                open = true;
            }
        }
    }
    if open {
        words.push(word);
    }
    words
}

fn cut(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim())
}

fn columns_and_rows(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once('x')?;
    Some((columns.parse().ok()?, rows.parse().ok()?))
}

/// The code at a place, counted from 1, of the page of spoken codes that lies somewhere in a folder; `wrong` is the first
/// one with its last digit changed.
fn page_code(folder: &Path, place: &str) -> Option<String> {
    let page = page_below(folder)?;
    let at = if place == "wrong" { "1" } else { place };
    let row = page.split_once(&format!("<td class=\"c\">{at}</td><td class=\"c\">"))?.1;
    let code: String = row.split_once('<')?.0.split_whitespace().collect();
    if place != "wrong" {
        return Some(code);
    }
    let (first, last) = code.split_at_checked(5)?;
    Some(format!("{first}{}", (last.parse::<u32>().ok()? + 1) % 10))
}

fn page_below(folder: &Path) -> Option<String> {
    std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path()).find_map(|path| {
        if path.is_dir() {
            return page_below(&path);
        }
        let is_page = path.file_name().is_some_and(|name| name.to_string_lossy().contains("授权码单"));
        is_page.then(|| std::fs::read_to_string(&path).ok()).flatten()
    })
}

fn oddly(what: &str) -> Failure {
    Failure(format!("this line cannot be read: {what}"))
}

impl Story {
    /// A story for desks that run `program`; screens are kept in `shots`.
    pub fn new(program: impl Into<OsString>, shots: &Path) -> Result<Story, Failure> {
        let tmp =
            tempfile::tempdir().map_err(|error| Failure(format!("no folder for the story: {error}")))?;
        let story = Story {
            program: program.into(),
            tmp,
            shots: shots.to_owned(),
            desks: BTreeMap::new(),
            last: None,
            kept: BTreeMap::new(),
            later: 0,
            practices: None,
        };
        story.folder("share")?;
        Ok(story)
    }

    /// Runs all lines. The failure names the story and the line.
    pub fn run(program: impl Into<OsString>, shots: &Path, name: &str, text: &str) -> Result<(), Failure> {
        Story::new(program, shots)?.tell(name, text)
    }

    /// The same story in a copy of a practice office that begins so many days after today.
    pub fn in_practice(self, practices: &Arc<Practices>, later: u16) -> Story {
        Story { later, practices: Some(practices.clone()), ..self }
    }

    /// Runs all lines. The failure names the story and the line.
    pub fn tell(mut self, name: &str, text: &str) -> Result<(), Failure> {
        let story = &mut self;
        for (index, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let begun = Instant::now();
            let before = story.bytes();
            let done = story.step(line);
            // Stories run at once, so each line says whose it is.
            println!(
                "{name:<32} {:6} ms {:6} B  {line}",
                begun.elapsed().as_millis(),
                story.bytes().saturating_sub(before)
            );
            done.map_err(|failure| Failure(format!("{name}:{}: {line}\n{failure}", index + 1)))?;
        }
        if story.desks.is_empty() {
            return Err(Failure(format!("{name}: no desk in it, so it cannot fail")));
        }
        Ok(())
    }

    fn bytes(&self) -> usize {
        self.desks.values().filter_map(|desk| desk.terminal.as_ref()).map(|t| t.counts().bytes).sum()
    }

    fn folder(&self, inside: &str) -> Result<PathBuf, Failure> {
        let path = self.tmp.path().join(inside);
        std::fs::create_dir_all(&path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
        Ok(path)
    }

    /// `{tmp}`, `{share}`, `{A.data}` and `{A.home}` become folders, what was kept its text; other braces stay as they are.
    fn fill(&self, text: &str) -> Result<String, Failure> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            if let Some(text) = self.kept.get(name) {
                filled.push_str(text);
                rest = behind;
                continue;
            }
            let inside = match name.split_once('.') {
                None if name == "tmp" => String::new(),
                None if name == "share" => "share".to_owned(),
                Some((desk, part @ ("data" | "home"))) => format!("{desk}/{part}"),
                _ => {
                    filled.push('{');
                    rest = after;
                    continue;
                }
            };
            filled.push_str(&self.folder(&inside)?.to_string_lossy());
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// All that a program at this desk sees of the world.
    fn environment(&self, desk: &str) -> Result<Vec<(String, String)>, Failure> {
        let home = self.folder(&format!("{desk}/home"))?;
        let mut env = vec![("PATH".to_owned(), std::env::var("PATH").unwrap_or_default())];
        for (name, value) in [("TERM", "xterm-256color"), ("TZ", "Asia/Shanghai"), ("LANG", "C.UTF-8")] {
            env.push((name.to_owned(), value.to_owned()));
        }
        env.push(("HOME".to_owned(), home.to_string_lossy().into_owned()));
        for (name, inside) in [
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "home/.run"),
            ("TMPDIR", "tmp"),
            ("JIUJI_DATA", "data"),
            ("JIUJI_CONFIG", "config"),
        ] {
            let folder = self.folder(&format!("{desk}/{inside}"))?;
            env.push((name.to_owned(), folder.to_string_lossy().into_owned()));
        }
        Ok(env)
    }

    fn step(&mut self, line: &str) -> Result<(), Failure> {
        let (first, rest) = cut(line);
        match first {
            "shot" => {
                let desk = self.last.clone().ok_or_else(|| oddly("no desk was named before `shot`"))?;
                self.act(&desk, "shot", rest)
            }
            "hang" | "answer" | "turn" | "turn-ends" => {
                let path = self.fill(rest)?;
                let (folder, rest) = cut(&path);
                super::share::act(first, Path::new(folder), rest)
            }
            "bank" | "waiting" | "figures" => {
                let path = self.fill(rest)?;
                let (folder, rest) = cut(&path);
                let done = match first {
                    "bank" => super::bank::answer,
                    "waiting" => super::waiting::cases,
                    _ => super::figures::add_up,
                };
                done(Path::new(folder), rest)
            }
            "sum" => {
                let filled = self.fill(rest)?;
                let (name, parts) = cut(&filled);
                let money = |text: &str| {
                    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
                    // Nothing at all is a sum here, though nobody types it for a payment.
                    if plain == "0.00" {
                        Ok(Money::ZERO)
                    } else {
                        Money::parse(&plain).map_err(|_| oddly(text))
                    }
                };
                let sum = parts.split_whitespace().map(money).sum::<Result<Money, Failure>>()?;
                self.kept.insert(name.to_owned(), sum.grouped());
                Ok(())
            }
            "code" => {
                let path = self.fill(rest)?;
                let (name, rest) = cut(&path);
                let (place, folder) = cut(rest);
                let code = page_code(Path::new(folder), place).ok_or_else(|| oddly("no such code"))?;
                self.kept.insert(name.to_owned(), code);
                Ok(())
            }
            "patched" => {
                let path = self.fill(rest)?;
                let (data, handler) = cut(&path);
                super::patched::approve(Path::new(data), handler)
            }
            "desk" => {
                let (name, rest) = cut(rest);
                let (verb, rest) = cut(rest);
                if verb != "start" {
                    return Err(oddly("`desk NAME start [COLUMNSxROWS] [NAME=VALUE]... -- ARGUMENTS`"));
                }
                self.last = Some(name.to_owned());
                self.open(name, rest)
            }
            name => {
                let (verb, rest) = cut(rest);
                self.last = Some(name.to_owned());
                self.act(name, verb, rest)
            }
        }
    }

    fn open(&mut self, name: &str, rest: &str) -> Result<(), Failure> {
        let (mut env, (mut columns, mut rows)) = (self.environment(name)?, (80, 25));
        let mut given = words(rest).into_iter();
        for word in given.by_ref() {
            if word == "--" {
                break;
            } else if let Some((key, value)) = word.split_once('=') {
                env.push((key.to_owned(), self.fill(value)?));
            } else {
                (columns, rows) = columns_and_rows(&word).ok_or_else(|| oddly(&word))?;
            }
        }
        let args = given.map(|word| self.fill(&word)).collect::<Result<Vec<_>, _>>()?;
        let args = self.put_forward(name, args)?;
        let folder = self.folder(&format!("{name}/home"))?;
        let launch = Launch { program: self.program.clone(), args, env, folder, columns, rows };
        let desk = self.desks.entry(name.to_owned()).or_default();
        if desk.terminal.as_mut().is_some_and(|t| t.process_id().is_some()) {
            return Err(Failure(format!("desk {name} runs already")));
        }
        desk.terminal = Some(Terminal::start(launch)?);
        Ok(())
    }

    /// The arguments of a desk whose practice office begins later: what is not built yet is built as of that day, and days
    /// that go by are reckoned from it.
    fn put_forward(&mut self, name: &str, mut args: Vec<String>) -> Result<Vec<String>, Failure> {
        let opens = args.first().is_some_and(|verb| verb == "practice");
        let joins = args.iter().any(|word| word == "--share");
        let (list, fresh) = (args == ["practice", "--list"], args.iter().any(|word| word == "--fresh"));
        if self.later == 0 || list || !(opens || args.iter().any(|word| word == "--practice")) {
            return Ok(args);
        }
        let later = self.later;
        if !(joins || fresh || self.folder(&format!("{name}/data"))?.join("practice/built").exists()) {
            self.run_command(name, "0 -- practice --fresh --list")?;
        }
        if !opens {
            return Ok(args);
        }
        match args.iter().position(|word| word == "--later").and_then(|at| args.get_mut(at + 1)) {
            Some(days) => {
                let more: u16 = days.parse().map_err(|_| oddly(days))?;
                *days = (later + more).to_string();
            }
            None => args.extend(["--later".to_owned(), later.to_string()]),
        }
        Ok(args)
    }

    fn act(&mut self, name: &str, verb: &str, rest: &str) -> Result<(), Failure> {
        if verb == "run" {
            return self.run_command(name, rest);
        }
        let bare = rest.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(rest);
        let text = self.fill(bare)?;
        let shots = self.shots.clone();
        let desk = self.desks.get_mut(name).ok_or_else(|| oddly(&format!("there is no desk {name} yet")))?;
        match verb {
            "said" | "said-not" => {
                if desk.said.contains(&text) == (verb == "said") {
                    return Ok(());
                }
                return Err(Failure(format!("the last command said:\n{}", desk.said)));
            }
            _ => {}
        }
        let terminal =
            desk.terminal.as_mut().ok_or_else(|| oddly(&format!("desk {name} was not started")))?;
        let (verb, limit) = match verb.split_once('/') {
            Some((verb, seconds)) => {
                (verb, seconds.parse().map(Duration::from_secs_f64).map_err(|_| oddly(seconds))?)
            }
            None => (verb, LIMIT),
        };
        match verb {
            "start" => terminal.restart(),
            "kill9" => terminal.kill9(),
            "hangup" => terminal.hangup(),
            "key" => words(&text).iter().try_for_each(|name| {
                let key = Key::parse(name).ok_or_else(|| oddly(&format!("no key is called {name}")))?;
                terminal.key(key)
            }),
            "type" => terminal.type_text(&text),
            "burst" => terminal.burst(&text),
            "wait" => terminal.wait(&text, limit),
            "gone" => terminal.gone(&text, limit),
            "expect" => terminal.expect(&text),
            "never" => terminal.never(&text),
            "cursor" => terminal.cursor_on(&text),
            "cursor-after" => terminal.cursor_after(&text),
            "pause" => {
                terminal.pause(text.parse().map(Duration::from_secs_f64).map_err(|_| oddly(&text))?);
                Ok(())
            }
            "keep" => {
                let (name, text) = text.split_once(" after ").ok_or_else(|| oddly("`NAME after TEXT`"))?;
                let text = text.trim_matches('"');
                terminal.wait(text, limit)?;
                let row = terminal.screen().into_iter().find(|row| row.contains(text)).unwrap_or_default();
                let behind = row.split_once(text).map(|(_, behind)| behind).unwrap_or_default();
                self.kept.insert(name.to_owned(), behind.split_whitespace().collect());
                Ok(())
            }
            "resize" => {
                let (columns, rows) = columns_and_rows(&text).ok_or_else(|| oddly(&text))?;
                terminal.resize(columns, rows)
            }
            "exit" => {
                let status: u32 = text.parse().map_err(|_| oddly(&text))?;
                match terminal.wait_exit(limit)? {
                    Ended::Status(got) if got == status => Ok(()),
                    _ => Err(terminal.fail(&format!("it should have ended with status {status}"))),
                }
            }
            "mark" => {
                desk.marks.insert(text, terminal.counts());
                Ok(())
            }
            "keys-at-most" | "bytes-at-most" => {
                let (most, mark) = text.split_once(" since ").ok_or_else(|| oddly("`N since MARK`"))?;
                let most: usize = most.trim().parse().map_err(|_| oddly(most))?;
                let mark = mark.trim();
                let start =
                    desk.marks.get(mark).ok_or_else(|| oddly(&format!("no mark is called {mark}")))?;
                let now = terminal.counts();
                let (what, used) = if verb == "keys-at-most" {
                    ("keys", now.keys - start.keys)
                } else {
                    ("bytes", now.bytes - start.bytes)
                };
                println!("          {used} {what} since {mark}");
                if used <= most {
                    return Ok(());
                }
                Err(terminal.fail(&format!("{used} {what} since {mark}, more than {most}")))
            }
            "shot" => {
                terminal.settle();
                let file = shots.join(format!("{text}.txt"));
                let written = std::fs::create_dir_all(&shots)
                    .and_then(|()| std::fs::write(&file, terminal.screen().join("\n") + "\n"));
                written.map_err(|error| Failure(format!("{}: {error}", file.display())))
            }
            _ => Err(oddly(&format!("no step is called {verb:?}"))),
        }
    }

    /// `run STATUS -- ARGUMENTS`: the program without a terminal, in the surroundings of the desk.
    fn run_command(&mut self, name: &str, rest: &str) -> Result<(), Failure> {
        let given = words(rest);
        let [status, dashes, args @ ..] = given.as_slice() else {
            return Err(oddly("`run STATUS -- ARGUMENTS`"));
        };
        let wanted: i32 = status.parse().map_err(|_| oddly(status))?;
        if dashes != "--" {
            return Err(oddly("`run STATUS -- ARGUMENTS`"));
        }
        let args = args.iter().map(|word| self.fill(word)).collect::<Result<Vec<_>, _>>()?;
        let args = self.put_forward(name, args)?;
        let said = match self.practices.clone() {
            Some(practices) if args.starts_with(&["practice", "--fresh", "--list"].map(str::to_owned)) => {
                let data = self.folder(&format!("{name}/data"))?;
                let mut build = |place: &Path| {
                    let env = [("JIUJI_DATA".to_owned(), place.to_string_lossy().into_owned())];
                    self.ran(name, (&args, &env), wanted)
                };
                practices.give(self.later, &data, &mut build)?
            }
            _ => self.ran(name, (&args, &[]), wanted)?,
        };
        self.desks.entry(name.to_owned()).or_default().said = said;
        Ok(())
    }

    /// Runs the program in the surroundings of the desk and what is set besides, and tells what it said.
    fn ran(
        &self,
        name: &str,
        (args, env): (&[String], &[(String, String)]),
        wanted: i32,
    ) -> Result<String, Failure> {
        let trouble = |error: std::io::Error| Failure(format!("cannot run {:?}: {error}", self.program));
        // Into a file, so that a program that says much never waits for a reader.
        let heard = self.folder(name)?.join("said.txt");
        let out = std::fs::File::create(&heard).map_err(trouble)?;
        let mut child = Command::new(&self.program)
            .args(args)
            .env_clear()
            .envs(self.environment(name)?)
            .envs(env.iter().cloned())
            .current_dir(self.folder(&format!("{name}/home"))?)
            .stdin(Stdio::null())
            .stdout(out.try_clone().map_err(trouble)?)
            .stderr(out)
            .spawn()
            .map_err(trouble)?;
        let end = Instant::now() + RUN_LIMIT;
        let got = loop {
            if let Some(status) = child.try_wait().map_err(trouble)? {
                break status.code();
            }
            if Instant::now() > end {
                child.kill().and_then(|()| child.wait()).map_err(trouble)?;
                return Err(Failure(format!("it had not ended after {RUN_LIMIT:?}")));
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let said = String::from_utf8_lossy(&std::fs::read(&heard).map_err(trouble)?).into_owned();
        if got == Some(wanted) {
            return Ok(said);
        }
        Err(Failure(format!("it ended with status {got:?}, not {wanted}, and said:\n{said}")))
    }
}
