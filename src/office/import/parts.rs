//! From planned rows to commands: who each row is about, and parts that fit into an entry.

use super::key::RowKey;
use crate::domain::answers::Answers;
use crate::domain::command::Command;
use crate::domain::command::funds::{ImportPart, ImportRow};
use crate::domain::ids::{ImportId, PersonId};
use crate::domain::nouns::Circumstance;
use crate::domain::office::Tier;
use crate::domain::private::{PersonDetails, Private};
use crate::ledger::body::MAX_ENTRY;
use crate::office::compose::Draft;
use crate::office::random;
use crate::store::fault::Fault;
use crate::store::import::plan::{PART, Plan, PlannedRow};
use crate::store::import::rows::{GrantRow, TierGuess};
use crate::store::replica::Reader;
use std::collections::BTreeSet;

/// What is left for rows and private texts of an entry, once its other fields have their room.
const ROOM: usize = MAX_ENTRY - 16 * 1024;

/// What somebody new takes besides his details: his key in the private part, and the fact that he is noted.
const NOTED: usize = 192;

/// One part, ready to be signed.
pub(super) struct Part {
    /// The command.
    pub draft: Draft,
    /// How many rows are in it.
    pub rows: usize,
}

/// All parts of a plan.
pub(super) struct Parts {
    /// The parts.
    pub drafts: Vec<Part>,
    /// People whom the log did not know.
    pub people_new: usize,
    /// Rows of a number that is on file under another name.
    pub clashes: Vec<usize>,
}

/// Makes the parts.
///
/// # Errors
/// No random source; a replica that cannot be read; a row that is no canonical JSON.
pub(super) fn make(state: &Reader, key: &RowKey, plan: &Plan) -> Result<Parts, Fault> {
    let import = ImportId(random::bytes()?);
    let file = hex::encode(plan.file_hash);
    let mut made = Parts { drafts: Vec::new(), people_new: 0, clashes: Vec::new() };
    let mut known = BTreeSet::new();
    let mut part = Filling::default();
    for row in &plan.good {
        let who = Who::of(state, key, &row.grant);
        if who.clash {
            made.clashes.push(row.grant.row_no);
        }
        let new = who.details.is_some() && known.insert(who.person);
        made.people_new += usize::from(new);
        let details = who.details.filter(|_| new);
        let size = size_of(row, details.as_ref())?;
        if part.rows.len() >= PART || (part.size + size > ROOM && !part.rows.is_empty()) {
            let number = made.drafts.len() + 1;
            made.drafts.push(std::mem::take(&mut part).end(import, &file, number));
        }
        part.add(row, who.person, details, size);
    }
    if !part.rows.is_empty() {
        let number = made.drafts.len() + 1;
        made.drafts.push(part.end(import, &file, number));
    }
    match state.take_fault() {
        Some(fault) => Err(fault.into()),
        None => Ok(made),
    }
}

/// Whom a row is about.
struct Who {
    person: PersonId,
    /// What the ledger says of somebody whom the log does not know.
    details: Option<PersonDetails>,
    clash: bool,
}

impl Who {
    fn of(state: &Reader, key: &RowKey, grant: &GrantRow) -> Who {
        let said = match &grant.id_no {
            Some(id) => {
                if let Some((person, name)) = state.holder_of(id.as_str()) {
                    return Who { person, details: None, clash: name != grant.name };
                }
                id.as_str().to_owned()
            }
            None => {
                let place =
                    grant.village.map_or_else(|| grant.address.clone(), |village| village.to_string());
                format!("{}@{:03}@{place}", grant.name, grant.township)
            }
        };
        let person = key.person(&said);
        let details = state.person(person).is_none().then(|| details_of(grant));
        Who { person, details, clash: false }
    }
}

fn details_of(grant: &GrantRow) -> PersonDetails {
    PersonDetails {
        name: grant.name.clone(),
        id_no: grant.id_no.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
        birth: grant.id_no.as_ref().map(crate::base::id_no::IdNo::birth),
        sex: grant.id_no.as_ref().map(crate::base::id_no::IdNo::sex),
        phone: grant.phone.clone(),
        address: grant.address.clone(),
        ..PersonDetails::default()
    }
}

/// A part being filled.
#[derive(Default)]
struct Filling {
    rows: Vec<ImportRow>,
    private: Private,
    size: usize,
}

impl Filling {
    fn add(&mut self, row: &PlannedRow, person: PersonId, details: Option<PersonDetails>, size: usize) {
        if let Some(details) = details {
            self.private.people.insert(person, details);
        }
        let reason = self.private.put(&format!("reason-{}", self.rows.len() + 1), &row.grant.reason);
        self.rows.push(ImportRow { reason, ..import_row(row, person) });
        self.size += size;
    }

    fn end(self, import: ImportId, file: &str, number: usize) -> Part {
        let rows = self.rows.len();
        let part = u32::try_from(number).unwrap_or(u32::MAX);
        let command =
            Command::ImportPart(ImportPart { import, file: file.to_owned(), part, rows: self.rows });
        Part { draft: (command, self.private), rows }
    }
}

fn import_row(row: &PlannedRow, person: PersonId) -> ImportRow {
    ImportRow {
        hash: hex::encode(row.mark),
        person,
        township: row.grant.township,
        village: row.grant.village,
        on: row.grant.decided,
        amount: row.grant.amount,
        circumstance: row.grant.circumstance.and_then(Circumstance::from_digit),
        tier: match row.grant.tier {
            TierGuess::Township => Tier::Township,
            TierGuess::County => Tier::County,
            TierGuess::City => Tier::City,
        },
        reason: None,
    }
}

/// The bytes that a row takes in an entry: it stands there twice, as what was asked and as what is true, and its texts
/// once more in the private part.
fn size_of(row: &PlannedRow, details: Option<&PersonDetails>) -> Result<usize, Fault> {
    let bug = |error: serde_json::Error| Fault::bug(format!("台账行写不成规定的格式：{error}"));
    let public = serde_json::to_vec(&import_row(row, PersonId([0; 16]))).map_err(bug)?.len() + 32;
    let private = match details {
        Some(details) => serde_json::to_vec(details).map_err(bug)?.len() + NOTED,
        None => 0,
    };
    let reason = serde_json::to_vec(&row.grant.reason).map_err(bug)?.len() + 32;
    Ok(2 * public + private + reason)
}
