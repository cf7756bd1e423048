//! The names of backup files: what a file must hold, readable by people and by the program, sorted by n.

use crate::base::day::Day;
use crate::ledger::{CountyId, Hash};
use std::fmt;

const COUNTY: usize = 8;
const PRINT: usize = 16;

/// What a backup file says of itself in its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SegmentName {
    /// Its first entry.
    pub first: u64,
    /// Its last entry.
    pub last: u64,
    /// The beginning of the county's id, hex.
    pub county: String,
    /// When it was written.
    pub day: Day,
    /// The beginning of the hash of its bytes, hex.
    pub print: String,
}

/// The beginning of the county's id, as it stands in names.
pub(super) fn county_digits(county: CountyId) -> String {
    county.to_string().chars().take(COUNTY).collect()
}

/// The beginning of the hash of a file's bytes, as it stands in its name.
pub(super) fn print(bytes: &[u8]) -> String {
    Hash::of(&[bytes]).to_string().chars().take(PRINT).collect()
}

impl SegmentName {
    /// The name that these bytes, with these entries, must have.
    pub(super) fn of(county: CountyId, first: u64, last: u64, day: Day, bytes: &[u8]) -> SegmentName {
        SegmentName { first, last, county: county_digits(county), day, print: print(bytes) }
    }

    /// Reads a name; `None` for a file that is none of ours.
    pub fn parse(name: &str) -> Option<SegmentName> {
        let rest = name.strip_prefix("jiuji-")?.strip_suffix(".db")?;
        let parts: Vec<&str> = rest.split('-').collect();
        let [county, first, last, day, print] = parts.as_slice() else { return None };
        let day = Day::parse(&format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?))?;
        let parsed = SegmentName {
            first: first.parse().ok()?,
            last: last.parse().ok()?,
            county: (*county).to_owned(),
            day,
            print: (*print).to_owned(),
        };
        let hex = |text: &str, digits: usize| {
            text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let sound = 0 < parsed.first
            && parsed.first <= parsed.last
            && hex(&parsed.county, COUNTY)
            && hex(&parsed.print, PRINT);
        (sound && parsed.to_string() == name).then_some(parsed)
    }

    /// Whether the file should hold the entry at `n`.
    pub fn holds(&self, n: u64) -> bool {
        self.first <= n && n <= self.last
    }
}

impl fmt::Display for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SegmentName { first, last, county, day, print } = self;
        let day = day.to_string().replace('-', "");
        write!(f, "jiuji-{county}-{first:09}-{last:09}-{day}-{print}.db")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written_and_nothing_else_is() {
        let day = Day::new(2026, 11, 27).unwrap();
        let name = SegmentName::of(CountyId([0xab; 16]), 7, 1_234_567_890, day, b"x");
        let text = name.to_string();
        assert_eq!(text, "jiuji-abababab-000000007-1234567890-20261127-2d711642b726b044.db");
        assert_eq!(SegmentName::parse(&text), Some(name));
        for bad in [
            "jiuji-abababab-000000007-000000006-20261127-2d711642b726b044.db",
            "jiuji-abababab-7-9-20261127-2d711642b726b044.db",
            "jiuji-abababab-000000000-000000009-20261127-2d711642b726b044.db",
            "jiuji-ABABABAB-000000001-000000009-20261127-2d711642b726b044.db",
            "jiuji-abababab-000000001-000000009-20261327-2d711642b726b044.db",
            "jiuji-abababab-000000001-000000009-20261127-2d711642b726b04.db",
            "jiuji-abababab-000000001-000000009-20261127-2d711642b726b044.db.dededededededede.part",
            "jiuji-abababab-000000001-000000009-2026年-2d711642b726b044.db",
            "jiuji-backup.txt",
            "entries.db",
        ] {
            assert_eq!(SegmentName::parse(bad), None, "{bad}");
        }
    }
}
