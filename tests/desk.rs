//! Desks at work: the real program in pseudo-terminals, driven by the stories of `tests/desk/`.
//!
//! The terminal and the story language are tested here too, on one-line shell programs whose output is known.

#![allow(clippy::expect_used, clippy::panic, reason = "a test reports by panicking")]

mod support;

use jiuji::base::day::Day;
use jiuji::office::place::machine_clock;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::key::Key;
use support::practices::Practices;
use support::story::{Story, days_until};
use support::terminal::{Cursor, Ended, Failure, Launch, Terminal};

const LIMIT: Duration = Duration::from_secs(10);

fn shots() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("shots")
}

/// Several stories at once: most of their time is a person's or a drive's. Not all of them: a program that waits long for
/// a processor reads keys together that a person types one by one.
#[test]
fn every_story_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk");
    let mut stories: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("tests/desk is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "story"))
        .collect();
    stories.sort();
    // While one is being written it is run alone.
    if let Ok(one) = std::env::var("JIUJI_STORY") {
        stories.retain(|path| path.file_stem().is_some_and(|stem| stem.to_string_lossy() == one));
    }
    assert!(!stories.is_empty(), "no story in {}", folder.display());
    // The longest first, so that none of them is left running alone at the end.
    let read = |path: &PathBuf| (path.clone(), std::fs::read_to_string(path).expect("a story is UTF-8"));
    let mut stories: Vec<(PathBuf, String)> = stories.iter().map(read).collect();
    stories.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    // On another day of the year than today.
    let later = std::env::var("JIUJI_STORY_DAY").map_or(0, |day| {
        days_until(machine_clock()().day(), &day).expect("JIUJI_STORY_DAY is like 12-30 or 2027-02-27")
    });
    let practices = Arc::new(Practices::new().expect("a folder for practice offices"));
    let tell = |(path, text): &(PathBuf, String)| {
        let name = format!("tests/desk/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let story = Story::new(env!("CARGO_BIN_EXE_jiuji"), &shots())?;
        story.in_practice(&practices, later).tell(&name, text)
    };
    let at_once = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(story) = stories.get(next.fetch_add(1, Ordering::SeqCst)) {
                    if let Err(failure) = tell(story) {
                        failed.lock().expect("nobody panicked").push(failure.to_string());
                    }
                }
            });
        }
    });
    let failed: Vec<String> = failed.into_inner().expect("nobody panicked");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// A shell line in a terminal of 40x8.
fn shell(line: &str) -> Terminal {
    let env = [("PATH", std::env::var("PATH").unwrap_or_default()), ("LANG", "C.UTF-8".to_owned())];
    let launch = Launch {
        program: "sh".into(),
        args: vec!["-c".to_owned(), line.to_owned()],
        env: env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        folder: std::env::temp_dir(),
        columns: 40,
        rows: 8,
    };
    Terminal::start(launch).expect("a shell starts")
}

fn failure<T>(result: Result<T, Failure>) -> String {
    result.err().map(|failure| failure.to_string()).expect("this must fail")
}

#[test]
fn wide_characters_and_the_cursor_stand_where_they_were_put() {
    let mut t = shell(r"printf '\033[2J\033[3;5H救急 500元\033[4;3H中'; sleep 9");
    t.wait("中", LIMIT).expect("it is drawn");
    let screen = t.screen();
    assert_eq!(screen.get(2).map(String::as_str), Some("    救急 500元"));
    assert_eq!(screen.get(3).map(String::as_str), Some("  中"));
    assert_eq!(screen.len(), 8);
    assert_eq!(t.cursor(), Cursor { row: 3, column: 4, shown: true });
    assert_eq!(t.cursor_row_text(), "  中");
    t.cursor_on("中").expect("the row of the cursor");
    t.cursor_after("  中").expect("behind the wide character");
    assert!(failure(t.cursor_on("救急")).contains("cursor in row 4 column 5"));
    assert!(failure(t.cursor_after("救")).contains("救急 500元"));
}

