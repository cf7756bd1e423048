//! The table of authority checks (权限核对表), made from the catalogue: every verb with every code its rule speaks, the clause,
//! and where it is looked at. Every desk decides every entry again, so each check is made on every desk; only what needs
//! the private part is looked at by the author's own desk alone. Of a reason, other desks see that one stands there, and
//! not what it says. A test keeps the page below equal to the catalogue.
//!
#![doc = include_str!("authority.md")]

use super::verbs;
use crate::domain::code::{Code, Weight};
use std::fmt::Write as _;

/// Checks that read what is private, or what programs of different versions may hold differently or did not ask once: the
/// author's own desk alone makes them, before the entry is written.
pub const AT_HOME: &[(&str, &[Code])] = &[
    ("note-person", &[Code::IdCheck, Code::IdDate, Code::IdSex, Code::IdArea, Code::IdNameClash]),
    ("settle-mark", &[Code::State]),
    ("open-case", &[Code::KinName]),
    ("approve", &[Code::KinName]),
    ("note-account", &[Code::AccountOwner, Code::State]),
    ("direct", &[Code::AccountOwner]),
    ("advance", &[Code::AccountOwner]),
];

/// Whether a check is made on every desk.
pub fn everywhere(verb: &str, code: Code) -> bool {
    !AT_HOME.iter().any(|(name, codes)| *name == verb && codes.contains(&code))
}

/// The page, as it stands in the file beside this one.
pub fn page() -> String {
    let mut page = String::from(
        "| verb | 指令 | code | when it fires | clause | what it does | looked at |\n|---|---|---|---|---|---|---|\n",
    );
    for verb in verbs::all().filter(|verb| verb.real) {
        for code in verb.codes.iter().copied().flatten() {
            let does = match code.weight() {
                Weight::Refuses => "refuses; marks elsewhere",
                Weight::AsksReason => "asks a reason; marks where none is given",
                Weight::Notes => "notes",
            };
            let place = match everywhere(verb.name, *code) {
                true => "every desk",
                false => "author's desk",
            };
            // writing to a String cannot fail
            let _ = writeln!(
                page,
                "| `{}` | {} | {code} | {} | {} | {does} | {place} |",
                verb.name,
                verb.zh,
                code.when(),
                code.clause()
            );
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Run with `UPDATE_AUTHORITY=1` to write the page anew.
    #[test]
    fn the_page_is_that_of_the_catalogue() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/catalogue/authority.md");
        if std::env::var_os("UPDATE_AUTHORITY").is_some() {
            std::fs::write(file, page()).unwrap();
        }
        let stands = std::fs::read_to_string(file).unwrap();
        assert!(stands == page(), "the catalogue has changed: UPDATE_AUTHORITY=1 cargo test --lib authority");
    }

    #[test]
    fn what_only_the_author_s_desk_checks_is_in_the_catalogue_and_little() {
        for (name, codes) in AT_HOME {
            let verb = verbs::find(name).unwrap();
            for code in *codes {
                assert!(verb.speaks(*code), "{name} {code}");
            }
        }
        assert!(!everywhere("note-person", Code::IdCheck));
        assert!(everywhere("approve", Code::TierAuth));
    }
}
