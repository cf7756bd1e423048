//! Pinyin keys, by which names are found with a few letters and lists are sorted.
//!
//! It must never be shown as a person's name: readings are guesses. Finding uses all readings, sorting uses one.

use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

use super::text::is_hanzi;

/// Keys of one name at most: long names of characters with many readings would give thousands.
const MOST: usize = 64;

/// The initials in all readings, `ws` for 王三; letters and digits stand for themselves, all else is left out. The
/// reading as a surname comes first. At most 64.
pub fn initials(text: &str) -> Vec<String> {
    let first = |reading: &String| reading.chars().next().map(String::from).unwrap_or_default();
    combine(readings(text).into_iter().map(|all| all.iter().map(first).collect()))
}

/// The full pinyin in all readings, without tones or spaces, ü as v: `wangsan`. At most 64.
pub fn full(text: &str) -> Vec<String> {
    combine(readings(text).into_iter())
}

/// The key by which names are sorted: one reading a character, parted by spaces, the surname read as a surname
/// (单 shan, 尉迟 yu chi). A hanzi without a known reading stands for itself, behind all letters.
pub fn sort_key(name: &str) -> String {
    let (count, surname) = surname(name);
    let mut syllables: Vec<String> =
        surname.split(' ').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    for c in name.chars().skip(count).filter(|c| c.is_alphanumeric() || is_hanzi(*c)) {
        let reading = of(c).into_iter().next();
        syllables.push(reading.unwrap_or_else(|| c.to_lowercase().collect()));
    }
    syllables.join(" ")
}

/// The surname at the start of a name that the table knows: how many characters it has and its reading, else 0 and
/// nothing. Compound surnames are tried first.
fn surname(name: &str) -> (usize, &'static str) {
    let known = surnames();
    for count in [2, 1] {
        let found = known.iter().find(|(s, _)| s.chars().count() == count && name.starts_with(s));
        if let Some((_, reading)) = found {
            return (count, reading);
        }
    }
    (0, "")
}

fn surnames() -> &'static [(&'static str, &'static str)] {
    static TABLE: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("data/surnames.csv").lines().skip(1).filter_map(|row| row.split_once(',')).collect()
    })
}

/// All readings of a character without tones, most usual first; a letter or digit is its own.
fn of(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    let mut all: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if !all.contains(&plain) {
            all.push(plain);
        }
    }
    all
}

/// The readings of each character that has any, those of the surname table first.
fn readings(text: &str) -> Vec<Vec<String>> {
    let (_, surname) = surname(text);
    let mut as_surname = surname.split(' ').filter(|s| !s.is_empty());
    let mut out = Vec::new();
    for c in text.chars() {
        let mut all = of(c);
        if let Some(special) = as_surname.next() {
            all.retain(|r| r != special);
            all.insert(0, special.to_owned());
        }
        if !all.is_empty() {
            out.push(all);
        }
    }
    out
}

/// One choice from each, joined, in order, none twice, at most [`MOST`].
fn combine(choices: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let mut keys = vec![String::new()];
    for all in choices {
        let mut next: Vec<String> = Vec::new();
        for ending in &all {
            for key in &keys {
                let longer = format!("{key}{ending}");
                if next.len() < MOST && !next.contains(&longer) {
                    next.push(longer);
                }
            }
        }
        keys = next;
    }
    keys.retain(|k| !k.is_empty());
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, key) in [
            ("单雄信", "shan xiong xin"),
            ("解珍", "xie zhen"),
            ("区志明", "ou zhi ming"),
            ("仇英", "qiu ying"),
            ("查良", "zha liang"),
            ("曾国", "zeng guo"),
            ("盖叫天", "ge jiao tian"),
            ("朴正", "piao zheng"),
            ("尉迟恭", "yu chi gong"),
            ("尉缭", "wei liao"),
            ("万俟咏", "mo qi yong"),
            ("万里", "wan li"),
            ("吕布", "lv bu"),
            ("王芳", "wang fang"),
            ("包·Ab3", "bao a b 3"),
        ] {
            assert_eq!(sort_key(name), key, "{name}");
        }
        assert_eq!(sort_key("\u{323af}某"), "\u{323af} mou");
        assert!(sort_key("\u{323af}某") > sort_key("做"), "unknown characters stand last");
    }

    #[test]
    fn all_readings_find_a_name() {
        assert_eq!(initials("王芳").first().map(String::as_str), Some("wf"));
        let both = initials("单雄信");
        assert_eq!(both.first().map(String::as_str), Some("sxx"));
        assert!(both.contains(&"dxx".to_owned()));
        assert!(full("万俟咏").contains(&"moqiyong".to_owned()));
        assert!(full("曾乐").contains(&"zengle".to_owned()) && full("曾乐").contains(&"zengyue".to_owned()));
        assert_eq!(initials("A1"), ["a1"]);
        assert_eq!(initials("·"), Vec::<String>::new());
    }

    #[test]
    fn the_table_is_sound() {
        let known = surnames();
        assert!(known.len() >= 110);
        for (i, (surname, reading)) in known.iter().enumerate() {
            assert_eq!(surname.chars().count(), reading.split(' ').count(), "{surname}");
            assert!(reading.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{surname}");
            assert!(known.iter().skip(i + 1).all(|(other, _)| other != surname), "{surname} twice");
        }
    }

    proptest! {
        #[test]
        fn keys_are_few_and_plain(name in "[单解乐曾中重长行王a·\u{20bb7}]{0,12}") {
            for keys in [initials(&name), full(&name)] {
                prop_assert!(keys.len() <= MOST);
                prop_assert!(keys.iter().all(|k| k.bytes().all(|b| b.is_ascii_lowercase())));
            }
        }
    }
}
