//! Judges one field: its need, its kind, its checks, in this order.
//!
//! Only what the form itself can know is judged here; what the state or the notice says comes from the rules as verdicts.

use unicode_segmentation::UnicodeSegmentation;

use super::answers::Answers;
use super::field::{Check, Context, Field, Kind};
use super::kind;
use super::problem::Problem;

/// All problems of `field` at `path` with the answers of its form or row.
pub fn problems(field: &Field, path: &str, answers: &Answers, context: &Context) -> Vec<Problem> {
    let text = answers.text(field.key);
    if text.is_empty() {
        if !field.is_needed(answers) {
            return Vec::new();
        }
        return vec![Problem::error(path, missing(field)).under(field.clause)];
    }
    if let Err(sentence) = kind::read(field, text, context) {
        let problem = Problem::error(path, sentence).under(field.clause);
        return vec![match code(field.kind) {
            Some(code) => problem.coded(code),
            None => problem,
        }];
    }
    let mut found: Vec<Problem> =
        field.check.iter().filter_map(|check| run(check, field, path, answers, context)).collect();
    found.extend(doubts(field, path, text));
    found
        .into_iter()
        .map(|problem| if problem.clause.is_none() { problem.under(field.clause) } else { problem })
        .collect()
}

/// What is wrong with repeating rows as a whole, told at their first cell.
pub(super) fn of_rows(rows: &Field, path: &str, answers: &Answers, context: &Context) -> Vec<Problem> {
    rows.check.iter().filter_map(|check| run(check, rows, path, answers, context)).collect()
}

fn missing(field: &Field) -> String {
    match field.kind {
        Kind::Choice(_) => format!("{}未选，请打数字或按 F4", field.label.replace(' ', "")),
        Kind::Lookup(_) | Kind::Village => format!("{}未选，请按 F4 选", field.label.replace(' ', "")),
        _ => format!("{}未填", field.label.replace(' ', "")),
    }
}

fn code(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Money | Kind::Sum => Some("E-AMOUNT"),
        Kind::IdNumber { .. } => Some("E-ID-CHECK"),
        _ => None,
    }
}

fn run(check: &Check, field: &Field, path: &str, answers: &Answers, context: &Context) -> Option<Problem> {
    match *check {
        Check::NotFuture => {
            let day = answers.day(field.key)?;
            (day > context.today)
                .then(|| Problem::error(path, "日期在今天以后，请重打；打 - 是昨天").coded("E-DATE-ORDER"))
        }
        Check::NotBefore(other, label) => {
            let (day, first) = (answers.day(field.key)?, answers.day(other)?);
            (day < first).then(|| {
                Problem::error(path, format!("早于{label}（{first}），请核对")).coded("E-DATE-ORDER")
            })
        }
        Check::AtMost(other, label) => {
            let (count, most) = (answers.count(field.key)?, answers.count(other)?);
            (count > most).then(|| Problem::error(path, format!("多于{label}（{most}），请核对")))
        }
        Check::AtLeast(least) => {
            let count = answers.count(field.key)?;
            (count < least).then(|| Problem::error(path, format!("至少是 {least}")))
        }
        Check::Longer(least) => {
            let length = answers.text(field.key).graphemes(true).count();
            (length < least).then(|| Problem::error(path, format!("至少写 {least} 个字，按 F4 有常用语")))
        }
        Check::With(judge) => judge(path, answers, context),
    }
}

/// What looks odd in itself without being wrong.
fn doubts(field: &Field, path: &str, text: &str) -> Option<Problem> {
    match field.kind {
        // Terminals leak letters when an input method drops its composition.
        Kind::Name if text.chars().any(|c| c.is_ascii_alphanumeric()) => {
            Some(Problem::warning(path, "姓名里有字母或数字，像是输入法漏出的，请核对"))
        }
        Kind::LongText { .. } if text.contains("__") => {
            Some(Problem::error(path, "还有空 __ 没填，回车跳到空处"))
        }
        Kind::Account
            if crate::base::account::Account::parse(text).is_ok_and(|account| !account.luhn_ok()) =>
        {
            Some(Problem::warning(path, "卡号末位校验不符，请核对卡；存折不必理会").coded("W-LUHN"))
        }
        _ => None,
    }
}
