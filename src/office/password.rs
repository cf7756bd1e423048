//! What a password must be (密码规则): a guess at it is made offline by whoever copied the share, so short ones, dates,
//! numbers, names and runs of the keyboard are refused, each with what to do instead.

use crate::base::{fold, pinyin};
use crate::domain::ids::OfficerNo;
use unicode_normalization::UnicodeNormalization;

/// The least characters.
pub const SHORT: usize = 8;
/// So many characters have to be left once everything is taken out that anybody would try first.
const OWN: usize = 5;
/// Runs of the keyboard and the alphabet, each read both ways.
const RUNS: [&str; 9] = [
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "!@#$%^&*()",
    "147258369",
];
/// So many characters in a row make a run.
const RUN: usize = 4;
/// Words that anybody tries, with digits around them or without.
const COMMON: &str = include_str!("password/common.txt");

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Too few characters.
    #[error("密码太短，至少{SHORT}位；可以用几个不相干的词的拼音连起来")]
    Short,
    /// Digits only.
    #[error("密码不能只有数字，太容易猜；请加上字母")]
    Digits,
    /// The officer's own number and little else.
    #[error("密码不能用操作员号凑成，请换别的词")]
    Number,
    /// The officer's own name in pinyin and little else.
    #[error("密码不能用自己姓名的拼音凑成，请换别的词")]
    Name,
    /// A date and little else.
    #[error("密码不能用日期凑成，请换别的词")]
    Date,
    /// One character again and again, or neighbours on the keyboard.
    #[error("密码里连续或重复的键太多，太容易猜；请换几个不相干的词")]
    Run,
    /// A word that everybody tries first.
    #[error("这是最常被猜到的密码之一，请换几个不相干的词的拼音连起来")]
    Common,
}

/// Whether a password may be used by the officer of that number and name. Full-width letters and digits count as half
/// width, as the field of a password takes them.
///
/// # Errors
/// The first reason against it.
pub fn check(password: &str, number: &OfficerNo, name: &str) -> Result<(), Problem> {
    let number = number.0.as_str();
    let text: String = fold::digits(&password.nfc().collect::<String>()).to_lowercase();
    if text.chars().count() < SHORT {
        return Err(Problem::Short);
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return Err(Problem::Digits);
    }
    if is_common(&text) {
        return Err(Problem::Common);
    }
    if number.len() >= 3 && text.contains(number) && left(&text.replace(number, "")) < OWN {
        return Err(Problem::Number);
    }
    if is_named(&text, name) {
        return Err(Problem::Name);
    }
    if runless(&text) < OWN {
        return Err(Problem::Run);
    }
    let dateless = without_dates(&text);
    if dateless.len() < text.len() && left(&dateless) < OWN {
        return Err(Problem::Date);
    }
    Ok(())
}

/// How many characters other than spaces and signs are left.
fn left(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn is_common(text: &str) -> bool {
    let words = || COMMON.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let letters = text.replace('@', "a").replace('$', "s").replace('!', "i");
    let core = letters.trim_matches(|c: char| !c.is_alphabetic());
    let zero: String = core.chars().map(|c| if c == '0' { 'o' } else { c }).collect();
    words().any(|word| word == text || word == core || word == zero || doubled(core, word))
}

/// A common word written twice is no better.
fn doubled(core: &str, word: &str) -> bool {
    word.len() >= 3 && core.strip_prefix(word).is_some_and(|rest| rest == word)
}

fn is_named(text: &str, name: &str) -> bool {
    let readings = pinyin::full(name).into_iter().filter(|reading| reading.len() >= 4);
    let mut readings = readings.map(|reading| reading.to_lowercase().replace(' ', ""));
    readings.any(|reading| text.contains(&reading) && letters(&text.replace(&reading, "")) < OWN)
        || (!name.is_empty() && text.contains(name) && letters(&text.replace(name, "")) < OWN)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// How many characters stand in no run.
fn runless(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let mut covered = vec![false; chars.len()];
    for from in 0..chars.len() {
        for to in (from + RUN)..=chars.len() {
            let part: String = chars.get(from..to).unwrap_or_default().iter().collect();
            let backward: String = part.chars().rev().collect();
            let same = part.chars().all(|c| Some(&c) == chars.get(from));
            if same || RUNS.iter().any(|run| run.contains(&part) || run.contains(&backward)) {
                covered.iter_mut().take(to).skip(from).for_each(|one| *one = true);
            }
        }
    }
    covered.iter().filter(|one| !**one).count()
}

/// The text without days written as eight or six digits, and without years.
fn without_dates(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        match [8, 6, 4].into_iter().find(|long| is_date(chars.get(at..at + long))) {
            Some(long) => at += long,
            None => {
                out.push(*c);
                at += 1;
            }
        }
    }
    out
}

fn is_date(part: Option<&[char]>) -> bool {
    let Some(part) = part.filter(|part| part.iter().all(char::is_ascii_digit)) else { return false };
    let number = |from: usize, to: usize| {
        part.get(from..to)
            .map(|digits| digits.iter().collect::<String>())
            .and_then(|text| text.parse::<u32>().ok())
    };
    let day = |from: usize| {
        number(from, from + 2).is_some_and(|month| (1..=12).contains(&month))
            && number(from + 2, from + 4).is_some_and(|day| (1..=31).contains(&day))
    };
    let year = number(0, 4).is_some_and(|year| (1900..=2099).contains(&year));
    match part.len() {
        8 => year && day(4),
        6 => day(2) || (year && number(4, 6).is_some_and(|month| (1..=12).contains(&month))),
        4 => year,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_is_refused_with_its_reason() {
        let cases = [
            ("Ab3!x", Problem::Short),
            ("83920174", Problem::Digits),
            ("password1", Problem::Common),
            ("P@ssw0rd2026", Problem::Common),
            ("woaini1314", Problem::Common),
            ("chaoyang2026", Problem::Common),
            ("a12031203", Problem::Number),
            ("liguifang88", Problem::Name),
            ("Liguifang@1203", Problem::Name),
            ("李桂芳李桂芳12", Problem::Name),
            ("qwertyuiop", Problem::Run),
            ("1qaz2wsx", Problem::Run),
            ("aaaaaaaa1", Problem::Run),
            ("19870615lgf", Problem::Date),
            ("ａ１９８７０６１５", Problem::Date),
        ];
        for (password, problem) in cases {
            assert_eq!(check(password, &"1203".into(), "李桂芳"), Err(problem), "{password}");
        }
    }

    #[test]
    fn what_a_person_can_keep_and_nobody_guesses_is_taken() {
        for password in
            ["liushu tunkou", "lanse-bantui7", "Mudou9cheng", "柳树屯的三只羊吃草", "xiqiao1203hebian"]
        {
            assert_eq!(check(password, &"1203".into(), "李桂芳"), Ok(()), "{password}");
        }
    }

    #[test]
    fn every_word_of_the_list_is_refused() {
        for word in COMMON.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert_eq!(word, word.to_lowercase(), "the list is compared in small letters");
            assert!(check(word, &"1".into(), "").is_err(), "{word}");
            assert!(check(&format!("{word}2026"), &"1".into(), "").is_err(), "{word}2026");
        }
    }
}
