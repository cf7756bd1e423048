//! National code tables: sex and marital status (GB/T 2261), ethnic groups (GB 3304), relations (GB/T 4761).
//!
//! It must never hold codes of our own: what the desk invents (statuses, circumstances) belongs to the domain.

use std::sync::OnceLock;

use super::id_no::Sex;

/// A code and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeName {
    /// The code as the standard writes it, with leading zeros.
    pub code: &'static str,
    /// The name as papers write it.
    pub name: &'static str,
}

/// Those that live in the county, most numerous first; they head the list.
const LOCAL_ETHNIC: [&str; 5] = ["01", "02", "11", "03", "38"];

const RELATION_SHORT: [CodeName; 8] = [
    CodeName { code: "02", name: "户主本人" },
    CodeName { code: "10", name: "配偶" },
    CodeName { code: "20", name: "子女" },
    CodeName { code: "50", name: "父母" },
    CodeName { code: "28", name: "媳婿" },
    CodeName { code: "70", name: "兄弟姐妹" },
    CodeName { code: "40", name: "孙辈" },
    CodeName { code: "80", name: "其他" },
];

struct Tables {
    ethnic: Vec<CodeName>,
    marital: Vec<CodeName>,
    sex: Vec<CodeName>,
    relation: Vec<CodeName>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut ethnic = pairs(include_str!("data/ethnic.csv"));
        let place = |c: &CodeName| LOCAL_ETHNIC.iter().position(|l| *l == c.code).unwrap_or(usize::MAX);
        ethnic.sort_by_key(place); // stable: the others keep the order of the standard
        let set = |name: &str| {
            let rows = include_str!("data/sex_marital.csv").lines();
            rows.filter_map(|row| pair(row.strip_prefix(name)?.strip_prefix(',')?)).collect()
        };
        let relation = pairs(include_str!("data/relation.csv"));
        Tables { ethnic, marital: set("marital"), sex: set("sex"), relation }
    })
}

fn pairs(csv: &'static str) -> Vec<CodeName> {
    csv.lines().skip(1).filter_map(pair).collect()
}

fn pair(row: &'static str) -> Option<CodeName> {
    row.split_once(',').map(|(code, name)| CodeName { code, name })
}

/// The 56 ethnic groups (民族), those of the county first: 汉, 蒙古, 满, 回, 锡伯.
pub fn ethnic() -> &'static [CodeName] {
    &tables().ethnic
}

/// The ethnic groups that live in the county, the short list a clerk sees first.
pub fn ethnic_short() -> &'static [CodeName] {
    ethnic().get(..LOCAL_ETHNIC.len()).unwrap_or_default()
}

/// Marital status (婚姻状况).
pub fn marital() -> &'static [CodeName] {
    &tables().marital
}

/// Sex (性别).
pub fn sex() -> &'static [CodeName] {
    &tables().sex
}

/// All relations (与户主关系), in the order of the standard.
pub fn relation() -> &'static [CodeName] {
    &tables().relation
}

/// The eight relations a clerk sees first. 子女 and 媳婿 carry the code of the man; see [`relation_of`].
pub fn relation_short() -> &'static [CodeName] {
    &RELATION_SHORT
}

/// The code to keep for one chosen from the short list, once the sex is known: 子女 is 子 or 女, 媳婿 is 女婿 or
/// 儿媳. All other codes stay.
pub fn relation_of(code: &str, sex: Sex) -> &str {
    match (code, sex) {
        ("20", Sex::Female) => "30",
        ("28", Sex::Female) => "38",
        _ => code,
    }
}

/// The name of a code in a table.
pub fn name_of(table: &'static [CodeName], code: &str) -> Option<&'static str> {
    table.iter().find(|c| c.code == code).map(|c| c.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert_eq!((ethnic().len(), marital().len(), sex().len(), relation().len()), (56, 8, 4, 84));
        for table in [ethnic(), marital(), sex(), relation(), relation_short()] {
            let codes: std::collections::BTreeSet<_> = table.iter().map(|c| c.code).collect();
            assert_eq!(codes.len(), table.len(), "no code twice");
        }
        let first: Vec<_> = ethnic_short().iter().map(|c| c.name).collect();
        assert_eq!(first, ["汉族", "蒙古族", "满族", "回族", "锡伯族"]);
        assert_eq!(ethnic().get(5).map(|c| c.code), Some("04"));
        assert_eq!(name_of(marital(), "30"), Some("丧偶"));
        assert_eq!(name_of(marital(), "31"), None);
    }

    #[test]
    fn the_short_list_leads_to_codes_of_the_standard() {
        for short in relation_short() {
            for sex in [Sex::Male, Sex::Female] {
                assert!(name_of(relation(), relation_of(short.code, sex)).is_some(), "{}", short.name);
            }
        }
        assert_eq!(name_of(relation(), relation_of("28", Sex::Female)), Some("儿媳"));
        assert_eq!(name_of(relation(), relation_of("20", Sex::Female)), Some("女"));
    }
}
