//! One value of a ledger: an amount, a day, an id number, a circumstance, as tired people typed them.
//!
//! What can be read in one way is read so; what can be read in two, or was damaged by a spreadsheet, is refused with
//! the reason. It must never round, complete or correct.

use crate::base::day::Day;
use crate::base::fold;
use crate::base::id_no::{IdNo, IdProblem};
use crate::base::money::Money;
use crate::store::sheet::Cell;

/// What is wrong and what to do, two Chinese sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

fn wrong(what: impl Into<String>, next: &str) -> Wrong {
    Wrong { what: what.into(), next: next.to_owned() }
}

/// A sentence of a form field says what is wrong and, behind `，请`, what to do; a report has a place for each.
fn told(sentence: &str, next: &str) -> Wrong {
    match sentence.rsplit_once("，请") {
        Some((what, rest)) => Wrong { what: format!("{what}。"), next: format!("请{rest}") },
        None => wrong(sentence, next),
    }
}

/// Words and marks that say "as in the row above".
pub fn is_same(text: &str) -> bool {
    matches!(
        text.trim().trim_end_matches("一人"),
        "同上" | "〃" | "″" | "\"" | "“" | "”" | "''" | "同" | "，，"
    )
}

/// Words that say "nothing".
pub fn is_none(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "无" | "没有" | "无证" | "不详" | "未知" | "-" | "—" | "——" | "/" | "／" | "暂无"
    )
}

/// An amount.
///
/// # Errors
/// Why it is none, and what to do.
pub fn amount(cell: &Cell) -> Result<Money, Wrong> {
    const NEXT: &str = "请改成以元为单位、最多两位小数的数字，如450.50。";
    match cell {
        Cell::Empty => Err(wrong("金额是空的。", NEXT)),
        Cell::Covered(_) => Err(wrong(
            "金额与上一行合并成一格，分不清是一笔还是两笔。",
            "请取消合并，逐行填写金额；只有一笔的，删去这一行。",
        )),
        Cell::Day(_) => Err(wrong("金额单元格被设成了日期格式。", "请把这一格改成数值格式，重新输入金额。")),
        Cell::Number(number) => {
            let fen = number * 100.0;
            // a spreadsheet's 0.1+0.2 is off by far less than this; 500.005 by far more
            if !fen.is_finite() || (fen - fen.round()).abs() > 1e-4 || fen.abs() > 1e14 {
                return Err(wrong("金额超过两位小数。", NEXT));
            }
            Money::parse(&format!("{:.2}", fen.round() / 100.0))
                .map_err(|problem| told(&problem.to_string(), NEXT))
        }
        Cell::Text(text) => {
            let plain: String = fold::digits(text).chars().filter(|letter| !letter.is_whitespace()).collect();
            let plain =
                plain.trim_start_matches("人民币").trim_end_matches('整').replace(['¥', '￥', '$'], "");
            let plain = plain.trim_end_matches(['元', '圆', '块']);
            Money::parse(plain)
                .or_else(|problem| Money::from_capitals(text.trim()).ok_or(problem))
                .map_err(|problem| told(&problem.to_string(), NEXT))
        }
    }
}

/// A day of aid: 2024.3.5, 20240305, 2024年3月5日, a spreadsheet's serial, a date cell; not after `today`.
///
/// # Errors
/// Why it is none, and what to do.
pub fn day(cell: &Cell, today: Day) -> Result<Day, Wrong> {
    const NEXT: &str = "请改成年月日齐全的日期，如2024-03-05。";
    let read = match cell {
        Cell::Empty => return Err(wrong("日期是空的。", NEXT)),
        Cell::Covered(top) => return self::day(top, today),
        Cell::Day(day) => Some(*day),
        Cell::Number(number) if number.fract() == 0.0 && (0.0..1e9).contains(number) => {
            digits_day(&format!("{number}"))
        }
        Cell::Number(_) => None,
        Cell::Text(text) => text_day(text),
    };
    let day = read.ok_or_else(|| wrong("日期看不懂，或者没有这一天。", NEXT))?;
    if day > today {
        return Err(wrong("日期晚于今天。", "请核对年份和月份。"));
    }
    if day.year() < 1990 {
        return Err(wrong("日期早于1990年。", "请核对年份。"));
    }
    Ok(day)
}

