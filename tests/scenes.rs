//! Every story of `tests/scenes` holds, on the real engine and in memory alike, and every code of the groups that this
//! version speaks is met in one story and missed, by a fen, a day or a person, in another.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use jiuji::base::stamp::Stamp;
use jiuji::domain::catalogue::facts::FACTS;
use jiuji::domain::catalogue::verbs;
use jiuji::domain::code::{Code, Group};
use jiuji::domain::command::Command;
use jiuji::office::scene::stage::Stage;
use jiuji::office::scene::{MemoryStage, Played, Story, on_engine, play, stories};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Groups whose codes are met and missed, every one.
const GROUPS: [Group; 10] = [
    Group::Amount,
    Group::Tier,
    Group::Split,
    Group::OnceAYear,
    Group::Emergency,
    Group::Duties,
    Group::Funds,
    Group::Identity,
    Group::Dates,
    Group::Goods,
];

/// Every story starts in a county that is founded already.
const FOUNDED: &str = "county-founded";

/// Whether the rule of a command that this version carries out may speak a code. Codes of the record itself are left out:
/// no story can sign badly, the tests of the ledger do.
fn spoken(code: Code) -> bool {
    code.group() != Group::Record && verbs::all().any(|verb| verb.real && verb.speaks(code))
}

struct Told {
    file: String,
    story: Story,
}

fn all() -> Vec<Told> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenes");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "scene"))
        .collect();
    files.sort();
    assert!(files.len() > 15, "the stories are gone");
    let mut told = Vec::new();
    for path in files {
        let file = format!("tests/scenes/{}", path.file_name().unwrap().to_string_lossy());
        let text = std::fs::read_to_string(&path).unwrap();
        for story in stories(&text).unwrap_or_else(|why| panic!("{file} {why}")) {
            told.push(Told { file: file.clone(), story });
        }
    }
    told
}

fn memory(now: Stamp) -> Result<Box<dyn Stage>, String> {
    MemoryStage::found(now).map(|stage| Box::new(stage) as Box<dyn Stage>)
}

/// Plays all stories, several at once; prints what does not hold.
fn play_all(build: &(dyn Fn(Stamp) -> Result<Box<dyn Stage>, String> + Sync)) -> Vec<(String, Played)> {
    let told = all();
    let (next, held, broken) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from).max(2) * 2;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(Told { file, story }) = told.get(next.fetch_add(1, Ordering::SeqCst)) {
                    match play(story, build) {
                        Ok(played) => held.lock().unwrap().push((file.clone(), played)),
                        Err(why) => {
                            let line = format!("{file}:{}「{}」\n{why}", why.no, story.title);
                            broken.lock().unwrap().push(line);
                        }
                    }
                }
            });
        }
    });
    let mut broken = broken.into_inner().unwrap();
    broken.sort();
    assert!(
        broken.is_empty(),
        "{} of {} stories do not hold:\n{}",
        broken.len(),
        told.len(),
        broken.join("\n")
    );
    held.into_inner().unwrap()
}

#[test]
fn every_story_holds_on_the_real_engine() {
    play_all(&on_engine);
}

#[test]
fn every_story_holds_in_memory_and_covers_the_codes() {
    let played = play_all(&memory);
    let mut met: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    let mut missed: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    let (mut verbs, mut facts) = (BTreeSet::new(), BTreeSet::new());
    for (file, played) in &played {
        for (code, line) in &played.met {
            met.entry(*code).or_default().push(format!("{file}:{line}"));
        }
        for (code, line, by) in &played.missed {
            missed.entry(*code).or_default().push(format!("{file}:{line} by {by}"));
        }
        verbs.extend(played.verbs.iter().copied());
        facts.extend(played.facts.iter().cloned());
    }
    let listed: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| GROUPS.contains(&code.group()) || spoken(*code)).collect();
    let first = |of: &BTreeMap<Code, Vec<String>>, code: &Code| {
        of.get(code).and_then(|places| places.first().cloned()).unwrap_or("-".to_owned())
    };
    println!("{:<20} {:<40} missed", "code", "met");
    for code in &listed {
        println!("{:<20} {:<40} {}", code.text(), first(&met, code), first(&missed, code));
    }
    // State, Unknown and Duplicate have no figure to miss by; their neighbour is every line that is allowed.
    let no_figure = [Code::State, Code::Unknown, Code::Duplicate];
    let not_met: Vec<&Code> = listed.iter().filter(|code| !met.contains_key(code)).collect();
    let not_missed: Vec<&Code> =
        listed.iter().filter(|code| !missed.contains_key(code) && !no_figure.contains(code)).collect();
    println!(
        "{} stories; {} codes listed, {} met, {} missed; {} have no figure to miss by",
        played.len(),
        listed.len(),
        listed.len() - not_met.len(),
        listed.iter().filter(|code| missed.contains_key(code)).count(),
        listed.iter().filter(|code| no_figure.contains(code) && !missed.contains_key(code)).count()
    );
    assert!(not_met.is_empty(), "codes that no story meets: {not_met:?}");
    assert!(not_missed.is_empty(), "codes that no story misses by little: {not_missed:?}");
    let unsaid: Vec<&str> =
        Command::VERBS.iter().map(|(verb, _)| *verb).filter(|verb| !verbs.contains(verb)).collect();
    assert!(unsaid.is_empty(), "commands that no story gives: {unsaid:?}");
    let untold: Vec<&str> = FACTS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !facts.contains(*name) && *name != FOUNDED)
        .collect();
    assert!(untold.is_empty(), "facts that no story makes true: {untold:?}");
}
