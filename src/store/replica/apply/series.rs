//! Running numbers, read off the numbers that facts carry: a desk gives the next one out without counting rows.

use super::Page;
use crate::base::day::Day;
use crate::domain::answers::Series;
use crate::store::replica::answers::series::name;
use crate::store::replica::fault::Result;

/// The year of `26-103-0117`, with a letter before it or not.
fn year(number: &str) -> i32 {
    let digits: String = number.chars().skip_while(|c| !c.is_ascii_digit()).take(2).collect();
    2000 + digits.parse::<i32>().unwrap_or(0)
}

/// The digits behind the last hyphen.
fn serial(number: &str) -> u32 {
    number.rsplit('-').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl Page<'_> {
    pub(super) fn numbered_case(&self, number: &str, township: u16) -> Result<()> {
        self.up(Series::Case(township, year(number)), serial(number))
    }

    pub(super) fn numbered_matter(&self, number: &str, township: u16) -> Result<()> {
        self.up(Series::Matter(township, year(number)), serial(number))
    }

    pub(super) fn numbered_lead(&self, number: &str, township: u16) -> Result<()> {
        self.up(Series::Lead(township, year(number)), serial(number))
    }

    pub(super) fn numbered_finding(&self, number: &str) -> Result<()> {
        self.up(Series::Finding(year(number)), serial(number))
    }

    pub(super) fn numbered_batch(&self, number: &str) -> Result<()> {
        self.up(Series::Batch(year(number)), serial(number))
    }

    /// Vouchers are numbered by the month of their day.
    pub(super) fn numbered_voucher(&self, voucher: &str, township: u16, on: Day) -> Result<()> {
        self.up(Series::Voucher(township, on.year(), on.month()), serial(voucher))
    }

    /// The last sheet of a pad.
    pub(super) fn numbered_blank(&self, township: u16, year: i32, last: u32) -> Result<()> {
        self.up(Series::Blank(township, year), last)
    }

    fn up(&self, series: Series, serial: u32) -> Result<()> {
        self.run(
            "INSERT INTO series(series, last) VALUES (?1, ?2)
             ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)",
            (name(series), serial),
        )?;
        Ok(())
    }
}
