//! Verifying a log (核验) without an account: integrity of every row by the keys that the log itself enrolled, and authority
//! by deciding every entry again on a replica in memory. Nothing is written anywhere and no private part is opened.

use super::meaning::{Meaning, cids_of};
use super::{judge, pull};
use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::domain::refusal::Refusal;
use crate::ledger::{Body, Cid, CountyId, Head, Row, chain};
use crate::office::keybook::KeyBook;
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::{Applied, Replica};
use std::collections::BTreeMap;

/// How many rows are read at once.
const PAGE: usize = 500;

/// Where the rows come from: those after n, at most so many.
pub type Source<'a> = &'a mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>;

/// A check that an entry broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The entry.
    pub n: u64,
    /// Who gave the command.
    pub officer: String,
    /// The share's time.
    pub at: Stamp,
    /// The stable code.
    pub code: String,
    /// The sentence with its clause.
    pub sentence: String,
}

/// The first row that is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its place.
    pub n: u64,
    /// Whose it says it is, where that can still be read.
    pub officer: Option<String>,
    /// When it says it was written.
    pub at: Option<Stamp>,
    /// What is wrong.
    pub why: String,
    /// The same as a word for programs, see [`chain::Break::code`]; `twice` where a command stands there already,
    /// `unreadable` where the file does not give the row.
    pub code: &'static str,
    /// The row as it stands, where the file gives one.
    pub row: Option<Row>,
}

/// An entry that holds, as somebody who follows the verification sees it.
pub(crate) struct Seen<'a> {
    /// The row.
    pub(crate) row: &'a Row,
    /// Its content.
    pub(crate) body: &'a Body,
    /// What it means: its own content, or that of the row it rescues.
    pub(crate) meaning: &'a Meaning<'a>,
    /// The verb as the log writes it.
    pub(crate) verb: &'static str,
    /// The verb in Chinese.
    pub(crate) zh: &'static str,
    /// The rules that it broke.
    pub(crate) marks: &'a [Refusal],
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The last entry that stands.
    pub head: Head,
    /// The first row that does not; nothing behind it was read.
    pub broken: Option<Broken>,
    /// Rules that entries broke.
    pub marks: Vec<Mark>,
}

/// Verifies a county's log from its first entry. `told` hears up to which entry it is done.
///
/// # Errors
/// A source that cannot be read at all; an entry of a newer program. A row that is no entry is an answer, no error.
pub fn verify(county: CountyId, source: Source<'_>, told: &mut dyn FnMut(u64)) -> Result<Verified, Fault> {
    verify_into(county, source, told, &mut Replica::in_memory()?, None)
}

/// The same, onto an empty replica that is given, so that its tables can be compared. With a session the private parts
/// that its keys open go into the tables too; the judgement never reads them.
///
/// # Errors
/// As [`verify`].
pub fn verify_into(
    county: CountyId,
    source: Source<'_>,
    told: &mut dyn FnMut(u64),
    replica: &mut Replica,
    session: Option<&Session>,
) -> Result<Verified, Fault> {
    verify_watched(county, source, told, replica, session, &mut |_| {}, &mut |_| Ok(None))
}

/// Asked at the end of a log that lacks private parts nothing in it destroyed: the key book of a longer log, itself
/// verified, that holds this head.
pub(crate) type Later<'a> = &'a mut dyn FnMut(Head) -> Result<Option<KeyBook>, Fault>;

