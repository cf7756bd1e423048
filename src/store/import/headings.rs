//! Which column holds what: the usual headings of Chinese ledgers, and what the user says instead.
//!
//! The line of headings may stand anywhere in the first twenty rows, under titles and 填报单位. A heading that is not
//! known is reported and left alone; it must never be taken for something because of where it stands.

use std::collections::BTreeMap;
use std::fmt;

use super::words::WORDS;
use crate::base::fold;
use crate::store::sheet::{Cell, column_index, column_letter};

/// How many rows are searched for the headings.
const SEARCHED: usize = 20;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 姓名: who was helped.
    Name,
    /// 身份证号.
    IdNo,
    /// 性别.
    Sex,
    /// 年龄.
    Age,
    /// 乡镇.
    Township,
    /// 村 or an address with it.
    Village,
    /// 家庭人口.
    Size,
    /// 个人类别: 低保, 特困 and the like.
    Status,
    /// 联系电话.
    Phone,
    /// 救助金额.
    Amount,
    /// 审批时间: the day it was decided or paid.
    Decided,
    /// 申请理由, in words.
    Reason,
    /// 救助类别: which of the eight circumstances.
    Circumstance,
    /// 一卡通账号.
    Account,
    /// 审批级别: township or county.
    Tier,
    /// 备注.
    Note,
    /// A column that is known and not needed: 序号, 自付金额, 经办人.
    Other,
}

use Field::{Amount, Decided, Name, Other, Village};

/// The fields without which a ledger cannot be read.
pub const NEEDED: [Field; 3] = [Name, Amount, Decided];

impl Field {
    /// The field's name, as `--map` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Village => "村",
            Other => "其他",
            field => field.words().first().copied().unwrap_or_default(),
        }
    }

    /// Every heading it is known by.
    pub fn words(self) -> &'static [&'static str] {
        WORDS.iter().find(|(field, _)| *field == self).map_or(&[], |(_, words)| words)
    }

    /// Every field that `--map` takes.
    pub fn all() -> impl Iterator<Item = Field> {
        WORDS.iter().map(|(field, _)| *field).filter(|field| *field != Other)
    }
}

/// A heading without what varies: brackets and what stands in them, spaces, stars, colons.
fn bare(heading: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for letter in fold::digits(heading).chars() {
        match letter {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || letter.is_whitespace() || "*:/、,.·_-'".contains(letter) => {}
            other => out.push(other),
        }
    }
    // 村（居） says it in its brackets; 户主/申请人 is one heading
    out
}

/// The field of a heading and how good the match is, the lower the better.
fn field_of(heading: &str) -> Option<(Field, usize)> {
    let bare = bare(heading);
    if bare.is_empty() || bare.chars().count() > 16 {
        return None;
    }
    let words = || {
        WORDS
            .iter()
            .flat_map(|(field, words)| words.iter().enumerate().map(move |(rank, w)| (*field, rank, *w)))
    };
    if let Some((field, rank, _)) = words().find(|(_, _, word)| *word == bare) {
        return Some((field, rank));
    }
    let inside = words().filter(|(_, _, word)| word.chars().count() > 1 && bare.contains(word));
    let (field, rank, _) =
        inside.max_by_key(|(_, rank, word)| (word.chars().count(), std::cmp::Reverse(*rank)))?;
    Some((field, rank + 100))
}

/// One `--map`: this field stands in that column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The field.
    pub field: Field,
    /// A column letter or a heading.
    pub column: String,
}

impl Override {
    /// Reads `金额=H` or `金额=补助款`.
    ///
    /// # Errors
    /// [`HeadingProblem::BadMap`] with the names it takes.
    pub fn parse(text: &str) -> Result<Override, HeadingProblem> {
        let bad = || HeadingProblem::BadMap { given: text.to_owned() };
        let (name, column) = text.split_once(['=', '＝']).ok_or_else(bad)?;
        let wanted = bare(name);
        let field =
            Field::all().find(|field| field.name() == wanted || field.words().contains(&wanted.as_str()));
        let column = column.trim();
        match field {
            Some(field) if !column.is_empty() => Ok(Override { field, column: column.to_owned() }),
            _ => Err(bad()),
        }
    }
}

/// Why the columns could not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadingProblem {
    /// No line of headings in the first twenty rows.
    None,
    /// Headings, but without these.
    Missing {
        /// What is missing.
        fields: Vec<Field>,
        /// The row of the headings, from 1.
        row: usize,
    },
    /// A `--map` that cannot be read.
    BadMap {
        /// As it was given.
        given: String,
    },
    /// A `--map` to a column that is not there.
    NoColumn {
        /// As it was given.
        column: String,
    },
}

impl HeadingProblem {
    /// What is wrong, one Chinese sentence.
    pub fn what(&self) -> String {
        match self {
            HeadingProblem::None => format!("前{SEARCHED}行里没有找到表头（姓名、金额、审批时间等列名）。"),
            HeadingProblem::Missing { fields, row } => {
                let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
                format!("第{row}行的表头里没有认出这些列：{}。", names.join("、"))
            }
            HeadingProblem::BadMap { given } => format!("列对应“{given}”看不懂。"),
            HeadingProblem::NoColumn { column } => format!("表里没有“{column}”这一列。"),
        }
    }

