//! Keeping a draft (暂存) of a form on the screen: at every field left, under one number.
//!
//! The number of a new draft comes with the desk's first answer. Must never keep a second draft of the same form because
//! the officer types faster than that answer comes, and never let go of the screen before what was typed is on the disk.

use crate::base::day::Stamp;
use crate::office::front::deed::Deed;
use crate::office::front::drafts::Keep;
use crate::ui::product::Ask;
use crate::ui::screen::Intent;

/// What is to happen once the number of the draft is known.
#[derive(Debug)]
enum Then {
    Back,
    Do(Box<Deed>),
}

/// One draft on its way to the disk.
#[derive(Debug, Default)]
pub struct Drafting {
    id: u64,
    /// The first keeping is under way: its answer brings the number.
    first: bool,
    dirty: Option<Keep>,
    then: Option<Then>,
    saved: Option<Stamp>,
    broken: bool,
}

impl Drafting {
    /// Going on with the draft of that number; 0 for a new one.
    pub fn of(id: u64) -> Drafting {
        Drafting { id, ..Drafting::default() }
    }

    /// Its number; 0 while it has none.
    pub fn number(&self) -> u64 {
        self.id
    }

    /// When it was last kept.
    pub fn saved(&self) -> Option<Stamp> {
        self.saved
    }

    /// The draft of that number is on the disk already.
    pub fn found(&mut self, id: u64, saved: Stamp) {
        self.id = id;
        self.saved = Some(saved);
    }

    /// Keeps what stands in the form now.
    pub fn keep(&mut self, mut keep: Keep) -> Vec<Intent> {
        if self.first {
            self.dirty = Some(keep);
            return Vec::new();
        }
        keep.id = self.id;
        self.first = self.id == 0;
        vec![Intent::Ask(Ask::Keep(keep))]
    }

    /// The desk kept it.
    pub fn kept(&mut self, id: u64, at: Stamp) -> Vec<Intent> {
        self.id = id;
        self.saved = Some(at);
        self.first = false;
        self.broken = false;
        let mut intents = self.dirty.take().map(|keep| self.keep(keep)).unwrap_or_default();
        intents.extend(match self.then.take() {
            Some(Then::Back) => Some(Intent::Back),
            Some(Then::Do(deed)) => Some(Intent::Ask(Ask::Do { deed, draft: id })),
            None => None,
        });
        intents
    }

    /// The desk could not do something, perhaps not keep: what waited for the number goes on without one.
    pub fn failed(&mut self) -> Vec<Intent> {
        self.broken = self.first;
        self.first = false;
        self.dirty = None;
        match self.then.take() {
            Some(Then::Do(deed)) => vec![Intent::Ask(Ask::Do { deed, draft: self.id })],
            // The officer reads the sentence and decides: the next F3 leaves all the same.
            Some(Then::Back) | None => Vec::new(),
        }
    }

    /// Keeps and leaves. Where keeping failed before, leaves.
    pub fn leave(&mut self, keep: Option<Keep>) -> Vec<Intent> {
        if self.broken {
            return vec![Intent::Back];
        }
        let mut intents = keep.map(|keep| self.keep(keep)).unwrap_or_default();
        if self.first {
            self.then = Some(Then::Back);
        } else {
            intents.push(Intent::Back);
        }
        intents
    }

    /// Gives the deed with the number of the draft it was filled in from.
    pub fn give(&mut self, deed: Box<Deed>) -> Vec<Intent> {
        if self.first {
            self.then = Some(Then::Do(deed));
            return Vec::new();
        }
        vec![Intent::Ask(Ask::Do { deed, draft: self.id })]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CaseId;

    fn keep(text: &str) -> Keep {
        Keep { id: 0, form: "lead", title: String::new(), text: text.to_owned(), field: String::new() }
    }

    fn number(intents: &[Intent]) -> Option<u64> {
        intents.iter().find_map(|intent| match intent {
            Intent::Ask(Ask::Keep(keep)) => Some(keep.id),
            _ => None,
        })
    }

    #[test]
    fn typing_faster_than_the_desk_makes_one_draft() {
        let mut drafting = Drafting::of(0);
        assert_eq!(number(&drafting.keep(keep("1"))), Some(0));
        assert!(drafting.keep(keep("2")).is_empty() && drafting.keep(keep("3")).is_empty());
        let intents = drafting.kept(7, Stamp(1));
        let [Intent::Ask(Ask::Keep(last))] = intents.as_slice() else { panic!("{intents:?}") };
        assert_eq!((last.id, last.text.as_str()), (7, "3"));
        assert_eq!(number(&drafting.keep(keep("4"))), Some(7));
    }

    #[test]
    fn leaving_and_giving_wait_for_the_number() {
        let mut drafting = Drafting::of(0);
        assert_eq!(drafting.leave(Some(keep("1"))).len(), 1, "not back yet");
        assert_eq!(drafting.kept(7, Stamp(1)), [Intent::Back]);
        let mut drafting = Drafting::of(0);
        drafting.keep(keep("1"));
        assert!(drafting.give(Box::new(Deed::Close(CaseId([1; 16])))).is_empty());
        let intents = drafting.kept(7, Stamp(1));
        assert!(matches!(intents.as_slice(), [Intent::Ask(Ask::Do { draft: 7, .. })]), "{intents:?}");
    }

    #[test]
    fn a_full_disk_is_told_once_and_then_left() {
        let mut drafting = Drafting::of(0);
        drafting.leave(Some(keep("1")));
        assert!(drafting.failed().is_empty());
        assert_eq!(drafting.leave(Some(keep("1"))), [Intent::Back]);
    }
}