/// The same; `watch` sees every entry that holds, in order. An old file of a log may lack what an entry in a newer one
/// destroyed: `later` is asked for that.
///
/// # Errors
/// As [`verify`].
pub(crate) fn verify_watched(
    county: CountyId,
    source: Source<'_>,
    told: &mut dyn FnMut(u64),
    replica: &mut Replica,
    session: Option<&Session>,
    watch: &mut dyn FnMut(&Seen<'_>),
    later: Later<'_>,
) -> Result<Verified, Fault> {
    let mut keys = KeyBook::default();
    let mut seen: BTreeMap<Cid, u64> = BTreeMap::new();
    // Rows without their private part, each with the head before it: whether something destroyed it shows behind them.
    let mut emptied: BTreeMap<u64, (Head, Row)> = BTreeMap::new();
    let mut found = Verified { head: Head::genesis(county), broken: None, marks: Vec::new() };
    loop {
        let rows = match read(source, found.head.n)? {
            Ok(rows) => rows,
            Err(broken) => {
                found.broken = Some(broken);
                return Ok(found);
            }
        };
        if rows.is_empty() {
            let mut owed: Vec<u64> = keys.owed().collect();
            if !owed.is_empty()
                && let Some(book) = later(found.head)?
            {
                owed.retain(|n| !book.is_erased(*n));
            }
            if let Some((before, row)) = owed.first().and_then(|n| emptied.remove(n)) {
                found.broken = Some(no_entry(&row, before.n, &chain::Break::Emptied));
                found.marks.retain(|mark| mark.n <= before.n);
                found.head = before;
            }
            return Ok(found);
        }
        let mut apply = replica.begin()?;
        for row in &rows {
            let body = match chain::check(row, &found.head, county, &keys) {
                Ok(body) => body,
                Err(chain::Break::Newer(format)) => {
                    return Err(pull::not_an_entry(row, &chain::Break::Newer(format)));
                }
                Err(broken) => {
                    found.broken = Some(no_entry(row, found.head.n, &broken));
                    return Ok(found);
                }
            };
            for cid in cids_of(row, &body).into_iter().flatten() {
                if let Some(n) = seen.insert(cid, row.n) {
                    found.broken = Some(twice(row, n));
                    return Ok(found);
                }
            }
            let meaning = Meaning::of(&body)?;
            let command = meaning.command()?;
            let marks = judge::marks(&apply, &body, &meaning, &command)?;
            if chain::is_emptied(row, &body) {
                emptied.insert(row.n, (found.head, row.clone()));
            }
            keys.column(row, &body);
            keys.apply(row.n, (&meaning.author, &meaning.key()), &meaning.facts);
            let private = session.and_then(|session| meaning.private(county, row, session));
            apply.apply(&Applied {
                n: row.n,
                hash: row.hash.0,
                share_ms: body.share_ms,
                desk_ms: meaning.body.desk_ms,
                desk: (body.desk.0, body.desk_seq),
                author: &meaning.author,
                key: &meaning.body.command.key.to_string(),
                carrier: &OfficerNo(body.carrier.officer.clone()),
                verb: command.verb(),
                zh: command.zh(),
                seen: meaning.body.command.seen,
                facts: &meaning.facts,
                private: private.as_ref(),
                marks: &marks,
            })?;
            let (verb, zh) = (command.verb(), command.zh());
            watch(&Seen { row, body: &body, meaning: &meaning, verb, zh, marks: &marks });
            found.marks.extend(marks.into_iter().map(|mark| Mark {
                n: row.n,
                officer: meaning.author.0.clone(),
                at: Stamp(body.share_ms),
                code: mark.code.to_string(),
                sentence: mark.full(),
            }));
            found.head = Head::of(row);
        }
        apply.commit()?;
        told(found.head.n);
    }
}

/// The next rows. Where a page of them cannot be read, one by one up to the first that cannot.
fn read(source: Source<'_>, after: u64) -> Result<Result<Vec<Row>, Broken>, Fault> {
    match source(after, PAGE) {
        Err(fault) if matches!(fault.kind, FaultKind::Damaged | FaultKind::NotOurs) => {}
        rows => return rows.map(Ok),
    }
    match source(after, 1) {
        Err(fault) if fault.kind == FaultKind::Damaged => {
            let n = after.saturating_add(1);
            let (officer, at, row) = (None, None, None);
            Ok(Err(Broken { n, officer, at, why: fault.what, code: "unreadable", row }))
        }
        rows => rows.map(Ok),
    }
}

/// A command stands in the log once.
fn twice(row: &Row, first: u64) -> Broken {
    let glimpse = chain::glimpse(row);
    Broken {
        n: row.n,
        officer: glimpse.officer,
        at: glimpse.share_ms.map(Stamp),
        why: format!("与第 {first} 条是同一条指令"),
        code: "twice",
        row: Some(row.clone()),
    }
}

fn no_entry(row: &Row, after: u64, broken: &chain::Break) -> Broken {
    let glimpse = chain::glimpse(row);
    Broken {
        n: after.saturating_add(1),
        officer: glimpse.officer,
        at: glimpse.share_ms.map(Stamp),
        why: broken.to_string(),
        code: broken.code(),
        row: Some(row.clone()),
    }
}
