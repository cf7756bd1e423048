//! What each kind of field accepts, means and shows.
//!
//! Folding happens here: full-width digits, letters and punctuation typed by mistake become what was meant, kind by kind.
//! Nothing is rounded or guessed; what cannot be read stays as typed and gets a sentence.

use unicode_segmentation::UnicodeSegmentation;

use crate::base::account::Account;
use crate::base::day::Day;
use crate::base::id_no::{IdNo, Sex};
use crate::base::money::Money;
use crate::base::phone::Phone;
use crate::base::{division, fold};

use super::answers::{Answer, Answers};
use super::field::{Context, Field, Kind};

/// Most digits of the whole part of an amount: ten thousand million yuan is no assistance.
const LONGEST_NUMBER: usize = 13;

/// Folds one typed character for a field of `kind`; `None` when such a field cannot hold it.
pub fn accept(kind: Kind, typed: char) -> Option<char> {
    let half = half(typed);
    match kind {
        Kind::IdNumber { .. } => match half {
            '0'..='9' | 'X' => Some(half),
            'x' => Some('X'),
            _ => None,
        },
        Kind::Account | Kind::Count { .. } | Kind::Choice(_) => half.is_ascii_digit().then_some(half),
        Kind::Money | Kind::Sum | Kind::Quantity => (half.is_ascii_digit() || half == '.').then_some(half),
        Kind::Date { .. } => (half.is_ascii_digit() || half == '-' || half == '.').then_some(half),
        Kind::Time => (half.is_ascii_digit() || half == ':' || half == '.').then_some(half),
        Kind::Phone => (half.is_ascii_digit() || half == '-' || half == '.').then_some(half),
        Kind::Password => (!half.is_control()).then_some(half),
        Kind::Lookup(_) | Kind::Village => (!half.is_control()).then_some(half),
        // Chinese punctuation is full-width by right; only letters and digits are folded in text.
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Name => {
            let folded = if half.is_ascii_alphanumeric() { half } else { typed };
            (!folded.is_control()).then_some(folded)
        }
        Kind::Rows(_) => None,
    }
}

/// Characters that are dropped without a word in numbers: grouping and spaces of a pasted number.
pub fn is_filler(kind: Kind, typed: char) -> bool {
    let groups = matches!(
        kind,
        Kind::Money
            | Kind::Sum
            | Kind::Quantity
            | Kind::IdNumber { .. }
            | Kind::Account
            | Kind::Count { .. }
            | Kind::Phone
    );
    groups && matches!(half(typed), ',' | ' ' | '\'')
}

/// The half-width character that was meant.
fn half(typed: char) -> char {
    match typed {
        '。' | '．' => '.',
        '，' | '、' => ',',
        '　' => ' ',
        '—' | '－' | '–' | '−' => '-', // glyph-ok: read from what is typed, never shown
        '：' => ':',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(typed as u32 - 0xFEE0).unwrap_or(typed),
        other => other,
    }
}

/// Most graphemes that a field of `kind` takes; what is beyond it is refused with a sentence.
pub fn longest(kind: Kind) -> usize {
    match kind {
        Kind::Text { max } | Kind::LongText { max } => max,
        Kind::Name => 30,
        Kind::IdNumber { .. } => 18,
        Kind::Money | Kind::Sum | Kind::Quantity => LONGEST_NUMBER,
        Kind::Date { .. } => 10,
        Kind::Time => 5,
        Kind::Phone => 16,
        Kind::Account => 32,
        Kind::Count { .. } => 6,
        Kind::Choice(_) => 2,
        Kind::Lookup(_) | Kind::Village => 30,
        Kind::Password => 128,
        Kind::Rows(_) => 0,
    }
}

