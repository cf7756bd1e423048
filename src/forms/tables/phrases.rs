//! Phrases (常用语) for the reason of a case: a data file, by circumstance, with blanks `__` to be filled.
//!
//! An office has its own beside its settings (see [`super::sayings`]); these are what a new office begins with. They name no disease and no person.

use serde::Deserialize;

use crate::forms::answers::Answers;
use crate::forms::field::{Context, Offer};

const EMBEDDED: &str = include_str!("phrases.toml");

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Phrase {
    /// Circumstance 1 to 8 it belongs to.
    pub circumstance: u8,
    /// The text, with `__` where something is to be filled in.
    pub text: String,
}

#[derive(Deserialize)]
struct File {
    phrase: Vec<Phrase>,
}

/// Reads phrases from TOML.
pub fn read(toml_text: &str) -> Result<Vec<Phrase>, toml::de::Error> {
    toml::from_str::<File>(toml_text).map(|file| file.phrase)
}

/// The phrases that come with the program.
pub fn embedded() -> Vec<Phrase> {
    read(EMBEDDED).unwrap_or_default()
}

/// Phrases for the circumstance in `answers` first, in the file's order; all where none is chosen.
pub fn offers(answers: &Answers, _: &Context) -> Vec<Offer> {
    let chosen: Option<u8> = answers.text("circumstance").parse().ok();
    let fits = |phrase: &Phrase| chosen.is_none_or(|circumstance| circumstance == phrase.circumstance);
    super::sayings::reasons()
        .into_iter()
        .filter(fits)
        .map(|phrase| Offer::new(phrase.text.clone(), phrase.text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_circumstance_has_phrases_and_begins_with_one_without_blanks() {
        let all = read(EMBEDDED).unwrap();
        assert!(all.len() >= 40, "{}", all.len());
        for circumstance in 1..=8 {
            let own: Vec<&Phrase> = all.iter().filter(|phrase| phrase.circumstance == circumstance).collect();
            assert!(
                (4..=9).contains(&own.len()),
                "circumstance {circumstance}: nine digits pick at most nine"
            );
            assert!(!own[0].text.contains("__"), "the first phrase is picked with two keys");
        }
    }

    #[test]
    fn a_broken_file_is_an_error() {
        assert!(read("phrase = 3").is_err());
    }
}
