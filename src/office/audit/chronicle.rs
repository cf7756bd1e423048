//! The chronicle (大事记): what a supervisor or an auditor asks of a whole log besides its soundness: who was given which
//! role and key by whom, packs, uses of the recovery seed, how much each officer wrote, where the log stood at the end of
//! each month. Made entry by entry, of public parts alone.

use super::words;
use crate::base::day::Stamp;
use crate::domain::catalogue::{kernel, verbs};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::ledger::{Body, Head, Row};
use crate::office::desk::verify::Seen;
use std::collections::BTreeMap;

pub use crate::domain::powers::RECOVERY;

/// A year and a month.
pub type Month = (i32, u32);

/// An entry about officers, keys, roles, packs, tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The entry.
    pub n: u64,
    /// The share's time.
    pub at: Stamp,
    /// Who gave the command.
    pub by: String,
    /// Who carried it to the share.
    pub carrier: String,
    /// The verb in the log.
    pub verb: String,
    /// The verb in Chinese.
    pub zh: String,
    /// What it made true.
    pub what: Vec<String>,
    /// Whether the recovery seed was used.
    pub recovery: bool,
    /// The codes of the rules that it broke: then it has no effect on officers and keys, or should not have had.
    pub marks: Vec<String>,
}

/// What one entry broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who gave the command.
    pub by: String,
    /// The verb in Chinese.
    pub zh: String,
    /// The code.
    pub code: String,
    /// The sentence.
    pub sentence: String,
    /// The clause of the notice; empty where the rule is our own.
    pub clause: String,
}

/// How often a verb was used, and how large its entries are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Entries.
    pub entries: u64,
    /// Bytes of their texts.
    pub body: u64,
    /// Bytes of their private columns.
    pub private: u64,
}

/// What an officer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrote {
    /// Entries by his command.
    pub entries: u64,
    /// The first.
    pub first: Stamp,
    /// The last.
    pub last: Stamp,
}

/// The chronicle of a log, or of the part that was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chronicle {
    /// Officers, keys, roles, packs.
    pub events: Vec<Event>,
    /// What broke a rule.
    pub marks: Vec<Marked>,
    /// Sizes by verb, with its Chinese name.
    pub sizes: BTreeMap<String, (String, Size)>,
    /// What each officer wrote.
    pub officers: BTreeMap<String, Wrote>,
    /// Entries of each officer by month.
    pub months: BTreeMap<Month, BTreeMap<String, u64>>,
    /// Where the log stood at the end of each month in which something was written.
    pub heads: BTreeMap<Month, (Head, Stamp)>,
    /// The root fingerprint, once the first entry was taken in.
    pub root: Option<String>,
    /// Entries that carry one that a server lost.
    pub rescued: u64,
    /// Private columns that were erased after their time.
    pub erased: u64,
}

impl Chronicle {
    /// Takes in an entry that was verified.
    pub(crate) fn take(&mut self, seen: &Seen<'_>) {
        self.add(seen.row, seen.body, &seen.meaning.body, (seen.verb, seen.zh), seen.marks);
    }

    /// Takes in an entry that this desk verified before; its marks are told elsewhere.
    pub fn take_row(&mut self, row: &Row, body: &Body) {
        let inner = crate::ledger::rescue::read(body).ok().flatten();
        let meant = inner.as_ref().map_or(body, |(_, inner)| inner);
        let verb = meant.command.verb.as_str();
        let zh = verbs::find(verb).map_or(verb, |known| known.zh);
        self.add(row, body, meant, (verb, zh), &[]);
    }

    fn add(&mut self, row: &Row, body: &Body, meant: &Body, (verb, zh): (&str, &str), marks: &[Refusal]) {
        let at = Stamp(body.share_ms);
        let author = &meant.command.author;
        let month = (at.day().year(), at.day().month());
        if row.n == 1 {
            self.root = super::root_of(body);
        }
        let (_, size) = self.sizes.entry(verb.to_owned()).or_insert_with(|| (zh.to_owned(), Size::default()));
        size.entries += 1;
        size.body += row.body.len() as u64;
        size.private += row.private.as_ref().map_or(0, |column| column.len() as u64);
        let wrote = Wrote { entries: 0, first: at, last: at };
        let wrote = self.officers.entry(author.clone()).or_insert(wrote);
        wrote.entries += 1;
        wrote.last = at;
        *self.months.entry(month).or_default().entry(author.clone()).or_default() += 1;
        self.heads.insert(month, (Head::of(row), at));
        self.rescued += u64::from(!std::ptr::eq(body, meant));
        self.erased += u64::from(row.private.is_none() && body.sealed.is_some());
        let recovery = row.n > 1 && (author == RECOVERY || body.carrier.officer == RECOVERY);
        if recovery || is_kernel(verb) {
            self.events.push(Event {
                n: row.n,
                at,
                by: author.clone(),
                carrier: body.carrier.officer.clone(),
                verb: verb.to_owned(),
                zh: zh.to_owned(),
                what: meant.facts.iter().map(words::of_fact).collect(),
                recovery,
                marks: marks.iter().map(|mark| mark.code.to_string()).collect(),
            });
        }
        self.marks.extend(marks.iter().map(|mark| Marked {
            n: row.n,
            at,
            by: author.clone(),
            zh: zh.to_owned(),
            code: mark.code.to_string(),
            sentence: mark.sentence.clone(),
            clause: mark.clause.to_owned(),
        }));
    }

    /// The uses of the recovery seed.
    pub fn recoveries(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.recovery)
    }
}

/// Whether a verb is about officers, keys, roles, packs or tables.
pub fn is_kernel(verb: &str) -> bool {
    kernel::VERBS.iter().any(|known| known.name == verb)
        || verbs::find(verb).is_some_and(|known| known.who == [Role::Administrator])
}
