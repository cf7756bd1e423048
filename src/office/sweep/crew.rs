//! The crew of a sweep (班组): its desks as real processes, started, listened to and killed; what they said is kept as
//! their claims.

use super::claims::Claims;
use crate::store::fault::Fault;
use std::io::{BufRead as _, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a desk may take to be ready or to end, longer than a dead turn stands.
pub(super) const PATIENCE: Duration = Duration::from_secs(180);

/// How long a killed desk may take to end: a call of the system may hang until the client gives up a dead server.
const DYING: Duration = Duration::from_secs(600);

/// What a desk is started for.
#[derive(Clone, Copy)]
pub(super) enum Task {
    /// To work until it is killed.
    Work,
    /// To carry what waits, and end.
    Drain,
    /// To work so long on a drive that may fail, then to carry what waits, and end.
    Shift(Duration),
}

/// What a desk said; `None` once its output ended.
struct Said {
    desk: usize,
    line: Option<String>,
}

/// A desk as a process.
struct Running {
    child: Child,
    ready: bool,
}

/// The crew.
pub(super) struct Crew {
    root: PathBuf,
    program: PathBuf,
    seed: u64,
    runs: u64,
    to: Sender<Said>,
    from: Receiver<Said>,
    running: Vec<Option<Running>>,
    /// What each desk was told.
    pub(super) claims: Vec<Claims>,
}

impl Crew {
    /// A crew of so many desks over a founded ground, nobody at work yet.
    pub(super) fn new(root: &Path, desks: u8, program: PathBuf, seed: u64) -> Crew {
        let (to, from) = channel();
        let running = (0..desks).map(|_| None).collect();
        let claims = (0..desks).map(|_| Claims::default()).collect();
        Crew { root: root.to_owned(), program, seed, runs: 0, to, from, running, claims }
    }

    /// The desks, by their place in the crew.
    pub(super) fn desks(&self) -> Range<usize> {
        0..self.running.len()
    }

    /// Starts every desk for the same.
    ///
    /// # Errors
    /// As [`Crew::start`].
    pub(super) fn start_all(&mut self, task: Task) -> Result<(), Fault> {
        self.desks().try_for_each(|desk| self.start(desk, task))
    }

    /// Starts a desk.
    ///
    /// # Errors
    /// The system gives no process or thread.
    pub(super) fn start(&mut self, desk: usize, task: Task) -> Result<(), Fault> {
        self.runs += 1;
        let mut command = Command::new(&self.program);
        command
            .arg("sweep-desk")
            .arg(&self.root)
            .arg((desk + 1).to_string())
            .arg((self.seed ^ self.runs.wrapping_mul(0x9E37_79B9)).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        match task {
            Task::Work => {}
            Task::Drain => {
                command.arg("--drain");
            }
            Task::Shift(time) => {
                command.arg("--shift").arg(time.as_millis().to_string());
            }
        }
        let io = |error| Fault::of_io("启动总检的办公桌", error);
        let mut child = command.spawn().map_err(io)?;
        let out = child.stdout.take().ok_or_else(|| Fault::bug("没有总检的输出"))?;
        let to = self.to.clone();
        let read = move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if to.send(Said { desk, line: Some(line) }).is_err() {
                    return;
                }
            }
            // Whoever no longer listens has ended.
            let _ = to.send(Said { desk, line: None });
        };
        std::thread::Builder::new().name("listen".into()).spawn(read).map_err(io)?;
        if let Some(slot) = self.running.get_mut(desk) {
            *slot = Some(Running { child, ready: false });
        }
        Ok(())
    }

    /// Whether a desk said that it is open.
    pub(super) fn is_ready(&self, desk: usize) -> bool {
        self.running.get(desk).and_then(Option::as_ref).is_some_and(|running| running.ready)
    }

    /// Whether a desk has ended.
    pub(super) fn is_gone(&self, desk: usize) -> bool {
        self.running.get(desk).is_none_or(Option::is_none)
    }

    /// Whether every desk has.
    pub(super) fn are_gone(&self) -> bool {
        self.running.iter().all(Option::is_none)
    }

    /// Hears what the desks say for so long, or until it is enough.
    ///
    /// # Errors
    /// The system cannot say how a desk ended.
    pub(super) fn listen(&mut self, time: Duration, enough: impl Fn(&Self) -> bool) -> Result<(), Fault> {
        let until = Instant::now() + time;
        while !enough(self) {
            match self.from.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(said) => self.hear(said)?,
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::bug("没有总检的输出")),
            }
        }
        Ok(())
    }

    fn hear(&mut self, said: Said) -> Result<(), Fault> {
        let (Some(claims), Some(slot)) = (self.claims.get_mut(said.desk), self.running.get_mut(said.desk))
        else {
            return Ok(());
        };
        match said.line {
            Some(line) => {
                if claims.hear(&line)
                    && let Some(running) = slot
                {
                    running.ready = true;
                }
            }
            None => {
                if let Some(mut running) = slot.take() {
                    let status = running.child.wait().map_err(|error| Fault::of_io("总检的办公桌", error))?;
                    // Without a code it was killed, which is what it is for.
                    if let Some(code) = status.code().filter(|code| *code != 0) {
                        claims.broken.push(format!("办公桌 {} 自己停了（状态 {code}）", said.desk + 1));
                    }
                }
            }
        }
        Ok(())
    }

    /// `kill -9`, and everything it said before.
    ///
    /// # Errors
    /// As [`Crew::listen`].
    pub(super) fn strike(&mut self, desk: usize) -> Result<(), Fault> {
        if let Some(Some(running)) = self.running.get_mut(desk) {
            // One that has ended by itself is heard of below.
            let _ = running.child.kill();
        }
        self.listen(DYING, |crew| crew.is_gone(desk))?;
        if self.is_gone(desk) {
            Ok(())
        } else {
            Err(Fault::busy("强杀的办公桌没有停下，共享盘可能挂起"))
        }
    }

    /// Waits until every desk has ended by itself, and notes those that did not get everything carried.
    ///
    /// # Errors
    /// As [`Crew::listen`].
    pub(super) fn await_drained(&mut self, patience: Duration) -> Result<(), Fault> {
        self.listen(patience, Crew::are_gone)?;
        for (desk, claims) in self.claims.iter_mut().enumerate() {
            if !claims.drained {
                claims.broken.push(format!("办公桌 {} 的待发指令没有送完", desk + 1));
            }
        }
        Ok(())
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        for running in self.running.iter_mut().flatten() {
            // Whatever ended it, no desk is left behind.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}
