//! Totals (I21): what the replica's month's ledger, its year and its cases say, beside what the entries add up to.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::fact::MoveKind;
use crate::domain::fund::{Account, Posting};
use crate::domain::ids::CaseId;
use crate::office::sweep::acts::TOWNSHIP;
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use std::collections::BTreeMap;

/// Sums of one township by month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// By month and kind, what went into (or out of) the two tills.
    pub(super) moved: BTreeMap<(i32, u32, &'static str), Money>,
    /// By month, what both tills held at its end.
    pub(super) closing: BTreeMap<(i32, u32), Money>,
    /// By year, what was spent.
    pub(super) spent: BTreeMap<i32, Money>,
    /// What stands paid on the cases: all that was spent.
    pub(super) paid: Money,
}

/// One posting of the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    /// Its entry.
    pub(super) n: u64,
    why: MoveKind,
    on: Day,
    posting: Posting,
}

impl Moved {
    pub(super) fn new(n: u64, why: MoveKind, on: Day, posting: Posting) -> Moved {
        Moved { n, why, on, posting }
    }

    /// The month.
    pub(super) fn month(&self) -> (i32, u32) {
        (self.on.year(), self.on.month())
    }
}

fn is_till(account: Account) -> bool {
    matches!(account, Account::Reserve(TOWNSHIP, _))
}

impl Totals {
    /// As the replica shows them.
    ///
    /// # Errors
    /// SQLite's.
    pub(super) fn of(reader: &Reader, months: &[(i32, u32)], cases: &[CaseId]) -> Result<Totals, Fault> {
        let payments = cases.iter().flat_map(|case| reader.payments(*case));
        let mut totals = Totals { paid: payments.map(|payment| payment.amount).sum(), ..Totals::default() };
        for &(year, month) in months {
            let ledger = reader.reserve_month(TOWNSHIP, year, month)?;
            for row in &ledger.rows {
                *totals.moved.entry((year, month, row.why.zh())).or_default() += row.amount;
            }
            totals.closing.insert((year, month), ledger.closing());
            totals.spent.insert(year, reader.year_sums(Some(TOWNSHIP), year)?.spent);
            let all = reader.year_sums(None, year)?.spent;
            if totals.spent.get(&year) != Some(&all) {
                // There is one township: the county's total is its.
                totals.spent.insert(year, Money::from_fen(i64::MIN));
            }
        }
        Ok(totals)
    }

    /// As the entries up to `n` add up to.
    pub(super) fn add_up(moved: &[Moved], n: u64, months: &[(i32, u32)]) -> Totals {
        let mut totals = Totals::default();
        let spent = |moved: &&&Moved| moved.posting.account == Account::Spent(TOWNSHIP);
        let known: Vec<&Moved> = moved.iter().filter(|moved| moved.n <= n).collect();
        for &(year, month) in months {
            let mut closing = Money::ZERO;
            for moved in known.iter().filter(|moved| is_till(moved.posting.account)) {
                if moved.month() == (year, month) {
                    *totals.moved.entry((year, month, moved.why.zh())).or_default() += moved.posting.amount;
                }
                if moved.month() <= (year, month) {
                    closing += moved.posting.amount;
                }
            }
            totals.closing.insert((year, month), closing);
            let of_year = known.iter().filter(spent).filter(|moved| moved.on.year() == year);
            totals.spent.insert(year, of_year.map(|moved| moved.posting.amount).sum());
        }
        totals.paid = known.iter().filter(spent).map(|moved| moved.posting.amount).sum();
        totals
    }
}
