//! A program in a pseudo-terminal, and the screen that a person before it would see.
//!
//! Bytes are read by a thread of its own, so a program never waits for the test; the screen moves on only while a
//! method of [`Terminal`] runs. Whatever fails says so together with the screen.

use super::key::Key;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::ffi::OsString;
use std::fmt;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Between single keys: longer than the gaps by which a program knows a pasted burst.
const KEY_GAP: Duration = Duration::from_millis(12);
/// How long a typed character is waited for on the screen.
const ECHO: Duration = Duration::from_millis(400);
/// After Esc: what follows sooner would be read as one sequence with it.
const ESC_GAP: Duration = Duration::from_millis(40);
/// A program that has written nothing for so long is taken to wait for keys.
const QUIET: Duration = Duration::from_millis(100);

/// Why a step did not hold, with the screen as it was.
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure(error.to_string())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What to start, and in what surroundings; nothing is inherited but what stands here.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The program, by path or found on `PATH` of `env`.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its whole environment.
    pub env: Vec<(String, String)>,
    /// Its working folder.
    pub folder: PathBuf,
    /// Columns of the terminal.
    pub columns: u16,
    /// Rows of the terminal.
    pub rows: u16,
}

/// What went through the terminal since its first start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Keys pressed; each character typed counts as one, also within a burst.
    pub keys: usize,
    /// Bytes that the program wrote.
    pub bytes: usize,
    /// Pieces in which they were read: at most one for each write, fewer where writes follow closely.
    pub chunks: usize,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this status.
    Status(u32),
    /// By a signal.
    Signal(String),
}

/// Where the hardware cursor stands, in cells from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Row.
    pub row: u16,
    /// Column.
    pub column: u16,
    /// Whether it is shown.
    pub shown: bool,
}

/// Answers due to questions that the program asked its terminal.
#[derive(Default)]
struct Questions {
    answers: Vec<u8>,
}

