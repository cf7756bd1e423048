//! Numbered pads of the blank sheet F13 (空白单): printed while there is power, filled in while there is none. Every number is
//! used, void, missing, or still on the pad.

use super::fact::Fact;
use super::ids::OfficerNo;
use crate::base::day::Day;
use std::collections::BTreeMap;

/// The most sheets of one pad.
pub const SHEETS: u32 = 50;

/// A numbered blank sheet of a pad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The township of the pad.
    pub township: u16,
    /// Whether it was declared void.
    pub void: bool,
}

/// The number on a sheet: `K26-102-0012`.
pub fn number(year: i32, township: u16, serial: u32) -> String {
    format!("K{:02}-{township:03}-{serial:04}", year.rem_euclid(100))
}

/// A typed list of numbers may name as many: fifty pads.
const LISTED: usize = 2_500;

/// Numbers as a list says them, runs of one pad together: `K26-102-0012至0015、K26-102-0020`.
pub fn spans(numbers: &[String]) -> String {
    let mut runs: Vec<(&str, u32, u32)> = Vec::new();
    let mut odd = Vec::new();
    for number in numbers {
        match parted(number) {
            Some((pad, serial)) => match runs.last_mut() {
                Some(run) if run.0 == pad && run.2.checked_add(1) == Some(serial) => run.2 = serial,
                _ => runs.push((pad, serial, serial)),
            },
            None => odd.push(number.clone()),
        }
    }
    let said = runs.into_iter().map(|(pad, from, to)| match from == to {
        true => format!("{pad}-{from:04}"),
        false => format!("{pad}-{from:04}至{to:04}"),
    });
    said.chain(odd).collect::<Vec<_>>().join("、")
}

/// The numbers of a list as [`spans`] says it or as somebody types it; single ones stand as they were typed.
///
/// # Errors
/// A run that is none, or names too many; the sentence says what to type instead.
pub fn numbers(list: &str) -> Result<Vec<String>, String> {
    let list = crate::base::fold::digits(list).to_uppercase();
    let parts = list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let mut all = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let Some((first, last)) = part.split_once(['至', '~']) else {
            all.push(part.to_owned());
            continue;
        };
        let wrong = || format!("「{part}」不是连号，请写作 K26-102-0012至0015，或一个一个写");
        let (pad, from) = parted(first).ok_or_else(wrong)?;
        // The end of a run may be written in full, or as its last four digits.
        let to = match parted(last) {
            Some((other, serial)) => Some(serial).filter(|_| other == pad),
            None => last.parse().ok(),
        };
        let to = to.filter(|to| *to >= from).ok_or_else(wrong)?;
        let many = usize::try_from(to - from).unwrap_or(usize::MAX);
        if many.saturating_add(all.len()) >= LISTED {
            return Err(format!("「{part}」太多了，一次最多 {LISTED} 个号，请核对"));
        }
        all.extend((from..=to).map(|serial| format!("{pad}-{serial:04}")));
    }
    Ok(all)
}

/// A number's pad with its year, and its serial.
fn parted(number: &str) -> Option<(&str, u32)> {
    let (pad, serial) = number.rsplit_once('-')?;
    let serial = serial.parse().ok().filter(|_| pad.starts_with('K'))?;
    Some((pad, serial))
}

/// All pads, as facts made them.
#[derive(Clone, Debug, Default)]
pub struct PadBook {
    blanks: BTreeMap<String, Blank>,
}

impl PadBook {
    /// Applies a fact; others are none of its business.
    pub(super) fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::PadIssued(pad) => {
                for serial in pad.serials() {
                    let blank = Blank { township: pad.township, void: false };
                    self.blanks.insert(number(pad.year, pad.township, serial), blank);
                }
            }
            Fact::BlankVoided(voided) => {
                if let Some(blank) = self.blanks.get_mut(&voided.blank) {
                    blank.void = true;
                }
            }
            _ => {}
        }
    }

    /// A sheet by its number.
    pub fn blank(&self, number: &str) -> Option<Blank> {
        self.blanks.get(number).cloned()
    }
}

/// What became of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// 已用: for a case of this number.
    Used(String),
    /// 作废: when, by whom, why.
    Void(Day, OfficerNo, String),
    /// 缺号: a later one of the pad was used or void since this day, this one was not.
    Missing(Day),
    /// 未用: still on the pad.
    Unused,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_runs_and_reads_them_back() {
        let of = |township, serials: &[u32]| -> Vec<String> {
            serials.iter().map(|serial| number(2026, township, *serial)).collect()
        };
        let all = [of(102, &[9, 10, 11, 20]), of(103, &[1])].concat();
        let said = spans(&all);
        assert_eq!(said, "K26-102-0009至0011、K26-102-0020、K26-103-0001");
        assert_eq!(numbers(&said).unwrap(), all);
        assert_eq!(numbers("k26-102-0009～K26-102-0010，K26-102-0020").unwrap(), of(102, &[9, 10, 20]));
        assert_eq!(numbers("").unwrap(), Vec::<String>::new());
        assert_eq!(spans(&[]), "");
    }

    #[test]
    fn a_run_that_is_none_says_so() {
        for wrong in ["K26-102-0012至0011", "K26-102-0012至K26-103-0015", "0012至0015", "K26-102-0001至9999"]
        {
            assert!(numbers(wrong).is_err(), "{wrong}");
        }
    }
}
