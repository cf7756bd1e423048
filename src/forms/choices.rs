//! The list of values behind F4: coded choices, villages, looked-up people and phrases on one engine.
//!
//! Digits pick, arrows move, Enter picks, anything else searches: by the characters themselves or by pinyin initials.

use crate::base::{division, pinyin};

use super::field::{Choice, Offer};
use super::keys::FormKey;

/// Entries on one page of the list; digits 1 to 9 pick among them.
pub const PAGE: usize = 9;

/// An open list.
#[derive(Clone, Debug)]
pub struct ChoiceList {
    path: String,
    title: &'static str,
    offers: Vec<(Offer, Option<char>)>,
    query: String,
    at: usize,
}

/// One line of the list as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The digit that picks it, on this page.
    pub digit: Option<char>,
    /// What is offered.
    pub offer: Offer,
    /// Whether it is the current one.
    pub current: bool,
}

impl ChoiceList {
    /// A list for the field under `path`.
    pub fn new(path: String, title: &'static str, offers: Vec<Offer>) -> ChoiceList {
        let offers = offers.into_iter().map(|offer| (offer, None)).collect();
        ChoiceList { path, title, offers, query: String::new(), at: 0 }
    }

    /// A list of coded choices, picked by their declared digits.
    pub fn coded(path: String, title: &'static str, choices: &[Choice]) -> ChoiceList {
        let offers = choices.iter().map(|c| (Offer::new(c.value, c.label), Some(c.digit))).collect();
        ChoiceList { path, title, offers, query: String::new(), at: 0 }
    }

    /// Path of the field it is for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Label of the field it is for.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// What is searched for.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// All entries that fit the search.
    pub fn visible(&self) -> Vec<&Offer> {
        self.fitting().into_iter().map(|(offer, _)| offer).collect()
    }

    /// The page around the current entry, as drawn.
    pub fn lines(&self) -> Vec<Line> {
        let fitting = self.fitting();
        let coded = fitting.iter().any(|(_, digit)| digit.is_some());
        let size = if coded { fitting.len().max(1) } else { PAGE };
        let first = self.at / size * size;
        let page = fitting.into_iter().enumerate().skip(first).take(size);
        page.map(|(i, (offer, digit))| Line {
            digit: digit.or_else(|| char::from_digit((i - first + 1) as u32, 10)),
            offer: offer.clone(),
            current: i == self.at,
        })
        .collect()
    }

    /// Number of entries that fit the search.
    pub fn count(&self) -> usize {
        self.fitting().len()
    }

    fn fitting(&self) -> Vec<&(Offer, Option<char>)> {
        self.offers.iter().filter(|(offer, _)| fits(offer, &self.query)).collect()
    }

    /// Puts in the values that the host has found.
    pub fn replace(&mut self, offers: Vec<Offer>) {
        self.offers = offers.into_iter().map(|offer| (offer, None)).collect();
        self.at = 0;
    }

    /// Searches for `query`.
    pub fn search(&mut self, query: &str) {
        self.query = query.chars().filter(|c| !c.is_control()).take(30).collect();
        self.at = 0;
    }

    /// A digit picks, anything else is searched for.
    pub(super) fn typed(&mut self, typed: char) -> Option<Offer> {
        let folded = match typed {
            '０'..='９' => char::from_u32(typed as u32 - 0xFEE0).unwrap_or(typed),
            other => other,
        };
        if folded.is_ascii_digit() {
            return self.lines().into_iter().find(|line| line.digit == Some(folded)).map(|line| line.offer);
        }
        let query = format!("{}{folded}", self.query);
        self.search(&query);
        None
    }

    /// The current entry.
    pub(super) fn current(&self) -> Option<Offer> {
        self.fitting().get(self.at).map(|(offer, _)| offer.clone())
    }

    /// Moves within the list, or shortens the search.
    pub(super) fn moved(&mut self, key: &FormKey) {
        let last = self.count().saturating_sub(1);
        self.at = match key {
            FormKey::Up | FormKey::BackTab => self.at.saturating_sub(1),
            FormKey::Down | FormKey::Tab => (self.at + 1).min(last),
            FormKey::PgUp => self.at.saturating_sub(PAGE),
            FormKey::PgDn => (self.at + PAGE).min(last),
            FormKey::Home | FormKey::FieldFirst => 0,
            FormKey::End | FormKey::FieldLast => last,
            FormKey::Backspace => {
                self.query.pop();
                0
            }
            FormKey::Clear => {
                self.query.clear();
                0
            }
            _ => self.at,
        };
    }
}

/// Whether an offer fits what is searched for: part of its label or hint, the beginning or end of its value, or pinyin
/// initials of its label.
pub fn fits(offer: &Offer, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    if query.is_empty() || offer.label.contains(&query) || offer.hint.contains(&query) {
        return true;
    }
    if offer.value.starts_with(&query) || offer.value.ends_with(&query) {
        return true;
    }
    let letters = query.chars().all(|c| c.is_ascii_alphabetic());
    letters
        && pinyin::initials(&offer.label).iter().any(|initials| initials.to_lowercase().starts_with(&query))
}

/// The one offer that `query` means: exactly its value or label, or the only one that fits.
pub fn only(offers: &[Offer], query: &str) -> Option<Offer> {
    let exact: Vec<&Offer> =
        offers.iter().filter(|offer| offer.value == query || offer.label == query.trim()).collect();
    if let [one] = exact.as_slice() {
        return Some((*one).clone());
    }
    let fitting: Vec<&Offer> = offers.iter().filter(|offer| fits(offer, query)).collect();
    match fitting.as_slice() {
        [one] if !query.trim().is_empty() => Some((*one).clone()),
        _ => None,
    }
}

/// Villages and communities: those of the officer's own township first; at the county all. Names repeat between
/// townships, so each carries its township.
pub fn villages(own: Option<u16>) -> Vec<Offer> {
    let mut townships: Vec<&division::Township> = division::townships().iter().collect();
    townships.sort_by_key(|township| (Some(township.code) != own, township.code));
    let all = townships.into_iter().flat_map(|township| {
        division::villages_of(township.code).map(|village| Offer {
            value: village.code.to_string(),
            label: village.short.to_owned(),
            hint: township.name.to_owned(),
        })
    });
    all.collect()
}