impl vt100::Callbacks for Questions {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _second: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        let param = params.first().and_then(|p| p.first()).copied().unwrap_or(0);
        match (first, last, param) {
            (None, 'n', 6) => {
                let (row, column) = screen.cursor_position();
                self.answers.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (None, 'n', 5) => self.answers.extend(b"\x1b[0n"),
            (None, 'c', 0) => self.answers.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}

struct Running {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<Vec<u8>>,
}

#[derive(PartialEq, Eq)]
enum Pumped {
    Bytes,
    Quiet,
    Closed,
}

/// A terminal with a program in it, which can be killed and started again.
pub struct Terminal {
    launch: Launch,
    parser: vt100::Parser<Questions>,
    running: Option<Running>,
    ended: Option<Ended>,
    counts: Counts,
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Starts the program.
    pub fn start(launch: Launch) -> Result<Terminal, Failure> {
        let parser = Self::parser(&launch);
        let mut terminal = Terminal { launch, parser, running: None, ended: None, counts: Counts::default() };
        terminal.restart()?;
        Ok(terminal)
    }

    fn parser(launch: &Launch) -> vt100::Parser<Questions> {
        vt100::Parser::new_with_callbacks(cells(launch.rows), cells(launch.columns), 0, Questions::default())
    }

    /// Starts the same program again on an empty screen; the counters go on.
    pub fn restart(&mut self) -> Result<(), Failure> {
        if self.running.is_some() && self.ended.is_none() {
            return Err(self.fail("it runs already"));
        }
        let start = || -> Result<Running, String> {
            let say = |error: &dyn fmt::Display| format!("cannot start {:?}: {error}", self.launch.program);
            let pair = native_pty_system()
                .openpty(size(self.launch.columns, self.launch.rows))
                .map_err(|e| say(&e))?;
            let mut command = CommandBuilder::new(&self.launch.program);
            command.args(&self.launch.args);
            command.cwd(&self.launch.folder);
            command.env_clear();
            for (name, value) in &self.launch.env {
                command.env(name, value);
            }
            let child = pair.slave.spawn_command(command).map_err(|e| say(&e))?;
            drop(pair.slave); // so that the end of the program ends the reading
            let mut reader = pair.master.try_clone_reader().map_err(|e| say(&e))?;
            let writer = pair.master.take_writer().map_err(|e| say(&e))?;
            let (send, chunks) = channel();
            std::thread::spawn(move || {
                let mut buffer = vec![0; 1 << 16];
                while let Ok(n @ 1..) = reader.read(&mut buffer) {
                    if send.send(buffer[..n].to_vec()).is_err() {
                        break;
                    }
                }
            });
            Ok(Running { child, master: pair.master, writer, chunks })
        };
        self.running = Some(start().map_err(Failure)?);
        self.parser = Self::parser(&self.launch);
        self.ended = None;
        Ok(())
    }

    /// Takes in what the program writes within the limit, at most one piece.
    fn pump(&mut self, limit: Duration) -> Pumped {
        let Some(running) = self.running.as_mut() else { return Pumped::Closed };
        match running.chunks.recv_timeout(limit) {
            Ok(bytes) => {
                self.counts.bytes += bytes.len();
                self.counts.chunks += 1;
                self.parser.process(&bytes);
                let answers = std::mem::take(&mut self.parser.callbacks_mut().answers);
                if !answers.is_empty()
                    && running.writer.write_all(&answers).and_then(|()| running.writer.flush()).is_err()
                {
                    return Pumped::Closed;
                }
                Pumped::Bytes
            }
            // Another process, forked at the wrong moment by a test beside this one, may hold our terminal open: the
            // reading then never ends, so a program that is quiet is also asked whether it still runs.
            Err(RecvTimeoutError::Timeout) => {
                self.reap();
                if self.ended.is_some() { Pumped::Closed } else { Pumped::Quiet }
            }
            Err(RecvTimeoutError::Disconnected) => {
                self.reap();
                Pumped::Closed
            }
        }
    }

    /// Takes the status of a program that has ended, if it has.
    fn reap(&mut self) {
        if let Some(running) = self.running.as_mut()
            && self.ended.is_none()
            && let Ok(Some(status)) = running.child.try_wait()
        {
            self.ended = Some(match status.signal() {
                Some(signal) => Ended::Signal(signal.to_owned()),
                None => Ended::Status(status.exit_code()),
            });
        }
    }

    /// Lets time go by while the screen follows.
    pub fn pause(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if self.pump(left) == Pumped::Closed {
                std::thread::sleep(left.min(Duration::from_millis(10)));
            }
        }
    }

    /// Follows the screen until nothing more is written.
    pub fn settle(&mut self) {
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end && self.pump(QUIET) == Pumped::Bytes {}
    }

    fn until(&mut self, limit: Duration, holds: &dyn Fn(&Terminal) -> bool) -> bool {
        let end = Instant::now() + limit;
        while !holds(self) {
            let Some(left) = end.checked_duration_since(Instant::now()) else { return false };
            if self.pump(left) == Pumped::Closed {
                return holds(self);
            }
        }
        true
    }

    /// Waits until the text stands within a row.
    pub fn wait(&mut self, text: &str, limit: Duration) -> Result<(), Failure> {
        if self.until(limit, &|t| t.shows(text)) {
            return Ok(());
        }
        Err(self.fail(&format!("{text:?} did not appear within {limit:?}")))
    }

    /// Waits until the text stands in no row.
    pub fn gone(&mut self, text: &str, limit: Duration) -> Result<(), Failure> {
        if self.until(limit, &|t| !t.shows(text)) {
            return Ok(());
        }
        Err(self.fail(&format!("{text:?} was still there after {limit:?}")))
    }

    /// The text must stand on the screen once nothing more is written.
    pub fn expect(&mut self, text: &str) -> Result<(), Failure> {
        self.settle();
        if self.shows(text) { Ok(()) } else { Err(self.fail(&format!("{text:?} is not there"))) }
    }

    /// The text must not stand on the screen once nothing more is written.
    pub fn never(&mut self, text: &str) -> Result<(), Failure> {
        self.settle();
        if self.shows(text) { Err(self.fail(&format!("{text:?} is there"))) } else { Ok(()) }
    }

    /// The cursor must come to be shown on a row that holds the text.
    pub fn cursor_on(&mut self, text: &str) -> Result<(), Failure> {
        self.settle();
        let holds = |t: &Terminal| t.cursor().shown && t.cursor_row_text().contains(text);
        if self.until(Duration::from_secs(2), &holds) {
            return Ok(());
        }
        Err(self.fail(&format!("the cursor is not shown on a row with {text:?}")))
    }

    /// The cursor must come to be shown right behind the text.
    pub fn cursor_after(&mut self, text: &str) -> Result<(), Failure> {
        self.settle();
        let holds = |t: &Terminal| {
            let at = t.cursor();
            at.shown && t.row(at.row, at.column).ends_with(text)
        };
        if self.until(Duration::from_secs(2), &holds) {
            return Ok(());
        }
        Err(self.fail(&format!("the cursor is not shown right behind {text:?}")))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let sent = match self.running.as_mut() {
            Some(running) if self.ended.is_none() => {
                running.writer.write_all(bytes).and_then(|()| running.writer.flush())
            }
            _ => return Err(self.fail("it does not run, so no key reaches it")),
        };
        sent.map_err(|error| self.fail(&format!("a key did not reach it: {error}")))
    }

    /// Presses a key.
    pub fn key(&mut self, key: Key) -> Result<(), Failure> {
        self.counts.keys += 1;
        let bytes = key.bytes(self.parser.screen().application_cursor());
        let before = self.place();
        self.send(&bytes)?;
        if matches!(key, Key::Char(_)) {
            // On a busy machine keys would else be read together, and be taken for something pasted.
            self.until(ECHO, &|t| t.place() != before);
        }
        self.pause(if key == Key::Named("esc") { ESC_GAP } else { KEY_GAP });
        Ok(())
    }

    /// Where the cursor stands, and what its row says: what is typed changes one of them.
    fn place(&self) -> (u16, u16, String) {
        let (row, column) = self.parser.screen().cursor_position();
        (row, column, self.row(row, self.launch.columns))
    }

    /// Types the text key by key, as a person does.
    pub fn type_text(&mut self, text: &str) -> Result<(), Failure> {
        text.chars().try_for_each(|c| self.key(Key::Char(c)))
    }

    /// Sends the text at once, as an input method, a paste or a card reader does. Each character counts as a key.
    pub fn burst(&mut self, text: &str) -> Result<(), Failure> {
        self.counts.keys += text.chars().count();
        self.send(text.as_bytes())?;
        self.pause(KEY_GAP);
        Ok(())
    }

    /// Changes the size of the terminal, also for later starts.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Result<(), Failure> {
        (self.launch.columns, self.launch.rows) = (columns, rows);
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        let resized = self.running.as_ref().map(|running| running.master.resize(size(columns, rows)));
        match resized {
            Some(Err(error)) => Err(self.fail(&format!("the size did not change: {error}"))),
            _ => Ok(()),
        }
    }