    /// What to do now, one Chinese sentence.
    pub fn next(&self) -> String {
        match self {
            HeadingProblem::None => {
                "请在表格上方补一行列名，或用 --map 姓名=B --map 救助金额=H --map 审批时间=I 指定。"
                    .to_owned()
            }
            HeadingProblem::Missing { fields, .. } => {
                let first = fields.first().map_or("金额", |field| field.name());
                format!("请改列名，或用 --map {first}=列字母 指定，例如 --map {first}=H。")
            }
            HeadingProblem::BadMap { .. } => {
                let names: Vec<&str> = Field::all().map(Field::name).collect();
                format!("写法是 --map 列=字母，如 --map 救助金额=H；可用的列：{}。", names.join("、"))
            }
            HeadingProblem::NoColumn { .. } => "请写列字母（如H）或表头里原样的列名。".to_owned(),
        }
    }
}

impl fmt::Display for HeadingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.what(), self.next())
    }
}

impl std::error::Error for HeadingProblem {}

/// Which column holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The row of the headings, from 1; 0 when the user named every column of a sheet without headings.
    pub heading_row: usize,
    /// Column by field, from 0.
    pub columns: BTreeMap<Field, usize>,
    /// The headings as they stand.
    pub headings: Vec<String>,
    /// Columns that were not understood, or stood second to a better one.
    pub unused: Vec<usize>,
}

impl Mapping {
    /// `H（救助金额）`: the column of a field as people find it.
    pub fn label(&self, field: Field) -> (String, String) {
        match self.columns.get(&field) {
            Some(at) => {
                let heading = self.headings.get(*at).filter(|heading| !heading.is_empty());
                (column_letter(*at), heading.cloned().unwrap_or_else(|| field.name().to_owned()))
            }
            None => (String::new(), field.name().to_owned()),
        }
    }
}

/// Finds the headings and says which column holds what; what the user said goes before what is recognised.
///
/// # Errors
/// [`HeadingProblem`].
pub fn recognise(rows: &[Vec<Cell>], overrides: &[Override]) -> Result<Mapping, HeadingProblem> {
    let best = rows
        .iter()
        .take(SEARCHED)
        .enumerate()
        .map(|(at, row)| (at, fields_in(row)))
        .filter(|(_, known)| *known >= 2)
        // the first of equals: headings are repeated on every printed page
        .max_by_key(|(at, known)| (*known, std::cmp::Reverse(*at)));
    let (heading_row, headings) = match best {
        Some((at, _)) => {
            (at + 1, rows.get(at).map(|row| row.iter().map(Cell::text).collect()).unwrap_or_default())
        }
        None => (0, Vec::new()),
    };
    let mut mapping = Mapping { heading_row, columns: BTreeMap::new(), headings, unused: Vec::new() };
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for Override { field, column } in overrides {
        let by_heading =
            mapping.headings.iter().position(|heading| heading == column || bare(heading) == bare(column));
        let at = by_heading.or_else(|| column_index(column).filter(|at| *at < width));
        let at = at.ok_or_else(|| HeadingProblem::NoColumn { column: column.clone() })?;
        mapping.columns.insert(*field, at);
    }
    fill(&mut mapping);
    let missing: Vec<Field> =
        NEEDED.into_iter().filter(|field| !mapping.columns.contains_key(field)).collect();
    match missing.is_empty() {
        true => Ok(mapping),
        false if mapping.heading_row == 0 => Err(HeadingProblem::None),
        false => Err(HeadingProblem::Missing { fields: missing, row: mapping.heading_row }),
    }
}

/// How many different fields a row names; a row of data names none.
pub(super) fn fields_in(row: &[Cell]) -> usize {
    let mut fields: Vec<Field> = row
        .iter()
        .filter_map(|cell| match cell {
            Cell::Text(text) => {
                field_of(text).filter(|(field, rank)| *rank < 100 || *field != Other).map(|(field, _)| field)
            }
            _ => None,
        })
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

/// Gives each field its best heading among the columns that the user did not name.
fn fill(mapping: &mut Mapping) {
    let mut found: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
    let named: Vec<usize> = mapping.columns.values().copied().collect();
    for (at, heading) in mapping.headings.iter().enumerate() {
        if named.contains(&at) || heading.is_empty() {
            continue;
        }
        match field_of(heading) {
            Some((Other, _)) => {}
            Some((field, rank)) if !mapping.columns.contains_key(&field) => {
                let before = found.get(&field).copied();
                if before.is_none_or(|(_, best)| rank < best) {
                    found.insert(field, (at, rank));
                    mapping.unused.extend(before.map(|(column, _)| column));
                } else {
                    mapping.unused.push(at);
                }
            }
            _ => mapping.unused.push(at),
        }
    }
    mapping.unused.sort_unstable();
    mapping.columns.extend(found.into_iter().map(|(field, (at, _))| (field, at)));
}
