//! What the command line says: answers on standard output, progress and troubles on standard error. Progress only where
//! somebody watches a terminal.

use crate::store::fault::Fault;
use std::io::{self, IsTerminal, Write};

/// The two ways out.
pub(super) struct Out {
    stdout: Box<dyn Write>,
    stderr: Box<dyn Write>,
    /// Whether somebody watches.
    watched: bool,
    /// Whether a line of progress stands unfinished.
    pending: bool,
}

impl Out {
    /// Those of this process.
    pub(super) fn system() -> Out {
        Out {
            watched: io::stderr().is_terminal(),
            stdout: Box::new(io::BufWriter::new(io::stdout())),
            stderr: Box::new(io::stderr()),
            pending: false,
        }
    }

    /// An answer: a line or more.
    ///
    /// # Errors
    /// Whoever reads has gone, or the disk is full.
    pub(super) fn say(&mut self, text: &str) -> Result<(), Fault> {
        self.finish_progress();
        writeln!(self.stdout, "{text}").map_err(failed)
    }

    /// The answer in JSON, on lines of its own.
    ///
    /// # Errors
    /// As [`Out::say`].
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Fault::bug(error.to_string()))?;
        self.say(&text)
    }

    /// Sends what was said on its way.
    ///
    /// # Errors
    /// As [`Out::say`].
    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        self.finish_progress();
        self.stdout.flush().map_err(failed)
    }

    /// A trouble or a question, on standard error.
    pub(super) fn warn(&mut self, text: &str) {
        self.finish_progress();
        // Where nobody can be told, nobody is left to tell.
        let _ = writeln!(self.stderr, "{text}");
    }

    /// A question without a line's end, for an answer beside it.
    pub(super) fn ask(&mut self, text: &str) {
        self.finish_progress();
        let _ = write!(self.stderr, "{text}").and_then(|()| self.stderr.flush());
    }

    /// Progress in place of the one before; nothing where nobody watches.
    pub(super) fn progress(&mut self, text: &str) {
        if self.watched {
            let _ = write!(self.stderr, "\r\u{1b}[K{text}").and_then(|()| self.stderr.flush());
            self.pending = true;
        }
    }

    fn finish_progress(&mut self) {
        if self.pending {
            self.pending = false;
            let _ = write!(self.stderr, "\r\u{1b}[K");
        }
    }
}

fn failed(error: io::Error) -> Fault {
    Fault::of_io("输出结果", error)
}