    /// Ends the program as a power cut does.
    pub fn kill9(&mut self) -> Result<(), Failure> {
        let Some(running) = self.running.as_mut().filter(|_| self.ended.is_none()) else {
            return Err(self.fail("it does not run, so it cannot be killed"));
        };
        let child: &mut dyn Child = &mut *running.child;
        // `Child::kill` of the crate asks politely first; the process of the standard library sends SIGKILL.
        let killed = match child.downcast_mut::<std::process::Child>() {
            Some(process) => process.kill().and_then(|()| process.wait().map(drop)),
            None => child.kill().and_then(|()| child.wait().map(drop)),
        };
        self.ended = Some(Ended::Signal("Killed".to_owned()));
        killed.map_err(|error| self.fail(&format!("it could not be killed: {error}")))
    }

    /// Tells the program what a terminal whose window is closed tells it; it is left to end by itself.
    pub fn hangup(&mut self) -> Result<(), Failure> {
        let running = self.running.as_ref().filter(|_| self.ended.is_none());
        let Some(process) = running.and_then(|running| running.child.process_id()) else {
            return Err(self.fail("it does not run, so its window cannot be closed"));
        };
        let told = std::process::Command::new("kill").args(["-HUP", &process.to_string()]).status();
        match told {
            Ok(status) if status.success() => Ok(()),
            other => Err(self.fail(&format!("it could not be told: {other:?}"))),
        }
    }