#[test]
fn a_hidden_cursor_is_in_no_field() {
    let mut t = shell(r"printf '[ab\033[?25l'; sleep 9");
    t.wait("[ab", LIMIT).expect("it is drawn");
    assert!(!t.cursor().shown);
    assert!(failure(t.cursor_on("[ab")).contains("hidden"));
}

#[test]
fn expect_and_never_look_at_the_screen_that_is_there() {
    let mut t = shell(r"printf 'one\ntwo'; sleep 0.4; printf '\033[2Jthree'; sleep 9");
    t.wait("two", LIMIT).expect("the first screen");
    t.gone("two", LIMIT).expect("the screen was cleared");
    t.expect("three").expect("the second screen");
    t.never("one").expect("the first is gone");
    assert!(failure(t.expect("one")).contains("three"));
    assert!(failure(t.never("three")).contains("is there"));
    assert!(failure(t.gone("three", Duration::from_millis(50))).contains("still there"));
    assert!(failure(t.wait("four", Duration::from_millis(50))).contains("did not appear"));
}

#[test]
fn keys_arrive_as_a_terminal_sends_them_and_are_counted() {
    let mut t = shell("stty raw -echo; printf ready; head -c 15 | od -An -tx1 | tr -d ' \\n'; sleep 9");
    t.wait("ready", LIMIT).expect("it reads");
    for name in ["f6", "up", "enter", "ctrl-g", "esc", "7"] {
        t.key(Key::parse(name).expect("a key")).expect("it is pressed");
    }
    t.type_text("王").expect("it is typed");
    t.wait("ready1b5b31377e1b5b410d071b37e78e8b", LIMIT).expect("the bytes of the keys");
    assert_eq!(t.counts().keys, 7);
    assert_eq!(Key::parse("f13"), None);
    assert_eq!(Key::parse("ctrl-王"), None);
    assert_eq!(Key::Arrow('A').bytes(true), b"\x1bOA");
}

#[test]
fn a_burst_arrives_at_once_and_typed_keys_one_by_one() {
    let mut t = shell("stty raw -echo; printf ready; dd bs=99 count=1 2>/dev/null | wc -c; sleep 9");
    t.wait("ready", LIMIT).expect("it reads");
    t.burst("211321X").expect("it is sent");
    t.wait("ready7", LIMIT).expect("seven bytes in one read");
    assert_eq!(t.counts().keys, 7);
    // A program takes eight characters with gaps under 5 ms for a paste; typed ones must never look like that.
    let begun = Instant::now();
    t.type_text("21132119").expect("it is typed");
    assert!(begun.elapsed() >= Duration::from_millis(8 * 10), "typed within {:?}", begun.elapsed());
    assert_eq!(t.counts().keys, 15);
}

#[test]
fn what_the_program_writes_is_counted() {
    let mut t = shell("stty -echo; printf 0123456789; read x; printf abcde; sleep 9");
    t.wait("9", LIMIT).expect("it is drawn");
    let before = t.counts();
    t.key(Key::Named("enter")).expect("it is pressed");
    t.wait("abcde", LIMIT).expect("it is drawn");
    assert_eq!((before.bytes, t.counts().bytes), (10, 15));
    assert_eq!(t.counts().chunks - before.chunks, 1);
}

#[test]
fn a_new_size_reaches_the_program() {
    let mut t = shell("trap 'stty size' WINCH; printf ready; while :; do sleep 0.02; done");
    t.wait("ready", LIMIT).expect("it runs");
    t.resize(60, 20).expect("the size changes");
    t.wait("20 60", LIMIT).expect("the program was told");
    assert_eq!(t.screen().len(), 20);
}

#[test]
fn a_question_to_the_terminal_is_answered() {
    let mut t = shell(r"stty raw -echo; printf 'ab\033[6n'; head -c 6 | od -An -c; sleep 9");
    t.wait("[   1   ;   3   R", LIMIT).expect("where the cursor is");
}

