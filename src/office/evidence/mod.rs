//! Evidence (证据包): what the log says of one case, taken out so that a PC that never saw the office can prove it: the
//! case's entries word for word with both signatures, the entries that make their signers' keys count, the pack, and the
//! log's last entry. Private columns stay behind; what is opened on purpose comes with its salt, so that it can be held
//! against what the entry committed to.
//!
//! It must never put a private part in that was not asked for.

pub mod bundle;
pub mod check;
pub mod page;

use crate::domain::fact::Fact;
use crate::domain::ids::CaseId;
use crate::ledger::seal::{self, DataKey};
use crate::ledger::{Body, CountyId, Hash, Head, Row};
use crate::office::audit::chronicle;
use crate::office::desk::Meaning;
use crate::store::fault::{Fault, FaultKind};
use bundle::{Bundle, Item, Opened, Paper, Why};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// How many rows are read at once.
const PAGE: usize = 500;

/// Where the rows come from: those after n, at most so many.
pub type Source<'a> = &'a mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>;

/// What is wanted.
pub struct Wanted<'a> {
    /// The case's number on paper.
    pub number: &'a str,
    /// All entries' public texts, so that the path from the case to the head can be reckoned.
    pub whole: bool,
    /// Keys that open the private parts of the case's entries; none leaves them sealed.
    pub open: Option<&'a [DataKey]>,
    /// Papers whose hashes go in.
    pub papers: Vec<Paper>,
}

/// Gathers the evidence of a case out of a log that was verified before.
///
/// # Errors
/// No such case; the log cannot be read.
pub fn gather(county: CountyId, source: Source<'_>, wanted: &Wanted<'_>) -> Result<Bundle, Fault> {
    let mut sift = Sift::default();
    let mut head = Head::genesis(county);
    // Once to learn which ids belong to the case, once to take what names them.
    each(source, &mut |row, body, meaning| {
        sift.learn(wanted.number, meaning);
        if row.n == 1 {
            sift.root = crate::office::audit::root_of(body);
        }
        head = Head::of(row);
    })?;
    let case = sift.case.ok_or_else(|| {
        let what = format!("没有编号为 {} 的办件", wanted.number);
        Fault::new(FaultKind::User, what, "请核对编号，例如 26-103-0117；刚办的请先联机取回")
    })?;
    let mut items = Vec::new();
    each(source, &mut |row, _, meaning| {
        let why = sift.why(row, meaning, case, head.n);
        if why.is_none() && !wanted.whole {
            return;
        }
        let why = why.unwrap_or(Why::Path);
        let opened = match (wanted.open, why) {
            (Some(keys), Why::Case) => open(county, row, meaning, keys),
            _ => None,
        };
        items.push(Item { n: row.n, body: row.body.clone(), hash: row.hash, sig: row.sig, why, opened });
    })?;
    Ok(Bundle {
        county,
        number: wanted.number.to_owned(),
        whole: wanted.whole,
        head,
        root: sift.root.unwrap_or_default(),
        papers: wanted.papers.clone(),
        items,
        signed: None,
    })
}

fn each(source: Source<'_>, take: &mut dyn FnMut(&Row, &Body, &Meaning)) -> Result<(), Fault> {
    let mut n = 0;
    loop {
        let rows = source(n, PAGE)?;
        let Some(last) = rows.last() else { return Ok(()) };
        n = last.n;
        for row in &rows {
            let body = Body::from_text(&row.body)
                .map_err(|_| Fault::damaged(format!("第 {} 条记录读不懂，请先核验日志", row.n)))?;
            take(row, &body, &Meaning::of(&body)?);
        }
    }
}

fn open(county: CountyId, row: &Row, meaning: &Meaning, keys: &[DataKey]) -> Option<Opened> {
    let column = row.private.as_deref()?;
    let committed = meaning.body.command.private.as_ref()?;
    let (salt, text) = seal::open_salted(keys, county, meaning.body.command.cid, column, committed).ok()?;
    let text = String::from_utf8(text.to_vec()).ok()?;
    Some(Opened { salt: Hash(salt), text })
}

/// What belongs to a case.
#[derive(Default)]
struct Sift {
    case: Option<CaseId>,
    /// The ids, as hex, by which entries speak of the case: its own, its lead's, its matter's, its people's, its grants of
    /// leave.
    ids: BTreeSet<String>,
    root: Option<String>,
}

impl Sift {
    fn learn(&mut self, wanted: &str, meaning: &Meaning) {
        for fact in &meaning.facts {
            match fact {
                Fact::CaseOpened { case, number, matter, person, household, lead, .. }
                    if number == wanted =>
                {
                    self.case = Some(*case);
                    self.ids.extend([case.to_string(), matter.to_string(), person.to_string()]);
                    self.ids.extend(household.map(|id| id.to_string()));
                    self.ids.extend(lead.map(|id| id.to_string()));
                }
                Fact::AuthorityGiven { authority, case, .. } if Some(*case) == self.case => {
                    self.ids.insert(authority.to_string());
                }
                Fact::GrantSet { case, people, .. } if Some(*case) == self.case => {
                    self.ids.extend(people.iter().map(ToString::to_string));
                }
                _ => {}
            }
        }
    }

    /// Why an entry goes in: it concerns the case, it makes keys count, or it is the end of the log.
    fn why(&self, row: &Row, meaning: &Meaning, case: CaseId, end: u64) -> Option<Why> {
        let names = |value: &Value| names(value, &self.ids);
        // A part of an earlier ledger names hundreds of people who have nothing to do with the case.
        let ledger = meaning.facts.iter().any(|fact| matches!(fact, Fact::LedgerImported { .. }));
        if ledger {
            return (row.n == end).then_some(Why::Head);
        }
        if meaning.body.facts.iter().any(names) || names(&meaning.body.command.args) {
            let others = meaning.facts.iter().filter_map(Fact::case).any(|other| other != case);
            let ours = meaning.body.facts.iter().chain([&meaning.body.command.args]);
            let own = BTreeSet::from([case.to_string()]);
            // What another case of the same people did is that case's.
            if !others || ours.into_iter().any(|value| self::names(value, &own)) {
                return Some(Why::Case);
            }
        }
        let recovery = meaning.body.command.author == chronicle::RECOVERY;
        if row.n == 1 || recovery || chronicle::is_kernel(&meaning.body.command.verb) {
            return Some(Why::Keys);
        }
        // The words of a carrier other than the author count by his own enrolment, which is a kernel entry too.
        (row.n == end).then_some(Why::Head)
    }
}

/// Whether a value holds one of these ids as a text of its own.
fn names(value: &Value, ids: &BTreeSet<String>) -> bool {
    match value {
        Value::String(text) => ids.contains(text),
        Value::Array(items) => items.iter().any(|item| names(item, ids)),
        Value::Object(fields) => fields.iter().any(|(key, item)| ids.contains(key) || names(item, ids)),
        _ => false,
    }
}

/// The papers of a case in a folder: printed files carry its number in their name. Their hashes only; a folder that is
/// not there holds none.
///
/// # Errors
/// A paper cannot be read.
pub fn papers(folder: &Path, number: &str) -> Result<Vec<Paper>, Fault> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let plain = name.strip_prefix("练习-").unwrap_or(&name);
        let after = plain.strip_prefix(number);
        if after.is_none_or(|rest| !rest.starts_with(['-', '.'])) || !entry.path().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).map_err(|error| Fault::of_io("读纸质材料的文件", error))?;
        found.push(Paper { name, size: bytes.len() as u64, sha256: Hash::of(&[&bytes]) });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
