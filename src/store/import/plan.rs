//! What an import would do: good rows with their marks, in parts that can be taken over one after the other.
//!
//! Each row has a keyed mark over what makes it the grant it is. The same file read twice gives the same marks, an
//! edited file differs in the edited rows only, and two equal rows of one file stay two. The key is the caller's: it
//! must never be known here, since the marks stand in the log in plain sight.

use std::collections::{BTreeMap, HashMap};

use super::headings::{HeadingProblem, Mapping, Override, recognise};
use super::rows::{self, Context, GrantRow, RowProblem, Skip};
use crate::base::fold;
use crate::base::money::Money;
use crate::store::sheet::Sheet;

/// The most rows of one part.
pub const PART: usize = 500;

/// A keyed hash of sixteen bytes.
pub type Mark = [u8; 16];

/// A good row and its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The grant.
    pub grant: GrantRow,
    /// Its mark.
    pub mark: Mark,
}

/// What an import would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file.
    pub file_hash: [u8; 32],
    /// Which column holds what.
    pub mapping: Mapping,
    /// Rows to take over.
    pub good: Vec<PlannedRow>,
    /// Rows that were taken over before, by their mark.
    pub known: usize,
    /// Rows passed over.
    pub skipped: Vec<(usize, Skip)>,
    /// What is wrong with the others.
    pub problems: Vec<RowProblem>,
}

impl Plan {
    /// The good rows in parts of at most [`PART`], in the order of the file.
    pub fn parts(&self) -> impl Iterator<Item = &[PlannedRow]> {
        self.good.chunks(PART)
    }

    /// The sum of the good rows.
    pub fn total(&self) -> Money {
        self.good.iter().map(|row| row.grant.amount).sum()
    }

    /// The rows that cannot be taken over, each once.
    pub fn bad_rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.problems.iter().map(|problem| problem.row).collect();
        rows.dedup();
        rows
    }

    /// Count and sum of the good rows by year.
    pub fn years(&self) -> BTreeMap<i32, (usize, Money)> {
        let mut years: BTreeMap<i32, (usize, Money)> = BTreeMap::new();
        for PlannedRow { grant, .. } in &self.good {
            let year = years.entry(grant.decided.year()).or_default();
            year.0 += 1;
            year.1 += grant.amount;
        }
        years
    }

    /// Leaves out what was taken over before, so that an interrupted import goes on where it stopped and an edited
    /// file adds what is new.
    pub fn without(&mut self, is_known: &dyn Fn(&Mark) -> bool) {
        let before = self.good.len();
        self.good.retain(|row| !is_known(&row.mark));
        self.known += before - self.good.len();
    }
}

/// Reads a sheet into a plan; nothing is written anywhere. `keyed` is the keyed hash of the caller.
///
/// # Errors
/// [`HeadingProblem`] when the columns cannot be told.
pub fn make(
    sheet: &Sheet,
    overrides: &[Override],
    context: Context,
    keyed: &dyn Fn(&[u8]) -> Mark,
) -> Result<Plan, HeadingProblem> {
    let mapping = recognise(&sheet.rows, overrides)?;
    let outcome = rows::read(&sheet.rows, &mapping, context);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut good = Vec::with_capacity(outcome.good.len());
    for grant in outcome.good {
        let key = identity(&grant);
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        let mark = keyed(format!("{key}\n{nth}").as_bytes());
        good.push(PlannedRow { grant, mark });
    }
    Ok(Plan {
        file: sheet.origin.file.clone(),
        file_hash: sheet.origin.sha256,
        mapping,
        good,
        known: 0,
        skipped: outcome.skipped,
        problems: outcome.problems,
    })
}

/// What makes a grant the grant it is: where, who, when, how much, why. Frozen: another form would make every earlier
/// import look new.
fn identity(grant: &GrantRow) -> String {
    let who = match (&grant.id_no, grant.village) {
        (Some(id), _) => id.as_str().to_owned(),
        (None, Some(village)) => format!("{}@{village}", grant.name),
        (None, None) => format!("{}@{}", grant.name, fold::compact(&grant.address)),
    };
    let why = match grant.circumstance {
        Some(number) => number.to_string(),
        None => fold::compact(&grant.reason),
    };
    format!("import-row-1\n{}\n{who}\n{}\n{}\n{why}", grant.township, grant.decided, grant.amount.fen())
}
