//! The rows of a roster as they are typed, pasted or read: cells, what is wrong with each row, and the text of the draft.
//!
//! Pure. Must never make a case id twice, and never give another one to the same row.

use crate::base::account::Account;
use crate::base::day::Day;
use crate::base::division::{self, Village};
use crate::base::fold;
use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::base::pinyin;
use crate::domain::ids::CaseId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many cells a row has.
pub const CELLS: usize = 6;
/// The head of each, its width and the words by which a heading of a spreadsheet is known.
pub const COLUMNS: [(&str, u16, &[&str]); CELLS] = [
    ("姓名", 8, &["姓名", "户主", "申请人"]),
    ("身份证号", 18, &["身份证", "证件"]),
    ("村(居)", 10, &["村", "居", "地址"]),
    ("人", 2, &["人数", "人口", "受助"]),
    ("金额", 10, &["金额", "救助"]),
    ("收款账号", 19, &["账号", "卡号", "账户"]),
];
/// The most people of one household.
const PEOPLE: u16 = 30;

/// A row.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number within this roster, for good: the case's id is made from it.
    pub serial: u16,
    /// Its cells.
    pub cells: [String; CELLS],
}

/// Rows hold names; the debug form tells the number only.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({})", self.serial)
    }
}

impl Row {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A row that is as it should be.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound {
    /// 姓名.
    pub name: String,
    /// 身份证号.
    pub id_no: String,
    /// 村.
    pub village: u64,
    /// 人数.
    pub people: u16,
    /// 金额.
    pub amount: Money,
    /// 账号; empty for none.
    pub account: String,
}

/// The rows with what their ids are made from: this is what a draft keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The incident's id, as text.
    pub about: String,
    /// What case ids are made from, as hex.
    pub seed: String,
    /// The serial of the next row.
    pub next: u16,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Rows {
    /// One blank row of a new roster.
    pub fn new(about: String, seed: [u8; 16]) -> Rows {
        let mut rows = Rows { about, seed: hex::encode(seed), next: 0, rows: Vec::new() };
        rows.add();
        rows
    }

    /// One more row at the end.
    pub fn add(&mut self) {
        self.rows.push(Row { serial: self.next, cells: Default::default() });
        self.next = self.next.saturating_add(1);
    }

    /// Takes a row out; one always stays.
    pub fn remove(&mut self, at: usize) {
        if at < self.rows.len() {
            self.rows.remove(at);
        }
        if self.rows.is_empty() {
            self.add();
        }
    }

    /// The id of a row's case: the seed with the serial in its last bytes.
    pub fn case(&self, row: &Row) -> CaseId {
        let mut id = [0; 16];
        // a seed that does not read back is no seed of ours: the draft is refused before
        let _ = hex::decode_to_slice(&self.seed, &mut id);
        let [high, low] = row.serial.to_be_bytes();
        let [.., a, b] = &mut id;
        (*a, *b) = (*a ^ high, *b ^ low);
        CaseId(id)
    }

    /// The draft's rows, where they can be read and belong to this incident.
    pub fn from_draft(answers: &serde_json::Value, about: &str) -> Option<Rows> {
        let rows: Rows = serde_json::from_value(answers.clone()).ok()?;
        let sound = rows.about == about && rows.seed.len() == 32 && !rows.rows.is_empty();
        sound.then_some(rows)
    }

    /// Whether anything was typed.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(Row::is_blank)
    }