#[test]
fn ends_are_told_apart_and_a_killed_program_starts_again() {
    let mut t = shell("printf bye; exit 3");
    assert_eq!(t.wait_exit(LIMIT).expect("it ends"), Ended::Status(3));
    assert!(failure(t.wait("hello", LIMIT)).contains("ended with status 3"));
    assert!(failure(t.key(Key::Char('x'))).contains("does not run"));

    let mut t = shell("printf up; exec sleep 99");
    t.wait("up", LIMIT).expect("it runs");
    assert!(failure(t.restart()).contains("runs already"));
    assert!(failure(t.wait_exit(Duration::from_millis(60))).contains("had not ended"));
    let first = t.process_id().expect("it runs");
    t.kill9().expect("it is killed");
    assert_eq!(t.process_id(), None);
    assert!(failure(t.kill9()).contains("does not run"));
    t.restart().expect("it starts again");
    t.wait("up", LIMIT).expect("it runs again");
    assert_ne!(t.process_id().expect("it runs"), first);
}

fn told(text: &str) -> Result<(), Failure> {
    Story::run("sh", &shots(), "a.story", text)
}

#[test]
fn a_story_of_two_desks_on_one_share_holds() {
    let text = r#"
# Two desks; what one writes, the other reads.
desk A start 40x8 WHO=张三 -- -c 'printf "name: "; read x; echo $WHO $x > {share}/note; echo kept {A.data}; read y; exit 4'
A wait name:
A cursor-after "name: "
A mark before
A type 李四 12
A key enter
A wait/5 kept
A expect /A/data
A keys-at-most 6 since before
A bytes-at-most 300 since before
A never {B.data}
desk B start -- -c 'cat {share}/note; stty size; printf "$HOME $TERM $TZ"; exec sleep 99'
B wait 张三 李四 12
B expect 25 80
B wait Asia/Shanghai
B expect {B.home} xterm-256color
B shot two-desks
B kill9
B start
B wait 张三 李四 12
A burst x
A key enter
A exit 4
C run 3 -- -c 'cat {share}/note; echo {not a folder} >&2; exit 3'
C said 李四 12
C said {not a folder}
C said-not 王五
"#;
    told(text).expect("the story holds");
    let shot = std::fs::read_to_string(shots().join("two-desks.txt")).expect("the screen was kept");
    assert_eq!(shot.lines().next(), Some("张三 李四 12"));
}

#[test]
fn the_day_from_which_a_story_is_told_is_the_next_of_its_name() {
    let today = Day::new(2026, 11, 28).expect("a day");
    let until = |text| days_until(today, text).ok();
    assert_eq!((until("12-14"), until("11-28"), until("11-27")), (Some(16), Some(0), Some(364)));
    assert_eq!((until("2027-02-27"), until("2026-11-01"), until("someday")), (Some(91), None, None));
}

#[test]
fn a_story_that_does_not_hold_names_its_line() {
    let start = "# A comment\n\ndesk A start -- -c 'printf ready; read x; exit 2'\nA wait ready\nA mark m\n";
    for (line, why) in [
        ("A wait/0.1 steady", "did not appear"),
        ("A expect steady", "is not there"),
        ("A never ready", "is there"),
        ("A cursor steady", "cursor is not shown on a row"),
        ("A cursor-after read", "right behind"),
        ("A key f99", "no key is called"),
        ("A exit/0.1 0", "had not ended"),
        ("A start", "runs already"),
        ("A bytes-at-most 1 since n", "no mark is called"),
        ("A dance", "no step is called"),
        ("A said x", "said:"),
        ("B wait ready", "no desk B yet"),
        ("desk A start -- -c true", "runs already"),
        ("desk B stop", "cannot be read"),
        ("B run 0 -- -c 'echo sorry; exit 1'", "sorry"),
        ("B run now", "cannot be read"),
        ("A resize small", "cannot be read"),
    ] {
        let message = failure(told(&format!("{start}{line}\n")));
        assert!(message.starts_with(&format!("a.story:6: {line}")), "{message}");
        assert!(message.contains(why), "{line}: {message}");
    }
    let message = failure(told(&format!("{start}A type 123\nA keys-at-most 2 since m\n")));
    assert!(message.contains("3 keys since m, more than 2"), "{message}");
    let message = failure(told(&format!("{start}A key enter\nA exit 0\n")));
    assert!(message.contains("status 0") && message.contains("status 2"), "{message}");
    assert!(failure(told("# nothing\n")).contains("cannot fail"));
}
