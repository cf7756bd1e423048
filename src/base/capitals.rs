//! 大写: amounts in the characters that papers carry so that no stroke can change them (会计基础工作规范).
//!
//! It must never print an amount that it would not read back to the same fen.

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Bytes of the longest text worth reading: the largest amount has fewer than fifty characters.
const LONGEST: usize = 200;

/// Writes an amount of fen. 整 stands after 元 or 角, never after 分; 零 stands before 分 where 角 is empty.
pub fn write(fen: i64) -> String {
    if fen == 0 {
        return "零元整".to_owned();
    }
    let mut out = String::from(if fen < 0 { "负" } else { "" });
    let fen = fen.unsigned_abs();
    let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10);
    if yuan > 0 {
        out.push_str(&whole(yuan));
        out.push('元');
    }
    if jiao > 0 {
        out.push(digit(jiao));
        out.push('角');
    } else if yuan > 0 && rest > 0 {
        out.push('零');
    }
    if rest > 0 {
        out.push(digit(rest));
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

/// Reads an amount back to fen. It is read loosely and then held against what [`write()`] says of it, so that only
/// the place of 零 stays free, as the rules leave it.
pub fn read(words: &str) -> Option<i64> {
    if words.len() > LONGEST {
        return None;
    }
    let words: String = words.trim().replace('圆', "元").replace('正', "整");
    let words = words.strip_prefix("人民币").unwrap_or(&words);
    if words == "零元整" {
        return Some(0);
    }
    let (negative, body) = match words.strip_prefix('负') {
        Some(body) => (true, body),
        None => (false, words),
    };
    let amount = body.strip_suffix('整').unwrap_or(body);
    let (yuan, small) = amount.split_once('元').unwrap_or(("", amount));
    let (jiao, small) = small.split_once('角').unwrap_or(("", small));
    let rest = small.strip_suffix('分').unwrap_or(small);
    let jiao = number(jiao)?.checked_mul(10)?;
    let fen = number(yuan)?.checked_mul(100)?.checked_add(jiao)?.checked_add(number(rest)?)?;
    let fen = if negative { -fen } else { fen };
    let bare = |s: &str| s.replace('零', "");
    (fen != 0 && bare(&write(fen)) == bare(words)).then_some(fen)
}

fn digit(value: u64) -> char {
    usize::try_from(value).ok().and_then(|i| DIGITS.get(i).copied()).unwrap_or('零')
}

/// A whole number, not zero. A gap is marked by one 零 before what follows it.
fn whole(value: u64) -> String {
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1000, "仟"), (100, "佰"), (10, "拾")] {
        if value < unit {
            continue;
        }
        let rest = value % unit;
        let mut out = whole(value / unit);
        out.push_str(name);
        if rest > 0 {
            if rest < unit / 10 {
                out.push('零');
            }
            out.push_str(&whole(rest));
        }
        return out;
    }
    digit(value).to_string()
}

/// A number read loosely; nothing is zero.
fn number(words: &str) -> Option<i64> {
    for (name, unit) in [('亿', 100_000_000), ('万', 10_000), ('仟', 1000), ('佰', 100), ('拾', 10)] {
        if let Some((before, after)) = words.rsplit_once(name) {
            return number(before)?.checked_mul(unit)?.checked_add(number(after)?);
        }
    }
    let words = words.trim_start_matches('零');
    let mut chars = words.chars();
    let value = match chars.next() {
        None => 0,
        Some(c) => i64::try_from(DIGITS.iter().position(|d| *d == c)?).ok()?,
    };
    chars.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rules_by_example() {
        for (fen, words) in [
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (56, "伍角陆分"),
            (1000, "壹拾元整"),
            (50_000, "伍佰元整"),
            (50_005, "伍佰元零伍分"),
            (50_001, "伍佰元零壹分"),
            (120_050, "壹仟贰佰元伍角整"),
            (100_100, "壹仟零壹元整"),
            (1_001_000, "壹万零壹拾元整"),
            (1_050_000, "壹万零伍佰元整"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (10_000_000_500, "壹亿零伍元整"),
            (999_999_999_999, "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
            (-30_000, "负叁佰元整"),
        ] {
            assert_eq!(write(fen), words);
            assert_eq!(read(words), Some(fen), "{words}");
        }
        for fen in [i64::MAX, -i64::MAX] {
            assert_eq!(read(&write(fen)), Some(fen));
        }
        assert_eq!(read("人民币伍佰圆正"), Some(50_000));
        assert_eq!(read("壹拾万零柒仟元零伍角叁分"), Some(10_700_053), "both are right by the rules");
    }

    #[test]
    fn what_is_no_proper_form_is_not_read() {
        assert_eq!(read(&"亿".repeat(100_000)), None);
        assert_eq!(read("玖佰亿亿角整"), None);
        for words in [
            "",
            "元",
            "整",
            "拾元整",
            "伍佰",
            "伍佰元",
            "伍元伍元整",
            "伍分整",
            "五佰元整",
            "贰壹元整",
            "负零元整",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn words_round_trip(fen in 1i64..=999_999_999_999) {
            let words = write(fen);
            prop_assert_eq!(read(&words), Some(fen));
            prop_assert!(!words.contains("零零"));
            prop_assert_eq!(words.ends_with('整'), fen % 10 == 0);
            prop_assert_eq!(read(&write(-fen)), Some(-fen));
            prop_assert!(words.len() <= LONGEST);
        }

        #[test]
        fn sparse_amounts_round_trip(a in 0i64..10, b in 0u32..10, c in 0i64..10, d in 0u32..10) {
            let fen = a * 10i64.pow(b) + c * 10i64.pow(d);
            prop_assert_eq!(read(&write(fen)), Some(fen));
        }

        #[test]
        fn any_text_is_answered(text in "[零壹贰叁玖拾佰仟万亿元角分整负]{0,12}") {
            if let Some(fen) = read(&text) {
                prop_assert_eq!(read(&write(fen)), Some(fen));
            }
        }
    }
}