    /// Puts a table into the cells from a place on, rows added as they are needed. Its first cell is added to what stands at the
    /// place already: of a paste the first character has come as a key. Headings that name the columns say which is which, and
    /// are left out. Answers how many rows came.
    pub fn take(&mut self, at: (usize, usize), table: &[Vec<String>], appended: bool) -> usize {
        let (first, col) = at;
        let mut table: Vec<Vec<String>> =
            table.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).cloned().collect();
        if appended
            && let (Some(cell), Some(begun)) = (
                table.first_mut().and_then(|row| row.first_mut()),
                self.rows.get(first).and_then(|row| row.cells.get(col)),
            )
        {
            cell.insert_str(0, begun);
        }
        let named = table.first().and_then(|row| headings(row));
        if named.is_some() {
            table.remove(0);
            if let Some(cell) = self.rows.get_mut(first).and_then(|row| row.cells.get_mut(col)) {
                cell.clear();
            }
        }
        let mut came = 0;
        for (down, line) in table.iter().enumerate() {
            let at = first + down;
            while self.rows.len() <= at {
                self.add();
            }
            let Some(row) = self.rows.get_mut(at) else { break };
            for (across, text) in line.iter().enumerate() {
                let to = match &named {
                    Some(columns) => columns.get(&across).copied(),
                    None => Some(col + across),
                };
                if let Some(cell) = to.and_then(|to| row.cells.get_mut(to)) {
                    *cell = text.trim().to_owned();
                }
            }
            came += 1;
        }
        came
    }

    /// The cell as in the row above.
    pub fn same_as_above(&mut self, row: usize, col: usize) -> bool {
        let above = row.checked_sub(1).and_then(|above| self.rows.get(above));
        let Some(text) = above.and_then(|above| above.cells.get(col)).cloned() else { return false };
        if let Some(cell) = self.rows.get_mut(row).and_then(|row| row.cells.get_mut(col)) {
            *cell = text;
        }
        true
    }

    /// What is wrong with each row, or what it says. None for a blank row.
    pub fn judge(&self, township: u16, today: Day) -> Vec<Option<Result<Sound, String>>> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let each = self.rows.iter().enumerate().map(|(at, row)| {
            if row.is_blank() {
                return None;
            }
            let sound = sound(row, township, today);
            if let Ok(sound) = &sound
                && let Some(before) = seen.insert(sound.id_no.clone(), at)
            {
                return Some(Err(format!("身份证号与第 {} 行相同，一户只列一行", before + 1)));
            }
            Some(sound)
        });
        each.collect()
    }
}

/// Which column of a spreadsheet is which, where its first row names them.
fn headings(row: &[String]) -> Option<BTreeMap<usize, usize>> {
    let mut found = BTreeMap::new();
    for (at, text) in row.iter().enumerate() {
        // 收款账号 and 身份证号 first: 人 and 居 stand in other words too
        let column = [5, 1, 0, 4, 3, 2].into_iter().find(|column| {
            let words = COLUMNS.get(*column).map_or(&[][..], |(_, _, words)| words);
            words.iter().any(|word| text.contains(word)) && !found.values().any(|known| known == column)
        });
        if let Some(column) = column {
            found.insert(at, column);
        }
    }
    (found.values().any(|column| *column == 0) && found.values().any(|column| *column == 1)).then_some(found)
}

/// The village that a text means: its name, the beginning of it or of its initials, where only one fits.
fn village(text: &str, township: u16) -> Result<&'static Village, String> {
    let text = text.trim();
    if let Ok(code) = fold::digits(text).parse::<u64>()
        && let Some(found) = division::village(code).filter(|found| found.township == township)
    {
        return Ok(found);
    }
    let all: Vec<&'static Village> = division::villages_of(township).collect();
    if let Some(found) = all.iter().find(|village| village.short == text || village.name == text) {
        return Ok(found);
    }
    let begins = |village: &&&'static Village| {
        let lower = text.to_lowercase();
        village.short.starts_with(text)
            || pinyin::initials(village.short).iter().any(|one| one.starts_with(&lower))
    };
    let mut fitting = all.iter().filter(begins);
    match (fitting.next(), fitting.next()) {
        _ if text.is_empty() => Err("村(居)没有填".to_owned()),
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => Err(format!("「{text}」有几个村，请打全名")),
        (None, _) => Err(format!("本乡镇没有「{text}」这个村，请打村名或拼音首字母")),
    }
}

