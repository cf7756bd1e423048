//! One row of a ledger, field by field, with what the row above says to its blanks.
//!
//! All that is wrong with a row is told at once. It must never take a person, a day or a place from another row where
//! the ledger does not say so.

use super::headings::{Field, Mapping};
use super::place::{self, Found};
use super::rows::{Context, GrantRow, RowProblem, TierGuess};
use super::values::{self, Wrong};
use crate::base::day::Day;
use crate::base::division;
use crate::base::fold;
use crate::base::id_no::{IdNo, Sex};
use crate::base::money::Money;
use crate::store::sheet::Cell;

/// What the row above says to the blanks of this one.
#[derive(Default)]
pub(super) struct Above {
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

/// Reads one row; all that is wrong with it, or the grant.
pub(super) fn read(
    row_no: usize,
    row: &[Cell],
    mapping: &Mapping,
    context: Context,
    above: &mut Above,
) -> Result<GrantRow, Vec<RowProblem>> {
    let mut reader = RowReader { row_no, row, mapping, context, above, problems: Vec::new() };
    let grant = reader.grant();
    match grant {
        Some(grant) if reader.problems.is_empty() => Ok(grant),
        _ => Err(reader.problems),
    }
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
