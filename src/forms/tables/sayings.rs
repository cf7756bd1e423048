//! Phrases (常用语) by the field they belong to, for what the county writes: opinions, minutes, requests to the city, what is
//! handed down. Shipped ones in a data file; an office's own `phrases.toml` takes their place, field by field. They name no
//! disease and no person.

use crate::forms::answers::Answers;
use crate::forms::field::{Context, Lookup, Offer};
use crate::forms::tables::phrases::{self, Phrase};
use serde::Deserialize;
use std::sync::OnceLock;

const EMBEDDED: &str = include_str!("sayings.toml");
/// A digit picks: so many of a field at most.
pub const MOST: usize = 9;

/// One phrase of a field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// The field, by the words of the shipped file.
    pub slot: String,
    /// The text, with `__` where something is to be filled in.
    pub text: String,
}

/// What an office's file may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Phrases of a reason, by circumstance.
    #[serde(default)]
    pub phrase: Vec<Phrase>,
    /// Phrases of the county's fields.
    #[serde(default)]
    pub saying: Vec<Saying>,
}

/// The office's own, told once when the desk starts and never changed: forms read no file.
static OFFICE: OnceLock<Book> = OnceLock::new();

/// Takes the office's own phrases; those of a circumstance or a field that it has take the place of the shipped ones.
///
/// # Errors
/// What is wrong with the file, in Chinese; then the shipped ones stay.
pub fn tell(text: &str) -> Result<(), String> {
    let book = read(text)?;
    // Told twice the first stays: a desk starts once.
    let _ = OFFICE.set(book);
    Ok(())
}

/// Reads an office's file.
///
/// # Errors
/// What is wrong with it, in Chinese.
pub fn read(text: &str) -> Result<Book, String> {
    let book: Book = toml::from_str(text).map_err(|fault| {
        let line =
            fault.span().map_or(0, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        format!("常用语文件 phrases.toml 第 {line} 行看不懂，仍用随程序的常用语；请照 README 的样子改")
    })?;
    let known = shipped();
    for saying in &book.saying {
        if !known.iter().any(|one| one.slot == saying.slot) {
            let slot = &saying.slot;
            return Err(format!(
                "常用语文件 phrases.toml 没有「{slot}」这一栏，仍用随程序的常用语；请改栏名"
            ));
        }
    }
    Ok(book)
}

fn shipped() -> Vec<Saying> {
    toml::from_str::<Book>(EMBEDDED).map(|book| book.saying).unwrap_or_default()
}

/// The phrases of a field: of the office's book where it has some for it, else the shipped ones.
fn of_book(book: Option<&Book>, slot: &str) -> Vec<String> {
    let own = book.map(|book| book.saying.clone()).unwrap_or_default();
    let pick = |all: Vec<Saying>| -> Vec<String> {
        all.into_iter().filter(|one| one.slot == slot).map(|one| one.text).take(MOST).collect()
    };
    let own = pick(own);
    if own.is_empty() { pick(shipped()) } else { own }
}

/// The phrases of a field.
pub fn of(slot: &str) -> Vec<String> {
    of_book(OFFICE.get(), slot)
}

/// The phrases of the reason of a case: the office's for a circumstance where it has some, else the shipped ones.
pub(super) fn reasons() -> Vec<Phrase> {
    merged(phrases::embedded(), OFFICE.get())
}

fn merged(shipped: Vec<Phrase>, book: Option<&Book>) -> Vec<Phrase> {
    let own = book.map(|book| book.phrase.clone()).unwrap_or_default();
    let kept = shipped.into_iter().filter(|one| !own.iter().any(|its| its.circumstance == one.circumstance));
    let mut all: Vec<Phrase> = kept.chain(own.iter().cloned()).collect();
    all.sort_by_key(|one| one.circumstance);
    all
}

macro_rules! lookups {
    ($($name:ident $of:ident $slot:literal)*) => {
        $(
            fn $of(_: &Answers, _: &Context) -> Vec<Offer> {
                of($slot).into_iter().map(|text| Offer::new(text.clone(), text)).collect()
            }
            pub(super) const $name: Lookup = Lookup::Of($of);
        )*
    };
}

lookups! {
    TOPIC topic "topic"
    OPINIONS opinions "opinions"
    MINUTES minutes "minutes"
    REFERRED referred "refer"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_field_fits_the_digits() {
        let all = shipped();
        let mut slots: Vec<&str> = all.iter().map(|one| one.slot.as_str()).collect();
        slots.dedup();
        assert!(slots.len() >= 10, "{slots:?}");
        for slot in slots {
            let count = all.iter().filter(|one| one.slot == slot).count();
            assert!((3..=MOST).contains(&count), "{slot}: {count}");
        }
    }

    #[test]
    fn an_office_s_own_take_the_place_of_the_shipped_ones_field_by_field() {
        let text = "[[saying]]\nslot = \"minutes\"\ntext = \"会议同意\"\n[[phrase]]\ncircumstance = 1\ntext = \"受灾\"\n";
        let book = read(text).unwrap();
        assert_eq!(of_book(Some(&book), "minutes"), ["会议同意"]);
        assert_eq!(of_book(Some(&book), "topic"), of_book(None, "topic"));
        let reasons = merged(phrases::embedded(), Some(&book));
        let fire: Vec<&str> =
            reasons.iter().filter(|one| one.circumstance == 1).map(|one| one.text.as_str()).collect();
        assert_eq!(fire, ["受灾"]);
        assert!(reasons.iter().any(|one| one.circumstance == 8));
    }

    #[test]
    fn a_file_that_is_wrong_says_where() {
        for (text, said) in [
            ("[[saying]]\nslot = 3\n", "第 2 行"),
            ("[[saying]]\nslot = \"nowhere\"\ntext = \"x\"\n", "「nowhere」"),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
