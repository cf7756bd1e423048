//! A row of a ledger becomes a grant, a problem with its place, or is passed over.
//!
//! All that is wrong with a row is told at once. It must never show what it read in full: ids, names and accounts are
//! masked in every message.

use std::fmt;

use super::headings::{Field, Mapping, fields_in};
use super::place::{self, Found};
use super::values::{self, Wrong};
use crate::base::day::Day;
use crate::base::division;
use crate::base::fold;
use crate::base::id_no::{IdNo, Sex};
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
        let mut reader = RowReader { row_no, row, mapping, context, above: &mut above, problems: Vec::new() };
        let grant = reader.grant();
        let problems = std::mem::take(&mut reader.problems);
        match grant {
            Some(grant) if problems.is_empty() => outcome.good.push(grant),
            _ => outcome.problems.extend(problems),
        }
    }
    outcome
}

fn skip_of(row: &[Cell], mapping: &Mapping) -> Option<Skip> {
    let mut texts = row.iter().filter(|cell| !cell.is_empty()).map(|cell| fold::compact(&cell.text()));
    let Some(first) = texts.next() else { return Some(Skip::Blank) };
    let amount = mapping.columns.get(&Field::Amount).and_then(|at| row.get(*at)).unwrap_or(&Cell::Empty);
    // a row with an amount is never taken for headings, whatever its words are
    if fields_in(row) >= 3 && values::amount(amount).is_err() {
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

/// What the row above says to the blanks of this one.
#[derive(Default)]
struct Above {
    name: String,
    id: Option<Option<IdNo>>,
    village: String,
    township: Option<u16>,
    phone: String,
    account: String,
    status: String,
    day: Option<Day>,
    reason: String,
    kind: String,
    /// Whether who it was could not be read, so that nobody may be taken from it.
    broken: bool,
}

struct RowReader<'a> {
    row_no: usize,
    row: &'a [Cell],
    mapping: &'a Mapping,
    context: Context,
    above: &'a mut Above,
    problems: Vec<RowProblem>,
}

impl RowReader<'_> {
    fn cell(&self, field: Field) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.mapping.columns.get(&field).and_then(|at| self.row.get(*at)).unwrap_or(&EMPTY)
    }

    fn problem(&mut self, field: Field, what: impl Into<String>, next: &str) {
        let shown = mask(field, &self.cell(field).text());
        let column = self.mapping.label(field);
        let (what, next) = (what.into(), next.to_owned());
        self.problems.push(RowProblem { row: self.row_no, column, shown, what, next });
    }

    fn kept<T>(&mut self, field: Field, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|Wrong { what, next }| self.problem(field, what, &next)).ok()
    }

    /// The words of a cell; "same as above" takes those of the row above.
    fn words(&mut self, field: Field, above: &str) -> String {
        let text = self.cell(field).text();
        if values::is_same(&text) {
            return above.to_owned();
        }
        match fold::text(&text) {
            Ok(clean) => clean,
            Err(problem) => {
                self.problem(field, format!("{problem}"), "请删去看不见的字符后重新导入。");
                String::new()
            }
        }
    }

    fn grant(&mut self) -> Option<GrantRow> {
        let (name, id_no, filled) = self.person();
        let broken = !self.problems.is_empty();
        let amount = values::amount(self.cell(Field::Amount));
        let amount = self.kept(Field::Amount, amount);
        let decided = self.decided();
        let above = std::mem::take(self.above);
        let blank_as_above =
            |text: String, old: &str| if filled && text.is_empty() { old.to_owned() } else { text };
        let address = blank_as_above(self.words(Field::Village, &above.village), &above.village);
        let status = blank_as_above(self.words(Field::Status, &above.status), &above.status);
        let phone = blank_as_above(self.words(Field::Phone, &above.phone), &above.phone);
        let account = blank_as_above(self.words(Field::Account, &above.account), &above.account);
        let reason = self.words(Field::Reason, &above.reason);
        let kind = self.words(Field::Circumstance, &above.kind);
        let note = self.words(Field::Note, "");
        let mut warnings = Vec::new();
        let township = self.township(&address, above.township);
        let village = township.and_then(|code| self.village(&address, code, &mut warnings));
        if let Some(id) = &id_no {
            self.compare(id, decided, &mut warnings);
        } else {
            warnings.push("没有身份证号，按姓名和村登记".to_owned());
        }
        *self.above = Above {
            name: name.clone(),
            id: Some(id_no.clone()),
            village: address.clone(),
            township: self.above.township,
            phone: phone.clone(),
            account: account.clone(),
            status: status.clone(),
            day: decided.or(above.day),
            reason: reason.clone(),
            kind: kind.clone(),
            broken,
        };
        let (amount, decided, township) = (amount?, decided?, township?);
        Some(GrantRow {
            row_no: self.row_no,
            tier: self.tier(amount),
            circumstance: values::circumstance(&kind).or_else(|| values::circumstance(&reason)),
            reason: if reason.is_empty() { kind } else { reason },
            name,
            id_no,
            township,
            village,
            address,
            phone: digits_of(&phone),
            amount,
            decided,
            account_tail: tail(&digits_of(&account), 8),
            status,
            note,
            filled,
            warnings,
        })
    }

    /// Name and number. Both blank, or a blank name beside the same number: the person of the row above, as in a
    /// ledger with merged cells. Anything else that is blank is a problem, not a guess.
    fn person(&mut self) -> (String, Option<IdNo>, bool) {
        let id_text = self.cell(Field::IdNo).text();
        let name_text = self.cell(Field::Name).text();
        let no_name = name_text.is_empty() || values::is_same(&name_text);
        let no_id = id_text.is_empty() || values::is_same(&id_text);
        if no_name && self.above.broken {
            self.problem(
                Field::Name,
                "这一行接着上一行的人，而上一行的姓名或证件号有问题。",
                "请先改正上一行。",
            );
            return (self.above.name.clone(), None, true);
        }
        if no_name && no_id && !self.above.name.is_empty() {
            return (self.above.name.clone(), self.above.id.clone().flatten(), true);
        }
        let id = if values::is_same(&id_text) {
            Ok(self.above.id.clone().flatten())
        } else {
            values::id_no(self.cell(Field::IdNo), self.context.today)
        };
        let id = self.kept(Field::IdNo, id).flatten();
        if no_name {
            let same = id.is_some() && self.above.id.as_ref() == Some(&id) && !self.above.name.is_empty();
            if same {
                return (self.above.name.clone(), id, true);
            }
            self.problem(Field::Name, "姓名是空的。", "请补上姓名后重新导入。");
            return (String::new(), id, false);
        }
        // ledgers spread two characters to the width of three
        let spaced = name_text.chars().all(|letter| !letter.is_ascii_alphabetic());
        let close: String = if spaced {
            name_text.chars().filter(|letter| !letter.is_whitespace()).collect()
        } else {
            name_text
        };
        match fold::name(&close) {
            Ok(name) if name.chars().any(char::is_alphabetic) => (name, id, false),
            Ok(_) => {
                self.problem(Field::Name, "这一格不像姓名。", "请填写姓名后重新导入。");
                (String::new(), id, false)
            }
            Err(problem) => {
                self.problem(Field::Name, format!("{problem}"), "请重新录入姓名。");
                (String::new(), id, false)
            }
        }
    }

    fn decided(&mut self) -> Option<Day> {
        let text = self.cell(Field::Decided).text();
        if values::is_same(&text)
            && let Some(day) = self.above.day
        {
            return Some(day);
        }
        let read = values::day(self.cell(Field::Decided), self.context.today);
        self.kept(Field::Decided, read)
    }

    fn township(&mut self, address: &str, above: Option<u16>) -> Option<u16> {
        let text = self.cell(Field::Township).text();
        let written = if values::is_same(&text) { above } else { place::township(&text) };
        self.above.township = written;
        if !text.is_empty() && !values::is_same(&text) && written.is_none() {
            self.problem(Field::Township, "没有这个乡镇。", "请改成本县的乡镇街场名称。");
            return None;
        }
        match (self.context.township, written) {
            (Some(said), Some(read)) if said != read => {
                let name = division::township(said).map_or("", |township| township.name);
                self.problem(
                    Field::Township,
                    format!("这一行不是{name}的。"),
                    "请拆开文件，按乡镇分别导入。",
                );
                None
            }
            (Some(code), _) | (None, Some(code)) => Some(code),
            (None, None) => {
                let read = place::township(address);
                if read.is_none() {
                    self.problem(
                        Field::Township,
                        "看不出是哪个乡镇。",
                        "请用 --township 指定，如 --township 102。",
                    );
                }
                read
            }
        }
    }

    fn village(&mut self, address: &str, township: u16, warnings: &mut Vec<String>) -> Option<u64> {
        if address.is_empty() {
            return None;
        }
        match place::village(address, township) {
            Found::One(code) => Some(code),
            Found::None => {
                warnings.push("村名不在本乡镇的名录里，按原文保存".to_owned());
                None
            }
            Found::Several(one, other) => {
                self.problem(Field::Village, format!("村名分不清是{one}还是{other}。"), "请写村的全名。");
                None
            }
        }
    }

    /// What the number says about sex and age, against what the ledger says: E-ID-SEX warns here, since the earlier
    /// grant was real whichever of the two was mistyped.
    fn compare(&self, id: &IdNo, decided: Option<Day>, warnings: &mut Vec<String>) {
        let sex = self.cell(Field::Sex).text();
        let wanted = if id.sex() == Sex::Male { "男" } else { "女" };
        if (sex.contains('男') || sex.contains('女')) && !sex.contains(wanted) {
            warnings.push("性别与身份证号不符".to_owned());
        }
        let age: Option<i32> =
            fold::compact(&self.cell(Field::Age).text()).trim_end_matches(['岁', '周']).parse().ok();
        if let (Some(age), Some(day)) = (age, decided)
            && (id.age_on(day) - age).abs() > 2
        {
            warnings.push("年龄与身份证号不符".to_owned());
        }
        if decided.is_some_and(|day| day < id.birth()) {
            warnings.push("救助日期早于出生日期".to_owned());
        }
    }

    fn tier(&self, amount: Money) -> TierGuess {
        let text = self.cell(Field::Tier).text();
        if text.contains('市') {
            TierGuess::City
        } else if text.contains('县') || text.contains('局') {
            TierGuess::County
        } else if text.contains(['镇', '乡', '街', '场']) || amount <= Money::from_fen(50_000) {
            TierGuess::Township
        } else {
            TierGuess::County
        }
    }
}

fn digits_of(text: &str) -> String {
    fold::compact(text).chars().filter(char::is_ascii_digit).take(32).collect()
}

fn tail(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}

/// What may be shown of a cell.
fn mask(field: Field, text: &str) -> String {
    let letters = text.chars().count();
    let keep = match field {
        Field::Name => 1,
        Field::IdNo => 6,
        Field::Account | Field::Phone => 3,
        Field::Village | Field::Note | Field::Reason => {
            return text.chars().take(20).filter(|c| !c.is_ascii_digit()).collect();
        }
        _ => return text.chars().take(20).filter(|letter| !letter.is_control()).collect(),
    };
    let shown = keep.min(letters / 2);
    let head: String = text.chars().take(shown).filter(|letter| !letter.is_control()).collect();
    let end = if field == Field::IdNo && letters > 12 { tail(text, 1) } else { String::new() };
    head + &"*".repeat((letters - shown - end.chars().count()).min(12)) + &end
}
