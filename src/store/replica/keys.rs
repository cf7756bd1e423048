//! The keys by which a person is found. Every key is compared from its beginning, so one narrow table serves them all:
//! tails are stored backwards, a name once from each of its characters on.

use crate::base::pinyin;
use crate::domain::private::PersonDetails;
use std::collections::BTreeSet;

/// What a key is made of; the number stands in the column `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The initials of each reading: `wgl`.
    Initials = 1,
    /// The full pinyin of each reading: `wangguilan`.
    Pinyin = 2,
    /// The name in full.
    Name = 3,
    /// The name from its second character on, from its third on, and so on.
    Inside = 4,
    /// The id number backwards, as far as people read out its tail.
    IdTail = 5,
    /// The phone number.
    Phone = 6,
    /// The phone number's tail backwards.
    PhoneTail = 7,
    /// The account's tail backwards.
    AccountTail = 8,
}

/// As many characters of a tail as are kept backwards: what cards and slips show of an account.
pub(super) const TAIL: usize = 8;

/// A text backwards, at most so many characters.
pub(super) fn backwards(text: &str, most: usize) -> String {
    text.chars().rev().take(most).collect()
}

/// Above every text that begins with `prefix`.
pub(super) fn end(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

/// All keys of a person.
pub(super) fn of(details: &PersonDetails) -> BTreeSet<(i64, String)> {
    let mut keys = BTreeSet::new();
    let mut put = |kind: Kind, key: String| {
        if !key.is_empty() {
            keys.insert((kind as i64, key));
        }
    };
    for key in pinyin::initials(&details.name) {
        put(Kind::Initials, key);
    }
    for key in pinyin::full(&details.name) {
        put(Kind::Pinyin, key);
    }
    let name = details.name.as_str();
    put(Kind::Name, name.to_owned());
    for (at, _) in name.char_indices().skip(1) {
        put(Kind::Inside, name.get(at..).unwrap_or_default().to_owned());
    }
    put(Kind::IdTail, backwards(&details.id_no, TAIL));
    put(Kind::Phone, details.phone.clone());
    put(Kind::PhoneTail, backwards(&details.phone, TAIL));
    put(Kind::AccountTail, backwards(&details.account, TAIL));
    keys
}
