//! The child under `strace`, which kills it, or lets it fail, at a given system call after it is ready.

use crate::store::fault::Fault;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// The calls that a full or failing disk can refuse.
const FILE_CALLS: &str = "openat,read,write,pread64,pwrite64,fsync,fdatasync,ftruncate,lseek,newfstatat,fstat,\
                          statx,unlink,getdents64,fcntl,mkdir";

/// A system call: its name, and how many of that name the child made since it was ready. strace counts by name.
pub(super) type Nth = (String, u32);

/// What is done to the child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Blow {
    /// Nothing: it is only watched.
    None,
    /// `kill -9` as it enters this call.
    Kill(Nth),
    /// This call fails so.
    Fail(Nth, &'static str),
}

/// The calls that strace wrote down, in order.
pub(super) fn calls<'a>(log: impl Iterator<Item = &'a str>) -> Vec<Nth> {
    let mut counts: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    let names = log.filter_map(|line| line.split_once('(').map(|(name, _)| name));
    names
        .filter(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        .map(|name| {
            let count = counts.entry(name.to_owned()).or_default();
            *count += 1;
            (name.to_owned(), *count)
        })
        .collect()
}

/// What the child said and how it ended.
#[derive(Debug, Default)]
pub(super) struct Ended {
    /// Its lines after it was ready.
    pub(super) lines: Vec<String>,
    /// Its status; none where it was killed.
    pub(super) code: Option<i32>,
    /// What strace wrote down.
    pub(super) log: String,
}

/// Whether strace is there; else why not.
pub(super) fn missing() -> Option<String> {
    let asked = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match asked {
        Ok(status) if status.success() => None,
        _ => Some("本机没有 strace（Linux 上安装 strace 后再做）".to_owned()),
    }
}

/// Runs the child under a blow.
///
/// # Errors
/// The machine's; strace may not trace here; the child does not end.
pub(super) fn run(program: &Path, root: &Path, lie: bool, blow: &Blow) -> Result<Ended, Fault> {
    let io = |error| Fault::of_io("启动总检的办公桌", error);
    let mut command = Command::new(program);
    command.arg("sweep-commit").arg(root).arg("1");
    if lie {
        command.arg("--lie");
    }
    let child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(io)?;
    let mut child = Held(child);
    let out = child.0.stdout.take().ok_or_else(|| Fault::bug("没有总检的输出"))?;
    let mut out = BufReader::new(out);
    let mut line = String::new();
    out.read_line(&mut line).map_err(io)?;
    if line != "ready\n" {
        return Err(Fault::bug("总检的办公桌没有打开"));
    }
    let log = root.join("strace");
    let mut tracer = Command::new("strace");
    tracer.arg("-p").arg(child.0.id().to_string()).arg("-o").arg(&log);
    match blow {
        Blow::None => tracer.arg("-e").arg("trace=all"),
        Blow::Kill((name, nth)) => tracer
            .arg("-e")
            .arg(format!("trace={name}"))
            .arg("-e")
            .arg(format!("inject={name}:signal=KILL:when={nth}")),
        Blow::Fail((name, nth), error) => tracer
            .arg("-e")
            .arg(format!("trace={name}"))
            .arg("-e")
            .arg(format!("inject={name}:error={error}:when={nth}")),
    };
    let mut tracer =
        Held(tracer.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(io)?);
    let since = Instant::now();
    while !is_traced(child.0.id()) {
        if let Ok(Some(_)) = tracer.0.try_wait() {
            let mut said = String::new();
            if let Some(mut stderr) = tracer.0.stderr.take() {
                // What it said is only for the sentence.
                let _ = stderr.read_to_string(&mut said);
            }
            return Err(Fault::bug(format!(
                "strace 不能跟踪进程：{}",
                said.lines().next().unwrap_or_default()
            )));
        }
        if since.elapsed() > PATIENCE {
            return Err(Fault::busy("strace 没有应答"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    if let Some(stdin) = child.0.stdin.as_mut() {
        // One that is dead already is seen below.
        let _ = stdin.write_all(b"go\n");
    }
    let (to, from) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let lines: Vec<String> = out.lines().map_while(Result::ok).collect();
        // Whoever no longer listens has given up.
        let _ = to.send(lines);
    });
    let lines = from.recv_timeout(PATIENCE).map_err(|_| Fault::busy(format!("总检的办公桌停在 {blow:?}")))?;
    let code = child.0.wait().map_err(io)?.code();
    // It ends with the child.
    let _ = tracer.0.wait();
    let log = std::fs::read_to_string(&log).unwrap_or_default();
    Ok(Ended { lines, code, log })
}

/// Whether somebody traces a process.
fn is_traced(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/status")).is_ok_and(|status| {
        let tracer = status.lines().find_map(|line| line.strip_prefix("TracerPid:"));
        tracer.is_some_and(|pid| pid.trim() != "0")
    })
}

/// A process that does not outlive its owner.
struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        // One that has ended is only waited for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether a full or failing disk can refuse a call.
pub(super) fn is_of_files(name: &str) -> bool {
    FILE_CALLS.split(',').any(|known| known == name)
}
