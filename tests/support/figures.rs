//! Figures (统计) in a story: what screens and papers add up for a month and a year is the sum of the cases, reckoned here once
//! more from nothing but the entries of the log, without the tables that the screens read.

use super::terminal::Failure;
use jiuji::base::day::Day;
use jiuji::base::money::Money;
use jiuji::domain::fact::Fact;
use jiuji::domain::ids::{BatchId, CaseId, LineId, PersonId};
use jiuji::domain::nouns::Fund;
use jiuji::domain::stock::{Origin, StockWhy};
use jiuji::ledger::Body;
use jiuji::office::place::{Place, later_clock};
use jiuji::office::practice;
use jiuji::store::entries::Entries;
use jiuji::store::fault::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Line = (CaseId, LineId);

/// `DATA NAME SUM`: all figures of the practice office in this data folder add up, and the cases of this applicant were paid
/// that sum in the month that is running.
pub fn add_up(data: &Path, rest: &str) -> Result<(), Failure> {
    let (name, sum) = rest.split_once(' ').unwrap_or((rest, ""));
    let sum = Money::parse(sum.trim()).map_err(|_| Failure("which sum?".to_owned()))?;
    let wrong = looked(data, name, sum).map_err(|fault| Failure(format!("the figures: {fault}")))?;
    if wrong.is_empty() { Ok(()) } else { Err(Failure(wrong.join("\n"))) }
}

/// A batch as its entries tell it.
#[derive(Default)]
struct Batch {
    fund: Option<Fund>,
    lines: BTreeMap<Line, Money>,
    sent: Option<Day>,
    /// When the bank's answer was read, and what it sent back.
    read: Option<Day>,
    back: BTreeSet<Line>,
}

/// Cases as their entries tell them.
#[derive(Default)]
struct Told {
    applicants: BTreeMap<CaseId, PersonId>,
    township: BTreeMap<CaseId, u16>,
    decided: BTreeMap<CaseId, Day>,
    paid: BTreeMap<Line, (Money, Day)>,
    /// Goods that were given to the county: no expenditure of its own.
    donated: BTreeSet<Line>,
    batches: BTreeMap<BatchId, Batch>,
}

impl Told {
    fn take(&mut self, fact: Fact) {
        match fact {
            Fact::CaseOpened { case, person, township, .. } => {
                self.applicants.insert(case, person);
                self.township.insert(case, township);
            }
            Fact::GrantSet { case, on, .. } => drop(self.decided.insert(case, on)),
            Fact::GrantCancelled { case } => drop(self.decided.remove(&case)),
            Fact::LinePaid { case, line, amount, at, .. } => {
                self.paid.insert((case, line), (amount, at.day()));
            }
            Fact::LineUnpaid { case, line } => drop(self.paid.remove(&(case, line))),
            Fact::StockMoved(moved) => {
                if let (StockWhy::Issued, Origin::Donated, Some(case), Some(line)) =
                    (moved.why, moved.origin, moved.case, moved.line)
                {
                    self.donated.insert((case, line));
                }
            }
            Fact::BatchOpened { batch, fund, .. } => self.batch(batch).fund = Some(fund),
            Fact::LineBatched { batch, case, line, amount, .. } => {
                self.batch(batch).lines.insert((case, line), amount);
            }
            Fact::BatchSent { batch, on, .. } => self.batch(batch).sent = Some(on),
            Fact::BatchDropped { batch, .. } => drop(self.batches.remove(&batch)),
            Fact::ReturnRead { batch, on, .. } => self.batch(batch).read = Some(on),
            Fact::LineReturned { batch, case, line, .. } => {
                self.batch(batch).back.insert((case, line));
            }
            _ => {}
        }
    }

    fn batch(&mut self, batch: BatchId) -> &mut Batch {
        self.batches.entry(batch).or_default()
    }

    /// What went to the bank in a span out of a source, what of it came back, and what the bank paid of it.
    fn by_bank(&self, fund: Fund, (first, next): (Day, Day)) -> [Money; 3] {
        let within = |day: Option<Day>| day.is_some_and(|day| first <= day && day < next);
        let mut sums = [Money::ZERO; 3];
        for batch in self.batches.values().filter(|batch| batch.fund == Some(fund)) {
            for (line, amount) in &batch.lines {
                let back = batch.back.contains(line);
                let counts = [
                    within(batch.sent),
                    back && within(batch.read),
                    !back && batch.read.is_some() && within(batch.sent),
                ];
                for (sum, counts) in sums.iter_mut().zip(counts) {
                    *sum += if counts { *amount } else { Money::ZERO };
                }
            }
        }
        sums
    }

