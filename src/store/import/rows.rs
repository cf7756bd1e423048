//! A row of a ledger becomes a grant, a problem with its place, or is passed over.
//!
//! All that is wrong with a row is told at once. It must never show what it read in full: ids, names and accounts are
//! masked in every message.

use std::fmt;

use super::headings::{Field, Mapping, fields_in};
use super::row_reader::{self, Above};
use super::values;
use crate::base::day::Day;
use crate::base::fold;
use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::store::sheet::Cell;

/// Who decided, as far as the ledger lets it be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierGuess {
    /// The township: it says so, or the amount is not above 500.00 (四（三）二).
    Township,
    /// The county.
    County,
    /// The city: only where the ledger says so.
    City,
}

/// One earlier grant, read and checked.
#[derive(Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The row of the file, from 1.
    pub row_no: usize,
    /// Who was helped.
    pub name: String,
    /// Their number, if the ledger has one.
    pub id_no: Option<IdNo>,
    /// Three digits of the township.
    pub township: u16,
    /// Twelve digits of the village, where its name was known.
    pub village: Option<u64>,
    /// The address as it stands.
    pub address: String,
    /// Digits of the telephone, not checked: old numbers had seven.
    pub phone: String,
    /// How much.
    pub amount: Money,
    /// When it was decided or paid, whichever the ledger notes.
    pub decided: Day,
    /// Which of the eight circumstances, if the words tell.
    pub circumstance: Option<u8>,
    /// The reason in words.
    pub reason: String,
    /// Who decided.
    pub tier: TierGuess,
    /// The last eight digits of the account at most.
    pub account_tail: String,
    /// 低保 and the like, as it stands.
    pub status: String,
    /// 备注.
    pub note: String,
    /// Whether name and number were taken from the row above.
    pub filled: bool,
    /// What is odd but does not stop the row, in Chinese.
    pub warnings: Vec<String>,
}

/// A grant is a person's: the debug form has the row only.
impl fmt::Debug for GrantRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GrantRow").field("row_no", &self.row_no).finish_non_exhaustive()
    }
}

/// Why a cell of a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The row of the file, from 1.
    pub row: usize,
    /// Letter and heading of the column; the letter is empty where the column is missing.
    pub column: (String, String),
    /// What stands there, masked.
    pub shown: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, heading) = &self.column;
        let shown = if self.shown.is_empty() { String::new() } else { format!("“{}”", self.shown) };
        write!(f, "第{}行 {letter}列（{heading}）{shown}：{}{}", self.row, self.what, self.next)
    }
}

/// Why a row was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// 合计, 小计, 总计.
    Total,
    /// 制表人, 审核人 and the like.
    Foot,
    /// The headings again, as on every printed page.
    Heading,
    /// Nothing in it.
    Blank,
}

impl Skip {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Skip::Total => "合计行",
            Skip::Foot => "落款行",
            Skip::Heading => "重复表头",
            Skip::Blank => "空行",
        }
    }
}

/// What the caller knows.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Today: nothing was granted after it.
    pub today: Day,
    /// The township of the whole file, where it is said.
    pub township: Option<u16>,
}

/// What a sheet came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Rows that can be taken over.
    pub good: Vec<GrantRow>,
    /// What is wrong with the others.
    pub problems: Vec<RowProblem>,
    /// Rows passed over.
    pub skipped: Vec<(usize, Skip)>,
}

/// Reads every row below the headings.
pub fn read(rows: &[Vec<Cell>], mapping: &Mapping, context: Context) -> Outcome {
    let mut outcome = Outcome::default();
    let mut above = Above::default();
    for (at, row) in rows.iter().enumerate().skip(mapping.heading_row) {
        let row_no = at + 1;
        if let Some(skip) = skip_of(row, mapping) {
            outcome.skipped.push((row_no, skip));
            // a total ends a group: what follows does not continue it
            if skip != Skip::Blank && skip != Skip::Heading {
                above = Above::default();
            }
            continue;
        }
        match row_reader::read(row_no, row, mapping, context, &mut above) {
            Ok(grant) => outcome.good.push(grant),
            Err(problems) => outcome.problems.extend(problems),
        }
    }
    outcome
}

fn skip_of(row: &[Cell], mapping: &Mapping) -> Option<Skip> {
    let mut texts = row.iter().filter(|cell| !cell.is_empty()).map(|cell| fold::compact(&cell.text()));
    let Some(first) = texts.next() else { return Some(Skip::Blank) };
    let amount = mapping.columns.get(&Field::Amount).and_then(|at| row.get(*at)).unwrap_or(&Cell::Empty);
    // a row with an amount is never taken for headings, whatever its words are
    if values::amount(amount).is_err() && fields_in(row) >= 3 {
        return Some(Skip::Heading);
    }
    // in front of a total there is a number at most
    let second = texts.next().unwrap_or_default();
    for text in [&first, &second] {
        let total = ["合计", "小计", "总计", "累计", "本页", "共计", "年计", "月计"]
            .iter()
            .any(|word| text.starts_with(word));
        let year = text.ends_with("合计") || text.ends_with("小计");
        if total || (year && text.chars().count() <= 12) {
            return Some(Skip::Total);
        }
    }
    let foot = [
        "制表",
        "审核人",
        "审核:",
        "填报",
        "经办人",
        "负责人",
        "单位负责",
        "领导签字",
        "签字",
        "注:",
        "备注:",
        "说明:",
    ];
    foot.iter().any(|word| first.starts_with(word)).then_some(Skip::Foot)
}