    /// Waits until the program has ended by itself.
    pub fn wait_exit(&mut self, limit: Duration) -> Result<Ended, Failure> {
        let end = Instant::now() + limit;
        loop {
            if self.pump(Duration::from_millis(20)) == Pumped::Closed {
                std::thread::sleep(Duration::from_millis(5));
                self.reap();
                if let Some(ended) = &self.ended {
                    return Ok(ended.clone());
                }
            }
            if Instant::now() > end {
                return Err(self.fail(&format!("it had not ended after {limit:?}")));
            }
        }
    }

    /// The process id, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.running.as_ref().filter(|_| self.ended.is_none()).and_then(|running| running.child.process_id())
    }

    /// What went through the terminal so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// A row up to a column, a wide character once, blanks at its end kept.
    fn row(&self, row: u16, columns: u16) -> String {
        let screen = self.parser.screen();
        let mut text = String::new();
        for column in 0..columns {
            match screen.cell(row, column) {
                Some(cell) if cell.is_wide_continuation() => {}
                Some(cell) if cell.has_contents() => text.push_str(cell.contents()),
                _ => text.push(' '),
            }
        }
        text
    }

    /// The rows as they read, a wide character once, without blanks at their ends.
    pub fn screen(&self) -> Vec<String> {
        let (rows, columns) = self.parser.screen().size();
        (0..rows.get()).map(|row| self.row(row, columns.get()).trim_end().to_owned()).collect()
    }

    /// Whether the text stands within a row now.
    pub fn shows(&self, text: &str) -> bool {
        self.screen().iter().any(|row| row.contains(text))
    }

    /// Where the hardware cursor stands.
    pub fn cursor(&self) -> Cursor {
        let (row, column) = self.parser.screen().cursor_position();
        Cursor { row, column, shown: !self.parser.screen().hide_cursor() }
    }

    /// The row that the cursor stands on.
    pub fn cursor_row_text(&self) -> String {
        self.screen().get(usize::from(self.cursor().row)).cloned().unwrap_or_default()
    }

    /// The failure, with how the program stands and what is on its screen.
    pub fn fail(&self, what: &str) -> Failure {
        let state = match (&self.running, &self.ended) {
            (_, Some(Ended::Status(status))) => format!("it has ended with status {status}"),
            (_, Some(Ended::Signal(signal))) => format!("it was ended by a signal: {signal}"),
            (None, _) => "it was not started".to_owned(),
            _ => "it runs".to_owned(),
        };
        let (at, mut text) = (self.cursor(), String::new());
        for (number, row) in self.screen().iter().enumerate() {
            text.push_str(&format!("{:3} |{row}\n", number + 1));
        }
        let shown = if at.shown { "" } else { ", hidden" };
        Failure(format!(
            "{what}; {state}; cursor in row {} column {}{shown}\n{text}",
            at.row + 1,
            at.column + 1
        ))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.running.is_some() && self.ended.is_none() {
            self.reap();
            if self.ended.is_none() && self.kill9().is_err() {
                // Nothing is left to try, and the test has its own result already.
                self.running = None;
            }
        }
    }
}