/// Reads `text` as a value of `field`: its canonical text, or the sentence that says what is wrong. Empty text is
/// nobody's value and is judged by need, not here.
pub fn read(field: &Field, text: &str, context: &Context) -> Result<String, String> {
    match field.kind {
        Kind::Text { max } | Kind::LongText { max } => read_text(text, max),
        Kind::Name => fold::name(text).map_err(|problem| problem.to_string()),
        Kind::IdNumber { none: true } if text == "0" => Ok(text.to_owned()),
        Kind::IdNumber { .. } => IdNo::parse(text, context.today)
            .map(|id| id.as_str().to_owned())
            .map_err(|problem| problem.to_string()),
        Kind::Money => Money::parse(text).map(Money::plain).map_err(|problem| problem.to_string()),
        Kind::Sum if is_nothing(text) => Ok("0.00".to_owned()),
        Kind::Sum => Money::parse(text).map(Money::plain).map_err(|problem| problem.to_string()),
        Kind::Quantity => thousandths(text)
            .map(|_| text.trim_end_matches('.').to_owned())
            .ok_or_else(|| "数量要大于 0，最多三位小数，请重打".to_owned()),
        Kind::Date { .. } => match Day::parse(text) {
            Some(day) => Ok(day.to_string()),
            None => Day::typed(text, context.today)
                .map(|day| day.to_string())
                .map_err(|problem| problem.to_string()),
        },
        Kind::Time => read_time(text),
        Kind::Phone => Phone::parse(text).map(|_| text.to_owned()).map_err(|problem| problem.to_string()),
        Kind::Account => Account::parse(text).map(|_| text.to_owned()).map_err(|problem| problem.to_string()),
        Kind::Choice(choices) => match choices.iter().find(|choice| choice.value == text) {
            Some(choice) => Ok(choice.value.to_owned()),
            None => Err("没有这一项，请打数字选择或按 F4".to_owned()),
        },
        Kind::Count { max } => match text.parse::<u32>() {
            Ok(count) if count <= max => Ok(count.to_string()),
            _ => Err(format!("请打 0 到 {max} 的整数")),
        },
        Kind::Village => match text.parse::<u64>().ok().and_then(division::village) {
            Some(_) => Ok(text.to_owned()),
            None => Err("没有找到这个村(居)，请打拼音首字母或按 F4 选".to_owned()),
        },
        Kind::Lookup(_) | Kind::Password => Ok(text.to_owned()),
        Kind::Rows(_) => Ok(String::new()),
    }
}

/// Nothing but zeros: there is none.
fn is_nothing(text: &str) -> bool {
    text.contains('0') && text.chars().all(|c| matches!(c, '0' | '.'))
}

fn read_text(text: &str, max: usize) -> Result<String, String> {
    let folded = fold::text(text).map_err(|problem| problem.to_string())?;
    let length = folded.graphemes(true).count();
    if length > max {
        return Err(format!("最多 {max} 个字，现有 {length} 个，请删短"));
    }
    Ok(folded)
}

fn read_time(text: &str) -> Result<String, String> {
    let wrong = || "时间请打四位数，如 0910".to_owned();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hour, minute) = match digits.len() {
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return Err(wrong()),
    };
    match (hour.parse::<u32>(), minute.parse::<u32>()) {
        (Ok(hour), Ok(minute)) if hour < 24 && minute < 60 => Ok(format!("{hour:02}:{minute:02}")),
        _ => Err(wrong()),
    }
}

/// A quantity in thousandths; `None` when it is not above zero, has more than three places or is no number.
pub fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || whole.len() > 9 || !part.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    let sum = whole.checked_mul(1000)?.checked_add(part)?;
    (sum > 0).then_some(sum)
}

/// What a person reads in the field; a password as stars.
pub fn shown(field: &Field, answer: &Answer) -> String {
    if let Some(label) = &answer.label {
        return label.clone();
    }
    match field.kind {
        Kind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.value == answer.text)
            .map_or_else(|| answer.text.clone(), |choice| format!("{} {}", choice.digit, choice.label)),
        Kind::Village => village_label(&answer.text).unwrap_or_else(|| answer.text.clone()),
        Kind::Password => "*".repeat(answer.text.graphemes(true).count()),
        _ => answer.text.clone(),
    }
}

fn village_label(code: &str) -> Option<String> {
    let village = code.parse::<u64>().ok().and_then(division::village)?;
    Some(village.short.to_owned())
}

/// The note beside a field that its kind knows by itself.
pub fn note(field: &Field, answers: &Answers, context: &Context) -> Option<String> {
    let text = answers.text(field.key);
    if let Some(note) = field.note {
        return note(answers, context);
    }
    match field.kind {
        Kind::Money => Money::parse(text).ok().map(Money::capitals),
        Kind::IdNumber { none } => {
            if none && text == "0" {
                return Some("无证件".to_owned());
            }
            IdNo::parse(text, context.today).ok().map(|id| id_note(&id, context))
        }
        Kind::Village => {
            let village = text.parse::<u64>().ok().and_then(division::village)?;
            let township = division::township(village.township)?;
            (Some(village.township) != context.township).then(|| township.name.to_owned())
        }
        _ => None,
    }
}

/// Sex, age, birth and household county, as derived from a valid id number.
fn id_note(id: &IdNo, context: &Context) -> String {
    let sex = match id.sex() {
        Sex::Male => "男",
        Sex::Female => "女",
    };
    let area = id.area();
    let home = division::area_name(area).map_or_else(|| format!("户籍 {area}"), |name| format!("户籍{name}"));
    format!("{sex} {}岁 {}生 {home}", id.age_on(context.today), id.birth())
}
