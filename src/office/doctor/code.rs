//! The code of a page (电话码): nine digits that carry how each numbered line ended, so that the helper at the county sees the
//! sheet of whoever reads them out. The last is a check digit by Damm's rule, which finds every single wrong digit and
//! every pair of neighbours exchanged.
//!
//! The first eight are the lines' verdicts as the digits of a number to base four, the first line lowest; a sheet of two
//! PCs adds twenty million, above every sheet of one. This never changes: the two programs may be of different versions.

use crate::store::share::trial::{Check, Finding, Verdict};

/// Above 4 to the power of twelve lines.
const TWO: u32 = 20_000_000;

const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Each line and how it ended, in order.
    pub lines: Vec<(Check, Verdict)>,
    /// Whether it is a sheet of two PCs.
    pub two: bool,
}

fn damm(digits: &str) -> u8 {
    digits.bytes().fold(0, |row, byte| {
        let digit = usize::from(byte.wrapping_sub(b'0'));
        DAMM.get(usize::from(row)).and_then(|row| row.get(digit)).copied().unwrap_or(0)
    })
}

fn figure(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Fail => 1,
        Verdict::Untested => 2,
        Verdict::Note => 3,
    }
}

/// The code of findings: three groups of three digits.
pub(super) fn write(findings: &[Finding], two: bool) -> String {
    let lines: &[Check] = if two { &Check::TWO } else { &Check::ONE };
    let mut number = 0;
    for check in lines.iter().rev() {
        let verdict = findings.iter().find(|found| found.check == *check).map(|found| found.verdict);
        number = number * 4 + figure(verdict.unwrap_or(Verdict::Untested));
    }
    let digits = format!("{:08}", if two { number + TWO } else { number });
    let all = format!("{digits}{}", damm(&digits));
    let (first, rest) = all.split_at(3);
    let (second, third) = rest.split_at(3);
    format!("{first} {second} {third}")
}

/// Reads a code as it was heard: blanks and dashes do not matter. None if a digit is wrong.
pub fn read(heard: &str) -> Option<Read> {
    let heard = crate::base::fold::digits(heard);
    let digits: String = heard.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.len() != 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) || damm(&digits) != 0 {
        return None;
    }
    let number: u32 = digits.get(..8)?.parse().ok()?;
    let two = number >= TWO;
    let lines: &[Check] = if two { &Check::TWO } else { &Check::ONE };
    let mut rest = if two { number - TWO } else { number };
    let mut read = Vec::with_capacity(lines.len());
    for check in lines {
        let verdict = match rest % 4 {
            0 => Verdict::Pass,
            1 => Verdict::Fail,
            2 => Verdict::Untested,
            _ => Verdict::Note,
        };
        read.push((*check, verdict));
        rest /= 4;
    }
    (rest == 0).then_some(Read { lines: read, two })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(lines: &[Check], figures: &[u32]) -> Vec<Finding> {
        let verdicts = [Verdict::Pass, Verdict::Fail, Verdict::Untested, Verdict::Note];
        let one = |(check, figure): (&Check, &u32)| Finding {
            check: *check,
            verdict: verdicts[*figure as usize],
            said: String::new(),
            next: String::new(),
        };
        lines.iter().zip(figures).map(one).collect()
    }

    #[test]
    fn all_well_is_easy_to_read_out_and_never_changes() {
        assert_eq!(write(&sheet(&Check::ONE, &[0; 12]), false), "000 000 000");
        assert_eq!(write(&sheet(&Check::TWO, &[0; 5]), true), "200 000 005");
        let eighth = [0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0];
        assert_eq!(write(&sheet(&Check::ONE, &eighth), false), "000 245 769");
    }

    proptest! {
        #[test]
        fn a_code_is_heard_as_it_was_read_out_and_one_wrong_digit_is_noticed(
            figures in proptest::collection::vec(0u32..4, 12), two: bool, at in 0usize..9, by in 1u8..10
        ) {
            let lines: &[Check] = if two { &Check::TWO } else { &Check::ONE };
            let findings = sheet(lines, &figures);
            let code = write(&findings, two);
            let read_back = read(&code).unwrap();
            prop_assert_eq!(read_back.two, two);
            let wanted: Vec<_> = findings.iter().map(|found| (found.check, found.verdict)).collect();
            prop_assert_eq!(read_back.lines, wanted);
            let mut bytes: Vec<u8> = code.bytes().filter(|byte| *byte != b' ').collect();
            let mut swapped = bytes.clone();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            prop_assert_eq!(read(std::str::from_utf8(&bytes).unwrap()), None);
            swapped.swap(at.min(7), at.min(7) + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            if swapped != code.replace(' ', "") {
                prop_assert_eq!(read(&swapped), None);
            }
        }
    }
}