    /// What a township's cases, or all, were paid out of public money in a span.
    fn spent(&self, township: Option<u16>, (first, next): (Day, Day)) -> Money {
        let of = |case: &CaseId| township.is_none() || self.township.get(case).copied() == township;
        let public = |line: &Line| {
            let given = |batch: &Batch| batch.fund == Some(Fund::Donated) && batch.lines.contains_key(line);
            !self.donated.contains(line) && !self.batches.values().any(given)
        };
        let paid = self.paid.iter().filter(|((case, _), (_, day))| of(case) && first <= *day && *day < next);
        paid.filter(|(line, _)| public(line)).map(|(_, (amount, _))| *amount).sum()
    }

    fn decided(&self, township: Option<u16>, year: i32) -> usize {
        let of = |case: &CaseId| township.is_none() || self.township.get(case).copied() == township;
        self.decided.iter().filter(|(case, day)| of(case) && day.year() == year).count()
    }
}

fn told(entries: &Entries) -> Result<Told, Fault> {
    let (mut told, mut n) = (Told::default(), 0);
    loop {
        let rows = entries.after(n, 500)?;
        let Some(last) = rows.last() else { return Ok(told) };
        n = last.n;
        for row in &rows {
            let body = Body::from_text(&row.body).map_err(|error| Fault::bug(error.to_string()))?;
            for fact in body.facts {
                told.take(serde_json::from_value(fact).map_err(|error| Fault::bug(error.to_string()))?);
            }
        }
    }
}

/// The first day of a month, so many months after that of `day`.
fn month(day: Day, later: i32) -> Day {
    let at = day.year() * 12 + i32::try_from(day.month()).unwrap_or(1) - 1 + later;
    let month = u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1;
    Day::new(at.div_euclid(12), month, 1).unwrap_or(day)
}

fn looked(data: &Path, name: &str, sum: Money) -> Result<Vec<String>, Fault> {
    let place = Place { data: data.to_owned(), config: data.join("workstation.toml") };
    let clock = later_clock(practice::later(&practice::desk_folder(&place)));
    let today = clock().day();
    let mut opened = practice::open(&place, clock(), false)?;
    opened.sign_in("9004")?;
    let told = told(&Entries::open(&practice::desk_folder(&place).join("entries.db"), opened.county)?)?;
    let reader = opened.desk.replica().reader()?;
    let mut wrong = Vec::new();
    let mut compare = |what: String, ours: String, theirs: String| {
        if ours != theirs {
            wrong.push(format!("{what}: the cases say {ours}, the figures {theirs}"));
        }
    };
    let mut sent = Money::ZERO;
    for back in 0..6 {
        let span = (month(today, -back), month(today, 1 - back));
        for figures in reader.source_spans(span.0, span.1)? {
            let fund = figures.moved.fund;
            let ours = told.by_bank(fund, span);
            let theirs = [figures.moved.sent, figures.moved.returned, figures.paid];
            sent += theirs[0];
            for (what, (ours, theirs)) in
                ["sent", "returned", "paid"].into_iter().zip(ours.into_iter().zip(theirs))
            {
                compare(format!("{} {} {what}", span.0, fund.zh()), ours.grouped(), theirs.grouped());
            }
        }
    }
    compare("anything sent".to_owned(), "true".to_owned(), (!sent.is_zero()).to_string());
    for year in [today.year() - 1, today.year()] {
        let (Some(first), Some(next)) = (Day::new(year, 1, 1), Day::new(year + 1, 1, 1)) else { continue };
        for township in [None, Some(102), Some(103), Some(108)] {
            let sums = reader.year_sums(township, year)?;
            let what = format!("{year} {township:?}");
            let spent = told.spent(township, (first, next));
            compare(format!("{what} spent"), spent.grouped(), sums.spent.grouped());
            let decided = told.decided(township, year).to_string();
            compare(format!("{what} grants"), decided, sums.household_times.to_string());
        }
    }
    let span = (month(today, 0), month(today, 1));
    let mut paid = Money::ZERO;
    for ((case, _), (amount, day)) in &told.paid {
        let person = told.applicants.get(case).copied();
        let his = match person.map(|person| reader.details(person)).transpose()?.flatten() {
            Some(details) => details.name == name,
            None => false,
        };
        paid += if his && span.0 <= *day && *day < span.1 { *amount } else { Money::ZERO };
    }
    compare(format!("{name} paid this month"), paid.grouped(), sum.grouped());
    Ok(wrong)
}
