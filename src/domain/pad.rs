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