fn text_day(text: &str) -> Option<Day> {
    let folded = fold::digits(text.trim());
    // what follows a space is a time of day
    let date = folded.split([' ', 'T']).next().unwrap_or_default();
    if date.chars().all(|letter| letter.is_ascii_digit()) {
        return digits_day(date);
    }
    let joined: String =
        if folded.contains('年') { folded.split_whitespace().collect() } else { date.to_owned() };
    let parts: Vec<&str> =
        joined.trim_end_matches(['日', '号', '.']).split(['年', '月', '.', '-', '/', '\\']).collect();
    let [year, month, date] = parts.as_slice() else { return None };
    let number = |part: &str, most: usize| {
        let good =
            !part.is_empty() && part.len() <= most && part.chars().all(|letter| letter.is_ascii_digit());
        if good { part.parse::<u32>().ok() } else { None }
    };
    let year = number(year, 4).filter(|year| *year >= 1000)?;
    Day::new(i32::try_from(year).ok()?, number(month, 2)?, number(date, 2)?)
}

/// Eight digits are a date, five a serial of the 1900 calendar.
fn digits_day(digits: &str) -> Option<Day> {
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        8 => Day::new(
            i32::try_from(number / 10_000).ok()?,
            u32::try_from(number / 100 % 100).ok()?,
            u32::try_from(number % 100).ok()?,
        ),
        // 1990-01-01 is 32874; smaller serials are more likely an amount in the wrong column
        5 if number >= 32_874 => Some(Day::new(1899, 12, 30)?.plus(number)),
        _ => None,
    }
}

/// An id number; none where the ledger says there is none. The old form of fifteen digits is converted.
///
/// # Errors
/// Why it is none, and what to do.
pub fn id_no(cell: &Cell, today: Day) -> Result<Option<IdNo>, Wrong> {
    const NEXT: &str = "请对照证件改正后重新导入；确实没有号码的，请填“无”。";
    const LOST: &str = "请把该列设为文本格式，对照证件重新录入18位号码。";
    let lost = || wrong("Excel把号码当成了数字，后几位已经丢失。", LOST);
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Covered(top) => return id_no(top, today),
        Cell::Day(_) => return Err(wrong("证件号单元格被设成了日期格式。", LOST)),
        // fifteen digits fit a float exactly, eighteen do not
        Cell::Number(number) if *number >= 1e15 => return Err(lost()),
        Cell::Number(number) => format!("{number}"),
        Cell::Text(text) => text.clone(),
    };
    if is_none(&text) {
        return Ok(None);
    }
    let folded = fold::compact(&text).replace(['\'', '`', '‘', '’', '"', '“', '”', '＇'], "");
    let upper = folded.to_ascii_uppercase();
    if upper.contains('E') && upper.chars().all(|letter| letter.is_ascii_digit() || "E+.".contains(letter)) {
        return Err(lost());
    }
    let parsed = match IdNo::parse(&upper, today) {
        Err(IdProblem::FifteenDigits { as_eighteen }) => IdNo::parse(&as_eighteen, today),
        other => other,
    };
    parsed.map(Some).map_err(|problem| told(&problem.to_string(), NEXT))
}

/// Words that point to one of the eight circumstances (三（一） to 三（八）), the surest first.
const CIRCUMSTANCES: &[(u8, &[&str])] = &[
    (6, &["重大安全", "群体性", "重大事件"]),
    (7, &["特病", "特殊病", "变故", "特殊遭遇", "特殊不幸"]),
    (4, &["就学", "上学", "学费", "读大学", "上大学", "高中", "助学", "教育"]),
    (5, &["创业", "失业", "经营", "养殖", "亏损", "下岗"]),
    (
        2,
        &[
            "突患",
            "突发重",
            "突发疾",
            "急性",
            "脑出血",
            "心梗",
            "重病",
            "重大疾病",
            "大病",
            "急诊",
            "抢救",
            "癌",
            "手术",
        ],
    ),
    (3, &["长期", "慢性", "残疾", "透析", "病残", "常年", "康复"]),
    (1, &["失火", "火灾", "交通", "车祸", "意外", "溺水", "摔伤", "突发事件", "砸伤", "人身伤害"]),
    (8, &["其他", "其它"]),
];

/// Which circumstance the words mean; none when they mean none or several equally.
pub fn circumstance(text: &str) -> Option<u8> {
    let folded = fold::compact(text);
    if let Ok(number @ 1..=8) = folded.parse::<u8>() {
        return Some(number);
    }
    if folded.contains("溺水") {
        return Some(1);
    }
    CIRCUMSTANCES
        .iter()
        .find(|(_, words)| words.iter().any(|word| folded.contains(word)))
        .map(|(number, _)| *number)
}
