//! What happens to a shared folder in a story, from outside: its log file stops answering, somebody holds a turn.

use super::terminal::Failure;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Opening a pipe for writing must not wait for a reader.
#[cfg(target_os = "linux")]
const NONBLOCK: i32 = 0o4000;

/// Does a step.
pub fn act(verb: &str, folder: &Path, rest: &str) -> Result<(), Failure> {
    let done = match verb {
        "hang" => hang(folder),
        "answer" => answer(folder),
        "turn" => turn(folder, rest),
        _ => turn_ends(folder),
    };
    done.map_err(|error| Failure(format!("{}: {error}", folder.display())))
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn lacks(what: &str) -> std::io::Error {
    std::io::Error::other(format!("there is no {what}"))
}

fn live(folder: &Path) -> std::io::Result<PathBuf> {
    let logs = names(folder)?.into_iter().filter(|name| name.starts_with("log.") && name.ends_with(".db"));
    Ok(folder.join(logs.max().ok_or_else(|| lacks("log file"))?))
}

fn kept(file: &Path) -> PathBuf {
    file.with_extension("kept")
}

/// A pipe without a writer in place of the log file: opening it waits for ever, as on a drive that hangs.
fn hang(folder: &Path) -> std::io::Result<()> {
    let file = live(folder)?;
    let pipe = file.with_extension("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status()?;
    if !made.success() {
        return Err(lacks("mkfifo"));
    }
    fs::rename(&file, kept(&file))?;
    fs::rename(&pipe, &file)
}

fn answer(folder: &Path) -> std::io::Result<()> {
    let file = live(folder)?;
    let pipe = file.with_extension("pipe");
    fs::rename(&file, &pipe)?;
    fs::rename(kept(&file), &file)?;
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // Whoever waits in the pipe gets an empty file for once. An error says that nobody does.
        drop(OpenOptions::new().write(true).custom_flags(NONBLOCK).open(&pipe));
    }
    fs::remove_file(pipe)
}

fn last_turn(folder: &Path) -> std::io::Result<(String, u64)> {
    let turns = names(&folder.join("turns"))?;
    let split = |name: &String| {
        let mut parts = name.split('.');
        Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?))
    };
    turns.iter().filter_map(split).max().ok_or_else(|| lacks("turn"))
}

fn turn(folder: &Path, officer: &str) -> std::io::Result<()> {
    let (file, last) = last_turn(folder)?;
    let path = folder.join("turns").join(format!("{file}.{:06}", last + 1));
    // The protocol's own step: a name is taken once.
    drop(OpenOptions::new().write(true).create_new(true).open(&path)?);
    fs::write(path, format!("jiuji-turn 1\nnonce 00ff\ndesk 0202020202020202\nofficer {officer}\nend\n"))
}

fn turn_ends(folder: &Path) -> std::io::Result<()> {
    let (file, last) = last_turn(folder)?;
    fs::write(folder.join("turns").join(format!("{file}.{last:06}.end")), "released 00ff\n")
}