fn sound(row: &Row, township: u16, today: Day) -> Result<Sound, String> {
    let [name, id_no, place, people, amount, account] = &row.cells;
    let name = name.trim();
    if name.is_empty() {
        return Err("姓名没有填".to_owned());
    }
    let id = IdNo::parse(&fold::digits(id_no), today).map_err(|problem| problem.to_string())?;
    let village = village(place, township)?.code;
    let people: u16 = match fold::digits(people.trim()).as_str() {
        "" => 1,
        text => text.parse().map_err(|_| "人数请打数字".to_owned())?,
    };
    if !(1..=PEOPLE).contains(&people) {
        return Err(format!("人数 {people} 不对，请打 1 至 {PEOPLE}"));
    }
    let amount = Money::parse(&fold::digits(amount.trim())).map_err(|problem| format!("金额：{problem}"))?;
    let account = match fold::digits(account.trim()).as_str() {
        "" => String::new(),
        text => {
            Account::parse(text).map_err(|problem| format!("账号：{problem}"))?;
            text.to_owned()
        }
    };
    Ok(Sound { name: name.to_owned(), id_no: id.as_str().to_owned(), village, people, amount, account })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    fn rows() -> Rows {
        Rows::new("aa".to_owned(), [7; 16])
    }

    fn today() -> Day {
        Day::new(2026, 11, 23).unwrap()
    }

    fn village_name() -> &'static str {
        division::villages_of(103).next().unwrap().short
    }

    #[test]
    fn a_paste_fills_cells_from_the_place_on_and_the_first_character_came_before() {
        let mut rows = rows();
        rows.rows[0].cells[0] = "王".to_owned();
        let text = "桂兰\t211321196804120012\t东山\t3\t500\n\n单文彩\t21132119751103078X\t西山\t2\t800\t6228480000000000018";
        assert_eq!(rows.take((0, 0), &table(text), true), 2);
        assert_eq!(rows.rows[0].cells[0], "王桂兰");
        assert_eq!(
            rows.rows[1].cells,
            ["单文彩", "21132119751103078X", "西山", "2", "800", "6228480000000000018"]
        );
        assert_eq!(rows.take((1, 4), &table("900\t1\n700"), false), 2);
        assert_eq!((rows.rows[1].cells[4].as_str(), rows.rows[2].cells[4].as_str()), ("900", "700"));
    }

    #[test]
    fn headings_say_which_column_is_which_in_any_order() {
        let mut rows = rows();
        let text = "序号\t户主姓名\t家庭人口\t救助金额\t身份证号码\t村组\t银行卡号\n1\t王桂兰\t3\t500\t211321196804120012\t东山\t62";
        assert_eq!(rows.take((0, 0), &table(text), false), 1);
        assert_eq!(rows.rows[0].cells, ["王桂兰", "211321196804120012", "东山", "3", "500", "62"]);
        // pasted: the first character of the headings came as a key
        let mut rows = self::rows();
        rows.rows[0].cells[0] = "姓".to_owned();
        rows.take((0, 0), &table("名\t身份证号\n王桂兰\t211321196804120012"), true);
        assert_eq!(rows.rows[0].cells[0], "王桂兰");
        assert_eq!(rows.rows.len(), 1);
    }

    #[test]
    fn each_row_says_what_is_wrong_with_it_and_a_blank_one_nothing() {
        let mut rows = rows();
        let place = village_name();
        let good = format!("王桂兰\t211321196804120012\t{place}\t\t500.50\t6228480000000000018");
        let lines = [
            good.clone(),
            good.replace("王桂兰", "同一个人"),
            good.replace("0012\t", "0013\t"),
            "单文彩\t21132119751103078X\t没有的村\t2\t800".to_owned(),
            format!("单文彩\t21132119751103078X\t{place}\t31\t800"),
            format!("单文彩\t21132119751103078X\t{place}\t2\t八百"),
            format!("\t211321201508200011\t{place}\t2\t800"),
        ];
        rows.take((0, 0), &table(&lines.join("\n")), false);
        rows.add();
        let judged = rows.judge(103, today());
        let first = judged[0].as_ref().unwrap().as_ref().ok().unwrap();
        assert_eq!(
            (first.people, first.amount),
            (1, Money::from_fen(50_050)),
            "one person where nothing is said"
        );
        let wrong = |at: usize| judged[at].as_ref().unwrap().as_ref().err().cloned().unwrap_or_default();
        for (at, word) in [(1, "第 1 行"), (3, "没有的村"), (4, "31"), (5, "金额"), (6, "姓名")] {
            assert!(wrong(at).contains(word), "{at}: {}", wrong(at));
        }
        assert!(!wrong(2).is_empty(), "the check digit");
        assert!(judged[7].is_none());
    }

    #[test]
    fn a_row_keeps_its_case_whatever_happens_to_the_others() {
        let mut rows = rows();
        rows.add();
        rows.add();
        let ids: Vec<CaseId> = rows.rows.iter().map(|row| rows.case(row)).collect();
        assert!(ids[0] != ids[1] && ids[1] != ids[2]);
        rows.remove(0);
        rows.add();
        assert_eq!(rows.case(&rows.rows[0]), ids[1]);
        assert!(!ids.contains(&rows.case(&rows.rows[2])), "a number is never used again");
        let kept = serde_json::to_value(&rows).unwrap();
        assert_eq!(Rows::from_draft(&kept, "aa"), Some(rows.clone()));
        assert_eq!(Rows::from_draft(&kept, "bb"), None, "another incident's");
        assert!(rows.same_as_above(1, 0) && !rows.same_as_above(0, 0));
    }
}
