//! Rows of the roster that the rules only warned of: the officer goes on in spite of it with a reason, asked once for all of
//! them or for some, and the overridden warning goes along with the row.
//!
//! Must never override a warning that was not shown, nor one of a row that was edited since.

use super::{Fate, For, GridScreen, Sending};
use crate::domain::code::{Code, Weight};
use crate::domain::refusal::Refusal;
use crate::ui::screen::Intent;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::words;
use std::collections::BTreeSet;

/// What stands in the line for rows before anything is typed.
const ALL: &str = "全部";

/// What became of a row that the rules did not take: warned of, where nothing but a reason is missing.
pub(super) fn fate(refusals: &[Refusal]) -> Fate {
    let said = words::verdicts(refusals);
    let stopping = refusals.iter().filter(|one| one.code.weight() != Weight::Notes);
    let codes: Option<BTreeSet<Code>> =
        stopping.map(|one| (one.code.weight() == Weight::AsksReason).then_some(one.code)).collect();
    match codes {
        Some(codes) if !codes.is_empty() => Fate::Warned(codes, said),
        _ => Fate::Refused(said),
    }
}

impl GridScreen {
    /// The rows that the rules warned of: their numbers as the officer counts them, from 1.
    pub(super) fn warned(&self) -> Vec<usize> {
        let rows = self.rows.rows.iter().enumerate();
        rows.filter(|(_, row)| matches!(self.fates.get(&row.serial), Some(Fate::Warned(..))))
            .map(|(at, _)| at + 1)
            .collect()
    }

    /// Asks for the reason; the cursor stands in the first of those rows, so that its sentence can be read.
    pub(super) fn ask_grounds(&mut self) -> Vec<Intent> {
        let warned = self.warned();
        let Some(first) = warned.first() else { return Vec::new() };
        self.at = (first - 1, self.at.1);
        self.load();
        let shown: Vec<String> = warned.iter().take(8).map(usize::to_string).collect();
        let more = if warned.len() > shown.len() { "等" } else { "" };
        let title =
            format!("{} 户有提示，写明理由可以接着报：第 {}{more} 行", warned.len(), shown.join("、"));
        let prompt =
            Prompt::new(For::Grounds, title).with("确办理由", Kind::Text, "").with("哪几行", Kind::Text, ALL);
        self.prompt = Some(prompt);
        let said = self.warning_of(*first).unwrap_or_default();
        vec![Intent::Forget, Intent::Warn(format!("第 {first} 行：{said}"))]
    }

    fn warning_of(&self, number: usize) -> Option<String> {
        let row = self.rows.rows.get(number.checked_sub(1)?)?;
        match self.fates.get(&row.serial) {
            Some(Fate::Warned(_, said)) => Some(said.clone()),
            _ => None,
        }
    }

    /// Takes the reason for the rows that were named, which are then sent as the run before sent them.
    pub(super) fn grounded(&mut self, prompt: &Prompt<For>) -> Result<Sending, String> {
        let reason = prompt.text(0)?;
        let chosen = named(&prompt.text(1)?, &self.warned())?;
        let (severity, pay_by, cause) =
            self.last.clone().ok_or("这一批是以前报的，请按 F12 再按 F9 重报，会再问理由")?;
        let mut left = std::collections::VecDeque::new();
        for number in chosen {
            let serial = self.rows.rows.get(number - 1).map(|row| row.serial);
            let Some((serial, Some(Fate::Warned(codes, _)))) =
                serial.map(|serial| (serial, self.fates.get(&serial)))
            else {
                continue;
            };
            let of = self.grounds.entry(serial).or_default();
            of.0.extend(codes);
            of.1.clone_from(&reason);
            left.push_back(serial);
        }
        Ok(Sending { all: left.len(), left, now: 0, severity, pay_by, reason: cause, done: 0 })
    }
}

/// The rows that a text names: all, or numbers and spans of them; each has to be one that was warned of.
fn named(text: &str, warned: &[usize]) -> Result<Vec<usize>, String> {
    let text = crate::base::fold::digits(text.trim());
    if text == ALL {
        return Ok(warned.to_vec());
    }
    let mut chosen = BTreeSet::new();
    for part in text.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else {
            return Err(format!("「{part}」不是行号，请写 2、5 或 3-8，或写「{ALL}」"));
        };
        let spanned: Vec<usize> = warned.iter().copied().filter(|row| (from..=to).contains(row)).collect();
        if spanned.is_empty() {
            return Err(format!("第 {part} 行没有要写理由的提示，请改行号，或写「{ALL}」"));
        }
        chosen.extend(spanned);
    }
    if chosen.is_empty() {
        return Err(format!("没有写行号，请写 2、5 或 3-8，或写「{ALL}」"));
    }
    Ok(chosen.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_by_numbers_spans_or_all() {
        let warned = [2, 5, 6, 9];
        for (text, rows) in [("全部", &[2, 5, 6, 9][..]), ("5、２", &[2, 5]), ("3-7 9", &[5, 6, 9])] {
            assert_eq!(named(text, &warned).unwrap(), rows, "{text}");
        }
        for text in ["3", "无", "4-", "7-8"] {
            assert!(named(text, &warned).is_err(), "{text}");
        }
    }

    #[test]
    fn only_what_asks_for_nothing_but_a_reason_is_warned_of() {
        let of = |code| Refusal::new(code, "", "话。");
        assert!(
            matches!(fate(&[of(Code::Severity), of(Code::Residence)]), Fate::Warned(codes, _) if codes.len() == 1)
        );
        assert!(matches!(fate(&[of(Code::Severity), of(Code::RepeatMatter)]), Fate::Refused(_)));
        assert!(matches!(fate(&[of(Code::Residence)]), Fate::Refused(_)));
    }
}
