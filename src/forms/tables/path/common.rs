//! What the forms of the steps share: the day on which it happened, yes and no, sums and lists typed as digits, and the words
//! of the domain as choices. A choice's value is its digit, so that the domain reads it back.

use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, choice};
use crate::forms::problem::Problem;

pub(super) const YES_NO: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];

/// The day on which something happened: today, or an earlier one where it is entered late from paper (补录).
pub(super) const fn happened(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Date { enter_today: true })
        .always()
        .never_copied()
        .filled(today)
        .checked(&[Check::NotFuture])
        .at(0, 0, 1, 10, 11, 28)
        .hint("回车今天，- 昨天，-3 三天前；补录打纸上的日期，如 1120")
}

fn today(_: &Answers, context: &Context) -> Option<String> {
    Some(context.today.to_string())
}

/// 补录 beside the day, where it is not today's.
fn late(key: &str, a: &Answers, context: &Context) -> Option<String> {
    let on = a.day(key).filter(|on| *on < context.today)?;
    Some(format!("补录：{}前的事，今天登入", days(on.until(context.today))))
}

fn days(count: i64) -> String {
    if count == 1 { "一天".to_owned() } else { format!("{count}天") }
}

pub(super) fn late_on(a: &Answers, context: &Context) -> Option<String> {
    late("on", a, context)
}

pub(super) fn late_at(a: &Answers, context: &Context) -> Option<String> {
    late("at", a, context)
}

pub(super) fn late_from(a: &Answers, context: &Context) -> Option<String> {
    late("from", a, context)
}

/// Somebody typed instead of chosen from the list is nobody whom the desk knows.
pub(super) fn chosen(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let key = path.rsplit('.').next().unwrap_or(path);
    let answer = a.get(key).filter(|answer| !answer.text.is_empty())?;
    let typed = answer.label.is_none();
    typed.then(|| Problem::error(path, "名单上没有，请按 F4 选；不在名单上的写在旁边的文字里"))
}

/// A figure of the survey: asked once, empty or 0 where there is none.
pub(super) const fn figure(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Sum).asked().hint("近12个月，元；没有的回车")
}

/// Digits of a list of words, for example 26, as the words; none where a digit has none.
pub fn words<T: Copy>(typed: &str, from_digit: fn(u8) -> Option<T>) -> Option<Vec<T>> {
    typed.chars().map(|c| c.to_digit(10).and_then(|digit| from_digit(digit as u8))).collect()
}

/// How many people are named: 、 and ； part them.
pub fn people(text: &str) -> usize {
    text.split(['、', '；', ';']).filter(|name| !name.trim().is_empty()).count()
}

/// The number of people named under a key, as the text of a count; none where nobody is.
pub(super) fn counted(a: &Answers, key: &str) -> Option<String> {
    Some(people(a.text(key)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::nouns::Status;

    #[test]
    fn names_are_counted_whatever_stands_behind_them() {
        for (text, count) in
            [("", 0), ("李四", 1), ("李四、赵六；孙七", 3), ("李四，村主任，13900000000、", 1)]
        {
            assert_eq!(people(text), count, "{text}");
        }
        assert_eq!(words("25", Status::from_digit).unwrap().len(), 2);
        assert_eq!(words("2x", Status::from_digit), None);
    }
}
