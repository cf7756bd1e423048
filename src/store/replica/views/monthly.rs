//! 与财政对账: what was compared of a month, and what is open of the last twelve.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fund::Account;
use crate::domain::ids::OfficerNo;
use crate::domain::monthly::{MonthlyAnswers as _, after};
use crate::domain::nouns::Fund;
use crate::store::replica::answers::{many, one};
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// So many months back a missing comparison is asked for.
const MONTHS: i32 = 12;

/// A source that was compared at a month's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciledRow {
    /// The source.
    pub fund: Fund,
    /// Ours.
    pub ours: Money,
    /// Theirs.
    pub theirs: Money,
    /// When.
    pub on: Day,
    /// Who compared.
    pub by: OfficerNo,
    /// Who confirmed, and when.
    pub confirmed: Option<(OfficerNo, Day)>,
    /// Why they differ.
    pub explained: String,
}

impl ReconciledRow {
    /// Theirs less ours.
    pub fn differs(&self) -> Money {
        self.theirs - self.ours
    }
}

/// Why a source's month is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyOpen {
    /// 未对账.
    Missing,
    /// 待确认.
    Unconfirmed,
    /// 有差额: the newest month of the source that was compared still differs.
    Differs,
}

/// A source's month that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMonth {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u32,
    /// The source.
    pub fund: Fund,
    /// Why.
    pub why: WhyOpen,
}

impl Reader {
    /// What was compared of a month.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reconciled_of(&self, (year, month): (i32, u32)) -> Result<Vec<ReconciledRow>> {
        let sql = "SELECT fund, ours, theirs, on_day, by, confirmed_by, confirmed_on, coalesce(explained, '')
           FROM reconciled WHERE year = ?1 AND month = ?2 ORDER BY fund";
        Ok(many(self.db(), sql, (year, month), |row| {
            let (by, on): (Option<OfficerNo>, Option<Day>) = (row.get(5)?, row.get(6)?);
            Ok(ReconciledRow {
                fund: row.get(0)?,
                ours: row.get(1)?,
                theirs: row.get(2)?,
                on: row.get(3)?,
                by: row.get(4)?,
                confirmed: by.zip(on),
                explained: row.get(7)?,
            })
        })?)
    }

    /// The months of the last twelve that are over and open, the oldest first. A source is asked for from the month of its
    /// first movement on.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_months(&self, today: Day) -> Result<Vec<OpenMonth>> {
        let now = today.year() * 12 + i32::try_from(today.month()).unwrap_or(1) - 1;
        let mut all = Vec::new();
        for fund in Fund::ALL {
            let sql = "SELECT on_day FROM posting WHERE account = ?1 ORDER BY on_day LIMIT 1";
            let first = one(self.db(), sql, [Account::Source(*fund)], |row| row.get::<_, Day>(0))?;
            let Some(first) = first else { continue };
            let mut last = None;
            for at in now - MONTHS..now {
                let (year, month) = (at.div_euclid(12), u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1);
                if after(year, month).is_none_or(|next| first >= next) {
                    continue;
                }
                let open = |why| OpenMonth { year, month, fund: *fund, why };
                match self.reconciled(year, month, *fund) {
                    None => all.push(open(WhyOpen::Missing)),
                    Some(known) => {
                        last = (known.ours != known.theirs && known.confirmed.is_some())
                            .then(|| open(WhyOpen::Differs));
                        if known.confirmed.is_none() {
                            all.push(open(WhyOpen::Unconfirmed));
                        }
                    }
                }
            }
            all.extend(last);
        }
        all.sort_by_key(|one| (one.year, one.month, one.fund, one.why));
        Ok(all)
    }
}
