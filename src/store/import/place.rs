//! The township and village of a row, by name.
//!
//! Names of villages repeat between townships, so a village is only sought inside one township. It must never choose
//! between two that fit equally.

use crate::base::division;
use crate::base::fold;
use crate::store::sheet::{Cell, Sheet};

/// What a text says about the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(u64),
    /// Nothing that the township has.
    None,
    /// Two fit equally; their short names.
    Several(&'static str, &'static str),
}

/// The township whose name the text contains.
pub fn township(text: &str) -> Option<u16> {
    let plain = fold::compact(text);
    if let Ok(code) = plain.parse::<u16>() {
        return division::township(code).map(|found| found.code);
    }
    let named = division::townships().iter().filter(|township| plain.contains(township.name));
    named.max_by_key(|township| township.name.len()).map(|township| township.code).or_else(|| {
        // 大庙 alone in a column of townships is 大庙镇
        let stem = |name: &'static str| name.trim_end_matches(['镇', '乡', '场']);
        division::townships()
            .iter()
            .find(|township| stem(township.name) == plain)
            .map(|township| township.code)
    })
}

/// The village of this township that the text names; 波罗赤镇南洼村3组 is 南洼村.
pub fn village(text: &str, township: u16) -> Found {
    let mut plain = fold::compact(text);
    for name in [division::county_name(), division::township(township).map_or("", |found| found.name)] {
        if !name.is_empty() {
            plain = plain.replacen(name, "", 1);
        }
    }
    if let Some(found) = plain.parse::<u64>().ok().and_then(division::village) {
        return if found.township == township { Found::One(found.code) } else { Found::None };
    }
    let stem = |short: &'static str| {
        let stem = short.strip_suffix('村').or_else(|| short.strip_suffix("社区")).unwrap_or(short);
        // 新村村 is called 新村
        if stem.chars().count() < 2 { short } else { stem }
    };
    let mut best: Option<(usize, u64, &'static str)> = None;
    let mut rival = None;
    for village in division::villages_of(township) {
        let fits = if plain.contains(village.short) {
            village.short.chars().count()
        } else if plain.contains(stem(village.short)) {
            stem(village.short).chars().count()
        } else {
            continue;
        };
        match best {
            Some((longest, _, _)) if longest > fits => {}
            Some((longest, _, _)) if longest == fits => rival = Some(village.short),
            _ => {
                best = Some((fits, village.code, village.short));
                rival = None;
            }
        }
    }
    match (best, rival) {
        (Some((_, _, name)), Some(other)) => Found::Several(name, other),
        (Some((_, code, _)), None) => Found::One(code),
        (None, _) => Found::None,
    }
}

/// The township that the name of a file or the lines over its headings speak of; none when they name several.
pub fn guess(sheet: &Sheet, heading_row: usize) -> Option<u16> {
    let above = sheet.rows.iter().take(heading_row.saturating_sub(1)).flatten().map(Cell::text);
    let said: String = std::iter::once(sheet.origin.file.clone()).chain(above).collect::<Vec<_>>().join("\n");
    let whole: Vec<u16> = division::townships()
        .iter()
        .filter(|t| said.contains(t.name))
        .map(|township| township.code)
        .collect();
    match whole.as_slice() {
        [one] => Some(*one),
        [] => {
            // 胜利 and the like are words of the language; three characters are a name
            let stem = |name: &'static str| {
                name.strip_suffix('镇').or_else(|| name.strip_suffix('乡')).unwrap_or(name)
            };
            let mut named = division::townships().iter().filter(|township| {
                stem(township.name).chars().count() >= 3 && said.contains(stem(township.name))
            });
            named.next().filter(|_| named.next().is_none()).map(|township| township.code)
        }
        _ => None,
    }
}
