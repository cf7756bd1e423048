//! Importing earlier ledgers (导入往年台账): a spreadsheet of an office becomes signed entries, so that the lookup of prior
//! aid and the once-a-year rule know the years before the program. Imported aid never touches a fund.
//!
//! The same row gives the same keyed mark on every PC and in every year, so a file read twice, edited and read again, or
//! interrupted half-way adds what is new and nothing else. It must never show a whole number or name.

mod key;
mod parts;
mod report;

pub use key::RowKey;
pub use report::Report;

use super::desk::Desk;
use super::session::Session;
use super::setup::carry_as;
use crate::base::day::Day;
use crate::domain::answers::Answers;
use crate::store::fault::{Fault, FaultKind};
use crate::store::import::headings::{Override, recognise};
use crate::store::import::plan::{self, Plan};
use crate::store::import::rows::Context;
use crate::store::import::{place, report as words};
use crate::store::sheet::{self, Sheet, SheetError};

/// How many parts share one turn: a turn is held well under a second.
const PARTS_A_TURN: usize = 4;

/// What to read.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The file's name, as reports call it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The township of the whole file; none where the file says so itself.
    pub township: Option<u16>,
    /// What the user says of its columns.
    pub overrides: &'a [Override],
    /// Today.
    pub today: Day,
}

/// A file as it was read: a dry run, nothing is written.
pub struct Reading {
    /// The sheet.
    pub sheet: Sheet,
    /// What would be taken over.
    pub plan: Plan,
}

impl Reading {
    /// The report of the dry run, masked; at most `most` problems are listed.
    pub fn text(&self, most: usize) -> String {
        words::text(&self.sheet, &self.plan, most)
    }

    /// The rows that cannot be taken over, as a CSV to be corrected and read again; none where no row is bad.
    pub fn bad_rows(&self) -> Option<String> {
        words::bad_rows_csv(&self.sheet, &self.plan)
    }
}

/// Reads a file and leaves out what the log knows already.
///
/// # Errors
/// A file that is no ledger, columns that cannot be told, a session without a data key, a replica that cannot be read.
pub fn read(desk: &Desk, session: &Session, ask: Ask<'_>) -> Result<Reading, Fault> {
    let key = RowKey::of(session, desk.county())?;
    let sheet = sheet::from_bytes(ask.name, ask.bytes).map_err(|error| bad_file(ask.name, &error))?;
    let wrong = |problem: crate::store::import::headings::HeadingProblem| {
        Fault::new(FaultKind::User, format!("{}：{}", ask.name, problem.what()), problem.next())
    };
    let mapping = recognise(&sheet.rows, ask.overrides).map_err(wrong)?;
    let township = ask.township.or_else(|| place::guess(&sheet, mapping.heading_row));
    let context = Context { today: ask.today, township };
    let mut plan = plan::make(&sheet, ask.overrides, context, &|bytes| key.mark(bytes)).map_err(wrong)?;
    let state = desk.replica().reader()?;
    plan.without(&|mark| state.imported(&hex::encode(mark)));
    match state.take_fault() {
        Some(fault) => Err(fault.into()),
        None => Ok(Reading { sheet, plan }),
    }
}

/// Writes what a reading would take over. `told` hears how many rows of how many are written.
///
/// # Errors
/// What the rules or the share refuse. Parts that were written stay: reading the file again goes on behind them.
pub fn carry(
    desk: &mut Desk,
    author: &Session,
    reading: &Reading,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Report, Fault> {
    let key = RowKey::of(author, desk.county())?;
    let mut report = Report::of(reading);
    let all = reading.plan.good.len();
    let state = desk.replica().reader()?;
    let parts = parts::make(&state, &key, &reading.plan)?;
    report.people_new = parts.people_new;
    report.clashes = parts.clashes;
    drop(state);
    told(0, all);
    let mut parts = parts.drafts.into_iter().peekable();
    while parts.peek().is_some() {
        let group: Vec<_> = parts.by_ref().take(PARTS_A_TURN).collect();
        let rows: usize = group.iter().map(|part| part.rows).sum();
        let taken = group.len();
        carry_as(desk, author, group.into_iter().map(|part| part.draft).collect())?;
        report.written += rows;
        report.parts += taken;
        told(report.written, all);
    }
    Ok(report)
}

fn bad_file(name: &str, error: &SheetError) -> Fault {
    Fault::new(FaultKind::User, format!("{name}：{}", error.what()), error.next())
}

#[cfg(test)]
mod tests;
