//! The county's townships and villages, and the areas that id numbers name (GB/T 2260).
//!
//! It must never be the only proof of an address: codes of abolished areas live on in id numbers, so what is unknown
//! here is a warning at most. Village names repeat between townships: a list always shows the township too.

use std::sync::OnceLock;

/// The county this desk serves: 朝阳县.
pub const COUNTY: &str = "211321";

/// What kind of township-level unit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TownshipKind {
    /// 街道
    Subdistrict,
    /// 镇
    Town,
    /// 乡, also 民族乡
    Xiang,
    /// 农场
    Farm,
}

/// A township-level unit (乡镇场街).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Township {
    /// Its three digits within the county, 102 for 波罗赤镇.
    pub code: u16,
    /// Its full name.
    pub name: &'static str,
    /// Its kind.
    pub kind: TownshipKind,
}

/// A village or a community (村, 社区).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Village {
    /// Twelve digits: county, township, village.
    pub code: u64,
    /// The code of its township.
    pub township: u16,
    /// The full name of its committee, 东山村民委员会.
    pub name: &'static str,
    /// The name people use, 东山村.
    pub short: &'static str,
}

struct Tables {
    townships: Vec<Township>,
    villages: Vec<Village>,
    areas: Vec<(&'static str, &'static str)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let rows = include_str!("data/divisions.csv").lines();
        let mut tables = Tables { townships: Vec::new(), villages: Vec::new(), areas: Vec::new() };
        for row in rows {
            match row.split(',').collect::<Vec<_>>().as_slice() {
                [code, "township", _, name, kind] => tables.townships.extend(township_of(code, name, kind)),
                [code, "village", parent, name, _] => tables.villages.extend(village_of(code, parent, name)),
                _ => {} // the heading, the city, the county
            }
        }
        let areas = include_str!("data/areas.csv").lines().skip(1);
        tables.areas = areas.filter_map(|row| row.split_once(',')).collect();
        tables
    })
}

fn township_of(code: &str, name: &'static str, kind: &str) -> Option<Township> {
    let kind = match kind {
        "街道" => TownshipKind::Subdistrict,
        "镇" => TownshipKind::Town,
        "乡" | "民族乡" => TownshipKind::Xiang,
        "农场" => TownshipKind::Farm,
        _ => return None,
    };
    Some(Township { code: code.strip_prefix(COUNTY)?.parse().ok()?, name, kind })
}

fn village_of(code: &str, parent: &str, name: &'static str) -> Option<Village> {
    let township = parent.strip_prefix(COUNTY)?.parse().ok()?;
    Some(Village { code: code.parse().ok()?, township, name, short: short(name) })
}

/// 东山村民委员会 is 东山村; 西山村村民委员会 is 西山村; 六家子社区村民委员会 is 六家子社区.
fn short(name: &'static str) -> &'static str {
    for (suffix, kept) in [("村村民委员会", "村"), ("社区村民委员会", "社区"), ("村民委员会", "村")]
    {
        if let Some(stem) = name.strip_suffix(suffix) {
            return name.get(..stem.len() + kept.len()).unwrap_or(name);
        }
    }
    name.find("委会").and_then(|end| name.get(..end)).unwrap_or(name)
}

/// All townships, by code.
pub fn townships() -> &'static [Township] {
    &tables().townships
}

/// The township of a code within the county.
pub fn township(code: u16) -> Option<&'static Township> {
    townships().iter().find(|t| t.code == code)
}

/// All villages and communities, by code.
pub fn villages() -> &'static [Village] {
    &tables().villages
}

/// The villages and communities of a township, by code.
pub fn villages_of(township: u16) -> impl Iterator<Item = &'static Village> {
    villages().iter().filter(move |v| v.township == township)
}

/// The village of a code of twelve digits.
pub fn village(code: u64) -> Option<&'static Village> {
    villages().iter().find(|v| v.code == code)
}

/// 朝阳县.
pub fn county_name() -> &'static str {
    area_name(COUNTY).unwrap_or("")
}

/// The name of a county-level area of the city by its six digits; `None` for all others.
pub fn area_name(six: &str) -> Option<&'static str> {
    if six.len() == 6 { area(six) } else { None }
}

/// The province that the first two digits of an area name, also 香港, 澳门 and 台湾 residence permits.
pub fn province_name(six: &str) -> Option<&'static str> {
    six.get(..2).and_then(area)
}

fn area(code: &str) -> Option<&'static str> {
    tables().areas.iter().find(|(c, _)| *c == code).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_county_is_whole() {
        assert_eq!((townships().len(), villages().len(), county_name()), (28, 302, "朝阳县"));
        let count = |kind| townships().iter().filter(|t| t.kind == kind).count();
        use TownshipKind::*;
        assert_eq!((count(Subdistrict), count(Town), count(Xiang), count(Farm)), (1, 14, 12, 1));
        let sum: usize = townships().iter().map(|t| villages_of(t.code).count()).sum();
        assert_eq!(sum, 302, "no village without its township");
        assert!(villages().is_sorted_by_key(|v| v.code) && townships().is_sorted_by_key(|t| t.code));
        assert_eq!(township(102).map(|t| t.name), Some("波罗赤镇"));
        assert_eq!(township(999), None);
    }

    #[test]
    fn villages_have_the_names_people_use() {
        for (full, people) in [
            ("东山村民委员会", "东山村"),
            ("西山村村民委员会", "西山村"),
            ("新农村民委员会", "新农村"),
            ("新村村民委员会", "新村"),
            ("六家子社区村民委员会", "六家子社区"),
            ("北扎兰营子村委会（一分场）", "北扎兰营子村"),
            ("凌波社区", "凌波社区"),
        ] {
            assert!(villages().iter().any(|v| v.name == full), "{full}");
            assert_eq!(short(full), people);
        }
        assert!(villages().iter().all(|v| v.short.ends_with('村') || v.short.ends_with("社区")));
        let east = villages().iter().filter(|v| v.short == "东山村").count();
        assert!(east > 1, "names repeat");
        let first = villages_of(102).next().unwrap();
        assert_eq!(village(first.code), Some(first));
    }

    #[test]
    fn areas_of_id_numbers() {
        assert_eq!(area_name("211382"), Some("凌源市"));
        assert_eq!(area_name("220382"), None);
        assert_eq!(area_name("21"), None);
        assert_eq!(province_name("220382"), Some("吉林省"));
        assert_eq!(province_name("99"), None);
        assert_eq!(province_name("汉"), None);
    }
}
