//! The notice clause by clause: where each lives, which scenes show it, and what is still to come. Held true by the test
//! below: every place exists, every scene is played, and of commands exactly those that are still to come stand in the last
//! column, beside parts of a clause in words, which no test can know.
//!
#![doc = include_str!("clauses.md")]

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::later;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Commands that carry out no clause of their own: of the record, of officers, of papers as such.
    const NO_CLAUSE: [&str; 3] = ["join", "erase", "rescue"];

    fn quoted(cell: &str) -> Vec<&str> {
        cell.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_clause_lives_somewhere_and_what_is_to_come_is_exactly_what_is_not_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut clauses = Vec::new();
        let mut to_come = BTreeSet::new();
        for line in include_str!("clauses.md").lines().skip(2) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [clause, _, _, lives, shown, later] = cells[..] else { panic!("{line}") };
            clauses.push(clause.to_owned());
            let places = quoted(lives);
            assert!(!places.is_empty(), "{clause} lives nowhere");
            for place in places {
                assert!(root.join("src").join(place).exists(), "{clause}: {place} is gone");
            }
            for scene in quoted(shown) {
                let file = root.join("tests/scenes").join(format!("{scene}.scene"));
                assert!(file.exists(), "{clause}: no scenes {scene}");
            }
            to_come.extend(quoted(later).into_iter().map(str::to_owned));
            let unshown = quoted(shown).is_empty() && quoted(later).is_empty();
            // The leaders' agenda is a paper, which its own golden file shows.
            assert!(!unshown || clause == "S36", "{clause}: shown by nothing, and nothing is to come");
        }
        assert_eq!(clauses, (1..=40).map(|no| format!("S{no}")).collect::<Vec<_>>());
        let missing: BTreeSet<String> = later::VERBS
            .iter()
            .map(|verb| verb.name)
            .filter(|name| !NO_CLAUSE.contains(name))
            .map(str::to_owned)
            .collect();
        assert_eq!(to_come, missing);
    }
}
