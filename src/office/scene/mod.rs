//! Scenes (故事): a story in a text file that a civil-affairs officer can read, played in a scratch office: given, as
//! somebody, does something, expects or refuses. The runner knows an office through [`stage::Stage`] alone; it never
//! decides a rule, and an expectation is compared with what the office answers.

pub mod cast;
mod engine_stage;
mod expect;
mod forged;
mod help;
mod memory_stage;

mod names;
mod parse;
mod run;
pub mod stage;
mod values;
mod words;

pub use engine_stage::EngineStage;
pub use help::help;
pub use memory_stage::MemoryStage;

pub use parse::{Story, Unreadable, stories};
pub use run::{Broken, Played, play};

use crate::base::stamp::Stamp;
use stage::{Build, Stage};
use std::path::Path;

/// A scratch office on the real engine, for [`play`] and [`play_file`].
///
/// # Errors
/// The machine's.
pub fn on_engine(now: Stamp) -> Result<Box<dyn Stage>, String> {
    EngineStage::found(now).map(|stage| Box::new(stage) as Box<dyn Stage>)
}

/// Plays every story of a file, each in an office of its own. Answers how many held.
///
/// # Errors
/// What does not hold, one text for each story: file and line, the line, what was expected and what was; or why the file
/// cannot be read.
pub fn play_file(path: &Path, build: &Build<'_>) -> Result<usize, Vec<String>> {
    let file = path.display();
    let bytes = std::fs::read(path)
        .map_err(|error| vec![format!("{file}：打不开这个文件（{error}），请核对路径。")])?;
    let text = String::from_utf8(bytes)
        .map_err(|_| vec![format!("{file}：不是 UTF-8 文字，请在记事本中另存为 UTF-8。")])?;
    let stories =
        stories(&text).map_err(|bad| vec![format!("{file}:{} {}\n    {}", bad.no, bad.why, bad.raw)])?;
    if stories.is_empty() {
        return Err(vec![format!("{file}：文件里没有故事，写法见 jiuji scene --help。")]);
    }
    let broken: Vec<String> = stories
        .iter()
        .filter_map(|story| play(story, build).err().map(|broken| (story, broken)))
        .map(|(story, broken)| {
            let title = if story.title.is_empty() { String::new() } else { format!("「{}」", story.title) };
            format!("{file}:{}{title} {broken}", broken.no)
        })
        .collect();
    if broken.is_empty() { Ok(stories.len()) } else { Err(broken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> Broken {
        let build = |now| MemoryStage::found(now).map(|stage| Box::new(stage) as Box<dyn Stage>);
        let story = stories(text).unwrap().remove(0);
        play(&story, &build).unwrap_err()
    }

    const GIVEN: &str = "today 2026-03-02\nperson A 张三 211321196804120012 波罗赤镇 低保\nas w1\n";

    #[test]
    fn a_refusal_that_nobody_expects_breaks_at_its_own_line() {
        let told = broken(&format!("{GIVEN}case C1 person=A amount=0.00\nexpect case C1 在办\n"));
        assert_eq!((told.no, told.expected.as_str()), (5, "上一行办成"));
        let told = broken(&format!("{GIVEN}case C1 person=A amount=0.00\nas w1\n"));
        assert_eq!((told.no, told.expected.as_str()), (4, "办成"));
        assert!(told.was.contains("E-AMOUNT"), "{told}");
        let told = broken(&format!("{GIVEN}case C1 person=A amount=0.00\n"));
        assert_eq!(told.no, 4, "also as the last line");
    }

    #[test]
    fn what_was_expected_and_what_was_are_told() {
        let told = broken(&format!("{GIVEN}case C1 person=A amount=450.00\nrefuse E-TIER-AUTH\n"));
        assert_eq!(
            (told.no, told.expected.as_str(), told.was.as_str()),
            (5, "未办成：E-TIER-AUTH", "办成，没有提示")
        );
        let told = broken(&format!("{GIVEN}case C1 person=A amount=0.00\nrefuse E-AMOUNT \"别的话\"\n"));
        assert!(told.expected.contains("别的话") && told.was.contains("0.01"), "{told}");
        let told =
            broken(&format!("{GIVEN}case C1 person=A amount=450.00\nexpect case C1 在办 asked=450.01\n"));
        assert!(told.was.contains("申请450.00"), "{told}");
        let told = broken(&format!(
            "{GIVEN}case C1 person=A amount=450.00\nmisses E-AMOUNT by 0.01\nnote W-CLOCK\n"
        ));
        assert_eq!(told.no, 6, "{told}");
        let told = broken(&format!("{GIVEN}case C1 person=A amount=450.00\nexpect no case C1 在办\n"));
        assert!(told.expected.starts_with("没有"), "{told}");
    }

    #[test]
    fn a_refusal_with_one_code_too_many_is_another_story() {
        let text =
            format!("{GIVEN}case C1 person=A amount=400.00\nsubmit C1\napprove C1\nrefuse E-SOD-SAME\n");
        assert_eq!(broken(&text).expected, "没有 E-ROLE");
    }

    #[test]
    fn what_may_stand_there_is_told() {
        let told = broken(&format!("{GIVEN}case C1 person=A colour=red\n"));
        assert!(told.expected.contains("severity="), "{told}");
        assert!(broken(&format!("{GIVEN}cose C1\n")).expected.contains("case"));
        assert!(broken(&format!("{GIVEN}case C1 person=B\n")).expected.contains("有：A"));
        assert!(broken(&format!("{GIVEN}case C1 person=A category=9\n")).expected.contains("1突发事件"));
        assert!(broken("as w1\n").expected.contains("today"));
    }
}
