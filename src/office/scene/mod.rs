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

use stage::Build;

/// A file of stories, played to its end or to the first line that does not hold.
///
/// # Errors
/// The line, what was expected and what was, as text.
pub fn play_text(text: &str, build: &Build<'_>) -> Result<Vec<(String, Played)>, String> {
    let stories = stories(text).map_err(|unreadable| unreadable.to_string())?;
    if stories.is_empty() {
        return Err("文件里没有故事".to_owned());
    }
    let mut played = Vec::new();
    for story in &stories {
        let result = play(story, build).map_err(|broken| {
            let title = if story.title.is_empty() { String::new() } else { format!("「{}」", story.title) };
            format!("{title}{broken}")
        })?;
        played.push((story.title.clone(), result));
    }
    Ok(played)
}
