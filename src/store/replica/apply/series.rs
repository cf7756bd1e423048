//! Running numbers, read off the numbers that facts carry: a desk gives the next one out without counting rows.

use super::Page;
use crate::base::day::Day;
use crate::domain::answers::Series;
use crate::store::replica::answers::series::name;
use crate::store::replica::fault::Result;

/// Year, township and serial of `26-103-0117`, with a letter before it or not.
pub(super) fn parts(number: &str) -> Option<(i32, u16, u32)> {
    let number = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut parts = number.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let township: u16 = parts.next()?.parse().ok()?;
    let serial: u32 = parts.next()?.parse().ok()?;
    (parts.next().is_none() && (0..100).contains(&year)).then_some((2000 + year, township, serial))
}

impl Page<'_> {
    pub(super) fn numbered_case(&self, number: &str) -> Result<()> {
        match parts(number) {
            Some((year, township, serial)) => self.up(Series::Case(township, year), serial),
            None => Ok(()),
        }
    }

    pub(super) fn numbered_matter(&self, number: &str) -> Result<()> {
        match parts(number) {
            Some((year, township, serial)) => self.up(Series::Matter(township, year), serial),
            None => Ok(()),
        }
    }

    pub(super) fn numbered_lead(&self, number: &str) -> Result<()> {
        match parts(number) {
            Some((year, township, serial)) => self.up(Series::Lead(township, year), serial),
            None => Ok(()),
        }
    }

    /// `B11-06` is the sixth of November; the year is that of the voucher's day, or the next where the money was handed
    /// over before the year's end and the voucher written after it.
    pub(super) fn numbered_voucher(&self, voucher: &str, township: u16, on: Day) -> Result<()> {
        let digits = voucher.trim_start_matches(|c: char| !c.is_ascii_digit());
        let Some((month, serial)) = digits.split_once('-') else { return Ok(()) };
        let (Ok(month), Ok(serial)) = (month.parse::<u32>(), serial.parse::<u32>()) else { return Ok(()) };
        let year = on.year() + i32::from(month < on.month());
        self.up(Series::Voucher(township, year, month), serial)
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
