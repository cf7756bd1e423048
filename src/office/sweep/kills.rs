//! The layer of kills: a county on a local folder, several desks as real processes, `kill -9` at seeded moments, each desk
//! started again at once; then every promise that a desk was given is compared with what is there.

use super::acts;
use super::books::Books;
use super::claims::Claims;
use super::rng::Rng;
use super::station::{folder_of, keys_path, share_of};
use super::{Order, Report, Size};
use crate::domain::command::kernel::NewKey;
use crate::domain::pack::CY_2021_15;
use crate::ledger::CountyId;
use crate::ledger::wrap::Keys;
use crate::office::setup::{self, MadeKey, NewOfficer};
use crate::office::{place, random};
use crate::store::fault::Fault;
use crate::store::share;
use crate::store::share::host::RealHost;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a desk may take to be ready, longer than a dead turn stands.
const PATIENCE: Duration = Duration::from_secs(180);

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

struct Killing<'a> {
    root: PathBuf,
    program: PathBuf,
    rng: Rng,
    seed: u64,
    runs: u64,
    to: Sender<Said>,
    from: Receiver<Said>,
    /// The shared folder as each desk sees it.
    shares: Vec<PathBuf>,
    running: Vec<Option<Running>>,
    claims: Vec<Claims>,
    told: &'a mut dyn FnMut(&str),
}

/// Runs the layer in a folder.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let (desks, kills) = match order.size {
        Size::Small => (3, 40),
        Size::Full => (8, 500),
        Size::Release => (8, 12_000),
    };
    let (desks, kills) = (order.desks.unwrap_or(desks), order.kills.unwrap_or(kills));
    found(root)?;
    let (to, from) = channel();
    let mut killing = Killing {
        root: root.to_owned(),
        program: order.program,
        rng: Rng::new(order.seed),
        seed: order.seed,
        runs: 0,
        to,
        from,
        shares: (0..desks).map(|_| share_of(root)).collect(),
        running: (0..desks).map(|_| None).collect(),
        claims: (0..desks).map(|_| Claims::default()).collect(),
        told: order.told,
    };
    let began = Instant::now();
    let early = killing.kill(kills)?;
    let took = began.elapsed();
    killing.drain()?;
    let mut report = Report::default();
    report.lines.push(format!(
        "{desks} 台，强杀 {kills} 次，用时 {:.1} 秒；其中 {early} 次在开机过程中",
        took.as_secs_f64()
    ));
    Books::open(root, desks)?.check(&killing.claims, took, &mut report)?;
    Ok(report)
}

/// Founds the county and hands the keys over in a file.
pub(super) fn found(root: &Path) -> Result<(), Fault> {
    let (share, own) = (share_of(root), folder_of(root, 0));
    let county = CountyId(random::bytes()?);
    share::found(&share, county, &place::workshop(&own), &mut RealHost::default())?;
    let mut opened = place::open_desk(&own, &share, county)?;
    let year = crate::base::day::Stamp(chrono::Utc::now().timestamp_millis()).day().year();
    let mut lines = format!("county {county}\n");
    let mut made = Vec::new();
    for officer in acts::officers() {
        let (sign, open): ([u8; 32], [u8; 32]) = (random::bytes()?, random::bytes()?);
        lines.push_str(&format!("{} {} {}\n", officer.no, hex::encode(sign), hex::encode(open)));
        let keys = Keys::from_seeds(&sign, &open);
        let public = NewKey {
            sign: keys.signing.public().to_string(),
            seal: hex::encode(keys.opening.public()),
            wrap: String::new(),
        };
        made.push((officer, MadeKey { keys, public }));
    }
    std::fs::write(keys_path(root), lines).map_err(|error| Fault::of_io("写总检密钥", error))?;
    let (founder, key) = made.remove(0);
    let admin = setup::found(&mut opened.desk, "211321", true, &founder, key, CY_2021_15, year)?;
    let enrolled: Vec<(NewOfficer, NewKey)> =
        made.into_iter().map(|(officer, key)| (officer, key.public)).collect();
    setup::enrol(&mut opened.desk, &admin, &enrolled)
}

impl Killing<'_> {
    fn start(&mut self, desk: usize, drain: bool) -> Result<(), Fault> {
        self.runs += 1;
        let mut command = Command::new(&self.program);
        command
            .arg("sweep-desk")
            .arg(&self.root)
            .arg((desk + 1).to_string())
            .arg((self.seed ^ self.runs.wrapping_mul(0x9E37_79B9)).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Some(share) = self.shares.get(desk) {
            command.arg("--share").arg(share);
        }
        if drain {
            command.arg("--drain");
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

    /// Kills so many times. Answers how many fell before the desk was ready.
    fn kill(&mut self, kills: u32) -> Result<u32, Fault> {
        for desk in 0..self.running.len() {
            self.start(desk, false)?;
        }
        let mut early = 0;
        for at in 0..kills {
            let moment = Duration::from_millis(self.rng.between(50, 400));
            self.listen(moment, |_| false)?;
            // A third of them whichever it is, the others one that works.
            let any = self.rng.below(3) == 0;
            if !any {
                self.listen(PATIENCE, |killing| {
                    (0..killing.running.len()).any(|desk| killing.is_ready(desk))
                })?;
            }
            let desks = (0..self.running.len()).filter(|desk| any || self.is_ready(*desk));
            let desks: Vec<usize> = desks.collect();
            let place = usize::try_from(self.rng.below(desks.len() as u64)).unwrap_or(0);
            let Some(desk) = desks.get(place).copied() else {
                return Err(Fault::busy("总检的办公桌没有打开"));
            };
            early += u32::from(!self.is_ready(desk));
            self.strike(desk)?;
            self.start(desk, false)?;
            (self.told)(&format!("强杀 {}/{kills}", at + 1));
        }
        for desk in 0..self.running.len() {
            self.strike(desk)?;
        }
        Ok(early)
    }

    fn is_ready(&self, desk: usize) -> bool {
        self.running.get(desk).and_then(Option::as_ref).is_some_and(|running| running.ready)
    }

    fn is_gone(&self, desk: usize) -> bool {
        self.running.get(desk).is_none_or(Option::is_none)
    }

    /// Hears what the desks say for so long, or until it is enough.
    fn listen(&mut self, time: Duration, enough: impl Fn(&Self) -> bool) -> Result<(), Fault> {
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
    fn strike(&mut self, desk: usize) -> Result<(), Fault> {
        if let Some(Some(running)) = self.running.get_mut(desk) {
            // One that has ended by itself is heard of below.
            let _ = running.child.kill();
        }
        self.listen(PATIENCE, |killing| killing.is_gone(desk))
    }

    /// Lets each desk carry what waits, unharmed.
    fn drain(&mut self) -> Result<(), Fault> {
        (self.told)("送出待发的指令");
        for desk in 0..self.running.len() {
            self.start(desk, true)?;
        }
        self.listen(PATIENCE, |killing| (0..killing.running.len()).all(|desk| killing.is_gone(desk)))?;
        for (desk, claims) in self.claims.iter_mut().enumerate() {
            if !claims.drained {
                claims.broken.push(format!("办公桌 {} 的待发指令没有送完", desk + 1));
            }
        }
        Ok(())
    }
}

impl Drop for Killing<'_> {
    fn drop(&mut self) {
        for running in self.running.iter_mut().flatten() {
            // Whatever ended it, no desk is left behind.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}
